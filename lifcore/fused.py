"""The dense step of a grid as one loop over its neurons, compiled: the same float operations as in NumPy."""

from typing import Any

import numpy as np

from lifcore import engine
from lifcore.coupling import Coupling, sum_type
from lifcore.events import Events
from lifcore.relay import FOREVER, Relay
from lifcore.sheet import FLUSH_EVERY, NOTHING, Sheet

BAND = 2048  # neurons, about, that are stepped together: what they need stays in the fastest cache
LOOK = 16  # neurons that are looked through one by one if any of them fires


def advance(
    steps: int, m: int, v: np.ndarray, th: np.ndarray, v_inf: np.ndarray, kicks: np.ndarray,
    event_ends: np.ndarray, event_cells: np.ndarray, event_weights: np.ndarray, levels: np.ndarray,
    sizes: np.ndarray, offsets: np.ndarray, weights: np.ndarray, until: np.ndarray, busy: np.ndarray,
    frame: np.ndarray, hit: np.ndarray, counted: np.ndarray, put: np.ndarray, log: np.ndarray,
    ends: np.ndarray, ring: np.ndarray, counts: np.ndarray,
) -> int:  # fmt: skip
    """Take up to m steps of all neurons; return how many there was room for in the log.

    Parameters
    ----------
    steps, m
        Steps taken so far, and to take.
    v, th, until
        State of the neurons, (cells,): mV, mV, and the last sample at which V is held.
    v_inf
        mV, (cells,), or one value as often as a band has neurons.
    kicks
        mV, (cells,), added in each step; of size 0: none.
    event_ends, event_cells, event_weights
        Input spikes: how many up to the end of each step, their cells in order, their mV.
    levels, sizes
        Constants: decay, decay_th, v_th, v_reset, th_jump, scale and threshold of the flush, mV; rows,
        cols, padding, rows of a band, n_ref, base, whether thresholds adapt, whether weights are equal.
    offsets, weights
        The kernel: where in the frame, seen from the corner of a neuron's neighborhood, and mV.
    busy
        The last sample at which any neuron of a band is held, (bands,).
    frame, hit
        Who fired a delay ago, 0 or 1, with the padding, and which rows of it have any: all 0 between steps.
    counted, put
        Scratch for a band: the neighbors' spikes, and the input, mV.
    log, ends, ring
        The cells that fired, where those under way begin and end, and how many at each last sample.
    counts
        Filled with the spikes of each step, (m,).
    """
    decay, decay_th, v_th, v_reset = levels[0], levels[1], levels[2], levels[3]
    th_jump, scale, nothing = levels[4], levels[5], levels[6]
    rows, cols, pad_rows, pad_cols, band = sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]
    n_ref, base, adapts, equal, torus = sizes[5], sizes[6], sizes[7], sizes[8], sizes[9]
    high, wide = rows + 2 * pad_rows, cols + 2 * pad_cols
    period_rows, period_cols = (rows, cols) if torus else (high, wide)
    zero = nothing - nothing
    event = 0
    for s in range(m):
        head, tail = ends[0], ends[1]
        if tail + v.size > log.size:
            return s
        step = steps + s + 1 - base
        slot = (steps + s + 1) % ring.size
        arriving = ring[slot]
        sources = arriving if offsets.size else 0
        row, end_of_row = 0, cols
        for i in range(head, head + sources):
            while log[i] >= end_of_row:  # they are in order
                row += 1
                end_of_row += cols
            # On a torus the padding shows neurons again.
            top, left = row + pad_rows, log[i] - end_of_row + cols + pad_cols
            while top >= period_rows:
                top -= period_rows
            while left >= period_cols:
                left -= period_cols
            for r in range(top, high, period_rows):
                hit[r] = 1
                for c in range(left, wide, period_cols):
                    frame[r * wide + c] = 1
        first = tail
        for b in range(busy.size):
            top = b * band
            deep = min(band, rows - top)
            start, n = top * cols, deep * cols
            v_b, th_b = v[start : start + n], th[start : start + n]
            inf_b = v_inf[start * (v_inf.size == v.size) :][:n]
            if (steps + s + 1) % FLUSH_EVERY == 0:
                for c in range(n):
                    v_c, inf_c, th_c = v_b[c], inf_b[c], th_b[c]
                    v_b[c] = inf_c if abs(v_c - inf_c) < nothing else v_c
                    th_b[c] = v_th if abs(th_c - v_th) < nothing else th_c

            # 1. decay
            reached = False
            if adapts:
                for c in range(n):
                    v_c = (v_b[c] - inf_b[c]) * decay + inf_b[c]
                    th_c = (th_b[c] - v_th) * decay_th + v_th
                    v_b[c] = v_c
                    th_b[c] = th_c
                    reached |= v_c >= th_c
            else:
                for c in range(n):
                    v_c = (v_b[c] - inf_b[c]) * decay + inf_b[c]
                    v_b[c] = v_c
                    reached |= v_c >= v_th

            # 2. input; what arrives at a refractory neuron is lost
            near = False
            if sources:
                for r in range(top, top + deep + 2 * pad_rows):
                    near |= hit[r] > 0
            given = event < event_ends[s] and event_cells[event] < start + n
            if near:
                length = deep * wide - 2 * pad_cols
                counted[:length] = 0
                for e in range(offsets.size):
                    shifted = frame[top * wide + offsets[e] :]
                    if equal:
                        for c in range(length):
                            counted[c] += shifted[c]
                    else:
                        weight = weights[e]
                        for c in range(length):
                            counted[c] += weight if shifted[c] else zero
                for r in range(deep):
                    put_r, counted_r = put[r * cols : (r + 1) * cols], counted[r * wide :]
                    for c in range(cols):
                        put_r[c] = counted_r[c]
                        put_r[c] *= scale
            elif given or kicks.size:
                put[:n] = zero
            if kicks.size:
                kicks_b = kicks[start : start + n]
                for c in range(n):
                    put[c] += kicks_b[c]
            while event < event_ends[s] and event_cells[event] < start + n:
                put[event_cells[event] - start] += event_weights[event]
                event += 1
            if near or given or kicks.size:
                for c in range(n):
                    v_b[c] += put[c]
            held = busy[b] >= step
            if held:
                until_b = until[start : start + n]
                for c in range(n):
                    v_b[c] = v_reset if until_b[c] >= step else v_b[c]

            # 3. test  4. reset
            if near or given or kicks.size or held:
                reached = False
                for c in range(n):
                    reached |= v_b[c] >= th_b[c]
            if reached:
                last = min(step + n_ref, FOREVER)
                for look in range(0, n, LOOK):
                    v_l, th_l = v_b[look : look + LOOK], th_b[look : look + LOOK]
                    reached = False
                    for c in range(v_l.size):
                        reached |= v_l[c] >= th_l[c]
                    if reached:
                        for c in range(v_l.size):
                            if v_l[c] >= th_l[c]:
                                cell = start + look + c
                                log[tail] = cell
                                tail += 1
                                v_l[c] = v_reset
                                th_l[c] += th_jump
                                if n_ref:
                                    until[cell] = last
                                    busy[b] = last

        if sources:
            for r in range(high):
                if hit[r]:
                    frame[r * wide : (r + 1) * wide] = 0
                    hit[r] = 0
        ring[slot] = counts[s] = tail - first
        ends[0], ends[1] = head + arriving, tail
    return m


def kind_of(sheet: Sheet) -> str:
    """Name the types of the arguments that `advance` takes for a grid."""
    return f"{sheet.dtype} {sum_type(sheet.kernel, sheet.dtype)}"


class Fused(Relay):
    """Steps all neurons by the compiled loop."""

    def __init__(self, *state: Any) -> None:
        super().__init__(*state)
        sheet, neuron, dtype = self.sheet, self.sheet.neuron, self.sheet.dtype
        rows, cols = sheet.shape
        coupling = Coupling(sheet.kernel, sheet.shape, sheet.boundary, dtype)
        pads = sheet.kernel.shape[0] // 2, sheet.kernel.shape[1] // 2
        band = min(rows, max(1, BAND // cols))
        scale = coupling.weights[0] if coupling.equal and coupling.weights else 1.0
        levels = sheet.decay, sheet.decay_th, neuron.v_th, neuron.v_reset, neuron.th_jump, scale, NOTHING
        flags = sheet.adapts, coupling.equal, sheet.boundary == "torus"
        held = np.maximum.reduceat(self.until, range(0, sheet.cells, band * cols))
        self._level = np.empty(band * cols, dtype)
        self._nothing = np.empty(0, dtype)
        self._state = (
            np.array(levels, dtype),
            np.array([rows, cols, *pads, band, sheet.n_ref, self.base, *flags]),
            np.array(coupling.offsets, np.int64),
            np.array(coupling.weights, dtype),
            self.until,
            held,
            coupling.padded.ravel(),
            np.zeros(rows + 2 * pads[0], np.uint8),
            np.empty(band * (cols + 2 * pads[1]), coupling.total.dtype),
            np.empty(band * cols, dtype),
            self.log,
            self.ends,
            self.ring,
        )
        args = self._args(1, 0.0, None, self._no_events(1))
        self._advance = engine.compiled(advance, kind_of(sheet), args)

    def _no_events(self, m: int) -> Events:
        return np.zeros(m, np.int64), np.empty(0, np.int64), self._nothing

    def _args(self, m: int, v_inf: Any, kicks: Any, events: Events) -> tuple:
        """Return the arguments of `advance`."""
        if isinstance(v_inf, np.ndarray):
            v_inf = v_inf.ravel()
        else:
            self._level.fill(v_inf)
            v_inf = self._level
        if kicks is None:
            kicks = self._nothing
        elif not isinstance(kicks, np.ndarray):
            kicks = np.full(self.sheet.cells, kicks, self.sheet.dtype)
        else:
            kicks = kicks.ravel() if kicks.flags.writeable else kicks.flatten()
        return (self.steps, m, self.v, self.th, v_inf, kicks, *events, *self._state, np.empty(m, np.int64))

    def advance(
        self, m: int, v_inf: Any, kicks: Any = None, events: Events | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take up to m steps; return the spikes of each one taken and the cells that fired."""
        self.make_room()
        first = self.ends[1]
        args = self._args(m, v_inf, kicks, events or self._no_events(m))
        done = self._advance(*args)
        self.steps += done
        counts, cells = args[-1][:done], self.log[first : self.ends[1]].copy()
        self.show(cells[cells.size - counts[-1] :])  # at least one step is taken: there is room for it
        return counts, cells
