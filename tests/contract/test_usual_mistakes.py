"""The mistakes that are known in every exercise, and the forms in which what is right may come."""

import itertools
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from lifcore import checks
from lifcore.checks import check
from lifcore.exercises.functions import Function, Lists, Maps, Outputs
from lifcore.exercises.judge import Fault, Number

outside = 3.0


def doubled(x, n):
    return [2 * x * k for k in range(n)]


number = Number(right=12.8281, faults=[Fault(22.532, "Two of 0.5."), Fault(12.2566, "It falls from θ.")],
                praise="Yes.", off="No.", near="Nearly.")  # fmt: skip
function = Function(function="my_f", right=lambda x, y: 7 * x / y + 0.123456789,
                    cases=[(1.0, 3.0), (2.0, 5.0)], faults=[], praise="Yes.", off="No.")  # fmt: skip
samples = Lists(function="my_l", right=doubled, cases=[(3, 4), (5, 5)], faults=[], praise="Yes.", off="No.",
                form="A list.")  # fmt: skip
outputs = Outputs(function="my_o", right=lambda x: ([x], [0.0, x]), cases=[(1.0,), (3.0,)], faults=[],
                  praise="Yes.", off="No.", names=("spikes", "v_out"))  # fmt: skip
sheet = Maps(function="my_m", right=lambda r, c: [[i + 10 * j for j in range(c)] for i in range(r)],
             cases=[(2, 3), (3, 3)], faults=[], praise="Yes.", off="No.")  # fmt: skip
nearly = replace(
    function, faults=[Fault(0.0, "A loop?", "close", lambda got: np.allclose(got[0], f(1, 3), 0.01))]
)
MADE_UP = {
    "number": number,
    "function": function,
    "nearly": nearly,
    "samples": samples,
    "outputs": outputs,
    "sheet": sheet,
}


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    monkeypatch.setattr(checks, "exercises", lambda number="": {f"97.{id}": e for id, e in MADE_UP.items()})
    monkeypatch.setattr(checks, "TRIED", {})


def f(x, y):
    return 7 * x / y + 0.123456789


def without_return(x, y):
    z = 7 * x / y  # noqa: F841


def ignoring(x, y):
    return 7 * x / outside + 0.123456789


def printing(x, y):
    print(f(x, y))


SAID = [
    ("function", printing, "wrong", "prints the right numbers and returns nothing"),
    ("function", lambda x, y: print("hello"), "wrong", "prints and returns nothing"),
    ("function", without_return, "wrong", "end it with return and the result"),
    ("function", lambda x, y: None, "unanswered", "write its body"),
    ("function", lambda x, y: f(x, y) if x < 2 else None, "wrong", "For x = 2, y = 5 your function returns"),
    ("function", ignoring, "wrong", "whatever y is; it uses outside of the notebook in its place"),
    ("function", lambda x, y: -f(x, y), "wrong", "not the sign"),
    ("function", lambda x, y: 1000 * f(x, y), "wrong", "thousand times too large"),
    ("function", lambda x, y: f(x, y) / 1000, "wrong", "thousand times too small"),
    ("function", lambda x, y: np.degrees(f(x, y)), "wrong", "degrees"),
    ("function", lambda x, y: round(f(x, y), 3), "close", "Right to 4 digits; keep all"),
    ("function", lambda x, y: f(x, y) + 1, "wrong", "For x = 1, y = 3 it should give 2.45679; yours gives"),
    ("nearly", lambda x, y: round(f(x, y), 3), "close", "Right to 4 digits; keep all"),
    ("nearly", lambda x, y: f(x, y) + 1e-3, "close", "A loop?"),
    ("function", lambda x, y: np.complex128(f(x, y) + 1j), "wrong", "this is a complex128"),
    ("function", lambda x, y: x > y, "wrong", "the answer to a comparison"),
    ("function", lambda x, y: 10**400, "wrong", "too large"),
    ("function", lambda x, y: exit(), "wrong", "ends the program with exit()"),
    ("function", lambda x, y: sys.exit(), "wrong", "ends the program with exit()"),
    ("function", lambda x, y: input(), "wrong", "can't ask for input"),
    ("samples", lambda x, n: [k + 1 for k in doubled(x, n)], "wrong", "one too high"),
    ("samples", lambda x, n: doubled(x, n)[1:], "wrong", "The first one is missing"),
    ("samples", lambda x, n: doubled(x, n)[:-1], "wrong", "The last one is missing"),
    ("samples", lambda x, n: [0.1 * k for k in doubled(x, n)], "wrong", "times 0.1"),
    ("samples", lambda x, n: [True, False], "wrong", "np.flatnonzero"),
    ("samples", lambda x, n: [str(k) for k in doubled(x, n)], "wrong", "A list."),
    ("samples", lambda x, n: itertools.count(), "wrong", "more than 1,000,000 values"),
    ("samples", lambda x, n: range(10**12), "wrong", "more than 1,000,000 values"),
    ("samples", lambda x, n: [None, 1], "wrong", "There is a None in your list"),
    ("samples", lambda x, n: [x, n], "wrong", "it should give [0, 6, 12, 18]; yours gives [3, 4]"),
    ("outputs", lambda x: ([0.0, x], [x]), "wrong", "In the other order: `return spikes, v_out`"),
    ("outputs", lambda x: [x], "wrong", "must return 2 lists"),
    ("outputs", lambda x: ([x], [0.0, 2 * x]), "wrong", "v_out should be [0, 1]; yours is [0, 2]"),
    ("sheet", lambda r, c: np.transpose(sheet.right(r, c)), "wrong", "Rows come first"),
    ("number", 12.83, "right", "Yes."),
    ("number", 12.8, "close", "Right to 3 digits"),
    ("number", 13, "close", "Right to 2 digits"),
    ("number", 12.3, "wrong", "It falls from θ"),
    ("number", 23, "wrong", "Two of 0.5."),
    ("number", 12.5, "close", "Nearly."),
    ("number", -12.8281, "wrong", "No."),
    ("number", np.complex128(12.8281 + 1j), "wrong", "this is a complex128"),
    ("number", itertools.count(), "wrong", "more than 1,000,000 values"),
    ("number", True, "wrong", "the answer to a comparison"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "answer", "state", "words"), SAID)
def test_usual_mistakes_are_known(id, answer, state, words):
    verdict = check(f"97.{id}", answer)
    assert (verdict.state, words in verdict.message) == (state, True), verdict


RIGHT = [
    ("number", np.float32(12.8281)),
    ("number", Decimal("12.8281")),
    ("number", (x for x in [12.8281])),
    ("function", lambda x, y: Fraction(f(x, y))),
    ("function", lambda x, y: np.array([f(x, y)])),
    ("samples", lambda x, n: (2 * x * k for k in range(n))),
    ("samples", lambda x, n: np.array(doubled(x, n), np.int16)),
    ("samples", lambda x, n: tuple(map(Decimal, doubled(x, n)))),
    ("outputs", lambda x: [(x,), np.array([0, x])]),
    ("sheet", lambda r, c: tuple(map(tuple, sheet.right(r, c)))),
]


@pytest.mark.parametrize(("id", "answer"), RIGHT)
def test_right_in_other_types(id, answer):
    assert check(f"97.{id}", answer).state == "right", check(f"97.{id}", answer)
