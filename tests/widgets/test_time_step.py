"""What the time-step explorer shows and says."""

import math

import numpy as np
import pytest

from lifcore import LIF, simulate_1d, simulate_exact
from lifcore.widgets.scenes.time_step import TAU, TimeStepScene

from .conftest import press, reset

SAID = {
    "Euler": "12 ms, 0.022 ms too short: every interval is of 12 steps; the equation says 12.02 ms.",
    "exact step": "13 ms, 0.98 ms too long: every interval is of 13 steps; the equation says 12.02 ms.",
    "in between": "12.02 ms, as the equation says: the spikes fall between the samples.",
    "weak drive": "31 ms, 1.4 ms too short: every interval is of 31 steps; the equation says 32.45 ms.",
    "too long a step": "67 spikes, all of them false: at a drive up to 1 the equation never fires.",
    "unstable": "5 spikes, all of them false: at a drive up to 1 the equation never fires.",
    "float clock": (
        "4.809 ms, 0.068 ms too short on average: 188 intervals of 48 steps, 19 of 49; "
        "the equation says 4.877 ms."
    ),
}


@pytest.fixture
def time_step(made):
    return reset(made, "time_step")


def equation(drive, rest=0.0):
    """Return the interval that the equation gives, ms."""
    return rest + TAU * math.log(drive / (drive - 1))


def test_every_preset_has_its_outcome(time_step):
    assert list(SAID) == list(TimeStepScene.presets)
    for preset, said in SAID.items():
        press(time_step, preset)
        assert time_step.sentence == said


def test_the_errors_are_those_of_the_run(time_step):
    euler = -1 / math.log(1 - 1 / TAU)
    rises = {"euler": euler * math.log(1.58 / 0.58), "exact": TAU * math.log(1.58 / 0.58)}
    for scheme, rise in rises.items():
        time_step.set(scheme=scheme)
        error = 2 + math.ceil(rise) - equation(1.58, rest=2)
        _, drive, along = time_step.scene.parts
        assert drive.dots.get_xdata() == [1.58] and drive.dots.get_ydata() == pytest.approx(error)
        assert np.allclose(along.dots.get_ydata(), error)
        assert len(along.dots.get_xdata()) == time_step.run.run.spikes.size - 1 > 70


@pytest.mark.parametrize("dt", [0.1, 0.5, 1.0, 4.0])
@pytest.mark.parametrize("scheme", ["euler", "exact"])
def test_the_dot_stands_on_the_teeth(time_step, scheme, dt):
    for current in (1.2, 1.7, 2.9, 5.1):
        time_step.set(scheme=scheme, dt=dt, current=current)
        _, drive, _ = time_step.scene.parts
        x, y = drive.teeth.get_data()
        assert drive.dots.get_ydata() == pytest.approx(np.interp(current, x[::-1], y[::-1]), abs=0.05)


def test_the_mean_crosses_zero_where_the_two_errors_cancel(time_step):
    _, drive, _ = time_step.scene.parts
    x, y = drive.mean.get_data()
    assert x[np.argmin(abs(y))] == pytest.approx(math.e / (math.e - 1), abs=0.03)
    time_step.set(scheme="exact")
    assert np.allclose(drive.mean.get_ydata(), 0.5)


def test_the_exact_step_is_simulate_1d_and_the_spikes_between_are_simulate_exact(time_step):
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=TAU, t_ref=2)
    for scheme, simulate in (("exact", simulate_1d), ("between", simulate_exact)):
        time_step.set(scheme=scheme, n_ref=2)
        run = simulate(neuron, duration=1000, dt=1.0, current=1.58)
        assert np.array_equal(time_step.run.run.v, run.v)
        assert np.array_equal(time_step.run.run.spikes, run.spikes)
    trace = time_step.scene.parts[0]
    assert trace.v.get_ydata().max() <= 1 < trace.spikes.get_ydata()[1]


def test_euler_fires_a_silent_neuron_only_if_the_step_is_longer_than_tau(time_step):
    time_step.set(current=0.99, dt=9.9, n_ref=0)
    assert time_step.sentence == "No spike: the drive is not above 1, and the equation says the same."
    time_step.set(dt=10.2)
    assert "all of them false" in time_step.sentence
    time_step.set(scheme="exact")
    assert time_step.sentence.startswith("No spike")


def test_only_a_float_clock_has_two_kinds_of_intervals(time_step):
    press(time_step, "float clock")
    kinds = {}
    for rest in ("steps", "float ms", "float s"):
        time_step.set(rest=rest)
        kinds[rest] = set(np.rint(np.diff(time_step.run.run.spikes) / 0.1))
    assert kinds == {"steps": {49}, "float ms": {48, 49}, "float s": {48, 49}}
