"""Answers that students give to the exercises of notebook 04: five right ones each, the usual wrong ones."""

import math
from fractions import Fraction

import numpy as np


def fitted(x=np.log, y=np.log, pick=lambda line: line[0]):
    """Return an order from a fitted line, right unless a part is replaced."""

    def my_order(dts, errors):
        return pick(np.polyfit(x(dts), y(errors), 1))

    return my_order


def plain(a):
    return a


def from_two(dts, errors):
    return math.log(errors[0] / errors[1]) / math.log(dts[0] / dts[1])


def by_hand(dts, errors):
    x, y = [math.log2(d) for d in dts], [math.log2(e) for e in errors]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def clock(may=lambda t, last, t_ref: t - last > t_ref, *, start=0, first=-math.inf, result=lambda s, dt: s):
    """Return when a neuron fires that does so if it may, right for the bug unless a part is replaced."""

    def my_float_spikes(t_ref, dt, n):
        last, spikes = first, []
        for k in range(start, n):
            t = k * dt
            if may(t, last, t_ref):
                spikes.append(k)
                last = t
        return result(spikes, dt)

    return my_float_spikes


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


def steps(count, *, more=1, start=0, result=lambda s, dt: s):
    """Return samples a whole number of steps apart, by some way to count them."""

    def my_step_spikes(t_ref, dt, n):
        return result(list(range(start, n, int(count(t_ref / dt)) + more)), dt)

    return my_step_spikes


def rounded_up(x):
    return math.ceil(x - 1e-9)


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
    n_ref, last, spikes = rounded_up(t_ref / dt), -math.inf, []
    for k in range(n):
        if k - last > n_ref:
            spikes.append(k)
            last = k
    return spikes


def crosses(
    log=math.log,
    part=lambda v, v_inf, v_th: (v_inf - v) / (v_inf - v_th),
    result=lambda t, s, tau: t + tau * s,
):
    """Return the time of a crossing, right unless a part is replaced."""

    def my_crossing(t, v, v_inf, v_th, tau_m):
        return result(t, log(part(v, v_inf, v_th)), tau_m)

    return my_crossing


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


def only_from_zero(t, v, v_inf, v_th, tau_m):
    return crosses()(t, v, v_inf, v_th, tau_m) if v >= 0 else 0.0


RIGHT = {
    "04.order": [
        fitted(),
        fitted(np.log10, np.log10, lambda line: [line[0]]),
        from_two,
        by_hand,
        fitted(np.log2, np.log2, lambda line: np.float32(line[0])),
    ],
    "04.float_bug": [
        clock(),
        with_a_list_of_times,
        in_numpy,
        clock(result=lambda s, dt: np.array(s, np.float32)),
        clock(first=-100.0),
    ],
    "04.whole_steps": [
        steps(rounded_up),
        held,
        by_fractions,
        by_difference,
        steps(rounded_up, result=lambda s, dt: [float(k) for k in s]),
    ],
    "04.crossing": [
        crosses(),
        crosses(np.log),
        halved,
        crosses(result=lambda t, s, tau: np.float32(t + tau * s)),
        crosses(result=lambda t, s, tau: [t + tau * s]),
    ],
}

# Exercise -> (wrong answer, a word of the hint that it must get, which no other answer gets)
WRONG = {
    "04.order": [
        (lambda d, e: 1, "whatever the errors"),
        (fitted(pick=lambda line: -line[0]), "The sign"),
        (lambda d, e: np.polyfit(np.log(e), np.log(d), 1)[0], "exchanged"),
        (fitted(plain, plain), "plain axes"),
        (fitted(plain, np.log), "that of dt"),
        (fitted(np.log, plain), "that of the error"),
        (fitted(pick=lambda line: line[1]), "of np.polyfit"),
        (fitted(np.log10, np.log10, lambda line: line[1]), "Which of the two numbers is"),
        (fitted(np.log10, np.log), "Two different logarithms: take"),
        (fitted(np.log, np.log10), "please"),
        (lambda d, e: e[0] / e[1], "factor between two"),
        (lambda d, e: e[-1] / d[-1], "by a step"),
        (fitted(pick=plain), "slope and intercept"),
        (lambda d, e: fitted(plain, plain)(np.log(d, out=d), np.log(e, out=e)), "changes the arrays"),
        (lambda d, e: 3.0, "to the power 0.5 yours gives 3"),
        (lambda d, e: max(1.0, from_two(d, e)), "to the power 0.5 yours gives 1"),
        (lambda d, e: "one", "text"),
        (lambda d, e: np.nan, "finite"),
        (1.0, "Give the function itself"),
    ],
    "04.float_bug": [
        (lambda t_ref, dt, n: list(range(n)), "every sample"),
        (adding_up, "again and again"),
        (clock(lambda t, last, t_ref: t - last >= t_ref), "The test is >"),
        (clock(lambda t, last, t_ref: last + t_ref < t), "In algebra"),
        (by_difference, "the cure already"),
        (clock(result=lambda s, dt: [k * dt for k in s]), "These are times"),
        (clock(result=lambda s, dt: np.diff(s)), "the intervals"),
        (clock(start=1), "first sample is 0"),
        (clock(first=0.0), "begins with a rest"),
        (clock(lambda t, last, t_ref: t - last > t_ref * (1 - 1e-12)), "0 of 3"),
        (lambda t_ref, dt, n: clock()(t_ref, dt, n) if dt > 1e-3 else [0], "1 of 3"),
        (lambda t_ref, dt, n: "all", "a list of whole numbers"),
        (899, "Give the function itself"),
    ],
    "04.whole_steps": [
        (clock(), "Two kinds"),
        (lambda t_ref, dt, n: list(range(n)), "never rests"),
        (steps(int), "int() cuts"),
        (lambda t_ref, dt, n: list(range(0, n, int(t_ref // dt) + 1)), "rounds down"),
        (steps(math.ceil), "math.ceil makes"),
        (steps(round), "longer than 2 steps"),
        (lambda t_ref, dt, n: list(range(0, n, max(1, rounded_up(t_ref / dt)))), "too short"),
        (steps(rounded_up, more=2), "too long"),
        (steps(rounded_up, result=lambda s, dt: [k * dt for k in s]), "These are times"),
        (lambda t_ref, dt, n: held(t_ref, dt, n)[1:], "begins with a rest"),
        (lambda t_ref, dt, n: list(range(0, n, 11)), "always rests"),
        (lambda t_ref, dt, n: held(t_ref, dt, n)[: 5 if t_ref else 3], "0 of 6"),
        (lambda t_ref, dt, n: held(t_ref, dt, n) if t_ref else [0], "5 of 6"),
        (lambda t_ref, dt, n: {"spikes": [0]}, "a list of whole numbers"),
        (11, "Give the function itself"),
    ],
    "04.crossing": [
        (crosses(result=lambda t, s, tau: tau * s), "how long after"),
        (lambda t, v, v_inf, v_th, tau_m: t, "the sample before"),
        (crosses(part=lambda v, v_inf, v_th: (v_inf - v_th) / (v_inf - v)), "upside down"),
        (crosses(math.log10), "base 10"),
        (crosses(math.log2), "base 2"),
        (lambda t, v, v_inf, v_th, tau_m: t + tau_m * (v_th - v) / (v_inf - v), "straight line"),
        (crosses(lambda x: math.log(abs(x)), lambda v, v_inf, v_th: v_inf / (v_inf - v_th)), "starts from 0"),
        (crosses(result=lambda t, s, tau: t + s), "no unit yet"),
        (crosses(result=lambda t, s, tau: t + tau / 1000 * s), "Two units"),
        (crosses(part=lambda v, v_inf, v_th: (v_inf - v) / (v_th - v)), "Below the line"),
        (crosses(plain), "the factor by which"),
        (crosses(part=lambda v, v_inf, v_th: v_inf / v_th), "not the voltages"),
        (searched, "instead of searching"),
        (only_from_zero, "3 of 5"),
        (lambda t, v, v_inf, v_th, tau_m: 5.0, "After which s"),
        (lambda t, v, v_inf, v_th, tau_m: [t, t], "these are 2"),
        (6.93, "Give the function itself"),
    ],
}
