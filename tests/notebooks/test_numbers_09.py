"""Every number that notebook 09 states in its prose, computed again and looked for in the sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lifcore import LIF, neighbors, pair_gap, simulate_1d, simulate_2d
from tests.notebooks.pages import INSTRUCTORS, says, shows

NAME = "09_grid"
LOOP_NAMES = {"v", "th", "v_inf", "v_reset", "decay", "decay_th", "n_ref", "fired", "th_jump"}
LOOP_MAY_NAME = {"w", "k", "count_neighbors", "n_delay"}
LOOP_MIRRORS = [
    ("grid", "Grid"),
    ("sheet/dense", "Dense"),
    ("sheet/constants", "Sheet"),
    ("sheet/coupling", "Coupling"),
]
NEURON = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5, th_jump=0.5, tau_th=20)
CALM = replace(NEURON, th_jump=0)


def test_random_input():
    weights = np.random.default_rng(1).uniform(0, 1.2, (11, 11))
    events = [(1, i, j, weights[i, j]) for i, j in np.ndindex(11, 11)]
    run = simulate_2d(NEURON, shape=(11, 11), duration=12, kernel=neighbors(1.2), input_spikes=events)
    assert np.array_equal(run.first_spike == 1.0, weights >= 1)
    assert says(NAME, "Neurons that get at least 1 mV fire at once, at 1 ms")
    assert (run.counts == 1).all() and run.th.min() > 1
    assert says(NAME, "Every neuron fires once, and its threshold still stands above 1 mV at the end")
    assert np.array_equal(run.th == run.th.max(), run.first_spike == run.first_spike.max())
    assert says(NAME, "the last ones stand highest")


@pytest.mark.parametrize("v_reset", [0.0, 0.4])
@pytest.mark.parametrize(("t_ref", "dt", "delay"), [(2.0, 0.1, 1.0), (2.3, 0.4, 1.2), (2.95, 0.1, 1.5)])
def test_no_echo(v_reset, t_ref, dt, delay):
    """N Δt is 2 D in each case; with one step less the sheet is never silent again."""
    assert says(NAME, r"so the rule is $N\,\Delta t \ge 2D$")
    assert says(
        NAME, "It holds for a wave from one cell with w ≥ θ and a reset that is not below $V_\\mathrm{rest}$"
    )
    for rest, once in ((t_ref, True), (t_ref - dt, False)):
        run = simulate_2d(
            replace(CALM, t_ref=rest, v_reset=v_reset), shape=(15, 15), duration=60 * delay, dt=dt,
            delay=delay, kernel=neighbors(1.2), input_spikes=[(0, 7, 7, 2)],
        )  # fmt: skip
        assert (run.counts.max() == 1) == once
        assert (run.spikes[-1, 0] > 58 * delay) != once
    assert says(NAME, "With a shorter rest the sheet never falls silent again")


def test_three_from_further_apart():
    assert says(NAME, "Three can do it from further apart")
    gap = pair_gap(CALM, 0.6)
    for count, fires in ((2, False), (3, True)):
        train = 1 + 1.02 * gap * np.arange(count)
        run = simulate_1d(replace(CALM, t_ref=0), duration=20, dt=0.01, input_spikes=train, input_weights=0.6)
        assert (run.spikes.size > 0) == fires


@pytest.mark.parametrize("k", [2, 7, 20])
@pytest.mark.parametrize("t_ref", [2, 5])
def test_diagonal(k, t_ref):
    assert says(NAME, "So a diagonal of k cells fires exactly $k^2$")
    assert says(NAME, "None fires twice, because each rests for more than two delays")
    i, j = np.indices((k, k))
    for weight in (0.55, 0.95):
        run = simulate_2d(
            replace(CALM, t_ref=t_ref), shape=(24, 24), duration=40, kernel=neighbors(weight),
            input_spikes=[(0, 2 + c, 2 + c, 2) for c in range(k)],
        )  # fmt: skip
        assert run.counts.sum() == k * k and run.counts.max() == 1
        np.testing.assert_allclose(run.first_spike[2 : 2 + k, 2 : 2 + k], abs(i - j), rtol=0, atol=1e-9)


def test_row_and_echo():
    for dt in (0.1, 0.05):
        assert shows(NAME, f"dt = {dt} ms: cell 20 fires at {20 * dt:.2f} ms")
        assert shows(NAME, f"dt = {dt} ms: cell 20 fires at {20 * 1.0:.2f} ms")
    assert says(NAME, "Two delays: the time that a spike needs to the neighbor and back")
    for t_ref, jump, once in ((1.9, 0, False), (2.0, 0, True), (1.0, 4.19, False), (1.0, 4.21, True)):
        run = simulate_2d(
            replace(NEURON, t_ref=t_ref, th_jump=jump),
            shape=(41, 41),
            duration=45,
            kernel=neighbors(1.2),
            input_spikes=[(0, 20, 20, 2)],
        )
        assert (run.counts.max() == 1) == once
        if jump == 0:
            assert shows(NAME, f"t_ref = {t_ref} ms, spikes of the busiest neuron: {run.counts.max()}")
    assert says(NAME, "with a rest of 1 ms it takes a jump of 4.2 mV")
    assert (4 * 1.2 - 1) * math.exp(2 / 20) == pytest.approx(4.2, abs=0.001)


def test_two_needed():
    assert says(NAME, rf"$\tau \ln[w/(\theta - w)] = {pair_gap(NEURON, 0.6):.2f}$ ms")
    i, j = np.indices((12, 12))
    for events, cells in (
        ([(0, 20, c, 2) for c in range(14, 26)], 12),
        ([(0, c, c, 2) for c in range(14, 26)], 144),
    ):
        run = simulate_2d(
            CALM,
            shape=(40, 40),
            duration=40,
            kernel=neighbors(0.6),
            input_spikes=events,
        )
        assert run.counts.sum() == cells and run.counts.max() == 1
    assert np.allclose(run.first_spike[14:26, 14:26], 1.0 * abs(i - j))
    assert says(NAME, f"until the square is full: {cells} cells, each once")


def out_of_round(reach: int, hops: int) -> float:
    """Return by how much the front is further in its furthest direction than in its nearest."""
    i, j = np.indices((2 * reach + 1, 2 * reach + 1)) - reach
    kernel = np.where(np.hypot(i, j) <= reach, 2.0, 0.0)
    side = 2 * reach * hops + 1
    middle = side // 2
    cell = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5)
    setting = dict(shape=(side, side), duration=hops, dt=1, input_spikes=[(0, middle, middle, 3)])
    rows, cols = np.nonzero(simulate_2d(cell, **setting, kernel=kernel).counts)
    turn = np.linspace(0, math.pi / 2, 91)  # a line across the front, at each angle
    far = np.max(np.outer(rows - middle, np.sin(turn)) + np.outer(cols - middle, np.cos(turn)), axis=0)
    return float(far.max() / far.min() - 1)


def test_how_round_a_front_is():
    assert f"{100 * out_of_round(1, 20):.0f}" == f"{100 * out_of_round(2, 10):.0f}" == "41"
    assert f"{100 * out_of_round(5, 8):.0f}" == "5"
    assert "5 % further in one direction than in another, in place of 41 %" in INSTRUCTORS
