"""One neuron, exactly: spikes fall at the instant V reaches the threshold, between samples too."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from lifcore.given import check_memory
from lifcore.lif1d import Run1D
from lifcore.neuron import LIF
from lifcore.runs import (
    BYTES_PER_SAMPLE,
    begin_run,
    fill_drive,
    given_current,
    given_inputs,
    sample_times,
    summed,
    threshold,
)

TIE = 1e-9  # ms; instants closer than this are the same one, whatever rounding made of them
BYTES_PER_ARC = 300  # the tuples of the search and the arrays of the run, while both exist

Arc = tuple[float, float, float, float]  # from when (ms), v and th there, where v is driven (mV)


def simulate_exact(
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
    """Simulate one neuron without a grid of time steps: every event has its own instant.

    The current is constant over each dt; otherwise dt only sets how finely the curve is sampled.
    A V that an input spike lifts to just the threshold fires, the refractory period is not rounded, and the
    threshold decays meanwhile. A start above the threshold fires right after 0 ms.

    Parameters
    ----------
    neuron
        The parameters.
    duration, dt
        ms; the duration is a whole number n of steps dt.
    current
        nA: a number, an (n,) array, or a function of the n times in ms, called once.
    input_spikes
        ms, (m,), in any order. Each acts at its own instant, those of one instant (within 1e-9 ms) together;
        what arrives while refractory, its last instant included, is lost, see `LIF`.
    input_weights
        mV, the jump that each input spike causes: a number or (m,).
    v_start, th_start
        mV, the state at 0 ms; None: ``v_rest`` and ``v_th``.

    Returns
    -------
    Run1D
        ``spikes`` are the instants themselves, ``v`` and ``th`` the curves at the samples.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If an argument has a wrong value or shape.
    MemoryError
        If the run would take more than half of the machine's memory.

    References
    ----------
    Brette 2007, Neural Computation 19, 2604-2609, for spikes between grid points.
    """
    n, dt, v, th = begin_run(neuron, duration, dt, v_start, th_start)
    check_memory(f"a run of {n:,} steps", (BYTES_PER_SAMPLE + BYTES_PER_ARC) * (n + 1))
    t, held, v_infs = sample_times(n + 1, dt), given_current(current, n, dt).copy(), np.empty(n)
    fill_drive(neuron, held, slice(n), v_infs)
    times, weights = given_inputs(input_spikes, input_weights)
    _check_spikes(neuron, dt, v_infs, min(th, neuron.v_th))

    arcs, spikes = _follow(neuron, v, th, list(_pieces(t, v_infs, *_together(times, weights, t, dt))))
    start, v_0, th_0, v_inf = np.array(arcs).T
    arc = np.searchsorted(start, t, side="right") - 1
    if spikes and spikes[0] == 0.0 and not (times <= TIE).any():
        arc[0] = 0  # sample 0 is the start, tested only where an input spike arrives
    since = t - start[arc]
    with np.errstate(over="ignore"):  # after very many time constants nothing is left
        decay, decay_th = np.exp(-since / neuron.tau_m), np.exp(-since / neuron.tau_th)
    v_out = v_inf[arc] + (v_0[arc] - v_inf[arc]) * decay
    if not np.isfinite(v_out).all():
        raise ValueError("current must be smaller, V runs off beyond all numbers")
    th_out = threshold(neuron, th, n)
    if th_out.flags.writeable:
        th_out += (th_0[arc] - neuron.v_th) * decay_th
    return Run1D(v_out, th_out, np.array(spikes), held, times, weights, neuron, dt)


def _check_spikes(neuron: LIF, dt: float, v_infs: np.ndarray, th: float) -> None:
    """Refuse a drive so strong that its spikes would fill the memory."""
    over = v_infs[v_infs > th] - th
    with np.errstate(over="ignore", divide="ignore"):
        rise = neuron.tau_m * np.log1p((th - neuron.v_reset) / over)
        count = float(np.sum(dt / (neuron.t_ref + rise)))
    remedy = "a shorter duration, a smaller current or a longer t_ref"
    check_memory(f"a run of up to {count:.3g} spikes", 2 * BYTES_PER_ARC * count, remedy)


def _together(
    times: np.ndarray, weights: np.ndarray, t: np.ndarray, dt: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the instants at which input spikes arrive, in order, and their summed weights, mV."""
    with np.errstate(over="ignore"):
        sample = t[np.minimum(np.rint(times / dt), t.size - 1).astype(int)]
    times = np.where(np.abs(times - sample) <= TIE, sample, times)
    order = np.argsort(times, kind="stable")
    order = order[times[order] <= t[-1]]
    first = np.diff(times[order], prepend=-math.inf) > TIE
    return times[order][first], summed(np.cumsum(first) - 1, weights[order], 0)


def _pieces(
    t: np.ndarray, v_infs: np.ndarray, instants: np.ndarray, kicks: np.ndarray
) -> Iterator[tuple[float, float | None, float, float]]:
    """Cut the run where the drive changes or input arrives: begin, kick, drive, end of each piece."""
    changes = t[np.flatnonzero(np.diff(v_infs)) + 1]
    begins = np.union1d(np.append(changes, 0.0), instants)
    drives = np.append(v_infs, 0.0)[np.searchsorted(t, begins, side="right") - 1]  # at the end: no time left
    kick = dict(zip(instants.tolist(), kicks.tolist(), strict=True))
    ends = [*begins.tolist(), float(t[-1])]
    for (begin, end), v_inf in zip(pairwise(ends), drives.tolist(), strict=True):
        yield begin, kick.get(begin), v_inf, end


def _follow(
    neuron: LIF, v: float, th: float, pieces: Iterable[tuple[float, float | None, float, float]]
) -> tuple[list[Arc], list[float]]:
    """Follow the neuron from event to event; return the arcs of its curve and its spikes, ms."""
    arcs, spikes = [], []
    free = -math.inf  # when the refractory period ends
    for now, kick, v_inf, end in pieces:
        fires = False
        if kick is not None and now > free + TIE:
            v += kick
            fires = v >= th
        while True:
            if fires:
                spikes.append(now)
                v, th = neuron.v_reset, th + neuron.th_jump
                if neuron.t_ref > 0:
                    free = now + neuron.t_ref
            held = now < free
            target = neuron.v_reset if held else v_inf
            arcs.append((now, v, th, target))
            wait = math.inf if held else _crossing(neuron, v, th, v_inf, end - now)
            fires = wait < math.inf
            then = now + wait if fires else min(free, end) if held else end
            v = target + (v - target) * math.exp((now - then) / neuron.tau_m)
            th = neuron.v_th + (th - neuron.v_th) * math.exp((now - then) / neuron.tau_th)
            now = then
            if now >= end and not fires:
                break
    return arcs, spikes


def _crossing(neuron: LIF, v: float, th: float, v_inf: float, left: float) -> float:
    """Return how long V takes to reach the threshold, ms; inf if longer than `left`.

    V - threshold is a constant and two exponentials, so it has one extremum at most.
    """
    tau, tau_th, gap = neuron.tau_m, neuron.tau_th, v - th
    drive, lift = v_inf - v, th - neuron.v_th
    if max(v, v_inf) < min(th, neuron.v_th):
        return math.inf
    if gap > 0 or (gap == 0 and drive / tau + lift / tau_th >= 0):
        return 0.0
    if lift == 0:
        wait = tau * math.log1p(-gap / (v_inf - th)) if v_inf > th else math.inf
        return wait if wait <= left else math.inf

    def above(s: float) -> float:
        return gap - drive * math.expm1(-s / tau) - lift * math.expm1(-s / tau_th)

    def slope(s: float) -> float:
        return drive / tau * math.exp(-s / tau) + lift / tau_th * math.exp(-s / tau_th)

    low, high = 0.0, left
    steep = drive * tau_th
    ratio = -(lift * tau) / steep if steep and tau != tau_th else 0.0
    extremum = math.log(ratio) * tau * tau_th / (tau - tau_th) if ratio > 0 else 0.0
    if 0.0 < extremum < left:
        low, high = (0.0, extremum) if above(extremum) >= 0 else (extremum, left)
    return _root(above, slope, low, high) if above(high) >= 0 else math.inf


def _root(f: Callable[[float], float], slope: Callable[[float], float], low: float, high: float) -> float:
    """Return where f, rising, reaches 0: Newton's method, halving the bracket where it would leave it."""
    x = high
    while True:
        y, rise = f(x), slope(x)
        low, high = (x, high) if y < 0 else (low, x)
        newton = x - y / rise if rise > 0 else low
        if newton == x:
            return x
        x = newton if low < newton < high else (low + high) / 2
        if not low < x < high:
            return x
