"""Mistakes that are usual in all functions, whatever the exercise, and how values are shown."""

import contextlib
import dis
import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from lifcore.exercises.frame import MANY, Answered, Verdict, as_floats, call, is_empty, taken

Value = np.ndarray

# What each makes of the right value, and what to say to a function that gives that.
CHANGED: list[tuple[Callable[[Value], Any], str, str]] = [
    (lambda x: -x, "wrong", "The size is right, but not the sign: what is taken from what?"),
    (lambda x: x * 1000, "wrong", "A thousand times too large. Are ms and s, or Hz and kHz, mixed?"),
    (lambda x: x / 1000, "wrong", "A thousand times too small. Are ms and s, or Hz and kHz, mixed?"),
    (np.degrees, "wrong", "That is in degrees; the functions of math take and give radians."),
    (lambda x: 1 / x, "wrong", "That is one over what is asked for."),
]
OTHER_LISTS: list[tuple[Callable[[Value], Any], str]] = [
    (lambda x: x + 1, "Each is one too high. Does your count begin at 1 where it should at 0?"),
    (lambda x: x - 1, "Each is one too low. Which number has the sample at the end of a step?"),
    (lambda x: x[1:], "The first one is missing. Where does your loop begin?"),
    (lambda x: x[:-1], "The last one is missing. In Python, range(1, n) ends at n - 1."),
    (lambda x: x[::-1], "The right ones, from the last to the first. Give them in the order of time."),
]
LONG = 6  # numbers of a list that are shown


def handed(value: Any) -> Any:
    """Return what a learner's function is given for an argument of a case: a list for a tuple, a copy."""
    return list(value) if isinstance(value, tuple) else np.copy(value) if np.ndim(value) else value


def watched(answer: Callable[..., Any], changed: list[str]) -> Callable[..., Any]:
    """Return a function that does the same and notes which of its arguments it changes."""

    @functools.wraps(answer)
    def function(*given: Any) -> Any:
        before = [np.copy(x) if np.ndim(x) else x for x in given]
        value = answer(*given)
        for name, old, new in zip(names_of(answer, given), before, given, strict=True):
            if np.ndim(old) and not np.array_equal(old, new):
                changed.append(name)
        return list(islice(value, MANY + 1)) if isinstance(value, Iterator) else value

    return function


def names_of(function: Callable[..., Any], case: Sequence[Any]) -> list[str]:
    """Return the names of a function's arguments; their places where they can't be told."""
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return names[: len(case)] if len(names) >= len(case) else [f"number {i + 1}" for i in range(len(case))]


@contextlib.contextmanager
def heard() -> Iterator[Callable[[], str]]:
    """Yield what tells what has been printed meanwhile."""
    out: Any = sys.stdout
    text = getattr(out, "getvalue", lambda: "")
    before = len(text())
    yield lambda: text()[before:]


def nothing_returned(
    answer: Callable[..., Any], printed: Callable[[], str], right: list[Any], stub: str
) -> tuple[str, str]:
    """Return the state of a function that returns nothing in any case, and what to say to it."""
    if printed():
        numbers = [float(x) for x in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", printed())]
        found = any(np.isclose(x, np.ravel(np.asarray(r, object))[:1].astype(float), 1e-3).any()
                    for x in numbers for r in right if np.ndim(r) < 2 and np.size(r))  # fmt: skip
        much = "prints the right numbers" if found else "prints"
        return "wrong", f"Your function {much} and returns nothing: write return in place of print."
    code = getattr(inspect.unwrap(answer), "__code__", None)
    if code is not None and (code.co_names or code.co_nlocals > len(inspect.signature(answer).parameters)):
        return "wrong", "Your function computes, and returns nothing: end it with return and the result."
    return "unanswered", stub


def as_list(value: Any, form: str) -> Value:
    """Return a learner's list as an array of numbers, or say what is wrong with it: `form`."""
    if isinstance(value, str):
        raise Answered("wrong", form)
    try:
        values = taken(value)
        numbers = as_floats(values).reshape(-1)
    except (TypeError, ValueError):
        raise Answered("wrong", form) from None
    if any(isinstance(v, bool | np.bool_) for v in values):
        said = "These are True and False. Give the numbers of the samples, as np.flatnonzero does."
        raise Answered("wrong", said)
    if any(map(is_empty, values)):
        raise Answered("wrong", "There is a None in your list: what puts it there returns nothing.")
    return numbers


def flat(values: Sequence[Any]) -> Value:
    """Return all numbers of some values, however they are nested, in one row."""
    rows = [flat(value) if isinstance(value, tuple | list) else np.ravel(value) for value in values]
    return np.concatenate([np.empty(0), *rows]).astype(float)


def rounded(got: list[Any], right: list[Any]) -> int:
    """Return to how many significant digits all right values were rounded; 0 if they were not."""
    given, wanted = flat(got), flat(right)
    if given.shape != wanted.shape or not np.isfinite(wanted).all() or np.array_equal(given, wanted):
        return 0
    for places in range(10):
        if np.allclose(given, np.round(wanted, places), 1e-12, 1e-12) and given.any():
            return max(1, places + int(np.floor(np.log10(max(abs(wanted).max(), 1e-300)))) + 1)
    for digits in range(1, 10):
        if np.allclose(given, [float(f"{x:.{digits - 1}e}") for x in wanted], 1e-12, 0):
            return digits
    return 0


def proportional(got: list[Any], right: list[Any]) -> Verdict | None:
    """Return what to say to lists that are the right ones times a factor; None if they are not."""
    if any(np.shape(g) != np.shape(r) for g, r in zip(got, right, strict=True)):
        return None
    given, wanted = flat(got), flat(right)
    some = wanted != 0
    if some.sum() < 3 or given[~some].any():
        return None
    factors = given[some] / wanted[some]
    if not np.allclose(factors, factors[0]) or np.isclose(factors[0], [0, 1]).any():
        return None
    said = f"These are the right ones, times {factors[0]:.4g}. Which unit is asked for: samples, or ms?"
    return Verdict("wrong", said)


def ignored_argument(exercise: Any, answer: Callable[..., Any]) -> Verdict | None:
    """Return what to say to a function that doesn't use an argument that matters; None if it uses all."""
    cases = exercise.cases
    for i, name in enumerate(names_of(answer, cases[0])):
        pairs = ((case, (*case[:i], other[i], *case[i + 1 :])) for case in cases for other in cases)
        if unused(answer, name) and any(differ(exercise.right, *pair) for pair in pairs):
            return Verdict("wrong", f"Your function gives the same whatever {name} is{instead(answer)}.")
    return None


def unused(answer: Callable[..., Any], name: str) -> bool:
    """Tell whether a function never reads an argument, or sets it before."""
    function = inspect.unwrap(answer)
    code = getattr(function, "__code__", None)
    if code is None or name not in code.co_varnames or name in code.co_cellvars:
        return False
    uses = [step.opname for step in dis.get_instructions(code) if named(step.argval, name)]
    return not uses or uses[0] == "STORE_FAST"


def named(used: Any, name: str) -> bool:
    """Tell whether what an instruction works on is this variable, alone or beside another."""
    return used == name or (isinstance(used, tuple) and name in used)


def differ(right: Any, one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Tell whether the right values of two cases differ; a case that is none has none."""
    try:
        return callable(right) and not same(*(call(right, *map(handed, case)) for case in (one, other)))
    except Answered:
        return False


def instead(answer: Callable[..., Any]) -> str:
    """Return which of the notebook's own variables a function uses, as the end of a sentence."""
    function = inspect.unwrap(answer)
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    values = getattr(function, "__globals__", {})
    own = [name for name in names if name in values and is_data(values[name])]
    return f"; it uses {own[0]} of the notebook in its place" if own else ": use it, or you can't be right"


def is_data(value: Any) -> bool:
    """Tell whether a variable holds numbers or a neuron, not a module or a function."""
    return isinstance(value, int | float | list | tuple | np.ndarray | np.generic) or hasattr(value, "tau_m")


def same(a: Any, b: Any) -> bool:
    """Tell whether two values are equal, however they are nested."""
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    return np.shape(a) == np.shape(b) and bool(np.all(np.equal(a, b)))


def shown(value: Any, beside: Any = None) -> str:
    """Return a number, or a list or map in brief: where it is long, the first place that differs."""
    a = np.ravel(np.asarray(value, float))
    if np.ndim(value) == 0:
        return f"{a[0]:.6g}"
    if np.ndim(value) == 1 and a.size <= LONG:
        return "[" + ", ".join(f"{x:.6g}" for x in a) + "]"
    if beside is not None and np.shape(beside) == np.shape(value):
        differs = ~np.isclose(a, np.ravel(np.asarray(beside, float)), 1e-9, 1e-9)
        at = int(np.argmax(differs))
        place = ", ".join(map(str, map(int, np.unravel_index(at, np.shape(value)))))
        return f"{a[at]:.6g} at place {place}"
    return f"{a.size} numbers"


def shown_case(answer: Any, case: tuple[Any, ...]) -> str:
    """Return the arguments of a case by name, in brief."""
    told = zip(names_of(answer, case), case, strict=True)
    return ", ".join(f"{name} = {shown(x) if is_number(x) else repr(x)}" for name, x in told)


def is_number(value: Any) -> bool:
    """Tell whether an argument is a number or holds numbers."""
    return np.asarray(value).dtype.kind in "iuf"
