"""Functions that students write for the exercises of notebook 01."""

import math

import numpy as np

from lifcore import LIF, simulate_1d


def plain(t, current, r_m, c_m, v_rest):
    v_inf = v_rest + r_m * current
    return v_inf + (v_rest - v_inf) * math.exp(-t / (r_m * c_m))


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
    return plain(t, current, r_m, c_m, -70)


RIGHT = {"01.step": [plain, vectorized, simulated, lambda *setting: np.float32(plain(*setting))]}
WRONG = {
    "01.step": [
        (by_euler, "Within 3 %"),
        (only_from_minus_70, "whatever v_rest is"),
        (lambda *setting: [1.0, 2.0], "these are 2"),
    ]
}
PLAIN = {"01.step": (plain, [])}
