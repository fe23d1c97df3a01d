"""The dense step of a grid as one loop over its neurons, to be compiled: NumPy's float operations.

Indices of inner loops are unsigned: a signed one might count from the end of an array, which keeps the
loop from being vectorized. Slices are avoided there, for each counts a reference.
"""

import numpy as np

from lifcore.sheet.constants import FLUSH_EVERY
from lifcore.sheet.relay import FOREVER

SEGMENT = 2048  # neurons, about, that decay together: what they need stays in the fastest cache
BLOCK = 64  # neurons of a row, at most, that are looked at where something may happen to one of them
CROWD = 256  # with more than one arriving spike for so many neurons, all neurons are looked at


def advance(
    steps: int, m: int, v: np.ndarray, th: np.ndarray, v_inf: np.ndarray, kicks: np.ndarray,
    event_ends: np.ndarray, event_cells: np.ndarray, event_weights: np.ndarray, levels: np.ndarray,
    sizes: np.ndarray, offsets: np.ndarray, weights: np.ndarray, until: np.ndarray, due: np.ndarray,
    near: np.ndarray, frame: np.ndarray, hit: np.ndarray, counted: np.ndarray, put: np.ndarray,
    hits: np.ndarray, eights: np.ndarray, log: np.ndarray, ends: np.ndarray, ring: np.ndarray,
    counts: np.ndarray,
) -> int:  # fmt: skip
    """Take up to m steps of all neurons; return how many there was room for in the log.

    Parameters
    ----------
    steps, m
        Steps taken so far, and to take.
    v, th, until
        State of the neurons, (cells,): mV, mV, and the last sample at which V is held.
    v_inf
        mV, (cells,) or (1,).
    kicks
        mV, (cells,), added in each step; of size 0: none.
    event_ends, event_cells, event_weights
        Input spikes: how many up to the end of each step, their cells in order, their mV.
    levels, sizes
        Constants: decay, decay_th, v_th, v_reset, th_jump, scale and threshold of the flush, mV; rows,
        cols, padding, rows of a segment, n_ref, base, how many arriving spikes are few, whether thresholds
        adapt, whether weights are equal, whether on a torus.
    offsets, weights
        The kernel: where in the frame, seen from the corner of a neuron's neighborhood, and mV,
        or 1 where all are equal.
    due, near
        Of each block: until which sample a neuron of it may be held or reached; whether one is reached now.
    frame, hit
        Who fired a delay ago, 0 or 1, with the padding, and which rows of it have any: all 0 between steps.
    counted, put, hits, eights
        Scratch for a segment: the neighbors' spikes, with padding; the input, mV; who fires, and the same by
        eights.
    log, ends, ring
        The cells that fired, where those under way begin and end, and how many at each last sample.
    counts
        Filled with the spikes of each step, (m,).
    """
    decay, decay_th, v_th, v_reset = levels[0], levels[1], levels[2], levels[3]
    th_jump, scale, nothing = levels[4], levels[5], levels[6]
    rows, cols, pad_rows, pad_cols, deep = sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]
    n_ref, base, few, adapts, equal, torus = sizes[5], sizes[6], sizes[7], sizes[8], sizes[9], sizes[10]
    high, wide, across = rows + 2 * pad_rows, cols + 2 * pad_cols, -(-cols // BLOCK)
    period_rows, period_cols = (rows, cols) if torus else (high, wide)
    nil = counted[0] - counted[0]
    event = 0
    for s in range(m):
        head, tail = ends[0], ends[1]
        if tail + v.size >= log.size:
            return s
        step = np.int32(steps + s + 1 - base)
        slot = (steps + s + 1) % ring.size
        arriving = ring[slot]
        coming = arriving if offsets.size else 0
        crowd = coming > few
        row, end_of_row, marked = 0, cols, -1
        for i in range(head, head + coming):
            while log[i] >= end_of_row:  # they are in order
                row += 1
                end_of_row += cols
            top, left = row + pad_rows, log[i] - end_of_row + cols + pad_cols
            if crowd:
                frame[top * wide + left] = 1
                continue
            # On a torus the padding shows neurons again.
            while top >= period_rows:
                top -= period_rows
            while left >= period_cols:
                left -= period_cols
            r = top
            while r < high:  # a range would divide
                hit[r] = 1
                c = left
                while c < wide:
                    frame[r * wide + c] = 1
                    left_b, right_b = max(0, c - 2 * pad_cols) // BLOCK, min(cols - 1, c) // BLOCK
                    c += period_cols
                    if marked == r * across + left_b and left_b == right_b:
                        continue  # as for the spike before
                    marked = r * across + left_b if left_b == right_b else -1
                    for to in range(max(0, r - 2 * pad_rows), min(rows, r + 1)):
                        for b in range(left_b, right_b + 1):
                            near[to * across + b] = 1
                            due[to * across + b] = max(due[to * across + b], step)
                r += period_rows
        if crowd:
            hit[:] = 1
            if torus:
                for c in range(pad_cols):
                    for to, of in ((c, c - pad_cols), (pad_cols + cols + c, c)):
                        source = pad_cols + of % cols
                        for r in range(pad_rows * wide, (pad_rows + rows) * wide, wide):
                            frame[r + to] = frame[r + source]
                for r in range(pad_rows):
                    for to, of in ((r, r - pad_rows), (pad_rows + rows + r, r)):
                        source = (pad_rows + of % rows) * wide
                        frame[to * wide : (to + 1) * wide] = frame[source : source + wide]
        first = tail
        inf, level = v_inf[0], v_inf.size == 1
        for segment in range(0, rows, deep):
            bottom = min(rows, segment + deep)
            lo, hi = np.uint64(segment * cols), np.uint64(bottom * cols)
            if (steps + s + 1) % FLUSH_EVERY == 0:
                for i in range(lo, hi):
                    v_i, inf_i, th_i = v[i], inf if level else v_inf[i], th[i]
                    v[i] = inf_i if abs(v_i - inf_i) < nothing else v_i
                    th[i] = v_th if abs(th_i - v_th) < nothing else th_i

            # 1. decay; a crowd's comes with its test
            reached = False
            if adapts and not crowd:
                for i in range(lo, hi):
                    inf_i = inf if level else v_inf[i]
                    v_i = (v[i] - inf_i) * decay + inf_i
                    th_i = (th[i] - v_th) * decay_th + v_th
                    v[i] = v_i
                    th[i] = th_i
                    reached |= v_i >= th_i
            elif not crowd:
                for i in range(lo, hi):
                    inf_i = inf if level else v_inf[i]
                    v_i = (v[i] - inf_i) * decay + inf_i
                    v[i] = v_i
                    reached |= v_i >= v_th

            given = event < event_ends[s] and event_cells[event] < bottom * cols
            whole = crowd or reached or given or kicks.size
            span = (bottom - segment) * across if whole else 1  # blocks that are looked at together
            for b in range(segment * across, bottom * across, span):
                if not (whole or due[b] >= step):
                    continue
                row = b // across
                left = (b - row * across) * BLOCK
                n_rows, n_cols = (bottom - row, cols) if whole else (1, min(BLOCK, cols - left))
                start = row * cols + left
                lo, n = np.uint64(start), np.uint64(n_rows * n_cols)
                touched = crowd
                for of_span in range(b, b + span):
                    touched = touched or near[of_span]
                    near[of_span] = 0
                if not (whole or touched):  # some are held, and that is all
                    for i in range(lo, lo + n):
                        v[i] = v_reset if until[i] >= step else v[i]
                    continue

                # 2. input; what arrives at a refractory neuron is lost
                if touched:
                    corner, length = row * wide + left, np.uint64((n_rows - 1) * wide + n_cols)
                    for i in range(length):
                        counted[i] = nil
                    fours = offsets.size // 4 * 4 if equal else 0
                    for e in range(0, fours, 4):
                        one, two = np.uint64(corner + offsets[e]), np.uint64(corner + offsets[e + 1])
                        three, four = np.uint64(corner + offsets[e + 2]), np.uint64(corner + offsets[e + 3])
                        for i in range(length):
                            pair = np.uint8(frame[one + i] + frame[two + i])
                            counted[i] += np.uint8(pair + np.uint8(frame[three + i] + frame[four + i]))
                    for e in range(fours, offsets.size):
                        one, weight = np.uint64(corner + offsets[e]), weights[e]
                        for i in range(length):
                            counted[i] += weight if frame[one + i] else nil
                    for r in range(n_rows):
                        into, at, width = np.uint64(r * cols), np.uint64(r * wide), np.uint64(n_cols)
                        for c in range(width):
                            put[into + c] = counted[at + c]
                            put[into + c] *= scale
                else:
                    for i in range(n):
                        put[i] = 0
                if kicks.size:
                    for i in range(n):
                        put[i] += kicks[lo + i]
                while event < event_ends[s] and event_cells[event] < start + n_rows * n_cols:
                    put[event_cells[event] - start] += event_weights[event]
                    event += 1

                # 3. test  4. reset
                if crowd:
                    for i in range(n):
                        inf_i = inf if level else v_inf[lo + i]
                        v_i = (v[lo + i] - inf_i) * decay + inf_i + put[i]
                        v_i = v_reset if until[lo + i] >= step else v_i
                        th_i = (th[lo + i] - v_th) * decay_th + v_th
                        v[lo + i] = v_i
                        th[lo + i] = th_i
                        hits[i] = v_i >= th_i
                else:
                    for i in range(n):
                        v_i = v[lo + i] + put[i]
                        v_i = v_reset if until[lo + i] >= step else v_i
                        v[lo + i] = v_i
                        hits[i] = v_i >= th[lo + i]
                before, last = tail, min(step + n_ref, FOREVER)
                for i in range(n_rows * n_cols, -(-n_rows * n_cols // 8) * 8):
                    hits[i] = 0
                for eight in range(-(-n_rows * n_cols // 8)):
                    if eights[eight]:
                        for i in range(8):
                            log[tail] = start + eight * 8 + i
                            tail += np.int64(hits[np.uint64(eight * 8 + i)])
                edge, of_row = start - left + cols, b - b % across  # where the row ends, and its first block
                for i in range(before, tail):
                    cell = log[i]
                    v[cell] = v_reset
                    th[cell] += th_jump
                    if n_ref:
                        until[cell] = last
                        while cell >= edge:
                            edge += cols
                            of_row += across
                        due[of_row + (cell - edge + cols) // BLOCK] = last

        for r in range(high):
            if hit[r]:
                frame[r * wide : (r + 1) * wide] = 0
                hit[r] = 0
        ring[slot] = counts[s] = tail - first
        ends[0], ends[1] = head + arriving, tail
    return m
