"""What all exercises share: the verdict, and what a number or a function must be to be judged."""

import html
import inspect
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

MARKS = {"unanswered": "○ not yet answered", "close": "◐ close", "wrong": "✗ not right", "right": "✓ right"}
EDGES = {"unanswered": "#767676", "close": "#56b4e9", "wrong": "#e69f00", "right": "#0072b2"}
MANY = 1_000_000  # values that are taken of one answer, which may have no end
NTH = "second third fourth fifth sixth seventh eighth ninth tenth".split()
BOX = (
    '<div role="status" style="border: 1px solid {edge}; border-left-width: 8px; padding: 6px 12px; '
    'margin: 4px 0; max-width: 46em; font-size: 16px; line-height: 1.4"><b>{mark}:</b> {message}</div>'
)


@dataclass(frozen=True)
class Verdict:
    """What `check` says of an answer.

    Attributes
    ----------
    state : str
        "unanswered", "close", "wrong" or "right".
    message : str
        A sentence or two for the learner.
    tries : int
        How many different answers were given so far, this one among them.
    """

    state: str
    message: str
    tries: int = field(default=1, compare=False)

    @property
    def mark(self) -> str:
        """The state in words and, from the second on, which try this is."""
        if self.tries < 2:
            return MARKS[self.state]
        nth = NTH[self.tries - 2] if self.tries - 2 < len(NTH) else f"{self.tries}th"
        return f"{MARKS[self.state]} ({nth} try)"

    def __str__(self) -> str:
        """Return the state and the message in one line."""
        return f"{self.mark}: {self.message}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return BOX.format(
            edge=EDGES[self.state], mark=self.mark, message=html.escape(self.message, quote=False)
        )


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


def taken(values: Iterable[Any]) -> list[Any]:
    """Return the values of an answer in a list, or say that there are too many."""
    kept = list(islice(values, MANY + 1))
    if len(kept) > MANY:
        raise Answered("wrong", f"These are more than {MANY:,} values. Where do they end?")
    return kept


def as_floats(value: Any) -> np.ndarray:
    """Return numbers of any kind as an array of floats; a generator is run through.

    Raises
    ------
    TypeError, ValueError
        If they are none: complex numbers and texts aren't.
    Answered
        If one is too large for a float, or if there are too many.
    """
    if isinstance(value, Iterator | range | set | dict):
        value = taken(value)
    plain = np.asarray(value)
    if plain.dtype.kind in "cSU":
        raise TypeError(f"numbers are asked for; got {plain.dtype}")
    try:
        return np.asarray(plain, float)
    except OverflowError:
        raise Answered("wrong", "This number is too large; what was asked for is much smaller.") from None


def as_number(answer: Any) -> float:
    """Return a learner's number as a float, or say what is wrong with it."""
    if callable(answer):
        raise Answered("wrong", "This is a function; give the number that it returns, so call it.")
    if isinstance(answer, str):
        raise Answered("wrong", f"This is the text {answer!r}; give the number without quotation marks.")
    if isinstance(answer, bool | np.bool_):
        raise Answered("wrong", f"This is {answer}, the answer to a comparison; a number is asked for.")
    try:
        a = as_floats(answer)
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
    except RecursionError:
        raise Answered("wrong", "Your function calls itself without end.") from None
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
    return getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", "")
