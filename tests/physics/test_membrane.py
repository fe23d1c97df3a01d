"""Below and around the threshold: the membrane's formula, the rheobase, intervals, linearity."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lifcore import LIF, current_for_rate, isi, latency, rheobase, simulate_1d, simulate_2d, theory
from tests.physics.draws import examples, hundredths, neurons, seeds, time_steps

FAR = 1e6  # mV, a threshold out of reach


@examples(50)
@given(hundredths(-90, -40), hundredths(0.5, 20), hundredths(0.5, 50), hundredths(-3, 3), time_steps)
def test_membrane_follows_the_formula(v_start, r_m, tau_m, current, dt):
    neuron = LIF(r_m=r_m, tau_m=tau_m, v_th=FAR)
    run = simulate_1d(neuron, duration=400 * dt, dt=dt, current=current, v_start=v_start)
    v_inf = -70.0 + r_m * current
    np.testing.assert_allclose(run.v, v_inf + (v_start - v_inf) * np.exp(-run.t / tau_m), rtol=0, atol=1e-9)
    assert np.all(run.th == FAR)


def test_grid_membrane_follows_the_formula():
    neuron, current = LIF(v_th=FAR), np.linspace(-3, 3, 12).reshape(3, 4)
    run = simulate_2d(neuron, shape=(3, 4), duration=40, current=current, v_start=-60.0, record_every=0.1)
    v_inf = -70.0 + 10.0 * current
    formula = v_inf + (-60.0 - v_inf) * np.exp(-run.frame_times[:, None, None] / 8.0)
    np.testing.assert_allclose(run.v_frames, formula, rtol=0, atol=1e-9)


def test_a_piecewise_current_is_held_from_its_sample_to_the_next():
    run = simulate_1d(LIF(), duration=0.3, dt=0.1, current=[1.0, 0.0, -1.0])
    a = math.exp(-0.1 / 8.0)
    first = -60.0 + (-70.0 + 60.0) * a
    second = -70.0 + (first + 70.0) * a
    third = -80.0 + (second + 80.0) * a
    np.testing.assert_allclose(run.v, [-70.0, first, second, third], rtol=0, atol=1e-12)


def test_a_function_as_current_is_called_once_with_the_times_of_the_steps():
    calls = []

    def current(t):
        calls.append(t)
        return 0.1 * t

    run = simulate_1d(duration=5, dt=0.5, current=current)
    assert len(calls) == 1
    np.testing.assert_array_equal(calls[0], np.arange(10) * 0.5)
    np.testing.assert_array_equal(run.current, 0.1 * np.arange(10) * 0.5)


def test_a_threshold_decays_by_its_own_time_constant():
    neuron = LIF(tau_m=3.0, tau_th=25.0)
    run = simulate_1d(neuron, duration=100, th_start=-30.0)
    np.testing.assert_allclose(run.th, -50.0 + 20.0 * np.exp(-run.t / 25.0), rtol=0, atol=1e-9)
    low = simulate_1d(neuron, duration=100, th_start=-64.0)
    np.testing.assert_allclose(low.th, -50.0 - 14.0 * np.exp(-low.t / 25.0), rtol=0, atol=1e-9)


@examples(40)
@given(neurons(adapting=False).filter(lambda n: n.v_rest < n.v_th))
def test_rheobase_from_both_sides(neuron):
    dt = neuron.tau_m / 25
    silent, firing = (
        simulate_1d(neuron, duration=1000 * dt, dt=dt, current=rheobase(neuron) + change)
        for change in (-1e-6 / neuron.r_m, 1e-6 / neuron.r_m)
    )
    assert silent.spikes.size == 0
    assert firing.spikes.size > 0


def test_at_the_rheobase_itself_a_neuron_stays_silent():
    run = simulate_1d(LIF(v_rest=0, v_reset=0, v_th=20), duration=200, current=2.0)
    assert run.spikes.size == 0
    assert 0 < 20 - run.v[-1] < 1e-8
    assert theory.rate(LIF(), rheobase(LIF())) == 0
    assert latency(LIF(), rheobase(LIF())) == math.inf


@examples(80)
@given(
    neurons(adapting=False).filter(lambda n: n.v_rest < n.v_th),
    st.sampled_from([0.05, 0.1, 0.25]),
    hundredths(1.01, 4),
)
def test_interval_is_the_refractory_samples_plus_the_steps_of_the_rise(neuron, dt, drive):
    current = (drive * (neuron.v_th - neuron.v_rest)) / neuron.r_m
    period = 1000.0 / theory.rate(neuron, current)
    rise = (period - neuron.t_ref) / dt
    assume(abs(rise - round(rise)) > 1e-6)  # else rounding decides on which side of a sample V crosses
    samples = math.ceil(neuron.t_ref / dt - 1e-9) + math.ceil(rise)
    duration = math.ceil(latency(neuron, current) / dt + 3 * samples) * dt
    run = simulate_1d(neuron, duration=duration, dt=dt, current=current)
    assert run.spikes.size >= 3
    assert np.all(np.rint(np.diff(run.spikes) / dt) == samples)
    # t_ref and the rise are both rounded up to whole steps.
    assert 0 <= samples * dt - period + 1e-9 < 2 * dt
    first = latency(neuron, current)
    assert 0 <= run.spikes[0] - first + 1e-9 < dt + 2e-9


@pytest.mark.parametrize("current", [2.1, 2.5, 3.0, 4.0, 10.0])
def test_interval_agrees_with_theory_within_dt(current):
    intervals = isi(simulate_1d(duration=300, dt=0.1, current=current))
    assert np.all(np.abs(intervals - 1000.0 / theory.rate(LIF(), current)) < 0.1)


@pytest.mark.parametrize(("current", "hertz"), [(2.5, 76.34), (4.0, 153.85), (10.0, 294.12)])
def test_rates_on_the_grid_of_a_tenth_of_a_millisecond(current, hertz):
    intervals = isi(simulate_1d(duration=300, dt=0.1, current=current))
    assert np.ptp(intervals) < 1e-9
    assert 1000.0 / intervals[0] == pytest.approx(hertz, abs=0.005)


def test_a_hundred_hertz():
    run = simulate_1d(duration=2000, dt=0.01, current=current_for_rate(LIF(), 100.0))
    assert 1000.0 / np.mean(isi(run)) == pytest.approx(100.0, abs=0.11)


@examples(40)
@given(seeds)
def test_responses_add_up_below_the_threshold(seed):
    rng = np.random.default_rng(seed)
    neuron = LIF(v_th=FAR)
    currents = rng.normal(0, 2, (2, 100))
    times, weights = rng.uniform(0, 25, (2, 30)), rng.normal(0, 5, (2, 30))

    def response(current, times, weights):
        run = simulate_1d(
            neuron, duration=25, dt=0.25, current=current, input_spikes=times, input_weights=weights
        )
        return run.v + 70.0

    one, two = (response(currents[i], times[i], weights[i]) for i in range(2))
    both = response(currents[0] + 3 * currents[1], np.ravel(times), np.ravel(weights * [[1], [3]]))
    np.testing.assert_allclose(both, one + 3 * two, rtol=0, atol=1e-9)
