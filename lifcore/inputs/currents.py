"""Input currents, one value a step."""

import math

import numpy as np

from lifcore.given import bounded, check_memory, generator, number, steps_up, steps_whole
from lifcore.neuron import LIF, check_neuron

LARGEST_PHASE = 1e15  # Hz ms, of a sine: a double tells 1e-3 of a turn there


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
    frequency = number("frequency", frequency, low=0.0)
    if not frequency * dt * k.size < LARGEST_PHASE:
        raise ValueError(
            f"frequency must be lower, at most {LARGEST_PHASE:g} / duration, beyond which floats don't tell "
            f"a phase; got {frequency:g} Hz with a duration of {duration:g} ms"
        )
    phase = 2 * math.pi * frequency * 1e-3 * dt * k
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
    spread = math.sqrt((2 - lost) / lost) if lost else math.inf
    sd = number("sigma_v", sigma_v, low=0.0) / neuron.r_m * spread
    bounded("the current's deviation", sd, sigma_v=sigma_v, r_m=neuron.r_m, dt=dt, tau_m=neuron.tau_m)
    return number("mean", mean) + sd * generator(seed).standard_normal(k.size)


def _steps(duration: float, dt: float, start: float, stop: float) -> tuple[np.ndarray, int, int]:
    """Return the indices of the steps, the first at or after `start` and the first at or after `stop`."""
    dt = number("dt", dt, above=0.0)
    n = steps_whole("duration", duration, dt)
    check_memory(f"a current of {n:,} steps", 32 * n)
    start = number("start", start, low=0.0)
    stop = number("stop", stop, low=start)
    return np.arange(n), steps_up(start, dt), steps_up(stop, dt)
