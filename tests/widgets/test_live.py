"""The live grid: what the page may send, what it gets back, and what the sheet does."""

import importlib.util
import io
import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest

from lifcore import Grid, measures, neighbors, simulate_2d, widgets
from lifcore.widgets import live
from lifcore.widgets.frame import Explorer
from lifcore.widgets.live_scene import SIDES, VIEW
from lifcore.widgets.shades import FIRED, MAPS, TOP, WAITING
from lifcore.widgets.stage import KICK, NEURON, SETTINGS, THETA, begin, line

from .conftest import ends, inside, pixels, press


class Page:
    """What a page does: it sends messages and hears the answers, by the widget's own way."""

    def __init__(self, explorer, sent):
        self.explorer, self.sent = explorer, sent

    def send(self, **content):
        """Send a message; return what has come back, the content and the maps of its frames."""
        del self.sent[:]
        self.explorer.image._handle_custom_msg(content, [])
        return self.answer()

    def answer(self):
        """Return the last message of the kernel: the content, and an array for each map of each frame."""
        ((content, buffers),) = self.sent[-1:]
        side, count = content["side"], len(content.get("maps", []))
        maps = buffers[: len(buffers) - count]
        return content, [np.frombuffer(shades, np.uint8).reshape(side, side) for shades in maps]

    def map(self):
        """Return the map that the page shows."""
        return self.send(kind="hello")[1][0]


@pytest.fixture
def page(monkeypatch):
    sent = []

    def send(self, message, buffers=None):
        if message["method"] == "custom":
            sent.append((message["content"], list(buffers or [])))

    monkeypatch.setattr(live.LiveCanvas, "_send", send)
    return Page(widgets.explore_grid(live=True), sent)


def fired(shades):
    return sorted(map(tuple, np.argwhere(shades == FIRED).tolist()))


def test_nothing_is_sent_before_a_page_asks(page):
    page.explorer.set(weight=1.5)
    page.explorer.step(3)
    assert page.sent == []
    content, (shades,) = page.send(kind="hello")
    assert (content["side"], content["frames"]) == (128, [{"t": 1.5, "spikes": 0}])
    assert shades.shape == (128, 128)
    assert len(page.sent[-1][1][-1]) == 4 * 256  # the colors


def test_the_colors_are_sent_once_and_again_to_who_comes_late(page):
    assert "maps" in page.send(kind="hello")[0]
    assert "maps" not in page.send(kind="frames", frames=1, many=1, view="a")[0]
    page.explorer.set(show="all")
    content, maps = page.answer()
    assert [m["title"] for m in content["maps"]] == [m.title for m in MAPS.values()] and len(maps) == 3
    assert "maps" in page.send(kind="hello")[0]


def test_frames_are_the_simulation(page):
    page.explorer.running = True
    kernel = neighbors(1.1 * THETA, 4)
    event = [[0, 64, 64, KICK]]
    run = simulate_2d(
        page.explorer.run.neuron, shape=(128, 128), duration=6, dt=0.5, kernel=kernel, input_spikes=event,
        record_every=0.5, dtype=np.float32,
    )  # fmt: skip
    content, maps = page.send(kind="frames", frames=12, many=1, view="a")
    assert [frame["t"] for frame in content["frames"]] == run.frame_times[1:].tolist()
    assert [frame["spikes"] for frame in content["frames"]] == run.activity[1:].tolist()
    for shades, v, time in zip(maps, run.v_frames[1:], run.frame_times[1:], strict=True):
        late = (run.spikes[:, 0] > time - 1) & (run.spikes[:, 0] <= time)
        assert fired(shades) == sorted(map(tuple, run.spikes[late, 1:].astype(int).tolist()))
        level = (np.clip(v, -70, -50) + 70) / 20 * TOP
        assert np.abs(shades - level)[shades != FIRED].max() <= 1.001


def test_no_step_while_it_stands_still(page):
    content, _ = page.send(kind="frames", frames=4, many=10, view="a")
    assert content["frames"] == [{"t": 0.0, "spikes": 1}] and content["view"] == "a"


def test_steps_a_frame(page):
    page.explorer.set(speed=3)
    page.explorer.running = True
    content, _ = page.send(kind="frames", frames=2, many=2, view="a")
    assert [frame["t"] for frame in content["frames"]] == [3.0, 6.0]


def test_painting_while_it_runs_fires_in_the_answer(page):
    page.explorer.set(brush=0)
    page.explorer.running = True
    content, (shades,) = page.send(kind="paint", points=[[10, 20], [10, 23]])
    assert [cell for cell in fired(shades) if cell[0] == 10] == [(10, 20), (10, 21), (10, 22), (10, 23)]
    assert content["frames"][0]["spikes"] == 4 and content["view"] is None


def test_painting_while_it_stands_still_waits_for_the_next_step(page):
    page.explorer.set(brush=2)
    _, (shades,) = page.send(kind="paint", points=[[0, 0]])
    disc = sorted(map(tuple, np.argwhere(shades == WAITING).tolist()))
    assert disc == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]
    press(page.explorer, "Step")
    assert page.explorer.run.t == 0.5
    assert [cell for cell in fired(page.map()) if sum(cell) < 20] == disc


def test_the_wave_of_a_painted_spike_spreads(page):
    page.explorer.set(brush=0)
    page.explorer.fire(30, 40)
    page.explorer.step(1 + 2 * 5)
    i, j = np.indices((128, 128))
    assert set(fired(page.map())) >= set(zip(*np.nonzero(abs(i - 30) + abs(j - 40) == 5), strict=True))


BAD = [
    ({"kind": "erase"}, ValueError, "kind must be hello, frames or paint; got 'erase'"),
    ({}, ValueError, "got None"),
    ({"kind": "frames", "view": "a"}, TypeError, "many must be a whole number"),
    ({"kind": "frames", "many": 0, "frames": 1}, ValueError, "many must be at least 1"),
    ({"kind": "frames", "many": 1, "frames": 21}, ValueError, "frames must be at most 20"),
    ({"kind": "frames", "many": "1", "frames": 1}, TypeError, "many must be"),
    ({"kind": "paint"}, ValueError, "points must be a list of 1 to 1000 cells; got None"),
    ({"kind": "paint", "points": []}, ValueError, "points must be a list"),
    ({"kind": "paint", "points": [[0, 0]] * 1001}, ValueError, "points must be a list"),
    ({"kind": "paint", "points": [[0]]}, ValueError, "two whole numbers"),
    ({"kind": "paint", "points": [3]}, TypeError, "two whole numbers"),
    ({"kind": "paint", "points": [[0.5, 1]]}, TypeError, "whole number"),
    ({"kind": "paint", "points": [[0, -1]]}, ValueError, "at least 0"),
    ({"kind": "paint", "points": [[0, 128]]}, ValueError, "on the sheet of 128 by 128 cells"),
]


@pytest.mark.parametrize(("content", "error", "said"), BAD)
def test_bad_messages_are_told_and_change_nothing(page, content, error, said):
    page.explorer.running = True
    with pytest.raises(error, match=said):
        page.send(**content)
    assert page.sent == [] and error.__name__ in page.explorer.sentence
    assert page.explorer.run.t == 0.0 and page.explorer.scene.stage.waiting is None


def test_what_is_no_dictionary(page):
    with pytest.raises(ValueError, match="kind must be"):
        page.explorer.image._handle_custom_msg(3, [])


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


def test_colors_are_those_of_the_maps():
    palette = np.frombuffer(MAPS["v"].palette(), np.uint8).reshape(256, 4)
    assert palette[0].tolist() == [round(255 * x) for x in mpl.colormaps["viridis"](0.0)]
    assert palette[TOP].tolist() == [round(255 * x) for x in mpl.colormaps["viridis"](1.0)]
    assert palette[FIRED].tolist() == [0xD5, 0x5E, 0x00, 255]
