"""Input spikes of a grid, sorted by sample and neuron."""

from typing import Any

import numpy as np

from lifcore.given import array, steps_up
from lifcore.sheet.constants import Sheet

BLOCK = 2**14  # events that are checked and placed at a time: the processor's cache holds them
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
    cell_bits = (sheet.cells - 1).bit_length()
    end = (n + 2) << cell_bits
    narrow = end < 2**31  # half the bytes are sorted in half the time
    key: np.ndarray = np.empty(len(events), np.int32 if narrow else np.int64)
    weights: np.ndarray = np.empty(len(events))
    for start in range(0, len(events), BLOCK):
        block = slice(start, start + BLOCK)
        at, cell, weights[block] = _placed(events[block], sheet, n)
        key[block] = at << cell_bits | cell
    if (weights == weights[0]).all():  # which is which doesn't matter
        key.sort()
    else:
        key, weights = _sorted(key, weights, end)
    starts = np.arange(n + 2, dtype=key.dtype) << cell_bits
    ends = np.searchsorted(key, starts[1:])
    key, weights = key[: ends[-1]], weights[: ends[-1]]
    first = np.append(True, key[1:] != key[:-1])[: key.size]
    if not first.all():  # they are summed as they were given
        weights, key = np.bincount(np.cumsum(first) - 1, weights), key[first]
        ends = np.searchsorted(key, starts[1:])
    weights = sheet.fits("input_spikes", weights).astype(sheet.dtype)
    return ends, (key & ((1 << cell_bits) - 1)).astype(np.int64), weights


def _placed(events: np.ndarray, sheet: Sheet, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Check events; return their samples, n + 1 for all that are later, flat indices, and weights (mV)."""
    times, row, col, weights = np.ascontiguousarray(events.T)
    if times.min() < 0:
        raise ValueError(f"input_spikes must not come before 0 ms; got {times.min():g} ms")
    for name, index, end in (("rows", row, sheet.shape[0]), ("columns", col, sheet.shape[1])):
        if index.min() < 0 or index.max() >= end or (index != np.floor(index)).any():
            bad = index[(index != np.floor(index)) | (index < 0) | (index >= end)]
            raise ValueError(
                f"input_spikes must have {name} that are whole, 0 to {end - 1}; got {bad[0]:.12g}"
            )
    at, cell = np.minimum(steps_up(times, sheet.dt), n + 1), row * sheet.shape[1] + col
    return at.astype(np.int64), cell.astype(np.int64), weights + 0.0  # -0.0 becomes 0.0


def _sorted(key: np.ndarray, weights: np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Return whole numbers below `end` in order, and their weights; equal ones stay as they were."""
    bits = key.size.bit_length()
    if end << bits < 2**63:  # a number and its place in one sort several times as fast
        both = key.astype(np.int64) << bits | np.arange(key.size)
        both.sort()
        return both >> bits, weights[both & ((1 << bits) - 1)]
    order = np.argsort(key, kind="stable")
    return key[order], weights[order]
