"""What a simulation of one neuron is given: checked, and put on its grid of times."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from lifcore.given import array, many, number, steps_whole
from lifcore.neuron import LIF, check_neuron

BYTES_PER_SAMPLE = 50  # the arrays of the run and of its input
BLOCK = 2**14  # samples; as many as the cache of a processor holds several arrays of
COUNT = np.arange(float(BLOCK))


def begin_run(
    neuron: LIF, duration: float, dt: float, v_start: float | None, th_start: float | None
) -> tuple[int, float, float, float]:
    """Check what every one-neuron simulation is given; return n, dt, v and th at sample 0."""
    check_neuron("neuron", neuron)
    dt = number("dt", dt, above=0.0)
    n = steps_whole("duration", duration, dt)
    v = neuron.v_rest if v_start is None else number("v_start", v_start)
    th = neuron.v_th if th_start is None else number("th_start", th_start, above=neuron.v_reset)
    return n, dt, v, th


def blocks(size: int) -> Iterator[slice]:
    """Yield where the parts of an array begin and end that the processor's cache holds."""
    for start in range(0, size, BLOCK):
        yield slice(start, min(start + BLOCK, size))


def constant(value: float, size: int) -> np.ndarray:
    """Return an array that holds a number everywhere, in the memory of one; read-only."""
    a = np.ndarray(size, float, np.array(value), strides=(0,))
    a.flags.writeable = False
    return a


def sample_times(size: int, dt: float) -> np.ndarray:
    """Return the times of so many samples, (size,) ms."""
    t = np.empty(size)
    for block in blocks(size):
        part = t[block]
        np.add(COUNT[: part.size], block.start, out=part)
        part *= dt
    return t


def given_current(current: Any, n: int, dt: float) -> np.ndarray:
    """Return the current of each step, (n,) nA, in an array that the caller must neither change nor keep."""
    name = "current"
    if callable(current):
        name, current = "current(t)", current(sample_times(n, dt))
    return array(name, current, (n,)) if many(current) else constant(number(name, current), n)


def fill_drive(neuron: LIF, current: np.ndarray, block: slice, v_infs: np.ndarray) -> None:
    """Fill `v_infs` with where the current drives V in the steps of a block, mV."""
    try:
        with np.errstate(over="raise"):
            np.multiply(current[block], neuron.r_m, out=v_infs)
            v_infs += neuron.v_rest
    except FloatingPointError:
        largest = np.abs(current).max()
        raise ValueError(f"current must keep r_m * current finite; got up to {largest:g} nA") from None


def given_inputs(input_spikes: Any, input_weights: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return times (ms) and weights (mV) of the input spikes as fresh (m,) arrays."""
    times = array("input_spikes", input_spikes).copy()
    if times.size and times.min() < 0:
        raise ValueError(f"input_spikes must not come before 0 ms; got {times.min():g} ms")
    if not many(input_weights):
        return times, np.full(times.shape, number("input_weights", input_weights))
    weights = array("input_weights", input_weights)
    if weights.shape != times.shape:
        raise ValueError(
            f"input_weights must be one number or match the {times.size} input_spikes; got {weights.size}"
        )
    return times, weights.copy()


def summed(index: np.ndarray, weights: np.ndarray, size: int) -> np.ndarray:
    """Return the sums of the weights of each index, at least `size` of them, mV."""
    sums = np.bincount(index, weights, minlength=size)
    if not np.isfinite(sums).all():
        raise ValueError(f"input_weights must add up to finite sums; got up to {np.abs(weights).max():g} mV")
    return sums


def threshold(neuron: LIF, th: float, n: int) -> np.ndarray:
    """Return the threshold at v_th for all of n+1 samples, mV; read-only where it never moves from there."""
    if neuron.th_jump == 0.0 and th == neuron.v_th:
        return constant(neuron.v_th, n + 1)
    return np.full(n + 1, neuron.v_th)
