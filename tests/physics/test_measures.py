"""Numbers drawn from runs whose spikes are known."""

import dataclasses
import math

import numpy as np
import pytest

from lifcore import LIF, cv, isi, neighbors, rate, simulate_1d, simulate_2d, since_last_spike, speed


def run_with(spikes, duration=100.0):
    """Return a run that has these spikes."""
    return dataclasses.replace(simulate_1d(duration=duration), spikes=np.array(spikes, float))


def test_rate():
    run = run_with([0, 20, 50, 100])
    assert rate(run) == pytest.approx(40.0)
    assert rate(run, start=20) == pytest.approx(1000 * 3 / 80)
    assert rate(run, start=20.05) == pytest.approx(1000 * 2 / 79.95)
    assert rate(run_with([])) == 0.0


def test_rate_of_a_grid_is_the_mean_over_its_neurons():
    kicks = [(10, 0, 0, 99), (30, 0, 0, 99), (50, 1, 1, 99)]
    run = simulate_2d(shape=(2, 3), duration=100, input_spikes=kicks)
    assert rate(run) == pytest.approx(1000 * 3 / 6 / 100)
    assert rate(run, start=30) == pytest.approx(1000 * 2 / 6 / 70)


def test_intervals_and_their_irregularity():
    run = run_with([5, 15, 35])
    assert isi(run).tolist() == [10, 20]
    assert cv(run) == pytest.approx(1 / 3)
    assert cv(run_with([5, 15, 25, 35])) == 0.0
    assert isi(run_with([])).shape == isi(run_with([3])).shape == (0,)


@pytest.mark.parametrize("spikes", [[], [1], [1, 2]])
def test_irregularity_needs_two_intervals(spikes):
    assert math.isnan(cv(run_with(spikes)))


def test_speed_of_a_wave():
    run = simulate_2d(
        LIF(), shape=(5, 40), duration=9, delay=0.5, kernel=neighbors(25.0), input_spikes=[(0, 2, 0, 99)]
    )
    assert speed(run, start=(2, 3), stop=(2, 13)) == pytest.approx(2.0)
    assert speed(run, start=(2, 0), stop=(0, 2)) == pytest.approx(math.hypot(2, 2) / 2.0)
    assert speed(run, start=(1, 5), stop=(3, 5)) == math.inf
    assert math.isnan(speed(run, start=(2, 0), stop=(2, 39)))


def test_time_since_the_last_spike():
    kicks = [(1, 0, 0, 99), (4, 0, 0, 99), (2.5, 1, 1, 99)]
    run = simulate_2d(shape=(2, 2), duration=9, input_spikes=kicks)
    assert np.isnan(since_last_spike(run, 0.9)).all()
    for t, first, other in ((1, 0, math.nan), (3, 2, 0.5), (4, 0, 1.5), (9, 5, 6.5)):
        expected = [[first, math.nan], [math.nan, other]]
        np.testing.assert_allclose(since_last_spike(run, t), expected, rtol=0, atol=1e-9)
