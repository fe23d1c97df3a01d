"""The exercises of notebook 09: the first-spike map, the filled square, the speed of a wave."""

import math
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, as_map, as_number, call, judge_number, need_function

# rows, cols, the seed's row and column, delay in ms, number of neighbors
SHEETS = ((9, 9, 4, 4, 1.0, 4), (7, 12, 2, 8, 1.5, 4), (8, 6, 7, 0, 0.5, 8))


def first_spike(answer: Any) -> Verdict:
    """Judge ``first_spike(rows, cols, row, col, delay, n) -> (rows, cols) ms``."""
    need_function(answer, "my_first_spike")
    got = [as_map(call(answer, *sheet), sheet[:2]) for sheet in SHEETS]
    away = []
    for rows, cols, row, col, _, _ in SHEETS:
        i, j = np.indices((rows, cols))
        away.append((i - row, j - col))
    delays = [sheet[4] for sheet in SHEETS]
    eight = [sheet[5] == 8 for sheet in SHEETS]

    def all_close(formula: Any) -> bool:
        wanted = [formula(di, dj, d, e) for (di, dj), d, e in zip(away, delays, eight, strict=True)]
        return all(np.allclose(g, want, 0, 1e-9) for g, want in zip(got, wanted, strict=True))

    def hops(di: Any, dj: Any, e: bool) -> Any:
        return np.maximum(abs(di), abs(dj)) if e else abs(di) + abs(dj)

    if all_close(lambda di, dj, d, e: d * hops(di, dj, e)):
        return Verdict("right", "A diamond with 4 neighbors, a square with 8: time is hops times delay.")
    usual = (
        (lambda di, dj, d, e: hops(di, dj, e), "Those are hops. How many ms does one hop take?"),
        (lambda di, dj, d, e: hops(di, dj, e) / d, "A longer delay makes the wave later, not earlier."),
        (
            lambda di, dj, d, e: d * (abs(di) + abs(dj)),
            "Right for 4 neighbors. With 8, one hop can go along both axes at once.",
        ),
        (
            lambda di, dj, d, e: d * np.maximum(abs(di), abs(dj)),
            "Right for 8 neighbors. With 4, a diagonal step takes two hops.",
        ),
        (
            lambda di, dj, d, e: d * np.hypot(di, dj),
            "That is the straight-line distance. A spike hops from neighbor to neighbor.",
        ),
        (
            lambda di, dj, d, e: d * (np.maximum(di, dj) if e else di + dj),
            "The wave goes left and up too, and time doesn't run backward: take absolute values.",
        ),
        (lambda di, dj, d, e: d * hops(di, dj, not e), "You have mixed up 4 and 8 neighbors."),
        (
            lambda di, dj, d, e: d * (hops(di, dj, e) + 1),
            "Every cell is one delay late: the seed itself fires at 0.",
        ),
    )
    for formula, hint in usual:
        if all_close(formula):
            return Verdict("wrong", hint)
    ok = sum(
        np.allclose(g, d * hops(*a, e), 0, 1e-9) for g, a, d, e in zip(got, away, delays, eight, strict=True)
    )
    if ok:
        return Verdict("close", f"{ok} of 3 sheets agree; they differ in shape, seed, delay and neighbors.")
    return Verdict("wrong", "How many hops from neighbor to neighbor is each cell away from the seed?")


def fill(answer: Any) -> Verdict:
    """Judge how many cells fire in all when a diagonal of 12 is kicked, 4 neighbors, θ/2 ≤ w < θ."""
    k = 12
    return judge_number(
        answer,
        k * k,
        tolerance=0,
        usual=(
            (k, "Those are the cells that you kick. A cell with two kicked neighbors fires next."),
            (k * k - k, "Those are the cells that the kicked ones recruit. The kicked ones fire too."),
            (k * (k + 1) // 2, "That is one side of the diagonal. What happens on the other?"),
            (2 * k - 1, "Those have fired after one delay and half of one side. The wave goes on from them."),
            (k + 2 * (k - 1), "Those have fired after one delay. The wave goes on from them."),
            (64 * 64, "The whole sheet? Outside the square no resting cell ever has two firing neighbors."),
            (
                (2 * k - 1) ** 2,
                "Which cells outside the k × k square have two firing neighbors?",
            ),
        ),
        praise="The diagonal of k fills its k × k square and stops dead at its edge.",
        hint="Draw a diagonal of three on paper, mark each cell with two firing neighbors, and repeat.",
    )


def speed(answer: Any) -> Verdict:
    """Judge ``row_speed(dt) -> cells/ms`` for a row with w ≥ θ and a delay of 2 ms."""
    need_function(answer, "my_speed")
    right, dts = 0.5, (0.05, 0.2)
    given = [call(answer, dt) for dt in dts]
    if any(g is None or g is Ellipsis for g in given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    if any(isinstance(g, float) and math.isnan(g) for g in given):
        raise Answered("wrong", "The wave never came to your last cell: is w ≥ θ, and the run long enough?")
    got = np.array([as_number(g) for g in given])

    def same(*wanted: float) -> bool:
        return bool(np.allclose(got, wanted, 1e-9, 0))

    if same(right, right):
        return Verdict("right", "0.5 cells per ms at both steps: the delay sets the speed, dt doesn't.")
    if same(2, 2):
        return Verdict("wrong", "That is ms per cell. Which way round is a speed?")
    if same(500, 500):
        return Verdict("wrong", "Those are cells per second; cells per ms are asked for.")
    if same(*(1 / dt for dt in dts)):
        return Verdict("wrong", "One cell per step: your delay is one step. Give it in ms.")
    if same(*(right * dt for dt in dts)):
        return Verdict("wrong", "Those are cells per step. How many ms is a step?")
    if same(*(0.5 / dt * 0.1 for dt in dts)):
        return Verdict("wrong", "Your delay is a fixed number of steps. Give it in ms, the same at each dt.")
    if np.isclose(got[0], got[1], 1e-9) and right < got[0] < 1.1 * right:
        return Verdict("close", "Between two cells that are m apart there are m hops, not m + 1.")
    if same(-right, -right):
        return Verdict("wrong", "The speed is right but for its sign: later minus earlier.")
    if np.isclose(got[0], got[1], 1e-9):
        return Verdict("wrong", "The same at both steps, good. How many cells in how many ms?")
    return Verdict("wrong", "Your speed changes with dt. What in your function depends on dt?")
