"""The exercises of notebook 09: the first-spike map, the filled square, the speed of a wave."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lifcore.exercises import generic
from lifcore.exercises.frame import Answered, Verdict
from lifcore.exercises.functions import Function, Maps
from lifcore.exercises.judge import Fault, Number
from lifcore.grid import Grid


def away(formula: Callable[[Any, Any, float, bool], Any]) -> Callable[..., Any]:
    """Return a map, ms, of a formula of rows and columns from the seed, delay, and whether 8 neighbors."""

    def of_sheet(rows: int, cols: int, row: int, col: int, delay: float, n: int) -> Any:
        i, j = np.indices((rows, cols))
        return formula(i - row, j - col, delay, n == 8)

    return of_sheet


def hops(i: Any, j: Any, eight: bool) -> Any:
    """Return how many hops from neighbor to neighbor a cell is away."""
    return np.maximum(abs(i), abs(j)) if eight else abs(i) + abs(j)


# fmt: off
first_spike = Maps(
    function="my_first_spike",
    right=away(lambda i, j, d, e: d * hops(i, j, e)),
    # rows, cols, the seed's row and column, delay in ms, number of neighbors
    cases=[(9, 9, 4, 4, 1.0, 4), (7, 12, 2, 8, 1.5, 4), (8, 6, 7, 0, 0.5, 8)],
    within=(0.0, 1e-9),
    faults=[
        Fault(away(lambda i, j, d, e: hops(i, j, e)), "Those are hops. How many ms does one hop take?"),
        Fault(away(lambda i, j, d, e: hops(i, j, e) / d),
              "A longer delay makes the wave later, not earlier."),
        Fault(away(lambda i, j, d, e: d * (abs(i) + abs(j))),
              "Right for 4 neighbors. With 8, one hop can go along both axes at once."),
        Fault(away(lambda i, j, d, e: d * np.maximum(abs(i), abs(j))),
              "Right for 8 neighbors. With 4, a diagonal step takes two hops."),
        Fault(away(lambda i, j, d, e: d * np.hypot(i, j)),
              "That is the straight-line distance. A spike hops from neighbor to neighbor."),
        Fault(away(lambda i, j, d, e: d * (np.maximum(i, j) if e else i + j)),
              "The wave goes left and up too, and time doesn't run backward: take absolute values."),
        Fault(away(lambda i, j, d, e: d * hops(i, j, not e)), "You have mixed up 4 and 8 neighbors."),
        Fault(away(lambda i, j, d, e: d * (hops(i, j, e) + 1)),
              "Every cell is one delay late: the seed itself fires at 0."),
    ],
    praise="A diamond with 4 neighbors, a square with 8: time is hops times delay.",
    some="{ok} of 3 sheets agree; they differ in shape, seed, delay and neighbors.",
    enough=1,
    off="How many hops from neighbor to neighbor is each cell away from the seed?",
)

K = 12  # cells in the kicked diagonal
fill = Number(
    right=K * K,
    within=(1e-12, 0.0),
    faults=[
        Fault(K, "Those are the cells that you kick. A cell with two kicked neighbors fires next."),
        Fault(K * K - K, "Those are the cells that the kicked ones recruit. The kicked ones fire too."),
        Fault(K * (K + 1) // 2, "That is one side of the diagonal. What happens on the other?"),
        Fault(2 * K - 1,
              "Those have fired after one delay and half of one side. The wave goes on from them."),
        Fault(K + 2 * (K - 1), "Those have fired after one delay. The wave goes on from them."),
        Fault(64 * 64,
              "The whole sheet? Outside the square no resting cell ever has two firing neighbors."),
        Fault((2 * K - 1) ** 2, "Which cells outside the k × k square have two firing neighbors?"),
    ],
    praise="The diagonal of k fills its k × k square and stops dead at its edge.",
    off="Draw a diagonal of three on paper, mark each cell with two firing neighbors, and repeat.",
)
# fmt: on


def every_speed(given: Sequence[Any], cases: Sequence[tuple[Any, ...]]) -> None:
    """Say so if a speed is none because the wave never came."""
    if any(isinstance(g, float) and math.isnan(g) for g in given):
        said = "The wave never came to your last cell: is w ≥ θ, and the run long enough?"
        raise Answered("wrong", said)


def steps_by_its_dt(asked: Function, answer: Any) -> Verdict:
    """Judge a right speed by the time steps of the sheets on which it was measured."""
    steps: list[float] = []
    sheet: Any = Grid
    begin = sheet.__init__

    def noting(grid: Grid, *args: Any, **words: Any) -> None:
        begin(grid, *args, **words)
        steps.append(grid.dt)

    sheet.__init__ = noting
    try:
        asked.ask(answer)
    finally:
        sheet.__init__ = begin
    own = [step for step in steps if (step,) not in asked.cases]
    if own:
        said = f"Your sheet steps {own[0]:g} ms, whatever dt is. Hand dt on to the simulation."
        return Verdict("wrong", said)
    return generic.ignored_argument(replace(asked, right=float), answer) or Verdict("right", asked.praise)


def same_at_both(got: list[float]) -> bool:
    """Tell whether the speed is the same at both time steps."""
    return bool(np.isclose(got[0], got[1], 1e-9))


# fmt: off
speed = Function(
    function="my_speed",
    right=0.5,  # cells per ms, for a row with w ≥ θ and a delay of 2 ms
    cases=[(0.05,), (0.2,)],  # dt, ms
    look=every_speed,
    then=steps_by_its_dt,
    faults=[
        Fault(2.0, "That is ms per cell. Which way round is a speed?"),
        Fault(500.0, "Those are cells per second; cells per ms are asked for."),
        Fault(lambda dt: 1 / dt, "One cell per step: your delay is one step. Give it in ms."),
        Fault(lambda dt: 0.5 * dt, "Those are cells per step. How many ms is a step?"),
        Fault(lambda dt: 0.5 / dt * 0.1,
              "Your delay is a fixed number of steps. Give it in ms, the same at each dt."),
        Fault(41 / 80, "Between two cells that are m apart there are m hops, not m + 1.", "close",
              lambda got: same_at_both(got) and 0.5 < got[0] < 0.55),
        Fault(-0.5, "The speed is right but for its sign: later minus earlier."),
        Fault(0.7, "The same at both steps, good. How many cells in how many ms?", fits=same_at_both),
    ],
    praise="0.5 cells per ms at both steps: the delay sets the speed, dt doesn't.",
    off="Your speed changes with dt. What in your function depends on dt?",
)
# fmt: on

EXERCISES = {"first_spike": first_spike, "fill": fill, "speed": speed}
