"""The exercises of notebook 08: the steady rate, the jump, the silence after a spike, the loop of events."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from lifcore import theory
from lifcore.exact import simulate_exact
from lifcore.exercises.functions import Lists
from lifcore.exercises.judge import Fault, Number
from lifcore.neuron import LIF

NEURON = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, r_m=1.0, tau_m=10.0, t_ref=2.0, th_jump=0.4, tau_th=100.0)
FIXED = replace(NEURON, th_jump=0.0)
PERIOD = theory.adaptive_period(NEURON, 3.0)

# fmt: off
steady_rate = Number(
    right=1000 / PERIOD,
    faults=[
        Fault(PERIOD, "That is the steady interval in ms. How many such intervals has a second?"),
        Fault(1 / PERIOD, "Those are spikes per ms. How many per second?"),
        Fault(theory.rate(FIXED, 3.0),
              "That is the rate with a fixed threshold. Give the neuron its jump of 0.4 mV."),
        Fault(lambda: 1000 / float(simulate_exact(NEURON, duration=50.0, current=3.0).spikes[:2] @ (-1, 1)),
              "That is the rate of the first interval. The neuron isn't tired yet: look later."),
        Fault(1000 / theory.adaptive_period(NEURON, 1.5), "That is the rate at 1.5 mV, half the drive."),
        Fault(1000 / theory.adaptive_period(replace(NEURON, t_ref=0.0), 3.0),
              "Your neuron doesn't rest: t_ref is 2 ms."),
        Fault(1000 / theory.adaptive_period(replace(NEURON, tau_th=NEURON.tau_m), 3.0),
              "Your threshold falls as fast as V. It has a time constant of its own."),
    ],
    praise="After a dozen spikes it keeps this rate, hardly more than a quarter of a fixed threshold's.",
    off="Simulate it long enough, with simulate_exact, and look at the last interval.",
    near="Close. Take the last interval of simulate_exact: a count is too coarse, and a grid rounds.",
)
# fmt: on

TAU, TAU_TH, T_REF = NEURON.tau_m, NEURON.tau_th, NEURON.t_ref
RISE = TAU * math.log(1.5 / (1.5 - 1))  # ms, unadapted, under a drive of 1.5 mV
LONG = 3 * (T_REF + RISE)


def height(t: float, drive: float = 1.5) -> float:
    """Return how far above rest the threshold stands where V meets it after t ms of rise, mV."""
    return drive * -math.expm1(-t / TAU) - NEURON.v_th


def jump_for(drive: float) -> float:
    """Return the jump at which the steady interval is three times the unadapted one, mV."""
    t = 3 * 1000 / theory.rate(FIXED, drive)
    return height(t - T_REF, drive) * math.expm1(t / TAU_TH)


# fmt: off
jump = Number(
    right=jump_for(1.5),
    faults=[
        Fault(height(LONG - T_REF),
              "That is how far the threshold stands above rest when V meets it. Which jump leads there?"),
        Fault(height(LONG - T_REF) * math.exp(LONG / TAU_TH),
              "You count the last jump only. What is left of the earlier ones adds to it."),
        Fault(height(LONG - T_REF) * math.expm1(LONG / TAU),
              "The threshold falls with its own time constant, tau_th."),
        Fault((height(LONG - T_REF) + 1) * math.expm1(LONG / TAU_TH),
              "The threshold starts from 1 mV and not from 0."),
        Fault(height(3 * RISE) * math.expm1(3 * RISE / TAU_TH),
              "The refractory period is missing in your interval."),
        Fault(height(LONG) * math.expm1(LONG / TAU_TH),
              "V doesn't rise during the refractory period: it has T - t_ref."),
        Fault(height(LONG / 9 - T_REF) * math.expm1(LONG / 9 / TAU_TH),
              "Your interval is a third of the unadapted one. A tired neuron fires more slowly."),
        Fault(jump_for(3.0), "That is the jump for a drive of 3 mV; here it is 1.5."),
        Fault(jump_for(1.5) / 3,
              "The jump isn't to be divided by three; the interval is to be three times as long."),
    ],
    praise="The interval is known, so the equation gives the jump at once: no trying is needed.",
    off="You know both intervals. Put the longer one into the equation of the steady interval.",
    near="Close. It must be right to 1 part in 1000: solve the equation for the jump.",
)

W, THETA, UP = 1.2, 1.0, 0.5  # mV: input, threshold, jump
GAP = TAU_TH * math.log(UP / (W - THETA))
silence_gap = Number(
    right=GAP,
    faults=[
        Fault(-GAP, "The fraction is upside down: a time is positive."),
        Fault(GAP / math.log(10), "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(GAP / TAU_TH, "That is the time in units of tau_th. How many ms are that?"),
        Fault(GAP / 1000, "That is the time in seconds. How many ms are that?"),
        Fault(GAP / 0.1, "That is the time in steps. How many ms are that?"),
        Fault(GAP / 10,
              "V has forgotten the first spike after 10 ms; the threshold hasn't. Which τ is its own?"),
        Fault(GAP + 2, "The refractory period runs at the same time: it isn't added."),
        Fault(TAU_TH * math.log((THETA + UP) / W),
              "The threshold falls toward 1 mV and not toward 0: only the jump decays."),
        Fault(TAU_TH * math.log(W / (W - THETA)), "The threshold was raised by the jump and not by w."),
        Fault(TAU_TH * (1 - (W - THETA) / UP), "The threshold doesn't fall along a straight line."),
        Fault(TAU_TH * math.log(2),
              "When half the jump is left, the threshold stands at 1.25 mV: still above w."),
    ],
    praise="V is back at rest all that time. Only the threshold remembers.",
    off="What must be left of the jump, so that the threshold stands at w or below?",
    near="Close. It must be right to 1 part in 1000: solve 1 + 0.5 e^(-Δ/100) = 1.2.",
)
# fmt: on


def spikes(
    times: Sequence[float], w: float, tau_m: float, tau_th: float, v_th: float, th_jump: float, t_ref: float,
    *, fault: str = "",
) -> list[float]:  # fmt: skip
    """Return the spikes of the right loop, or of one with a usual fault."""
    v, th, now = 0.0, v_th, 0.0
    fired: list[float] = []
    if fault == "swapped":
        tau_m, tau_th = tau_th, tau_m
    floor = 0.0 if fault == "to_zero" else v_th
    for t in times:
        last = fired[-1] if fired else 0.0 if fault == "ref_begins" else -math.inf
        rests = t - last <= t_ref and fault != "no_ref"
        if fault == "ref_edge" and rests:
            rests = t - last < t_ref
        leak = 1.0 if fault == "no_leak" else math.exp((now - t) / tau_m)
        fall = math.exp((now - t) / (tau_m if fault == "one_tau" else tau_th))
        stands = fault == "no_decay_th" or (fault == "ref_frozen" and rests)
        th = floor + (th - floor) * (1.0 if stands else fall)
        kick = w if not rests or fault == "ref_keeps" else 0.0
        v = (v + kick) * leak if fault == "input_first" else v * leak + kick
        now = now if fault == "stuck" or (fault == "ref_clock" and rests) else t
        fires = not rests and (v > th or (v == th and fault != "strict"))
        if fires:
            fired.append(t)
            v = v if fault == "no_reset" else 0.0
        if (fires or fault == "always") and fault != "fixed":
            th = (v_th if fault == "replace" else th) + th_jump
    return fired


def case(
    times: Sequence[float], *, w: float = 1.2, tau_m: float = 10.0, tau_th: float = 100.0,
    v_th: float = 1.0, th_jump: float = 0.5, t_ref: float = 2.0,
) -> tuple[Any, ...]:  # fmt: skip
    """Return one task for the learner's loop: times in ms, voltages in mV."""
    return tuple(times), w, tau_m, tau_th, v_th, th_jump, t_ref


CASES = {
    "a spike that comes too early, and one that doesn't": case((10.0, 60.0, 110.0)),
    "a train that tires the neuron": case([10.0 * k for k in range(1, 31)], w=1.6),
    "inputs that add up": case((3.0, 5.0, 8.0, 12.0, 31.0, 33.0, 36.0, 90.0), w=0.6, tau_m=20.0, th_jump=0.2),
    "an input that lifts V exactly to the threshold": case((4.0, 9.0), w=1.5, v_th=1.5, th_jump=0.3),
    "inputs while it rests": case(
        (5.0, 7.0, 9.0, 10.0, 12.0, 18.0, 30.0), w=0.9, v_th=0.8, th_jump=0.12, tau_th=15.0, t_ref=4.0
    ),
    "a threshold that rests at 2 mV": case((1.0, 30.0, 31.0, 80.0, 200.0), w=2.3, v_th=2.0, tau_th=40.0),
}
# Fault -> what to say to a loop that has it; looked through in this order.
FAULTS = {
    "fixed": "Your threshold never moves. What does each spike do to it?",
    "strict": "An input can lift V exactly to the threshold. Does your neuron fire then? It should.",
    "no_decay_th": "Your threshold only rises. Between two inputs it falls back toward v_th.",
    "to_zero": "Your threshold falls toward 0. Only what stands above v_th decays.",
    "replace": "Each spike adds its jump to what is left of the earlier ones. Yours begins anew.",
    "always": "Your threshold rises at every input. Only a spike of this neuron raises it.",
    "one_tau": "Your threshold falls as fast as V. It has a time constant of its own.",
    "swapped": "The two time constants have changed places: tau_m is V's, tau_th the threshold's.",
    "stuck": "Count the time since the last input, not since 0: when does your loop move on its clock?",
    "no_leak": "Nothing leaks in your loop: V, too, decays between two inputs.",
    "input_first": "Your input comes before the decay and leaks at once. Decay first, then input.",
    "no_reset": "After a spike V goes on from where it was. Which line brings it back to 0?",
    "no_ref": "Your neuron never rests. What comes up to t_ref after a spike is lost.",
    "ref_keeps": "Your refractory neuron still collects its input. What arrives in that time is lost.",
    "ref_begins": "Yours begins with a rest. The last spike was long ago: -math.inf.",
    "ref_clock": "Your clock stops at an input that is lost. Let it go on there too.",
    "ref_frozen": "Your threshold stands still while the neuron rests. It goes on falling.",
}
# fmt: off
loop = Lists(
    function="my_spikes",
    right=spikes,
    cases=list(CASES.values()),
    what=list(CASES),
    within=(0.0, 1e-9),
    stub="Your function holds no loop yet: write it, and run that cell again.",
    form="Your function must return a list of times: `return spikes`.",
    faults=[
        Fault(lambda times, *rest: [float(times.index(t)) for t in spikes(times, *rest)],
              "Those are the places of the right spikes in the list. Return their times.", "close"),
        *(Fault(partial(spikes, fault=name), said) for name, said in FAULTS.items()),
        Fault(partial(spikes, fault="ref_edge"),
              "An input exactly t_ref after a spike is still lost.", "close"),
    ],
    praise="All six cases agree, and no time step was needed.",
    enough=5,
    off="{ok} of 6 cases agree. The first that doesn't: {what}.",
)
# fmt: on

EXERCISES = {"steady_rate": steady_rate, "jump": jump, "silence_gap": silence_gap, "loop": loop}
