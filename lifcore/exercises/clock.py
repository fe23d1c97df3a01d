"""Two exercises of notebook 04: a published bug of a clock of floats, and its cure, whole steps."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, call, is_empty, need_function
from lifcore.given import steps_up
from lifcore.schemes import float_spikes

Case = tuple[float, float, int]  # t_ref and dt in one unit, number of samples
FLOATS: tuple[Case, ...] = ((1e-3, 1e-4, 10_000), (1.0, 0.1, 10_000), (1e-2, 1e-3, 1000))
WHOLE: tuple[Case, ...] = (
    (1e-3, 1e-4, 10_000),
    (0.3, 0.1, 100),
    (2.1, 0.3, 100),
    (0.22, 0.1, 100),
    (1.0, 0.1, 100),
    (0.0, 0.5, 20),
)


def _fires(case: Case, may: Callable[[float, float], bool], start: int = 0) -> list[int]:
    """Return the samples at which a neuron fires that does so whenever `may(t, last)`."""
    _, dt, n = case
    last, spikes = -math.inf, []
    for k in range(start, n):
        if may(k * dt, last):
            spikes.append(k)
            last = k * dt
    return spikes


def _summed(case: Case) -> list[int]:
    """Return the same for a clock that adds up dt."""
    t_ref, dt, n = case
    t, last, spikes = 0.0, -math.inf, []
    for k in range(n):
        if t - last > t_ref:
            spikes.append(k)
            last = t
        t += dt
    return spikes


def _every(case: Case, steps: float, start: float = 0) -> list[int]:
    return list(range(int(start), case[2], max(int(steps), 1)))


NOT_FLOATS: tuple[tuple[Callable[[Case], list[Any]], str], ...] = (
    (lambda c: list(range(c[2])), "Yours fires at every sample. When did it fire last?"),
    (
        _summed,
        "Your clock adds dt again and again, and so do its errors. The bug is there with t = k * dt already.",
    ),
    (
        lambda c: _fires(c, lambda t, last: t - last >= c[0]),
        "Yours fires at t − last = t_ref too. The test is >.",
    ),
    (
        lambda c: _fires(c, lambda t, last: t > last + c[0]),
        "In algebra t > last + t_ref is the same, in floats it isn't. Write t - last > t_ref.",
    ),
    (
        lambda c: _every(c, steps_up(c[0], c[1]) + 1),
        "One kind of interval: that is the cure already, for the next exercise. Here compare floats.",
    ),
    (lambda c: [k * c[1] for k in float_spikes(*c)], "These are times. At which samples?"),
    (
        lambda c: np.diff(float_spikes(*c)).tolist(),
        "These are the intervals. Return the samples at which it fires.",
    ),
    (lambda c: _fires(c, lambda t, last: t - last > c[0], 1), "The first sample is 0, and it fires there."),
    (
        lambda c: _fires(c, lambda t, last: t - max(last, 0.0) > c[0]),
        "Yours begins with a rest. Its last spike was long ago: -math.inf.",
    ),
)


def float_bug(answer: Any) -> Verdict:
    """Judge ``my_float_spikes(t_ref, dt, n) -> samples``, the test t - last > t_ref with t = k·dt."""
    need_function(answer, "my_float_spikes")
    got = [_samples(answer, case) for case in FLOATS]
    right = [float_spikes(*case) for case in FLOATS]
    if got == right:
        steps = Counter(np.diff(got[0]).tolist())
        return Verdict(
            "right", f"{steps[10]} intervals of 10 steps, {steps[11]} of 11, as in the report of 2018."
        )
    _recognize(got, FLOATS, NOT_FLOATS)
    ok = sum(g == r for g, r in zip(got, right, strict=True))
    said = (
        f"{ok} of 3 settings agree. It fires at sample k if k * dt - last > t_ref, and then last is k * dt."
    )
    return Verdict("close" if ok else "wrong", said)


NOT_WHOLE: tuple[tuple[Callable[[Case], list[Any]], str], ...] = (
    (lambda c: float_spikes(*c), "Two kinds of intervals still: you compare floats. Compare k."),
    (lambda c: list(range(c[2])), "Yours fires at every sample: it never rests."),
    (
        lambda c: _every(c, int(c[0] / c[1]) + 1),
        "0.3 / 0.1 is 2.9999999999999996, and int() cuts it to 2. How do you get 3?",
    ),
    (lambda c: _every(c, c[0] // c[1] + 1), "1.0 // 0.1 is 9.0: it rounds down what is just below 10."),
    (
        lambda c: _every(c, math.ceil(c[0] / c[1]) + 1),
        "2.1 / 0.3 is 7.000000000000001, and math.ceil makes it 8. How do you let it be 7?",
    ),
    (
        lambda c: _every(c, round(c[0] / c[1]) + 1),
        "A rest of 0.22 at dt = 0.1 is longer than 2 steps: what isn't whole is rounded up.",
    ),
    (
        lambda c: _every(c, steps_up(c[0], c[1])),
        "One step too short: it rests for the N samples after a spike and fires at the one after those.",
    ),
    (
        lambda c: _every(c, steps_up(c[0], c[1]) + 2),
        "One step too long: it rests for N samples after a spike and fires at the next.",
    ),
    (
        lambda c: [k * c[1] for k in _every(c, steps_up(c[0], c[1]) + 1)],
        "These are times. At which samples does it fire?",
    ),
    (
        lambda c: _every(c, steps_up(c[0], c[1]) + 1, steps_up(c[0], c[1]) + 1),
        "Yours begins with a rest. It may fire at sample 0.",
    ),
    (lambda c: _every(c, 11), "Yours always rests for 10 steps. How many are in t_ref?"),
)


def whole_steps(answer: Any) -> Verdict:
    """Judge ``my_step_spikes(t_ref, dt, n) -> samples``, with the rest counted in whole steps."""
    need_function(answer, "my_step_spikes")
    got = [_samples(answer, case) for case in WHOLE[:-1]]
    right = [_every(case, steps_up(case[0], case[1]) + 1) for case in WHOLE]
    if got == right[:-1]:  # a loop that is wrong may stop where there is no rest
        got.append(_samples(answer, WHOLE[-1]))
    if got == right:
        return Verdict("right", "One interval only, in seconds as in ms: integers don't round.")
    _recognize(got, WHOLE[: len(got)], NOT_WHOLE)
    ok = [g == r for g, r in zip(got, right, strict=False)]
    t_ref, dt, _ = WHOLE[ok.index(False)]
    said = f"{sum(ok)} of 6 settings agree. The first that doesn't: t_ref = {t_ref:g}, dt = {dt:g}."
    return Verdict("close" if sum(ok) > 2 else "wrong", said)


def _samples(answer: Any, case: Case) -> list[Any]:
    """Return what the learner's function gives for a case, as a list of numbers."""
    given = call(answer, *case)
    if is_empty(given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    try:
        values = np.asarray(given, float).reshape(-1).tolist()
    except (TypeError, ValueError):
        raise Answered("wrong", "Your function must return the samples, a list of whole numbers.") from None
    if not values:
        raise Answered("unanswered", "Your function finds no spike yet: write its body.")
    return values


def _recognize(got: list[list[Any]], cases: tuple[Case, ...], known: Any) -> None:
    """Say what is wrong with samples that come from a usual fault."""
    for fault, hint in known:
        faulty = [fault(case) for case in cases]
        if all(len(g) == len(f) and np.allclose(g, f, 1e-9, 0) for g, f in zip(got, faulty, strict=True)):
            raise Answered("wrong", hint)
