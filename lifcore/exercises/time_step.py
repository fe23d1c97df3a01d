"""Two exercises of notebook 04: the order of a method, the crossing between two samples."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, as_number, call, is_empty, need_function

DTS = np.array([1.0, 0.5, 0.25, 0.125])  # ms
EULER = np.abs((1 - DTS / 10) ** (10 / DTS) - math.exp(-1))  # what Euler leaves of 1 mV after τ = 10 ms
# Time steps, errors and their order, which the learner doesn't see.
ORDERS: tuple[tuple[np.ndarray, np.ndarray, float], ...] = (
    (DTS, EULER, 1.0),
    (2 * DTS, 0.3 * (2 * DTS) ** 2, 2.0),
    (DTS[::-1], 5.0 * DTS[::-1] ** 0.5, 0.5),
    (np.array([0.8, 0.4, 0.1]), 7e-3 * np.array([0.8, 0.4, 0.1]) ** 4, 4.0),
)


def _fit(x: np.ndarray, y: np.ndarray, i: int = 0) -> float:
    return float(np.polyfit(x, y, 1)[i])


NOT_ORDERS: tuple[tuple[Callable[[np.ndarray, np.ndarray], float], str], ...] = (
    (lambda d, e: 1.0, "Yours says 1 whatever the errors are. Let it look at them."),
    (lambda d, e: -_fit(np.log(d), np.log(e)), "The sign: the error grows with dt."),
    (
        lambda d, e: _fit(np.log(e), np.log(d)),
        "You have exchanged the axes: the errors stand on the upright one.",
    ),
    (_fit, "That is a slope on plain axes. In which kind of plot is a power of dt a straight line?"),
    (lambda d, e: _fit(d, np.log(e)), "One axis still lacks its logarithm: that of dt."),
    (lambda d, e: _fit(np.log(d), e), "One axis still lacks its logarithm: that of the error."),
    (
        lambda d, e: _fit(np.log(d), np.log(e), 1),
        "That is where the line meets the axis. Which of the two numbers of np.polyfit is the slope?",
    ),
    (
        lambda d, e: _fit(np.log10(d), np.log10(e), 1),
        "That is where the line meets the axis. Which of the two numbers is the slope?",
    ),
    (
        lambda d, e: _fit(np.log10(d), np.log(e)),
        "Two different logarithms: take the same one for both axes.",
    ),
    (lambda d, e: _fit(np.log(d), np.log10(e)), "Two different logarithms: one for both axes, please."),
    (
        lambda d, e: e[0] / e[1],
        "That is the factor between two errors. Which power of the factor between the steps is it?",
    ),
    (lambda d, e: e[-1] / d[-1], "That is an error by a step. How does it change with the step?"),
)


def order(answer: Any) -> Verdict:
    """Judge ``my_order(dts, errors) -> order``, a slope on logarithmic axes, to 0.1."""
    need_function(answer, "my_order")
    tasks = [(dts.copy(), errors.copy()) for dts, errors, _ in ORDERS]
    given = [call(answer, *task) for task in tasks]
    if all(is_empty(g) for g in given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    kept = zip(tasks, ORDERS, strict=True)
    if not all(np.array_equal(d, dts) and np.array_equal(e, errors) for (d, e), (dts, errors, _) in kept):
        raise Answered("wrong", "Your function changes the arrays that it is given. Leave them whole.")
    if np.shape(given[0]) == (2,):
        raise Answered("wrong", "You return two numbers, slope and intercept. Which is the order?")
    got = np.array([as_number(g) for g in given])
    right = np.array([order for *_, order in ORDERS])
    if (np.abs(got - right) <= 0.1).all():
        return Verdict("right", f"Euler's order is {got[0]:.2f}: half the step, half the error.")
    for formula, hint in NOT_ORDERS:
        if np.allclose(got, [formula(dts, errors) for dts, errors, _ in ORDERS], 1e-3, 1e-9):
            return Verdict("wrong", hint)
    ok = int((np.abs(got - right) <= 0.1).sum())
    off = int(np.argmax(np.abs(got - right)))
    said = f"For errors that shrink as dt to the power {right[off]:g} yours gives {got[off]:.3g}."
    return Verdict("close" if ok > 1 else "wrong", said)


# t and v of the sample, v_inf, v_th, tau_m: ms and mV.
CROSSINGS = (
    (6.0, 0.9023767, 2.0, 1.0, 10.0),
    (12.5, -50.8, -41.0, -50.0, 8.0),
    (0.0, 0.0, 3.0, 0.6, 14.0),
    (101.7, -56.3, -20.0, -54.5, 20.0),
    (33.0, 0.2, 0.9, 0.8, 5.0),
)


def _crosses(t: float, v: float, v_inf: float, v_th: float, tau: float, *, log: Any = math.log) -> float:
    return t + tau * log((v_inf - v) / (v_inf - v_th))


NOT_CROSSINGS: tuple[tuple[Callable[..., float], str], ...] = (
    (
        lambda t, *rest: _crosses(0.0, *rest),
        "That is how long after the sample it comes. When is that?",
    ),
    (lambda t, *rest: t, "That is the sample before. How much later does V reach the threshold?"),
    (
        lambda t, *rest: 2 * t - _crosses(t, *rest),
        "That is before the sample. Is the fraction in the logarithm upside down?",
    ),
    (
        lambda t, *rest: _crosses(t, *rest, log=math.log10),
        "That is a logarithm to base 10. Which one undoes e^x?",
    ),
    (
        lambda t, *rest: _crosses(t, *rest, log=math.log2),
        "That is a logarithm to base 2. Which one undoes e^x?",
    ),
    (
        lambda t, v, v_inf, v_th, tau: t + tau * (v_th - v) / (v_inf - v),
        "That is a straight line with the slope of the sample. V bends; its curve is known.",
    ),
    (
        lambda t, v, v_inf, v_th, tau: _crosses(t, 0.0, v_inf, v_th, tau) if v_inf > 0 else math.nan,
        "That starts from 0 mV. Where is V at the sample?",
    ),
    (
        lambda t, v, v_inf, v_th, tau: _crosses(t, v, v_inf, v_th, 1.0),
        "The way takes longer where τ is longer: a logarithm has no unit yet.",
    ),
    (
        lambda t, v, v_inf, v_th, tau: _crosses(t, v, v_inf, v_th, tau / 1000),
        "Two units are mixed: are t and tau_m both in ms?",
    ),
    (
        lambda t, v, v_inf, v_th, tau: t + tau * math.log((v_inf - v) / (v_th - v)),
        "Below the line must stand how far V is from V∞ at the end, where it is at the threshold.",
    ),
    (
        lambda t, v, v_inf, v_th, tau: t + tau * (v_inf - v) / (v_inf - v_th),
        "That is the factor by which the distance to V∞ shrinks. How long does it take for that?",
    ),
    (
        lambda t, v, v_inf, v_th, tau: t + tau * math.log(v_inf / v_th) if v_inf * v_th > 0 else math.nan,
        "It is the distances to V∞ that shrink, not the voltages.",
    ),
)


def crossing(answer: Any) -> Verdict:
    """Judge ``my_crossing(t, v, v_inf, v_th, tau_m) -> ms``, the time of the spike, to 1e-9."""
    need_function(answer, "my_crossing")
    given = [call(answer, *case) for case in CROSSINGS]
    if all(is_empty(g) for g in given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    got = np.array([as_number(g) for g in given])
    # An answer in single precision can't be more exact than that.
    tolerance = 1e-5 if any(getattr(g, "dtype", None) == np.float32 for g in given) else 1e-9
    right = np.array([_crosses(*case) for case in CROSSINGS])
    if np.allclose(got, right, 0, tolerance):
        return Verdict("right", "To the last digits, however long the step is: the curve in it is known.")
    for formula, hint in NOT_CROSSINGS:
        faulty = np.array([formula(*case) for case in CROSSINGS])
        known = np.isfinite(faulty)
        if np.allclose(got[known], faulty[known], 1e-6, 1e-6):
            return Verdict("wrong", hint)
    if np.allclose(got, right, 0, 0.2):
        return Verdict(
            "close", "Near, but it must be right to 9 digits. Solve for the time instead of searching it."
        )
    ok = int(np.isclose(got, right, 0, tolerance).sum())
    if ok > 1:
        return Verdict("close", f"{ok} of 5 settings agree; they differ in all five arguments.")
    return Verdict(
        "wrong", "From the sample on V − V∞ shrinks by e^(−s/τ). After which s is V at the threshold?"
    )
