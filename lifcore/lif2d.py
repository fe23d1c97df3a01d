"""A grid of neurons over time: `simulate_2d` and what it records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lifcore.given import array, check_memory, steps_whole
from lifcore.grid import Grid
from lifcore.neuron import LIF
from lifcore.sheet.coupling import neighbors, surround
from lifcore.sheet.events import events_of

STAGE = 512  # steps after which at the latest a progress bar moves and an interrupt is heard
BLOCK = 2**15  # spikes that are handled at a time: the processor's cache holds them
BYTES_PER_SPIKE = 40  # in the run, once its spikes are asked for
ONE = np.int32(1)  # of the type of the counts, or np.add.at takes ten times as long

__all__ = ["Grid", "Run2D", "neighbors", "simulate_2d", "surround"]


@dataclass(frozen=True, eq=False)
class Run2D:
    """What a simulated grid did; spikes, counts and first spikes are put together when first asked for.

    Attributes
    ----------
    t : ndarray, (n+1,)
        ms.
    cells : ndarray of int, (k,)
        The neuron of each spike, a flat index, in the order of `spikes`.
    activity : ndarray of int, (n+1,)
        Spikes at each sample.
    spikes, counts, first_spike : ndarray, (k, 3), (rows, cols), (rows, cols)
        Made of these two, see below.
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
    cells: np.ndarray
    activity: np.ndarray
    frame_times: np.ndarray
    v_frames: np.ndarray
    th_frames: np.ndarray
    v: np.ndarray
    th: np.ndarray
    neuron: LIF
    dt: float

    @cached_property
    def spikes(self) -> np.ndarray:
        """Rows time (ms), row, column, (k, 3); in time order, then row-major."""
        times, row, col = spikes = np.empty((3, self.cells.size))
        times[:] = np.repeat(self.t, self.activity)
        for block in self._blocks():
            cell = self.cells[block]
            row[block] = above = cell // self.v.shape[1]
            col[block] = cell - above * self.v.shape[1]
        return spikes.T

    @cached_property
    def counts(self) -> np.ndarray:
        """Spikes of each neuron, (rows, cols) int."""
        counts = np.zeros(self.v.size, np.int32)
        for block in self._blocks():
            np.add.at(counts, self.cells[block], ONE)
        return counts.astype(int).reshape(self.v.shape)

    @cached_property
    def first_spike(self) -> np.ndarray:
        """Time of each neuron's first spike, (rows, cols) ms, NaN where none."""
        first_spike, times = np.full(self.v.size, np.nan), np.repeat(self.t, self.activity)
        for block in reversed(self._blocks()):
            first_spike[self.cells[block][::-1]] = times[block][::-1]  # of several the last one written stays
        return first_spike.reshape(self.v.shape)

    def _blocks(self) -> list[slice]:
        """Return the parts of the spikes that are handled at a time."""
        return [slice(start, start + BLOCK) for start in range(0, self.cells.size, BLOCK)]


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

    Examples
    --------
    A population, many neurons that don't reach each other, is a sheet without a kernel: each may have its
    own current and its own input spikes, and all are stepped at once.

    >>> current = np.linspace(1.5, 3.0, 100).reshape(1, 100)  # nA
    >>> inputs = [(50.0, 0, 7, 30.0), (80.0, 0, 7, 30.0)]  # ms, row, column, mV: two for neuron 7
    >>> run = simulate_2d(shape=(1, 100), duration=1000, current=current, input_spikes=inputs)
    >>> rates = run.counts[0] / 1.0  # Hz: spikes in a second
    >>> trains = [run.spikes[run.spikes[:, 2] == i, 0] for i in range(100)]  # ms, of each neuron
    >>> trains[7].tolist()
    [50.0, 80.0]
    >>> trains[99].size, int(rates[99])
    (106, 106)
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
    size = 2 * f * grid.sheet.cells * grid.dtype.itemsize + 40 * n
    check_memory(f"a run of {n:,} steps on a grid of {grid.shape} with {f:,} frames", size)
    v_frames, th_frames = np.empty((2, f, *grid.shape), grid.dtype)
    activity = np.zeros(n + 1, int)
    fired_cells: list[np.ndarray] = []
    k, fired = 0, 0
    for counts, cells in _stages(grid, n, every, current, input_spikes, progress):
        activity[k : k + counts.size] = counts
        fired_cells.append(cells)
        k += counts.size
        fired += cells.size
        check_memory(f"a run with {fired:,} spikes and more", BYTES_PER_SPIKE * fired)
        if f and (k - 1) % every == 0:
            v_frames[(k - 1) // every], th_frames[(k - 1) // every] = grid.v, grid.th

    t = np.arange(n + 1) * grid.dt
    cells, state = np.concatenate(fired_cells, dtype=np.int32), (grid.v.copy(), grid.th.copy())
    return Run2D(t, cells, activity, t[::every][:f], v_frames, th_frames, *state, neuron, grid.dt)


def _stages(
    grid: Grid, n: int, every: int, current: Any, input_spikes: Any, progress: bool
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Run the grid; yield the spikes of each sample and the cells that fired, some samples at a time.

    The first stage is sample 0; no other goes beyond the next of the samples that are `every` apart.
    """
    ends, cells, weights = events_of(None if callable(input_spikes) else input_spikes, grid.sheet, n)
    steady = None if callable(current) else grid.drive(current)

    def kicks_at(k: int) -> np.ndarray:
        return array("input_spikes(t)", input_spikes(k * grid.dt), grid.shape)

    if callable(input_spikes):
        kicks = kicks_at(0)
        grid.start(kicks, kicks != 0)
    elif ends[0]:
        kicks, arrives = np.zeros(grid.shape), np.zeros(grid.shape, bool)
        kicks.ravel()[cells[: ends[0]]] = weights[: ends[0]]
        arrives.ravel()[cells[: ends[0]]] = True
        grid.start(kicks, arrives)
    fired = grid.fired.ravel().nonzero()[0]
    yield np.array([fired.size]), fired
    k = 0
    with _bar(n, progress) as advance:
        while k < n:
            drive = steady or grid.drive(current(k * grid.dt))
            grid.ahead = n - k
            if callable(input_spikes):
                fired = grid.step(kicks_at(k + 1), drive).ravel().nonzero()[0]
                counts = np.array([fired.size])
            else:
                m = min(STAGE, n - k, every - k % every) if steady else 1
                to_come = slice(ends[k], ends[k + m])
                events = ends[k + 1 : k + m + 1] - ends[k], cells[to_come], weights[to_come]
                counts, fired = grid.advance(m, drive, events)
            k += counts.size
            advance(counts.size)
            yield counts, fired


@contextmanager
def _bar(n: int, progress: bool) -> Iterator[Callable[[int], object]]:
    """Give what to call with each number of steps taken; it moves a progress bar if one is asked for."""
    if progress:
        from tqdm.auto import tqdm

        with tqdm(total=n, unit="step") as bar:
            yield bar.update
    else:
        yield int
