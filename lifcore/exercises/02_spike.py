"""The exercises of notebook 02: a step, the reset, the rest; a subtracting neuron, two weights, a train."""

import math
from collections.abc import Sequence
from functools import partial

from lifcore.exercises.functions import Function, Lists, Outputs
from lifcore.exercises.judge import Fault, Number

Numbers = Sequence[float]

# fmt: off
step = Function(
    function="my_step",
    right=lambda v, v_inf, decay, kick: v_inf + (v - v_inf) * decay + kick,
    cases=[(0.5, 1.0, 0.9, 0.0), (-65.0, -50.0, 0.8, 2.0), (0.3, -0.2, 0.99, 0.5), (1.0, 2.0, 0.3, -0.4)],
    faults=[
        Fault(lambda v, v_inf, decay, kick: v,
              "As given V stays where it is: nothing leaks, and no input comes in.", "unanswered"),
        Fault(lambda v, v_inf, decay, kick: v + kick, "Nothing leaks in your step."),
        Fault(lambda v, v_inf, decay, kick: v_inf + (v - v_inf) * decay,
              "The decay is right. Where is the kick?"),
        Fault(lambda v, v_inf, decay, kick: v_inf + (v + kick - v_inf) * decay,
              "Your input leaks at once. Which comes first, decay or input?"),
        Fault(lambda v, v_inf, decay, kick: v * decay + kick,
              "Yours decays toward 0. With a current V ends elsewhere: at v_inf."),
        Fault(lambda v, v_inf, decay, kick: v_inf + (v - v_inf) * (1 - decay) + kick,
              "decay is the share of the distance that is left, not the share that is lost."),
        Fault(lambda v, v_inf, decay, kick: v_inf + (v_inf - v) * decay + kick,
              "Yours lands on the far side of v_inf. Which way round is the distance?"),
        Fault(lambda v, v_inf, decay, kick: kick, "The kick adds to V; yours takes its place."),
        Fault(lambda v, v_inf, decay, kick: (v - v_inf) * decay + kick,
              "That is how far V is from v_inf. Where does it stand?"),
        Fault(lambda v, v_inf, decay, kick: v_inf + kick,
              "Yours reaches v_inf in one step. What slows it down?"),
    ],
    single=(1e-5, 1e-6),
    praise="Decay toward v_inf, then the kick: one step of the simulation.",
    off="Which distance shrinks by the factor decay? What is added afterwards?",
)


def fired(kicks: Numbers, decay: float, v_th: float, v_reset: float, fault: str = "") -> list[int]:
    """Return the spikes of the loop with its reset, or of one with a usual fault."""
    v, spikes = 0.0, list[int]()
    for k in range(1, len(kicks)):
        v = v * decay + kicks[k]
        fires = v > v_th or (v == v_th and fault != "strict")
        if fires:
            spikes.append(k)
            after = {"stub": v, "zero": 0.0, "subtract": v - v_th, "undo": v - kicks[k], "threshold": v_th,
                     "else": v}
            v = after.get(fault, v_reset)
            if fault == "break":
                break
        elif fault == "else":
            v = v_reset
        if fault == "every":
            v = v_reset
    return spikes


def train(samples: Numbers, w: float, n: int) -> tuple[float, ...]:
    """Return what arrives at the samples 0 to n, mV, as inputs of one weight."""
    return tuple(w * list(samples).count(k) for k in range(n + 1))


reset = Lists(
    function="my_spikes",
    right=fired,
    cases=[
        (train((100, 200, 300), 0.5, 400), math.exp(-0.1 / 14), 0.6, 0.0),
        (train(range(3, 60, 3), 0.35, 60), 0.98, 0.7, -0.2),
        (train((5, 6, 7, 8, 20), 0.5, 30), 0.9, 0.75, 0.3),
        (train((1, 2, 30), 0.9, 30), 0.9, 0.9, 0.1),
    ],
    form="Your function must return the list of the samples at which it fires: `return spikes`.",
    faults=[
        Fault(partial(fired, fault="stub"),
              "Still 83 spikes for the three inputs of the text: nothing sets V. (One = sets, == asks.)",
              "unanswered"),
        Fault(partial(fired, fault="zero"), "Yours goes to 0. v_reset need not be 0."),
        Fault(partial(fired, fault="subtract"),
              "Yours takes v_th off: another kind of neuron, in exercise 1. This one goes to v_reset."),
        Fault(partial(fired, fault="undo"),
              "Yours takes the last input back. V goes to v_reset, wherever it was."),
        Fault(partial(fired, fault="threshold"), "At the threshold it fires again. Where does V go?"),
        Fault(partial(fired, fault="break"), "Your loop ends at the first spike. The neuron goes on."),
        Fault(partial(fired, fault="every"), "Yours resets at every sample. How far in must the line stand?"),
        Fault(partial(fired, fault="else"),
              "Yours resets where it does not fire. To which `if` does it belong?"),
        Fault(partial(fired, fault="strict"), "V = v_th fires: the test is >=."),
    ],
    praise="One line, and a spike is an event.",
    off="After a spike V goes to v_reset; what else does your function change?",
)


def rested(
    v: float, th: float, v_infs: Numbers, kicks: Numbers, decay: float, v_reset: float, n_ref: int,
    fault: str = "",
) -> tuple[list[int], list[float]]:  # fmt: skip
    """Return spikes and V of the loop with its rest, or of one with a usual fault."""
    v_out, spikes, hold = [v], list[int](), -1
    longer = {"short": -1, "long": 1}.get(fault, 0)
    for k, v_inf in enumerate(v_infs, 1):
        if k <= hold and fault != "stub":
            held = {"keeps": v + kicks[k], "decays": v_inf + (v - v_inf) * decay, "zero": 0.0}
            v = held.get(fault, v_reset)
            if fault == "skips":
                continue
        else:
            v = v_inf + (v - v_inf) * decay + kicks[k]
            if v >= th:
                spikes.append(k)
                v = v_reset
                hold = n_ref if fault == "place" else k + n_ref + longer
        v_out.append(v)
    return spikes, v_out


rest = Outputs(
    function="my_loop",
    names=("spikes", "v_out"),
    right=rested,
    cases=[
        (0.0, 0.6, (1.0,) * 300, (0.0,) * 301, math.exp(-0.1 / 14), 0.0, 50),
        (0.2, 0.7, (0.0,) * 60, train((2, 20, 21, 25, 26, 40, 41), 0.55, 60), 0.98, -0.2, 5),
        (-70.0, -50.0, (-40.0, -45.0) * 40, train((2, 3, 8, 30), 25.0, 80), 0.9, -65.0, 50),
        (0.5, 0.8, (0.4,) * 40, train(range(0, 40, 4), 0.4, 40), 0.95, 0.3, 3),
        (0.0, 0.8, (0.0,) * 10, train((1, 4), 0.8, 10), 0.5, 0.1, 2),
    ],
    within=(0.0, 1e-9),
    faults=[
        Fault(partial(rested, fault="stub"),
              "As given it never rests: after a spike V rises at once.", "unanswered"),
        Fault(partial(rested, fault="short"),
              "One sample too short: V is held at the n_ref samples after the spike."),
        Fault(partial(rested, fault="long"),
              "One sample too long: V is held at the n_ref samples after the spike."),
        Fault(partial(rested, fault="keeps"),
              "While it rests yours still collects. What comes in then is lost."),
        Fault(partial(rested, fault="decays"), "While it rests your V moves. It is held at v_reset."),
        Fault(partial(rested, fault="zero"), "While it rests yours stands at 0. It is held at v_reset."),
        Fault(partial(rested, fault="skips"),
              "While it rests nothing is noted: v_out needs one value a sample."),
        Fault(partial(rested, fault="place"), "hold is the number of a sample: counted from the spike on."),
    ],
    praise="The same spikes and the same V, sample for sample, as lifcore.",
    off="While k is not beyond hold V stays at v_reset; a spike at sample k sets hold.",
)


def subtracted(samples: Numbers, w: float, n: int, decay: float, v_th: float, fault: str = "") -> list[int]:
    """Return the spikes of a neuron from which the threshold is subtracted, or of one with a usual fault."""
    v, spikes, waiting = 0.0, list[int](), 0
    for k in range(1, n + 1):
        count = list(samples).count(k)
        if fault == "queue":
            waiting += count
            count = min(waiting, 1)
            waiting -= count
        v = v * decay + w * count
        while v > v_th or (v == v_th and fault != "strict"):
            spikes.append(k)
            after = {"stub": 0.0, "weight": v - w, "threshold": v_th, "rest": v % v_th, "add": v + v_th}
            v = after.get(fault, v - v_th)
            if fault != "while":
                break
    return spikes


subtract = Lists(
    function="my_subtract",
    right=subtracted,
    cases=[
        ((10, 10, 10, 10), 0.5, 40, math.exp(-0.1 / 14), 0.6),
        ((5, 5, 6, 9, 9, 9, 10, 30), 0.36, 30, 0.97, 0.6),
        ((5, 8, 20), 1.0, 20, 0.97, 0.6),
        ((30, 4, 4, 12, 12, 12, 40, 40, 40, 40, 40), 0.7, 40, 0.9, 1.4),
        ((1, 1, 15), 0.4, 15, 0.5, 0.4),
    ],
    form="Your function must return the list of the samples at which it fires: `return spikes`.",
    faults=[
        Fault(partial(subtracted, fault="stub"),
              "As given V goes to 0, and what was above the threshold is forgotten.", "unanswered"),
        Fault(partial(subtracted, fault="weight"), "Yours takes w off. How far is it to fall?"),
        Fault(partial(subtracted, fault="threshold"), "Yours sets V to v_th. Take v_th off V."),
        Fault(partial(subtracted, fault="rest"),
              "Yours takes v_th off as often as it can. What is left may fire at the next sample."),
        Fault(partial(subtracted, fault="while"),
              "Yours fires several times at one sample. One spike a sample."),
        Fault(partial(subtracted, fault="strict"), "V = v_th fires: the test is >=."),
        Fault(partial(subtracted, fault="add"), "Yours goes up. Which sign?"),
        Fault(partial(subtracted, fault="queue"),
              "Inputs of one sample all act at that sample; yours queue up and act one after the other."),
    ],
    praise="Four inputs at once, three spikes in a row: this neuron forgets nothing but what leaks.",
    off="Decay, input, test, and then v_th is taken off V.",
)

W1, W2, THETA, TAU = 0.25, 0.5, 0.6, 14.0  # mV, mV, mV, ms
GAP = TAU * math.log(W1 / (THETA - W2))
two_weights = Number(
    right=GAP,
    faults=[
        Fault(TAU * math.log(W2 / (THETA - W1)), "That is with the strong one first. Try the other order."),
        Fault(TAU * math.log(W2 / (THETA - W2)), "That is for two of 0.5 mV."),
        Fault(TAU * math.log10(W1 / (THETA - W2)), "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(GAP / TAU, "That is in units of τ. How many ms are that?"),
        Fault(GAP / 0.1, "That is in steps. How many ms are that?"),
        Fault(GAP / 1000, "That is in seconds. How many ms are that?"),
        Fault(-GAP, "The fraction is upside down: a gap is positive."),
        Fault(TAU * math.log(THETA / W1),
              "Then the first would have to fall from θ to w. What must be left of it?"),
        Fault(TAU * math.log(THETA / (THETA - W2)), "The first lifts V to its own weight, not to θ."),
    ],
    praise="The weak one first: it may be forgotten further, since the strong one adds more.",
    off="Just before the second, how much of the first must be left? Compare both orders.",
    near="Near: solve for the gap and give it to 1 part in 1000.",
)

KICK, LIMIT, Q = 0.3, 1.0, math.exp(-5 / 20)  # mV, mV, what is left after 5 ms
N, LOST = math.ceil(math.log(1 - LIMIT * (1 - Q) / KICK) / math.log(Q)), math.floor(17 / 5)
once_in = Number(
    right=N + LOST,
    within=(1e-12, 0.0),
    faults=[
        Fault(N, "That many lift it to the threshold. And those that come while it rests?"),
        Fault(math.ceil(LIMIT / KICK) + LOST, "That leaves out the leak: three or four would do then."),
        Fault(N + LOST + 1, "In 17 ms three come, 5, 10 and 15 ms after the spike. Which way do you round?"),
        Fault(N + LOST - 1, "At that one V is still below θ. Do you round n up?"),
        Fault(LOST, "Those are the lost ones alone."),
        Fault(5 * (N + LOST), "That is a time in ms. How many inputs are that?"),
        Fault(N + 17 / 5, "Inputs are whole."),
    ],
    praise="Six to fire and three lost: once in nine.",
    off="How many lift V from 0 to the threshold, and how many come while it rests?",
)
# fmt: on

EXERCISES = {
    "step": step,
    "reset": reset,
    "rest": rest,
    "subtract": subtract,
    "two_weights": two_weights,
    "once_in": once_in,
}
