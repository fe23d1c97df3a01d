"""What all exercises share: the verdict, and what a number or a function must be to be judged."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MARKS = {"unanswered": "○ not yet answered", "close": "◐ close", "wrong": "✗ not right", "right": "✓ right"}


@dataclass(frozen=True)
class Verdict:
    """What `check` says of an answer.

    Attributes
    ----------
    state : str
        "unanswered", "close", "wrong" or "right".
    message : str
        A sentence or two for the learner.
    """

    state: str
    message: str

    def __str__(self) -> str:
        """Return the state in words and the message, in one line."""
        return f"{MARKS[self.state]}: {self.message}"

    __repr__ = __str__


class Answered(Exception):  # noqa: N818  it carries a verdict and is no error
    """Ends the judging of an answer early."""

    def __init__(self, state: str, message: str) -> None:
        super().__init__(message)
        self.verdict = Verdict(state, message)


def unanswered(message: str = "Replace the dots with your answer, run that cell, then this one.") -> Verdict:
    """Return the verdict on an exercise that nobody has touched."""
    return Verdict("unanswered", message)


def is_empty(answer: Any) -> bool:
    """Tell whether an answer is still the stub's."""
    return answer is None or answer is Ellipsis


def as_number(answer: Any) -> float:
    """Return a learner's number as a float, or say what is wrong with it."""
    if callable(answer):
        raise Answered("wrong", "This is a function; give the number that it returns, so call it.")
    if isinstance(answer, str):
        raise Answered("wrong", f"This is the text {answer!r}; give the number without quotation marks.")
    try:
        a = np.asarray(answer, float)
    except (TypeError, ValueError):
        raise Answered("wrong", f"One number is asked for; this is a {type(answer).__name__}.") from None
    if a.size != 1:
        raise Answered("wrong", f"One number is asked for; these are {a.size}.")
    if not np.isfinite(a).all():
        raise Answered("wrong", f"The answer is a finite number; this is {a.item()}.")
    return float(a.item())


def call(function: Callable[..., Any], *args: Any) -> Any:
    """Call the learner's function; what it raises becomes a verdict that names their line."""
    try:
        return function(*args)
    except Exception as error:
        steps = traceback.extract_tb(error.__traceback__)
        own = [step for step in steps[1:] if step.filename == _file_of(function)]
        where = f' in "{own[-1].line}"' if own and own[-1].line else ""
        said = f"Your function stops with {type(error).__name__}: {error}{where}."
        raise Answered("wrong", said) from None


def need_function(answer: Any, call_as: str) -> None:
    """Say so if the answer is not a function."""
    if not callable(answer):
        raise Answered(
            "wrong",
            f"Give the function itself, {call_as} without parentheses; this is a {type(answer).__name__}.",
        )


def _file_of(function: Callable[..., Any]) -> str:
    return getattr(getattr(function, "__code__", None), "co_filename", "")
