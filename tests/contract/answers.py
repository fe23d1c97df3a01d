"""Answers that students give to the exercises: five right ones each, and the usual wrong ones."""

import math

import numpy as np

from lifcore import LIF, pair_gap, simulate_2d, theory


def make_loop(
    *,
    count=lambda inputs, k: inputs.count(k),
    fires=lambda v, th: v >= th,
    reset=lambda v, v_reset: v_reset,
    longer=0,
    held=lambda v, v_reset, kick: v_reset,
    update=lambda v, decay, kick: v * decay + kick,
    first=1,
    last=0,
    finish=lambda spikes, v_out: (spikes, v_out),
):
    """Return a loop for exercise 02.loop, right unless a part is replaced."""

    def my_loop(input_samples, w, n, decay, v_th, v_reset, n_ref):
        v, hold = 0.0, -1
        v_out, spikes = [v], []
        for k in range(first, n + 1 - last):
            kick = w * count(input_samples, k)
            if k <= hold:
                v = held(v, v_reset, kick)
            else:
                v = update(v, decay, kick)
                if fires(v, v_th):
                    spikes.append(k)
                    v = reset(v, v_reset)
                    hold = k + n_ref + longer
            v_out.append(v)
        return finish(spikes, v_out)

    return my_loop


def queued(input_samples, w, n, decay, v_th, v_reset, n_ref):
    """Deliver coincident inputs one a step: the published mistake."""
    v, hold, v_out, spikes, waiting = 0.0, -1, [0.0], [], 0
    for k in range(1, n + 1):
        waiting += input_samples.count(k)
        kick, waiting = (w, waiting - 1) if waiting else (0.0, 0)
        if k <= hold:
            v = v_reset
        else:
            v = v * decay + kick
            if v >= v_th:
                spikes.append(k)
                v, hold = v_reset, k + n_ref
        v_out.append(v)
    return spikes, v_out


def peaked(input_samples, w, n, decay, v_th, v_reset, n_ref):
    """Record V before the reset."""
    spikes, v_out = make_loop()(input_samples, w, n, decay, v_th, v_reset, n_ref)
    for k in spikes:
        v_out[k] = v_out[k - 1] * decay + w * input_samples.count(k)
    return spikes, v_out


def vectorized(input_samples, w, n, decay, v_th, v_reset, n_ref):
    kicks = w * np.bincount(input_samples, minlength=n + 1)[: n + 1]
    v_out, spikes, hold = np.zeros(n + 1), [], -1
    for k in range(1, n + 1):
        v_out[k] = v_reset if k <= hold else v_out[k - 1] * decay + kicks[k]
        if k > hold and v_out[k] >= v_th:
            spikes.append(np.int64(k))
            v_out[k], hold = v_reset, k + n_ref
    return np.array(spikes), v_out


def mutating(input_samples, w, n, decay, v_th, v_reset, n_ref):
    result = make_loop()(input_samples, w, n, decay, v_th, v_reset, n_ref)
    input_samples.clear()
    return result


RIGHT = {
    "02.loop": [
        make_loop(),
        vectorized,
        make_loop(finish=lambda s, v: [s, v]),
        make_loop(finish=lambda s, v: (tuple(s), np.array(v))),
        make_loop(count=lambda inputs, k: sum(i == k for i in inputs)),
    ],
    "02.pair_gap": [
        14 * math.log(5),
        np.float32(14 * math.log(5)),
        np.array([22.532]),
        22.53,
        pair_gap(LIF(v_rest=0, v_reset=-1, v_th=0.6, tau_m=14), 0.5),
    ],
    "02.predict_n": [6, 6.0, np.int8(6), np.array(6), [6]],
    "09.first_spike": [
        lambda r, c, i, j, d, n: [
            [d * (abs(a - i) + abs(b - j) if n == 4 else max(abs(a - i), abs(b - j))) for b in range(c)]
            for a in range(r)
        ],
        lambda r, c, i, j, d, n: d * distance(r, c, i, j, n),
        lambda r, c, i, j, d, n: (d * distance(r, c, i, j, n)).astype(np.float32),
        lambda r, c, i, j, d, n: np.asfortranarray(d * distance(r, c, i, j, n)),
        lambda rows, cols, row, col, delay, n: (
            simulate_2d(
                LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5),
                shape=(rows, cols),
                duration=25,
                kernel=neighbors_of(n),
                delay=delay,
                input_spikes=[(0, row, col, 2)],
            ).first_spike
        ),
    ],
    "09.fill": [144, 144.0, np.int16(144), [144], np.array([[144]])],
    "09.speed": [
        lambda dt: 0.5,
        lambda dt: np.float32(0.5),
        lambda dt: np.array([0.5]),
        lambda dt: 40 / (40 * 2),
        lambda dt: [0.5],
    ],
}


def distance(rows, cols, row, col, n):
    i, j = abs(np.arange(rows) - row)[:, None], abs(np.arange(cols) - col)
    return i + j if n == 4 else np.maximum(i, j)


def neighbors_of(n):
    kernel = 2.0 * np.ones((3, 3)) if n == 8 else 2.0 * np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    kernel[1, 1] = 0
    return kernel


def map_of(formula):
    def my_first_spike(rows, cols, row, col, delay, n):
        return formula(np.arange(rows)[:, None] - row, np.arange(cols) - col, delay, n)

    return my_first_spike


def hops(i, j, n):
    return abs(i) + abs(j) if n == 4 else np.maximum(abs(i), abs(j))


# Exercise -> (wrong answer, a word of the hint that it must get, which no other answer gets)
WRONG = {
    "02.loop": [
        (make_loop(count=lambda inputs, k: k in inputs), "add up"),
        (queued, "one after the other"),
        (make_loop(fires=lambda v, th: v > th), "exactly to the threshold"),
        (make_loop(reset=lambda v, v_reset: v), "goes on from where it was"),
        (make_loop(reset=lambda v, v_reset: 0.0), "need not be"),
        (make_loop(longer=-10), "never rests"),
        (make_loop(held=lambda v, v_reset, kick: v + kick), "still collects"),
        (make_loop(longer=-1), "too short"),
        (make_loop(longer=1), "too long"),
        (make_loop(update=lambda v, decay, kick: (v + kick) * decay), "Decay first"),
        (make_loop(update=lambda v, decay, kick: v + kick), "Nothing leaks"),
        (make_loop(last=1), "before sample n"),
        (make_loop(first=0, last=1), "does your loop begin"),
        (make_loop(finish=lambda s, v: (s, v[:-3])), "one a sample"),
        (peaked, "Record V after"),
        (mutating, "changes the list"),
        (make_loop(finish=lambda s, v: s), "return two lists"),
        (make_loop(update=lambda v, decay, kick: -v), "of 6 cases"),
    ],
    "02.pair_gap": [
        (-22.532, "upside down"),
        (14 * math.log10(5), "base 10"),
        (math.log(5), "units of the time constant"),
        (0.022532, "seconds"),
        (225.32, "steps"),
        (14 * math.log(1.2), "from θ down to w"),
        (14 * math.log(3), "of the example"),
        (14 * math.log(6), "endless train"),
        (14 * math.log(2), "half"),
        (22.5, "off a slider"),
        (100.0, "must be left"),
        (np.array([1.0, 2.0]), "these are 2"),
        ("22.53", "quotation marks"),
        (theory.pair_gap, "function"),
        (math.nan, "finite"),
    ],
    "02.predict_n": [
        (4, "of the earlier spikes"),
        (1 / 0.3, "without a leak, and"),
        (5.347, "which way"),
        (5, "still below"),
        (7, "already fires"),
        (0, "long train"),
        (30, "time in ms"),
        (17, "solve for n"),
    ],
    "09.first_spike": [
        (map_of(lambda i, j, d, n: hops(i, j, n) + 0.0), "one hop take"),
        (map_of(lambda i, j, d, n: hops(i, j, n) / d), "not earlier"),
        (map_of(lambda i, j, d, n: d * (abs(i) + abs(j))), "along both axes"),
        (map_of(lambda i, j, d, n: d * np.maximum(abs(i), abs(j))), "two hops"),
        (map_of(lambda i, j, d, n: d * np.hypot(i, j)), "straight-line"),
        (map_of(lambda i, j, d, n: d * (i + j if n == 4 else np.maximum(i, j))), "absolute"),
        (map_of(lambda i, j, d, n: d * (hops(i, j, n) + 1)), "one delay late"),
        (map_of(lambda i, j, d, n: (d * hops(i, j, n)).T), "Rows come first"),
        (map_of(lambda i, j, d, n: 3.0), "has the shape"),
        (map_of(lambda i, j, d, n: i * 0.0 + j * 0.0 + 9.0), "How many hops from"),
    ],
    "09.fill": [
        (12, "cells that you kick"),
        (132, "recruit"),
        (78, "one side"),
        (23, "half of one side"),
        (34, "after one delay. The"),
        (4096, "whole sheet"),
        (529, "outside the k"),
        (100, "on paper"),
    ],
    "09.speed": [
        (lambda dt: 2.0, "Which way round"),
        (lambda dt: 500.0, "per second"),
        (lambda dt: 1 / dt, "your delay is one step"),
        (lambda dt: 0.5 * dt, "cells per step."),
        (lambda dt: 0.05 / dt, "fixed number of steps"),
        (lambda dt: 41 / 80, "not m + 1"),
        (lambda dt: -0.5, "sign"),
        (lambda dt: 0.7, "How many cells"),
        (lambda dt: 0.7 * dt, "changes with dt"),
        (0.5, "Give the function itself"),
    ],
}
