"""Every number that notebook 02 states in its prose, computed again and looked for in the sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lifcore import LIF, pair_gap, simulate_1d, simulate_exact
from lifcore.widgets import explore_spike
from tests.notebooks.pages import INSTRUCTORS, WORDS, says, shows

NAME = "02_spike"
LOOP_WRITTEN = ("02.rest",)
LOOP_NAMES = {"v", "v_reset", "decay", "n_ref", "hold", "spikes", "k", "v_out"}
UNIT = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=20, t_ref=0)
SMALL = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0)


def spikes_of(neuron, times, weight, *, duration=400, dt=0.01):
    run = simulate_1d(neuron, duration=duration, dt=dt, input_spikes=times, input_weights=weight)
    return run.spikes


def test_leak():
    assert shows(NAME, f"the answer: {0.5 / math.e:.4f} mV")
    assert says(NAME, f"About {100 / math.e:.0f} % is left")
    q = math.exp(-10 / 14)
    first, second, third = 0.5, 0.5 * (1 + q), 0.5 * (1 + q + q**2)
    assert shows(NAME, f"the answer: {third:.4f} mV")
    assert says(NAME, f"here {first}, {second:.4f} and {third:.4f} mV")


def test_fire_and_rest():
    assert says(NAME, "The reset makes a spike an event: one, at 20 ms")
    assert list(spikes_of(SMALL, [10, 20, 30], 0.5, duration=100, dt=0.1)) == [20.0]
    v, above = 0.0, 0
    for k in range(1, 1001):
        v = v * math.exp(-0.1 / 14) + (0.5 if k in (100, 200, 300) else 0.0)
        above += v >= 0.6
    assert shows(NAME, f"the answer: {above} spikes without reset")
    assert shows(NAME, f"Still {above} spikes for the three inputs of the text")
    rise = 0.1 * math.ceil(14 * math.log(1 / 0.4) / 0.1)
    assert says(NAME, f"Without rest it fires every {rise:.1f} ms")
    assert shows(NAME, f"the answer: {rise + 5:.1f} ms")


def test_pair():
    gap = 14 * math.log(0.45 / 0.15)
    assert pair_gap(SMALL, 0.45) == pytest.approx(gap, abs=1e-12)
    assert says(NAME, f"here {gap:.2f} ms") and says(NAME, "Two inputs of 0.45 mV")
    assert shows(NAME, f"the answer: {math.floor(10 * gap) / 10:.1f} ms")
    assert says(NAME, f"For the 0.5 mV of the toy at the top it gives {14 * math.log(5):.2f} ms")
    toy = explore_spike("gap too long")
    assert (toy.controls["weight"].value, toy.controls["tau_m"].value) == (0.5, 14.0)


def test_golden_ratio():
    phi = (1 + math.sqrt(5)) / 2
    assert says(NAME, f"the golden ratio φ = {phi:.3f}") and says(NAME, rf"\ln\varphi = {math.log(phi):.4f}")
    assert says(NAME, f"here {20 * math.log(phi):.3f} ms")
    assert says(NAME, f"τ ≥ {20 / math.log(phi):.4f} ms")
    for tau_m, fires in ((41.56, 0), (41.57, 1)):
        slow = replace(UNIT, tau_m=tau_m)
        assert spikes_of(slow, [10, 30, 50], 0.5, duration=80, dt=0.1).size == fires
        assert says(NAME, f"{tau_m}") and shows(NAME, f"tau_m = {tau_m} ms: {fires} output spike(s)")
    assert shows(NAME, f"the answer: {math.floor(200 * math.log(phi)) / 10} ms")


def test_train():
    q = math.exp(-5 / 20)
    exact = math.log(1 - (1 - q) / 0.4) / math.log(q)
    n, lost = math.ceil(exact), math.floor(12 / 5)
    assert says(NAME, f"the quotient, {exact:.2f}, rounded up {n}") and says(
        NAME, "the fourth spike lifts V to θ"
    )
    assert says(NAME, f"swallows {WORDS[lost]} more, and the neuron fires once in {WORDS[n + lost]} inputs")
    assert says(NAME, f"{n} + {lost} = {n + lost}")
    rested = replace(UNIT, t_ref=12)
    spikes = spikes_of(rested, np.arange(5, 200, 5), 0.4, duration=200, dt=0.1)
    assert np.allclose(np.diff(spikes), 5 * (n + lost))
    assert shows(NAME, f"the answer: {n + lost} input spikes for one output spike")


def count(explorer, **values) -> int:
    explorer.set(**values)
    return explorer.run.spikes.size


def test_things_to_find_and_their_answers():
    explorer = explore_spike()
    apart = explorer.presets["classic"] | explorer.presets["gap too long"]
    assert count(explorer, **apart) == 0
    t0, limit = apart["t0"], 14 * math.log(5)
    below = 0.5 * math.floor(limit / 0.5)
    assert says(NAME, f"{below} ms on the slider; the formula says {limit:.2f}")
    assert count(explorer, t1=t0 + below) == 1
    assert count(explorer, t1=t0 + below + 0.5) == 0
    classic = explorer.presets["classic"] | {"weight": 0.6}
    assert says(NAME, "w = 0.6 mV: exactly θ is enough") and count(explorer, **classic) == 3
    assert count(explorer, **explorer.presets["classic"] | {"weight": 0.59}) < 3
    assert says(NAME, "a rest of more than 10 ms loses the second")
    assert count(explorer, **classic | {"t_ref": 9.5}) == 3
    assert count(explorer, **classic | {"t_ref": 10.5}) == 2
    least = 0.1 * math.exp(10 / 14)
    assert says(NAME, f"From 0.21 mV on, since $0.1\\,e^{{10/14}} = {least:.4f}$")
    assert count(explorer, **explorer.presets["classic"] | {"v_reset": 0.2}) == 1
    assert count(explorer, **explorer.presets["classic"] | {"v_reset": 0.21}) == 2
    assert explorer.run.spikes.tolist() == [20.0, 30.0] and says(NAME, "it fires at 20 and at 30 ms")


def test_the_exercises_numbers_by_simulation():
    for delta, fires in ((12.82, 1), (12.84, 0)):
        setting = dict(duration=60, input_spikes=[10, 10 + delta], input_weights=[0.25, 0.5])
        assert simulate_exact(SMALL, **setting).spikes.size == fires
    run = simulate_1d(
        replace(UNIT, t_ref=17), duration=300, input_spikes=np.arange(60) * 5.0, input_weights=0.3
    )
    assert np.diff(run.spikes)[0] == 9 * 5


def test_pairs_of_a_short_and_a_long_time_constant():
    gaps = [tau * math.log(0.5 / 0.1) for tau in (5, 50)]
    assert [f"{gap:.1f}" for gap in gaps] == ["8.0", "80.5"]
    for tau, gap in zip((5, 50), gaps, strict=True):
        neuron = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=tau, t_ref=0)
        for delta, fires in ((gap - 0.01, 1), (gap + 0.01, 0)):
            setting = dict(duration=200, input_spikes=[10, 10 + delta], input_weights=0.5)
            assert simulate_exact(neuron, **setting).spikes.size == fires
    assert "within τ ln[w/(θ − w)] = 8.0 ms" in INSTRUCTORS and "the limit is 80.5 ms" in INSTRUCTORS
