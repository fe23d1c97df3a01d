"""The exercises' answers: `check` answers at once, and knows the usual wrong ones."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import lifcore.exercises as folder
from lifcore.exercises.frame import Answered, Verdict, is_empty, unanswered

__all__ = ["Verdict", "check", "exercises"]


def exercises(number: str = "") -> dict[str, Callable[[Any], Verdict]]:
    """Return what judges each exercise, by its id: the notebook's number and the exercise's name.

    Parameters
    ----------
    number
        Of the notebook, two digits, whose exercises are wanted; "": of all that have some. Only
        their modules, which are named like the notebooks, are loaded.
    """
    names = [module.name for module in pkgutil.iter_modules(folder.__path__) if module.name[0].isdigit()]
    found: dict[str, Callable[[Any], Verdict]] = {}
    for name in names:
        if name.startswith(number):
            judges = importlib.import_module(f"{folder.__name__}.{name}").EXERCISES
            found |= {f"{name[:2]}.{id}": judge for id, judge in judges.items()}
    return found


def check(id: str, answer: Any) -> Verdict:
    """Judge the answer to an exercise.

    Parameters
    ----------
    id
        The exercise, such as ``"02.pair_gap"``; `exercises()` lists them.
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
    judge = exercises(id[:2]).get(id)
    if judge is None:
        raise ValueError(f"id must be one of {', '.join(exercises())}; got {id!r}")
    if is_empty(answer):
        return unanswered()
    try:
        return judge(answer)
    except Answered as early:
        return early.verdict
