"""Input currents and input spike trains. Every random one takes a seed: same seed, same array."""

import math
from typing import Any

import numpy as np

from lifcore.neuron import (
    LIF,
    array,
    check_memory,
    check_neuron,
    integer,
    number,
    pair,
    steps_up,
    steps_whole,
)


def step(duration: float, dt: float, *, start: float, stop: float, amplitude: float) -> np.ndarray:
    """Return a current that is `amplitude` from `start` to `stop` and 0 elsewhere.

    Parameters
    ----------
    duration, dt
        ms; the duration is a whole number n of steps.
    start, stop
        ms; the current flows in the steps that begin at or after `start` and before `stop`.
    amplitude
        nA.

    Returns
    -------
    ndarray, (n,)
        nA.
    """
    k, first, last = _steps(duration, dt, start, stop)
    return np.where((k >= first) & (k < last), number("amplitude", amplitude), 0.0)


def ramp(duration: float, dt: float, *, start: float, stop: float, final: float) -> np.ndarray:
    """Return a current that is 0 until `start`, rises evenly to `final` at `stop` and stays there.

    Parameters
    ----------
    duration, dt, start, stop
        ms; the duration is a whole number n of steps.
    final
        nA; negative for a current that falls.

    Returns
    -------
    ndarray, (n,)
        nA, the value at the beginning of each step.
    """
    k, first, last = _steps(duration, dt, start, stop)
    if last == first:
        raise ValueError(f"stop must be at least one step after start = {start:g} ms; got {stop:g} ms")
    return number("final", final) * np.clip((k - first) / (last - first), 0.0, 1.0)


def sine(duration: float, dt: float, *, mean: float, amplitude: float, frequency: float) -> np.ndarray:
    """Return the current mean + amplitude · sin(2π · frequency · t).

    Parameters
    ----------
    duration, dt
        ms; the duration is a whole number n of steps.
    mean, amplitude
        nA.
    frequency
        Hz, at least 0.

    Returns
    -------
    ndarray, (n,)
        nA, the value at the beginning of each step.
    """
    k, _, _ = _steps(duration, dt, 0.0, 0.0)
    phase = 2 * math.pi * number("frequency", frequency, low=0.0) * 1e-3 * dt * k
    return number("mean", mean) + number("amplitude", amplitude) * np.sin(phase)


def noise(
    neuron: LIF, duration: float, dt: float, *, mean: float, sigma_v: float, seed: "int | np.random.Generator"
) -> np.ndarray:
    """Return a white Gaussian current whose effect on V doesn't depend on dt.

    Each step draws its own value. Its standard deviation is sigma_v / R · √((1+a) / (1-a)) with
    a = exp(-dt / tau_m), so that V fluctuates by `sigma_v` where the threshold is never reached.

    Parameters
    ----------
    neuron
        The neuron that will receive it.
    duration, dt
        ms; the duration is a whole number n of steps.
    mean
        nA.
    sigma_v
        mV, the standard deviation of the free membrane, at least 0.
    seed
        An int or a numpy Generator.

    Returns
    -------
    ndarray, (n,)
        nA.

    References
    ----------
    The variance of the first-order autoregressive process that V follows at the samples.
    """
    check_neuron("neuron", neuron)
    k, _, _ = _steps(duration, dt, 0.0, 0.0)
    lost = -math.expm1(-dt / neuron.tau_m)  # in a step: 1 - a
    sd = number("sigma_v", sigma_v, low=0.0) / neuron.r_m * math.sqrt((2 - lost) / lost)
    return number("mean", mean) + sd * _generator(seed).standard_normal(k.size)


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
    check_memory(f"a train of {count:.3g} spikes", 16 * count)
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
    check_memory(f"a train of {expected:.3g} spikes", 8 * expected)
    rng = _generator(seed)
    return np.sort(rng.uniform(0.0, duration, rng.poisson(expected)))


def from_image(image: Any, shape: tuple[int, int], *, low: float, high: float) -> np.ndarray:
    """Return a map of currents from a gray picture: black gives `low`, white gives `high`.

    Parameters
    ----------
    image
        (height, width), gray from 0 to 1, or from 0 to 255 where an entry is above 1 or the type
        is uint8.
    shape
        (rows, cols) of the map. Each entry is the mean of the picture over its area.
    low, high
        nA.

    Returns
    -------
    ndarray, (rows, cols)
        nA.
    """
    gray = array("image", image, ndim=2)
    if gray.size == 0 or gray.min() < 0 or gray.max() > 255:
        span = f"{gray.min():g} to {gray.max():g}" if gray.size else "an empty picture"
        raise ValueError(f"image must be gray from 0 to 1 or from 0 to 255; got {span}")
    if gray.max() > 1 or getattr(image, "dtype", None) == np.uint8:
        gray = gray / 255.0
    rows, cols = pair("shape", shape, "(rows, cols)", low=1)
    mean = _area_weights(gray.shape[0], rows) @ gray @ _area_weights(gray.shape[1], cols).T
    low, high = number("low", low), number("high", high)
    return low + (high - low) * mean


def _area_weights(pixels: int, cells: int) -> np.ndarray:
    """Return (cells, pixels): how much of each cell's length lies on each pixel."""
    edges = np.linspace(0, pixels, cells + 1)
    left, right = edges[:-1, None], edges[1:, None]
    pixel = np.arange(pixels)
    overlap = np.minimum(right, pixel + 1) - np.maximum(left, pixel)
    return np.maximum(overlap, 0.0) * cells / pixels


def _steps(duration: float, dt: float, start: float, stop: float) -> tuple[np.ndarray, int, int]:
    """Return the indices of the steps, the first at or after `start` and the first at or after `stop`."""
    dt = number("dt", dt, above=0.0)
    n = steps_whole("duration", duration, dt)
    check_memory(f"a current of {n:,} steps", 32 * n)
    start = number("start", start, low=0.0)
    stop = number("stop", stop, low=start)
    return np.arange(n), steps_up(start, dt), steps_up(stop, dt)


def _generator(seed: "int | np.random.Generator") -> "np.random.Generator":
    """Return the numpy Generator of a seed; a Generator is used as it is."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(integer("seed", seed, low=0))
