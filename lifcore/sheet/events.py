"""Input spikes of a grid, sorted by sample and neuron."""

from typing import Any

import numpy as np

from lifcore.given import array, steps_up
from lifcore.sheet.constants import Sheet

Events = tuple[np.ndarray, np.ndarray, np.ndarray]  # up to each sample how many, their cells, their mV


def events_of(input_spikes: Any, sheet: Sheet, n: int) -> Events:
    """Check input spikes and return, for the samples 0 … n, how many come up to each, where, and mV.

    Parameters
    ----------
    input_spikes
        (m, 4), rows time (ms), row, column, weight (mV), in any order; None: none.
    sheet
        The grid's constants.
    n
        Steps of the run; later spikes are ignored.

    Returns
    -------
    ends, cells, weights
        ``ends[k]`` spikes come up to sample k; flat indices, in order within a sample; what arrives
        at one neuron at one sample is one spike with the summed weight.
    """
    events = array("input_spikes", [] if input_spikes is None else input_spikes, ndim=None)
    if events.size == 0:
        return np.zeros(n + 1, np.int64), np.empty(0, np.int64), np.empty(0, sheet.dtype)
    if events.ndim != 2 or events.shape[1] != 4:
        raise ValueError(
            "input_spikes must be an (m, 4) array of rows time, row, column, weight; got the shape "
            f"{events.shape}"
        )
    times, row, col, weights = np.ascontiguousarray(events.T)
    if times.min() < 0:
        raise ValueError(f"input_spikes must not come before 0 ms; got {times.min():g} ms")
    for name, index, end in (("rows", row, sheet.shape[0]), ("columns", col, sheet.shape[1])):
        bad = index[(index != np.floor(index)) | (index < 0) | (index >= end)]
        if bad.size:
            raise ValueError(
                f"input_spikes must have {name} that are whole, 0 to {end - 1}; got {bad[0]:.12g}"
            )
    at, cell = steps_up(times, sheet.dt), row * sheet.shape[1] + col
    kept = at <= n
    if not kept.all():
        at, cell, weights = at[kept], cell[kept], weights[kept]
    key, order = _sorted(at.astype(np.int64) * sheet.cells + cell.astype(np.int64), (n + 1) * sheet.cells)
    first = np.append(True, np.diff(key) > 0)[: key.size]
    spike = np.cumsum(first) - 1  # which one an event belongs to; they are summed as they were given
    sums, key = sheet.fits("input_spikes", np.bincount(spike, weights[order])), key[first]
    starts = np.arange(n + 2) * sheet.cells
    ends = np.searchsorted(key, starts[1:])
    return ends, key - np.repeat(starts[:-1], np.diff(ends, prepend=0)), sums.astype(sheet.dtype)


def _sorted(key: np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Return whole numbers below `end` in order, and where each stood; equal ones stay as they were."""
    bits = key.size.bit_length()
    if end << bits < 2**63:  # a number and its place in one sort several times as fast
        both = np.sort(key << bits | np.arange(key.size))
        return both >> bits, both & ((1 << bits) - 1)
    order = np.argsort(key, kind="stable")
    return key[order], order
