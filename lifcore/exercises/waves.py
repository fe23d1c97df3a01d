"""The exercises of notebook 10: the period of a spiral, the islands of a few kicks, a flash."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lifcore.exercises.frame import Answered, Verdict, as_number, call, judge_number, need_function

# t_ref and delay in ms, number of neighbors
SPIRALS = ((4.0, 1.0, 4), (6.0, 2.0, 4), (3.5, 1.0, 4), (5.0, 1.0, 8), (2.4, 0.5, 8), (8.0, 2.0, 8))


def hops_around(rest: float, n: int) -> int:
    """Return how many hops a spiral takes for one turn; the rest is in delays."""
    hops = math.floor(rest) + 1
    return hops + hops % 2 if n == 4 else hops


def period(answer: Any) -> Verdict:
    """Judge ``my_period(t_ref, delay, n) -> ms``."""
    need_function(answer, "my_period")
    given = [call(answer, *spiral) for spiral in SPIRALS]
    if all(g is None or g is Ellipsis for g in given):
        raise Answered("unanswered", "Your function returns nothing yet: write its body.")
    got = np.array([as_number(g) for g in given])

    def same(formula: Callable[[float, float, int], float]) -> bool:
        return bool(np.allclose(got, [formula(*spiral) for spiral in SPIRALS], 1e-9, 0))

    if same(lambda t, d, n: d * hops_around(t / d, n)):
        return Verdict("right", "The wave goes round in the fewest hops that let the cell rest to its end.")
    usual: tuple[tuple[Callable[[float, float, int], float], str], ...] = (
        (lambda t, d, n: hops_around(t / d, n), "Those are hops. How many ms does one hop take?"),
        (lambda t, d, n: hops_around(t / d, n) / d, "Those are hops over the delay. One hop takes a delay."),
        (lambda t, d, n: 1 / (d * hops_around(t / d, n)), "Those are turns per ms. How many ms is one turn?"),
        (lambda t, d, n: 1000 / (d * hops_around(t / d, n)), "That is a rate in Hz. How long is one turn?"),
        (
            lambda t, d, n: d * (math.ceil(t / d) + math.ceil(t / d) % 2 * (n == 4)),
            "Nearly. What becomes of an input that arrives exactly at the end of the rest?",
        ),
        (
            lambda t, d, n: d * hops_around(math.ceil(t / d), n),
            "Right for a time step of one delay, which rounds the rest up. Here the step is shorter.",
        ),
        (lambda t, d, n: t, "That is the rest. The wave needs a whole number of hops for its way round."),
        (
            lambda t, d, n: t + d,
            "One hop more than the rest. But is that a whole number of hops, on any grid?",
        ),
        (
            lambda t, d, n: d * hops_around(t / d, 8),
            "Right for 8 neighbors. With 4, can a way round have an odd number of hops?",
        ),
        (
            lambda t, d, n: d * hops_around(t / d, 4),
            "Right for 4 neighbors. With 8, three cells can lie in a ring.",
        ),
        (lambda t, d, n: d * hops_around(t / d, 12 - n), "You have mixed up 4 and 8 neighbors."),
        (lambda t, d, n: d * hops_around(t, n), "Your rest is in ms where it should be in hops."),
        (
            lambda t, d, n: 2 * d * hops_around(t / d, n),
            "That is twice round. When does the wave come back to where it was?",
        ),
    )
    for formula, hint in usual:
        if same(formula):
            return Verdict("wrong", hint)
    ok = sum(math.isclose(g, d * hops_around(t / d, n)) for g, (t, d, n) in zip(got, SPIRALS, strict=True))
    if ok:
        return Verdict(
            "close", f"{ok} of {len(SPIRALS)} spirals agree; they differ in rest, delay and neighbors."
        )
    return Verdict(
        "wrong", "How many hops must a wave take so that the first cell has rested when it is back?"
    )


def islands(answer: Any) -> Verdict:
    """Judge how many cells fire when six cells are kicked, 4 neighbors, w = 0.95 θ."""
    return judge_number(
        answer,
        25,
        tolerance=0,
        usual=(
            (6, "Those are the cells that you kick. Which cells have two kicked neighbors?"),
            (19, "Those are the cells that the kicked ones recruit. The kicked ones fire too."),
            (13, "Those have fired after one delay. Which cells have two firing neighbors now?"),
            (24, "Nearly: one kicked cell has no company. Does it fire?"),
            (18, "Is your w just below θ? At half of it only spikes that come together are enough."),
            *((n, "(4, 4) and (4, 6) have a common neighbor. What does it do?") for n in (12, 14)),
            (17, "Two rectangles that touch at a corner have common neighbors."),
            (16, "Follow the way to (5, 7): which cells have it and (4, 6) for neighbors?"),
            (48, "Does (9, 4) have a common neighbor with any other cell that fires?"),
            (
                144,
                "The whole sheet? A straight edge can't grow: beyond it each cell has one firing neighbor.",
            ),
        ),
        praise="The kicks fill a rectangle of 4 × 6, and the cell that lies apart fires alone.",
        hint="On paper, mark the kicked cells, then each cell with two marked neighbors, and repeat.",
    )


def flash(answer: Any) -> Verdict:
    """Judge the mean share of cells that fire after a flash of p = 0.08 with a rest of 10 ms."""
    return judge_number(
        answer,
        0.76993,
        tolerance=1e-3,
        usual=(
            (76.993, "Right in percent. A share lies between 0 and 1."),
            (0.88553, "That is the share with a rest of 5 ms. Did you change t_ref?"),
            (0.98833, "That is the share with a rest of 2 ms."),
            (0.07827, "That is the share for p = 0.04."),
            (0.7984, "That is the first of the six flashes. Take the mean of all."),
            (0.9342, "Those are spikes for each cell; a cell that fires twice counts once here."),
            (0.23007, "That is the share that stays silent."),
            (1924.83, "Those are cells. What share of all 2500 is that?"),
            (0.99667, "That is the rule on paper, without leak and rest. What does the simulation say?"),
            (0.08193, "That is the share that you kick."),
        ),
        praise="A longer rest leaves more of the sheet dark: a cell that rests can't be one of the two.",
        hint="Call share(0.08, t_ref=10, seed=seed) for the seeds 0 to 5 and take the mean.",
        near="Are these the seeds 0 to 5, each with p = 0.08 and t_ref=10?",
    )
