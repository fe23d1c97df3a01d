"""The two models behind the picture at the end of notebook 08: against closed forms and another method."""

import math

import numpy as np
import pytest

from images.beyond import AdEx, adex, impedance, squid
from lifcore import LIF, simulate_1d

SAGGING = AdEx(a=0.06, b=0.0, tau_w=100.0)
BURSTING = AdEx(v_reset=-47.4)


def slopes(state, i):
    """Return the time derivatives of Hodgkin and Huxley's V, m, h, n as their paper gives them."""
    v, m, h, n = state
    u = -65.0 - v  # their V: from rest, upside down
    rates = (
        0.1 * (u + 25) / (math.exp((u + 25) / 10) - 1),
        4 * math.exp(u / 18),
        0.07 * math.exp(u / 20),
        1 / (math.exp((u + 30) / 10) + 1),
        0.01 * (u + 10) / (math.exp((u + 10) / 10) - 1),
        0.125 * math.exp(u / 80),
    )
    ionic = 120 * m**3 * h * (v - 50) + 36 * n**4 * (v + 77) + 0.3 * (v + 54.387)
    gates = [a * (1 - x) - b * x for x, a, b in zip((m, h, n), rates[::2], rates[1::2], strict=True)]
    return np.array([i - ionic, *gates])


def runge_kutta(current, duration, dt):
    """Return V of the same membrane by the classical method of fourth order."""
    state = np.array([-65.0, 0.0529325, 0.5961208, 0.3176769])
    v = [state[0]]
    for _ in range(round(duration / dt)):
        a = slopes(state, current)
        b = slopes(state + dt / 2 * a, current)
        c = slopes(state + dt / 2 * b, current)
        d = slopes(state + dt * c, current)
        state = state + dt / 6 * (a + 2 * b + 2 * c + d)
        v.append(state[0])
    return np.array(v)


def upstrokes(v, dt):
    """Return the times at which V passes 0 mV upward, ms."""
    return dt * (np.flatnonzero((v[1:] >= 0) & (v[:-1] < 0)) + 1)


def test_hodgkin_and_huxley_against_another_method():
    ours, other = squid(np.full(4000, 10.0), 0.01), runge_kutta(10.0, 40.0, 0.02)
    assert upstrokes(ours, 0.01) == pytest.approx(upstrokes(other, 0.02), abs=0.1)
    assert ours.max() == pytest.approx(other.max(), abs=0.5)
    assert ours.min() == pytest.approx(other.min(), abs=0.2)


def test_what_is_known_of_the_squid_axon():
    assert squid(np.zeros(3000), 0.01) == pytest.approx(-65.0, abs=0.01)
    intervals = np.diff(upstrokes(squid(np.full(10_000, 10.0), 0.01), 0.01))
    assert intervals[-1] == pytest.approx(14.6, abs=0.1)  # 68 spikes per second
    below, above = (upstrokes(squid(np.full(20_000, i), 0.01), 0.01).size for i in (6.0, 6.4))
    assert below < 5 < 10 < above  # it goes on firing from about 6.3 µA/cm² on


def test_adex_without_its_second_variable_is_the_leaky_membrane():
    current = np.where(np.arange(5000) < 2500, -0.2, 0.1)
    v, spikes = adex(AdEx(a=0.0, b=0.0), current, 0.02)
    lif = LIF(v_rest=-70.6, v_reset=-70.6, v_th=-50.4, r_m=1000 / 30, tau_m=281 / 30)
    assert v == pytest.approx(simulate_1d(lif, duration=100, dt=0.02, current=current).v, abs=5e-3)
    assert spikes.size == 0


def test_impedance_of_the_leaky_membrane_and_of_a_resonator():
    hertz = np.array([0.0, 1.0, 17.0, 200.0])
    plain = 1000 / 30 / np.hypot(1, 2 * np.pi * hertz * 1e-3 * 281 / 30)
    assert impedance(AdEx(a=0.0), hertz) == pytest.approx(plain, rel=1e-12)
    for f in (1.0, 8.7, 30.0):
        t = np.arange(40_000) * 0.05
        v, _ = adex(SAGGING, 0.05 * np.sin(2 * np.pi * f * 1e-3 * t), 0.05)
        assert np.ptp(v[20_000:]) / 2 / 0.05 == pytest.approx(impedance(SAGGING, f), rel=0.01)


def test_sag_settles_where_the_formula_says():
    v, _ = adex(SAGGING, np.full(40_000, -0.3), 0.05)
    assert v[-1] == pytest.approx(-70.6 - 0.3 * impedance(SAGGING, 0.0), abs=0.01)
    assert v.min() < v[-1] - 3


@pytest.mark.parametrize("neuron", [AdEx(), BURSTING])
def test_adex_spikes_do_not_hang_on_the_step(neuron):
    coarse, fine = (adex(neuron, np.full(round(250 / dt), 0.8), dt)[1] for dt in (0.02, 0.002))
    assert coarse == pytest.approx(fine, rel=0.02)


def test_adex_tires_and_bursts():
    _, tired = adex(AdEx(), np.full(20_000, 0.8), 0.02)
    assert (np.diff(tired, 2) > 0).all()
    gaps = np.diff(adex(BURSTING, np.full(20_000, 0.8), 0.02)[1])
    assert gaps[:4].max() < 6 and gaps[4] > 100
