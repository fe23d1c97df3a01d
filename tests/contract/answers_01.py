"""Answers that students give to the exercises of notebook 01."""

import math

import numpy as np

from lifcore import LIF, simulate_1d

TAU = 8 / math.log(8 / 3.5)


def rise(change=lambda t, tau: math.exp(-t / tau), tau=lambda r_m, c_m: r_m * c_m):
    """Return a step response, right unless a part is replaced."""

    def my_step(t, current, r_m, c_m, v_rest):
        v_inf = v_rest + r_m * current
        return v_inf + (v_rest - v_inf) * change(t, tau(r_m, c_m))

    return my_step


def simulated(t, current, r_m, c_m, v_rest):
    neuron = LIF(v_rest=v_rest, v_th=1e6, r_m=r_m, tau_m=r_m * c_m)
    return simulate_1d(neuron, duration=t, current=current).v[-1]


def by_euler(t, current, r_m, c_m, v_rest):
    v, n = v_rest, 1000
    for _ in range(n):
        v += (current - (v - v_rest) / r_m) / c_m * t / n
    return v


def vectorized(t, current, r_m, c_m, v_rest):
    t = np.atleast_1d(t)
    return v_rest + r_m * current * (1 - np.exp(-t / (r_m * c_m)))


def only_from_minus_70(t, current, r_m, c_m, v_rest):
    return -70 + r_m * current * (1 - math.exp(-t / (r_m * c_m)))


RIGHT = {
    "01.tau": [TAU, 9.68, np.float32(9.7), [TAU], np.array([[9.6]])],
    "01.step": [
        rise(),
        vectorized,
        simulated,
        lambda *setting: [rise()(*setting)],
        lambda *setting: np.float32(rise()(*setting)),
    ],
    "01.cutoff": [10 / math.sqrt(2), 7.07, np.float32(7.1), [7.071], np.array(7.05)],
}


def formula(f):
    def my_step(t, current, r_m, c_m, v_rest):
        return f(t, current, r_m, c_m, v_rest)

    return my_step


def e(x):
    return 1 - math.exp(-x)


# Exercise -> (wrong answer, a word of the hint that it must get, which no other answer gets)
WRONG = {
    "01.tau": [
        (-TAU, "which sample"),
        (8 / math.log(66.5 / 62), "distance to rest, not"),
        (8 / math.log10(8 / 3.5), "base 10"),
        (8 * 8 / 4.5, "straight line"),
        (TAU * math.log(2), "half is left"),
        (8 * math.log(8 / 3.5), "multiply"),
        (18 / math.log(8 / 3.5), "not 18"),
        (1 / TAU, "1/τ"),
        (TAU / 1000, "seconds"),
        (math.log(8 / 3.5), "units of τ"),
        (8 / math.log(4.5), "not their difference"),
        (8, "not 44"),
        (9.5, "by eye"),
        (20.0, "How far from rest"),
        ("9.68", "quotation marks"),
    ],
    "01.step": [
        (formula(lambda t, i, r, c, v: r * i * e(t / r / c)), "From which voltage"),
        (formula(lambda t, i, r, c, v: v + r * i * math.exp(-t / r / c)), "falls back"),
        (formula(lambda t, i, r, c, v: v - r * i * e(t / r / c)), "your signs"),
        (rise(lambda t, tau: math.exp(t / tau)), "grows"),
        (rise(tau=lambda r, c: r * c / 1000), "Much too fast"),
        (rise(tau=lambda r, c: r * c * 1000), "Much too slow"),
        (formula(lambda t, i, r, c, v: v + i * e(t / r / c)), "Where is your R"),
        (formula(lambda t, i, r, c, v: v + r * i / 1000 * e(t / r / c)), "A thousand times"),
        (rise(tau=lambda r, c: c), "C alone"),
        (rise(tau=lambda r, c: r), "R alone"),
        (rise(tau=lambda r, c: r / c), "divided by C"),
        (rise(lambda t, tau: 2 ** (-t / tau)), "half of your way"),
        (rise(lambda t, tau: 10 ** (-t / tau)), "a tenth"),
        (formula(lambda t, i, r, c, v: v + i * t / c), "straight line"),
        (formula(lambda t, i, r, c, v: (v + r * i) * e(t / r / c)), "starts at 0 mV"),
        (formula(lambda t, i, r, c, v: v + r * i), "where V ends"),
        (by_euler, "Within 3 %"),
        (only_from_minus_70, "2 of 5"),
        (formula(lambda t, i, r, c, v: 0.0), "Start with V(t)"),
        (formula(lambda t, i, r, c, v: [v, v]), "these are 2"),
        (7.0, "Give the function itself"),
    ],
    "01.cutoff": [
        (10, "very slow"),
        (5, "higher frequency"),
        (14.142, "peak to peak"),
        (28.28, "in MΩ"),
        (6.321, "a step gets"),
        (3.679, "decay in time"),
        (7.958, "frequency in Hz"),
        (-62.93, "middle of the swing"),
        (0.01, "Hz times ms"),
        (1.572, "f = 1/τ"),
        (0.7071, "share"),
        (0.1768, "a current"),
        (0.00707, "in volts"),
        (7.2, "for some τ"),
        (20.0, "Put 2πfτ = 1"),
    ],
}
