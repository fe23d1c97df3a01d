"""The kinds of exercise that ask for a function: of a number, a list or a map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, as_number, call, is_empty, need_function
from lifcore.exercises.judge import Exercise

STUB = "Your function returns nothing yet: write its body."


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function is asked for that returns a number for each case.

    Attributes
    ----------
    function
        Its name in the notebook.
    single
        Tolerance where it returns a number in single precision; None: the same.
    arrays
        Whether it may also take arrays only, one of each argument for all cases.
    stub, whole
        What to say where it returns nothing at all, and where it changes what it is given.
    look
        Looks at what it returned for the cases before that is read.
    """

    function: str
    single: tuple[float, float] | None = None
    arrays: bool = False
    stub: str = STUB
    whole: str = "Your function changes what it is given. Leave that whole."
    look: Callable[[Sequence[Any], Sequence[tuple[Any, ...]]], None] | None = None

    def ask(self, answer: Any, cases: Sequence[tuple[Any, ...]] | None = None) -> list[Any]:
        """Return what the learner's function gives for these cases, by default the exercise's."""
        cases = self.cases if cases is None else cases
        need_function(answer, self.function)
        with np.errstate(all="ignore"):  # a division by zero shows in the result
            given = self._call_all(answer, cases)
        if all(map(is_empty, given)):
            raise Answered("unanswered", self.stub)
        if self.look:
            self.look(given, cases)
        got = [self.read(value, case) for value, case in zip(given, cases, strict=True)]
        if not any(map(np.size, got)):
            raise Answered("unanswered", self.stub)
        return got

    def read(self, value: Any, case: tuple[Any, ...]) -> Any:
        """Return what the learner's function returned for a case in the form that is compared."""
        number = as_number(value)
        return np.float32(number) if getattr(value, "dtype", None) == np.float32 else number

    def tolerance(self, got: list[Any]) -> tuple[float, float]:
        """Return how near the right values must be: single precision can't be more exact than it is."""
        return self.single if self.single and any(isinstance(g, np.float32) for g in got) else self.within

    def _call_all(self, answer: Any, cases: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        try:
            return [self._call(answer, case) for case in cases]
        except Answered as failed:
            if not self.arrays:
                raise
            try:
                given = call(answer, *np.array(cases).T)
            except Answered:
                raise failed from None
            if np.shape(given) != (len(cases),):
                raise failed from None
            return given

    def _call(self, answer: Any, case: tuple[Any, ...]) -> Any:
        given = [list(x) if isinstance(x, tuple) else np.copy(x) if np.ndim(x) else x for x in case]
        value = call(answer, *given)
        if not all(map(np.array_equal, given, case)):
            raise Answered("wrong", self.whole)
        return value


@dataclass(frozen=True, kw_only=True)
class Lists(Function):
    """A function is asked for that returns a list of numbers for each case.

    Attributes
    ----------
    form, none
        What to say to what is no such list, and to an empty one; "": it is as good as any.
    """

    form: str
    none: str = ""

    def read(self, value: Any, case: tuple[Any, ...]) -> np.ndarray:
        """Return the learner's list as an array; nothing is an empty list, where that may be."""
        if is_empty(value) and self.none:
            raise Answered("unanswered", self.stub)
        try:
            numbers = np.asarray([] if is_empty(value) else list(value), float).reshape(-1)
        except (TypeError, ValueError):
            raise Answered("wrong", self.form) from None
        if self.none and not numbers.size:
            raise Answered("unanswered", self.none)
        return numbers


@dataclass(frozen=True, kw_only=True)
class Maps(Function):
    """A function is asked for that returns a map of numbers, rows by columns, for each case."""

    def read(self, value: Any, case: tuple[Any, ...]) -> np.ndarray:
        """Return the learner's map as an array of the right map's shape."""
        if is_empty(value):
            raise Answered("unanswered", self.stub)
        try:
            a = np.asarray(value, float)
        except (TypeError, ValueError):
            raise Answered("wrong", "Your function must return a map of numbers, rows by columns.") from None
        shape = np.shape(self.right(*case))
        if a.shape != shape:
            turned = " Rows come first." if a.shape == shape[::-1] else ""
            raise Answered("wrong", f"For a sheet of {shape} your map has the shape {a.shape}.{turned}")
        return a
