"""Every number that notebook 08 states in its prose, computed again and looked for in the sentence."""

import math

import numpy as np
import pytest

from images.beyond import AdEx, adex, impedance
from lifcore import LIF, adaptive_period, simulate_exact, theory
from lifcore.widgets.scenes.adaptive import T_REF, AdaptiveScene
from tests.notebooks.pages import INSTRUCTORS, WORDS, says, shows
from tests.physics.test_beyond import BURSTING, SAGGING, runge_kutta

NAME = "08_adaptive_threshold"
LOOP_NAMES = {"v", "th", "v_th", "decay_th", "th_jump", "hold", "spikes", "th_out"}
SOLUTION = f"solutions/{NAME}"
TAU, REST = 10.0, 2.0  # ms; θ is 1 mV, V rests at 0 and is reset to 0


def root(f, low, high):
    """Return where a function that is negative at low and positive at high changes its sign."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return low


def intervals(drive, jump, tau_th, count):
    """Return the intervals between spikes, from one to the next, each by its own equation."""
    above, found = jump, []  # mV, the threshold above θ just after the first spike
    for _ in range(count):
        gap = root(
            lambda t, above=above: drive * -math.expm1(-(t - REST) / TAU) - 1 - above * math.exp(-t / tau_th),
            REST,
            1e5,
        )
        above = above * math.exp(-gap / tau_th) + jump
        found.append(gap)
    return found


def sampled(drive, jump, tau_th, dt, count):
    """Return the first intervals on a grid of dt, with V and threshold by formula at each sample."""
    first = math.ceil(TAU * math.log(drive / (drive - 1)) / dt)
    above, found, held = jump, [], round(REST / dt)
    for _ in range(count):
        k = next(
            k
            for k in range(held + 1, 10**6)
            if drive * -math.expm1(-(k - held) * dt / TAU) >= 1 + above * math.exp(-k * dt / tau_th)
        )
        above = above * math.exp(-k * dt / tau_th) + jump
        found.append(k * dt)
    return first * dt, found


def steady(drive, jump, tau_th):
    """Return the interval of a tired neuron by the equation of the notebook."""

    def over(t):
        left = math.exp(-t / tau_th)
        return drive * -math.expm1(-(t - REST) / TAU) - 1 - jump * left / (1 - left)

    return root(over, REST, 1e5)


def unadapted(drive):
    """Return the interval with a fixed threshold."""
    return REST + TAU * math.log(drive / (drive - 1))


def rates(drives, jump, tau_th):
    """Return the steady rates in Hz; a drive of θ or less never fires."""
    return np.array([1000 / steady(i, jump, tau_th) if i > 1 else 0.0 for i in drives])


def test_a_fixed_threshold_never_tires():
    on_grid = REST + 0.1 * math.ceil((unadapted(1.5) - REST) / 0.1)
    assert says(NAME, f"The first interval between two spikes is {on_grid:.1f} ms")
    assert shows(NAME, f"first interval: {on_grid:.1f} ms, tenth: {on_grid:.1f} ms")


def test_the_first_intervals_and_where_they_settle():
    _, found = sampled(1.5, 0.4, 100.0, 0.1, 9)
    assert shows(NAME, "the first five intervals: " + " ".join(f"{gap:.1f}" for gap in found[:5]))
    start, found = sampled(1.5, 0.4, 100.0, 0.1, 60)
    assert start + sum(found[:10]) < 600 and shows(NAME, f"the tenth: {found[9]:.1f} ms")
    within = {f"{gap:.1f}" for gap in found[4:]}
    assert within == {"59.2", "59.3"} and f"{found[3]:.1f}" not in within
    assert says(NAME, f"After {WORDS[4]} intervals it is over: all later ones last 59.2 or 59.3 ms")
    assert says(NAME, "more than four times as long") and 4 < 59.2 / 13.0 < 5


@pytest.mark.parametrize(("jump", "ms", "hz"), [(0.4, "59.219", "16.887"), (0.8, "95.567", "10.464")])
def test_the_steady_interval(jump, ms, hz):
    period = steady(1.5, jump, 100.0)
    assert intervals(1.5, jump, 100.0, 60)[-1] == pytest.approx(period, abs=1e-9)
    assert (f"{period:.3f}", f"{1000 / period:.3f}") == (ms, hz)
    assert shows(NAME, f"δ = {jump} mV: {ms} ms, {hz} Hz")
    assert shows(NAME, "that an interval of T leaves, at 59 or 96 ms")


def test_the_steady_interval_in_prose():
    assert says(NAME, f"the steady interval is {steady(1.5, 0.4, 100.0):.1f} ms. What does it become?")
    assert says(NAME, f"It doesn't double: {steady(1.5, 0.8, 100.0):.1f} ms")
    assert says(NAME, f"The tired neuron fires at {1000 / steady(1.5, 0.4, 100.0):.3f} Hz")
    assert says(NAME, f"the fixed threshold made it {1000 / unadapted(1.5):.1f} Hz")


def test_deaf():
    gap = 100 * math.log(0.4 / (1.1 - 1))
    assert 1 + 0.4 * math.exp(-gap / 100) == pytest.approx(1.1)
    assert says(
        NAME, f"The neuron is deaf for {gap:.1f} ms, {gap / REST:.0f} times as long as its refractory"
    )
    assert shows(NAME, f"two spikes from Δ = {5 * math.ceil(gap / 5)} ms on")
    assert shows(
        NAME, f"up to a gap of {5 * math.floor(gap / 5)} ms, two from {5 * math.ceil(gap / 5)} ms on"
    )


def best_possible(drives, f):
    """Return the largest miss of the line that keeps it smallest, as a part of the range of f."""
    low, high = 0.0, 1000.0

    def miss(slope):  # convex
        return np.ptp(f - slope * drives) / 2

    for _ in range(200):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if miss(a) < miss(b) else (a, high)
    return miss(low) / np.ptp(f)


def test_a_straight_line():
    nine, fine = np.linspace(1, 3, 9), np.linspace(1, 3, 2001)
    for jump, tau_th, least, best in ((0.0, 1.0, 17, 11), (0.2, 500.0, 3, 2)):
        f = rates(nine, jump, tau_th)
        (slope, offset), *_ = np.linalg.lstsq(np.column_stack((nine, np.ones(9))), f)
        miss = abs(f - slope * nine - offset).max() / np.ptp(f)
        assert shows(NAME, f"the line misses by {100 * miss:.1f} % of the range")
        assert round(100 * miss) == least
        assert round(100 * best_possible(fine, rates(fine, jump, tau_th))) == best
    assert says(NAME, "it misses one of them by 17 % of the range") and says(NAME, "By 3 %: tiredness has")
    assert says(NAME, "misses by 2 % and, with a fixed threshold, by 11 %")
    assert says(NAME, f"That is a straight line, {1000 / (0.2 * 500):.0f} Hz for each mV")
    assert rates([3.0], 0.2, 500.0)[0] / 2 == pytest.approx(10, rel=0.05)


def test_the_twin():
    start, tired = sampled(1.5, 0.4, 100.0, 0.1, 40)
    _, quick = sampled(1.5, 0.4, TAU, 0.1, 40)
    six, nineteen = ((start + np.cumsum([0.0, *gaps]) <= 300).sum() for gaps in (tired, quick))
    assert shows(NAME, f"{six} spikes, ever further apart; {nineteen} evenly")
    assert says(NAME, f"R is 1 MΩ and the refractory period {T_REF:.0f} ms") and T_REF == REST
    assert AdaptiveScene.presets["one τ for both"]["tau_th"] == TAU


def test_the_spike_of_the_squid():
    v = runge_kutta(10.0, 10.0, 0.01)
    assert v.max() == pytest.approx(40, abs=1) and v.min() == pytest.approx(-65 - 10, abs=0.2)
    assert says(NAME, "rises to 40 mV and falls 10 mV below rest, all within 5 ms")
    assert v.argmin() * 0.01 < 5.0


def test_bursts():
    for dt in (0.02, 0.005):  # the picture's step, and a finer one
        spikes = adex(BURSTING, np.full(round(200 / dt), 0.8), dt)[1]
        gaps = np.diff(spikes)
        size = 1 + int((gaps > 50).argmax())
        burst, pause = spikes[size - 1] - spikes[0], gaps[size - 1]
        assert says(NAME, f"fires {size} spikes in {burst:.0f} ms and then none for {pause:.0f} ms")
    assert BURSTING.v_reset > BURSTING.v_th


def test_sag_and_rebound():
    # Far below v_th the model is linear: V and w from the eigenvectors of its matrix.
    r, tau, a, tau_w = SAGGING.r_m, SAGGING.tau_m, SAGGING.a, SAGGING.tau_w
    powers, ways = np.linalg.eig(np.array([[-1 / tau, -r / tau], [a / tau_w, -1 / tau_w]]))
    settled = -0.3 * r / (1 + a * r) * np.array([1, a])
    t = np.arange(0, 200, 0.01)
    parts = np.linalg.solve(ways, -settled)
    pulled = SAGGING.v_rest + (settled[0] + (ways[0] * parts) @ np.exp(np.outer(powers, t))).real
    rest, lowest, last = -pulled[0], -pulled.min(), -pulled[-1]
    assert says(NAME, f"pulls V from rest at −{rest:.1f} to −{lowest:.1f} mV, and while it still")
    assert says(NAME, f"flows V comes back to −{last:.1f} mV")
    after = SAGGING.v_rest - ((ways[0] * parts) @ np.exp(np.outer(powers, t))).real
    assert says(NAME, f"V rises above rest, to −{-after.max():.1f} mV")


def test_resonance():
    hertz = np.linspace(0.01, 60, 6000)
    z = impedance(SAGGING, hertz)
    assert says(NAME, f"at {hertz[z.argmax()]:.0f} Hz nearly three times as far")
    assert 2.7 < z.max() / z[0] < 3
    assert says(NAME, f"at {hertz[z.argmax()]:.0f} Hz w comes too late")
    assert (np.diff(impedance(AdEx(a=0.0), hertz)) < 0).all()


def test_exercises():
    rate = 1000 / intervals(3.0, 0.4, 100.0, 100)[-1]
    assert f"{rate:.3f}" == "44.925" and shows(SOLUTION, f"{rate:.3f} Hz")
    assert shows(SOLUTION, f"{1000 / intervals(1.5, 0.4, 100.0, 60)[-1]:.3f} Hz")
    jumps = [root(lambda d, i=i: steady(i, d, 100.0) - 3 * unadapted(i), 1e-3, 5.0) for i in (1.5, 3.0)]
    assert [f"{jump:.4f}" for jump in jumps] == ["0.2204", "0.2797"]
    assert shows(SOLUTION, f"{jumps[0]:.4f} mV, and for a drive of 3 mV {jumps[1]:.4f} mV")
    gap = 100 * math.log(0.5 / 0.2)
    assert f"{gap:.1f}" == "91.6" and shows(SOLUTION, f"{gap:.1f} ms")
    assert says(SOLUTION, f"The first spike raises the threshold to {1 + 0.5} mV")


def test_news_costs_a_tired_neuron_more_spikes():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2, th_jump=0.4, tau_th=100)
    spike = simulate_exact(neuron, duration=2000, current=1.5).spikes[-1]
    raised = simulate_exact(neuron, duration=2100, current=lambda t: np.where(t < math.ceil(spike), 1.5, 2))
    gap = float(np.diff(raised.spikes[raised.spikes > spike - 1])[0])
    assert (f"{gap:.1f}", f"{1000 / gap:.1f}") == ("21.7", "46.1")
    assert f"{1000 / adaptive_period(neuron, 2):.1f}" == "28.0"
    assert "is 21.7 ms, a rate of 46.1 Hz, before it settles at 28.0 Hz" in INSTRUCTORS
    fixed = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2)
    rates = 1000 / adaptive_period(neuron, 1.5), theory.rate(fixed, 1.5)
    assert [f"{f:.1f}" for f in rates] == ["16.9", "77.0"]
    assert "16.9 spikes a second in place of 77.0" in INSTRUCTORS
    assert f"{100 * math.log(0.4 / 0.1):.1f}" == "138.6" and "1.1 mV for 138.6 ms" in INSTRUCTORS
