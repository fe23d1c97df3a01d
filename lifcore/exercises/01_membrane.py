"""The exercises of notebook 01: τ from two samples, the step response, the amplitude at the cut-off."""

import math
from typing import Any

from lifcore.exercises.functions import Function
from lifcore.exercises.judge import Fault, Number

RATIO, GAP = 8.0 / 3.5, 8.0  # of a fall to −70 mV, at −62 mV at 10 ms and at −66.5 mV at 18 ms
TAU = GAP / math.log(RATIO)

# fmt: off
tau = Number(
    right=TAU,
    within=(0.01, 0.0),
    faults=[
        Fault(-TAU, "The size is right, but a time constant is positive: which sample comes first?"),
        Fault(GAP / math.log(66.5 / 62),
              "What shrinks by a factor is the distance to rest, not the voltage itself."),
        Fault(GAP / math.log10(RATIO), "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(GAP / (4.5 / GAP), "A straight line would fall like that. The fall becomes slower and slower."),
        Fault(TAU * math.log(2), "In that time half is left. How much is left after one τ?"),
        Fault(GAP * math.log(RATIO), "You multiply by the logarithm; solve ln(8/3.5) = 8 ms/τ for τ."),
        Fault(18 / math.log(RATIO), "Between the two samples lie 8 ms, not 18."),
        Fault(1 / TAU, "That is 1/τ, the share that is lost in each ms."),
        Fault(TAU / 1000, "That is τ in seconds. How many ms are that?"),
        Fault(math.log(RATIO), "That is the time between the samples in units of τ. How many ms is one τ?"),
        Fault(GAP / math.log(4.5), "Compare the two distances to rest by their ratio, not their difference."),
        Fault(GAP, "That is the time between the samples. After one τ 37 % would be left, not 44 %."),
    ],
    praise="In 8 ms the distance to rest falls from 8 to 3.5 mV, so τ = 8 ms / ln(8/3.5) = 9.68 ms.",
    off="How far from rest is each sample, and by which factor does that shrink in 8 ms?",
    near="Within 3 %: read off by eye? Solve 3.5 = 8·e^(−8/τ) for τ.",
)
# fmt: on


def risen(t: float, i: float, r: float, c: float, v: float) -> float:
    """Return the step response, mV: t in ms, i in nA, r in MΩ, c in nF, v, the rest, in mV."""
    return v - r * i * math.expm1(-t / (r * c))


def within_3_percent(got: list[Any]) -> bool:
    """Tell whether a step response is near everywhere, measured by R·I."""
    return all(abs(g - risen(*s)) <= 0.03 * abs(s[1] * s[2]) for g, s in zip(got, STEPS, strict=True))


STEPS = [
    (8.0, 1.0, 10.0, 0.8, -70.0),
    (0.0, 2.0, 5.0, 1.5, -65.0),
    (3.5, -0.5, 40.0, 0.25, -60.0),
    (25.0, 0.3, 100.0, 0.2, -70.0),
    (1.0, 1.5, 20.0, 1.2, 0.0),
]
# fmt: off
step = Function(
    function="my_step",
    right=risen,
    cases=STEPS,
    within=(1e-12, 1e-12),
    single=(1e-6, 1e-6),
    known=(1e-6, 1e-6),
    faults=[
        Fault(lambda t, i, r, c, v: r * i * -math.expm1(-t / (r * c)),
              "That is how far V has risen. From which voltage does it start?"),
        Fault(lambda t, i, r, c, v: v + r * i * math.exp(-t / (r * c)),
              "Yours starts at V∞ and falls back: the distance to V∞ decays, not the distance to rest."),
        Fault(lambda t, i, r, c, v: v - r * i * -math.expm1(-t / (r * c)),
              "A positive current raises V. Look at your signs."),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(min(t / (r * c), 700.0)),
              "Your exponential grows. Which sign stands in the exponent?"),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(-1000 * t / (r * c)),
              "Much too fast: MΩ times nF is already ms, so no factor of 1000 is needed."),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(-t / (1000 * r * c)),
              "Much too slow: MΩ times nF is already ms, so no factor of 1000 is needed."),
        Fault(lambda t, i, r, c, v: v - i * math.expm1(-t / (r * c)),
              "In the end V has moved by R·I. Where is your R?"),
        Fault(lambda t, i, r, c, v: v - r * i / 1000 * math.expm1(-t / (r * c)),
              "A thousand times too small: the current is in nA, so that MΩ times nA is mV."),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(-t / c),
              "Your τ is C alone. Which product is it?"),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(-t / r),
              "Your τ is R alone. Which product is it?"),
        Fault(lambda t, i, r, c, v: v - r * i * math.expm1(-t * c / r),
              "Your τ is R divided by C; a narrower bucket would be slower then. Multiply them."),
        Fault(lambda t, i, r, c, v: v + r * i * (1 - 2 ** (-t / (r * c))),
              "After one τ half of your way is left. Which base does the exponential have?"),
        Fault(lambda t, i, r, c, v: v + r * i * (1 - 10 ** (-t / (r * c))),
              "After one τ a tenth of your way is left. Which base does the exponential have?"),
        Fault(lambda t, i, r, c, v: v + i * t / c,
              "A straight line: that would be the membrane without its leak."),
        Fault(lambda t, i, r, c, v: (v + r * i) * -math.expm1(-t / (r * c)),
              "Yours starts at 0 mV. V is at rest from the start; only the way from there to V∞ takes time."),
        Fault(lambda t, i, r, c, v: v + r * i,
              "That is V∞, where V ends. How far has it come at the time t?"),
        Fault(lambda t, i, r, c, v: risen(t, i, r, c, v) + 0.01 * r * i,
              "Within 3 % everywhere: is that a loop? The formula of the exact curve has no step.",
              "close", within_3_percent),
    ],
    praise="V_rest + R·I·(1 − e^(−t/RC)): exact at every t, with no time step at all.",
    some="{ok} of 5 settings agree; they differ in t, current, R, C and rest.",
    enough=2,
    off="Start with V(t) = V∞ + (V0 − V∞)·e^(−t/τ). What are V0, V∞ and τ here?",
)

R_M, C_M, SINE = 40.0, 0.5, 0.25  # MΩ, nF, nA
STEADY = R_M * SINE
SWING = STEADY / math.sqrt(2)
cutoff = Number(
    right=SWING,
    within=(0.01, 0.0),
    faults=[
        Fault(STEADY,
              "That is R·I₀, the amplitude for very slow swings. At the cut-off some of it is gone."),
        Fault(STEADY / 2, "Half of R·I₀ would need a higher frequency. How large is |Z| where 2πfτ = 1?"),
        Fault(2 * SWING,
              "More than a steady current makes. Do you count from peak to peak, or is the √2 upside down?"),
        Fault(R_M / math.sqrt(2), "That is |Z| in MΩ. How many mV does a sine of 0.25 nA make of it?"),
        Fault(STEADY * (1 - math.exp(-1)),
              "That is how far a step gets after one τ. Here the current swings."),
        Fault(STEADY / math.e, "1/e belongs to a decay in time. Here the current swings for ever."),
        Fault(1000 / (2 * math.pi * R_M * C_M),
              "That is the cut-off frequency in Hz. How many mV does V swing there?"),
        Fault(-70 + SWING, "The amplitude is counted from the middle of the swing, not from 0 mV."),
        Fault(STEADY / math.hypot(1, 1000), "Hz times ms is a thousandth: take f in 1/ms, or τ in s."),
        Fault(STEADY / math.hypot(1, 2 * math.pi), "That is at f = 1/τ. The cut-off lies at f = 1/(2πτ)."),
        Fault(SWING / STEADY, "That is the share of R·I₀ that is left. How many mV are that?"),
        Fault(SINE / math.sqrt(2), "That is a current. How many mV does it make?"),
        Fault(SWING / 1000, "That is the amplitude in volts. How many mV are that?"),
    ],
    praise="R·I₀/√2 = 7.07 mV. C decides where the cut-off lies, here 7.96 Hz, not what is left there.",
    off="Put 2πfτ = 1 into |Z(f)| and multiply by the amplitude of the current.",
    near="Within 3 %: from a simulation? Let it run for some τ before you measure, or use |Z(f)|.",
)
# fmt: on

EXERCISES = {"tau": tau, "step": step, "cutoff": cutoff}
