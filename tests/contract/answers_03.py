"""Answers that students give to the exercises of notebook 03: five right ones each, the usual wrong ones."""

import math

import numpy as np

from lifcore import LIF, current_for_rate, isi, simulate_1d, simulate_exact, theory

NEURON = LIF()


def rate_of(
    *,
    rise=lambda i, log=math.log: 8 * log((10 * i - 5) / (10 * i - 20)),
    t_ref=2.0,
    result=lambda period: 1000 / period,
    silent=lambda i: 0.0,
):
    """Return a function for exercise 03.f_I, right unless a part is replaced."""

    def my_rate(current):
        return silent(current) if current <= 2 else result(t_ref + rise(current))

    return my_rate


def with_logarithm(log):
    return rate_of(rise=lambda i: 8 * log((10 * i - 5) / (10 * i - 20)))


def whole_arrays(current):
    """Work on arrays only: a number has no mask."""
    f = np.zeros(current.shape)
    above = current > 2
    x = 10 * current[above]
    f[above] = 1000 / (2 + 8 * np.log((x - 5) / (x - 20)))
    return f


def both(current):
    """Work on numbers and arrays alike."""
    x = 10 * np.asarray(current, float)
    over = np.where(x > 20, x, 40)
    return np.where(x > 20, 1000 / (2 + 8 * np.log((over - 5) / (over - 20))), 0)


def simulated(current, simulate=simulate_exact):
    gaps = isi(simulate(NEURON, duration=200, current=current))
    return 1000 / gaps[0] if gaps.size else 0


def unguarded(current):
    """Let NumPy divide by zero at the rheobase and give NaN below it."""
    with np.errstate(all="ignore"):
        f = 1000 / (2 + 8 * np.log(np.float64(10 * current - 5) / (10 * current - 20)))
    return f


def counted(current):
    return simulate_exact(NEURON, duration=2000, dt=1, current=current).spikes.size / 2


WIDTHS = np.array([2.0, 8.0, 20.0])
SHARE = 1 - np.exp(-WIDTHS / 8)
PEAKS = 1.5 / SHARE
HUNDRED = current_for_rate(NEURON, 100)

RIGHT = {
    "03.f_I": [
        rate_of(),
        rate_of(result=lambda period: np.float32(1000 / period), silent=lambda i: 0),
        whole_arrays,
        both,
        simulated,
    ],
    "03.current": [HUNDRED, 2.872965, np.array([HUNDRED]), [HUNDRED], np.float64(HUNDRED)],
    "03.pulses": [
        list(PEAKS),
        PEAKS.astype(np.float32),
        tuple(map(float, PEAKS)),
        [6.78, 2.373, 1.634],
        PEAKS.reshape(3, 1),
    ],
}

WRONG = {
    "03.f_I": [
        (rate_of(result=lambda period: 1 / period), "per ms"),
        (rate_of(result=lambda period: period), "in ms. The rate"),
        (rate_of(result=lambda period: period / 1000), "in seconds. The rate"),
        (rate_of(t_ref=0), "again at once"),
        (with_logarithm(math.log10), "base 10"),
        (with_logarithm(math.log2), "base 2"),
        (rate_of(rise=lambda i: theory.latency(NEURON, i)), "for the first spike"),
        (rate_of(rise=lambda i: theory.latency(NEURON, i), t_ref=0), "1 over the latency"),
        (with_logarithm(lambda x: math.log(1 / x)), "upside down"),
        (rate_of(rise=lambda i: 8 * math.log((10 * i + 65) / (10 * i + 50))), "rest for 0 mV"),
        (rate_of(rise=lambda i: math.log((10 * i - 5) / (10 * i - 20))), "no unit yet"),
        (rate_of(t_ref=0.002), "your refractory period in ms"),
        (rate_of(rise=lambda i: 0.008 * math.log((10 * i - 5) / (10 * i - 20))), "your rise in ms"),
        (lambda i: 100.0, "hang on the current"),
        (lambda i: rate_of()(i / 1000), "never fires. MΩ"),
        (lambda i: simulated(i, simulate_1d), "grid of 0.1 ms"),
        (rate_of(result=lambda period: round(1000 / period)), "nearest whole number"),
        (counted, "count spikes"),
        (unguarded, "it: The answer is a finite number"),
        (lambda i: 10.0 * i, "Not so at 2.2 nA"),
        (rate_of(silent=lambda i: 5.0), "weaker current"),
        (rate_of(silent=lambda i: 5.0 if i == 2 else 0.0), "rheobase itself"),
        (rate_of(silent=lambda i: 1 / 0), "ZeroDivisionError"),
        (rate_of(silent=lambda i: None), "returns nothing"),
        (76.4, "Give the function itself"),
    ],
    "03.current": [
        (1000 * HUNDRED, "pA"),
        (10 * HUNDRED, "in mV"),
        (HUNDRED - 2, "above the rheobase. How strong"),
        (2 + 1.5 / math.expm1(10 / 8), "first two"),
        (2 + 1.5 / math.expm1(12 / 8), "part of the 10 ms"),
        (2 + 2 / math.expm1(1), "start after a spike"),
        (2 + 2 / math.expm1(10 / 8), "first after 10 ms"),
        (2 + 1.5 / 9, "base 10"),
        (HUNDRED - 7, "rest for 0 mV"),
        (2.0, "never fires"),
        (2.87297, "all its digits"),
        (5.0, "Take the rest off"),
        ([2.8, 2.9], "these are 2"),
        ("2.87", "quotation marks"),
    ],
    "03.pulses": [
        (PEAKS[::-1], "wrong order"),
        (1000 * PEAKS, "pA"),
        ([1.5, 1.5, 1.5], "never ends"),
        (1.5 * SHARE, "not weaker"),
        (1.5 / (1 - SHARE), "still missing"),
        (2 / SHARE, "reach the threshold"),
        (-5.5 / SHARE, "above rest"),
        (1.5 * 8 / WIDTHS, "right without a leak"),
        (1.5 / -np.expm1(-WIDTHS / 8000), "same unit"),
        (PEAKS[0] * 2 / WIDTHS, "same charge"),
        ([PEAKS[0], 3, 2], "1 of 3"),
        ([6.78, 2.37, 1.63], "four digits"),
        ([1, 2, 3], "Set that to 15 mV"),
        (6.78, "given: 1"),
        ("strong ones", "in a list"),
        ([math.nan] * 3, "finite"),
        (rate_of(), "function"),
    ],
}
