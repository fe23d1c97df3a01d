"""The sheet under the live grid: its presets, strokes, colors, and one grid that takes over from another."""

import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest

from lifcore import Grid, measures, neighbors, simulate_2d
from lifcore.widgets.shades import FIRED, MAPS, TOP
from lifcore.widgets.stage import KICK, NEURON, SETTINGS, THETA, begin, line

from .conftest import press


@pytest.mark.parametrize("n", [4, 8])
def test_a_cut_wave_makes_a_spiral(n):
    values = SETTINGS["diamond"] | SETTINGS["cut wave"] | dict(neighbors=n)
    stage = begin("cut wave", values, 64)
    events = [(0.0, i, 32, KICK) for i in range(32)]
    events += [(1.0, i, 31, -1.1 * THETA * (3 if n == 8 else 1)) for i in range(32)]
    run = simulate_2d(
        stage.grid.neuron, shape=(64, 64), duration=200, dt=0.5, kernel=stage.grid.kernel, input_spikes=events
    )
    assert measures.outcome(run) == "spiral"
    for _ in range(400):
        stage.step()
    assert np.array_equal(stage.grid.v, run.v) and stage.total == run.counts.sum()


@pytest.mark.parametrize("preset", SETTINGS)
@pytest.mark.parametrize("side", [64, 128])
def test_presets_do_something(preset, side):
    stage = begin(preset, SETTINGS["diamond"] | SETTINGS[preset], side, np.float32)
    for _ in range(60):
        stage.step()
    assert stage.total == 1 if preset == "too weak" else stage.total > side
    assert stage.grid.dtype == np.float32


def test_a_grid_takes_over_where_another_stands():
    setting = dict(shape=(20, 20), dt=0.5, kernel=neighbors(1.1 * THETA, 4), delay=2.0)
    for engine in ("numpy", "sparse"):
        one, two = Grid(NEURON, **setting, engine=engine), Grid(NEURON, **setting)
        kicks = np.zeros((20, 20))
        kicks[7, 9] = KICK
        one.step(kicks)
        for _ in range(9):
            one.step()
        two.take_over(one)
        for _ in range(30):
            assert np.array_equal(one.step(), two.step()) and one.t == two.t
        assert np.abs(one.v - two.v).max() < 1e-9
    with pytest.raises(ValueError, match=re.escape("other must be a grid of (20, 20); got one of (3, 3)")):
        two.take_over(Grid(NEURON, (3, 3)))


def test_a_cell_fires_once_of_several_spikes_under_way():
    quick, tired = (replace(NEURON, t_ref=rest) for rest in (0.0, 20.0))
    setting = dict(shape=(3, 3), dt=0.5, delay=5.0)
    fast = Grid(quick, kernel=neighbors(0.01, 4), **setting)
    for _ in range(10):
        fast.step(KICK)
    slow = Grid(tired, kernel=neighbors(1.1 * THETA, 4), **setting, engine="sparse")
    slow.take_over(fast)
    fired = [int(slow.step().sum()) for _ in range(12)]
    assert fired == [0] * 9 + [9, 0, 0]


def test_a_stroke_has_no_gaps():
    cells = line((3, 4), (10, 30))
    assert np.abs(np.diff(cells, axis=0)).max() == 1
    assert cells[0].tolist() == [3, 4] and cells[-1].tolist() == [10, 30]


def test_colors_are_those_of_the_maps():
    palette = np.frombuffer(MAPS["v"].palette(), np.uint8).reshape(256, 4)
    assert palette[0].tolist() == [round(255 * x) for x in mpl.colormaps["viridis"](0.0)]
    assert palette[TOP].tolist() == [round(255 * x) for x in mpl.colormaps["viridis"](1.0)]
    assert palette[FIRED].tolist() == [0xD5, 0x5E, 0x00, 255]


def test_a_late_tick_leaves_what_was_saved_on_the_page(grid, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    press(grid, "Save PNG")
    grid.play.value += 1  # sent by the page before the button was pressed
    assert grid.sentence.startswith("t = 16.5 ms") and grid.sentence.endswith(" Saved as lif_grid_1.png.")
    grid.set(weight=1.2)
    assert "Saved" not in grid.sentence
