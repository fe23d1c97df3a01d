"""Numbers drawn from runs: rates, intervals, their irregularity, the speed of a wave."""

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
    if not isinstance(run, Run2D):
        raise TypeError(f"run must be a Run2D, a grid's run, not {type(run).__name__}")
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
