"""The exercises of notebook 01: τ from two samples, the step response, the amplitude at the cut-off."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore.exercises.frame import (
    Answered,
    Verdict,
    as_number,
    call,
    is_empty,
    judge_number,
    need_function,
)

# t in ms, current in nA, r_m in MΩ, c_m in nF, v_rest in mV
STEPS = (
    (8.0, 1.0, 10.0, 0.8, -70.0),
    (0.0, 2.0, 5.0, 1.5, -65.0),
    (3.5, -0.5, 40.0, 0.25, -60.0),
    (25.0, 0.3, 100.0, 0.2, -70.0),
    (1.0, 1.5, 20.0, 1.2, 0.0),
)


def tau(answer: Any) -> Verdict:
    """Judge τ of a membrane that falls to its rest at −70 mV: −62 mV at 10 ms, −66.5 mV at 18 ms."""
    ratio, gap = 8.0 / 3.5, 8.0
    right = gap / math.log(ratio)
    return judge_number(
        answer,
        right,
        tolerance=0.01,
        usual=(
            (-right, "The size is right, but a time constant is positive: which sample comes first?"),
            (
                gap / math.log(66.5 / 62),
                "What shrinks by a factor is the distance to rest, not the voltage itself.",
            ),
            (gap / math.log10(ratio), "That is a logarithm to base 10. Which one undoes e^x?"),
            (gap / (4.5 / gap), "A straight line would fall like that. The fall becomes slower and slower."),
            (right * math.log(2), "In that time half is left. How much is left after one τ?"),
            (gap * math.log(ratio), "You multiply by the logarithm; solve ln(8/3.5) = 8 ms/τ for τ."),
            (18 / math.log(ratio), "Between the two samples lie 8 ms, not 18."),
            (1 / right, "That is 1/τ, the share that is lost in each ms."),
            (right / 1000, "That is τ in seconds. How many ms are that?"),
            (math.log(ratio), "That is the time between the samples in units of τ. How many ms is one τ?"),
            (gap / math.log(4.5), "Compare the two distances to rest by their ratio, not their difference."),
            (gap, "That is the time between the samples. After one τ 37 % would be left, not 44 %."),
        ),
        praise="In 8 ms the distance to rest falls from 8 to 3.5 mV, so τ = 8 ms / ln(8/3.5) = 9.68 ms.",
        hint="How far from rest is each sample, and by which factor does that shrink in 8 ms?",
        near="Within 3 %: read off by eye? Solve 3.5 = 8·e^(−8/τ) for τ.",
    )


def _rise(t: float, current: float, r_m: float, c_m: float, v_rest: float) -> float:
    return v_rest - r_m * current * math.expm1(-t / (r_m * c_m))


# A usual wrong formula and what to say to it; looked through in this order.
FAULTS: tuple[tuple[Callable[..., float], str], ...] = (
    (
        lambda t, i, r, c, v: r * i * -math.expm1(-t / (r * c)),
        "That is how far V has risen. From which voltage does it start?",
    ),
    (
        lambda t, i, r, c, v: v + r * i * math.exp(-t / (r * c)),
        "Yours starts at V∞ and falls back: the distance to V∞ decays, not the distance to rest.",
    ),
    (
        lambda t, i, r, c, v: v - r * i * -math.expm1(-t / (r * c)),
        "A positive current raises V. Look at your signs.",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(min(t / (r * c), 700.0)),
        "Your exponential grows. Which sign stands in the exponent?",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(-1000 * t / (r * c)),
        "Much too fast: MΩ times nF is already ms, so no factor of 1000 is needed.",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(-t / (1000 * r * c)),
        "Much too slow: MΩ times nF is already ms, so no factor of 1000 is needed.",
    ),
    (
        lambda t, i, r, c, v: v - i * math.expm1(-t / (r * c)),
        "In the end V has moved by R·I. Where is your R?",
    ),
    (
        lambda t, i, r, c, v: v - r * i / 1000 * math.expm1(-t / (r * c)),
        "A thousand times too small: the current is in nA, so that MΩ times nA is mV.",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(-t / c),
        "Your τ is C alone. Which product is it?",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(-t / r),
        "Your τ is R alone. Which product is it?",
    ),
    (
        lambda t, i, r, c, v: v - r * i * math.expm1(-t * c / r),
        "Your τ is R divided by C; a narrower bucket would be slower then. Multiply them.",
    ),
    (
        lambda t, i, r, c, v: v + r * i * (1 - 2 ** (-t / (r * c))),
        "After one τ half of your way is left. Which base does the exponential have?",
    ),
    (
        lambda t, i, r, c, v: v + r * i * (1 - 10 ** (-t / (r * c))),
        "After one τ a tenth of your way is left. Which base does the exponential have?",
    ),
    (
        lambda t, i, r, c, v: v + i * t / c,
        "A straight line: that would be the membrane without its leak.",
    ),
    (
        lambda t, i, r, c, v: (v + r * i) * -math.expm1(-t / (r * c)),
        "Yours starts at 0 mV. V is at rest from the start; only the way from there to V∞ takes time.",
    ),
    (
        lambda t, i, r, c, v: v + r * i,
        "That is V∞, where V ends. How far has it come at the time t?",
    ),
)


def step(answer: Any) -> Verdict:
    """Judge ``my_step(t, current, r_m, c_m, v_rest) -> mV``, the response to a current from t = 0 on."""
    need_function(answer, "my_step")
    given = [call(answer, *setting) for setting in STEPS]
    if all(is_empty(g) for g in given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    got = np.array([as_number(g) for g in given])
    # An answer in single precision can't be more exact than that.
    single = any(getattr(g, "dtype", None) == np.float32 for g in given)

    def same(formula: Callable[..., float], tolerance: float = 1e-6 if single else 1e-12) -> bool:
        return bool(np.allclose(got, [formula(*setting) for setting in STEPS], tolerance, tolerance))

    if same(_rise):
        return Verdict("right", "V_rest + R·I·(1 − e^(−t/RC)): exact at every t, with no time step at all.")
    for formula, hint in FAULTS:
        if same(formula, 1e-6):
            return Verdict("wrong", hint)
    right = np.array([_rise(*setting) for setting in STEPS])
    if np.all(np.abs(got - right) <= [0.03 * abs(r * i) for _, i, r, _, _ in STEPS]):
        return Verdict(
            "close", "Within 3 % everywhere: is that a loop? The formula of the exact curve has no step."
        )
    ok = int(np.isclose(got, right, 1e-9, 1e-9).sum())
    if ok > 1:
        return Verdict("close", f"{ok} of 5 settings agree; they differ in t, current, R, C and rest.")
    return Verdict("wrong", "Start with V(t) = V∞ + (V0 − V∞)·e^(−t/τ). What are V0, V∞ and τ here?")


def cutoff(answer: Any) -> Verdict:
    """Judge the amplitude of V at the cut-off: R 40 MΩ, C 0.5 nF, a sine of 0.25 nA."""
    r_m, c_m, i = 40.0, 0.5, 0.25
    steady, tau_m = r_m * i, r_m * c_m
    right = steady / math.sqrt(2)
    return judge_number(
        answer,
        right,
        tolerance=0.01,
        usual=(
            (steady, "That is R·I₀, the amplitude for very slow swings. At the cut-off some of it is gone."),
            (steady / 2, "Half of R·I₀ would need a higher frequency. How large is |Z| where 2πfτ = 1?"),
            (
                2 * right,
                "More than a steady current makes. Do you count from peak to peak, or is the √2 upside down?",
            ),
            (r_m / math.sqrt(2), "That is |Z| in MΩ. How many mV does a sine of 0.25 nA make of it?"),
            (
                steady * (1 - math.exp(-1)),
                "That is how far a step gets after one τ. Here the current swings.",
            ),
            (steady / math.e, "1/e belongs to a decay in time. Here the current swings for ever."),
            (
                1000 / (2 * math.pi * tau_m),
                "That is the cut-off frequency in Hz. How many mV does V swing there?",
            ),
            (-70 + right, "The amplitude is counted from the middle of the swing, not from 0 mV."),
            (steady / math.hypot(1, 1000), "Hz times ms is a thousandth: take f in 1/ms, or τ in s."),
            (steady / math.hypot(1, 2 * math.pi), "That is at f = 1/τ. The cut-off lies at f = 1/(2πτ)."),
            (right / steady, "That is the share of R·I₀ that is left. How many mV are that?"),
            (i / math.sqrt(2), "That is a current. How many mV does it make?"),
            (right / 1000, "That is the amplitude in volts. How many mV are that?"),
        ),
        praise="R·I₀/√2 = 7.07 mV. C decides where the cut-off lies, here 7.96 Hz, not what is left there.",
        hint="Put 2πfτ = 1 into |Z(f)| and multiply by the amplitude of the current.",
        near="Within 3 %: from a simulation? Let it run for some τ before you measure, or use |Z(f)|.",
    )
