"""The exercises of notebook 08: the steady rate, the jump, the silence after a spike, the loop of events."""

import math
from dataclasses import dataclass, replace
from typing import Any

from lifcore import theory
from lifcore.exact import simulate_exact
from lifcore.exercises.frame import Answered, Verdict, call, is_empty, judge_number, need_function
from lifcore.neuron import LIF

NEURON = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, r_m=1.0, tau_m=10.0, t_ref=2.0, th_jump=0.4, tau_th=100.0)


def steady_rate(answer: Any) -> Verdict:
    """Judge the steady rate of `NEURON` under a drive of 3 mV, Hz."""
    period = theory.adaptive_period(NEURON, 3.0)
    first = float(simulate_exact(NEURON, duration=50.0, current=3.0).spikes[:2] @ (-1, 1))
    lost = theory.adaptive_period(replace(NEURON, t_ref=0.0), 3.0)
    return judge_number(
        answer,
        1000 / period,
        tolerance=1e-3,
        usual=(
            (period, "That is the steady interval in ms. How many such intervals has a second?"),
            (1 / period, "Those are spikes per ms. How many per second?"),
            (
                theory.rate(replace(NEURON, th_jump=0.0), 3.0),
                "That is the rate with a fixed threshold. Give the neuron its jump of 0.4 mV.",
            ),
            (1000 / first, "That is the rate of the first interval. The neuron isn't tired yet: look later."),
            (1000 / theory.adaptive_period(NEURON, 1.5), "That is the rate at 1.5 mV, half the drive."),
            (1000 / lost, "Your neuron doesn't rest: t_ref is 2 ms."),
            (
                1000 / theory.adaptive_period(replace(NEURON, tau_th=NEURON.tau_m), 3.0),
                "Your threshold falls as fast as V. It has a time constant of its own.",
            ),
        ),
        praise="After a dozen spikes it keeps this rate, hardly more than a quarter of a fixed threshold's.",
        hint="Simulate it long enough, with simulate_exact, and look at the last interval.",
        near="Close. Take the last interval of simulate_exact: a count is too coarse, and a grid rounds.",
    )


def jump(answer: Any) -> Verdict:
    """Judge the jump, mV, that makes the steady interval three times the unadapted one, drive 1.5 mV."""
    right, drive, tau, tau_th, t_ref = _jump(1.5), 1.5, NEURON.tau_m, NEURON.tau_th, NEURON.t_ref
    rise = tau * math.log(drive / (drive - 1))
    t = 3 * (t_ref + rise)
    height = drive * -math.expm1(-(t - t_ref) / tau) - 1
    return judge_number(
        answer,
        right,
        tolerance=1e-3,
        usual=(
            (
                height,
                "That is how far the threshold stands above rest when V meets it. Which jump leads there?",
            ),
            (
                height * math.exp(t / tau_th),
                "You count the last jump only. What is left of the earlier ones adds to it.",
            ),
            (height * math.expm1(t / tau), "The threshold falls with its own time constant, tau_th."),
            ((height + 1) * math.expm1(t / tau_th), "The threshold starts from 1 mV and not from 0."),
            (
                (drive * -math.expm1(-3 * rise / tau) - 1) * math.expm1(3 * rise / tau_th),
                "The refractory period is missing in your interval.",
            ),
            (
                (drive * -math.expm1(-t / tau) - 1) * math.expm1(t / tau_th),
                "V doesn't rise during the refractory period: it has T - t_ref.",
            ),
            (
                (drive * -math.expm1(-(t / 9 - t_ref) / tau) - 1) * math.expm1(t / 9 / tau_th),
                "Your interval is a third of the unadapted one. A tired neuron fires more slowly.",
            ),
            (_jump(3.0), "That is the jump for a drive of 3 mV; here it is 1.5."),
            (right / 3, "The jump isn't to be divided by three; the interval is to be three times as long."),
        ),
        praise="The interval is known, so the equation gives the jump at once: no trying is needed.",
        hint="You know both intervals. Put the longer one into the equation of the steady interval.",
        near="Close. It must be right to 1 part in 1000: solve the equation for the jump.",
    )


def _jump(drive: float) -> float:
    """Return the jump at which the steady interval is three times the unadapted one, mV."""
    t = 3 * 1000 / theory.rate(replace(NEURON, th_jump=0.0), drive)
    height = drive * -math.expm1(-(t - NEURON.t_ref) / NEURON.tau_m) - NEURON.v_th
    return height * math.expm1(t / NEURON.tau_th)


def silence_gap(answer: Any) -> Verdict:
    """Judge how long a spike silences inputs of 1.2 mV: θ 1 mV, jump 0.5 mV, tau_th 100 ms."""
    w, theta, rise, tau_th = 1.2, 1.0, 0.5, 100.0
    right = tau_th * math.log(rise / (w - theta))
    return judge_number(
        answer,
        right,
        tolerance=1e-3,
        usual=(
            (-right, "The fraction is upside down: a time is positive."),
            (right / math.log(10), "That is a logarithm to base 10. Which one undoes e^x?"),
            (right / tau_th, "That is the time in units of tau_th. How many ms are that?"),
            (right / 1000, "That is the time in seconds. How many ms are that?"),
            (right / 0.1, "That is the time in steps. How many ms are that?"),
            (
                right / 10,
                "V has forgotten the first spike after 10 ms; the threshold hasn't. Which τ is its own?",
            ),
            (right + 2, "The refractory period runs at the same time: it isn't added."),
            (
                tau_th * math.log((theta + rise) / w),
                "The threshold falls toward 1 mV and not toward 0: only the jump decays.",
            ),
            (tau_th * math.log(w / (w - theta)), "The threshold was raised by the jump and not by w."),
            (tau_th * (1 - (w - theta) / rise), "The threshold doesn't fall along a straight line."),
            (
                tau_th * math.log(2),
                "When half the jump is left, the threshold stands at 1.25 mV: still above w.",
            ),
        ),
        praise="V is back at rest all that time. Only the threshold remembers.",
        hint="What must be left of the jump, so that the threshold stands at w or below?",
        near="Close. It must be right to 1 part in 1000: solve 1 + 0.5 e^(-Δ/100) = 1.2.",
    )


@dataclass(frozen=True)
class Case:
    """One task for the learner's loop: input times in ms, and the parameters."""

    what: str
    times: tuple[float, ...]
    w: float = 1.2
    tau_m: float = 10.0
    tau_th: float = 100.0
    v_th: float = 1.0
    th_jump: float = 0.5
    t_ref: float = 2.0


CASES = (
    Case("a spike that comes too early, and one that doesn't", (10.0, 60.0, 110.0)),
    Case("a train that tires the neuron", tuple(10.0 * k for k in range(1, 31)), w=1.6),
    Case("inputs that add up", (3.0, 5.0, 8.0, 12.0, 31.0, 33.0, 36.0, 90.0), w=0.6, tau_m=20.0, th_jump=0.2),
    Case("an input that lifts V exactly to the threshold", (4.0, 9.0), w=1.5, v_th=1.5, th_jump=0.3),
    Case(
        "inputs while it rests",
        (5.0, 7.0, 9.0, 10.0, 12.0, 18.0),
        w=0.9,
        v_th=0.8,
        th_jump=0.12,
        tau_th=15.0,
        t_ref=4.0,
    ),
    Case("a threshold that rests at 2 mV", (1.0, 30.0, 31.0, 80.0, 200.0), w=2.3, v_th=2.0, tau_th=40.0),
)

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
    "ref_edge": "An input exactly t_ref after a spike is still lost.",
}


def _solve(case: Case, fault: str = "") -> list[float]:
    """Return the spikes of the right loop, or of one with a usual fault."""
    v, th, now = 0.0, case.v_th, 0.0
    spikes: list[float] = []
    tau_m, tau_th = (case.tau_th, case.tau_m) if fault == "swapped" else (case.tau_m, case.tau_th)
    floor = 0.0 if fault == "to_zero" else case.v_th
    for t in case.times:
        last = spikes[-1] if spikes else 0.0 if fault == "ref_begins" else -math.inf
        rests = t - last <= case.t_ref and fault != "no_ref"
        if fault == "ref_edge" and rests:
            rests = t - last < case.t_ref
        leak = 1.0 if fault == "no_leak" else math.exp((now - t) / tau_m)
        fall = math.exp((now - t) / (tau_m if fault == "one_tau" else tau_th))
        stands = fault == "no_decay_th" or (fault == "ref_frozen" and rests)
        th = floor + (th - floor) * (1.0 if stands else fall)
        kick = case.w if not rests or fault == "ref_keeps" else 0.0
        v = (v + kick) * leak if fault == "input_first" else v * leak + kick
        now = now if fault == "stuck" or (fault == "ref_clock" and rests) else t
        fires = not rests and (v > th or (v == th and fault != "strict"))
        if fires:
            spikes.append(t)
            v = v if fault == "no_reset" else 0.0
        if (fires or fault == "always") and fault != "fixed":
            th = (case.v_th if fault == "replace" else th) + case.th_jump
    return spikes


def loop(answer: Any) -> Verdict:
    """Judge ``spikes(times, w, tau_m, tau_th, v_th, th_jump, t_ref) -> times of the spikes, ms``."""
    need_function(answer, "my_spikes")
    answers = [_ask(answer, case) for case in CASES]
    if not any(answers):
        raise Answered("unanswered", "Your function holds no loop yet: write it, and run that cell again.")
    failed = [case for case, got in zip(CASES, answers, strict=True) if not _same(got, _solve(case))]
    if not failed:
        return Verdict("right", "All six cases agree, and no time step was needed.")
    places = [[float(case.times.index(t)) for t in _solve(case)] for case in CASES]
    if all(_same(got, want) for got, want in zip(answers, places, strict=True)):
        return Verdict("close", "Those are the places of the right spikes in the list. Return their times.")
    for fault, hint in FAULTS.items():
        if all(_same(got, _solve(case, fault)) for case, got in zip(CASES, answers, strict=True)):
            return Verdict("close" if fault == "ref_edge" else "wrong", hint)
    return Verdict(
        "close" if len(failed) == 1 else "wrong",
        f"{6 - len(failed)} of 6 cases agree. The first that doesn't: {failed[0].what}.",
    )


def _ask(answer: Any, case: Case) -> list[float]:
    """Run the learner's loop on a case; return its spikes."""
    times = list(case.times)
    got = call(answer, times, case.w, case.tau_m, case.tau_th, case.v_th, case.th_jump, case.t_ref)
    if times != list(case.times):
        raise Answered("wrong", "Your loop changes the list of times that it is given. Leave it whole.")
    if is_empty(got):
        return []
    try:
        return [float(t) for t in got]
    except (TypeError, ValueError):
        raise Answered("wrong", "Your function must return a list of times: `return spikes`.") from None


def _same(got: list[float], want: list[float]) -> bool:
    """Tell whether two lists of times are the same."""
    return len(got) == len(want) and all(abs(a - b) < 1e-9 for a, b in zip(got, want, strict=True))
