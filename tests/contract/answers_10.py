"""Functions that students write for the exercises of notebook 10, and what simulations give."""

from fractions import Fraction

import numpy as np

from lifcore import LIF, neighbors, simulate_2d

KICKED = [(2, 2), (3, 3), (4, 4), (4, 6), (5, 7), (9, 4)]


def by_search(t_ref, delay, n):
    turn = 0
    while turn * delay <= t_ref or (n == 4 and turn % 2):
        turn += 1
    return turn * delay


def by_simulation(t_ref, delay, n):
    """Cut a wave and watch a cell: the recipe of the notebook, on a smaller sheet."""
    side = 30
    column = [(0, row, 0, 2) for row in range(side)]
    half = [(15 * delay, row, 15, -1.1 * (1 if n == 4 else 3)) for row in range(15, side)]
    run = simulate_2d(
        LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=t_ref), shape=(side, side), duration=60 * delay,
        dt=0.1, delay=delay, kernel=neighbors(1.1, n), input_spikes=column + half,
    )  # fmt: skip
    return np.diff(run.spikes[(run.spikes[:, 1] == 12) & (run.spikes[:, 2] == 16), 0])[-1]


def fill(kicked):
    """Return the number of cells that the two-neighbor rule reaches."""
    fired = set(kicked)
    while True:
        around = [(i + a, j + b) for i, j in fired for a, b in ((0, 1), (0, -1), (1, 0), (-1, 0))]
        more = fired | {cell for cell in around if around.count(cell) >= 2}
        if more == fired:
            return len(fired)
        fired = more


def share(seeds, *, p=0.08, t_ref=10, measure=lambda run: np.mean(run.counts > 0)):
    """Return the mean over flashes of what `measure` makes of each run."""
    values = []
    for seed in seeds:
        kicked = np.argwhere(np.random.default_rng(seed).random((50, 50)) < p)
        run = simulate_2d(
            LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=t_ref), shape=(50, 50), duration=400, dt=1,
            kernel=neighbors(0.95), input_spikes=[(0, row, col, 2) for row, col in kicked],
        )  # fmt: skip
        values.append(measure(run))
    return np.mean(values)


SHARE = share(range(6))
RIGHT = {
    "10.period": [by_search, by_simulation, lambda t_ref, delay, n: Fraction(by_search(t_ref, delay, n))],
    "10.islands": [fill(KICKED)],
    "10.flash": [SHARE],
}
# The numbers of a flash are those of simulations.
WRONG = {
    "10.islands": [(fill(KICKED) - len(KICKED), "recruit")],
    "10.flash": [
        (100 * SHARE, "percent"),
        (share(range(6), t_ref=5), "5 ms"),
        (share(range(6), t_ref=2), "2 ms"),
        (share(range(6), p=0.04), "p = 0.04"),
        (share([0]), "first of the six"),
        (share(range(6), measure=lambda run: run.counts.mean()), "spikes for each cell"),
        (1 - SHARE, "stays silent"),
        (share(range(6), measure=lambda run: np.count_nonzero(run.counts)), "all 2500"),
    ],
}
PLAIN = {"10.period": (by_search, ["turn = 1", "turn = -1"])}  # every rest is longer than a delay
