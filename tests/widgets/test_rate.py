"""What the rate explorer shows and says."""

import numpy as np
import pytest

from lifcore import LIF, isi, simulate_exact, theory
from lifcore.widgets.looks import rounded_up
from lifcore.widgets.scenes.rate import DOTS, GUESSES, ROUND, RateScene

from .conftest import press, reset

SAID = {
    "default": "Fires every 13.1 ms, 76.39 Hz; rheobase 2 nA, ceiling 500 Hz.",
    "just above rheobase": "Fires every 42.1 ms, 23.73 Hz; rheobase 2 nA, ceiling 500 Hz.",
    "no rest": "Fires every 4.48 ms, 223.4 Hz; rheobase 2 nA, no ceiling.",
    "long rest": "Fires every 14.5 ms, 69.08 Hz; rheobase 2 nA, ceiling 100 Hz.",
    "slow membrane": "Fires every 13.2 ms, 75.8 Hz; rheobase 2 nA, ceiling 500 Hz.",
    "guess first": (
        "The curve is hidden: drag your guesses up and down, or set f₃, f₆ and f₉; then reveal it."
    ),
}


@pytest.fixture
def rate(made):
    return reset(made, "rate")


def test_every_preset_has_its_outcome(rate):
    assert list(SAID) == list(RateScene.presets)
    for preset, said in SAID.items():
        press(rate, preset)
        assert rate.sentence == said


@pytest.mark.parametrize("r_m, tau_m, t_ref, v_reset", [(10, 8, 2, -65), (4, 2, 0, -55), (20, 40, 10, -80)])
def test_dots_lie_on_the_theory_line_and_on_the_simulation(rate, r_m, tau_m, t_ref, v_reset):
    rate.set(r_m=r_m, tau_m=tau_m, t_ref=t_ref, v_reset=v_reset)
    neuron = LIF(r_m=r_m, tau_m=tau_m, t_ref=t_ref, v_reset=v_reset)
    at, rates = rate.scene.dots.get_data()
    assert np.allclose(rates, theory.rate(neuron, DOTS), rtol=1e-9)
    for current, f in zip(at[::4], rates[::4], strict=True):
        gaps = isi(simulate_exact(neuron, duration=1000, current=current))
        assert f == pytest.approx(1000 / gaps[0] if gaps.size else 0.0)
    x, y = rate.scene.theory.get_data()
    assert np.array_equal(y, theory.rate(neuron, x))
    assert rate.scene.rheobase.get_xdata()[0] == theory.rheobase(neuron)


def test_trace_is_the_run(rate):
    rate.set(current=4.0)
    run = simulate_exact(LIF(), duration=100, current=4.0)
    assert np.array_equal(rate.run.v, run.v) and np.array_equal(rate.run.spikes, run.spikes)
    assert np.array_equal(rate.scene.v.get_ydata(), run.v)
    assert rate.scene.now.get_xdata()[0] == 4.0


def test_hidden_means_hidden(rate):
    press(rate, "guess first")
    scene = rate.scene
    for artist in (scene.theory, scene.dots, scene.rheobase, scene.ceiling):
        assert len(artist.get_xdata()) == 0
    assert scene.guess.get_ydata().tolist() == [100.0] * 3
    assert "Hz" not in rate.sentence
    hidden = rate.scene.top.get_ylim()
    rate.set(answer="shown")
    assert len(scene.dots.get_xdata()) == DOTS.size
    assert rate.scene.top.get_ylim() == hidden


def test_reveal_and_hide(rate):
    press(rate, "guess first")
    before = rate.values, rate.image.value
    press(rate, "Reveal or hide")
    assert rate.values == before[0] | {"answer": "shown"}
    press(rate, "Reveal or hide")
    assert (rate.values, rate.image.value) == before


def test_every_guess_is_in_the_picture(rate):
    press(rate, "guess first")
    for guess in (0.0, 295.0, 500.0):
        rate.set(guess_6=guess)
        assert guess <= rate.scene.top.get_ylim()[1] <= 500


def test_guesses_are_scored(rate):
    right = theory.rate(LIF(), list(GUESSES.values()))
    rate.set(**dict(zip(GUESSES, np.rint(right) + [0, 30, -30], strict=True)))
    off = abs(np.rint(right) + [0, 30, -30] - right).mean()
    assert rate.sentence.endswith(f"Your guesses are off by {off:.3g} Hz on average.")


def test_silent_up_to_the_rheobase(rate):
    for current in (0.0, 1.95, 2.0):
        rate.set(current=current)
        assert rate.sentence == f"Silent: {current:g} nA is not above the rheobase, 2 nA."
    rate.set(current=2.0001)
    assert rate.sentence.startswith("Fires every")


def test_axis_ends_at_a_round_number_above_everything():
    for x, end in ((540.0, 600.0), (0.07, 0.08), (100.0, 100.0), (100.1, 120.0), (18145.0, 20000.0)):
        assert rounded_up(x, ROUND) == pytest.approx(end)
