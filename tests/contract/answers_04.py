"""Functions that students write for the exercises of notebook 04."""

import math
from fractions import Fraction

import numpy as np


def fitted(pick):
    return lambda dts, errors: pick(np.polyfit(np.log10(dts), np.log10(errors), 1))


def from_two(dts, errors):
    return math.log(errors[0] / errors[1]) / math.log(dts[0] / dts[1])


def by_hand(dts, errors):
    x, y = [math.log2(d) for d in dts], [math.log2(e) for e in errors]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def with_a_list_of_times(t_ref, dt, n):
    times = [k * dt for k in range(n)]
    fired = [0]
    for k in range(1, n):
        if not (times[k] - times[fired[-1]] <= t_ref):
            fired.append(k)
    return tuple(fired)


def in_numpy(t_ref, dt, n):
    t = np.arange(n) * dt
    k, fired = 0, []
    while k < n:
        fired.append(k)
        later = np.flatnonzero(t[k:] - t[k] > t_ref)
        k = k + later[0] if later.size else n
    return np.array(fired)


def adding_up(t_ref, dt, n):
    t, last, spikes = 0.0, -math.inf, []
    for k in range(n):
        if t - last > t_ref:
            spikes.append(k)
            last = t
        t += dt
    return spikes


def held(t_ref, dt, n):
    n_ref, hold, spikes = math.ceil(round(t_ref / dt, 6)), -1, []
    for k in range(n):
        if k > hold:
            spikes.append(k)
            hold = k + n_ref
    return spikes


def by_fractions(t_ref, dt, n):
    n_ref = math.ceil(Fraction(str(t_ref)) / Fraction(str(dt)))
    return np.arange(0, n, n_ref + 1, dtype=np.int16)


def by_difference(t_ref, dt, n):
    n_ref, last, spikes = math.ceil(t_ref / dt - 1e-9), -math.inf, []
    for k in range(n):
        if k - last > n_ref:
            spikes.append(k)
            last = k
    return spikes


def halved(t, v, v_inf, v_th, tau_m):
    low, high = 0.0, 100.0
    for _ in range(100):
        middle = (low + high) / 2
        reached = v_inf + (v - v_inf) * math.exp(-middle / tau_m) >= v_th
        low, high = (low, middle) if reached else (middle, high)
    return t + high


def searched(t, v, v_inf, v_th, tau_m):
    s = 0.0
    while v_inf + (v - v_inf) * math.exp(-s / tau_m) < v_th:
        s += 0.1
    return t + s


RIGHT = {
    "04.order": [from_two, by_hand, fitted(lambda line: np.float32(line[0]))],
    "04.float_bug": [with_a_list_of_times, in_numpy],
    "04.whole_steps": [held, by_fractions, by_difference],
    "04.crossing": [halved, lambda *case: np.float32(halved(*case))],
}
WRONG = {
    "04.order": [
        (fitted(lambda line: line), "slope and intercept"),
        (lambda d, e: 3.0, "to the power 0.5 yours gives 3"),
        (lambda d, e: max(1.0, from_two(d, e)), "to the power 0.5 yours gives 1"),
    ],
    "04.float_bug": [
        (adding_up, "again and again"),
        (by_difference, "the cure already"),
        (lambda t_ref, dt, n: "all", "a list of whole numbers"),
        (lambda t_ref, dt, n: in_numpy(t_ref, dt, n) if dt > 1e-3 else [0], "2 of 4"),
    ],
    "04.whole_steps": [
        (in_numpy, "Two kinds"),
        (lambda t_ref, dt, n: {"spikes": [0]}, "a list of whole numbers"),
        (lambda t_ref, dt, n: held(t_ref, dt, n) if t_ref else [0], "5 of 6"),
    ],
    "04.crossing": [(searched, "instead of searching")],
}


def plain_crossing(t, v, v_inf, v_th, tau_m):
    return t + tau_m * math.log((v_inf - v) / (v_inf - v_th))


PLAIN = {
    "04.order": (from_two, []),
    "04.float_bug": (with_a_list_of_times, ["for k in range(0, n):"]),  # no time lies between 0 and 0
    "04.whole_steps": (
        held,
        [
            "n_ref, hold, spikes = (math.ceil(round(t_ref / dt, 5)), -1, [])",  # finer than any quotient here
            "n_ref, hold, spikes = (math.ceil(round(t_ref / dt, 7)), -1, [])",
            "n_ref, hold, spikes = (math.ceil(round(t_ref / dt, 6)), -2, [])",  # any sample before the first
        ],
    ),
    "04.crossing": (plain_crossing, []),
}
