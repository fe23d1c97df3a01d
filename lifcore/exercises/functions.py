"""The kinds of exercise that ask for a function: of a number, a list, a map or several lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lifcore.exercises import generic
from lifcore.exercises.frame import Answered, Verdict, as_floats, as_number, call, is_empty, need_function
from lifcore.exercises.judge import Exercise

STUB = "Your function returns nothing yet: write its body."
MISSING = "For {case} your function returns nothing: does each way through it end in a return?"


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
    stub, missing
        What to say where it returns nothing at all, and where it does so for the case {case}.
    look
        Looks at what it returned for the cases before that is read.
    """

    function: str
    single: tuple[float, float] | None = None
    arrays: bool = False
    stub: str = STUB
    missing: str = MISSING
    look: Callable[[Sequence[Any], Sequence[tuple[Any, ...]]], None] | None = None

    def __call__(self, answer: Any) -> Verdict:
        """Judge a function; that it changes what it is given is told, not failed."""
        changed: list[str] = []
        verdict = super().__call__(generic.watched(answer, changed) if callable(answer) else answer)
        if not changed or verdict.state == "unanswered":
            return verdict
        said = f" Your function changes its argument {changed[0]}; leave what you are given as it is."
        return replace(verdict, message=verdict.message + said)

    def ask(self, answer: Any, cases: Sequence[tuple[Any, ...]] | None = None) -> list[Any]:
        """Return what the learner's function gives for these cases, by default the exercise's."""
        cases = self.cases if cases is None else cases
        need_function(answer, self.function)
        with np.errstate(all="ignore"), generic.heard() as heard:  # a division by zero shows in the result
            given = self._call_all(answer, cases)
        if all(map(is_empty, given)):
            raise Answered(*generic.nothing_returned(answer, heard, self.values(self.right), self.stub))
        for value, case in zip(given, cases, strict=True):
            if is_empty(value):
                raise Answered("wrong", self.missing.format(case=generic.shown_case(answer, case)))
        if self.look:
            self.look(given, cases)
        got = [self.read(value, case) for value, case in zip(given, cases, strict=True)]
        if not any(map(self.size, got)):
            raise Answered("unanswered", self.stub)
        return got

    def read(self, value: Any, case: tuple[Any, ...]) -> Any:
        """Return what the learner's function returned for a case in the form that is compared."""
        number = as_number(value)
        return np.float32(number) if getattr(value, "dtype", None) == np.float32 else number

    def size(self, value: Any) -> int:
        """Return of how many numbers a value consists."""
        return np.size(value)

    def tolerance(self, got: list[Any]) -> tuple[float, float]:
        """Return how near the right values must be: single precision can't be more exact than it is."""
        return self.single if self.single and any(isinstance(g, np.float32) for g in got) else self.within

    def recognize(self, got: list[Any]) -> Verdict | None:
        """Return what to say to rounded values, else to the first fault that fits; None if there is none."""
        if digits := generic.rounded(got, self.values(self.right)):
            many = f"{digits} digit{'s' * (digits > 1)}"
            return Verdict("close", f"Right to {many}; keep all of them, rounding is for printing.")
        return super().recognize(got)

    def usual(self, got: list[Any], answer: Any) -> Verdict | None:
        """Return what to say to a mistake that is usual in functions; None if there is none."""
        right = self.values(self.right)
        for changed, state, said in generic.CHANGED:
            if all(self.alike_after(changed, g, r) for g, r in zip(got, right, strict=True)):
                return Verdict(state, said)
        return generic.ignored_argument(self, answer)

    def alike_after(self, changed: Callable[[np.ndarray], Any], given: Any, right: Any) -> bool:
        """Tell whether what was given is the right value, changed."""
        with np.errstate(all="ignore"):
            wanted = np.asarray(changed(np.asarray(right, float)), float)
        same = np.shape(wanted) == np.shape(right) and np.array_equal(wanted, right)
        relative, absolute = self.known or self.within
        return not same and self.alike(np.asarray(given, float), wanted, relative, absolute)

    def differing(self, got: list[Any], same: list[bool], answer: Any) -> Verdict:
        """Return what to say to an answer that nothing else fits, and where it differs first."""
        verdict = super().differing(got, same, answer)
        first = same.index(False)
        given, right = got[first], self.values(self.right)[first]
        case = generic.shown_case(answer, self.cases[first])
        said = f" For {case} it should give {generic.shown(right, given)}; yours gives"
        return replace(verdict, message=f"{verdict.message}{said} {generic.shown(given, right)}.")

    def _call_all(self, answer: Any, cases: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        try:
            return [call(answer, *map(generic.handed, case)) for case in cases]
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
        """Return the learner's list as an array."""
        numbers = generic.as_list(value, self.form)
        if self.none and not numbers.size:
            raise Answered("unanswered", self.none)
        return numbers

    def usual(self, got: list[Any], answer: Any) -> Verdict | None:
        """Return what to say to a mistake that is usual in lists; None if there is none."""
        right = self.values(self.right)
        for changed, said in generic.OTHER_LISTS:
            pairs = [(g, r) for g, r in zip(got, right, strict=True) if np.size(r)]
            if pairs and all(self.alike_after(changed, g, r) for g, r in pairs):
                return Verdict("wrong", said)
        return generic.proportional(got, right) or generic.ignored_argument(self, answer)


@dataclass(frozen=True, kw_only=True)
class Outputs(Function):
    """A function is asked for that returns several lists for each case, which have these `names`."""

    names: tuple[str, ...]

    def read(self, value: Any, case: tuple[Any, ...]) -> tuple[np.ndarray, ...]:
        """Return the learner's lists as arrays."""
        form = f"Your function must return {len(self.names)} lists: `return {', '.join(self.names)}`."
        if not isinstance(value, tuple | list) or len(value) != len(self.names):
            raise Answered("wrong", form)
        return tuple(generic.as_list(part, form) for part in value)

    def size(self, value: Any) -> int:
        """Return how many numbers are in all lists."""
        return sum(map(np.size, value))

    def agree(self, got: list[Any], of: Any, within: tuple[float, float] | None) -> list[bool]:
        """Tell for each case whether all lists are like the right answer's or a fault's."""
        return [
            all(
                self.alike(np.asarray(g, float), np.asarray(w, float), *(within or self.within))
                for g, w in zip(given, wanted, strict=True)
            )
            for given, wanted in zip(got, self.values(of), strict=True)
        ]

    def usual(self, got: list[Any], answer: Any) -> Verdict | None:
        """Return what to say to outputs that are usually confused; None if there is nothing to say."""
        if all(self.agree([given[::-1] for given in got], self.right, self.known)):
            return Verdict("wrong", f"In the other order: `return {', '.join(self.names)}`.")
        return generic.ignored_argument(self, answer)

    def differing(self, got: list[Any], same: list[bool], answer: Any) -> Verdict:
        """Return what to say to an answer that nothing else fits, and where it differs first."""
        verdict = Exercise.differing(self, got, same, answer)
        first = same.index(False)
        for name, given, right in zip(self.names, got[first], self.values(self.right)[first], strict=True):
            wanted = np.asarray(right, float)
            if not self.alike(given, wanted, *self.within):
                told = f" {name} should be {generic.shown(wanted, given)}; yours is"
                return replace(verdict, message=f"{verdict.message}{told} {generic.shown(given, wanted)}.")
        return verdict


@dataclass(frozen=True, kw_only=True)
class Maps(Function):
    """A function is asked for that returns a map of numbers, rows by columns, for each case."""

    def read(self, value: Any, case: tuple[Any, ...]) -> np.ndarray:
        """Return the learner's map as an array of the right map's shape."""
        try:
            a = as_floats(value)
        except (TypeError, ValueError):
            raise Answered("wrong", "Your function must return a map of numbers, rows by columns.") from None
        shape = np.shape(self.right(*case))
        if a.shape != shape:
            turned = " Rows come first." if a.shape == shape[::-1] else ""
            raise Answered("wrong", f"For a sheet of {shape} your map has the shape {a.shape}.{turned}")
        return a

    def usual(self, got: list[Any], answer: Any) -> Verdict | None:
        """Return what to say to a mistake that is usual in maps; None if there is none."""
        pairs = list(zip(got, self.values(self.right), strict=True))
        square = [(g, r) for g, r in pairs if np.shape(r)[0] == np.shape(r)[1]]
        turned = all(np.allclose(g.T, r) for g, r in square) and any(not np.allclose(g, r) for g, r in square)
        if turned:
            return Verdict("wrong", "Rows and columns have changed places. Rows come first.")
        return super().usual(got, answer)
