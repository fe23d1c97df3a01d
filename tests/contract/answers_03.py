"""Functions that students write for the exercises of notebook 03, and lists of what isn't three numbers."""

import math

import numpy as np

from lifcore import LIF, isi, simulate_1d, simulate_exact

NEURON = LIF()


def silent(low, above=2):
    """Return a rate that is right but for currents that don't fire the neuron."""

    def my_rate(current):
        if current <= above:
            return low(current)
        return 1000 / (2 + 8 * math.log((10 * current - 5) / (10 * current - 20)))

    return my_rate


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
        return 1000 / (2 + 8 * np.log(np.float64(10 * current - 5) / (10 * current - 20)))


def counted(current):
    return simulate_exact(NEURON, duration=2000, dt=1, current=current).spikes.size / 2


RIGHT = {
    "03.f_I": [silent(lambda i: 0), whole_arrays, both, simulated],
    "03.pulses": [(6.78, 2.373, 1.634)],
}
WRONG = {
    "03.f_I": [
        (lambda i: simulated(i, simulate_1d), "grid of 0.1 ms"),
        (counted, "count spikes"),
        (unguarded, "it: The answer is a finite number"),
        (silent(lambda i: 5.0), "weaker current"),
        (silent(lambda i: 5.0 if i == 2 else 0.0), "rheobase itself"),
        (silent(lambda i: 1 / 0), "it: Your function stops with ZeroDivisionError"),
        (silent(lambda i: None), "At or below it: Your function computes, and returns nothing"),
        (silent(lambda i: None, above=2.5), "For current = 2.2 your function returns nothing"),
    ],
    "03.pulses": [
        (6.78, "given: 1"),
        ("strong ones", "in a list"),
        ([math.nan] * 3, "finite"),
        (whole_arrays, "function"),
    ],
}


def plain_rate(current):
    if current <= 2:
        return 0
    return 1000 / (2 + 8 * math.log((10 * current - 5) / (10 * current - 20)))


PLAIN = {"03.f_I": (plain_rate, [])}
