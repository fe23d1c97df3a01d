"""The live grid's controls, buttons and presets, and what it leaves in a file."""

import importlib.util
import io
import re

import numpy as np
import pytest

from lifcore import widgets
from lifcore.widgets import live
from lifcore.widgets.frame import Explorer
from lifcore.widgets.live_scene import SIDES, VIEW
from lifcore.widgets.shades import FIRED, TOP, WAITING
from lifcore.widgets.stage import SETTINGS

from .conftest import ends, inside, pixels, press


def test_every_control_to_its_ends(page):
    page.explorer.running = True
    page.send(kind="hello")
    for name in page.explorer.controls:
        press(page.explorer, "Reset")
        for end in ends(page.explorer, name):
            page.explorer.set(**{name: end})
            page.explorer.running = True
            content, maps = page.send(kind="frames", frames=1, many=4, view="a")
            assert page.explorer.values[name] == end
            assert len(maps) == (3 if page.explorer.values["show"] == "all" else 1)
            assert content["frames"][0]["t"] > 0 and "Error" not in page.explorer.sentence
            assert np.isfinite(page.explorer.run.v).all() and np.isfinite(page.explorer.run.th).all()


def test_random_settings_while_it_runs(page):
    rng = np.random.default_rng(0)
    page.explorer.set(side=64)
    page.explorer.running = True
    for _ in range(200):
        name = str(rng.choice([n for n in page.explorer.controls if n != "side"]))
        widget = page.explorer.controls[name]
        if hasattr(widget, "options"):
            page.explorer.set(**{name: widget.options[rng.integers(len(widget.options))][1]})
        else:
            steps = rng.integers(1 + round((widget.max - widget.min) / widget.step))
            widget.value = widget.min + steps * widget.step
        page.send(kind="paint", points=rng.integers(0, 64, (2, 2)).tolist())
        content, _ = page.send(kind="frames", frames=1, many=2, view="a")
        assert content["frames"][0]["t"] > 0 and np.isfinite(page.explorer.run.v).all()


def test_a_slider_leaves_the_wave_alone(page):
    press(page.explorer, "diamond")
    page.explorer.running = False
    page.explorer.step(20)
    before = page.explorer.run
    page.explorer.set(tau_m=30.0)
    assert page.explorer.run is not before and page.explorer.run.steps == 20
    page.explorer.step(2)
    i, j = np.indices((128, 128))
    ring = abs(i - 64) + abs(j - 64) == 11
    assert np.array_equal(page.explorer.scene.stage.recent(), ring)


@pytest.mark.parametrize("change", [dict(delay=0.5), dict(delay=5.0), dict(t_ref=0.0), dict(t_ref=20.0)])
def test_waves_survive_another_delay_and_another_rest(page, change):
    page.explorer.step(30)
    page.explorer.set(**change)
    page.explorer.step(40)
    assert page.explorer.scene.stage.recent().any()


def test_presets_keep_how_the_sheet_is_looked_at(page):
    page.explorer.set(show="th", side=64, speed=2, brush=3, row=5, column=6)
    press(page.explorer, "cut wave")
    assert page.explorer.running
    look = {name: page.explorer.values[name] for name in VIEW}
    assert look == dict(show="th", side=64, speed=2, brush=3, row=5, column=6)
    marked = [w.description for w in inside(page.explorer.box) if getattr(w, "button_style", "") == "info"]
    assert marked == ["cut wave"]
    page.explorer.set(show="v")
    assert [w.description for w in inside(page.explorer.box) if getattr(w, "button_style", "") == "info"]
    page.explorer.set(weight=1.2)
    assert not [w.description for w in inside(page.explorer.box) if getattr(w, "button_style", "") == "info"]
    press(page.explorer, "Reset")
    assert not page.explorer.running and page.explorer.values == SETTINGS["diamond"] | VIEW


def test_another_size_begins_anew_with_row_and_column_in_place(page):
    page.explorer.step(10)
    for side in SIDES:
        page.explorer.controls["side"].value = side
        assert page.explorer.run.shape == (side, side) and page.explorer.run.t == 0
        assert page.explorer.values["row"] == side // 2
        assert page.explorer.controls["row"].max == page.explorer.sliders["row"].max == side - 1


def test_buttons(page):
    press(page.explorer, "Run")
    assert page.explorer.running
    page.send(kind="frames", frames=4, many=1, view="a")
    press(page.explorer, "Pause")
    assert not page.explorer.running and page.explorer.sentence.startswith("t = 2 ms")
    press(page.explorer, "Fire")
    assert page.explorer.run.t == 2.5 and page.explorer.run.fired[64, 64] == 0  # refractory: it is lost
    page.explorer.set(row=3, column=7)
    press(page.explorer, "Fire")
    assert page.explorer.run.fired[3, 7]
    page.explorer.set(weight=1.5)
    press(page.explorer, "Restart")
    assert page.explorer.run.t == 0 and page.explorer.values["weight"] == 1.5
    press(page.explorer, "Run")
    press(page.explorer, "Fire")
    assert page.explorer.run.t == 0  # the page asks for the step


def test_without_anywidget_the_other_explorer_stays(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "anywidget" else found(name)
    )
    explorer = widgets.explore_grid("square")
    assert type(explorer) is Explorer
    assert {"Fire", "Step"} <= {w.description for w in inside(explorer.box) if hasattr(w, "description")}
    assert set(SETTINGS["diamond"]) <= set(explorer.controls)


def test_both_explorers_save_the_same_picture(page):
    names = ("image/png", "text/plain")
    (here, told), (there, also) = (
        explorer._repr_mimebundle_() for explorer in (page.explorer, widgets.explore_grid(live=False))
    )
    assert [here[name] for name in names] == [there[name] for name in names] and told == also
    view = here["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == page.explorer.box.model_id


def test_save_draws_the_sheet_as_it_is(page, tmp_path):
    saved = []
    for name in ("one", "two"):
        page.explorer.step(20)
        saved.append(pixels(page.explorer.save(tmp_path / f"{name}.png").read_bytes()))
    assert saved[0].std() > 5 and not np.array_equal(*saved)
    assert page.explorer.figure.axes[0].images[0].get_array().shape == (128, 128)
    png = io.BytesIO()
    page.explorer.figure.savefig(png)
    assert pixels(png.getvalue()).shape[1] > 600


def test_hooks_and_names(page):
    classes = {c for w in inside(page.explorer.box) for c in w._dom_classes}
    assert {"lif-explorer", "lif-live", "lif-grid", "lif-action", "lif-reset"} <= classes
    assert {f"lif-{name}" for name in page.explorer.controls} <= classes
    script = live.LiveCanvas._esm
    assert 'setAttribute("role", "img")' in script and "prefers-reduced-motion" in script
    assert not re.search(r"https?:|import ", script + live.LiveCanvas._css)
    assert f"[{TOP}, {WAITING}, {FIRED}]" in script
