"""Every number that notebook 04 states in its prose, computed again and looked for in the sentence."""

import math
from collections import Counter

import numpy as np
import pytest

from lifcore import LIF, isi, simulate_1d, simulate_exact, theory
from lifcore.widgets import explore_time_step
from tests.notebooks.pages import INSTRUCTORS, says, shows

NAME = "04_time_step"
LOOP_NAMES = {"v", "v_inf", "th", "v_reset", "decay", "n_ref", "hold", "spikes", "k", "v_out"}
SOLUTIONS = f"solutions/{NAME}"
NEURON = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=0)


def euler(v, v_inf, dt, n, tau=10.0):
    """Return V at the samples of Euler's method, without a threshold."""
    out = [v]
    for _ in range(n):
        out.append(out[-1] + dt * (v_inf - out[-1]) / tau)
    return np.array(out)


def interval(drive, dt, factor):
    """Return the steps to the threshold when each leaves a factor of the way."""
    v, n = 0.0, 0
    while v < 1:
        v, n = drive + (v - drive) * factor, n + 1
    return n * dt


def float_intervals(t_ref, dt, n):
    fired, last = [], -1e9
    for k in range(n):
        if k * dt - last > t_ref:
            fired.append(k)
            last = k * dt
    return np.diff(fired), fired


def test_effective_time_constant():
    assert says(NAME, f"the one factor is {math.exp(-0.1):.4f}, the other {1 - 0.1:.1f}")
    v = euler(1.0, 0.0, 1.0, 10)[-1]
    assert shows(NAME, f"V after 10 ms: exact {math.exp(-1):.3f} mV, Euler {v:.3f} mV")
    tau = -10 / math.log(v)
    assert says(NAME, f"{tau:.2f} ms.\n") and shows(NAME, f"from Euler's V: {tau:.2f} ms")
    assert says(NAME, r"\tau_E = \frac{-\Delta t}{\ln(1 - \Delta t/\tau)} \approx \tau - \frac{\Delta t}{2}")
    assert tau == pytest.approx(-1 / math.log(1 - 1 / 10)) and tau == pytest.approx(10 - 1 / 2, abs=0.01)


def test_stability():
    assert says(NAME, r"Up to $\Delta t = \tau$ the factor") and says(NAME, r"only for $\Delta t < 2\tau$")
    assert shows(NAME, "first to overshoot 1.1, first that never settles 2.0")
    for ratio, overshoots, settles in (
        (1.0, False, True),
        (1.1, True, True),
        (1.9, True, True),
        (2.0, True, False),
    ):
        v = euler(0.0, 0.5, 10 * ratio, 200)
        assert bool(v.max() > 0.5 + 1e-9) is overshoots
        assert bool(abs(v[-1] - 0.5) < 0.1) is settles


def test_order():
    errors = [euler(1.0, 0.0, dt, round(10 / dt))[-1] - math.exp(-1) for dt in (2, 1, 0.5, 0.25, 0.125)]
    factors = np.round(np.array(errors[:-1]) / errors[1:], 2)
    assert shows(NAME, f"by the factors {factors}") and says(NAME, "By 2, nearly")
    assert says(NAME, r"$\frac{\Delta t}{2\tau}\cdot\frac{t}{\tau}\,e^{-t/\tau}$")
    assert abs(errors[-1]) == pytest.approx(0.125 / 20 * math.exp(-1), rel=0.02)
    assert says(NAME, "right but for rounding at any Δt")
    for dt in (2, 1, 0.5, 0.25, 0.125):
        run = simulate_1d(NEURON, duration=10, dt=dt, v_start=0.99)
        assert run.v[-1] == pytest.approx(0.99 * math.exp(-1), rel=1e-15 * 5)


def test_the_grid_adds_up():
    assert says(NAME, rf"$\tau \ln 2 = {10 * math.log(2):.2f}$ ms")
    assert says(NAME, f"the hundredth spike comes at {1000 * math.log(2):.1f} ms") and says(
        NAME, "At 700 ms."
    )
    run = simulate_1d(NEURON, duration=800, dt=1.0, current=2.0)
    assert run.spikes[99] == 700 == 100 * math.ceil(10 * math.log(2))
    assert shows(NAME, "in the program: 700 ms")
    rested = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=3)
    assert says(NAME, "A refractory period of N steps adds N Δt to both")
    assert np.diff(simulate_1d(rested, duration=50, dt=1.0, current=2.0).spikes)[0] == 7 + 3
    exact = np.diff(simulate_exact(rested, duration=50, dt=1.0, current=2.0).spikes)[0]
    assert exact == pytest.approx(10 * math.log(2) + 3)


def test_never_too_short_and_half_a_step_too_long():
    assert says(NAME, "never too short, and on average over the drives it is half a step too long")
    drives = np.linspace(1.05, 5, 4000)
    late = [interval(i, 1.0, math.exp(-0.1)) - 10 * math.log(i / (i - 1)) for i in drives]
    assert min(late) > -1e-9 and max(late) <= 1 + 1e-9
    narrow = np.linspace(1.5, 1.68, 4000)
    mean = np.mean([interval(i, 1.0, math.exp(-0.1)) - 10 * math.log(i / (i - 1)) for i in narrow])
    assert mean == pytest.approx(0.5, abs=0.02)


def mean_error(drives, dt, factor):
    return np.mean([interval(i, dt, factor) - 10 * math.log(i / (i - 1)) for i in drives])


def test_two_errors_cancel():
    drives = np.linspace(1.5, 1.68, 200)
    exact, eul = (mean_error(drives, 1.0, factor) for factor in (math.exp(-0.1), 0.9))
    assert shows(NAME, f"exact step: {exact:+.2f} ms, Euler: {eul:+.2f} ms")
    assert says(NAME, "Next to nothing.\nThe worse step gives the better interval")
    assert abs(eul) < 0.02 < exact
    assert says(NAME, f"which is RI = {1 / (1 - math.exp(-1)):.2f} θ")
    # one tooth of the sawtooth to either side of a drive, evenly in L
    tau = -1 / math.log(0.9)
    for drive, words in (
        (1.2, "At a drive of 1.2 Euler's interval is 0.41 ms too short"),
        (5, "at 5 it is 0.39 ms too long"),
    ):
        ratios = math.log(drive / (drive - 1)) + np.arange(-0.5, 0.5, 1e-3) / tau
        error = mean_error(1 / (1 - np.exp(-ratios)), 1.0, 0.9)
        assert says(NAME, words) and f"{abs(error):.2f}" in words and ("short" in words) == (error < 0)
        assert error == pytest.approx((1 - math.log(drive / (drive - 1))) / 2, abs=0.02)
    for dt in (0.5, 0.25):  # at every time step
        assert abs(mean_error(drives, dt, 1 - dt / 10)) < 0.02


def test_between_the_samples():
    v_6 = 2 - 2 * math.exp(-0.6)
    assert says(NAME, f"V is {v_6:.3f} mV at 6 ms")
    assert shows(NAME, f"by the formula: {10 * math.log(2):.6f} ms")
    for dt in (1, 5):
        assert shows(NAME, f"dt = {dt} ms: spike 100 at {1000 * math.log(2):.6f} ms")


def test_the_clock():
    steps, fired = float_intervals(1.0, 0.1, 10_000)
    counts = Counter(steps.tolist())
    assert shows(NAME, f"{counts[11]} intervals of 11 steps, {counts[10]} of 10")
    assert says(NAME, f"{counts[11]} are, and {counts[10]} are not") and set(counts) == {10, 11}
    assert says(NAME, "has 53 binary digits") and np.finfo(float).nmant + 1 == 53
    short = [k for k, n in zip(fired, steps, strict=False) if n == 10]
    assert max(short) * 0.1 < 300
    first = short[0] * 0.1, (short[0] + 10) * 0.1
    assert shows(NAME, f"{first[1]!r} - {first[0]!r} = {first[1] - first[0]!r}") and first[1] - first[0] > 1


def test_the_published_bug():
    counts = Counter(float_intervals(1e-3, 1e-4, 10_000)[0].tolist())
    assert says(NAME, f"Its {sum(counts.values())} intervals should all be the same")
    assert says(NAME, f"but {counts[10]} are of 10 steps and {counts[11]} of 11")
    assert says(NAME, f"2.1 / 0.3 is {2.1 / 0.3!r} in Python")
    assert shows(SOLUTIONS, f"Counter({{10: {counts[10]}, 11: {counts[11]}}})")
    assert (
        shows(SOLUTIONS, f"from sample 11 to 21: {21 * 1e-4 - 11 * 1e-4!r} s")
        and 21 * 1e-4 - 11 * 1e-4 > 1e-3
    )
    assert says(SOLUTIONS, "most differences come out a little above 0.001") and counts[10] > counts[11]
    assert says(SOLUTIONS, "to them the 91 were the wrong ones") and counts[11] == 91


def test_things_to_find_can_be_found():
    explorer = explore_time_step()
    assert says(NAME, 'With "too long a step": the shortest Δt')
    for dt, fires in ((12.4, False), (12.5, True)):  # where RI·Δt/τ reaches θ
        explorer.set(current=0.8, dt=dt, scheme="euler", n_ref=0)
        assert ("false" in explorer.sentence) is fires
    assert says(NAME, "at which Δt does the clock in ms make no mistake")
    mistakes = {}
    for dt in (0.1, 0.5):
        for current in (2.0, 4.0, 6.0):
            for n_ref in (10, 20):
                explorer.set(current=current, dt=dt, scheme="exact", n_ref=n_ref, rest="float ms")
                kinds = np.unique(np.rint(np.diff(explorer.run.run.spikes) / dt))
                mistakes[dt] = mistakes.get(dt, 0) + kinds.size - 1
    assert mistakes[0.1] > 0 == mistakes[0.5]


def test_solutions():
    dts = np.array([1, 0.5, 0.25, 0.125])
    errors = [abs(euler(1.0, 0.0, dt, round(10 / dt))[-1] - math.exp(-1)) for dt in dts]
    assert shows(SOLUTIONS, f"order {np.polyfit(np.log(dts), np.log(errors), 1)[0]:.2f}")


def test_the_rate_that_stays_wrong_while_the_step_is_halved():
    steps = (1, 0.5, 0.25, 0.125)
    found = [1000 / isi(simulate_1d(NEURON, duration=50, dt=dt, current=2))[0] for dt in steps]
    assert {f"{f:.2f}" for f in found} == {"142.86"} and f"{theory.rate(NEURON, 2):.2f}" == "144.27"
    assert "at Δt = 1, 0.5, 0.25 and 0.125 ms it fires at 142.86 Hz each time" in INSTRUCTORS
    assert "by the equation it is 144.27 Hz" in INSTRUCTORS
