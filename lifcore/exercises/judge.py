"""Exercises as data: what is asked, the right answer, and the usual wrong ones with what to say to each."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, as_number, is_empty


@dataclass(frozen=True)
class Fault:
    """A usual wrong answer and what to say to it.

    Attributes
    ----------
    values
        What it gives: a function of a case's arguments, as the learner's is; a number, the same for every
        case; or a list, a value a case. NaN: anything.
    said : str
        A sentence or two for the learner.
    state : str
        "wrong", or "close" where little is missing.
    fits
        Tells from what an answer gives whether it has the fault, where `values` is one example of many.
    """

    values: Any
    said: str
    state: str = "wrong"
    fits: Callable[[list[Any]], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What all kinds share; a kind says how an answer is asked for its values and when two are alike.

    Attributes
    ----------
    right
        The right answer's values, in the form of a fault's.
    faults
        The usual wrong answers; the first that fits is told.
    praise, off
        What to say to a right answer, and to one that nothing else fits. `praise` may name what was given,
        as {got}; `off` how many cases agree, as {ok}, and the arguments and the name of the first that
        doesn't, as {case} and {what}, or it is a function of what was given.
    near, about
        What to say near what is right, "": nothing special; and what tolerance is near.
    some, enough
        An answer is close if so many cases agree (0: never); what to say then, "": the same as to others.
    cases, what
        The arguments of each case, lists as tuples, and its name.
    within, known
        Relative and absolute tolerance of a right answer, and of a usual wrong one; None: the same.
    then
        Looks at an answer that is right so far, and has the last word.
    """

    right: Any
    faults: Sequence[Fault]
    praise: str
    off: str | Callable[[list[Any]], str]
    near: str = ""
    about: tuple[float, float] = (0.03, 0.0)
    some: str = ""
    enough: int = 0
    cases: Sequence[tuple[Any, ...]] = ((),)
    what: Sequence[str] = ()
    within: tuple[float, float] = (1e-9, 0.0)
    known: tuple[float, float] | None = None
    then: Callable[[Any, Any], Verdict] | None = None

    def __call__(self, answer: Any) -> Verdict:
        """Judge an answer; what ends the judging early is raised."""
        got = self.ask(answer)
        same = self.agree(got, self.right, self.tolerance(got))
        if all(same):
            return self.then(self, answer) if self.then else Verdict("right", self.praise.format(got=got))
        if known := self.recognize(got) or self.usual(got, answer):
            return known
        if self.near and all(self.agree(got, self.right, self.about)):
            return Verdict("close", self.near)
        return self.differing(got, same, answer)

    def recognize(self, got: list[Any]) -> Verdict | None:
        """Return what to say to the first fault that fits what was given; None if there is none."""
        for fault in self.faults:
            if fault.fits(got) if fault.fits else all(self.agree(got, fault.values, self.known)):
                return Verdict(fault.state, fault.said)
        return None

    def usual(self, got: list[Any], answer: Any) -> Verdict | None:
        """Return what to say to a mistake that is usual in all exercises of a kind; None if there is none."""
        return None

    def ask(self, answer: Any) -> list[Any]:
        """Return what an answer gives for each case, or say what is wrong with its form."""
        raise NotImplementedError

    def tolerance(self, got: list[Any]) -> tuple[float, float]:
        """Return how near the right values must be."""
        return self.within

    def values(self, of: Any) -> list[Any]:
        """Return what the right answer or a fault gives for each case."""
        if callable(of):
            return [of(*case) for case in self.cases]
        return list(of) if isinstance(of, list) else [of] * len(self.cases)

    def agree(self, got: list[Any], of: Any, within: tuple[float, float] | None) -> list[bool]:
        """Tell for each case whether what was given is like the right answer's or a fault's."""
        return [
            self.alike(np.asarray(given, float), np.asarray(wanted, float), *(within or self.within))
            for given, wanted in zip(got, self.values(of), strict=True)
        ]

    def alike(self, given: np.ndarray, wanted: np.ndarray, relative: float, absolute: float) -> bool:
        """Tell whether two values are the same within the tolerances; NaN wants anything."""
        if given.shape != wanted.shape:
            return False
        return bool(np.all(np.isclose(given, wanted, relative, absolute) | np.isnan(wanted)))

    def differing(self, got: list[Any], same: list[bool], answer: Any) -> Verdict:
        """Return what to say to an answer that nothing else fits."""
        ok = sum(same)
        close = 0 < self.enough <= ok
        if callable(self.off):
            return Verdict("close" if close else "wrong", self.off(got))
        first = same.index(False)
        said = self.some if close and self.some else self.off
        what = self.what[first] if self.what else ""
        return Verdict("close" if close else "wrong", said.format(ok=ok, case=self.cases[first], what=what))


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """One number is asked for."""

    within: tuple[float, float] = (1e-3, 0.0)
    known: tuple[float, float] | None = (1e-3, 1e-12)

    def ask(self, answer: Any) -> list[Any]:
        """Return the learner's number."""
        return [as_number(answer)]

    def recognize(self, got: list[Any]) -> Verdict | None:
        """Return what to say to the nearest usual wrong number; numbers are compared as exactly as given."""
        given, right = got[0], float(self.values(self.right)[0])
        known = [(float(self.values(fault.values)[0]), fault) for fault in self.faults]
        known = [(value, fault) for value, fault in known if self.like(given, value)]
        value, fault = min(known, key=lambda pair: abs(pair[0] - given), default=(math.inf, None))
        if rounds_to(right, given) and abs(right - given) <= abs(value - given):
            digits = significant(given)
            return Verdict("close", f"Right to {digits} digits; give more of them.")
        return Verdict(fault.state, fault.said) if fault else None

    def like(self, given: float, value: float) -> bool:
        """Tell whether a number is a usual wrong one, perhaps rounded."""
        relative, absolute = self.known or self.within
        return math.isclose(given, value, rel_tol=relative, abs_tol=absolute) or rounds_to(value, given)

    def alike(self, given: np.ndarray, wanted: np.ndarray, relative: float, absolute: float) -> bool:
        """Tell whether two numbers are the same within the tolerances."""
        return math.isclose(given.item(), wanted.item(), rel_tol=relative, abs_tol=absolute)


def significant(x: float) -> int:
    """Return how many significant digits a number was given with: 0 in front and at the end don't count."""
    return len(f"{x:.15e}".split("e")[0].replace(".", "").replace("-", "").strip("0"))


def rounds_to(value: float, given: float) -> bool:
    """Tell whether a number with two digits or more is another one, rounded."""
    digits = significant(given)
    return 2 <= digits < 12 and float(f"{value:.{digits - 1}e}") == given


@dataclass(frozen=True, kw_only=True)
class Numbers(Exercise):
    """A list is asked for, a number for each case: `count` in words, `each` as "a pulse", its `form`."""

    count: str
    each: str
    form: str

    def ask(self, answer: Any) -> list[Any]:
        """Return the learner's numbers."""
        if callable(answer):
            raise Answered("wrong", f"This is a function; give the {self.count} numbers that it returns.")
        if isinstance(answer, list) and any(map(is_empty, answer)):
            raise Answered("unanswered", f"Replace all of the dots, one number {self.each}.")
        asked = f"{self.count.capitalize()} numbers are asked for"
        try:
            numbers = np.asarray(answer, float).ravel()
        except (TypeError, ValueError):
            raise Answered("wrong", f"{asked}, in a list: {self.form}.") from None
        if numbers.size != len(self.cases):
            raise Answered("wrong", f"{asked}, one {self.each}; given: {numbers.size}.")
        if not np.isfinite(numbers).all():
            raise Answered("wrong", f"All {self.count} must be finite numbers.")
        return list(numbers)
