"""What is read from a grid's run: a wave's speed, what became of the sheet, what turns on it."""

import math

import numpy as np

from lifcore.given import integer, number, pair
from lifcore.lif2d import Run2D


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
    (word,) = outcomes(run, run.counts.shape[1] if isinstance(run, Run2D) else 1)
    return word


def outcomes(run: Run2D, cols: int) -> list[str]:
    """Return the outcome of each of the sheets that lie side by side in one grid.

    Parameters
    ----------
    run
        What `simulate_2d` returned for a grid of sheets, each of `cols` columns of cells, with one
        column between two sheets that nothing fires.
    cols
        Cells in one row of a sheet.

    Returns
    -------
    list of str
        Words as `outcome` returns them, from left to right.
    """
    _need_sheet(run)
    cols, width = integer("cols", cols, low=1), run.counts.shape[1]
    if (width + 1) % (cols + 1):
        raise ValueError(f"cols must divide the grid of {width} columns into sheets and gaps; got {cols}")
    last, before = _last_spikes(run)
    first = np.where(last < 0, run.t.size, np.rint(run.first_spike / run.dt))
    late = run.t.size - max(1, run.t.size // 10)
    words = []
    for left in range(0, width, cols + 1):
        sheet = np.s_[:, left : left + cols]
        if last[sheet].max() >= late:
            turns = len(_centers(last[sheet], before[sheet], run.t.size))
            words.append("spiral" if turns else "flicker")
        elif last[sheet].max() <= first[sheet].min():
            words.append("dies")
        else:
            words.append("island" if np.any(last[sheet] < 0) else "target")
    return words


def spiral_centers(run: Run2D) -> np.ndarray:
    """Return the places that waves turn round at the end of a run.

    The phase of a cell is the time since its last spike, in periods; the period, in ms, is the median
    of the cells' last intervals. A center lies in a square of 2 × 2 cells once around which the phase
    gains or loses one whole period. In an open sheet of excitable cells no activity lasts without such
    a place, but for echoes between neighbors. On a torus it may: a plane wave circles for ever round no
    place, and `outcome` calls it "flicker". A run doesn't tell its boundary: squares across the edges that
    a torus joins are not looked at, so a center there is not found.

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
    return _centers(*_last_spikes(run), run.t.size)


def since_last_spike(run: Run2D, t: float) -> np.ndarray:
    """Return how long ago each cell has fired, seen from a moment of the run.

    Parameters
    ----------
    run
        What `simulate_2d` returned.
    t
        ms, the moment.

    Returns
    -------
    ndarray, (rows, cols)
        ms, NaN where a cell has not fired yet.
    """
    _need_sheet(run)
    t = number("t", t, low=0.0)
    if t > run.t[-1]:
        raise ValueError(f"t must not lie after the end of the run, {run.t[-1]:g} ms; got {t:g} ms")
    seen = run.spikes[run.spikes[:, 0] <= t * (1 + 1e-9)]
    last = np.full(run.counts.shape, np.nan)
    last[seen[:, 1].astype(int), seen[:, 2].astype(int)] = seen[:, 0]  # in time order: the latest stays
    return np.maximum(t - last, 0.0)


def _last_spikes(run: Run2D) -> tuple[np.ndarray, np.ndarray]:
    """Return the samples of each cell's last spike and of the one before, (rows, cols); -1: none."""
    cells = (run.spikes[:, 1] * run.counts.shape[1] + run.spikes[:, 2]).astype(np.intp)
    at = np.rint(run.spikes[:, 0] / run.dt).astype(np.int64)
    last, before = np.full((2, run.counts.size), -1)
    last[cells] = at  # spikes are in time order: of several the latest stays
    earlier = at < last[cells]
    before[cells[earlier]] = at[earlier]
    return last.reshape(run.counts.shape), before.reshape(run.counts.shape)


def _centers(last: np.ndarray, before: np.ndarray, n: int) -> np.ndarray:
    """Return the spiral centers of a sheet of which only the last spikes, of n samples, are known."""
    intervals = np.sort((last - before)[before >= 0])
    if intervals.size == 0:
        return np.empty((0, 3))
    period = int(intervals[intervals.size // 2])
    down, across = _whole_turns(np.diff(last, axis=0), period), _whole_turns(np.diff(last, axis=1), period)
    turns = across[1:] - across[:-1] + down[:, :-1] - down[:, 1:]
    busy = (last >= 0) & (last >= n - 2 * period)  # what has fallen silent turns no more
    row, col = (turns * (busy[:-1, :-1] & busy[1:, :-1] & busy[:-1, 1:] & busy[1:, 1:])).nonzero()
    return np.column_stack((row + 0.5, col + 0.5, turns[row, col]))


def _whole_turns(late: np.ndarray, period: int) -> np.ndarray:
    """Return how many periods to take off so that a difference is at most half of one, either way."""
    return np.sign(late) * ((2 * np.abs(late) + period - 1) // (2 * period))


def _need_sheet(run: Run2D) -> None:
    """Refuse what is not a grid's run."""
    if not isinstance(run, Run2D):
        raise TypeError(f"run must be a Run2D, a grid's run, not {type(run).__name__}")
