"""The exercises of notebook 10: the period of a spiral, the islands of a few kicks, a flash."""

import math

from lifcore.exercises.functions import Function
from lifcore.exercises.judge import Fault, Number


def hops(rest: float, n: int) -> int:
    """Return how many hops a spiral takes for one turn; the rest is in delays."""
    m = math.floor(rest) + 1
    return m + m % 2 if n == 4 else m


# fmt: off
period = Function(
    function="my_period",
    right=lambda t, d, n: d * hops(t / d, n),
    # t_ref and delay in ms, number of neighbors
    cases=[(4.0, 1.0, 4), (6.0, 2.0, 4), (2.5, 1.0, 4), (3.5, 1.0, 4),
           (5.0, 1.0, 8), (2.4, 0.5, 8), (8.0, 2.0, 8)],
    faults=[
        Fault(lambda t, d, n: hops(t / d, n), "Those are hops. How many ms does one hop take?"),
        Fault(lambda t, d, n: hops(t / d, n) / d, "Those are hops over the delay. One hop takes a delay."),
        Fault(lambda t, d, n: 1 / (d * hops(t / d, n)),
              "Those are turns per ms. How many ms is one turn?"),
        Fault(lambda t, d, n: 1000 / (d * hops(t / d, n)), "That is a rate in Hz. How long is one turn?"),
        Fault(lambda t, d, n: d * (math.ceil(t / d) + math.ceil(t / d) % 2 * (n == 4)),
              "Nearly. What becomes of an input that arrives exactly at the end of the rest?"),
        Fault(lambda t, d, n: d * hops(math.ceil(t / d), n),
              "Right for a time step of one delay, which rounds the rest up. Here the step is shorter."),
        Fault(lambda t, d, n: t,
              "That is the rest. The wave needs a whole number of hops for its way round."),
        Fault(lambda t, d, n: t + d,
              "One hop more than the rest. But is that a whole number of hops, on any grid?"),
        Fault(lambda t, d, n: d * hops(t / d, 8),
              "Right for 8 neighbors. With 4, can a way round have an odd number of hops?"),
        Fault(lambda t, d, n: d * hops(t / d, 4),
              "Right for 4 neighbors. With 8, three cells can lie in a ring."),
        Fault(lambda t, d, n: d * hops(t / d, 12 - n), "You have mixed up 4 and 8 neighbors."),
        Fault(lambda t, d, n: d * hops(t, n), "Your rest is in ms where it should be in hops."),
        Fault(lambda t, d, n: 2 * d * hops(t / d, n),
              "That is twice round. When does the wave come back to where it was?"),
    ],
    praise="The wave goes round in the fewest hops that let the cell rest to its end.",
    some="{ok} of 7 spirals agree; they differ in rest, delay and neighbors.",
    enough=1,
    off="How many hops must a wave take so that the first cell has rested when it is back?",
)

islands = Number(
    right=25,  # cells, of six kicked ones, 4 neighbors, w = 0.95 θ
    within=(1e-12, 0.0),
    faults=[
        Fault(6, "Those are the cells that you kick. Which cells have two kicked neighbors?"),
        Fault(19, "Those are the cells that the kicked ones recruit. The kicked ones fire too."),
        Fault(13, "Those have fired after one delay. Which cells have two firing neighbors now?"),
        Fault(24, "Nearly: one kicked cell has no company. Does it fire?"),
        Fault(18, "Is your w just below θ? At half of it only spikes that come together are enough."),
        Fault(12, "(4, 4) and (4, 6) have a common neighbor. What does it do?"),
        Fault(14, "(4, 4) and (4, 6) have a common neighbor. What does it do?"),
        Fault(17, "Two rectangles that touch at a corner have common neighbors."),
        Fault(16, "Follow the way to (5, 7): which cells have it and (4, 6) for neighbors?"),
        Fault(48, "Does (9, 4) have a common neighbor with any other cell that fires?"),
        Fault(144,
              "The whole sheet? A straight edge can't grow: beyond it each cell has one firing neighbor."),
    ],
    praise="The kicks fill a rectangle of 4 × 6, and the cell that lies apart fires alone.",
    off="On paper, mark the kicked cells, then each cell with two marked neighbors, and repeat.",
)

flash = Number(
    right=0.76993,  # the mean share of cells that fire, p = 0.08, a rest of 10 ms
    faults=[
        Fault(76.993, "Right in percent. A share lies between 0 and 1."),
        Fault(0.88553, "That is the share with a rest of 5 ms. Did you change t_ref?"),
        Fault(0.98833, "That is the share with a rest of 2 ms."),
        Fault(0.07827, "That is the share for p = 0.04."),
        Fault(0.7984, "That is the first of the six flashes. Take the mean of all."),
        Fault(0.9342, "Those are spikes for each cell; a cell that fires twice counts once here."),
        Fault(0.23007, "That is the share that stays silent."),
        Fault(1924.83, "Those are cells. What share of all 2500 is that?"),
        Fault(0.99667, "That is the rule on paper, without leak and rest. What does the simulation say?"),
        Fault(0.08193, "That is the share that you kick."),
    ],
    praise="A longer rest leaves more of the sheet dark: a cell that rests can't be one of the two.",
    off="Call share(0.08, t_ref=10, seed=seed) for the seeds 0 to 5 and take the mean.",
    near="Are these the seeds 0 to 5, each with p = 0.08 and t_ref=10?",
)
# fmt: on

EXERCISES = {"period": period, "islands": islands, "flash": flash}
