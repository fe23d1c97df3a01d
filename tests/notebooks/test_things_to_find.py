"""What notebooks 00, 01 and 02 ask a reader to find with their explorers is there to be found."""

import math

import pytest

from lifcore.widgets import explore_first, explore_membrane, explore_spike
from tests.notebooks.test_numbers import says


def test_00_first_spike_doubling_and_time_constant():
    assert says("00_start_here", "Start at 2 nA and move up in the smallest steps")
    explorer = explore_first()
    control = explorer.controls["current"]
    first = next(i for i in range(10) if count(explorer, current=2.0 + i * control.step))
    assert first == 1  # the next step up from the rheobase
    assert says("00_start_here", "Double the current from 3 to 6 nA")
    assert count(explorer, current=6.0) > 2 * count(explorer, current=3.0) > 0  # 22 and 10
    times = [(explorer.set(current=3.0, tau_m=tau), explorer.run.spikes[0])[1] for tau in (8.0, 12.0, 16.0)]
    assert times == sorted(times)


def count(explorer, **values) -> int:
    explorer.set(**values)
    return explorer.run.spikes.size


def test_01_half_way_and_a_slow_membrane():
    assert says("01_membrane", "The moment at which as much current leaks as charges the membrane")
    explorer = explore_membrane()
    explorer.set(t=15.5)  # 10 ms and τ ln 2
    assert 8 * math.log(2) == pytest.approx(5.5, abs=0.05)
    assert "0.50 nA charge the membrane, 0.50 nA leak" in explorer.sentence
    assert says("01_membrane", "R and C with which 1 nA drives V toward −55 mV with a τ of 30 ms")
    explorer.set(r_m=15.0, c_m=2.0)
    assert "τ = 30 ms, V∞ = -55 mV" in explorer.sentence


def test_01_the_capacitance_decides_the_height_of_a_short_pulse():
    assert says("01_membrane", "which of R and C decides how high V gets, and which hardly matters")
    short = dict(explore_membrane().presets["step"]) | explore_membrane().presets["short pulse"]
    heights = {}
    for name, r_m, c_m in (("as it is", 10.0, 0.8), ("double R", 20.0, 0.8), ("double C", 10.0, 1.6)):
        tau = r_m * c_m
        heights[name] = r_m * short["current"] * (1 - math.exp(-short["width"] / tau))
    assert heights["double R"] == pytest.approx(heights["as it is"], rel=0.1)
    assert heights["double C"] == pytest.approx(heights["as it is"] / 2, rel=0.1)


def test_02_gap_refractory_period_and_reset():
    explorer = explore_spike()
    assert says("02_spike", 'With "gap too long": move t1 toward t0')
    apart = explorer.presets["classic"] | explorer.presets["gap too long"]
    assert count(explorer, **apart) == 0
    t0, limit = apart["t0"], 14 * math.log(5)
    assert count(explorer, t1=t0 + 0.5 * math.floor(limit / 0.5)) == 1
    assert count(explorer, t1=t0 + 0.5 * math.ceil(limit / 0.5)) == 0
    assert says("02_spike", "the smallest refractory period that then makes it miss the one at t1")
    classic = explorer.presets["classic"] | {"weight": 0.6}
    assert count(explorer, **classic) == 3
    assert count(explorer, **classic | {"t_ref": 9.5}) == 3
    assert count(explorer, **classic | {"t_ref": 10.0}) == 2
    assert says("02_spike", "a reset voltage that makes it fire more often with the same input")
    assert count(explorer, **explorer.presets["classic"]) == 1
    assert count(explorer, **explorer.presets["classic"] | {"v_reset": 0.3}) == 2
