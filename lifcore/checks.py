"""The exercises' answers: `check` answers at once, and knows the usual wrong ones."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lifcore.exercises as folder
from lifcore.exercises.frame import Verdict, is_empty, unanswered
from lifcore.exercises.guard import Screen, guarded
from lifcore.exercises.worked import yours

__all__ = ["Verdict", "check", "exercises", "yours_or_ours"]

TRIED: dict[
    str, list[Any]
] = {}  # id -> the different answers given so far, each as what tells it from others


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

    The learner's code does no harm: a loop in Python is stopped after 10 s (where there are threads), its
    exit() doesn't end the kernel, its figures are closed, and of what it prints one screen is shown.

    Parameters
    ----------
    id
        The exercise, such as ``"01.tau"``; `exercises()` lists them.
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
    screen = Screen()
    verdict = judged(id, answer, screen)
    if text := screen.text().rstrip():
        print(text)
    if verdict.state == "unanswered":
        return verdict
    tried, this = TRIED.setdefault(id, []), fingerprint(answer)
    if this in tried:
        return verdict
    tried.append(this)
    return replace(verdict, tries=len(tried))


def judged(id: str, answer: Any, screen: Screen) -> Verdict:
    """Judge an answer without counting it as a try; what its code prints goes to `screen`."""
    if not isinstance(id, str):
        raise TypeError(f"id must be the name of an exercise, such as '01.tau'; got {id!r}")
    judge = exercises(id[:2]).get(id)
    if judge is None:
        raise ValueError(f"id must be one of {', '.join(exercises())}; got {id!r}")
    return unanswered() if is_empty(answer) else guarded(judge, answer, screen)


def yours_or_ours(id: str, answer: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """Return the learner's function if it is right, else ours, and print whose it is; no try is counted.

    Parameters
    ----------
    id
        Of the exercise, such as ``"02.step"``.
    answer
        The learner's function; None: there is none.

    Raises
    ------
    ValueError
        If nothing is to be written under this id.
    """
    ours = yours(id[:2]).get(id) if isinstance(id, str) else None
    if ours is None:
        raise ValueError(f"id must be one of {', '.join(yours())}; got {id!r}")
    if answer is not None and judged(id, answer, Screen()).state == "right":
        print("Your function runs from here.")
        return answer
    print("Ours runs from here, until yours is right." if answer is not None else "Ours runs from here.")
    return ours.function()


def fingerprint(answer: Any) -> Any:
    """Return what tells an answer from others: of a function its code, of other things their text."""
    code = getattr(answer, "__code__", None)
    if code is None:
        return repr(answer)
    held = [of_cell(cell) for cell in answer.__closure__ or ()]
    return of_code(code), repr(answer.__defaults__), held


def of_cell(cell: Any) -> Any:
    """Return what tells what a closure holds: a function by its code alone, since two may hold each other."""
    try:
        value = cell.cell_contents
    except ValueError:
        return "not yet filled"
    return of_code(value.__code__) if hasattr(value, "__code__") else repr(value)


def of_code(code: Any) -> tuple[Any, ...]:
    """Return what tells a function's code from others', wherever it stands."""
    consts = [of_code(c) if hasattr(c, "co_code") else repr(c) for c in code.co_consts]
    return code.co_code, consts, code.co_names
