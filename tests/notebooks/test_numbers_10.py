"""Every number that notebook 10 states in its prose, computed again and looked for in the sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lifcore import LIF, from_image, neighbors, outcome, simulate_2d, surround, theory
from tests.contract.answers_10 import fill, share
from tests.notebooks.pages import says, shows

NAME = "10_waves"
LOOP_NAMES = {"v", "v_inf", "v_th", "v_reset", "decay", "n_ref", "hold", "fired", "k"}
LOOP_MAY_NAME = {"w", "k", "count_neighbors", "n", "get", "full"}
LOOP_MIRRORS = [
    ("grid", "Grid"),
    ("sheet/dense", "Dense"),
    ("sheet/constants", "Sheet"),
    ("sheet/coupling", "Coupling"),
]
NEURON = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5)
SIX = range(6)


def cut_wave(n, t_ref=5.0, more=()):
    """Return the run of the recipe: 60 × 60, column 0 fires, the lower half of column 30 is stopped."""
    stop = -1.1 * {4: 1, 8: 3}[n]
    events = [(0, row, 0, 2) for row in range(60)] + [(30, row, 30, stop) for row in range(30, 60)]
    events += more
    neuron = replace(NEURON, t_ref=t_ref)
    kernel = neighbors(1.1, n)
    return simulate_2d(neuron, shape=(60, 60), duration=150, dt=1, kernel=kernel, input_spikes=events)


def line_of(length, weight, side=61):
    """Return the run of a line of cells in the middle of a sheet with 8 neighbors."""
    middle = side // 2
    line = [(0, middle, middle - length // 2 + k, 2) for k in range(length)]
    kernel = neighbors(weight, 8)
    return simulate_2d(NEURON, shape=(side, side), duration=100, dt=1, kernel=kernel, input_spikes=line)


def test_plane_and_target():
    i, j = np.indices((41, 41))
    columns, one, two = (
        [(0, row, 0, 2) for row in range(41)],
        [(0, 20, 20, 2)],
        [(0, 20, 10, 2), (0, 20, 30, 2)],
    )
    near = np.minimum(abs(j - 10), abs(j - 30))
    for events, hops in ((columns, j), (one, abs(i - 20) + abs(j - 20)), (two, abs(i - 20) + near)):
        run = simulate_2d(NEURON, shape=(41, 41), duration=60, kernel=neighbors(1.1), input_spikes=events)
        assert run.counts.min() == run.counts.max() == 1
        np.testing.assert_allclose(run.first_spike, hops, rtol=0, atol=1e-9)
    assert says(NAME, "Each cell fires once, at D times the hops from the nearer kick")


def test_cut_wave():
    run = cut_wave(4)
    assert shows(NAME, f"the busiest cell fires {run.counts.max()} times")
    assert says(NAME, "a kick of −w") and says(NAME, "the kick is −3w")
    assert says(NAME, "Fire column 0 of a sheet of 60 × 60")
    assert (outcome(run), outcome(cut_wave(8))) == ("spiral", "spiral")


def test_turns():
    turns = {}
    for n in (4, 8):
        turns[n] = []
        for t_ref in (2, 3, 4, 5, 8, 12):
            run = cut_wave(n, t_ref)
            mine = run.spikes[(run.spikes[:, 1] == 20) & (run.spikes[:, 2] == 40), 0]
            turns[n].append(round(mine[-1] - mine[-2]))
    assert turns[4] == [min(m for m in range(0, 20, 2) if m > t_ref) for t_ref in (2, 3, 4, 5, 8, 12)]
    assert turns[8] == [t_ref + 1 for t_ref in (2, 3, 4, 5, 8, 12)]
    assert shows(NAME, f"4 neighbors: {turns[4]}, 8 neighbors: {turns[8]}")
    assert says(NAME, r"the smallest even number above $N\,\Delta t/D$")
    assert says(NAME, "Six.\n") and turns[4][2] == 6
    assert says(NAME, "one turn is the smallest whole number above it")


@pytest.mark.parametrize(("kick", "ends"), [(2, False), (-5, True)])
def test_ask_the_room(kick, ends):
    assert says(NAME, "Which ends it, +2 mV or −5 mV")
    for n, t_ref in ((4, 2), (4, 5), (8, 4), (8, 12)):
        run = cut_wave(n, t_ref, more=[(100, row, col, kick) for row in range(60) for col in range(60)])
        assert (outcome(run) != "spiral") == ends


def test_where_a_wave_fails():
    edge = 1 / (1 + 2 * math.exp(-0.1))
    assert says(NAME, rf"= {edge:.3f}\,\theta$")
    for k in (5, 11, 21):
        for weight in (0.334, 0.35, edge - 1e-3):
            assert np.count_nonzero(line_of(k, weight).counts) == (k**2 + 1) // 2
        assert np.count_nonzero(line_of(k, edge + 1e-3).counts) > (k**2 + 1) // 2
        assert np.count_nonzero(line_of(k, 0.333).counts) == k
    assert says(NAME, f"here {(21**2 + 1) // 2}, however large")
    assert np.count_nonzero(line_of(21, 0.35, side=91).counts) == 221
    assert np.count_nonzero(line_of(21, 0.40).counts) == 61**2
    assert says(NAME, f"all {61**2} cells") and shows(NAME, f"cells that fire: 221 and {61**2}")
    assert (outcome(line_of(21, 0.35)), outcome(line_of(21, 0.40))) == ("island", "target")


def flash(p, seed):
    kicked = np.random.default_rng(seed).random((50, 50)) < p
    return [(int(row), int(col)) for row, col in np.argwhere(kicked)]


def test_islands():
    kicked = flash(0.05, 0)
    assert share([0], p=0.05, t_ref=5) * 2500 == pytest.approx(fill(kicked))
    assert says(NAME, f"Here {len(kicked)} kicks fire {fill(kicked)} cells")
    assert fill([(0, 0), (1, 1), (2, 2), (2, 4)]) == 3 * 5  # the case on paper: a rectangle


def test_flash():
    percent = {p: round(100 * share(SIX, p=p, t_ref=5)) for p in (0.04, 0.06, 0.08)}
    assert list(percent.values()) == [8, 46, 89]
    for p, mean in percent.items():
        assert shows(NAME, f"p = {p}: {mean} % of the sheet fires")
    assert says(NAME, "six flashes fire 8 % of it on average: the kicked cells and as many again")
    assert np.mean([len(flash(0.04, seed)) for seed in SIX]) / 2500 == pytest.approx(0.04, abs=0.001)
    assert says(NAME, "89 %.\n") and says(NAME, "at p = 0.06, it is 46 %")
    assert says(NAME, "Twice the kicks fire more than ten times the cells")
    assert share(SIX, p=0.08, t_ref=5) > 10 * share(SIX, p=0.04, t_ref=5)
    assert says(NAME, "goes from 8 % to 89 %")


def test_flash_with_other_rests():
    short = [round(100 * share(SIX, p=p, t_ref=2)) for p in (0.04, 0.08)]
    for p, mean in zip((0.04, 0.08), short, strict=True):
        assert shows(NAME, f"p = {p}, rest 2 ms: {mean} % of the sheet fires")
    assert says(NAME, f"then fire {short[0]} % and {short[1]} % of the sheet") and short == [28, 99]
    assert share(SIX, p=0.08, t_ref=10) < 0.89  # the exercise says so


def test_when_a_flash_is_over():
    assert says(NAME, "After 150 ms it is over") and says(NAME, "Some of these flashes never end")
    lasts = {2: [], 5: []}
    for p, seed, t_ref in ((p, seed, t_ref) for p in range(2, 11) for seed in SIX for t_ref in lasts):
        kicks = [(0, row, col, 2) for row, col in flash(p / 100, seed)]
        run = simulate_2d(
            replace(NEURON, t_ref=t_ref), shape=(50, 50), duration=400, dt=1, kernel=neighbors(0.95),
            input_spikes=kicks,
        )  # fmt: skip
        lasts[t_ref].append(run.spikes[-1, 0])
    assert max(lasts[5]) <= 150 and max(lasts[2]) > 390


@pytest.mark.parametrize("p", [0.04, 0.08])
def test_flash_in_fine_steps_is_the_same(p):
    """The published facts hold for the default step of 0.1 ms; the notebook takes one of 1 ms."""
    kicks = [(0, row, col, 2) for row, col in flash(p, 3)]
    setting = dict(shape=(50, 50), duration=120, kernel=neighbors(0.95), input_spikes=kicks)
    coarse, fine = (simulate_2d(NEURON, **setting, dt=dt) for dt in (1, 0.1))
    np.testing.assert_allclose(coarse.spikes, fine.spikes, rtol=0, atol=1e-9)


def test_picture():
    i, j = np.indices((128, 128))
    ring = (np.hypot(i - 60, j - 60) < 40) & (np.hypot(i - 60, j - 60) > 14)
    bar = (i > 100) & (i < 120) & (j > 64) & (j < 120)
    current = from_image(np.where(ring, 0.8, np.where(bar, 0.6, 0.2)), (64, 64), low=0.1, high=0.3)
    start = np.random.default_rng(0).uniform(0, 1, (64, 64))
    eye = replace(NEURON, t_ref=2)
    kernel = surround(0, 0, 0.02, 4)
    setting = dict(shape=(64, 64), duration=600, dt=0.5, current=current, v_start=start)
    hz = simulate_2d(eye, **setting, kernel=kernel).counts / 0.6
    row = hz[28:33].mean(axis=0)
    middle, outer, inner, outside = row[14:19].mean(), row[49], row[37], row[50]
    assert outer > 1.1 * middle and inner > 1.05 * middle and hz[30, 50] == 0 and outside < 5
    assert says(NAME, "Along the rims") and says(NAME, "the neurons fall silent")
    # In an area of one gray each neuron loses w τ f to each of 48 neighbors; the steps of 0.5 ms cost 2 %.
    assert np.count_nonzero(kernel) == 48
    for gray, got in ((0.8, middle), (0.2, row[55:60].mean())):
        rate = 0.0
        for _ in range(200):
            taken = 48 * 0.02 * eye.tau_m * rate / 1000
            rate += (theory.rate(eye, 0.1 + 0.2 * gray - taken / eye.r_m) - rate) / 2
        assert got == pytest.approx(rate, rel=0.05)


def test_map():
    """Its numbers, at pixels beside each edge that the prose names; the map itself is shown to agree."""
    words = {
        "dies": [(0.24, 10), (0.33, 10)],
        "island": [(0.36, 10), (0.39, 10)],
        "spiral": [(0.42, 10), (1.02, 21), (1.2, 10)],
        "target": [(1.02, 22), (1.2, 35)],
        "flicker": [(1.2, 1)],
    }
    for ratio, t_ref, word in ((*pixel, word) for word, pixels in words.items() for pixel in pixels):
        line = [(0, row, 32, 2) for row in range(12, 52)]
        line += [(1, row, 31, -3 * ratio) for row in range(12, 52)]
        run = simulate_2d(
            replace(NEURON, t_ref=t_ref), shape=(64, 64), duration=80, dt=1, kernel=neighbors(ratio, 8),
            input_spikes=line,
        )  # fmt: skip
        assert outcome(run) == word, (ratio, t_ref)
    assert says(NAME, f"at most (k/2 + 1) D, here {40 // 2 + 1} D") and says(NAME, "up to about 0.4 θ")
    assert shows(NAME, "the runs: dies, spiral, target") and shows(NAME, "40 rows of 40 runs")
    assert says(NAME, "1600 runs")


@pytest.mark.parametrize("n", [4, 8])
@pytest.mark.parametrize("t_ref", [2, 5, 12])
def test_which_kick_ends_a_spiral(n, t_ref):
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=t_ref)
    cut = [(0, row, 0, 2) for row in range(60)]
    cut += [(30, row, 30, -1.1 if n == 4 else -3.3) for row in range(30, 60)]
    setting = dict(shape=(60, 60), duration=160, dt=1, kernel=neighbors(1.1, n))
    free = simulate_2d(neuron, **setting, input_spikes=cut)
    for t in range(100, 103):
        everywhere = np.column_stack((np.full(3600, t), np.indices((60, 60)).reshape(2, -1).T))
        runs = {}
        for kick in (2, -5):
            events = np.vstack((cut, np.column_stack((everywhere, np.full(3600, kick)))))
            runs[kick] = simulate_2d(neuron, **setting, input_spikes=events)
        assert runs[-5].activity[t:].sum() == 0
        assert runs[2].activity[-1] > 0
        assert (n, t_ref) != (4, 5) or np.array_equal(runs[2].spikes, free.spikes)
