"""The exercises of notebook 04: the order of a method, a clock of floats and its cure, a crossing."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, repeat
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict
from lifcore.exercises.functions import Function, Lists
from lifcore.exercises.judge import Fault
from lifcore.given import steps_up
from lifcore.schemes import float_spikes

DTS, FEW = np.array([1.0, 0.5, 0.25, 0.125]), np.array([0.8, 0.4, 0.1])  # ms
UPWARD = DTS[::-1]
EULER = np.abs((1 - DTS / 10) ** (10 / DTS) - math.exp(-1))  # what Euler leaves of 1 mV after τ = 10 ms
ORDERS = [1.0, 2.0, 0.5, 4.0]  # of the errors below, which the learner doesn't see


def line(x: np.ndarray, y: np.ndarray, i: int = 0) -> float:
    """Return the slope of a fitted line or, for i = 1, where it meets the axis."""
    return float(np.polyfit(x, y, 1)[i])


def one_order(given: Sequence[Any], cases: Sequence[tuple[Any, ...]]) -> None:
    """Say so if slope and intercept are given."""
    if np.shape(given[0]) == (2,):
        raise Answered("wrong", "You return two numbers, slope and intercept. Which is the order?")


def furthest_order(got: list[float]) -> str:
    """Tell which order is missed by most."""
    off = int(np.argmax(np.abs(np.subtract(got, ORDERS))))
    return f"For errors that shrink as dt to the power {ORDERS[off]:g} yours gives {got[off]:.3g}."


# fmt: off
order = Function(
    function="my_order",
    right=ORDERS,
    cases=[(DTS, EULER), (2 * DTS, 0.3 * (2 * DTS) ** 2), (UPWARD, 5.0 * UPWARD**0.5), (FEW, 7e-3 * FEW**4)],
    within=(0.0, 0.1),
    known=(1e-3, 1e-9),
    look=one_order,
    faults=[
        Fault(1.0, "Yours says 1 whatever the errors are. Let it look at them."),
        Fault(lambda d, e: -line(np.log(d), np.log(e)), "The sign: the error grows with dt."),
        Fault(lambda d, e: line(np.log(e), np.log(d)),
              "You have exchanged the axes: the errors stand on the upright one."),
        Fault(line,
              "That is a slope on plain axes. In which kind of plot is a power of dt a straight line?"),
        Fault(lambda d, e: line(d, np.log(e)), "One axis still lacks its logarithm: that of dt."),
        Fault(lambda d, e: line(np.log(d), e), "One axis still lacks its logarithm: that of the error."),
        Fault(lambda d, e: line(np.log(d), np.log(e), 1),
              "That is where the line meets the axis. Which of the two numbers of np.polyfit is the slope?"),
        Fault(lambda d, e: line(np.log10(d), np.log10(e), 1),
              "That is where the line meets the axis. Which of the two numbers is the slope?"),
        Fault(lambda d, e: line(np.log10(d), np.log(e)),
              "Two different logarithms: take the same one for both axes."),
        Fault(lambda d, e: line(np.log(d), np.log10(e)),
              "Two different logarithms: one for both axes, please."),
        Fault(lambda d, e: e[0] / e[1],
              "That is the factor between two errors. Which power of the factor between the steps is it?"),
        Fault(lambda d, e: e[-1] / d[-1], "That is an error by a step. How does it change with the step?"),
    ],
    praise="Euler's order is {got[0]:.2f}: half the step, half the error.",
    enough=2,
    off=furthest_order,
)
# fmt: on


def multiples(dt: float, n: int) -> Iterable[float]:
    """Return the times of a clock that counts its steps."""
    return (k * dt for k in range(n))


def fires(may: Callable[..., bool], first: int = 0, clock: Any = multiples) -> Callable[..., list[int]]:
    """Return the samples at which a neuron fires that does so whenever `may(t, last, t_ref)`."""

    def samples(t_ref: float, dt: float, n: int) -> list[int]:
        last, spikes = -math.inf, []
        for k, t in enumerate(clock(dt, n)):
            if k >= first and may(t, last, t_ref):
                spikes.append(k)
                last = t
        return spikes

    return samples


def every(steps: Callable[[float, float], float], start: bool = False) -> Callable[[float, float, int], Any]:
    """Return the samples of a neuron that fires whenever so many steps of t_ref and dt are over."""
    return lambda t_ref, dt, n: list(range(int(steps(t_ref, dt)) * start, n, max(int(steps(t_ref, dt)), 1)))


SAMPLES = "Your function must return the samples, a list of whole numbers."
NO_SPIKE = "Your function finds no spike yet: write its body."
# fmt: off
float_bug = Lists(
    function="my_float_spikes",
    right=float_spikes,
    # t_ref and dt in one unit, number of samples
    cases=[(1e-3, 1e-4, 10_000), (1.0, 0.1, 10_000), (1e-2, 1e-3, 1000), (0.05, 0.1, 30)],
    form=SAMPLES,
    none=NO_SPIKE,
    faults=[
        Fault(lambda t_ref, dt, n: range(n), "Yours fires at every sample. When did it fire last?"),
        Fault(fires(lambda t, last, t_ref: t - last > t_ref,
                    clock=lambda dt, n: accumulate(repeat(dt, n - 1), initial=0.0)),
              "Your clock adds dt again and again, and so do its errors. "
              "The bug is there with t = k * dt already."),
        Fault(fires(lambda t, last, t_ref: t - last >= t_ref),
              "Yours fires at t − last = t_ref too. The test is >."),
        Fault(fires(lambda t, last, t_ref: t > last + t_ref),
              "In algebra t > last + t_ref is the same, in floats it isn't. Write t - last > t_ref."),
        Fault(every(lambda t_ref, dt: steps_up(t_ref, dt) + 1),
              "One kind of interval: that is the cure already, for the next exercise. Here compare floats."),
        Fault(lambda t_ref, dt, n: [k * dt for k in float_spikes(t_ref, dt, n)],
              "These are times. At which samples?"),
        Fault(lambda t_ref, dt, n: np.diff(float_spikes(t_ref, dt, n)),
              "These are the intervals. Return the samples at which it fires."),
        Fault(fires(lambda t, last, t_ref: t - last > t_ref, 1),
              "The first sample is 0, and it fires there."),
        Fault(fires(lambda t, last, t_ref: t - max(last, 0.0) > t_ref),
              "Yours begins with a rest. Its last spike was long ago: -math.inf."),
    ],
    praise="899 intervals of 10 steps, 91 of 11, as in the report of 2018.",
    enough=1,
    off="{ok} of 4 settings agree. It fires at sample k if k * dt - last > t_ref, and then last is k * dt.",
)
# fmt: on
SOME_STEPS = "{ok} of 6 settings agree. The first that doesn't: t_ref = {case[0]:g}, dt = {case[1]:g}."


def without_rest(asked: Lists, answer: Any) -> Verdict:
    """Judge right steps where there is no rest: only there may a wrong loop never end."""
    if asked.ask(answer, [(0.0, 0.5, 20)])[0].tolist() == list(range(20)):
        return Verdict("right", asked.praise)
    return Verdict("close", SOME_STEPS.format(ok=5, case=(0.0, 0.5)))


# fmt: off
whole_steps = Lists(
    function="my_step_spikes",
    right=every(lambda t_ref, dt: steps_up(t_ref, dt) + 1),
    cases=[(1e-3, 1e-4, 10_000), (0.3, 0.1, 100), (2.1, 0.3, 100), (0.22, 0.1, 100), (1.0, 0.1, 100)],
    form=SAMPLES,
    none=NO_SPIKE,
    then=without_rest,
    faults=[
        Fault(float_spikes, "Two kinds of intervals still: you compare floats. Compare k."),
        Fault(lambda t_ref, dt, n: range(n), "Yours fires at every sample: it never rests."),
        Fault(every(lambda t_ref, dt: int(t_ref / dt) + 1),
              "0.3 / 0.1 is 2.9999999999999996, and int() cuts it to 2. How do you get 3?"),
        Fault(every(lambda t_ref, dt: t_ref // dt + 1),
              "1.0 // 0.1 is 9.0: it rounds down what is just below 10."),
        Fault(every(lambda t_ref, dt: math.ceil(t_ref / dt) + 1),
              "2.1 / 0.3 is 7.000000000000001, and math.ceil makes it 8. How do you let it be 7?"),
        Fault(every(lambda t_ref, dt: round(t_ref / dt) + 1),
              "A rest of 0.22 at dt = 0.1 is longer than 2 steps: what isn't whole is rounded up."),
        Fault(every(steps_up),
              "One step too short: "
              "it rests for the N samples after a spike and fires at the one after those."),
        Fault(every(lambda t_ref, dt: steps_up(t_ref, dt) + 2),
              "One step too long: it rests for N samples after a spike and fires at the next."),
        Fault(lambda t_ref, dt, n: [k * dt for k in range(0, n, steps_up(t_ref, dt) + 1)],
              "These are times. At which samples does it fire?"),
        Fault(every(lambda t_ref, dt: steps_up(t_ref, dt) + 1, start=True),
              "Yours begins with a rest. It may fire at sample 0."),
        Fault(every(lambda t_ref, dt: 11), "Yours always rests for 10 steps. How many are in t_ref?"),
    ],
    praise="One interval only, in seconds as in ms: integers don't round.",
    enough=3,
    off=SOME_STEPS,
)
# fmt: on


def crosses(t: float, v: float, v_inf: float, v_th: float, tau: float, *, log: Any = math.log) -> float:
    """Return when V meets the threshold after a sample, ms, with some logarithm."""
    return t + tau * log((v_inf - v) / (v_inf - v_th))


# fmt: off
crossing = Function(
    function="my_crossing",
    right=crosses,
    cases=[  # t and v of the sample, v_inf, v_th, tau_m: ms and mV
        (6.0, 0.9023767, 2.0, 1.0, 10.0),
        (12.5, -50.8, -41.0, -50.0, 8.0),
        (0.0, 0.0, 3.0, 0.6, 14.0),
        (101.7, -56.3, -20.0, -54.5, 20.0),
        (33.0, 0.2, 0.9, 0.8, 5.0),
    ],
    within=(0.0, 1e-9),
    single=(0.0, 1e-5),
    known=(1e-6, 1e-6),
    faults=[
        Fault(lambda t, *rest: crosses(0.0, *rest),
              "That is how long after the sample it comes. When is that?"),
        Fault(lambda t, *rest: t,
              "That is the sample before. How much later does V reach the threshold?"),
        Fault(lambda t, *rest: 2 * t - crosses(t, *rest),
              "That is before the sample. Is the fraction in the logarithm upside down?"),
        Fault(lambda *case: crosses(*case, log=math.log10),
              "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(lambda *case: crosses(*case, log=math.log2),
              "That is a logarithm to base 2. Which one undoes e^x?"),
        Fault(lambda t, v, v_inf, v_th, tau: t + tau * (v_th - v) / (v_inf - v),
              "That is a straight line with the slope of the sample. V bends; its curve is known."),
        Fault(lambda t, v, v_inf, v_th, tau: crosses(t, 0.0, v_inf, v_th, tau) if v_inf > 0 else math.nan,
              "That starts from 0 mV. Where is V at the sample?"),
        Fault(lambda t, v, v_inf, v_th, tau: crosses(t, v, v_inf, v_th, 1.0),
              "The way takes longer where τ is longer: a logarithm has no unit yet."),
        Fault(lambda t, v, v_inf, v_th, tau: crosses(t, v, v_inf, v_th, tau / 1000),
              "Two units are mixed: are t and tau_m both in ms?"),
        Fault(lambda t, v, v_inf, v_th, tau: t + tau * math.log((v_inf - v) / (v_th - v)),
              "Below the line must stand how far V is from V∞ at the end, where it is at the threshold."),
        Fault(lambda t, v, v_inf, v_th, tau: t + tau * (v_inf - v) / (v_inf - v_th),
              "That is the factor by which the distance to V∞ shrinks. How long does it take for that?"),
        Fault(lambda t, v, v_inf, v_th, tau: t + tau * math.log(max(v_inf / v_th, 0) or math.nan),
              "It is the distances to V∞ that shrink, not the voltages."),
    ],
    praise="To the last digits, however long the step is: the curve in it is known.",
    near="Near, but it must be right to 9 digits. Solve for the time instead of searching it.",
    about=(0.0, 0.2),
    some="{ok} of 5 settings agree; they differ in all five arguments.",
    enough=2,
    off="From the sample on V − V∞ shrinks by e^(−s/τ). After which s is V at the threshold?",
)
# fmt: on

EXERCISES = {"order": order, "float_bug": float_bug, "whole_steps": whole_steps, "crossing": crossing}
