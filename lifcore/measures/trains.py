"""What is read from spike trains: rates, intervals, their irregularity, V before each reset."""

import math

import numpy as np

from lifcore.given import bounded, number, steps_up
from lifcore.lif1d import Run1D
from lifcore.lif2d import Run2D


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
    since = start * (1 - 1e-9)  # the time of a sample, as one writes it, is that sample
    if start >= end:
        raise ValueError(f"start must lie before the end of the run, {end:g} ms; got {start:g} ms")
    times, neurons = (run.spikes[:, 0], run.counts.size) if isinstance(run, Run2D) else (run.spikes, 1)
    mean = float(np.sum(times >= since)) / neurons / (end - start) * 1000.0
    return bounded("the rate", mean, start=start, run=end)


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
    if intervals.size < 2:
        return math.nan
    _, exponent = math.frexp(intervals.max())
    intervals = np.ldexp(intervals, -exponent)  # their squares are neither too large nor too small
    return float(np.std(intervals) / np.mean(intervals))


def before_reset(run: Run1D) -> tuple[np.ndarray, np.ndarray]:
    """Return V just before each reset, which a run doesn't record, by the rule of the step.

    The run must have begun at rest where a spike falls on sample 0: it is an input's jump from there.

    Parameters
    ----------
    run
        What `simulate_1d` returned; or `simulate_exact`, if at most one thing happens between samples.

    Returns
    -------
    ndarray, (k,) int
        The first sample at or after each spike.
    ndarray, (k,)
        mV.
    """
    neuron, n = run.neuron, run.t.size - 1
    arrive = np.minimum(steps_up(run.input_spikes, run.dt), n + 1).astype(int)
    kicks = np.bincount(arrive, run.input_weights, minlength=n + 2)
    at = np.searchsorted(run.t, run.spikes)
    start = at == 0
    v_inf, last = np.full(at.size, neuron.v_rest), np.full(at.size, neuron.v_rest)
    v_inf[~start] += neuron.r_m * run.current[at[~start] - 1]
    last[~start] = run.v[at[~start] - 1]
    passed = np.where(start, 0.0, run.spikes - run.t[at - 1])
    return at, v_inf + (last - v_inf) * np.exp(-passed / neuron.tau_m) + kicks[at]
