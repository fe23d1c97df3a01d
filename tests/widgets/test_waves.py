"""The wave explorer and the map of outcomes."""

import numpy as np
import pytest

from lifcore import LIF, neighbors, outcome, simulate_2d, spiral_centers
from lifcore.widgets import draw_outcomes, progress
from lifcore.widgets.outcomes import WORDS, codes, place
from lifcore.widgets.scenes.waves import LENGTH, RATIOS, RESTS, SIDE, STARTS, events, outcome_map

from .conftest import press

OUTCOMES = {
    "two spirals": "Spiral with 2 centers: 100 % of the cells fire. t = 60 ms: 320 spikes.",
    "target": "Target: 100 % of the cells fire. t = 20 ms: 96 spikes.",
    "many spirals": "Spiral with 50 centers: 100 % of the cells fire. t = 100 ms: 220 spikes.",
    "too weak": "Dies: 1 % of the cells fire. t = 3 ms: 0 spikes.",
    "flicker": "Flicker: 100 % of the cells fire. t = 30 ms: 1166 spikes.",
    "island": "Island: 9 % of the cells fire. t = 30 ms: 0 spikes.",
    "flash": "Island: 81 % of the cells fire. t = 40 ms: 27 spikes.",
}


@pytest.mark.parametrize("preset", OUTCOMES)
def test_outcome_of_a_preset(waves, preset):
    press(waves, preset)
    assert waves.sentence == OUTCOMES[preset]


@pytest.mark.parametrize("n", [4, 8])
@pytest.mark.parametrize("start", STARTS)
def test_each_pixel_of_the_map_is_its_own_run(waves, start, n):
    """The map is computed from sheets side by side, with thresholds in place of weights."""
    kinds = outcome_map(start, n)
    assert kinds.shape == (RESTS.size, RATIOS.size)
    for i, j in np.random.default_rng(n).integers((0, 0), kinds.shape, (12, 2)):
        waves.set(start=start, neighbors=n, weight=round(RATIOS[j], 2), t_ref=int(RESTS[i]))
        assert outcome(waves.run) == kinds[i, j]


def test_the_map_of_the_diagonal_is_what_two_neighbors_can_do():
    """Below θ/2 none, below θ the half of a square, above it spirals; with a rest below 2 D echoes."""
    kinds = outcome_map("diagonal", 4)
    expected = np.where(RATIOS < 0.5, "dies", np.where(RATIOS < 1, "island", "spiral"))
    assert (kinds[1:] == expected).all()
    assert (kinds[0] == np.where(RATIOS < 0.5, "dies", "flicker")).all()


def test_the_map_of_the_line_has_its_edges_where_theory_puts_them():
    kinds = outcome_map("line", 8)
    assert ((kinds == "dies") == (RATIOS < 1 / 3)).all()
    strong = RATIOS >= 1
    rests = np.broadcast_to(RESTS[:, None], kinds.shape)
    assert ((kinds == "target") == (rests > LENGTH / 2 + 1))[:, strong].all()


@pytest.mark.parametrize("start", ["line", "diagonal"])
@pytest.mark.parametrize("n", [4, 8])
def test_what_is_kicked_goes_one_way_only(start, n):
    run = simulate_2d(
        LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=9), shape=(SIDE, SIDE), duration=1, dt=1,
        kernel=neighbors(1.1, n), input_spikes=events(start, n, 1.1, 2),
    )  # fmt: skip
    row, col = run.spikes[run.spikes[:, 0] == 1.0, 1:].T
    low = (SIDE - LENGTH) // 2
    inside = (row >= low) & (row < low + LENGTH)
    assert inside.sum() >= LENGTH - 1
    assert (col[inside] > (SIDE // 2 if start == "line" else row[inside])).all()


def test_centers_are_shown_at_the_end(waves):
    waves.set(t=99.0)
    assert len(waves.scene.centers.get_xdata()) == 0
    waves.set(t=100.0)
    shown = np.column_stack((waves.scene.centers.get_ydata(), waves.scene.centers.get_xdata()))
    assert shown.tolist() == spiral_centers(waves.run)[:, :2].tolist()
    assert len(shown) == 2


def test_ring_stands_on_its_pixel(waves):
    waves.set(weight=0.63, t_ref=9)
    (x,), (y,) = waves.scene.ring.get_data()
    i, j = round(y - RESTS[0]), round((x - RATIOS[0]) / (RATIOS[1] - RATIOS[0]))
    assert codes(outcome_map("line", 8))[i, j] == WORDS.index(outcome(waves.run))
    assert waves.scene.map.get_array()[i, j] == WORDS.index("spiral")


def test_a_name_stands_in_its_area_and_small_ones_bear_none():
    area = np.zeros((20, 30), bool)
    assert place(area) is None
    area[2:4, 3:5] = True
    assert place(area) is None
    area[2:5, 3:28] = True
    assert place(area) == (3, 15, 0.0)
    area[:] = False
    area[1:19, 20:23] = True
    row, col, turned = place(area)
    assert (col, turned) == (21, 90.0) and 8 <= row <= 11


def test_map_of_outcomes():
    kinds = np.array([["dies", "island"], ["dies", "spiral"]])
    ax = draw_outcomes(kinds, [0.5, 0.6], [1, 2])
    (image,) = ax.images
    assert image.get_array().tolist() == [[0, 1], [0, 3]]
    assert np.allclose(image.get_extent(), (0.45, 0.65, 0.5, 2.5)) and image.origin == "lower"
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == ["dies", "island", "spiral"]
    assert [text.get_text() for text in ax.texts if text.get_visible()] == named
    assert (ax.get_xlabel(), ax.get_ylabel()) == (r"$w/\theta$", r"$t_\mathrm{ref}/D$")


def test_progress_goes_through_all(monkeypatch):
    shown = []
    monkeypatch.setattr("lifcore.widgets.bar.display", lambda data, raw: shown.append(data))
    assert list(progress([3, 1, 2], "rows")) == [3, 1, 2]
    assert shown[0]["text/plain"] == "3 rows"
    assert "application/vnd.jupyter.widget-view+json" in shown[0]
