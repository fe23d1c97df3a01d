"""The exercises of notebook 02: the loop, the longest gap of a pair, the number of spikes needed."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, call, need_function
from lifcore.exercises.judge import Fault, Number


@dataclass(frozen=True)
class Case:
    """One task for the learner's loop; V rests at 0, voltages are in mV, times in samples."""

    what: str
    inputs: tuple[int, ...]
    w: float = 0.5
    n: int = 400
    decay: float = math.exp(-0.1 / 14)
    v_th: float = 0.6
    v_reset: float = 0.0
    n_ref: int = 0


CASES = (
    Case("three inputs, 100 samples apart", (100, 200, 300)),
    Case("three inputs at one sample", (50, 50, 50), w=0.25, n=100),
    Case("an input at the last sample", (90, 100), n=100),
    Case("an input that lifts V exactly to the threshold", (10,), w=0.6, n=30),
    Case("inputs during and after the refractory period", (20, 21, 25, 40, 41), w=0.4, n=60, n_ref=5),
    Case("inputs in no order and a reset below rest", (70, 60, 20, 21), w=0.35, n=100, v_reset=-0.2, n_ref=3),
)

# Fault -> what to say to a loop that has it; looked through in this order.
FAULTS = {
    "single": "Several inputs may come at one sample: their weights add up. How many come at sample k?",
    "queue": "Inputs of one sample all act at that sample; yours queue up and act one after the other.",
    "strict": "An input can lift V exactly to the threshold. Does your neuron fire then? It should.",
    "no_reset": "After a spike V goes on from where it was. Which line brings it back?",
    "reset_rest": "After a spike V goes to v_reset, and that need not be the resting potential 0.",
    "no_ref": "Your neuron never rests. After a spike V stays at v_reset for the next n_ref samples.",
    "ref_keeps": "Your refractory neuron still collects its input. What arrives in that time is lost.",
    "ref_short": "Your refractory period is one sample too short: n_ref samples are held after the spike.",
    "ref_long": "Your refractory period is one sample too long: n_ref samples are held after the spike.",
    "ref_begins": "Yours begins with a rest. The last spike was long ago: begin with hold = -1.",
    "input_first": "Your input comes before the decay and leaks at once. Decay first, then input.",
    "no_decay": "Nothing leaks in your loop. Where does V shrink by the factor decay?",
    "from_zero": "Sample 0 is the start, and v_out holds it already. At which sample does your loop begin?",
    "last": "Your loop stops before sample n. In Python, range(1, n) ends at n - 1.",
    "peak": "The spikes are right. Record V after the reset, so that a spike's sample shows v_reset.",
}


def _solve(case: Case, fault: str = "") -> tuple[list[int], list[float]]:
    """Return the spikes and V of the right loop, or of one with a usual fault."""
    v, hold, spikes, v_out = 0.0, case.n_ref if fault == "ref_begins" else -1, [], [0.0]
    queue: list[int] = []
    n_ref = {"no_ref": 0, "ref_short": case.n_ref - 1, "ref_long": case.n_ref + 1}.get(fault, case.n_ref)
    first = 0 if fault == "from_zero" else 1
    for k in range(first, case.n if fault in ("last", "from_zero") else case.n + 1):
        queue += [k] * case.inputs.count(k)
        count = len(queue)
        if fault in ("single", "queue"):
            count = min(count, 1)
        queue = queue[1:] if fault == "queue" else []
        kick, peak = case.w * count, math.nan
        if k <= hold:
            v = v + kick if fault == "ref_keeps" else case.v_reset
        else:
            decay = 1.0 if fault == "no_decay" else case.decay
            v = (v + kick) * decay if fault == "input_first" else v * decay + kick
            if v > case.v_th or (v == case.v_th and fault != "strict"):
                spikes.append(k)
                peak = v
                if fault != "no_reset":
                    v = 0.0 if fault == "reset_rest" else case.v_reset
                hold = k + n_ref
        v_out.append(peak if fault == "peak" and not math.isnan(peak) else v)
    return spikes, v_out


def loop(answer: Any) -> Verdict:
    """Judge ``my_spikes(input_samples, w, n, decay, v_th, v_reset, n_ref) -> spikes, v_out``."""
    need_function(answer, "my_spikes")
    answers = [_ask(answer, case) for case in CASES]
    if all(len(v) == 1 and not s for s, v in answers):
        raise Answered("unanswered", "Your function holds no loop yet: write it, and run that cell again.")
    failed = [case for case, got in zip(CASES, answers, strict=True) if not _same(got, _solve(case))]
    if not failed:
        return Verdict("right", "All six cases agree, sample for sample, three inputs at once among them.")
    for fault, hint in FAULTS.items():
        if all(_same(got, _solve(case, fault)) for case, got in zip(CASES, answers, strict=True)):
            return Verdict("close" if fault in ("last", "peak") else "wrong", hint)
    for case, (_, v) in zip(CASES, answers, strict=True):
        if len(v) != case.n + 1:
            said = f"Your v_out holds {len(v)} values where n is {case.n}: it needs one a sample, 0 … n."
            return Verdict("wrong", said)
    return Verdict(
        "close" if len(failed) == 1 else "wrong",
        f"{6 - len(failed)} of 6 cases agree. The first that doesn't: {failed[0].what}.",
    )


def _ask(answer: Any, case: Case) -> tuple[list[int], np.ndarray]:
    """Run the learner's loop on a case; return its spikes and V."""
    inputs = list(case.inputs)
    got = call(answer, inputs, case.w, case.n, case.decay, case.v_th, case.v_reset, case.n_ref)
    if inputs != list(case.inputs):
        raise Answered("wrong", "Your loop changes the list of inputs that it is given. Leave it whole.")
    try:
        spikes, v_out = got
        return [int(k) for k in spikes], np.asarray(v_out, float).reshape(-1)
    except (TypeError, ValueError):
        raise Answered("wrong", "Your function must return two lists: `return spikes, v_out`.") from None


def _same(got: tuple[list[int], np.ndarray], want: tuple[list[int], list[float]]) -> bool:
    """Tell whether two answers have the same spikes and the same V."""
    return got[0] == want[0] and len(got[1]) == len(want[1]) and np.allclose(got[1], want[1], 0, 1e-9)


W, THETA, TAU = 0.5, 0.6, 14.0  # mV, mV, ms
FULL = TAU * math.log(W / (THETA - W))

# fmt: off
pair_gap = Number(
    right=FULL,
    faults=[
        Fault(-FULL, "The fraction is upside down: a gap is positive."),
        Fault(TAU * math.log10(W / (THETA - W)), "That is a logarithm to base 10. Which one undoes e^x?"),
        Fault(FULL / TAU, "That is the gap in units of the time constant. How many ms are that?"),
        Fault(FULL / 1000, "That is the gap in seconds. How many ms are that?"),
        Fault(FULL / 0.1, "That is the gap in steps. How many ms are that?"),
        Fault(TAU * math.log(THETA / W),
              "That is how long V takes from θ down to w. How much may be left at least?"),
        Fault(TAU * math.log(THETA / (THETA - W)),
              "That holds for an endless train. Here one spike comes before."),
        Fault(TAU * math.log(0.45 / (THETA - 0.45)),
              "That is the gap for the 0.45 mV of the example. What does 0.5 mV change?"),
        Fault(TAU * math.log(2), "Then half of the first spike is left. Is that the least that will do?"),
    ],
    praise="A pair fires up to a gap of τ ln[w/(θ − w)].",
    off="Just before the second spike, how much of the first must be left so that w more reaches θ?",
    near="Read off a slider or a simulation? Solve w·e^(−Δ/τ) + w = θ for Δ instead.",
)

KICK, LIMIT, Q = 0.3, 1.0, math.exp(-5 / 20)  # mV, mV, what is left after 5 ms
EXACT = math.log(1 - LIMIT * (1 - Q) / KICK) / math.log(Q)
N = math.ceil(EXACT)
predict_n = Number(
    right=N,
    within=(1e-12, 0.0),
    faults=[
        Fault(math.ceil(LIMIT / KICK),
              "That would do without a leak. How much is left of the earlier spikes?"),
        Fault(LIMIT / KICK, "That would do without a leak, and a number of spikes is whole."),
        Fault(EXACT, "There V would just reach θ. A number of spikes is whole: which way do you round?"),
        Fault(N - 1, "At that spike V is still below θ. Do you count from 1, and round up?"),
        Fault(N + 1, "The spike before that one already fires the neuron. Do you count from 1?"),
        Fault(0, "A long train does reach the threshold: the sum settles at w/(1 − q), which is above θ."),
        Fault(5 * (N - 1), "That is the time from the first spike on, in ms. How many have come by then?"),
        Fault(5 * N, "That is a time in ms. How many spikes have come by then?"),
    ],
    praise="The sixth spike fires it: V_n = w(1 − qⁿ)/(1 − q) passes θ there.",
    off="Set V_n = w(1 − qⁿ)/(1 − q) with q = e^(−Δ/τ) equal to θ and solve for n.",
)
# fmt: on

EXERCISES = {"loop": loop, "pair_gap": pair_gap, "predict_n": predict_n}
