"""Every number that notebook 02 states in its prose, computed again and looked for in the sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lifcore import LIF, pair_gap, simulate_1d, simulate_exact
from lifcore.widgets import explore_spike
from tests.notebooks.pages import INSTRUCTORS, WORDS, says, shows

NAME = "02_spike"
LOOP_NAMES = {"v", "v_reset", "decay", "n_ref", "hold", "spikes", "k", "v_out"}
LOOP_MAY_NAME = {"input_samples", "w", "n"}
UNIT = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=20, t_ref=0)
SMALL = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0)


def spikes_of(neuron, times, weight, *, duration=400, dt=0.01):
    run = simulate_1d(neuron, duration=duration, dt=dt, input_spikes=times, input_weights=weight)
    return run.spikes


def test_scale_and_leak():
    assert says(NAME, f"θ = 15 mV does the same with weights {15 / 0.6:.0f} times as large")
    assert says(NAME, f"About {100 / math.e:.0f} % is left")
    assert shows(NAME, f"V after 14 ms: {0.5 / math.e:.3f} mV")
    q = math.exp(-10 / 14)
    assert shows(NAME, f"highest V: {0.5 * (1 + q + q**2):.3f} mV")


def test_fire_and_rest():
    assert says(NAME, "One spike, at 20 ms")
    assert list(spikes_of(SMALL, [10, 20, 30], 0.5, duration=100, dt=0.1)) == [20.0]
    v, above = 0.0, 0
    for k in range(1, 1001):
        v = v * math.exp(-0.1 / 14) + (0.5 if k in (100, 200, 300) else 0.0)
        above += v >= 0.6
    assert shows(NAME, f"the loop without reset: {above} spikes")
    rise = 0.1 * math.ceil(14 * math.log(1 / 0.4) / 0.1)
    assert says(NAME, f"Without rest it fires every {rise:.1f} ms")
    assert shows(NAME, f"with a rest of 5 ms: {rise + 5:.1f} ms")


def test_pair():
    gap = 14 * math.log(0.45 / 0.15)
    assert pair_gap(SMALL, 0.45) == pytest.approx(gap, abs=1e-12)
    assert says(NAME, "Try w = 0.45 mV")
    assert shows(NAME, f"gap {gap - 0.02:.2f} ms: 1 output spike(s)")
    assert shows(NAME, f"gap {gap + 0.02:.2f} ms: 0 output spike(s)")


def test_golden_ratio():
    phi = (1 + math.sqrt(5)) / 2
    assert says(NAME, f"the golden ratio φ = {phi:.3f}") and says(NAME, rf"\ln\varphi = {math.log(phi):.4f}")
    assert says(NAME, f"τ ≥ {20 / math.log(phi):.4f} ms")
    for tau_m, fires in ((41.56, 0), (41.57, 1)):
        slow = replace(UNIT, tau_m=tau_m)
        assert spikes_of(slow, [10, 30, 50], 0.5, duration=80, dt=0.1).size == fires
        assert says(NAME, f"{tau_m}") and shows(NAME, f"tau_m = {tau_m} ms: {fires} output spike(s)")
    assert shows(NAME, f"largest ratio that fires here: {math.floor(100 * math.log(phi)) / 100}")


def test_train():
    q = math.exp(-5 / 20)
    n = math.ceil(math.log(1 - (1 - q) / 0.4) / math.log(q))
    lost = math.floor(12 / 5)
    assert says(NAME, f"so n = {n}: {WORDS[n]} spikes to fire")
    assert says(NAME, f"swallows {WORDS[lost]} more, and the neuron fires once in {WORDS[n + lost]} inputs")
    rested = replace(UNIT, t_ref=12)
    spikes = spikes_of(rested, np.arange(5, 200, 5), 0.4, duration=200, dt=0.1)
    assert np.allclose(np.diff(spikes), 5 * (n + lost))
    assert shows(NAME, f"input spikes for one output spike: {n + lost}")
    assert says(NAME, "For w ≥ θ each spike is enough by itself, and n = 1")
    assert spikes_of(UNIT, np.arange(5, 200, 5), 1.0).size == np.arange(5, 200, 5).size


def count(explorer, **values) -> int:
    explorer.set(**values)
    return explorer.run.spikes.size


def test_things_to_find():
    explorer = explore_spike()
    assert says(NAME, 'With "gap too long": move t1 toward t0')
    apart = explorer.presets["classic"] | explorer.presets["gap too long"]
    assert count(explorer, **apart) == 0
    t0, limit = apart["t0"], 14 * math.log(5)
    assert count(explorer, t1=t0 + 0.5 * math.floor(limit / 0.5)) == 1
    assert count(explorer, t1=t0 + 0.5 * math.ceil(limit / 0.5)) == 0
    assert says(NAME, "the smallest refractory period that then makes it miss the one at t1")
    classic = explorer.presets["classic"] | {"weight": 0.6}
    assert count(explorer, **classic) == 3
    assert count(explorer, **classic | {"t_ref": 9.5}) == 3
    assert count(explorer, **classic | {"t_ref": 10.0}) == 2
    assert says(NAME, "a reset voltage that makes it fire more often with the same input")
    assert count(explorer, **explorer.presets["classic"]) == 1
    assert count(explorer, **explorer.presets["classic"] | {"v_reset": 0.3}) == 2


def test_pairs_of_a_short_and_a_long_time_constant():
    gaps = [tau * math.log(0.5 / 0.1) for tau in (5, 50)]
    assert [f"{gap:.1f}" for gap in gaps] == ["8.0", "80.5"]
    for tau, gap in zip((5, 50), gaps, strict=True):
        neuron = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=tau, t_ref=0)
        for delta, fires in ((gap - 0.01, 1), (gap + 0.01, 0)):
            setting = dict(duration=200, input_spikes=[10, 10 + delta], input_weights=0.5)
            assert simulate_exact(neuron, **setting).spikes.size == fires
    assert "within τ ln[w/(θ − w)] = 8.0 ms" in INSTRUCTORS and "the limit is 80.5 ms" in INSTRUCTORS
