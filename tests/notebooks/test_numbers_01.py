"""Every number that notebook 01 states in its prose, computed again and looked for in the sentence."""

import math

import numpy as np
import pytest

from lifcore import LIF, simulate_1d
from lifcore.widgets import explore_membrane
from tests.notebooks.pages import INSTRUCTORS, says, shows

NAME = "01_membrane"
LOOP_NAMES = {"v", "v_inf", "v_infs", "decay", "v_out"}
R, C, REST = 10.0, 0.8, -70.0  # MΩ, nF, mV
TAU = R * C  # ms
SECRET = np.random.default_rng(1).uniform(5, 30)  # ms


def v_at(t, *, r=R, c=C, current=1.0):
    """Return V at t ms after a current was switched on at rest."""
    return REST + r * current * (1 - math.exp(-t / (r * c)))


def euler(n, dt):
    """Return V after n steps of Euler's method."""
    v = REST
    for _ in range(n):
        v += (1.0 - (v - REST) / R) / C * dt
    return v


def test_units():
    assert (LIF().r_m, LIF().tau_m) == (R, TAU)
    assert says(NAME, "MΩ times nF is ms") and 1e6 * 1e-9 == pytest.approx(1e-3)
    assert says(NAME, "nA divided by nF is mV per ms") and 1e-9 / 1e-9 == 1e-3 / 1e-3


def test_final_voltage():
    assert says(NAME, "at rest, at −70 mV") and LIF().v_rest == REST
    assert says(NAME, f"here −{-(REST + R * 1.0):.0f} mV")
    assert shows(NAME, f"V after 60 ms: {euler(600, 0.1):.2f} mV")
    assert euler(600, 0.1) == pytest.approx(-60, abs=0.01)


def test_euler_runs_ahead():
    assert says(NAME, "coarse steps of 4 ms, half of τ") and TAU / 2 == 4
    assert shows(NAME, f"Euler {euler(2, 4.0):.2f} mV, exact {v_at(8):.2f} mV")
    assert euler(2, 4.0) > v_at(8)
    assert says(
        NAME, "After 8 ms its factor leaves $(1 - 1/2)^2$ = 25 % of the way, and the curve leaves 37 %"
    )
    assert ((1 - 4 / TAU) ** 2, round(100 * math.exp(-8 / TAU))) == (0.25, 37)
    fine, exact = 100 * (1 - 0.1 / TAU) ** 80, 100 * math.exp(-1)
    assert says(NAME, f"at 0.1 ms it is {fine:.1f} % against {exact:.1f} %")


def test_reading_tau():
    assert says(NAME, f"shrinks to $1/e$ = {100 / math.e:.0f} %, so V has gone {100 - 100 / math.e:.0f} %")
    way = 8 * (1 - 1 / math.e)
    assert says(
        NAME, f"63.2 % of 8 mV are {way:.2f} mV, so τ is the time at which V passes −{70 - way:.2f} mV"
    )
    passed = 0.1 * math.ceil(SECRET / 0.1)
    assert shows(NAME, f"V passes {way - 70:.2f} mV at {passed:.1f} ms, τ is {SECRET:.2f} ms")
    assert says(NAME, f"After three τ it has really gone {100 - 100 * math.exp(-3):.0f} % of its way")


def test_half_of_c_and_half_of_r():
    assert says(NAME, "both have a τ of 4 ms") and R * C / 2 == 4
    assert shows(NAME, "with half of C: -60 mV, with half of R: -65 mV")
    for r, c, end in ((R, C / 2, -60), (R / 2, C, -65)):
        run = simulate_1d(LIF(r_m=r, tau_m=r * c), duration=50, current=1.0)
        assert round(run.v[-1]) == end and not run.spikes.size
        # The old curve at double speed, of its full height or half of it.
        share = (end - REST) / 10
        old = [REST + share * (v_at(2 * t) - REST) for t in run.t]
        np.testing.assert_allclose(run.v, old, rtol=0, atol=1e-9)
    assert says(NAME, "V ends at −60 mV as before and gets there in half the time")
    assert says(NAME, "that end is −65 mV, half as far from rest")
    assert says(NAME, f"slope I/C, {1 / C} mV per ms, whatever R is")
    for r in (R, R / 2):
        run = simulate_1d(LIF(r_m=r, tau_m=r * C), duration=0.001, dt=0.001, current=1.0)
        assert np.diff(run.v)[0] / 0.001 == pytest.approx(1 / C, rel=1e-3)


def test_what_turns_the_phase_line():
    def slope(v, r, c):
        return (1.0 - (v - REST) / r) / c

    assert says(NAME, "Half of C turns it around that point, half of R around the point at −70 mV")
    assert slope(-60, R, C) == slope(-60, R, C / 2) == 0
    assert slope(-70, R, C) == slope(-70, R / 2, C) == 1 / C
    assert slope(-61, R, C) - slope(-62, R, C) == pytest.approx(-1 / TAU)


def amplitude_and_phase(f, *, n=20_000):
    """Return mV and degrees of V's swing at f Hz and 1 nA, from the equation stepped by midpoints."""
    period = 1000 / f
    dt = period / n
    t = dt * np.arange(n)
    v, out = 0.0, []
    for _ in range(2 + math.ceil(80 / period)):
        out = []
        for now in t:
            out.append(v)
            half = v + dt / 2 * (math.sin(2 * math.pi * now / period) - v / R) / C
            v += dt * (math.sin(2 * math.pi * (now + dt / 2) / period) - half / R) / C
    z = 2j * np.mean(np.array(out) * np.exp(-2j * math.pi * t / period))
    return abs(z), math.degrees(np.angle(z))


@pytest.mark.parametrize("f", [5.0, 1000 / (2 * math.pi * TAU), 200.0])
def test_impedance_and_phase_follow_from_the_equation(f):
    x = 2 * math.pi * f * TAU / 1000
    amplitude, phase = amplitude_and_phase(f, n=1000)
    assert amplitude == pytest.approx(R / math.sqrt(1 + x**2), rel=1e-3)
    assert phase == pytest.approx(-math.degrees(math.atan(x)), abs=0.05)


def test_swing():
    assert says(NAME, f"A steady current of 1 nA moves V by {R:.0f} mV")
    assert says(NAME, "At 20 Hz a period takes 50 ms, six times as long as τ") and 1000 / 20 // TAU == 6
    at_20, at_200 = (R / math.hypot(1, 2 * math.pi * f * TAU / 1000) for f in (20, 200))
    assert shows(NAME, f"V swings by {at_20:.2f} mV")
    assert says(NAME, "Seven out of ten") and round(at_20) == 7
    assert says(NAME, f"at 200 Hz hardly at all, by {at_200:.2f} mV")


def test_cut_off():
    f = 1000 / (2 * math.pi * TAU)
    assert says(NAME, f"where $2\\pi f\\tau = 1$, here at {f:.1f} Hz")
    assert says(
        NAME, f"$R/\\sqrt{{2}}$, {100 / math.sqrt(2):.0f} % of R, and V lags by 45°, an eighth of a period"
    )
    assert math.degrees(math.atan(1)) == pytest.approx(360 / 8)
    assert says(NAME, "Far above it V lags by a quarter of a period, and each doubling of f halves the swing")
    ratio = math.hypot(1, 100) / math.hypot(1, 200)
    assert ratio == pytest.approx(1 / 2, abs=1e-4) and math.degrees(math.atan(200)) == pytest.approx(
        90, abs=0.3
    )


def test_solutions():
    tau, steady = 8 / math.log(8 / 3.5), 40 * 0.25
    assert shows(f"solutions/{NAME}", f"{tau:.3f} ms")
    assert shows(f"solutions/{NAME}", f"{steady / math.sqrt(2):.3f} mV")
    assert says(f"solutions/{NAME}", "τ = 40 MΩ · 0.5 nF = 20 ms") and 40 * 0.5 == 20
    assert says(f"solutions/{NAME}", f"the cut-off lies at {1000 / (2 * math.pi * 20):.2f} Hz")


def test_half_way_and_a_slow_membrane():
    assert says(NAME, "The moment at which as much current leaks as charges the membrane")
    explorer = explore_membrane()
    explorer.set(t=15.5)  # 10 ms and τ ln 2
    assert 8 * math.log(2) == pytest.approx(5.5, abs=0.05)
    assert "0.50 nA charge the membrane, 0.50 nA leak" in explorer.sentence
    assert says(NAME, "R and C with which 1 nA drives V toward −55 mV with a τ of 30 ms")
    explorer.set(r_m=15.0, c_m=2.0)
    assert "τ = 30 ms, V∞ = -55 mV" in explorer.sentence


def test_the_capacitance_decides_the_height_of_a_short_pulse():
    assert says(NAME, "which of R and C decides how high V gets, and which hardly matters")
    short = dict(explore_membrane().presets["step"]) | explore_membrane().presets["short pulse"]
    heights = {}
    for name, r_m, c_m in (("as it is", 10.0, 0.8), ("double R", 20.0, 0.8), ("double C", 10.0, 1.6)):
        tau = r_m * c_m
        heights[name] = r_m * short["current"] * (1 - math.exp(-short["width"] / tau))
    assert heights["double R"] == pytest.approx(heights["as it is"], rel=0.1)
    assert heights["double C"] == pytest.approx(heights["as it is"] / 2, rel=0.1)


def test_two_membranes_side_by_side():
    one, two = LIF(r_m=10, tau_m=10 * 0.8), LIF(r_m=10 / 2, tau_m=(10 / 2) * (0.8 * 2))
    ends = [simulate_1d(each, duration=200, current=1).v[-1] - each.v_rest for each in (one, two)]
    assert two.tau_m == one.tau_m
    assert np.allclose(ends, [10, 5])
    assert "here from 10 mV to 5 mV, as slowly as before" in INSTRUCTORS
