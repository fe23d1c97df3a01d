"""One neuron over time: `simulate_1d` and its loop, in the open."""

import math
from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.given import check_memory, steps_up
from lifcore.neuron import LIF
from lifcore.runs import (
    BLOCK,
    BYTES_PER_SAMPLE,
    begin_run,
    blocks,
    fill_drive,
    given_current,
    given_inputs,
    sample_times,
    summed,
    threshold,
)


@dataclass(frozen=True, eq=False)
class Run1D:
    """What one simulated neuron did.

    Attributes
    ----------
    t, v, th : ndarray, (n+1,)
        Time in ms, computed when it is first asked for; membrane potential and threshold in mV, both
        after a spike's reset. The threshold is read-only where it never moves.
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

    v: np.ndarray
    th: np.ndarray
    spikes: np.ndarray
    current: np.ndarray
    input_spikes: np.ndarray
    input_weights: np.ndarray
    neuron: LIF
    dt: float

    @cached_property
    def t(self) -> np.ndarray:
        """Time of each sample, (n+1,) ms."""
        return sample_times(self.v.size, self.dt)


def integrate(
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

    `v_out` and `th_out` begin with the state at sample 0; `hold` is the last sample at which v is
    still held at reset. ``v_infs[k-1]`` is where the current drives V from sample k-1 to k,
    ``kicks[k]`` the summed weights of the input spikes of sample k, both in mV. Fills `v_out`, and
    `th_out` where the threshold is not `v_th`, which it must hold everywhere else.
    """
    v, th, spikes = v_out[0], th_out[0], []
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
    given = given_current(current, n, dt)
    times, weights = given_inputs(input_spikes, input_weights)
    kicks, start = _kicks(times, weights, n, dt)

    v_out, th_out = np.empty(n + 1), threshold(neuron, th, n)
    if kicks is not None:
        v += float(kicks[0])
    first = start and v >= th  # sample 0 is tested only where a spike arrives
    if first:
        v, th = neuron.v_reset, th + neuron.th_jump
    v_out[0] = v
    if th_out.flags.writeable:
        th_out[0] = th
    held = np.empty(n)
    fired = _integrate_blocks(neuron, dt, given, held, kicks, [0] * first, v_out, th_out)
    if not math.isfinite(v_out[-1]):  # V stays so once it is
        raise ValueError("current must be smaller, V runs off beyond all numbers")
    return Run1D(v_out, th_out, np.array(fired, int) * dt, held, times, weights, neuron, dt)


def _kicks(times: np.ndarray, weights: np.ndarray, n: int, dt: float) -> tuple[np.ndarray | None, bool]:
    """Return the summed weights of each sample, (n+1,) mV, or None, and whether a spike comes at sample 0."""
    if times.size == 0:
        return None, False
    at = steps_up(times, dt)
    inside = at <= n
    at = at[inside].astype(int)
    return summed(at, weights[inside], n + 1), bool((at == 0).any())


def _integrate_blocks(
    neuron: LIF,
    dt: float,
    given: np.ndarray,
    held: np.ndarray,
    kicks: np.ndarray | None,
    fired: list[int],
    v_out: np.ndarray,
    th_out: np.ndarray,
) -> list[int]:
    """Fill `held`, `v_out` and `th_out`, as many samples at a time as the processor's cache holds.

    Returns the samples at which the neuron fired, those at which it `fired` already among them.
    """
    n_ref, size = steps_up(neuron.t_ref, dt), min(held.size, BLOCK) + 1
    factors = math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_th)
    steady = *factors, neuron.v_th, neuron.v_reset, neuron.th_jump, n_ref
    v_infs, no_kicks, still = np.empty(size - 1), np.zeros(size), np.full(size, neuron.v_th)
    pace = 0.0  # s that a step of the plain loop takes, as far as that is known
    for block in blocks(held.size):
        m, samples = block.stop - block.start, slice(block.start, block.stop + 1)
        held[block] = given[block]
        fill_drive(neuron, given, block, v_infs[:m])
        args = (
            v_infs[:m],
            no_kicks[: m + 1] if kicks is None else kicks[samples],
            *steady,
            fired[-1] + n_ref - block.start if fired else -1,
            v_out[samples],
            th_out[samples] if th_out.flags.writeable else still[: m + 1],
        )
        if engine.pays(integrate, "", pace * (held.size - block.start)):
            spikes = engine.compiled(integrate, "", args)(*args)
        else:  # item by item, a memoryview is much faster than its array
            views: Any = [x.data if isinstance(x, np.ndarray) else x for x in args]
            began = engine.clock()
            spikes = integrate(*views)
            pace = engine.spend(integrate, engine.clock() - began) / m
        fired += [block.start + k for k in spikes]
    return fired
