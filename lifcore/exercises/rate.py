"""The exercises of notebook 03: the f–I curve, the current for a rate, three pulses of one peak."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore import theory
from lifcore.exercises.frame import Answered, Verdict, as_number, call, is_empty, judge_number, need_function
from lifcore.neuron import LIF

NEURON = LIF()
T_REF, TAU, V_REST = NEURON.t_ref, NEURON.tau_m, NEURON.v_rest
ABOVE = (2.2, 2.75, 3.5, 6.0, 12.0)  # nA, above the rheobase
UP_TO = (0.0, 1.0, 1.9, 2.0)  # nA, up to it
RATES = theory.rate(NEURON, ABOVE)


def _rise(x: float, *, start: float = NEURON.v_reset, rest: float = V_REST, log: Any = math.log) -> float:
    """Return how long V takes from `start` to the threshold under x = R·I, ms, with some logarithm."""
    v_inf = rest + x
    return TAU * log((v_inf - start) / (v_inf - NEURON.v_th))


# The interval, ms, as a function of x = R·I, that somebody has taken -> what to say; the first that fits.
INTERVALS: tuple[tuple[Callable[[float], float], str], ...] = (
    (lambda x: 1000 * (T_REF + _rise(x)), "That is in spikes per ms. How many ms has a second?"),
    (_rise, "Your neuron fires again at once: what does it do before V rises?"),
    (lambda x: T_REF + _rise(x, log=math.log10), "That is a logarithm to base 10. Which one undoes e^x?"),
    (lambda x: T_REF + _rise(x, log=math.log2), "That is a logarithm to base 2. Which one undoes e^x?"),
    (
        lambda x: T_REF + _rise(x, start=V_REST),
        "Right for the first spike, which starts from rest. Where does V start after each spike?",
    ),
    (
        lambda x: _rise(x, start=V_REST),
        "That is 1 over the latency. After a spike V starts elsewhere, and not at once.",
    ),
    (
        lambda x: T_REF - _rise(x),
        "The fraction in the logarithm is upside down: a rise takes a positive time.",
    ),
    (lambda x: T_REF + _rise(x, rest=0.0), "That takes rest for 0 mV. Where does the current drive V?"),
    (
        lambda x: T_REF + _rise(x) / TAU,
        "How long the rise takes hangs on the membrane too: a logarithm has no unit yet.",
    ),
    (lambda x: T_REF / 1000 + _rise(x), "Two units are mixed: is your refractory period in ms, like tau_m?"),
    (lambda x: T_REF + _rise(x) / 1000, "Two units are mixed: is your rise in ms, like t_ref?"),
    (
        lambda x: T_REF + TAU,
        "Yours doesn't hang on the current. How long does V take from the reset to the threshold?",
    ),
    (lambda x: math.inf, "Your neuron never fires. MΩ times nA is mV: is your current still in nA?"),
)


def f_i(answer: Any) -> Verdict:
    """Judge ``my_rate(current) -> Hz`` for the neuron of the notebook, currents in nA."""
    need_function(answer, "my_rate")
    got = _ask(answer, ABOVE)
    if np.allclose(got, RATES, 1e-4, 0):
        return _up_to_the_rheobase(answer)
    drives = [NEURON.r_m * current for current in ABOVE]
    for unit, name in ((1.0, "ms"), (1000.0, "seconds")):
        if np.allclose(got, 1000.0 / RATES / unit, 1e-4, 0):
            return Verdict(
                "wrong", f"That is the interval between spikes in {name}. The rate is its inverse."
            )
    for interval, hint in INTERVALS:
        if np.allclose(got, [1000.0 / interval(x) for x in drives], 1e-4, 1e-12):
            return Verdict("wrong", hint)
    if np.allclose(got, [1000.0 / (T_REF + 0.1 * math.ceil(_rise(x) / 0.1)) for x in drives], 1e-4, 0):
        return Verdict("close", "A grid of 0.1 ms gives that: it rounds intervals up. Use the formula.")
    if np.allclose(got, np.rint(RATES), 1e-4, 0):
        return Verdict("close", "Right to the nearest whole number. Leave the rounding out.")
    if np.allclose(got, RATES, 0.03, 0):
        return Verdict("close", "Within 3 %. Do you count spikes? Take 1000 over the exact interval instead.")
    off = next(i for i, same in zip(ABOVE, np.isclose(got, RATES, 1e-4, 0), strict=True) if not same)
    return Verdict(
        "wrong", f"Not so at {off:g} nA. The interval is the rest and the rise, the rate 1000 over it."
    )


def _up_to_the_rheobase(answer: Any) -> Verdict:
    """Judge a rate that is right above the rheobase at currents that don't fire the neuron."""
    try:
        low = _ask(answer, UP_TO)
    except Answered as failed:
        said = failed.verdict.message
        raise Answered("close", f"Right above the rheobase. At or below it: {said}") from None
    if not low.any():
        return Verdict("right", "Zero up to the rheobase, and above it one spike a rest and a rise.")
    if not low[:-1].any():
        return Verdict(
            "close", "At the rheobase itself V only comes closer and closer. What is the rate there?"
        )
    return Verdict("close", "Right above the rheobase. A weaker current never fires it: which rate is that?")


def _ask(answer: Any, currents: tuple[float, ...]) -> np.ndarray:
    """Return the learner's rates, asked for one current at a time or, if that fails, for all at once."""
    with np.errstate(all="ignore"):  # a division by zero shows in the result
        try:
            given = [call(answer, current) for current in currents]
        except Answered as failed:
            try:
                given = call(answer, np.array(currents))
            except Answered:
                raise failed from None
            if np.shape(given) != (len(currents),):
                raise failed from None
    missing = [current for rate, current in zip(given, currents, strict=True) if is_empty(rate)]
    if len(missing) == len(currents):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    if missing:
        raise Answered("wrong", f"At {missing[0]:g} nA your function returns nothing.")
    return np.array([as_number(rate) for rate in given])


def current(answer: Any) -> Verdict:
    """Judge the current at which the neuron of the notebook fires at 100 Hz, nA."""
    right = theory.current_for_rate(NEURON, 100.0)
    start = theory.rheobase(NEURON)

    def inverse(rise: float, v_start: float = NEURON.v_reset) -> float:
        return start + (NEURON.v_th - v_start) / math.expm1(rise / NEURON.tau_m) / NEURON.r_m

    return judge_number(
        answer,
        right,
        tolerance=1e-6,
        usual=(
            (right * 1000, "That is in pA. How many nA are that?"),
            (right * NEURON.r_m, "That is R·I in mV. Which current gives it?"),
            (right - start, "That is how far it lies above the rheobase. How strong is it in all?"),
            (inverse(10.0), "V doesn't rise all of the 10 ms: what does it do for the first two?"),
            (inverse(12.0), "The refractory period is part of the 10 ms. What is left for the rise?"),
            (
                inverse(8.0, NEURON.v_rest),
                "That is from rest to the threshold. Where does V start after a spike?",
            ),
            (
                inverse(10.0, NEURON.v_rest),
                "That fires it first after 10 ms. What of the interval between spikes?",
            ),
            (
                start + 1.5 / (10.0 ** (8.0 / NEURON.tau_m) - 1.0),
                "You undo a logarithm to base 10. Which power undoes the natural one?",
            ),
            (
                (NEURON.v_rest + NEURON.r_m * right) / NEURON.r_m,
                "That takes rest for 0 mV: V∞ is V_rest + R·I.",
            ),
            (start, "At the rheobase itself it never fires. How far above it?"),
        ),
        praise="Two ms of rest and one time constant of rise: R·I = (θ e − 5 mV)/(e − 1).",
        hint="The interval is 10 ms. Take the rest off, and solve rise = τ ln[…] for R·I.",
        near="Near, but not to 1 part in a million. Solve for the current instead of trying some.",
    )


WIDTHS = np.array([2.0, 8.0, 20.0])  # ms
LIFT = 15.0  # mV, how far V shall rise


def pulses(answer: Any) -> Verdict:
    """Judge the currents of three pulses, 2, 8 and 20 ms wide, that lift V from rest to -55 mV."""
    got = _three(answer)
    tau, steady = NEURON.tau_m, LIFT / NEURON.r_m
    share = -np.expm1(-WIDTHS / tau)
    right = steady / share
    usual = (
        (right[::-1], "These are the right currents in the wrong order: the 2 ms pulse comes first."),
        (right * 1000, "These are in pA. How many nA are that?"),
        (
            np.full(3, steady),
            "That reaches the peak only if the pulse never ends. A shorter one must be stronger.",
        ),
        (steady * share, "A shorter pulse must be stronger, not weaker."),
        (
            steady / (1 - share),
            "You divide by the part that is still missing at the end. Which part is reached?",
        ),
        (theory.strength_duration(NEURON, WIDTHS), "These reach the threshold. The peak asked for is lower."),
        (
            (NEURON.v_rest + LIFT) / NEURON.r_m / share,
            "A peak of −55 mV is how far above rest? The current only has to lift V from there.",
        ),
        (steady * tau / WIDTHS, "Charge is τ·15 mV/R for each: right without a leak. How much leaks away?"),
        (steady / -np.expm1(-WIDTHS / tau / 1000), "Widths and τ must be in the same unit, both in ms."),
    )
    if np.allclose(got, right, 1e-3, 0):
        return Verdict(
            "right", "The same peak three times. The widest takes the least current and the most charge."
        )
    for value, hint in usual:
        if np.allclose(got, value, 1e-3, 0):
            return Verdict("wrong", hint)
    charge = got * WIDTHS
    if np.allclose(charge, charge[0], 1e-3, 0) and charge[0] > 0:
        return Verdict("wrong", "All three carry the same charge, so the wider leaks more and peaks lower.")
    ok = int(np.isclose(got, right, 1e-3, 0).sum())
    if ok:
        return Verdict("close", f"{ok} of 3 are right. Does the same formula give the others?")
    if np.allclose(got, right, 0.03, 0):
        return Verdict(
            "close", "Near, but not to 1 part in 1000. Solve for the current instead of trying some."
        )
    return Verdict("wrong", "How much of R·I does V reach after a pulse of width d? Set that to 15 mV.")


def _three(answer: Any) -> np.ndarray:
    """Return the learner's three numbers, or say what is wrong with them."""
    if callable(answer):
        raise Answered("wrong", "This is a function; give the three numbers that it returns.")
    if isinstance(answer, list) and any(map(is_empty, answer)):
        raise Answered("unanswered", "Replace all of the dots, one number a pulse.")
    try:
        numbers = np.asarray(answer, float).ravel()
    except (TypeError, ValueError):
        raise Answered(
            "wrong", "Three numbers are asked for, in a list: [for 2 ms, for 8 ms, for 20 ms]."
        ) from None
    if numbers.size != 3:
        raise Answered("wrong", f"Three numbers are asked for, one a pulse; given: {numbers.size}.")
    if not np.isfinite(numbers).all():
        raise Answered("wrong", "All three must be finite numbers.")
    return numbers
