"""The dense step of a grid as a loop to be compiled: `Grid.step`, NumPy's float operations in NumPy's order.

Rows are taken a segment at a time, so that what its phases share stays in the fastest cache. Indices of inner
loops are unsigned: a signed one might count from the end, which keeps a loop from being vectorized. The code
that is kept on disk is known by this file alone: records and parts stand here, no other is read.
"""

from typing import Any, NamedTuple

import numpy as np


class Rule(NamedTuple):
    """What a step does to a neuron; the floats are of the grid's type."""

    decay: float
    decay_th: float
    v_th: float  # mV, as are the next
    v_reset: float
    th_jump: float
    nothing: float  # a smaller deviation is set to 0
    flush_every: int  # steps between two looks for such
    n_ref: int
    forever: int  # the last sample that can be counted
    adapts: bool


class Neurons(NamedTuple):
    """The state, flat, and what belongs to segments of so many rows."""

    v: np.ndarray
    th: np.ndarray
    until: np.ndarray  # the last sample at which V is held, counted from base
    held: np.ndarray  # of each segment, the latest of these
    rows: int
    deep: int


class Wiring(NamedTuple):
    """The kernel, and the frame: who fired a delay ago, 0 or 1, with padding; all 0 between steps."""

    offsets: np.ndarray  # of the kernel's entries in the flat frame, in row-major order
    weights: np.ndarray  # mV, or 1 where all are equal
    scale: float  # mV of a weight of 1
    frame: np.ndarray
    lit: np.ndarray  # which rows of it hold spikes
    inside: np.ndarray  # its row and column at which the neurons begin
    wrap_rows: np.ndarray  # on a torus, pairs: a row of the padding, and the row that it shows again
    wrap_cols: np.ndarray


class Inputs(NamedTuple):
    """What comes from outside."""

    v_inf: np.ndarray  # mV, where the current drives V: one value or one a neuron
    kicks: np.ndarray  # mV, one a neuron, added in each step; of size 0: none
    ends: np.ndarray  # input spikes up to the end of each step
    cells: np.ndarray  # where they arrive, in order within a step
    weights: np.ndarray  # mV


class Spikes(NamedTuple):
    """Who fired: the cells in order, where those under way begin and end, how many at each last sample."""

    log: np.ndarray
    ends: np.ndarray
    ring: np.ndarray


class Scratch(NamedTuple):
    """What the phases hand on for a segment."""

    counted: np.ndarray  # the neighbors' spikes, in rows like the frame's
    put: np.ndarray  # the input, mV
    hits: np.ndarray  # who fires, 0 or 1
    eights: np.ndarray  # the same memory, eight neurons a number


def advance(
    steps: int, m: int, base: int, neurons: Neurons, rule: Rule, wiring: Wiring, inputs: Inputs,
    spikes: Spikes, scratch: Scratch, counts: np.ndarray,
) -> int:  # fmt: skip
    """Take up to m steps; fill in the spikes of each; return how many steps the log had room for."""
    v, _, until, held, rows, deep = neurons
    cols, put, log, event = v.size // rows, scratch.put, spikes.log, 0
    for s in range(m):
        head, first = spikes.ends
        if first + v.size >= log.size:
            return s
        now, tail = steps + s + 1, first
        slot = now % spikes.ring.size
        step: Any = np.int32(now - base)
        arriving = spikes.ring[slot]
        sent = arriving > 0 and wiring.offsets.size > 0
        if sent:
            light(wiring, log[head : head + arriving], cols)
        for top in range(0, rows, deep):
            bottom = min(rows, top + deep)
            lo: Any = np.uint64(top * cols)
            hi: Any = np.uint64(bottom * cols)
            if now % rule.flush_every == 0:
                flush(neurons, rule, inputs.v_inf, lo, hi)
            reached = sent and wiring.lit[top : bottom + 2 * wiring.inside[0]].any()
            given = event < inputs.ends[s] and inputs.cells[event] < bottom * cols

            # 1. decay; where an input arrives it comes with the test, in one pass over the neurons
            quiet = not (reached or given or inputs.kicks.size)
            if quiet and not decay(neurons, rule, inputs.v_inf, lo, hi):
                if held[top // deep] >= step:
                    for i in range(lo, hi):
                        v[i] = rule.v_reset if until[i] >= step else v[i]
                continue

            # 2. input; what arrives at a refractory neuron is lost
            if reached:
                gather(wiring, scratch, top, bottom, cols)
            else:
                put[:] = 0
            for i in range(hi - lo if inputs.kicks.size else 0):
                put[i] += inputs.kicks[lo + i]
            while event < inputs.ends[s] and inputs.cells[event] < bottom * cols:
                put[inputs.cells[event] - top * cols] += inputs.weights[event]
                event += 1

            test(neurons, rule, inputs.v_inf, scratch, quiet, step, lo, hi)  # 3. test
            before, tail = tail, listed(scratch, log, lo, hi, tail)
            if tail > before:  # 4. reset
                held[top // deep] = min(step + rule.n_ref, rule.forever)
                reset(neurons, rule, log[before:tail], held[top // deep])
        if sent:
            darken(wiring)
        spikes.ring[slot] = counts[s] = tail - first
        spikes.ends[:] = head + arriving, tail
    return m


def flush(neurons: Neurons, rule: Rule, v_inf: np.ndarray, lo: int, hi: int) -> None:
    """Set deviations that have decayed to nothing to 0."""
    v, th, level, inf = neurons.v, neurons.th, v_inf.size == 1, v_inf[0]
    for i in range(lo, hi):
        inf_i = inf if level else v_inf[i]
        v[i] = inf_i if abs(v[i] - inf_i) < rule.nothing else v[i]
        th[i] = rule.v_th if abs(th[i] - rule.v_th) < rule.nothing else th[i]


def decay(neurons: Neurons, rule: Rule, v_inf: np.ndarray, lo: int, hi: int) -> bool:
    """Let V and V_t decay; tell whether a neuron reaches its threshold without any input."""
    v, th, level, inf, fires = neurons.v, neurons.th, v_inf.size == 1, v_inf[0], False
    if not rule.adapts:
        for i in range(lo, hi):
            inf_i = inf if level else v_inf[i]
            v[i] = v_i = (v[i] - inf_i) * rule.decay + inf_i
            fires |= v_i >= rule.v_th
        return fires
    for i in range(lo, hi):
        inf_i = inf if level else v_inf[i]
        v_i = (v[i] - inf_i) * rule.decay + inf_i
        th_i = (th[i] - rule.v_th) * rule.decay_th + rule.v_th
        v[i] = v_i
        th[i] = th_i
        fires |= v_i >= th_i
    return fires


def light(wiring: Wiring, cells: np.ndarray, cols: int) -> None:
    """Show the spikes of these cells, which are in order, in the frame; on a torus also across its edges."""
    frame, lit, rows, to_cols = wiring.frame, wiring.lit, wiring.wrap_rows, wiring.wrap_cols
    (row, left), start = wiring.inside, 0
    for cell in cells:
        while cell >= start + cols:
            start += cols
            row += 1
        frame[row, left + cell - start] = lit[row] = 1
    for e in range(len(to_cols)):
        frame[:, to_cols[e, 0]] = frame[:, to_cols[e, 1]]
    for e in range(len(rows)):
        frame[rows[e, 0]] = frame[rows[e, 1]]
        lit[rows[e, 0]] = lit[rows[e, 1]]


def darken(wiring: Wiring) -> None:
    """Take the spikes out of the frame."""
    for row in range(wiring.lit.size):
        if wiring.lit[row]:
            wiring.frame[row] = wiring.lit[row] = 0


def gather(wiring: Wiring, scratch: Scratch, top: int, bottom: int, cols: int) -> None:
    """Add up the weights of the neighbors' spikes."""
    frame, wide, counted, put = wiring.frame.ravel(), wiring.frame.shape[1], scratch.counted, scratch.put
    start, length = np.uint64(top * wide), np.uint64((bottom - top - 1) * wide + cols)
    offsets, weights, nil = wiring.offsets, wiring.weights, counted.dtype.type(0)
    counted[:] = nil
    for e in range(0, offsets.size, 4):  # by fours; those that are filled up have a weight of 0
        w0, w1, w2, w3 = weights[e], weights[e + 1], weights[e + 2], weights[e + 3]
        at0, at1 = start + np.uint64(offsets[e]), start + np.uint64(offsets[e + 1])
        at2, at3 = start + np.uint64(offsets[e + 2]), start + np.uint64(offsets[e + 3])
        for i in range(length):
            more = counted[i] + (w0 if frame[at0 + i] else nil) + (w1 if frame[at1 + i] else nil)
            counted[i] = more + (w2 if frame[at2 + i] else nil) + (w3 if frame[at3 + i] else nil)
    for row in range(bottom - top):
        into, of = np.uint64(row * cols), np.uint64(row * wide)
        for c in range(np.uint64(cols)):
            put[into + c] = counted[of + c]
            put[into + c] *= wiring.scale


def test(
    neurons: Neurons, rule: Rule, v_inf: np.ndarray, scratch: Scratch, decayed: bool, step: int, lo: int,
    hi: int,
) -> None:  # fmt: skip
    """See who reaches the threshold by the input; V and V_t decay before, unless they have.

    Each value is computed before it is chosen: what is read under a condition keeps a loop from being fast.
    """
    v, th, until, put, hits = neurons.v, neurons.th, neurons.until, scratch.put, scratch.hits
    level, inf = v_inf.size == 1, v_inf[0]
    for i in range(hi - lo):
        inf_i = inf if level else v_inf[lo + i]
        v_i, th_i = v[lo + i], th[lo + i]
        v_i = v_i if decayed else (v_i - inf_i) * rule.decay + inf_i
        th_i = th_i if decayed else (th_i - rule.v_th) * rule.decay_th + rule.v_th
        v_i += put[i]
        v_i = rule.v_reset if until[lo + i] >= step else v_i
        v[lo + i] = v_i
        th[lo + i] = th_i
        hits[i] = v_i >= th_i


def listed(scratch: Scratch, log: np.ndarray, lo: int, hi: int, tail: int) -> int:
    """Append those who fire to the log; return where it ends."""
    hits, eights = scratch.hits, scratch.eights
    hits[hi - lo :] = 0
    for eight in range(eights.size):
        if eights[eight]:
            for i in range(8 * eight, 8 * eight + 8):
                log[tail] = lo + np.uint64(i)
                tail += hits[i]
    return tail


def reset(neurons: Neurons, rule: Rule, cells: np.ndarray, last: int) -> None:
    """Reset those who fire, hold them until a last sample, and raise their thresholds."""
    for cell in cells:
        neurons.v[cell] = rule.v_reset
        neurons.th[cell] += rule.th_jump
        neurons.until[cell] = last


PARTS = flush, decay, light, darken, gather, test, listed, reset  # what is compiled with `advance`
