"""A grid of neurons over time: `simulate_2d` and what it records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore.coupling import neighbors, surround
from lifcore.grid import Grid
from lifcore.neuron import LIF, array, check_memory, steps_up, steps_whole

__all__ = ["Grid", "Run2D", "neighbors", "simulate_2d", "surround"]


@dataclass(frozen=True, eq=False)
class Run2D:
    """What a simulated grid did.

    Attributes
    ----------
    t : ndarray, (n+1,)
        ms.
    spikes : ndarray, (k, 3)
        Rows time (ms), row, column; in time order, then row-major.
    counts : ndarray of int, (rows, cols)
        Spikes of each neuron.
    activity : ndarray of int, (n+1,)
        Spikes at each sample.
    first_spike : ndarray, (rows, cols)
        ms, NaN where none.
    frame_times : ndarray, (f,)
        ms.
    v_frames, th_frames : ndarray, (f, rows, cols)
        mV.
    v, th : ndarray, (rows, cols)
        mV, at the end.
    neuron : LIF
    dt : float
        ms.
    """

    t: np.ndarray
    spikes: np.ndarray
    counts: np.ndarray
    activity: np.ndarray
    first_spike: np.ndarray
    frame_times: np.ndarray
    v_frames: np.ndarray
    th_frames: np.ndarray
    v: np.ndarray
    th: np.ndarray
    neuron: LIF
    dt: float


def simulate_2d(
    neuron: LIF = LIF(),  # noqa: B008  a frozen record
    *,
    shape: tuple[int, int],
    duration: float,
    dt: float = 0.1,
    kernel: Any = None,
    delay: float = 1.0,
    boundary: str = "open",
    current: Any = 0.0,
    input_spikes: Any = None,
    v_start: Any = None,
    th_start: Any = None,
    record_every: float | None = None,
    dtype: Any = float,
    engine: str = "auto",
    progress: bool = False,
) -> Run2D:
    """Simulate a grid of neurons and record its spikes and, if asked, its frames.

    Parameters
    ----------
    neuron, shape, dt, kernel, delay, boundary, v_start, th_start, dtype, engine
        As for `Grid`.
    duration
        ms, a whole number n of steps.
    current
        nA: a number, a (rows, cols) map, or a function of t_k in ms that returns either, called
        for k = 0 … n-1.
    input_spikes
        External input: an (m, 4) array of rows time (ms), row, column, weight (mV), in any order,
        or a function of t_k that returns a (rows, cols) map of weights, called for k = 0 … n.
        A spike acts at the first sample at or after its time; after the end it is ignored.
    record_every
        ms between two frames, a whole number of steps; None: no frames.
    progress
        Show a progress bar (needs tqdm).

    Returns
    -------
    Run2D

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, value or shape.
    MemoryError
        If the run would take more than half of the machine's memory.
    """
    grid = Grid(
        neuron,
        shape,
        dt=dt,
        kernel=kernel,
        delay=delay,
        boundary=boundary,
        v_start=v_start,
        th_start=th_start,
        dtype=dtype,
        engine=engine,
    )
    n = steps_whole("duration", duration, grid.dt)
    every = n + 1 if record_every is None else steps_whole("record_every", record_every, grid.dt, low=1)
    f = 0 if record_every is None else n // every + 1
    size = 2 * f * grid.v.nbytes + 40 * n
    check_memory(f"a run of {n:,} steps on a grid of {grid.shape} with {f:,} frames", size)
    kicks_at = _kicks_at(input_spikes, grid, n)
    activity = np.zeros(n + 1, int)
    fired_cells: list[np.ndarray] = []
    v_frames, th_frames = np.empty((2, f, *grid.shape), grid.dtype)

    for k in _counted(n + 1, progress):
        kicks, arrives = kicks_at(k)
        if k > 0:
            grid.step(kicks, current((k - 1) * grid.dt) if callable(current) else current)
        elif kicks is not None:
            grid.start(kicks, arrives)
        cells = grid.fired.ravel().nonzero()[0]
        activity[k] = cells.size
        fired_cells.append(cells)
        if f and k % every == 0:
            v_frames[k // every], th_frames[k // every] = grid.v, grid.th

    t = np.arange(n + 1) * grid.dt
    cells, times = np.concatenate(fired_cells), np.repeat(t, activity)
    counts = np.bincount(cells, minlength=grid.v.size).reshape(grid.shape)
    first_spike = np.full(grid.shape, np.nan)
    first_spike.ravel()[cells[::-1]] = times[::-1]  # of several times the last one written stays
    spikes = np.column_stack((times, *np.unravel_index(cells, grid.shape)))
    frame_times = t[::every][:f]
    return Run2D(
        t,
        spikes,
        counts,
        activity,
        first_spike,
        frame_times,
        v_frames,
        th_frames,
        grid.v.copy(),
        grid.th.copy(),
        neuron,
        grid.dt,
    )


def _counted(n: int, progress: bool) -> Iterable[int]:
    """Count to n, with a progress bar if asked."""
    if not progress:
        return range(n)
    from tqdm.auto import trange

    return trange(n, unit="step")


def _kicks_at(input_spikes: Any, grid: Grid, n: int) -> Callable[[int], tuple[Any, Any]]:
    """Return a function of the sample that tells its kicks (None or a map, mV) and where spikes come."""
    if input_spikes is None:
        return lambda k: (None, None)
    if callable(input_spikes):

        def ask(k: int) -> tuple[Any, Any]:
            kicks = input_spikes(k * grid.dt)
            kicks = array("input_spikes(t)", kicks, grid.shape)
            return kicks, kicks != 0

        return ask

    events = array("input_spikes", input_spikes, ndim=None)
    if events.size == 0:
        return lambda k: (None, None)
    if events.ndim != 2 or events.shape[1] != 4:
        raise ValueError(
            "input_spikes must be an (m, 4) array of rows time, row, column, weight; got the shape "
            f"{events.shape}"
        )
    times, row, col, weights = events.T
    if times.min() < 0:
        raise ValueError(f"input_spikes must not come before 0 ms; got {times.min():g} ms")
    for name, index, end in (("rows", row, grid.shape[0]), ("columns", col, grid.shape[1])):
        bad = index[(index != np.floor(index)) | (index < 0) | (index >= end)]
        if bad.size:
            raise ValueError(f"input_spikes must have {name} that are whole, 0 to {end - 1}; got {bad[0]:g}")
    at = steps_up(times, grid.dt)
    place = (row * grid.shape[1] + col).astype(int)
    kept = np.flatnonzero(at <= n)
    kept = kept[np.argsort(at[kept], kind="stable")]
    samples, starts = np.unique(at[kept], return_index=True)
    of_sample = dict(zip(samples.astype(int).tolist(), np.split(kept, starts)[1:], strict=True))

    def look_up(k: int) -> tuple[Any, Any]:
        if k not in of_sample:
            return None, None
        events_now = of_sample[k]
        kicks, arrives = np.zeros(grid.shape), np.zeros(grid.shape, bool)
        np.add.at(kicks.ravel(), place[events_now], weights[events_now])
        arrives.ravel()[place[events_now]] = True
        return kicks, arrives

    return look_up
