"""Waves on a sheet at rest, where every spike time is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, neighbors, simulate_2d, speed
from tests.physics.draws import examples, hundredths

THETA = 20.0  # mV, of the default neuron


def flash(cells, weight=100.0):
    """Return input spikes that fire the given cells at time 0."""
    return [(0.0, row, column, weight) for row, column in cells]


def distances(shape, seed):
    """Return |Δrow| and |Δcolumn| from the seed, each of the grid's shape."""
    rows, columns = np.indices(shape)
    return abs(rows - seed[0]), abs(columns - seed[1])


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.2])
@pytest.mark.parametrize("weight", [THETA, 1.5 * THETA])
def test_four_neighbors_carry_a_diamond_one_cell_a_delay(dt, weight):
    run = simulate_2d(
        LIF(), shape=(64, 64), duration=70, dt=dt, kernel=neighbors(weight), input_spikes=flash([(32, 32)])
    )
    down, across = distances((64, 64), (32, 32))
    np.testing.assert_allclose(run.first_spike, 1.0 * (down + across), rtol=0, atol=1e-9)


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.2])
@pytest.mark.parametrize("delay", [0.6, 1.4])
def test_eight_neighbors_carry_a_square(dt, delay):
    run = simulate_2d(
        LIF(),
        shape=(30, 41),
        duration=50,
        dt=dt,
        delay=delay,
        kernel=neighbors(THETA, 8),
        input_spikes=flash([(11, 7)]),
    )
    down, across = distances((30, 41), (11, 7))
    np.testing.assert_allclose(run.first_spike, delay * np.maximum(down, across), rtol=0, atol=1e-9)


def test_the_front_has_the_same_speed_at_any_dt():
    speeds = []
    for dt in (0.05, 0.1, 0.2):
        run = simulate_2d(
            LIF(), shape=(1, 41), duration=60, dt=dt, kernel=neighbors(25.0), input_spikes=flash([(0, 0)])
        )
        speeds.append(speed(run, start=(0, 0), stop=(0, 40)))
    np.testing.assert_allclose(speeds, 1.0, rtol=1e-12)


@examples(25)
@given(
    hundredths(1.0, 3),
    hundredths(0, 6),
    hundredths(0, 10),
    st.sampled_from([(0.1, 0.3), (0.1, 1.0), (0.25, 1.0)]),
    st.tuples(st.integers(0, 13), st.integers(0, 10)),
)
def test_excitable_automaton(strength, t_ref, jump, steps, seed):
    """Whatever the rest, a weight of at least θ moves the first front one cell a delay."""
    dt, delay = steps
    run = simulate_2d(
        LIF(t_ref=t_ref, th_jump=jump),
        shape=(14, 11),
        duration=math.ceil(24 * delay) + 1,
        dt=dt,
        delay=delay,
        kernel=neighbors(strength * THETA),
        input_spikes=flash([seed]),
    )
    down, across = distances((14, 11), seed)
    np.testing.assert_allclose(run.first_spike, delay * (down + across), rtol=0, atol=1e-9)


@pytest.mark.parametrize("boundary", ["open", "torus"])
def test_a_torus_brings_the_front_round(boundary):
    run = simulate_2d(
        LIF(),
        shape=(9, 12),
        duration=30,
        kernel=neighbors(25.0),
        boundary=boundary,
        input_spikes=flash([(1, 2)]),
    )
    down, across = distances((9, 12), (1, 2))
    if boundary == "torus":
        down, across = np.minimum(down, 9 - down), np.minimum(across, 12 - across)
    np.testing.assert_allclose(run.first_spike, down + across, rtol=0, atol=1e-9)


@pytest.mark.parametrize("weight", [0.5 * THETA + 0.01, 0.75 * THETA, 0.99 * THETA])
@pytest.mark.parametrize("t_ref", [2.0, 5.0])
def test_a_diagonal_fills_its_square(weight, t_ref):
    k = 6
    diagonal = [(3 + i, 4 + i) for i in range(k)]
    run = simulate_2d(
        LIF(t_ref=t_ref), shape=(14, 14), duration=60, kernel=neighbors(weight), input_spikes=flash(diagonal)
    )
    expected = np.full((14, 14), np.nan)
    i = np.arange(k)
    expected[3 : 3 + k, 4 : 4 + k] = abs(i[:, None] - i)
    np.testing.assert_allclose(run.first_spike, expected, rtol=0, atol=1e-9)
    assert run.counts.tolist() == np.isfinite(expected).astype(int).tolist()


@pytest.mark.parametrize("weight", [0.5 * THETA, 0.99 * THETA])
@pytest.mark.parametrize("along", ["row", "column"])
def test_a_straight_front_of_weak_spikes_dies_at_once(weight, along):
    line = [(5, j) if along == "row" else (j, 5) for j in range(12)]
    run = simulate_2d(LIF(), shape=(12, 12), duration=60, kernel=neighbors(weight), input_spikes=flash(line))
    assert run.spikes[:, 0].tolist() == [0.0] * 12


@pytest.mark.parametrize("weight", [0.5 * THETA + 0.01, 0.75 * THETA, 0.99 * THETA])
def test_one_weak_spike_never_fires_a_neighbor_and_two_do_within_the_gap(weight):
    longest = 8.0 * math.log(weight / (THETA - weight))
    dt = 0.05
    for late, spikes in [(math.floor(longest / dt) * dt, 3), ((math.floor(longest / dt) + 1) * dt, 2)]:
        events = [(0, 0, 1, 100.0), (late, 2, 1, 100.0)]
        run = simulate_2d(
            LIF(), shape=(3, 3), duration=50, dt=dt, kernel=neighbors(weight), input_spikes=events
        )
        # Only the middle cell is a neighbor of both.
        assert run.counts[1, 1] == spikes - 2
        assert run.counts.sum() == spikes


@pytest.mark.parametrize("delay", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("weight", [THETA, 2 * THETA])
@pytest.mark.parametrize("v_reset", [-70.0, -65.0])
@pytest.mark.parametrize("n", [4, 8])
def test_echo_iff_the_rest_is_shorter_than_two_delays(delay, weight, v_reset, n):
    dt = 0.1
    for t_ref, echo in [(2 * delay, False), (2 * delay - dt, True), (2 * delay - 0.05, False), (0.0, True)]:
        run = simulate_2d(
            LIF(t_ref=t_ref, v_reset=v_reset),
            shape=(9, 9),
            duration=12 * delay,
            dt=dt,
            delay=delay,
            kernel=neighbors(weight, n),
            input_spikes=flash([(4, 4)]),
        )
        assert (run.counts.max() > 1) == echo
        assert run.counts.min() >= 1
