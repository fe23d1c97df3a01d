"""The exercises of notebook 03: the f–I curve, the current for a rate, three pulses of one peak."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore import theory
from lifcore.exercises.frame import Answered, Verdict
from lifcore.exercises.functions import Function
from lifcore.exercises.judge import Fault, Number, Numbers
from lifcore.neuron import LIF

NEURON = LIF()
REST, TAU, V_REST = NEURON.t_ref, NEURON.tau_m, NEURON.v_rest


def rise(i: float, *, start: float = NEURON.v_reset, rest: float = V_REST, log: Any = math.log) -> float:
    """Return how long V takes from `start` to the threshold under a current, ms, with some logarithm."""
    v_inf = rest + NEURON.r_m * i
    return TAU * log((v_inf - start) / (v_inf - NEURON.v_th))


def per(interval: Callable[[float], float]) -> Callable[[float], float]:
    """Return the rate, Hz, of a formula for the interval, ms."""
    return lambda i: 1000.0 / interval(i)


def up_to_the_rheobase(asked: Function, answer: Any) -> Verdict:
    """Judge a rate that is right above the rheobase at currents that don't fire the neuron."""
    try:
        *below, at = asked.ask(answer, [(0.0,), (1.0,), (1.9,), (2.0,)])
    except Answered as failed:
        said = f"Right above the rheobase. At or below it: {failed.verdict.message}"
        raise Answered("close", said) from None
    if any(below):
        said = "Right above the rheobase. A weaker current never fires it: which rate is that?"
        return Verdict("close", said)
    if at:
        said = "At the rheobase itself V only comes closer and closer. What is the rate there?"
        return Verdict("close", said)
    return Verdict("right", asked.praise)


# fmt: off
f_i = Function(
    function="my_rate",
    right=lambda i: theory.rate(NEURON, i),
    cases=[(2.2,), (2.75,), (3.5,), (6.0,), (12.0,), (2.001,)],  # nA, above the rheobase
    within=(1e-4, 0.0),
    arrays=True,
    then=up_to_the_rheobase,
    faults=[
        Fault(lambda i: REST + rise(i),
              "That is the interval between spikes in ms. The rate is its inverse."),
        Fault(lambda i: (REST + rise(i)) / 1000,
              "That is the interval between spikes in seconds. The rate is its inverse."),
        Fault(lambda i: 1 / (REST + rise(i)), "That is in spikes per ms. How many ms has a second?"),
        Fault(per(rise), "Your neuron fires again at once: what does it do before V rises?"),
        Fault(per(lambda i: REST + rise(i, log=math.log10)),
              "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(per(lambda i: REST + rise(i, log=math.log2)),
              "That is a logarithm to base 2. Which one undoes e^x?"),
        Fault(per(lambda i: REST + rise(i, start=V_REST)),
              "Right for the first spike, which starts from rest. Where does V start after each spike?"),
        Fault(per(lambda i: rise(i, start=V_REST)),
              "That is 1 over the latency. After a spike V starts elsewhere, and not at once."),
        Fault(per(lambda i: REST - rise(i)),
              "The fraction in the logarithm is upside down: a rise takes a positive time."),
        Fault(per(lambda i: REST + rise(i, rest=0.0)),
              "That takes rest for 0 mV. Where does the current drive V?"),
        Fault(per(lambda i: REST + rise(i) / TAU),
              "How long the rise takes hangs on the membrane too: a logarithm has no unit yet."),
        Fault(per(lambda i: REST / 1000 + rise(i)),
              "Two units are mixed: is your refractory period in ms, like tau_m?"),
        Fault(per(lambda i: REST + rise(i) / 1000), "Two units are mixed: is your rise in ms, like t_ref?"),
        Fault(per(lambda i: REST + TAU),
              "Yours doesn't hang on the current. How long does V take from the reset to the threshold?"),
        Fault(0.0, "Your neuron never fires. MΩ times nA is mV: is your current still in nA?"),
        Fault(per(lambda i: REST + 0.1 * math.ceil(rise(i) / 0.1)),
              "A grid of 0.1 ms gives that: it rounds intervals up. Use the formula.", "close"),
    ],
    praise="Zero up to the rheobase, and above it one spike a rest and a rise.",
    near="Within 3 %. Do you count spikes? Take 1000 over the exact interval instead.",
    off="Not so at {case[0]:g} nA. The interval is the rest and the rise, the rate 1000 over it.",
)
# fmt: on

HUNDRED, RHEOBASE = theory.current_for_rate(NEURON, 100.0), theory.rheobase(NEURON)


def inverse(rise: float, start: float = NEURON.v_reset) -> float:
    """Return the current, nA, that drives V from `start` to the threshold in so many ms."""
    return RHEOBASE + (NEURON.v_th - start) / math.expm1(rise / TAU) / NEURON.r_m


# fmt: off
current = Number(
    right=HUNDRED,
    within=(1e-6, 0.0),
    faults=[
        Fault(HUNDRED * 1000, "That is in pA. How many nA are that?"),
        Fault(HUNDRED * NEURON.r_m, "That is R·I in mV. Which current gives it?"),
        Fault(HUNDRED - RHEOBASE, "That is how far it lies above the rheobase. How strong is it in all?"),
        Fault(inverse(10.0), "V doesn't rise all of the 10 ms: what does it do for the first two?"),
        Fault(inverse(12.0), "The refractory period is part of the 10 ms. What is left for the rise?"),
        Fault(inverse(8.0, V_REST), "That is from rest to the threshold. Where does V start after a spike?"),
        Fault(inverse(10.0, V_REST), "That fires it first after 10 ms. What of the interval between spikes?"),
        Fault(RHEOBASE + 1.5 / (10.0 ** (8.0 / TAU) - 1.0),
              "You undo a logarithm to base 10. Which power undoes the natural one?"),
        Fault((V_REST + NEURON.r_m * HUNDRED) / NEURON.r_m,
              "That takes rest for 0 mV: V∞ is V_rest + R·I."),
        Fault(RHEOBASE, "At the rheobase itself it never fires. How far above it?"),
    ],
    praise="Two ms of rest and one time constant of rise: R·I = (θ e − 5 mV)/(e − 1).",
    off="The interval is 10 ms. Take the rest off, and solve rise = τ ln[…] for R·I.",
    near="Near, but not to 1 part in a million. Solve for the current, and give all its digits.",
)
# fmt: on

LIFT = 15.0  # mV, how far V shall rise
STEADY = LIFT / NEURON.r_m  # nA
WIDTHS = [(2.0,), (8.0,), (20.0,)]  # ms


def reached(d: float) -> float:
    """Return which part of the rise is reached after d ms."""
    return -float(np.expm1(-d / TAU))


def same_charge(got: list[float]) -> bool:
    """Tell whether three currents carry the same charge."""
    charge = [i * d for i, (d,) in zip(got, WIDTHS, strict=True)]
    return charge[0] > 0 and np.allclose(charge, charge[0], 1e-3, 0)


# fmt: off
pulses = Numbers(
    count="three",
    each="a pulse",
    form="[for 2 ms, for 8 ms, for 20 ms]",
    right=lambda d: STEADY / reached(d),
    cases=WIDTHS,
    within=(1e-3, 0.0),
    faults=[
        Fault([STEADY / reached(d) for (d,) in reversed(WIDTHS)],
              "These are the right currents in the wrong order: the 2 ms pulse comes first."),
        Fault(lambda d: STEADY / reached(d) * 1000, "These are in pA. How many nA are that?"),
        Fault(STEADY, "That reaches the peak only if the pulse never ends. A shorter one must be stronger."),
        Fault(lambda d: STEADY * reached(d), "A shorter pulse must be stronger, not weaker."),
        Fault(lambda d: STEADY / (1 - reached(d)),
              "You divide by the part that is still missing at the end. Which part is reached?"),
        Fault(lambda d: theory.strength_duration(NEURON, d),
              "These reach the threshold. The peak asked for is lower."),
        Fault(lambda d: (V_REST + LIFT) / NEURON.r_m / reached(d),
              "A peak of −55 mV is how far above rest? The current only has to lift V from there."),
        Fault(lambda d: STEADY * TAU / d,
              "Charge is τ·15 mV/R for each: right without a leak. How much leaks away?"),
        Fault(lambda d: STEADY / reached(d / 1000),
              "Widths and τ must be in the same unit, both in ms."),
        Fault(lambda d: 20.0 / d,
              "All three carry the same charge, so the wider leaks more and peaks lower.",
              fits=same_charge),
    ],
    praise="The same peak three times. The widest takes the least current and the most charge.",
    near="Near, but not to 1 part in 1000. Solve for the current, and give four digits of each.",
    some="{ok} of 3 are right. Does the same formula give the others?",
    enough=1,
    off="How much of R·I does V reach after a pulse of width d? Set that to 15 mV.",
)
# fmt: on

EXERCISES = {"f_I": f_i, "current": current, "pulses": pulses}
