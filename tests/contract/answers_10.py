"""Answers that students give to the exercises of notebook 10."""

import math
from fractions import Fraction

import numpy as np

from lifcore import LIF, neighbors, simulate_2d

KICKED = [(2, 2), (3, 3), (4, 4), (4, 6), (5, 7), (9, 4)]


def hops(rest, n):
    return math.floor(rest) + 1 if n == 8 else 2 * (math.floor(rest) // 2) + 2


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


def of_hops(formula):
    """Return an answer that turns t_ref, delay and the right number of hops into something else."""
    return lambda t_ref, delay, n: formula(t_ref, delay, hops(t_ref / delay, n))


SHARE = share(range(6))
RIGHT = {
    "10.period": [
        by_search,
        by_simulation,
        lambda t_ref, delay, n: np.float32(delay * hops(t_ref / delay, n)),
        lambda t_ref, delay, n: [delay * hops(t_ref / delay, n)],
        lambda t_ref, delay, n: Fraction(delay) * hops(t_ref / delay, n),
    ],
    "10.islands": [25, 25.0, np.int8(25), [25], fill(KICKED)],
    "10.flash": [SHARE, 0.77, 0.7699, np.float32(SHARE), np.array([SHARE])],
}

# Exercise -> (wrong answer, a word of the hint that it must get, which no other answer gets)
WRONG = {
    "10.period": [
        (of_hops(lambda t, d, m: m), "Those are hops. How"),
        (of_hops(lambda t, d, m: m / d), "over the delay"),
        (of_hops(lambda t, d, m: 1 / (m * d)), "turns per ms"),
        (of_hops(lambda t, d, m: 1000 / (m * d)), "Hz"),
        (
            lambda t, d, n: d * (math.ceil(t / d) if n == 8 else 2 * math.ceil(t / d / 2)),
            "exactly at the end",
        ),
        (lambda t, d, n: t, "That is the rest"),
        (lambda t, d, n: t + d, "One hop more"),
        (lambda t, d, n: d * hops(t / d, 8), "odd number"),
        (lambda t, d, n: d * hops(t / d, 4), "three cells"),
        (lambda t, d, n: d * hops(t / d, 12 - n), "mixed up"),
        (lambda t, d, n: d * hops(t, n), "in ms where"),
        (of_hops(lambda t, d, m: 2 * m * d), "twice round"),
        (of_hops(lambda t, d, m: min(m * d, 9.0)), "of 6 spirals"),
        (lambda t, d, n: 77.0, "must a wave take"),
        (6.0, "Give the function itself"),
        (lambda t, d, n: [1.0, 2.0], "these are 2"),
    ],
    "10.islands": [
        (len(KICKED), "that you kick"),
        (fill(KICKED) - len(KICKED), "recruit"),
        (13, "after one delay"),
        (24, "no company"),
        (9 + 3, "common neighbor. What"),
        (17, "touch at a corner"),
        (16, "Follow the way"),
        (48, "with any other"),
        (144, "whole sheet"),
        (30, "On paper, mark"),
        ("25", "quotation marks"),
    ],
    "10.flash": [
        (100 * SHARE, "percent"),
        (share(range(6), t_ref=5), "5 ms"),
        (share(range(6), t_ref=2), "2 ms"),
        (share(range(6), p=0.04), "p = 0.04"),
        (share([0]), "first of the six"),
        (share(range(6), measure=lambda run: run.counts.mean()), "spikes for each cell"),
        (1 - SHARE, "stays silent"),
        (share(range(6), measure=lambda run: np.count_nonzero(run.counts)), "all 2500"),
        (0.99667, "on paper"),
        (0.08193, "that you kick"),
        (0.78, "the seeds 0 to 5, each"),
        (0.5, "Call share"),
        (share, "function"),
    ],
}
