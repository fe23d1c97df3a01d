"""The closed forms: against each other, against their equations and against simulations."""

import math

import numpy as np
import pytest
from hypothesis import assume, given

from lifcore import LIF, simulate_1d, theory
from tests.physics.draws import examples, hundredths, neurons

ADAPTIVE = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2, th_jump=0.4, tau_th=100)
below_threshold = neurons(adapting=False).filter(lambda n: n.v_rest < n.v_th)


@pytest.mark.parametrize(
    ("current", "hertz"), [(2.5, 76.39), (4.0, 154.39), (10.0, 296.31), (2.0, 0.0), (1.0, 0.0), (-5.0, 0.0)]
)
def test_rate_of_the_default_neuron(current, hertz):
    assert theory.rate(LIF(), current) == pytest.approx(hertz, abs=0.005)


def test_half_a_percent_above_the_rheobase_a_neuron_already_fires_at_23_7_hz():
    assert theory.rheobase(LIF()) == 2.0
    assert theory.rate(LIF(), 2.01) == pytest.approx(23.7, abs=0.05)


def test_current_for_a_hundred_hertz():
    assert theory.current_for_rate(LIF(), 100.0) == pytest.approx(2.872965, abs=5e-7)


@examples(100)
@given(below_threshold, hundredths(1.01, 20))
def test_rate_solves_the_membrane_equation(neuron, drive):
    current = drive * theory.rheobase(neuron)
    v_inf = neuron.v_rest + neuron.r_m * current
    rise = 1000.0 / theory.rate(neuron, current) - neuron.t_ref
    v = v_inf + (neuron.v_reset - v_inf) * math.exp(-rise / neuron.tau_m)
    assert v == pytest.approx(neuron.v_th, abs=1e-7)
    v = v_inf + (neuron.v_rest - v_inf) * math.exp(-theory.latency(neuron, current) / neuron.tau_m)
    assert v == pytest.approx(neuron.v_th, abs=1e-7)


@examples(100)
@given(neurons(adapting=False), hundredths(0.1, 500))
def test_current_for_rate_is_the_inverse_of_rate(neuron, hertz):
    assume(1000 / hertz - neuron.t_ref > 1e-3)
    current = theory.current_for_rate(neuron, hertz)
    rise = 1000 / hertz - neuron.t_ref
    # Far below, the current leaves the rheobase by less than a float can tell.
    assume(rise < 20 * neuron.tau_m)
    assert theory.rate(neuron, current) == pytest.approx(hertz, rel=1e-6)


def test_latency_rate_and_pulses_of_the_default_neuron():
    assert theory.latency(LIF(), 4.0) == pytest.approx(8 * math.log(2), rel=1e-12)
    assert theory.latency(LIF(), [1.9, 2.0]).tolist() == [math.inf, math.inf]
    assert theory.latency(LIF(v_rest=-40), 0.0) == 0.0
    assert theory.strength_duration(LIF(), 8 * math.log(2)) == pytest.approx(4.0, rel=1e-12)
    assert theory.strength_duration(LIF(), 1e6) == pytest.approx(2.0, rel=1e-12)
    # A pulse much shorter than tau_m is a charge: width times current is rheobase times tau_m.
    assert 1e-6 * theory.strength_duration(LIF(), 1e-6) == pytest.approx(16.0, rel=1e-6)


@examples(40)
@given(below_threshold, hundredths(0.1, 30))
def test_weakest_pulse_from_both_sides(neuron, width):
    threshold = theory.strength_duration(neuron, width)
    dt = width / 50
    for current, fires in [(threshold * (1 - 1e-6), False), (threshold * (1 + 1e-6), True)]:
        pulse = np.where(np.arange(100) < 50, current, 0.0)
        run = simulate_1d(neuron, duration=100 * dt, dt=dt, current=pulse)
        assert (run.spikes.size > 0) == fires


@pytest.mark.parametrize(("drive", "hertz"), [(1.5, 16.887), (3.0, 44.925)])
def test_steady_rate_of_an_adaptive_threshold(drive, hertz):
    period = theory.adaptive_period(ADAPTIVE, drive)
    assert 1000.0 / period == pytest.approx(hertz, abs=1e-3)
    reached = drive * (1 - math.exp(-(period - 2) / 10))
    assert reached == pytest.approx(1 + 0.4 / math.expm1(period / 100), abs=1e-9)
    dt = 0.005
    run = simulate_1d(ADAPTIVE, duration=1000, dt=dt, current=drive)
    assert np.all(np.abs(np.diff(run.spikes)[-5:] - period) < 2 * dt)


@pytest.mark.parametrize(("drive", "jump"), [(1.5, 0.2204), (3.0, 0.2797)])
def test_jump_that_makes_the_steady_rate_a_third(drive, jump):
    first = 2 + 10 * math.log(drive / (drive - 1))
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2, th_jump=jump, tau_th=100)
    assert theory.adaptive_period(neuron, drive) / first == pytest.approx(3, abs=1e-3)


@examples(60)
@given(neurons(), hundredths(1.02, 8))
def test_adaptive_period_solves_its_equation(neuron, drive):
    assume(neuron.v_rest < neuron.v_th)
    current = drive * theory.rheobase(neuron)
    v_inf = neuron.v_rest + neuron.r_m * current
    period = theory.adaptive_period(neuron, current)
    v = v_inf + (neuron.v_reset - v_inf) * math.exp(-(period - neuron.t_ref) / neuron.tau_m)
    jumps = neuron.th_jump / math.expm1(min(period / neuron.tau_th, 700.0))
    assert v == pytest.approx(neuron.v_th + jumps, abs=1e-6)


@examples(60)
@given(below_threshold, hundredths(0.5, 8))
def test_adaptive_period_without_a_jump_is_the_interval_of_the_fixed_threshold(neuron, drive):
    current = drive * theory.rheobase(neuron)
    hertz = theory.rate(neuron, current)
    period = theory.adaptive_period(neuron, current)
    assert period == (pytest.approx(1000.0 / hertz, rel=1e-9) if hertz else math.inf)


def test_a_second_spike_stays_silent_while_the_threshold_is_high():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=0.5, t_ref=0, th_jump=0.5, tau_th=100)
    gap = 100 * math.log(0.5 / 0.2)
    assert gap == pytest.approx(91.6, abs=0.05)
    for second, spikes in [(gap - 0.1, 1), (gap + 0.1, 2)]:
        run = simulate_1d(neuron, duration=120, dt=0.1, input_spikes=[0, second], input_weights=1.2)
        assert run.spikes.size == spikes


@pytest.mark.parametrize(
    "formula",
    [theory.rate, theory.latency, theory.adaptive_period, theory.strength_duration, theory.current_for_rate],
)
def test_arrays_give_arrays_of_the_same_shape(formula):
    values = np.array([[3.0, 4.0, 5.0]])
    result = formula(LIF(), values)
    assert result.shape == (1, 3)
    assert result.tolist() == [[formula(LIF(), value) for value in (3.0, 4.0, 5.0)]]
    assert isinstance(formula(LIF(), 3.0), float)


@pytest.mark.parametrize("formula", [theory.rate, theory.current_for_rate])
def test_formulas_of_a_fixed_threshold_refuse_an_adaptive_one(formula):
    with pytest.raises(ValueError, match="th_jump.*0.4 mV.*adaptive_period"):
        formula(ADAPTIVE, 2.0)


@pytest.mark.parametrize("hertz", [500.0, 600.0])
def test_rates_that_the_refractory_period_forbids(hertz):
    with pytest.raises(ValueError, match=f"rate must stay below .*500 Hz; got {hertz:g} Hz"):
        theory.current_for_rate(LIF(), hertz)
