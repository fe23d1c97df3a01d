"""What is read from runs: rates, intervals, their irregularity, a wave's speed, what became of a sheet."""

import math

import numpy as np

from lifcore.lif1d import Run1D
from lifcore.lif2d import Run2D
from lifcore.neuron import number, pair


def rate(run: Run1D | Run2D, *, start: float = 0.0) -> float:
    """Return the mean firing rate from `start` to the end, Hz; for a grid the mean over its neurons.

    Parameters
    ----------
    run
        What `simulate_1d`, `simulate_exact` or `simulate_2d` returned.
    start
        ms; spikes before it don't count. It must lie before the end of the run.

    Returns
    -------
    float
        Hz.
    """
    if not isinstance(run, Run1D | Run2D):
        raise TypeError(f"run must be a Run1D or a Run2D, not {type(run).__name__}")
    start, end = number("start", start, low=0.0), float(run.t[-1])
    if start >= end:
        raise ValueError(f"start must lie before the end of the run, {end:g} ms; got {start:g} ms")
    if isinstance(run, Run2D):
        return float(np.sum(run.spikes[:, 0] >= start)) / run.counts.size / (end - start) * 1000.0
    return float(np.sum(run.spikes >= start)) / (end - start) * 1000.0


def isi(run: Run1D) -> np.ndarray:
    """Return the intervals between successive spikes, (k-1,) ms."""
    if not isinstance(run, Run1D):
        raise TypeError(f"run must be a Run1D, one neuron's run, not {type(run).__name__}")
    return np.diff(run.spikes)


def cv(run: Run1D) -> float:
    """Return the coefficient of variation of the intervals: standard deviation over mean.

    0 for a clock, 1 for a Poisson process; NaN below 3 spikes, where there is no second interval.
    """
    intervals = isi(run)
    return float(np.std(intervals) / np.mean(intervals)) if intervals.size >= 2 else math.nan


def speed(run: Run2D, *, start: tuple[int, int], stop: tuple[int, int]) -> float:
    """Return how fast the first spikes travel from one cell to another, cells/ms.

    Parameters
    ----------
    run
        What `simulate_2d` returned.
    start, stop
        (row, column) of two cells; the wave reaches `start` first.

    Returns
    -------
    float
        Their distance in a straight line over the time between their first spikes; NaN where one
        never fired, inf where both fired at once.
    """
    _need_sheet(run)
    start = pair("start", start, "(row, column)", low=0)
    stop = pair("stop", stop, "(row, column)", low=0)
    for name, cell in (("start", start), ("stop", stop)):
        if cell[0] >= run.counts.shape[0] or cell[1] >= run.counts.shape[1]:
            raise ValueError(f"{name} must lie on the grid of {run.counts.shape}; got {cell}")
    hop = float(run.first_spike[stop] - run.first_spike[start])
    distance = math.dist(start, stop)
    if hop == 0.0:
        return math.inf
    return distance / hop


def outcome(run: Run2D) -> str:
    """Return in one word what became of a sheet that was kicked at the beginning and then left alone.

    "dies"
        No cell fired but those that fired at the very first moment; or none at all.
    "island"
        The activity spread and ended, and some cells have never fired.
    "target"
        The activity ended after it had passed over every cell, as one ring from one source does.
    "spiral"
        It goes on, and turns round some center: `spiral_centers` finds one.
    "flicker"
        It goes on without a center: neighbors fire each other back and forth.

    The activity goes on if a cell fires in the last tenth of the run's ms. Make the run long enough
    for a wave to leave the sheet, and for the cells of a spiral to fire twice.

    Parameters
    ----------
    run
        What `simulate_2d` returned. Input that comes later than the first spikes, and a current,
        keep a sheet busy that would be silent without them; the word then says little.
    """
    _need_sheet(run)
    n = run.activity.size
    if run.activity[n - max(1, n // 10) :].any():
        return "spiral" if len(spiral_centers(run)) else "flicker"
    if np.count_nonzero(run.activity) <= 1:
        return "dies"
    return "island" if np.any(run.counts == 0) else "target"


def spiral_centers(run: Run2D) -> np.ndarray:
    """Return the places that waves turn round at the end of a run.

    The phase of a cell is the time since its last spike, in periods; the period, in ms, is the median
    of the cells' last intervals. A center lies in a square of 2 × 2 cells once around which the phase
    gains or loses one whole period. In a sheet of excitable cells no activity lasts without such
    a place, but for echoes between neighbors.

    Parameters
    ----------
    run
        What `simulate_2d` returned.

    Returns
    -------
    ndarray, (m, 3)
        Rows row, column, turn, in row-major order. The place is the middle of the square, so it
        ends in .5; turn is 1 for a wave that goes round clockwise, row 0 on top, and -1 else.

    References
    ----------
    J. M. Greenberg, B. D. Hassard and S. P. Hastings (1978): the winding number of a cycle of cells.
    """
    _need_sheet(run)
    cols = run.counts.shape[1]
    cells = (run.spikes[:, 1] * cols + run.spikes[:, 2]).astype(np.intp)
    times = np.rint(run.spikes[:, 0] / run.dt).astype(np.int64)
    last, before = np.full((2, run.counts.size), -1)
    order = np.arange(cells.size)
    last[cells] = order  # spikes are in time order: of several the latest stays
    earlier = last[cells] > order
    before[cells[earlier]] = order[earlier]
    twice = before >= 0
    if not twice.any():
        return np.empty((0, 3))
    intervals = np.sort(times[last[twice]] - times[before[twice]])
    period = int(intervals[intervals.size // 2])

    fired = last >= 0
    when = np.where(fired, times[last], -1).reshape(run.counts.shape)
    busy = when > run.t.size - 1 - 2 * period  # what has fallen silent turns no more
    down, across = _whole_turns(np.diff(when, axis=0), period), _whole_turns(np.diff(when, axis=1), period)
    turns = across[1:] - across[:-1] + down[:, :-1] - down[:, 1:]
    turns[~(busy[:-1, :-1] & busy[1:, :-1] & busy[:-1, 1:] & busy[1:, 1:])] = 0
    row, col = turns.nonzero()
    return np.column_stack((row + 0.5, col + 0.5, turns[row, col]))


def _whole_turns(late: np.ndarray, period: int) -> np.ndarray:
    """Return how many periods to take off so that a difference is at most half of one, either way."""
    return np.sign(late) * ((2 * np.abs(late) + period - 1) // (2 * period))


def _need_sheet(run: Run2D) -> None:
    """Refuse what is not a grid's run."""
    if not isinstance(run, Run2D):
        raise TypeError(f"run must be a Run2D, a grid's run, not {type(run).__name__}")
