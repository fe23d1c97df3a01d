"""What becomes of a sheet: islands, targets, and spirals whose period and center are known."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, neighbors, outcome, outcomes, simulate_1d, simulate_2d, spiral_centers
from tests.physics.draws import examples

NEURON = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5)
LONG = [(0.0, row, 0, 2.0) for row in range(30)]  # the whole first column


def sheet(weight, *, n=4, t_ref=5.0, side=30, duration=120, dt=1.0, events):
    """Return a run of a square sheet with a delay of 1 ms."""
    neuron = dataclasses.replace(NEURON, t_ref=t_ref)
    kernel = neighbors(weight, n)
    return simulate_2d(
        neuron, shape=(side, side), duration=duration, dt=dt, kernel=kernel, input_spikes=events
    )


def cut(weight, n, side, *, upper=False):
    """Return the events of the recipe: fire column 0, stop one half of the wave at the middle column."""
    half = range(side // 2) if upper else range(side // 2, side)
    stop = -weight * (1 if n == 4 else 3)
    column = [(0.0, row, 0, 2.0) for row in range(side)]
    return column + [(float(side // 2), row, side // 2, stop) for row in half]


def line_with_two_ends(weight, length, side):
    """Return the events of a line of cells in the middle that can only go right; 8 neighbors."""
    rows = range((side - length) // 2, (side + length) // 2)
    line = [(0.0, row, side // 2, 2.0) for row in rows]
    return line + [(1.0, row, side // 2 - 1, -3 * weight) for row in rows]


@pytest.mark.parametrize(
    ("weight", "n", "events", "word"),
    [
        (1.1, 4, [], "dies"),
        (0.9, 4, [(0, 9, 9, 2)], "dies"),
        (0.9, 4, LONG, "dies"),
        (0.9, 4, [(7, 9, 9, 2)], "dies"),
        (0.6, 4, [(0, 9 + i, 9 + i, 2) for i in range(12)], "island"),
        (0.35, 8, [(0, 9, 9 + i, 2) for i in range(12)], "island"),
        (1.1, 4, [(0, 9, 9, 2)], "target"),
        (1.1, 8, LONG, "target"),
        (1.1, 4, cut(1.1, 4, 30), "spiral"),
        (1.1, 8, cut(1.1, 8, 30), "spiral"),
        (0.7, 8, cut(0.7, 8, 30), "spiral"),
        (1.1, 8, line_with_two_ends(1.1, 16, 30), "spiral"),
    ],
)
def test_each_word(weight, n, events, word):
    assert outcome(sheet(weight, n=n, events=events)) == word


@pytest.mark.parametrize("n", [4, 8])
def test_echoes_are_a_flicker(n):
    seed = [(0, 9, 12, 2)]
    assert outcome(sheet(1.1, n=n, t_ref=2.0, events=seed)) == "target"
    assert outcome(sheet(1.1, n=n, t_ref=1.0, events=seed)) == "flicker"


def test_nothing_from_a_sheet_that_never_fires():
    assert spiral_centers(simulate_2d(shape=(4, 4), duration=10)).shape == (0, 3)


@pytest.mark.parametrize("t_ref", [2, 3, 4, 5, 8, 12])
@pytest.mark.parametrize("n", [4, 8])
def test_period_of_a_spiral(t_ref, n):
    """The smallest whole number of hops above the rest; with 4 neighbors a way round is even."""
    hops = t_ref + 1
    if n == 4 and hops % 2:
        hops += 1
    run = sheet(1.1, n=n, t_ref=t_ref, side=60, duration=150, events=cut(1.1, n, 60))
    for row, col in [(3, 50), (30, 34), (34, 30), (55, 20)]:
        mine = run.spikes[(run.spikes[:, 1] == row) & (run.spikes[:, 2] == col), 0]
        np.testing.assert_allclose(np.diff(mine)[-3:], hops, rtol=0, atol=1e-9)
    assert outcome(run) == "spiral"


@pytest.mark.parametrize(("t_ref", "hops"), [(1.5, 2), (2.5, 4), (3.75, 4), (4.0, 6), (4.25, 6)])
def test_period_where_the_rest_is_no_whole_number_of_hops(t_ref, hops):
    run = sheet(1.1, t_ref=t_ref, side=24, duration=80, dt=0.25, events=cut(1.1, 4, 24))
    mine = run.spikes[(run.spikes[:, 1] == 12) & (run.spikes[:, 2] == 14), 0]
    np.testing.assert_allclose(np.diff(mine)[-3:], hops, rtol=0, atol=1e-9)
    assert outcome(run) == ("flicker" if hops == 2 else "spiral")


@pytest.mark.parametrize("weight", [1.1, 0.8])
def test_a_half_wave_has_one_center_and_a_line_two_that_turn_opposite_ways(weight):
    for upper, turn in ((False, 1), (True, -1)):
        centers = spiral_centers(sheet(weight, n=8, events=cut(weight, 8, 30, upper=upper)))
        assert centers[:, 2].tolist() == [turn]
        assert abs(centers[0, :2] - 14.5).max() < 4
    centers = spiral_centers(sheet(weight, n=8, events=line_with_two_ends(weight, 16, 30)))
    assert centers[:, 2].tolist() == [-1, 1]
    assert centers[0, 0] + centers[1, 0] == 29  # mirror images
    assert centers[0, 1] == centers[1, 1]


def test_a_line_with_two_ends_curls_up_if_it_is_longer_than_twice_the_rest():
    for length in (12, 16, 20):
        for late, word in ((0, "spiral"), (1, "target")):
            events = line_with_two_ends(1.1, length, 30)
            assert outcome(sheet(1.1, n=8, t_ref=length / 2 + 1 + late, events=events)) == word


def run_with_phases(periods, fires_at):
    """Return a run in which cell (i, j) fires at `fires_at[i, j]` and each 40 samples of 0.1 ms later."""
    rows, cols = fires_at.shape
    at = np.concatenate([fires_at.ravel() + 40 * m for m in range(periods)])
    cells = np.tile(np.arange(rows * cols, dtype=np.int32), periods)
    empty = simulate_2d(shape=(rows, cols), duration=at.max() / 10)
    return dataclasses.replace(
        empty, cells=cells[np.lexsort((cells, at))], activity=np.bincount(at, minlength=empty.t.size)
    )


@examples(40)
@given(st.integers(0, 8), st.integers(0, 10), st.sampled_from([-1, 1]), st.floats(0, 2 * math.pi))
def test_the_center_of_a_wheel_of_phases(row, col, turn, start):
    """Phases that are angles round a point: one center, there, whichever way and from where they count."""
    i, j = np.indices((10, 12))
    angle = np.arctan2(i - (row + 0.5), j - (col + 0.5)) * turn + start
    fires_at = np.floor(angle % (2 * math.pi) / (2 * math.pi) * 40).astype(int)
    run = run_with_phases(3, fires_at)
    assert spiral_centers(run).tolist() == [[row + 0.5, col + 0.5, turn]]
    assert outcome(run) == "spiral"


@pytest.mark.parametrize("half", [19, 20, 21])
def test_no_center_where_neighbors_are_half_a_period_apart(half):
    board = np.indices((9, 9)).sum(axis=0) % 2 * half
    assert spiral_centers(run_with_phases(3, board)).shape == (0, 3)
    assert outcome(run_with_phases(3, board)) == "flicker"


@examples(25)
@given(st.integers(0, 10_000), st.floats(0.01, 0.5), st.sampled_from([2, 3, 5, 9]), st.sampled_from([4, 8]))
def test_a_flash_that_one_spike_carries_on_ends_as_a_target(seed, p, t_ref, n):
    """No winding number at the start, none ever (Greenberg, Hassard and Hastings)."""
    kicked = np.random.default_rng(seed).random((14, 14)) < p
    kicked[3, 4] = True
    events = [(0.0, row, col, 2.0) for row, col in np.argwhere(kicked)]
    assert outcome(sheet(1.1, n=n, t_ref=t_ref, side=14, duration=60, events=events)) == "target"


@pytest.mark.parametrize("t_ref", [1, 3, 6])
def test_a_coarse_step_of_one_delay_gives_the_spikes_of_a_fine_one(t_ref):
    events = line_with_two_ends(0.8, 10, 20)
    coarse = sheet(0.8, n=8, t_ref=t_ref, side=20, duration=50, events=events)
    fine = sheet(0.8, n=8, t_ref=t_ref, side=20, duration=50, dt=0.1, events=events)
    np.testing.assert_allclose(coarse.spikes, fine.spikes, rtol=0, atol=1e-9)
    assert outcome(coarse) == outcome(fine)


def test_only_for_grids():
    for measure in (outcome, spiral_centers):
        with pytest.raises(TypeError, match="run must be a Run2D, a grid's run, not Run1D"):
            measure(simulate_1d(duration=1))


def test_sheets_side_by_side_fare_as_each_alone():
    """With the weight at 1 mV the threshold is 1/ratio: only w/θ counts."""
    ratios, side = np.array([0.3, 0.36, 0.48, 0.9, 1.2]), 20
    th = np.full((side, 5 * (side + 1)), 1e9)
    events = []
    for i, ratio in enumerate(ratios):
        left = i * (side + 1)
        th[:, left : left + side] = 1 / ratio
        events += [(t, row, col + left, kick) for t, row, col, kick in line_with_two_ends(1, 12, side)]
    events = [(t, row, col, 10 * kick if kick > 0 else kick) for t, row, col, kick in events]
    for t_ref in (1, 3, 6, 9):
        many = dataclasses.replace(NEURON, t_ref=t_ref, tau_th=1e9)
        run = simulate_2d(
            many, shape=(side, 104), duration=50, dt=1, kernel=neighbors(1, 8),
            th_start=th[:, :-1], input_spikes=events,
        )  # fmt: skip
        alone = [
            outcome(
                sheet(w, n=8, t_ref=t_ref, side=side, duration=50, events=line_with_two_ends(w, 12, side))
            )
            for w in ratios
        ]
        assert outcomes(run, side) == alone


def test_sheets_must_fit_side_by_side():
    run = simulate_2d(shape=(4, 9), duration=1)
    assert outcomes(run, 4) == ["dies", "dies"] and outcomes(run, 9) == ["dies"]
    with pytest.raises(ValueError, match="cols must divide the grid of 9 columns into .*; got 3"):
        outcomes(run, 3)


def on_a_torus(shape, weight, n, events, duration=150):
    """Return a run of a sheet whose edges are joined, at a delay and a step of 1 ms."""
    kernel = neighbors(weight, n)
    return simulate_2d(
        NEURON, shape=shape, duration=duration, dt=1.0, kernel=kernel, boundary="torus", input_spikes=events
    )


def test_a_plane_wave_circles_a_torus_for_ever_without_a_center():
    column = [(0.0, row, 5, 2.0) for row in range(8)]
    stop = [(1.0, row, 4, -1.1) for row in range(8)]  # it goes to the right only
    run = on_a_torus((8, 20), 1.1, 4, column + stop)
    assert run.activity[-20:].tolist() == [8] * 20
    assert spiral_centers(run).shape == (0, 3)
    assert outcome(run) == "flicker"


def test_a_center_across_the_joined_edges_of_a_torus_is_not_found():
    def shifted(rows):
        line = line_with_two_ends(1.1, 16, 40)
        run = on_a_torus((40, 40), 1.1, 8, [(t, (row + rows) % 40, col, w) for t, row, col, w in line])
        return spiral_centers(run).tolist()

    assert shifted(0) == [[13.5, 19.5, -1.0], [25.5, 19.5, 1.0]]
    assert shifted(13) == [[26.5, 19.5, -1.0], [38.5, 19.5, 1.0]]
    assert shifted(14) == [[27.5, 19.5, -1.0]]  # the other lies between rows 39 and 0
