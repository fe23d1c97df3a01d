"""The live grid: what the page may send, and what it gets back."""

import numpy as np
import pytest

from lifcore import neighbors, simulate_2d
from lifcore.widgets.shades import FIRED, MAPS, TOP, WAITING
from lifcore.widgets.stage import KICK, THETA

from .conftest import press


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


def test_a_pause_shows_and_says_how_it_stands(page):
    page.map()
    page.explorer.running = True
    page.send(kind="frames", frames=1, many=14, view="a")
    del page.sent[:]
    press(page.explorer, "Pause")
    content, _ = page.answer()
    assert [frame["t"] for frame in content["frames"]] == [page.explorer.run.t]
    assert f"t = {page.explorer.run.t:g} ms" in content["alt"]


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
