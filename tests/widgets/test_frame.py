"""What holds for every explorer."""

import base64
import html
import itertools
import threading
import xml.etree.ElementTree as ElementTree

import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from lifcore import plots
from lifcore.units import SYMBOLS, UNITS
from tests.scenes import MAKERS

from .conftest import ends, inside, pixels, press, redrawn


def pairs_of_ends(explorer):
    """Return settings at the ends of the ranges, such that every two controls meet in all four ways."""
    names = list(explorer.controls)
    bits = max(1, (len(names) - 1).bit_length())
    rows = [[0] * len(names), [1] * len(names)]
    for bit in range(bits):
        row = [i >> bit & 1 for i in range(len(names))]
        rows += [row, [1 - x for x in row]]
    return [{name: ends(explorer, name)[x] for name, x in zip(names, row, strict=True)} for row in rows]


def test_corners_are_valid_and_drawn(explorer):
    for setting in pairs_of_ends(explorer):
        explorer.set(**setting)
        assert explorer.values == setting
        assert explorer.sentence and "Error" not in explorer.sentence
        assert pixels(explorer.image.value).std() > 5


@pytest.mark.extended
def test_all_corners_are_valid(explorer):
    names = list(explorer.controls)
    for corner in itertools.product(*(ends(explorer, name) for name in names)):
        explorer.set(**dict(zip(names, corner, strict=True)))
        assert "Error" not in explorer.sentence


def test_blitted_picture_is_the_full_one(explorer):
    for setting in pairs_of_ends(explorer):
        explorer.set(**setting)
        first = next(iter(explorer.controls))
        explorer.set(**{first: ends(explorer, first)[0]})  # a small change, drawn on the cached background
        blitted = pixels(explorer.image.value)
        assert np.array_equal(blitted, redrawn(explorer))


def test_small_changes_are_blitted(explorer, monkeypatch):
    drawn = []
    press(explorer, "Reset")
    monkeypatch.setattr(explorer._picture.canvas, "draw", lambda: drawn.append(1))
    name = next(iter(explorer.controls))
    control = explorer.controls[name]
    control.value -= control.step
    assert not drawn


def test_every_control_changes_the_picture(explorer):
    for name in explorer.controls:
        press(explorer, "Reset")
        pictures = {explorer.image.value}
        for end in ends(explorer, name):
            explorer.set(**{name: end})
            pictures.add(explorer.image.value)
        assert len(pictures) > 1, name


def test_presets_are_shown_and_differ(explorer):
    pictures = set()
    for name in explorer.presets:
        press(explorer, name)
        pictures.add(explorer.image.value)
        marked = [w.description for w in inside(explorer.box) if getattr(w, "button_style", "") == "info"]
        assert marked == [name]
    assert len(pictures) == len(explorer.presets)
    control = next(iter(explorer.controls))
    low, high = ends(explorer, control)
    explorer.set(**{control: low if explorer.values[control] != low else high})
    left = [w for w in inside(explorer.box) if getattr(w, "button_style", "") == "info"]
    assert bool(left) is (control == explorer.scene.clock)


@pytest.mark.parametrize("name", MAKERS)
def test_can_begin_at_a_preset(name):
    last = list(MAKERS[name]().presets)[-1]
    explorer = MAKERS[name](preset=last, scale=1.5)
    by_button = MAKERS[name](scale=1.5)
    press(by_button, last)
    assert explorer.image.value == by_button.image.value
    assert explorer.image.layout.width == f"{150 * explorer.scene.size[0]:g}px"


def test_unknown_preset_names_those_that_are():
    with pytest.raises(ValueError, match="preset must be one of 'classic', .*; got 'jazz'"):
        MAKERS["spike"]("jazz")


def test_reset_restores(explorer):
    values, picture, sentence = explorer.values, explorer.image.value, explorer.sentence
    explorer.set(**{name: ends(explorer, name)[0] for name in explorer.controls})
    assert explorer.image.value != picture
    press(explorer, "Reset")
    assert (explorer.values, explorer.image.value, explorer.sentence) == (values, picture, sentence)


def test_number_box_and_slider_agree(explorer):
    for name, slider in explorer.sliders.items():
        box = explorer.controls[name]
        for here, there in ((slider, box), (box, slider)):
            for end in ("min", "max"):
                here.value = getattr(here, end)
                assert there.value == getattr(there, end)


def test_a_slider_is_not_told_what_it_has_told(explorer):
    for name, slider in explorer.sliders.items():
        box = explorer.controls[name]
        for place in {0, 1, 2, slider.max // 2, slider.max}:
            slider.value = place
            assert (slider.value, box.value) == (place, round(box.min + place * box.step, 9))


def test_a_slider_has_a_stop_at_each_end(explorer):
    for control in explorer.scene.controls:
        if not control.choices:
            stops = (control.high - control.low) / control.step
            assert stops == pytest.approx(round(stops))


def test_labels_carry_symbols_and_units(explorer):
    for control in explorer.scene.controls:
        widget = explorer.controls[control.name]
        if control.name in UNITS and control.text is None:
            assert SYMBOLS[control.name][0] in widget.description
            assert UNITS[control.name] in widget.description
        assert widget.description


def test_spike_times_carry_their_unit(spike):
    assert [spike.controls[f"t{i}"].description for i in range(3)] == [f"$t_{i}$ (ms)" for i in range(3)]


def test_set_refuses_what_no_slider_reaches(explorer):
    before = explorer.values, explorer.image.value
    with pytest.raises(TypeError, match=f"'tau' is no control.*{', '.join(explorer.controls)}"):
        explorer.set(tau=3)
    for name in explorer.sliders:
        high = explorer.controls[name].max
        with pytest.raises(ValueError, match=rf"{name} must be from .* to {high:g}.*; got {high + 1:g}"):
            explorer.set(**{name: high + 1})
        with pytest.raises(TypeError, match=f"{name} must be a number"):
            explorer.set(**{name: "many"})
    assert (explorer.values, explorer.image.value) == before


def test_an_error_in_a_callback_is_seen(explorer, monkeypatch):
    def fail(values):
        raise ArithmeticError("the sum is wrong")

    monkeypatch.setattr(explorer.scene, "simulate", fail)
    name = next(iter(explorer.sliders))
    with pytest.raises(ArithmeticError):
        explorer.controls[name].value = explorer.controls[name].min
    assert "ArithmeticError: the sum is wrong" in explorer.outcome.value
    with pytest.raises(ArithmeticError):
        press(explorer, "Reset")


def test_mimebundle_has_view_picture_and_sentence(explorer):
    data, metadata = explorer._repr_mimebundle_(include=None, exclude=None)  # as IPython asks
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.box.model_id
    png = base64.b64decode(data["image/png"])
    assert len(png) <= 60_000 and pixels(png).shape[1] > 700
    assert data["text/plain"] == metadata["image/png"]["alt"]
    assert data["text/plain"].endswith(explorer.sentence)
    assert explorer.sentence in html.unescape(explorer.outcome.value)


def test_picture_stays_right_after_saving(explorer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for kind in ("PNG", "SVG", "PNG"):
        press(explorer, f"Save {kind}")
    saved = sorted(path.name for path in tmp_path.iterdir())
    assert saved == [f"lif_{explorer.scene.name}_{i}" for i in ("1.png", "1.svg", "2.png")]
    assert saved[2] in explorer.sentence
    assert len(ElementTree.parse(tmp_path / saved[1]).findall(".//{http://www.w3.org/2000/svg}path")) > 20
    with pytest.raises(ValueError, match=r"path must end in \.png or \.svg; got '.*picture\.gif'"):
        explorer.save(tmp_path / "picture.gif")
    name = next(iter(explorer.controls))
    explorer.set(**{name: ends(explorer, name)[0]})
    assert np.array_equal(pixels(explorer.image.value), redrawn(explorer))


def test_hooks_for_the_browser(explorer):
    classes = set(itertools.chain(*(w._dom_classes for w in inside(explorer.box))))
    assert {"lif-explorer", f"lif-{explorer.scene.name}", "lif-image", "lif-outcome", "lif-reset"} <= classes
    assert {f"lif-{name}" for name in explorer.controls} <= classes
    assert any(isinstance(w, ipywidgets.Image) for w in inside(explorer.box))
    assert 'role="status"' in explorer.outcome.value


def test_cells_and_callbacks_may_draw_at_once(spike):
    weights = [0.3, 0.5, 0.7, 0.9]
    pictures = {}
    for weight in weights:
        spike.set(weight=weight)
        pictures[weight] = spike.image.value
    wrong = []

    def move():  # JupyterLab runs callbacks in a thread of their own
        for weight in 3 * weights:
            spike.set(weight=weight)
            wrong.append(spike.image.value != pictures[weight])

    callbacks = threading.Thread(target=move)
    callbacks.start()
    while callbacks.is_alive():
        fig, _ = plots.figure()
        plots.to_png(fig)
        plt.close(fig)
    callbacks.join()
    assert wrong == 12 * [False]


def test_matplotlib_keeps_its_settings():
    before = dict(mpl.rcParams)
    explorer = MAKERS["first"]()
    explorer.set(current=1.0)
    assert dict(mpl.rcParams) == before
