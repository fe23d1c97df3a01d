"""Times of input spikes."""

import numpy as np

from lifcore.given import check_memory, generator, number, steps_up

FEWER = "a shorter duration or a lower rate"


def regular(duration: float, *, rate: float, start: float = 0.0) -> np.ndarray:
    """Return evenly spaced spike times: start, start + 1000/rate, … before `duration`.

    Parameters
    ----------
    duration
        ms.
    rate
        Hz, at least 0.
    start
        ms, the first spike.

    Returns
    -------
    ndarray, (m,)
        ms.
    """
    duration, start = number("duration", duration, low=0.0), number("start", start, low=0.0)
    rate = number("rate", rate, low=0.0)
    count = max(0.0, (duration - start) * rate / 1000.0)
    check_memory(f"a train of {count:.3g} spikes", 16 * count, FEWER)
    return start + np.arange(steps_up(count, 1.0)) * 1000.0 / rate if rate else np.empty(0)


def poisson(duration: float, *, rate: float, seed: "int | np.random.Generator") -> np.ndarray:
    """Return the spike times of a Poisson process, in order.

    Parameters
    ----------
    duration
        ms.
    rate
        Hz, at least 0.
    seed
        An int or a numpy Generator.

    Returns
    -------
    ndarray, (m,)
        ms, from 0 to `duration`.
    """
    duration = number("duration", duration, low=0.0)
    expected = number("rate", rate, low=0.0) * duration / 1000.0
    check_memory(f"a train of {expected:.3g} spikes", 8 * expected, FEWER)
    rng = generator(seed)
    return np.sort(rng.uniform(0.0, duration, rng.poisson(expected)))
