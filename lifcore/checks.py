"""The exercises' answers: `check` answers at once, and knows the usual wrong ones."""

from typing import Any

from lifcore.exercises import adaptive, clock, grid, membrane, rate, spike, time_step, waves
from lifcore.exercises.frame import Answered, Verdict, is_empty, unanswered

__all__ = ["EXERCISES", "Verdict", "check"]

# Exercise -> what judges its answer; the id is the notebook's number and the exercise's name.
EXERCISES = {
    "01.tau": membrane.tau,
    "01.step": membrane.step,
    "01.cutoff": membrane.cutoff,
    "02.loop": spike.loop,
    "02.pair_gap": spike.pair_gap,
    "02.predict_n": spike.predict_n,
    "03.f_I": rate.f_i,
    "03.current": rate.current,
    "03.pulses": rate.pulses,
    "04.order": time_step.order,
    "04.float_bug": clock.float_bug,
    "04.whole_steps": clock.whole_steps,
    "04.crossing": time_step.crossing,
    "08.steady_rate": adaptive.steady_rate,
    "08.jump": adaptive.jump,
    "08.silence_gap": adaptive.silence_gap,
    "08.loop": adaptive.loop,
    "09.first_spike": grid.first_spike,
    "09.fill": grid.fill,
    "09.speed": grid.speed,
    "10.period": waves.period,
    "10.islands": waves.islands,
    "10.flash": waves.flash,
}


def check(id: str, answer: Any) -> Verdict:
    """Judge the answer to an exercise.

    Parameters
    ----------
    id
        The exercise, such as ``"02.pair_gap"``; `EXERCISES` lists them.
    answer
        A number or a function, as the exercise asks; ``...`` and None count as not yet answered.

    Returns
    -------
    Verdict
        With a state, one of "unanswered", "close", "wrong" and "right", and a message of a
        sentence or two. An error in the learner's function becomes such a message too.

    Raises
    ------
    TypeError
        If the id is no text.
    ValueError
        If there is no such exercise.
    """
    if not isinstance(id, str):
        raise TypeError(f"id must be the name of an exercise, such as '02.pair_gap'; got {id!r}")
    if id not in EXERCISES:
        raise ValueError(f"id must be one of {', '.join(EXERCISES)}; got {id!r}")
    if is_empty(answer):
        return unanswered()
    try:
        return EXERCISES[id](answer)
    except Answered as early:
        return early.verdict
