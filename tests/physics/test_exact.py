"""`simulate_exact`: spikes between samples, against theory and against a slow scan."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lifcore import LIF, adaptive_period, latency, simulate_1d, simulate_exact, theory
from tests.physics.draws import examples, hundredths

ADAPTIVE = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0, th_jump=0.4)
KICKED = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0, t_ref=2.0)


def scan(neuron, duration, current_at, inputs, v, th, fine=1e-3):
    """Spike times by a scan in small steps and halving the step that crosses: slow, and shares nothing."""
    tau, sigma = neuron.tau_m, neuron.tau_th

    def ahead(v, th, drive, s):
        return (
            drive + (v - drive) * math.exp(-s / tau),
            neuron.v_th + (th - neuron.v_th) * math.exp(-s / sigma),
        )

    def fall(th, s):
        return neuron.v_th + (th - neuron.v_th) * math.exp(-s / sigma)

    marks = sorted({round(k * fine, 9) for k in range(round(duration / fine) + 1)} | {t for t, _ in inputs})
    spikes, free = [], -1.0
    for begin, end in zip(marks, marks[1:], strict=False):
        now = begin
        while now < end:
            if now < free:
                stop = min(free, end)
                th, now = fall(th, stop - now), stop
                continue
            drive = neuron.v_rest + neuron.r_m * current_at(begin)
            v_end, th_end = ahead(v, th, drive, end - now)
            if v_end < th_end:
                v, th, now = v_end, th_end, end
                continue
            low, high = 0.0, end - now
            for _ in range(80):
                middle = (low + high) / 2
                v_mid, th_mid = ahead(v, th, drive, middle)
                low, high = (middle, high) if v_mid < th_mid else (low, middle)
            now += high
            th = fall(th, high) + neuron.th_jump
            v, free = neuron.v_reset, now + neuron.t_ref
            spikes.append(now)
        arriving = [w for t, w in inputs if t == end]
        if arriving and end > free + 1e-9:
            v += sum(arriving)
            if v >= th:
                v, th, free = neuron.v_reset, th + neuron.th_jump, end + neuron.t_ref
                spikes.append(end)
    return np.array(spikes)


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 5.0])
@pytest.mark.parametrize("current", [2.01, 2.5, 4.0, 10.0])
def test_interval_equals_theory(dt, current):
    neuron = LIF()
    run = simulate_exact(neuron, duration=1000.0, dt=dt, current=current)
    assert abs(run.spikes[0] - latency(neuron, current)) < 1e-10
    assert np.abs(np.diff(run.spikes) - 1000.0 / theory.rate(neuron, current)).max() < 1e-10
    assert run.spikes.size == 1 + math.floor(
        (1000.0 - latency(neuron, current)) * theory.rate(neuron, current) / 1000.0
    )


def test_several_spikes_in_one_step():
    neuron = LIF(t_ref=0.5)
    run = simulate_exact(neuron, duration=20.0, dt=5.0, current=30.0)
    period = 1000.0 / theory.rate(neuron, 30.0)
    assert period < 1.5
    assert np.histogram(run.spikes, run.t)[0].min() >= 3
    assert np.abs(np.diff(run.spikes) - period).max() < 1e-10


def test_rheobase_from_both_sides():
    assert simulate_exact(duration=500.0, current=2.0).spikes.size == 0
    assert simulate_exact(duration=500.0, current=2.0 + 1e-9).spikes.size > 0


@pytest.mark.parametrize("dt", [0.1, 5.0])
@pytest.mark.parametrize("tau_th", [10.0, 10.0 * (1 + 1e-13), 5.0, 100.0])
@pytest.mark.parametrize(("current", "t_ref"), [(0.15, 2.0), (0.3, 2.0), (0.3, 0.0)])
def test_steady_adaptive_interval_equals_theory(dt, tau_th, current, t_ref):
    neuron = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0, t_ref=t_ref, th_jump=0.4, tau_th=tau_th)
    run = simulate_exact(neuron, duration=5000.0, dt=dt, current=current)
    assert abs(np.diff(run.spikes)[-1] - adaptive_period(neuron, current)) < 1e-10


def test_dt_only_samples_the_curve():
    fine, coarse = (
        simulate_exact(ADAPTIVE, duration=200.0, dt=dt, current=0.2, input_spikes=[3.3, 17.04])
        for dt in (0.1, 5.0)
    )
    assert fine.spikes.size > 5
    np.testing.assert_allclose(coarse.spikes, fine.spikes, rtol=0, atol=1e-12)
    np.testing.assert_allclose(coarse.v, fine.v[::50], rtol=0, atol=1e-12)
    np.testing.assert_allclose(coarse.th, fine.th[::50], rtol=0, atol=1e-12)


def test_curve_without_spikes_is_the_formula():
    neuron = LIF()
    run = simulate_exact(neuron, duration=50.0, dt=0.5, current=1.5, v_start=-68.0, th_start=-40.0)
    np.testing.assert_allclose(run.v, -55.0 + (-68.0 + 55.0) * np.exp(-run.t / neuron.tau_m), atol=1e-12)
    np.testing.assert_allclose(run.th, -50.0 + 10.0 * np.exp(-run.t / neuron.tau_th), atol=1e-12)


def test_v_is_held_while_refractory_and_the_threshold_goes_on():
    neuron = LIF(th_jump=3.0, t_ref=2.0, tau_th=20.0)
    run = simulate_exact(neuron, duration=10.0, dt=0.1, current=4.0)
    spike = run.spikes[0]
    held = (run.t >= spike) & (run.t <= spike + 2.0)
    assert held.sum() == 20
    assert (run.v[held] == neuron.v_reset).all()
    assert run.v[run.t > spike + 2.0][0] > neuron.v_reset
    np.testing.assert_allclose(run.th[held], -50.0 + 3.0 * np.exp(-(run.t[held] - spike) / 20.0), atol=1e-12)


def test_input_spikes_act_at_their_own_instants():
    run = simulate_exact(KICKED, duration=20.0, dt=1.0, input_spikes=[3.37, 4.12], input_weights=0.6)
    assert run.spikes.tolist() == [4.12]
    assert run.v[4] == pytest.approx(0.6 * math.exp(-0.063))
    gap = 10.0 * math.log(0.6 / 0.4)  # the longest at which a pair fires
    for late, fires in ((gap - 1e-6, True), (gap + 1e-6, False)):
        run = simulate_exact(KICKED, duration=20.0, dt=1.0, input_spikes=[1.0, 1.0 + late], input_weights=0.6)
        assert (run.spikes.size == 1) is fires


def test_coincident_inputs_are_summed_before_the_test():
    together = {"input_spikes": [0.3, 0.1 + 0.2, 0.3], "input_weights": [0.7, 0.7, -0.6]}
    assert simulate_exact(KICKED, duration=1.0, **together).spikes.size == 0
    assert simulate_exact(
        KICKED, duration=1.0, input_spikes=[0.3] * 3, input_weights=0.4
    ).spikes.tolist() == [pytest.approx(0.3, abs=1e-12)]


@pytest.mark.parametrize(("second", "fires"), [(2.5, False), (2.7, False), (2.7 + 1e-6, True)])
def test_input_while_refractory_is_lost_its_last_instant_included(second, fires):
    run = simulate_exact(KICKED, duration=5.0, input_spikes=[0.7, second], input_weights=1.5)
    assert (run.spikes.size == 2) is fires
    assert run.spikes[0] == pytest.approx(0.7, abs=1e-12)


def test_without_refractory_period_no_input_is_lost():
    neuron = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=0.0)
    run = simulate_exact(neuron, duration=5.0, input_spikes=[1.0, 1.0 + 1e-6], input_weights=1.5)
    assert run.spikes.tolist() == [1.0, 1.0 + 1e-6]


def test_input_at_the_last_sample_counts_and_later_input_does_not():
    run = simulate_exact(KICKED, duration=2.1, dt=0.3, input_spikes=[2.1, 2.2], input_weights=1.0)
    assert run.spikes.tolist() == [run.t[-1]]
    assert run.v[-1] == KICKED.v_reset


@pytest.mark.parametrize("simulate", [simulate_1d, simulate_exact])
def test_sample_0_is_tested_only_where_a_spike_arrives(simulate):
    above = {"duration": 5.0, "dt": 0.01, "v_start": 1.2}
    run = simulate(KICKED, **above)
    assert (run.v[0], run.th[0]) == (1.2, 1.0)
    assert run.spikes.size == 1
    assert run.spikes[0] <= 0.01
    run = simulate(KICKED, **above, input_spikes=[0.0], input_weights=0.0)
    assert run.spikes.tolist() == [0.0]
    assert run.v[0] == KICKED.v_reset
    run = simulate(KICKED, **above, input_spikes=[0.0], input_weights=-0.5)
    assert run.spikes.size == 0
    assert run.v[0] == pytest.approx(0.7)


def test_a_start_at_the_threshold_fires_only_if_v_rises():
    assert simulate_exact(KICKED, duration=5.0, v_start=1.0).spikes.size == 0
    assert simulate_exact(KICKED, duration=1.0, v_start=1.0, current=0.2).spikes.tolist() == [0.0]
    assert simulate_exact(LIF(v_rest=-40.0), duration=1.0).spikes.tolist() == [0.0]


def test_duration_0():
    run = simulate_exact(KICKED, duration=0.0, input_spikes=[0.0, 0.0], input_weights=0.7)
    assert (run.t.tolist(), run.v.tolist(), run.spikes.tolist()) == ([0.0], [0.0], [0.0])


def test_threshold_falling_onto_v_is_found_between_samples():
    """V rises and falls back within one step; the threshold, falling, meets it on the way."""
    neuron = LIF(v_rest=0.0, v_reset=-1.0, v_th=1.0, tau_m=20.0, tau_th=2.0, t_ref=1.0)
    run = simulate_exact(neuron, duration=40.0, dt=40.0, v_start=2.0, th_start=3.0)
    expected = scan(neuron, 40.0, lambda t: 0.0, [], 2.0, 3.0)
    assert run.spikes.size == 1
    assert run.spikes[0] == pytest.approx(expected[0], abs=1e-9)
    assert run.v[-1] > -1.0


def test_too_many_spikes_are_refused_before_they_are_made():
    with pytest.raises(MemoryError, match=r"up to .* spikes .* GiB"):
        simulate_exact(LIF(t_ref=0.0), duration=1000.0, current=1e15)


def test_inputs_are_not_changed():
    current, spikes, weights = np.full(50, 3.0), np.array([4.0, 2.0]), np.array([1.0, 2.0])
    kept = current.copy(), spikes.copy(), weights.copy()
    simulate_exact(duration=5.0, current=current, input_spikes=spikes, input_weights=weights)
    for before, after in zip(kept, (current, spikes, weights), strict=True):
        np.testing.assert_array_equal(before, after)


@examples(60)
@given(
    hundredths(0.0, 4.0),
    st.one_of(st.just(0.0), hundredths(0.0, 0.8)),
    st.sampled_from([2.0, 5.0, 10.0, 30.0]),
    st.sampled_from([2.0, 5.0, 10.0, 30.0]),
    st.lists(hundredths(-0.1, 0.4), min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 29_999), hundredths(-0.5, 1.5)), max_size=5),
    hundredths(0.5, 2.5),
)
def test_agrees_with_a_slow_scan(t_ref, th_jump, tau_m, tau_th, currents, inputs, th_start):
    inputs = [(round(k * 1e-3 + 5e-4, 9), w) for k, w in inputs]
    neuron = LIF(0.0, -0.2, 1.0, 10.0, tau_m, t_ref, th_jump, tau_th)
    below, run, above = (
        simulate_exact(
            replace(neuron, v_th=v_th),
            duration=30.0,
            dt=5.0,
            current=currents,
            input_spikes=[t for t, _ in inputs],
            input_weights=[w for _, w in inputs],
            v_start=0.1,
            th_start=th_start,
        )
        for v_th in (1.0 - 1e-5, 1.0, 1.0 + 1e-5)
    )
    assume(below.spikes.size == run.spikes.size == above.spikes.size)  # no spike hangs on a hair
    expected = scan(neuron, 30.0, lambda t: currents[int(t // 5.0)], inputs, 0.1, th_start)
    np.testing.assert_allclose(run.spikes, expected, rtol=0, atol=1e-8)
