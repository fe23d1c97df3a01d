"""The convention of a step: decay, input, test, reset; times in whole steps; counted refractory samples."""

import math

import numpy as np
import pytest

from lifcore import LIF, Grid, simulate_1d, simulate_2d, simulate_exact
from tests.physics.both import PLAIN, in_both


def test_classic_case_fires_once_at_20_ms():
    neuron = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0)
    run = in_both(neuron, duration=100, input_spikes=[10, 20, 30], input_weights=0.5)
    assert run.spikes.tolist() == [20.0]
    assert run.v[200] == 0.0
    assert run.v[100] == 0.5
    assert run.v[199] == pytest.approx(0.5 * math.exp(-9.9 / 14), abs=1e-12)
    assert run.v[300] == 0.5


def test_classic_case_with_an_adaptive_threshold():
    neuron = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0, th_jump=0.45, tau_th=14)
    run = in_both(neuron, duration=100, input_spikes=[10, 20, 30], input_weights=0.5)
    assert run.spikes.tolist() == [20.0]
    assert np.all(run.th[:200] == 0.6)
    assert run.th[200] == pytest.approx(1.05, abs=1e-12)
    np.testing.assert_allclose(run.th[200:], 0.6 + 0.45 * np.exp((20 - run.t[200:]) / 14), rtol=0, atol=1e-9)


def test_decay_comes_before_the_input():
    run = in_both(PLAIN, duration=2, dt=1, input_spikes=[1], input_weights=0.8, v_start=0.5)
    a = math.exp(-0.1)
    assert run.spikes.tolist() == [1.0]  # 0.5·a + 0.8 reaches 1
    below = in_both(PLAIN, duration=2, dt=1, input_spikes=[1], input_weights=0.5, v_start=0.5)
    assert below.spikes.size == 0  # 0.5 + 0.5 would, before the decay
    assert below.v.tolist() == [0.5, 0.5 * a + 0.5, (0.5 * a + 0.5) * a]


def test_threshold_decays_before_it_is_tested_and_jumps_after():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=0, th_jump=1, tau_th=5)
    run = in_both(neuron, duration=2, dt=1, input_spikes=[0, 1], input_weights=[1.0, 1.82])
    a = math.exp(-1 / 5)
    assert 1 + a < 1.82 < 2  # fires only if the threshold has decayed
    assert run.spikes.tolist() == [0.0, 1.0]
    np.testing.assert_allclose(run.th, [2.0, 2 + a, 1 + a + a * a], rtol=0, atol=1e-12)


def test_threshold_decays_while_refractory():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=3, th_jump=0.5, tau_th=4)
    run = in_both(neuron, duration=6, dt=0.5, input_spikes=[1], input_weights=1.5)
    np.testing.assert_allclose(run.th[2:], 1 + 0.5 * np.exp((1 - run.t[2:]) / 4), rtol=0, atol=1e-12)


def test_current_of_a_step_acts_before_its_test():
    run = in_both(LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, t_ref=0), duration=1, dt=1, current=100.0)
    assert run.spikes.tolist() == [1.0]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_tie_fires(n):
    run = in_both(PLAIN, duration=2, input_spikes=[1.0] * n, input_weights=[1.0] + [0.0] * (n - 1))
    assert run.spikes.tolist() == [1.0]
    just_below = in_both(PLAIN, duration=2, input_spikes=[1.0], input_weights=np.nextafter(1.0, 0.0))
    assert just_below.spikes.size == 0


@pytest.mark.parametrize(
    ("t_ref", "dt", "samples"),
    [
        (2.0, 0.1, 20),
        (0.0, 0.1, 0),
        (0.3, 0.1, 3),
        (0.7, 0.1, 7),
        (0.25, 0.1, 3),
        (0.01, 0.1, 1),
        (2.1, 0.3, 7),
        (2.0, 0.3, 7),
        (0.1 + 0.2, 0.1, 3),
        (3 * (1 + 1e-10), 1.0, 3),
        (3 * (1 + 1e-7), 1.0, 4),
        (1e-10, 1.0, 0),
        (1e-8, 1.0, 1),
    ],
)
def test_refractory_period_is_rounded_up_to_samples(t_ref, dt, samples):
    neuron = LIF(v_rest=0, v_reset=-1, v_th=1, tau_m=10, t_ref=t_ref)
    every = np.arange(1, 31) * dt  # each input fires, but for those that are lost
    run = in_both(neuron, duration=30 * dt, dt=dt, input_spikes=every, input_weights=5.0)
    assert np.rint(run.spikes / dt).tolist() == list(range(1, 31, samples + 1))
    held = in_both(neuron, duration=30 * dt, dt=dt, input_spikes=[dt], input_weights=5.0)
    assert np.all(held.v[1 : samples + 2] == -1.0)
    assert -1.0 < held.v[samples + 2] < 0.0


def test_many_steps_are_counted_with_a_relative_tolerance():
    for excess, spikes in [(5e-10, 2), (5e-9, 1)]:
        neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=1e4 * (1 + excess))
        run = in_both(neuron, duration=10_003, dt=1, input_spikes=[1, 10_002], input_weights=9.0)
        assert run.spikes.size == spikes


def test_a_long_refractory_period_holds_to_the_end():
    neuron = LIF(t_ref=1e300)
    run = in_both(neuron, duration=50, current=10.0)
    assert run.spikes.size == 1


@pytest.mark.parametrize(
    ("duration", "dt", "n"),
    [(2.1, 0.3, 7), (0.3, 0.1, 3), (0.7, 0.1, 7), (1e6 / 3, 1 / 3, 10**6), (0, 0.1, 0)],
)
def test_durations_that_floats_miss(duration, dt, n):
    run = simulate_1d(duration=duration, dt=dt)
    assert run.t.size == n + 1
    np.testing.assert_array_equal(run.t, np.arange(n + 1) * dt)


@pytest.mark.parametrize(
    ("time", "dt", "sample"),
    [
        (0.3, 0.1, 3),
        (0.7, 0.1, 7),
        (0.31, 0.1, 4),
        (0.3000001, 0.1, 4),
        (2.1, 0.3, 7),
        (0.05, 0.1, 1),
        (1e-12, 0.1, 0),
        (0.0, 0.1, 0),
        (0.1 * 3, 0.1, 3),
    ],
)
def test_an_input_spike_belongs_to_the_first_sample_at_or_after_it(time, dt, sample):
    run = in_both(PLAIN, duration=10 * dt, dt=dt, input_spikes=[time], input_weights=0.5)
    assert np.flatnonzero(run.v)[0] == sample
    assert run.v[sample] == 0.5


def test_input_at_the_last_sample_counts_and_later_input_is_ignored():
    run = in_both(PLAIN, duration=1, input_spikes=[1.0, 1.01, 7.0, 1e300], input_weights=0.5)
    assert run.v[-1] == 0.5
    assert run.input_spikes.tolist() == [1.0, 1.01, 7.0, 1e300]
    firing = in_both(PLAIN, duration=1, input_spikes=[1.0], input_weights=2.0)
    assert firing.spikes.tolist() == [1.0]
    for duration in (0, 1):
        assert in_both(PLAIN, duration=duration, input_spikes=[1.1], input_weights=2.0).spikes.size == 0


def test_input_in_any_order_and_coincident_input_adds_up():
    shuffled = in_both(
        PLAIN, duration=5, input_spikes=[3, 1, 2, 1, 1], input_weights=[0.1, 0.2, 0.3, 0.4, 0.5]
    )
    assert shuffled.spikes.tolist() == [1.0]  # 0.2 + 0.4 + 0.5
    sum_only = in_both(PLAIN, duration=5, input_spikes=[1] * 3, input_weights=[0.9, 0.9, -0.9])
    assert sum_only.spikes.size == 0  # the sum is tested, not its parts
    np.testing.assert_allclose(sum_only.v[10], 0.9, rtol=0, atol=1e-15)


def test_input_is_lost_to_the_last_refractory_sample():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=2)
    for late, spikes in [(2.0, [1.0]), (2.9, [1.0]), (3.0, [1.0]), (3.1, [1.0, 3.1])]:
        run = in_both(neuron, duration=5, input_spikes=[1.0, late], input_weights=1.5)
        assert run.spikes.tolist() == spikes
        assert np.all(run.v[10:31] == 0.0)


def test_no_refractory_period_lets_a_neuron_fire_at_every_sample():
    run = in_both(PLAIN, duration=1, current=1e3)
    assert np.rint(run.spikes / 0.1).tolist() == list(range(1, 11))


def test_kicks_of_a_step_act_at_the_sample_on_which_it_ends():
    grid = Grid(PLAIN, (2, 2))
    fired = grid.step(kicks=np.array([[0.5, 1.0], [0.0, 2.0]]))
    assert fired.tolist() == [[False, True], [False, True]]
    assert grid.v.tolist() == [[0.5, 0.0], [0.0, 0.0]]
    assert grid.steps == 1
    assert grid.t == 0.1


def test_no_jump_equals_a_fixed_threshold_bit_for_bit():
    neuron = LIF(th_jump=0.0, t_ref=2.0)
    current = np.random.default_rng(5).normal(2.0, 2.0, 3000)
    decay, v, hold, spikes, trace = math.exp(-0.1 / 8.0), -70.0, 0, [], [-70.0]
    for k in range(1, 3001):
        v_inf = -70.0 + 10.0 * current[k - 1]
        v = v_inf + (v - v_inf) * decay
        if k <= hold:
            v = -65.0
        if v >= -50.0:
            v, hold = -65.0, k + 20
            spikes.append(k * 0.1)
        trace.append(v)
    run = simulate_1d(neuron, duration=300, current=current)
    sheet = simulate_2d(
        neuron, shape=(1, 1), duration=300, current=lambda t: current[round(t / 0.1)], record_every=0.1
    )
    assert len(spikes) > 10
    assert run.spikes.tolist() == sheet.spikes[:, 0].tolist() == spikes
    assert run.v.tolist() == sheet.v_frames.ravel().tolist() == trace
    assert np.all(run.th == -50.0)
    assert np.all(sheet.th_frames == -50.0)


@pytest.mark.parametrize("simulate", [simulate_1d, simulate_exact])
@pytest.mark.parametrize(("second", "fires"), [(2.9, False), (3.0, False), (3.1, True)])
def test_an_input_at_the_end_of_the_refractory_period_is_lost(simulate, second, fires):
    """NEST loses it too; in Brian2 it counts."""
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=2, th_jump=0.5, tau_th=4)
    run = simulate(neuron, duration=5, input_spikes=[1.0, second], input_weights=[1.0, 9.0])
    assert run.spikes.tolist() == pytest.approx([1.0, second][: 1 + fires])  # 1 mV is a tie, and fires
    meanwhile = slice(10, 30)
    expected = 1 + 0.5 * np.exp((1 - run.t[meanwhile]) / 4)
    np.testing.assert_allclose(run.th[meanwhile], expected, rtol=0, atol=1e-12)


def test_an_exact_refractory_period_is_not_rounded():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=1.93)
    for simulate, spikes in ((simulate_1d, [1.0]), (simulate_exact, [1.0, 2.95])):
        run = simulate(neuron, duration=5, input_spikes=[1.0, 2.95], input_weights=9.0)
        assert run.spikes.tolist() == pytest.approx(spikes)
