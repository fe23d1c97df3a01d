"""Pointing at the picture: what the browser tells becomes values of the controls."""

import importlib.util

import numpy as np
import pytest
import traitlets

from lifcore.widgets.outcomes import WORDS
from lifcore.widgets.scene import Control
from lifcore.widgets.scenes.rate import GUESSES
from lifcore.widgets.scenes.waves import RATIOS, RESTS
from tests.scenes import MAKERS

from .conftest import ends, inside, pixels, press, redrawn, reset

pytest.importorskip("anywidget")


@pytest.fixture
def rate(made):
    return reset(made, "rate")


def pointer_of(explorer):
    return next((widget for widget in inside(explorer.box) if "lif-pointer" in widget._dom_classes), None)


def point(explorer, x, y):
    """Press at x, y in data coordinates of the first of the axes, as the browser would tell."""
    ax = explorer.scene.pointable[0]
    across, up = ax.transAxes.inverted().transform(ax.transData.transform((x, y)))
    point.time += 1
    pointer_of(explorer).at = [0, float(across), float(up), point.time]


point.time = 0


def test_the_page_can_point_at_what_the_scene_names(explorer):
    assert len(pointer_of(explorer).areas) == len(explorer.scene.pointable)


def test_a_finer_screen_gets_a_finer_picture(explorer):
    height, width = pixels(explorer.image.value).shape[:2]
    assert explorer.image.layout.width == f"{width}px"
    pointer_of(explorer).ratio = 2.0
    finer = pixels(explorer.image.value).shape[:2]
    assert np.abs(np.subtract(finer, (2 * height, 2 * width))).max() <= 1  # some versions round up
    name = next(iter(explorer.controls))
    explorer.set(**{name: ends(explorer, name)[0]})
    assert np.array_equal(pixels(explorer.image.value), redrawn(explorer))
    pointer_of(explorer).ratio = 1.0
    assert pixels(explorer.image.value).shape[:2] == (height, width)
    with pytest.raises(traitlets.TraitError):
        pointer_of(explorer).ratio = 3.0


def test_the_areas_are_the_axes_on_the_picture(rate):
    press(rate, "guess first")
    left, bottom, width, height = pointer_of(rate).areas[0]
    colors = pixels(rate.image.value)
    high, wide = colors.shape[:2]
    # the left and the lower spine are black lines at the area's edges, give or take a pixel
    x, y = round(wide * left), round(high * (1 - bottom))
    column = colors[round(high * (1 - bottom - height)) : y, x - 1 : x + 2].min(axis=1)
    row = colors[y - 1 : y + 2, x : round(wide * (left + width))].min(axis=0)
    assert column.mean() < 128 and row.mean() < 128


def test_a_drag_moves_the_guess_within_reach(rate):
    press(rate, "guess first")
    for x, y, name, value in (
        (3, 150, "guess_3", 150),
        (6.9, 222, "guess_6", 220),
        (9.9, 18.0, "guess_9", 20),
    ):
        before = rate.values
        point(rate, x, y)
        assert rate.values == before | {name: value}
        assert rate.scene.guess.get_ydata()[list(GUESSES).index(name)] == value
    before = rate.values
    point(rate, 4.5, 250)  # out of reach of all of them
    assert rate.values == before
    marked = [
        widget.description for widget in inside(rate.box) if getattr(widget, "button_style", "") == "info"
    ]
    assert marked == []


def test_a_drag_to_the_upper_edge_stays_there(rate):
    press(rate, "guess first")
    for _ in range(3):
        point(rate, 6, rate.scene.top.get_ylim()[1])
        assert rate.values["guess_6"] == 300 == rate.scene.top.get_ylim()[1]


def test_with_the_curve_in_view_a_drag_moves_the_current(rate):
    before = rate.values
    point(rate, 4.02, 300)
    assert rate.values == before | {"current": 4.0}
    point(rate, 10.2, 300)  # right of the last stop
    assert rate.values["current"] == 10.0
    assert rate.sentence.startswith("Fires every")


def test_a_press_on_the_map_shows_its_run(waves):
    press(waves, "too weak")
    before = waves.values
    column, row = 9, 2
    point(waves, RATIOS[column] + 0.03, RESTS[row] - 0.4)  # not in the pixel's middle
    assert waves.values == before | {"weight": 0.99, "t_ref": 3}
    assert waves.scene.ring.get_xydata().tolist() == [[0.99, 3.0]]
    word = WORDS[waves.scene.map.get_array()[row, column]]
    assert waves.sentence.lower().startswith(word)
    assert (waves.run.neuron.t_ref, word) == (3, "spiral")
    point(waves, RATIOS[-1] + 0.044, RESTS[-1] + 0.49)  # in the corner
    assert waves.values == before | {"weight": round(RATIOS[-1], 9), "t_ref": RESTS[-1]}


def test_a_press_on_each_pixel_chooses_it(waves):
    scene = waves.scene
    controls = {control.name: control for control in scene.controls}
    for i, j in np.ndindex(RESTS.size, RATIOS.size):
        wanted = scene.pointed(scene.pointable[0], RATIOS[j] - 0.04, RESTS[i] + 0.45, waves.values)
        stops = [controls[name].stop(value, controls[name].high) for name, value in wanted.items()]
        assert stops == [round(RATIOS[j], 9), RESTS[i]]


def test_pointing_again_at_the_same_place_draws_nothing(rate, monkeypatch):
    point(rate, 4.0, 100)
    monkeypatch.setattr(rate.scene, "simulate", lambda values: pytest.fail("drawn again"))
    point(rate, 4.01, 200)


def test_an_error_is_seen(rate, monkeypatch):
    def fail(*args):
        raise ArithmeticError("the sum is wrong")

    monkeypatch.setattr(rate.scene, "pointed", fail)
    with pytest.raises(ArithmeticError):
        point(rate, 3.0, 100.0)
    assert "ArithmeticError: the sum is wrong" in rate.outcome.value


def test_a_stop_is_one_of_the_sliders(rate):
    control = Control("tau_m", 2.0, 40.0, 0.5)
    assert [control.stop(value, 40.0) for value in (-3, 2.2, 2.3, np.float64(39.9), 1e9)] == [
        2,
        2,
        2.5,
        40,
        40,
    ]
    assert control.stop(30.0, 20.0) == 20.0
    assert Control("answer", choices=(("a", "b"),)).stop("b", 1.0) == "b"


def test_without_anywidget_the_sliders_do(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: name != "anywidget" and find(name, *rest) or None
    )
    explorer = MAKERS["rate"]()
    assert pointer_of(explorer) is None
    press(explorer, "guess first")
    explorer.sliders["guess_3"].value = 10
    assert explorer.values["guess_3"] == 10 * explorer.controls["guess_3"].step
