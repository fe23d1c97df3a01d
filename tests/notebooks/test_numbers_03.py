"""Every number in the prose of notebook 03 is computed anew here and looked for in the sentence."""

import math

import numpy as np
import pytest

from lifcore import LIF, isi, rate, rheobase, simulate_1d, simulate_exact, theory
from tests.notebooks.pages import INSTRUCTORS, says, shows

NAME = "03_rate"
LOOP_NAMES = {"v", "th", "v_inf", "v_infs", "decay", "v_reset", "n_ref", "hold", "spikes", "k", "v_out"}
PLAIN = {"f_3", "f_6", "f_9"}  # the guesses of its explorer
NEURON = LIF()
TAU, T_REF = 8.0, 2.0
THETA, CLIMB = -50.0 + 70.0, -50.0 + 65.0


def period(current):
    """Return the interval by the formula as it stands in the notebook, ms."""
    x = 10.0 * current
    return T_REF + TAU * math.log((x - 70 + 65) / (x - 70 + 50))


def exact_rate(current, **changes):
    neuron = LIF(**changes)
    return 1000 / isi(simulate_exact(neuron, duration=400, current=current))[0]


def test_two_climbs():
    assert says(NAME, rf"$\theta = V_\mathrm{{th}} - V_\mathrm{{rest}} = {THETA:.0f}$ mV")
    assert says(NAME, f"All later ones climb from the reset, {CLIMB:.0f} mV")


def test_too_weak():
    assert says(NAME, f"A current of 1 nA shifts V by {NEURON.r_m:.0f} mV in the end")
    for current in (1.9, 2.0, 2.1):
        fired = simulate_1d(NEURON, duration=100, current=current).spikes.size
        assert shows(NAME, f"{current} nA: {fired} spikes in 100 ms")
    assert says(NAME, f"At 1.9 nA V settles {-50 - (-70 + 19):.0f} mV below the threshold")
    assert rheobase(NEURON) == THETA / 10 == 2.0 and theory.rate(NEURON, 2.0) == 0
    for simulate in (simulate_1d, simulate_exact):  # at the rheobase never, however long one waits
        assert simulate(NEURON, duration=5000, current=2.0).spikes.size == 0
        assert simulate(NEURON, duration=5000, current=2.0001).spikes.size > 0


def test_latency():
    t = TAU * math.log(40 / (40 - THETA))
    assert t == pytest.approx(TAU * math.log(2))
    assert says(NAME, rf"$\tau\ln 2 = {t:.3f}$ ms at twice the rheobase")
    assert shows(NAME, f"first spike at {t:.3f} ms")
    for r_m, v_th in ((3.0, -55.0), (25.0, -40.0)):  # whatever R and θ are
        other = LIF(r_m=r_m, v_th=v_th)
        twice = simulate_exact(other, duration=20, current=2 * rheobase(other))
        assert twice.spikes[0] == pytest.approx(t)


def test_counting():
    for duration, count, f in ((100, 7, "70.0"), (1000, 76, "76.0"), (10_000, 763, "76.3")):
        run = simulate_exact(NEURON, duration=duration, dt=1, current=2.5)
        assert run.spikes.size == count and f"{rate(run):.1f}" == f
        assert shows(NAME, f"{duration / 1000:4} s: {count:3} spikes, {f} Hz")
        assert abs(rate(run) - 1000 / period(2.5)) < 1000 / duration  # less than one spike
    assert says(NAME, "so after 10 s the rate is known to 0.1 Hz, and after 100 ms only to 10")


@pytest.mark.parametrize(
    "current, exact, grid", [(2.5, 76.39, 76.34), (4.0, 154.39, 153.85), (10.0, 296.31, 294.12)]
)
def test_rates(current, exact, grid):
    assert 1000 / period(current) == pytest.approx(exact, abs=0.005)
    assert exact_rate(current) == pytest.approx(1000 / period(current))
    steps = T_REF + 0.1 * math.ceil((period(current) - T_REF) / 0.1)
    assert 1000 / steps == pytest.approx(grid, abs=0.005)
    assert shows(NAME, f"{current:4} nA: {exact:.2f} Hz, formula {exact:.2f}, on the grid {grid:.2f}")


def test_rounding_up():
    on_grid = isi(simulate_1d(NEURON, duration=100, current=2.5))[0]
    assert says(NAME, f"at 2.5 nA an interval of {period(2.5):.4f} ms becomes one of {on_grid:.1f}")


def test_leap():
    assert says(NAME, f"0 Hz at 2 nA, {1000 / period(2.5):.0f} Hz at 2.5 nA, {1000 / period(4):.0f} Hz at 4")
    assert says(NAME, f"A straight line from 2 to 2.5 nA would give {1000 / period(2.5) * 0.01 / 0.5:.1f} Hz")
    assert exact_rate(2.01) == pytest.approx(1000 / period(2.01))
    assert says(NAME, f"The neuron fires at {1000 / period(2.01):.1f} Hz")
    assert shows(NAME, f"the neuron: {exact_rate(2.01):.1f} Hz")
    assert 100 * (2.01 / 2 - 1) == pytest.approx(0.5) and says(NAME, "2.01 nA, half a percent above")


def test_infinite_slope():
    over = np.array([1e-2, 1e-4, 1e-6, 1e-8, 1e-10])
    slopes = theory.rate(NEURON, 2 + over) / over
    assert (np.diff(slopes) > 0).all() and slopes[-1] > 1e10


def test_closer():
    assert says(NAME, rf"$\tau\ln 100 = {TAU * math.log(100):.1f}$ ms")
    for excess in (1e-2, 1e-4, 1e-6, 1e-8):
        t = T_REF + TAU * math.log1p(CLIMB / (THETA * excess))
        line = f"{excess:.0e} above the rheobase: one spike every {t:5.1f} ms, {1000 / t:4.1f} Hz"
        assert shows(NAME, line)
        assert exact_rate(2 * (1 + excess)) == pytest.approx(1000 / t, rel=1e-6)
    assert says(NAME, f"One part in a hundred million above the rheobase it still fires at {1000 / t:.1f} Hz")
    assert says(NAME, "Come a hundred times closer to the rheobase, and the interval grows by no more than")
    needed = CLIMB / math.expm1((1000 - T_REF) / TAU) / THETA
    assert math.floor(-math.log10(needed)) == 54 and says(NAME, "to 1 part in $10^{54}$")


def test_ceiling():
    rates = [exact_rate(current) for current in (10.0, 100.0, 1000.0)]
    assert shows(NAME, f"the neuron: {', '.join(f'{f:.1f}' for f in rates)} Hz")
    assert says(NAME, f"$1/t_\\mathrm{{ref}}$, here {1000 / T_REF:.0f} Hz")
    assert says(NAME, f"At 1000 nA, where no cell would live, it is at {rates[-1]:.0f} Hz")
    assert theory.rate(NEURON, 1e9) < 1000 / T_REF


def test_short_pulses():
    weakest = rheobase(NEURON) / (1 - math.exp(-1 / TAU))
    assert shows(NAME, f"a pulse of 1 ms needs {weakest:.2f} nA")
    assert says(NAME, f"{weakest:.2f} nA for 1 ms carry {weakest:.1f} pC")
    for current, fires in ((0.999 * weakest, False), (1.001 * weakest, True)):
        run = simulate_exact(NEURON, duration=50, current=np.repeat([current, 0.0], [10, 490]))
        assert bool(run.spikes.size) is fires
    shortest = THETA * TAU / 10
    assert says(NAME, rf"the shortest pulses $\theta\tau/R = {shortest:.0f}$ pC")
    assert theory.strength_duration(NEURON, 1e-6) * 1e-6 == pytest.approx(shortest, rel=1e-6)


def test_chronaxie_is_the_latency_at_twice_the_rheobase():
    chronaxie = TAU * math.log(2)
    assert says(NAME, rf"It is $\tau\ln 2 = {chronaxie:.3f}$ ms")
    assert theory.strength_duration(NEURON, chronaxie) == pytest.approx(4.0)
    for current in (2.1, 4.0, 9.0):  # the curve of the latencies, turned on its side
        width = theory.latency(NEURON, current)
        assert theory.strength_duration(NEURON, width) == pytest.approx(current)


def test_things_to_find():
    slowest = (1000 / 400 - T_REF) / math.log(95 / 80)
    assert exact_rate(10, tau_m=slowest - 0.01) > 400 > exact_rate(10, tau_m=slowest + 0.01)
    assert 2.0 < slowest < 40.0  # on the slider


def test_exercises():
    solved = f"solutions/{NAME}"
    current = (20 * math.e - 5) / (math.e - 1) / 10
    assert current == pytest.approx(2.872965, abs=5e-7) and shows(solved, f"{current:.6f} nA")
    assert period(current) == pytest.approx(10.0)
    widths = np.array([2.0, 8.0, 20.0])
    currents = 1.5 / (1 - np.exp(-widths / TAU))
    assert shows(solved, f"{np.round(currents, 3)} nA")
    for width, current in zip(widths, currents, strict=True):
        peak = simulate_exact(NEURON, duration=40, current=pulse(current, width)).v.max()
        assert peak == pytest.approx(-55.0)
        assert shows(solved, f"{width:2.0f} ms: peak -55.00 mV, charge {current * width:.1f} pC")
        equal = simulate_exact(NEURON, duration=40, current=pulse(2 * currents[0] / width, width)).v.max()
        assert shows(solved, f"{width:2.0f} ms: peak {equal:.2f} mV, charge {2 * currents[0]:.1f} pC")


def pulse(current, width):
    return np.where(np.arange(400) < round(width / 0.1), current, 0.0)


def test_two_nerves_of_one_rheobase():
    nerves = [LIF(tau_m=tau) for tau in (4, 8)]
    short, long = ([theory.strength_duration(n, d) / theory.rheobase(n) for n in nerves] for d in (1, 20))
    assert [f"{x:.1f}" for x in short] == ["4.5", "8.5"] and [f"{x:.2f}" for x in long] == ["1.01", "1.09"]
    pulse = [simulate_exact(n, duration=1, dt=1, current=6 * theory.rheobase(n)).spikes.size for n in nerves]
    assert pulse == [1, 0]
    assert (
        "must be 4.5 and 8.5 times the rheobase" in INSTRUCTORS and "need 1.01 and 1.09 times" in INSTRUCTORS
    )
