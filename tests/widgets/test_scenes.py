"""What each explorer shows and says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifcore import LIF, simulate_1d, simulate_2d, theory
from lifcore import neighbors as kernel_of
from lifcore.measures.trains import before_reset
from lifcore.widgets.looks import lost_inputs
from lifcore.widgets.scenes.grid import SIDE
from lifcore.widgets.stage import KICK, NEURON, THETA

from .conftest import press, reset

OUTCOMES = {
    ("first", "it fires"): "7 spikes, 70 Hz.",
    (
        "first",
        "just too weak",
    ): "No spike: V reaches -50.5 mV; a current up to the rheobase, 2 nA, never fires it.",
    ("first", "just enough"): "3 spikes, 30 Hz.",
    ("first", "strong"): "17 spikes, 170 Hz.",
    ("spike", "classic"): "1 spike, 10 Hz, at 20 ms.",
    ("spike", "fast leak"): "No spike: V reaches 0.577 of 0.6 mV.",
    ("spike", "gap too long"): "No spike: V reaches 0.566 of 0.6 mV.",
    ("spike", "golden ratio"): "1 spike, 10 Hz, at 50 ms.",
    ("spike", "just below it"): "No spike: V reaches 0.59999 of 0.6 mV.",
    ("spike", "coincidence"): "1 spike, 10 Hz, at 30 ms.",
    ("spike", "refractory"): "2 spikes, 20 Hz, at 10, 30 ms. 1 input lost while refractory.",
    ("grid", "diamond"): "t = 16 ms: 64 spikes in this step, 545 so far.",
    ("grid", "square"): "t = 16 ms: 128 spikes in this step, 1089 so far.",
    ("grid", "too weak"): "t = 2 ms: 0 spikes in this step, 1 so far. The sheet is silent.",
    ("grid", "torus"): "t = 20 ms: 80 spikes in this step, 841 so far.",
    ("grid", "fill a square"): "t = 14 ms: 20 spikes in this step, 486 so far.",
}


@pytest.mark.parametrize("name, preset", OUTCOMES)
def test_outcome_of_a_preset(made, name, preset):
    explorer = reset(made, name)
    press(explorer, preset)
    assert explorer.sentence == OUTCOMES[name, preset]


def test_numbers_of_the_diamond_and_the_square_follow_from_geometry():
    assert (4 * 16, 2 * 16 * 17 + 1) == (64, 545)
    assert (8 * 16, 33**2) == (128, 1089)


def test_first_tells_a_current_that_is_too_late_from_one_that_is_too_weak(made):
    explorer = reset(made, "first")
    explorer.set(current=2.01, tau_m=40.0)
    late = theory.latency(LIF(tau_m=40.0), 2.01)
    assert f"the first one would come at {late:.4g} ms" in explorer.sentence
    assert late > 100


def test_golden_ratio_from_both_sides(spike):
    golden = 20 / math.log((1 + math.sqrt(5)) / 2)
    press(spike, "golden ratio")
    for tau, fires in ((golden - 1e-4, False), (golden + 1e-4, True)):
        spike.controls["tau_m"].value = tau
        assert bool(spike.run.spikes.size) is fires


@settings(max_examples=60, deadline=None)
@given(
    times=st.lists(st.integers(0, 200), min_size=1, max_size=12),
    weight=st.floats(0.1, 2.0),
    reset=st.floats(-1.0, 0.0),
    t_ref=st.floats(0.0, 5.0),
    current=st.floats(-0.05, 0.3),
)
def test_v_before_reset(times, weight, reset, t_ref, current):
    neuron = LIF(v_rest=0.0, v_reset=reset, v_th=0.6, tau_m=14.0, t_ref=t_ref)
    run = simulate_1d(
        neuron, duration=20, input_spikes=np.array(times) / 10, input_weights=weight, current=current
    )
    at, before = before_reset(run)
    for k, v in zip(at, before, strict=True):
        # The same neuron with a threshold out of reach, from the sample before.
        free = LIF(v_rest=0.0, v_reset=reset, v_th=1e9, tau_m=14.0)
        start = neuron.v_rest if k == 0 else run.v[k - 1]
        kick = weight * times.count(int(k))
        alone = simulate_1d(free, duration=0.1, v_start=start, current=current)
        assert v == pytest.approx((start if k == 0 else alone.v[1]) + kick, abs=1e-12)
        assert v >= neuron.v_th - 1e-12


def test_lost_inputs_are_those_without_effect():
    neuron = LIF(v_rest=0.0, v_reset=-0.2, v_th=0.6, tau_m=14.0, t_ref=5.0)
    times = [10.0, 10.0, 15.0, 15.1]
    run = simulate_1d(neuron, duration=30, input_spikes=times, input_weights=0.7)
    assert run.spikes.tolist() == [10.0]
    assert lost_inputs(run).tolist() == [15.0]


def test_spikes_are_drawn_beside_the_data(spike):
    press(spike, "refractory")
    run, again = spike.run, spike.scene.simulate(spike.values)
    for name in ("t", "v", "th", "spikes", "input_spikes"):
        assert np.array_equal(getattr(run, name), getattr(again, name))
    assert run.v.max() < run.neuron.v_th < spike.scene.v.get_ydata().max()
    held = spike.scene.held.get_xdata()
    assert held[~np.isnan(held)].tolist() == [10.0, 22.0, 30.0, 42.0]


def test_grid_shows_the_simulation(grid):
    kernel = kernel_of(1.1 * THETA, 4)
    event = [[0, SIDE // 2, SIDE // 2, KICK]]
    neuron = LIF(t_ref=4.0, tau_th=NEURON.tau_th)
    run = simulate_2d(neuron, shape=(SIDE, SIDE), duration=16, dt=0.5, kernel=kernel, input_spikes=event)
    assert np.array_equal(grid.run.v, run.v)
    assert grid.scene.stage.total == run.counts.sum()
    drawn = [np.asarray(image.get_array()) for image in grid.scene.maps.images]
    assert np.array_equal(drawn[0], run.v) and np.array_equal(drawn[1], run.th)
    assert np.array_equal(drawn[2].astype(bool), run.first_spike > 15)


def test_time_runs_both_ways(grid):
    pictures = {}
    for t in (10.0, 25.0, 40.0):
        grid.set(t=t)
        pictures[t] = grid.image.value
    for t in (25.0, 10.0, 40.0):
        grid.set(t=t)
        assert grid.image.value == pictures[t]


def test_play_moves_the_time(grid):
    grid.play.value += 3
    assert grid.controls["t"].value == 17.5
    grid.controls["t"].value = 2.0
    assert grid.play.value == 4
    assert grid.play.max == 400
    assert grid.sentence.startswith("t = 2 ms")


def test_fire_and_step(grid):
    grid.set(t=60.0, row=3, column=5)
    spikes = grid.scene.stage.total
    press(grid, "Step")
    assert grid.scene.stage.total == spikes
    press(grid, "Fire")
    assert grid.run.t == 61.0
    assert np.argwhere(grid.run.fired).tolist() == [[3, 5]]
    grid.set(t=62.0)
    assert np.argwhere(grid.run.fired).tolist() == [[2, 5], [3, 4], [3, 6], [4, 5]]
    press(grid, "Reset")
    grid.set(t=62.0)
    assert not grid.run.fired.any()


def test_fire_at_the_end(grid):
    grid.set(t=200.0)
    press(grid, "Fire")
    assert grid.run.t == 200.0 and grid.run.fired.sum() == 1


def test_typed_times_go_to_the_nearest_step(grid):
    grid.controls["delay"].value = 1.3
    assert (grid.controls["delay"].value, grid.sliders["delay"].value) == (1.5, 2)
    with pytest.raises(ValueError, match="delay must be from 0.5 to 5 in steps of 0.5; got 1.3"):
        grid.set(delay=1.3)


def test_adaptation_stops_the_second_wave(grid):
    press(grid, "adaptation")
    adapted = grid.scene.stage.total
    grid.set(th_jump=0.0)
    assert (adapted, grid.scene.stage.total) == (2 * 14 * 15 + 1 + 1, 2 * 14 * 15 + 1 + 2 * 4 * 5 + 1)
