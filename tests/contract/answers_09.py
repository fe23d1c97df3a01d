"""Functions that students write for the exercises of notebook 09."""

import math

import numpy as np

from lifcore import LIF, neighbors, simulate_2d


def by_hops(rows, cols, row, col, delay, n):
    far = sum if n == 4 else max
    return [[delay * far((abs(i - row), abs(j - col))) for j in range(cols)] for i in range(rows)]


def simulated(rows, cols, row, col, delay, n):
    return simulate_2d(
        LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5), shape=(rows, cols), duration=25,
        kernel=neighbors(2.0, n), delay=delay, input_spikes=[(0, row, col, 2)],
    ).first_spike  # fmt: skip


ROW = dict(shape=(1, 41), duration=100, kernel=neighbors(1.2), input_spikes=[(0, 0, 0, 2)])
NEURON = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5)


def plain_speed(dt):
    run = simulate_2d(NEURON, dt=dt, delay=2.0, **ROW)
    first = run.first_spike[0]
    return 40 / (first[40] - first[0])


def with_a_step_of_its_own(dt):
    return plain_speed(0.1) + 0 * dt


RIGHT = {"09.first_spike": [by_hops, simulated], "09.speed": [lambda dt: 40 / (40 * 2) + 0 * dt]}
WRONG = {
    "09.first_spike": [
        (lambda *sheet: np.transpose(by_hops(*sheet)), "Rows come first"),
        (lambda *sheet: 3.0, "has the shape"),
    ],
    "09.speed": [
        (lambda dt: 40 / 79, "not m + 1"),
        (lambda dt: math.nan, "never came"),
        (with_a_step_of_its_own, "steps 0.1 ms, whatever dt is"),
        (lambda dt: 0.5, "whatever dt is"),
        (lambda dt: 0.5 if dt < 0.1 else None, "does each way through it end in a return"),
    ],
}
PLAIN = {
    "09.first_spike": (by_hops, []),
    "09.speed": (
        plain_speed,
        [
            "first = run.first_spike[-1]",  # there is one row
            "return 40 / (first[40] + first[0])",  # the first cell fires at 0
        ],
    ),
}
