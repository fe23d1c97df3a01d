"""Euler, the grid and the float clock: against closed forms, the exact simulations and a published count."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lifcore import LIF, isi, simulate_1d, simulate_exact, theory
from lifcore.schemes import (
    crossing,
    decay_factor,
    effective_tau,
    float_spikes,
    grid_interval,
    simulate_scheme,
)
from tests.physics.draws import examples, hundredths, neurons, time_steps

UNIT = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=0)
FAR = LIF(v_rest=0, v_reset=0, v_th=1e6, r_m=1, tau_m=10)


def drive_of(log_ratio):
    """Return RI/θ at which L = ln[RI/(RI - θ)] is the one given."""
    return 1 / -np.expm1(-np.asarray(log_ratio))


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 5.0, 9.9])
def test_euler_decays_with_its_effective_time_constant(dt):
    run = simulate_scheme(FAR, duration=50 * dt, dt=dt, current=3.0)
    tau = effective_tau(10, dt)
    np.testing.assert_allclose(run.v, 3 - 3 * np.exp(-run.t / tau), rtol=0, atol=1e-12)


def test_effective_time_constant_is_half_a_step_short():
    for dt in (1.0, 0.1, 0.01):
        # -x / ln(1 - x) = 1 - x/2 - x²/12 - x³/24 - … with x = dt / tau
        x = dt / 10
        assert effective_tau(10, dt) == pytest.approx(10 * (1 - x / 2 - x**2 / 12 - x**3 / 24), rel=x**4)
    assert effective_tau(10, 10) == 0


@pytest.mark.parametrize(
    ("dt", "overshoots", "grows"),
    [(9.99, False, False), (10.01, True, False), (19.9, True, False), (20.1, True, True)],
)
def test_stability_limits(dt, overshoots, grows):
    v = simulate_scheme(FAR, duration=200 * dt, dt=dt, current=1.0).v
    assert bool(v.max() > 1 + 1e-9) is overshoots
    assert bool(abs(v[-1] - 1) > abs(v[0] - 1)) is grows
    exact = simulate_scheme(FAR, duration=200 * dt, dt=dt, current=1.0, scheme="exact").v
    assert exact.max() <= 1 + 1e-12 and exact[-1] == pytest.approx(1)


def test_euler_is_of_first_order_and_the_exact_step_of_none():
    steps = np.array([0.5, 0.25, 0.125, 0.0625])
    errors = {
        scheme: [
            abs(simulate_scheme(FAR, duration=10, dt=dt, current=1, scheme=scheme).v[-1] - (1 - math.exp(-1)))
            for dt in steps
        ]
        for scheme in ("euler", "exact")
    }
    order = np.polyfit(np.log(steps), np.log(errors["euler"]), 1)[0]
    assert order == pytest.approx(1, abs=0.02)
    # to first order dt / (2 τ) · T/τ · e^(-T/τ)
    assert errors["euler"][-1] == pytest.approx(steps[-1] / 20 * math.exp(-1), rel=0.01)
    assert max(errors["exact"]) < 1e-14


@examples(40)
@given(neurons(adapting=False), time_steps, hundredths(-3, 5))
def test_the_exact_scheme_is_simulate_1d(neuron, dt, current):
    ours = simulate_scheme(neuron, duration=300 * dt, dt=dt, current=current, scheme="exact")
    run = simulate_1d(neuron, duration=300 * dt, dt=dt, current=current)
    assert np.array_equal(ours.v, run.v) and np.array_equal(ours.spikes, run.spikes)
    assert np.array_equal(ours.t, run.t)


@examples(60)
@given(
    hundredths(1.05, 6), st.sampled_from([0.1, 0.25, 1.0, 2.5]), st.sampled_from(["exact", "euler"]),
    st.integers(0, 5), hundredths(-1, 0.5),
)  # fmt: skip
def test_interval_on_the_grid(drive, dt, scheme, n_ref, v_reset):
    neuron = LIF(v_rest=0, v_reset=v_reset, v_th=1, r_m=1, tau_m=10, t_ref=n_ref * dt)
    tau = 10 if scheme == "exact" else effective_tau(10, dt)
    rise = tau * math.log((drive - v_reset) / (drive - 1)) / dt
    assume(abs(rise - round(rise)) > 1e-6)  # else rounding decides
    interval = grid_interval(neuron, drive, dt, scheme=scheme)
    assert interval == pytest.approx(dt * (n_ref + math.ceil(rise)), rel=1e-12)
    duration = dt * math.ceil(5 * (interval + 60) / dt)
    run = simulate_scheme(neuron, duration=duration, dt=dt, current=drive, scheme=scheme)
    np.testing.assert_allclose(np.diff(run.spikes), interval, rtol=0, atol=1e-9)


def test_interval_without_a_spike_and_in_one_step():
    for scheme in ("exact", "euler"):
        assert grid_interval(UNIT, 1.0, 1.0, scheme=scheme) == math.inf
        assert grid_interval(UNIT, [0.5, 1e9], 1.0, scheme=scheme).tolist() == [math.inf, 1.0]
    assert grid_interval(UNIT, 1.5, 10.0, scheme="euler") == 10.0
    assert simulate_scheme(UNIT, duration=50, dt=10, current=1.5).spikes.tolist() == [10, 20, 30, 40, 50]


@pytest.mark.parametrize("dt", [1.0, 0.5, 0.1])
def test_mean_interval_over_drives(dt):
    for center in (0.3, 1.0, 2.5):
        # Drives whose exact rises are spread evenly over whole steps, so that every phase comes once.
        teeth = dt * np.arange(-0.5, 0.5, 1e-4)
        for scheme, tau in (("exact", 10.0), ("euler", effective_tau(10, dt))):
            drives = drive_of(center + teeth / tau)
            mean = np.mean(grid_interval(UNIT, drives, dt, scheme=scheme))
            assert mean == pytest.approx(tau * center + dt / 2, abs=2e-4 * dt)
            formula = grid_interval(UNIT, float(drive_of(center)), dt, scheme=scheme, mean=True)
            assert formula == pytest.approx(mean, abs=2e-4 * dt)
        assert formula == pytest.approx((10 - dt / 2) * center + dt / 2, abs=0.1 * dt**2 * center)


def test_two_errors_cancel_at_one_drive():
    drive = math.e / (math.e - 1)
    assert drive == pytest.approx(1.58, abs=0.003)
    for dt in (1.0, 0.1):
        euler, exact = (grid_interval(UNIT, drive, dt, scheme=s, mean=True) for s in ("euler", "exact"))
        assert abs(euler - 10) < dt**2 / 100 and exact == pytest.approx(10 + dt / 2)


@examples(60)
@given(neurons(adapting=False), hundredths(0.01, 2), hundredths(0, 0.99))
def test_crossing_is_where_the_exact_simulation_fires(neuron, over, share):
    current = (neuron.v_th + over - neuron.v_rest) / neuron.r_m
    v = neuron.v_reset + share * (neuron.v_th - neuron.v_reset)
    wait = crossing(neuron, v, current)
    duration = math.ceil(wait) + 1.0
    run = simulate_exact(neuron, duration=duration, dt=1.0, current=current, v_start=v)
    assert run.spikes[0] == pytest.approx(wait, abs=1e-9)


def test_crossing_from_a_sample_gives_the_latency_whatever_the_step():
    latency = theory.latency(UNIT, 2.0)
    for dt in (0.1, 1.0, 3.0):
        run = simulate_1d(UNIT, duration=12, dt=dt, current=2.0)
        k = round(run.spikes[0] / dt) - 1
        assert run.t[k] + crossing(UNIT, run.v[k], 2.0) == pytest.approx(latency, abs=1e-12)
    assert crossing(UNIT, 1.0, 0.0) == 0 and crossing(UNIT, 0.5, 1.0) == math.inf


def counts(spikes):
    return dict(Counter(np.diff(spikes).tolist()))


def test_the_published_counts():
    assert counts(float_spikes(1e-3, 1e-4, 10_000)) == {10: 899, 11: 91}
    assert counts(float_spikes(1.0, 0.1, 10_000)) == {11: 904, 10: 5}
    # In exact arithmetic every interval is of 11 steps, as it is with whole steps.
    one, last, spikes = Fraction(1, 10), Fraction(-10), []
    for k in range(10_000):
        if k * one - last > 1:
            spikes.append(k)
            last = k * one
    assert counts(spikes) == {11: len(spikes) - 1}


@pytest.mark.parametrize(("rest", "unit"), [("float ms", 1.0), ("float s", 1e-3)])
def test_float_rest_in_a_simulation_is_that_comparison(rest, unit):
    strong = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=1.0)  # fires in every step that it may
    run = simulate_scheme(strong, duration=1000, dt=0.1, current=1000.0, rest=rest)
    at = np.rint(run.spikes / 0.1).astype(int)
    last, expected = -math.inf, []
    for k in range(1, 10_001):
        if k * (0.1 * unit) - last > 1.0 * unit:
            expected.append(k)
            last = k * (0.1 * unit)
    assert at.tolist() == expected
    assert len(counts(at)) == 2


def test_whole_steps_keep_one_interval():
    for n_ref in (0, 1, 3, 10):
        neuron = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=n_ref * 0.1)
        run = simulate_scheme(neuron, duration=1000, dt=0.1, current=1000.0)
        assert counts(np.rint(run.spikes / 0.1)) == {n_ref + 1: run.spikes.size - 1}


def test_refused():
    adapting = LIF(th_jump=1.0)
    for call in (
        lambda n: simulate_scheme(n, duration=1),
        lambda n: grid_interval(n, 3.0, 0.1, scheme="exact"),
    ):
        with pytest.raises(ValueError, match="th_jump must be 0 here.*; got 1 mV"):
            call(adapting)
        with pytest.raises(TypeError, match="neuron must be a LIF"):
            call("LIF")
    with pytest.raises(TypeError, match="neuron must be a LIF"):
        crossing(None, 0.0, 1.0)
    for scheme in ("Euler", None, "rk4"):
        with pytest.raises(ValueError, match="scheme must be one of 'exact', 'euler'; got"):
            decay_factor(10, 1, scheme=scheme)
    with pytest.raises(ValueError, match="rest must be one of 'steps', 'float ms', 'float s'; got 'ms'"):
        simulate_scheme(duration=1, rest="ms")
    for call in (lambda: effective_tau(10, 10.1), lambda: grid_interval(UNIT, 2.0, 10.1, scheme="euler")):
        with pytest.raises(ValueError, match="dt must be at most tau_m = 10 ms for Euler; got 10.1 ms"):
            call()
    with pytest.raises(ValueError, match="duration must be a whole number of steps"):
        simulate_scheme(duration=1.05)
    with pytest.raises(ValueError, match="r_m [*] current must be at most 1e[+]300.*current = 1e[+]308"):
        simulate_scheme(duration=1, current=1e308)
    with pytest.raises(TypeError, match="n must be a whole number"):
        float_spikes(1.0, 0.1, 10.0)
    with pytest.raises(MemoryError, match="GiB"):
        simulate_scheme(duration=1e9, dt=1e-6)


def test_duration_0():
    run = simulate_scheme(duration=0)
    assert (run.t.tolist(), run.v.tolist(), run.spikes.tolist()) == ([0.0], [-70.0], [])


def test_the_average_of_many_simulations_is_the_formula():
    drives = drive_of(np.arange(0.9, 1.1, 1e-3))
    late = {}
    for scheme in ("euler", "exact"):
        gaps = [isi_of(simulate_scheme(UNIT, duration=40, dt=1.0, current=i, scheme=scheme)) for i in drives]
        late[scheme] = np.mean(gaps - 1000 / theory.rate(UNIT, drives))
    assert abs(late["euler"]) < 0.02 and late["exact"] == pytest.approx(0.5, abs=0.01)
    exact = isi(simulate_exact(UNIT, duration=40, dt=1.0, current=2.0))
    assert np.allclose(exact, 10 * math.log(2), rtol=0, atol=1e-12)


def isi_of(run):
    return run.spikes[1] - run.spikes[0]
