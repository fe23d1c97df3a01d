"""Settings and moments that few readers meet: what is shown and said must be right there too."""

import threading

import numpy as np
import pytest

from lifcore import theory
from lifcore.widgets.stage import begin

from .conftest import inside, press, reset


def marked(explorer):
    """Return the presets that are shown as chosen."""
    return [w.description for w in inside(explorer.box) if getattr(w, "button_style", "") == "info"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (dict(current=0.1, dt=21.0, n_ref=20, scheme="euler"), "1 spike, all of them false"),
        (dict(current=1.0, dt=25.0, n_ref=20, scheme="exact"), "1 spike, all of them false"),
        (dict(current=0.9, dt=1.0, n_ref=0, scheme="exact"), "No spike"),
    ],
)
def test_one_spike_is_one(made, values, said):
    time_step = reset(made, "time_step")
    time_step.set(**values)
    assert time_step.run.run.spikes.size == (0 if said == "No spike" else 1)
    assert time_step.sentence.startswith(said)


def test_a_pulse_is_as_long_as_it_is_simulated(membrane):
    press(membrane, "short pulse")
    membrane.controls["width"].value = 0.55
    width = membrane.values["width"]
    assert width in (0.5, 0.6)
    assert np.count_nonzero(membrane.run.current) == round(width / membrane.run.dt)


def test_no_negative_zero(membrane):
    press(membrane, "short pulse")
    membrane.set(t=100.0)
    assert "-0.00" not in membrane.sentence
    assert "\N{MINUS SIGN}0.00" not in [
        text.get_text() for text in membrane.figure.findobj(lambda a: hasattr(a, "get_text"))
    ]


def test_a_cut_wave_stays_cut_with_another_weight(grid):
    press(grid, "cut wave")
    grid.set(weight=1.5, t=6.0)
    stage = begin("cut wave", grid.values, 48)
    while stage.grid.t < 6.0 - 1e-9:
        stage.step()
    assert np.array_equal(grid.run.v, stage.grid.v)


def test_an_input_spike_stays_when_the_sheet_is_made_anew(grid):
    press(grid, "too weak")
    grid.set(row=3, column=4)
    press(grid, "Fire")
    at = grid.values["t"]
    grid.set(tau_m=20.0)
    assert grid.run.fired[3, 4] and grid.run.t == pytest.approx(at)


def test_the_guess_reaches_what_is_right(made):
    rate = reset(made, "rate")
    press(rate, "no rest")
    right = float(theory.rate(rate.run.neuron, 9.0))
    assert right > 500
    rate.set(guess_9=round(right))
    assert rate.controls["guess_9"].max >= right


def test_up_to_the_rheobase_v_only_comes_close(made):
    first = reset(made, "first")
    first.set(current=2.0, tau_m=1.0)
    assert first.run.spikes.size == 0
    assert first.sentence.startswith("No spike: V only comes close to the threshold;")
    first.set(current=1.0)
    assert first.sentence.startswith("No spike: V reaches -60.0 mV;")


def test_a_slider_moves_on_from_a_value_between_its_stops(spike):
    spike.set(tau_m=8.25)
    slider = spike.sliders["tau_m"]
    assert (spike.values["tau_m"], slider.value) == (8.25, 14)  # the handle stands at 8 ms
    slider.value = 15
    assert spike.values["tau_m"] == 8.5
    slider.value = 14
    assert spike.values["tau_m"] == 8.0


@pytest.mark.parametrize("button", ["Reset", "short pulse"])
def test_time_stands_still_after_a_button(membrane, button):
    trait = "playing" if membrane.play.has_trait("playing") else "_playing"
    setattr(membrane.play, trait, True)
    press(membrane, button)
    assert not getattr(membrane.play, trait)


def test_an_action_that_changes_a_setting_is_no_preset(made):
    rate = reset(made, "rate")
    press(rate, "guess first")
    assert marked(rate) == ["guess first"]
    press(rate, "Reveal or hide")
    assert marked(rate) == []


@pytest.mark.parametrize("name", ["grid", "debug"])
def test_an_action_that_moves_the_time_keeps_the_preset(made, name):
    explorer = reset(made, name)
    before = marked(explorer)
    press(explorer, explorer.scene.actions[-1] if name == "debug" else "Step")
    assert before and (name == "debug" or marked(explorer) == before)


def test_the_size_of_the_live_sheet_is_set_as_by_hand(page):
    page.explorer.set(side=64)
    assert (page.explorer.values["row"], page.explorer.values["column"]) == (32, 32)
    page.explorer.set(side=256, row=200)
    assert (page.explorer.values["row"], page.explorer.values["column"]) == (200, 128)
    with pytest.raises(ValueError, match="row must be from 0 to 63"):
        page.explorer.set(side=64, row=100)
    assert page.explorer.values["side"] == 256 and page.explorer.values["row"] == 200
    with pytest.raises(ValueError, match="side must be one of"):
        page.explorer.set(side=65)


def test_saved_as_is_said_once(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    press(page.explorer, "Save PNG")
    assert page.explorer.sentence.endswith("Saved as lif_grid_1.png.")
    press(page.explorer, "Step")
    assert "Saved" not in page.explorer.sentence


def test_late_times_keep_their_digits(page):
    page.explorer.scene.stage.grid.steps = 2_000_001
    assert page.explorer.scene.stage.outcome().startswith("t = 1000000.5 ms")


def test_a_cell_and_a_page_take_turns(page):
    page.explorer.set(side=64)
    page.explorer.running = True
    failed = []

    def ask():
        try:
            for _ in range(600):
                page.explorer._heard(None, {"kind": "frames", "view": "a", "frames": 2, "many": 1}, [])
        except Exception as error:
            failed.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(300):
        page.explorer.step(2)
        page.explorer.fire(5, 5)
    asking.join()
    assert failed == []
    assert page.explorer.run.steps == 600 * 2 + 300 * 2
