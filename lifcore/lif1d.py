"""One neuron over time: `simulate_1d` and its loop, in the open."""

import math
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.given import array, check_memory, many, number, steps_up, steps_whole
from lifcore.neuron import LIF, check_neuron

BYTES_PER_SAMPLE = 60  # the arrays of the run and of its input
PLAIN_STEP = 1e-7  # s, what a step of the loop takes uncompiled, about
COUNT = np.arange(2.0**14)  # as many samples as the cache of a processor holds several arrays of


@dataclass(frozen=True, eq=False)
class Run1D:
    """What one simulated neuron did.

    Attributes
    ----------
    t, v, th : ndarray, (n+1,)
        Time in ms; membrane potential and threshold in mV, both after a spike's reset.
    spikes : ndarray, (k,)
        Times of the output spikes, ms.
    current : ndarray, (n,)
        Input current, nA; ``current[k]`` is held on [t_k, t_{k+1}).
    input_spikes, input_weights : ndarray, (m,)
        Times in ms and weights in mV of the input spikes, as they were given.
    neuron : LIF
    dt : float
        ms.
    """

    t: np.ndarray
    v: np.ndarray
    th: np.ndarray
    spikes: np.ndarray
    current: np.ndarray
    input_spikes: np.ndarray
    input_weights: np.ndarray
    neuron: LIF
    dt: float


def integrate(
    v: float,
    th: float,
    v_infs: Sequence[float],
    kicks: Sequence[float],
    decay: float,
    decay_th: float,
    v_th: float,
    v_reset: float,
    th_jump: float,
    n_ref: int,
    hold: int,
    v_out: MutableSequence[float],
    th_out: MutableSequence[float],
) -> list[int]:
    """Step one neuron through its samples 1 … n; return the samples at which it fired.

    `v` and `th` are the state at sample 0, `hold` the last sample at which v is still held at
    reset. ``v_infs[k-1]`` is where the current drives V from sample k-1 to k, ``kicks[k]`` the
    summed weights of the input spikes of sample k, both in mV. Fills `v_out`, and `th_out` where
    the threshold is not `v_th`, which it must hold everywhere.
    """
    spikes = []
    for k, v_inf in enumerate(v_infs, 1):
        if th != v_th:  # a threshold at v_th stays there
            th = v_th + (th - v_th) * decay_th
            th_out[k] = th
        if k <= hold:  # refractory: V is held, input is lost
            v = v_reset
        else:
            v = v_inf + (v - v_inf) * decay + kicks[k]  # 1. decay  2. input
            if v >= th:  # 3. test
                spikes.append(k)
                v = v_reset  # 4. reset
                th += th_jump
                th_out[k] = th
                hold = k + n_ref
        v_out[k] = v
    return spikes


def simulate_1d(
    neuron: LIF = LIF(),  # noqa: B008  a frozen record
    *,
    duration: float,
    dt: float = 0.1,
    current: float | Sequence[float] | np.ndarray | Callable[[np.ndarray], Any] = 0.0,
    input_spikes: Sequence[float] | np.ndarray = (),
    input_weights: float | Sequence[float] | np.ndarray = 1.0,
    v_start: float | None = None,
    th_start: float | None = None,
) -> Run1D:
    """Simulate one neuron on a grid of time steps: decay, input, threshold, reset.

    Parameters
    ----------
    neuron
        The parameters.
    duration, dt
        ms; the duration is a whole number n of steps dt.
    current
        nA: a number, an (n,) array, or a function of the n times in ms, called once.
    input_spikes
        ms, (m,), in any order. A spike acts at the first sample at or after its time; after the
        end it is ignored.
    input_weights
        mV, the jump that each input spike causes: a number or (m,).
    v_start, th_start
        mV, the state at sample 0; None: ``v_rest`` and ``v_th``.

    Returns
    -------
    Run1D

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If an argument has a wrong value or shape.
    MemoryError
        If the run would take more than half of the machine's memory.

    Notes
    -----
    Between input spikes the step is exact for a current that is constant over dt
    (Rotter and Diesmann 1999, Biological Cybernetics 81, section 3). V equal to the threshold fires, and an
    input spike at the end of the refractory period is lost: see `LIF`.
    """
    n, dt, v, th = begin_run(neuron, duration, dt, v_start, th_start)
    check_memory(f"a run of {n:,} steps", BYTES_PER_SAMPLE * (n + 1))
    t = sample_times(n, dt)
    v_out, th_out, held = np.empty((3, n + 1))  # one block: the system is slow to hand out several
    # The drive of a step stands where V at its end will: each is read before it is written.
    held, v_infs = held[:-1], v_out[1:]
    fill_drive(neuron, current, t[:-1], held, v_infs)
    times, weights = given_inputs(input_spikes, input_weights)
    kicks, start = _kicks(times, weights, n, dt)

    n_ref = steps_up(neuron.t_ref, dt)
    hold = -1
    v += float(kicks[0])
    first = start and v >= th  # sample 0 is tested only where a spike arrives
    if first:
        v, th, hold = neuron.v_reset, th + neuron.th_jump, n_ref
    factors = math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_th)
    steady = neuron.v_th, neuron.v_reset, neuron.th_jump, n_ref
    th_out[:] = neuron.v_th
    v_out[0], th_out[0] = v, th
    args = v, th, v_infs, kicks, *factors, *steady, hold, v_out, th_out
    if engine.pays(integrate, "", n * PLAIN_STEP):
        fired = engine.compiled(integrate, "", args)(*args)
    else:  # item by item, a memoryview is much faster than its array
        views: Any = [x.data if isinstance(x, np.ndarray) else x for x in args]
        fired = integrate(*views)
        engine.spend(integrate, n * PLAIN_STEP)
    if not math.isfinite(v_out[-1]):  # V stays so once it is
        raise ValueError("current must be smaller, V runs off beyond all numbers")
    spikes = t[[0] * first + fired]
    return Run1D(t, v_out, th_out, spikes, held, times, weights, neuron, dt)


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


def sample_times(n: int, dt: float) -> np.ndarray:
    """Return the times of the samples, (n+1,) ms."""
    t = np.empty(n + 1)
    for block in _blocks(n + 1):
        part = t[block]
        np.add(COUNT[: part.size], block.start, out=part)
        part *= dt
    return t


def _blocks(size: int) -> Iterator[slice]:
    """Yield where the parts of an array begin and end that the processor's cache holds."""
    for start in range(0, size, COUNT.size):
        yield slice(start, start + COUNT.size)


def fill_drive(neuron: LIF, current: Any, t: np.ndarray, held: np.ndarray, v_infs: np.ndarray) -> None:
    """Fill `held` with the current of each step, nA, and `v_infs` with where it drives V, mV."""
    name = "current"
    if callable(current):
        name, current = "current(t)", current(t.copy())
    given = array(name, current, t.shape) if many(current) else number(name, current)
    try:
        with np.errstate(over="raise"):
            if isinstance(given, float):
                held[:] = given
                v_infs[:] = neuron.v_rest + np.float64(neuron.r_m) * given
                return
            for block in _blocks(t.size):
                held[block] = given[block]
                np.multiply(given[block], neuron.r_m, out=v_infs[block])
                v_infs[block] += neuron.v_rest
    except FloatingPointError:
        largest = np.abs(given).max()
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


def _kicks(times: np.ndarray, weights: np.ndarray, n: int, dt: float) -> tuple[np.ndarray, bool]:
    """Return the summed weights of each sample, (n+1,) mV, and whether a spike comes at sample 0."""
    if times.size == 0:
        return np.zeros(n + 1), False
    at = steps_up(times, dt)
    inside = at <= n
    at = at[inside].astype(int)
    return summed(at, weights[inside], n + 1), bool((at == 0).any())


def summed(index: np.ndarray, weights: np.ndarray, size: int) -> np.ndarray:
    """Return the sums of the weights of each index, at least `size` of them, mV."""
    sums = np.bincount(index, weights, minlength=size)
    if not np.isfinite(sums).all():
        raise ValueError(f"input_weights must add up to finite sums; got up to {np.abs(weights).max():g} mV")
    return sums
