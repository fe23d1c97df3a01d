"""Every number that a notebook states in its prose, computed again and looked for in the sentence."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lifcore import LIF, neighbors, pair_gap, rheobase, simulate_1d, simulate_2d, theory
from tools.notebook_words import LINK

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
UNIT = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=20, t_ref=0)
SMALL = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0)
SHEET = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5, th_jump=0.5, tau_th=20)
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven"]


def says(notebook: str, sentence: str) -> bool:
    """Tell whether the prose of a notebook holds a sentence, links to the glossary or not."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return sentence in re.sub(r"\[([^\]]*)" + LINK.pattern, r"\1", text)


def shows(notebook: str, text: str) -> bool:
    """Tell whether some saved text output of a notebook holds a text."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [o for c in cells if c["cell_type"] == "code" for o in c["outputs"]]
    return any(text in "".join(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in outputs)


def spikes_of(neuron, times, weight, *, duration=400, dt=0.01):
    run = simulate_1d(neuron, duration=duration, dt=dt, input_spikes=times, input_weights=weight)
    return run.spikes


def test_00_start_here():
    name = "00_start_here"
    strong, weak = (simulate_1d(LIF(), duration=100, current=i) for i in (2.1, 1.9))
    assert says(name, f"fire {WORDS[strong.spikes.size]} times with 2.1 nA")
    assert says(name, "Not once") and weak.spikes.size == 0
    missing = LIF().v_th - (LIF().v_rest + LIF().r_m * 1.9)
    assert says(name, f"with 1.9 nA that is {missing:.0f} mV below the threshold")
    assert shows(name, f"{rheobase(LIF()):.1f}")
    assert says(name, "a neuron fires 40 times a second") and theory.rate(LIF(), 2.1) == pytest.approx(
        40, abs=2
    )
    assert says(name, "gets a tenth less current and is silent") and theory.rate(LIF(), 0.9 * 2.1) == 0


def test_02_scale_and_leak():
    name = "02_spike"
    assert says(name, f"θ = 15 mV does the same with weights {15 / 0.6:.0f} times as large")
    assert says(name, f"About {100 / math.e:.0f} % is left")
    assert shows(name, f"V after 14 ms: {0.5 / math.e:.3f} mV")
    q = math.exp(-10 / 14)
    assert shows(name, f"highest V: {0.5 * (1 + q + q**2):.3f} mV")


def test_02_fire_and_rest():
    name = "02_spike"
    assert says(name, "One spike, at 20 ms")
    assert list(spikes_of(SMALL, [10, 20, 30], 0.5, duration=100, dt=0.1)) == [20.0]
    v, above = 0.0, 0
    for k in range(1, 1001):
        v = v * math.exp(-0.1 / 14) + (0.5 if k in (100, 200, 300) else 0.0)
        above += v >= 0.6
    assert shows(name, f"the loop without reset: {above} spikes")
    rise = 0.1 * math.ceil(14 * math.log(1 / 0.4) / 0.1)
    assert says(name, f"Without rest it fires every {rise:.1f} ms")
    assert shows(name, f"with a rest of 5 ms: {rise + 5:.1f} ms")


def test_02_pair():
    gap = 14 * math.log(0.45 / 0.15)
    assert pair_gap(SMALL, 0.45) == pytest.approx(gap, abs=1e-12)
    assert says("02_spike", "Try w = 0.45 mV")
    assert shows("02_spike", f"gap {gap - 0.02:.2f} ms: 1 output spike(s)")
    assert shows("02_spike", f"gap {gap + 0.02:.2f} ms: 0 output spike(s)")


def test_02_golden_ratio():
    name = "02_spike"
    phi = (1 + math.sqrt(5)) / 2
    assert says(name, f"the golden ratio φ = {phi:.3f}") and says(name, rf"\ln\varphi = {math.log(phi):.4f}")
    assert says(name, f"τ ≥ {20 / math.log(phi):.4f} ms")
    for tau_m, fires in ((41.56, 0), (41.57, 1)):
        slow = replace(UNIT, tau_m=tau_m)
        assert spikes_of(slow, [10, 30, 50], 0.5, duration=80, dt=0.1).size == fires
        assert says(name, f"{tau_m}") and shows(name, f"tau_m = {tau_m} ms: {fires} output spike(s)")
    assert shows(name, f"largest ratio that fires here: {math.floor(100 * math.log(phi)) / 100}")


def test_02_train():
    name = "02_spike"
    q = math.exp(-5 / 20)
    n = math.ceil(math.log(1 - (1 - q) / 0.4) / math.log(q))
    lost = math.floor(12 / 5)
    assert says(name, f"so n = {n}: {WORDS[n]} spikes to fire")
    assert says(name, f"swallows {WORDS[lost]} more, and the neuron fires once in {WORDS[n + lost]} inputs")
    rested = replace(UNIT, t_ref=12)
    spikes = spikes_of(rested, np.arange(5, 200, 5), 0.4, duration=200, dt=0.1)
    assert np.allclose(np.diff(spikes), 5 * (n + lost))
    assert shows(name, f"input spikes for one output spike: {n + lost}")
    assert says(name, "For w ≥ θ each spike is enough by itself, and n = 1")
    assert spikes_of(UNIT, np.arange(5, 200, 5), 1.0).size == np.arange(5, 200, 5).size


def test_09_row_and_echo():
    name = "09_grid"
    for dt in (0.1, 0.05):
        assert shows(name, f"dt = {dt} ms: cell 20 fires at {20 * dt:.2f} ms")
        assert shows(name, f"dt = {dt} ms: cell 20 fires at {20 * 1.0:.2f} ms")
    assert says(name, "Two delays: the time that a spike needs to the neighbor and back")
    for t_ref, jump, once in ((1.9, 0, False), (2.0, 0, True), (1.0, 4.19, False), (1.0, 4.21, True)):
        run = simulate_2d(
            replace(SHEET, t_ref=t_ref, th_jump=jump),
            shape=(41, 41),
            duration=45,
            kernel=neighbors(1.2),
            input_spikes=[(0, 20, 20, 2)],
        )
        assert (run.counts.max() == 1) == once
        if jump == 0:
            assert shows(name, f"t_ref = {t_ref} ms, spikes of the busiest neuron: {run.counts.max()}")
    assert says(name, "with a rest of 1 ms it takes a jump of 4.2 mV")
    assert (4 * 1.2 - 1) * math.exp(2 / 20) == pytest.approx(4.2, abs=0.001)


def test_09_two_needed():
    name = "09_grid"
    assert says(name, rf"$\tau \ln[w/(\theta - w)] = {pair_gap(SHEET, 0.6):.2f}$ ms")
    i, j = np.indices((12, 12))
    for events, cells in (
        ([(0, 20, c, 2) for c in range(14, 26)], 12),
        ([(0, c, c, 2) for c in range(14, 26)], 144),
    ):
        run = simulate_2d(
            replace(SHEET, th_jump=0),
            shape=(40, 40),
            duration=40,
            kernel=neighbors(0.6),
            input_spikes=events,
        )
        assert run.counts.sum() == cells and run.counts.max() == 1
    assert np.allclose(run.first_spike[14:26, 14:26], 1.0 * abs(i - j))
    assert says(name, f"until the square is full: {cells} cells, each once")
