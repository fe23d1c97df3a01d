"""A sheet on which few neurons fire: V and V_t are brought up to date only where something happens."""

import math
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.sheet.constants import NOTHING, Sheet
from lifcore.sheet.events import Events
from lifcore.sheet.relay import FOREVER, Relay

DENSE = 100.0  # neurons that a dense step steps in the time of one update, both compiled
DENSE_PLAIN = 1300.0  # the same of NumPy's step and an update that isn't compiled


def follow(
    steps: int, m: int, v: np.ndarray, th: np.ndarray, v_inf: np.ndarray, event_ends: np.ndarray,
    event_cells: np.ndarray, event_weights: np.ndarray, levels: np.ndarray, sizes: np.ndarray,
    rows_off: np.ndarray, cols_off: np.ndarray, weights: np.ndarray, until: np.ndarray, since: np.ndarray,
    mark: np.ndarray, put: np.ndarray, touched: np.ndarray, awake: np.ndarray, work: np.ndarray,
    log: np.ndarray, ends: np.ndarray, ring: np.ndarray, counts: np.ndarray,
) -> int:  # fmt: skip
    """Take up to m steps, updating only the neurons that a spike reaches or that may fire without one.

    Parameters
    ----------
    steps, m
        Steps taken so far, and to take.
    v, th
        mV, (cells,), each of the sample that `until` and `since` tell, counted from base.
    v_inf
        mV, (cells,) or (1,).
    event_ends, event_cells, event_weights
        Input spikes: how many up to the end of each step, their cells, their mV.
    levels, sizes
        Constants: dt / tau_m, dt / tau_th, v_th, v_reset, th_jump; rows, cols, n_ref, base, whether
        on a torus.
    rows_off, cols_off, weights
        The kernel: where a spike's targets lie, seen from the neuron that fired, and mV.
    mark, put, touched
        Scratch: the last sample at which a neuron was touched, its input, mV, and who is touched.
    awake
        Those that may fire without an event.
    work
        Numbers: how many are awake; updates beyond what dense steps cost; what a dense step costs, in
        updates; how many beyond are too many; 1: too many came.
    log, ends, ring
        The cells that fired, where those under way begin and end, and how many at each last sample.
    counts
        Filled with the spikes of each step, (m,).
    """
    rate, rate_th, v_th, v_reset, th_jump = levels[0], levels[1], levels[2], levels[3], levels[4]
    rows, cols, n_ref, base, torus = sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]
    event = 0
    for s in range(m):
        head, tail = ends[0], ends[1]
        step = steps + s + 1 - base
        slot = (steps + s + 1) % ring.size
        arriving = ring[slot]
        updates = arriving * weights.size + event_ends[s] - event + work[0]
        beyond = max(0.0, work[1] + updates - work[2])
        if beyond > work[3]:
            work[4] = 1.0
            return s
        if tail + v.size >= log.size:
            return s
        work[1] = beyond

        n = 0
        for i in range(head, head + arriving):
            row = log[i] // cols
            col = log[i] - row * cols
            for e in range(weights.size):
                r, c = row + rows_off[e], col + cols_off[e]
                if torus:
                    r, c = r % rows, c % cols
                elif r < 0 or r >= rows or c < 0 or c >= cols:
                    continue
                cell = r * cols + c
                if mark[cell] != step:
                    mark[cell] = step
                    put[cell] = 0.0
                    touched[n] = cell
                    n += 1
                put[cell] += weights[e]
        while event < event_ends[s]:
            cell = event_cells[event]
            if mark[cell] != step:
                mark[cell] = step
                put[cell] = 0.0
                touched[n] = cell
                n += 1
            put[cell] += event_weights[event]
            event += 1
        for i in range(int(work[0])):
            cell = awake[i]
            if mark[cell] != step:
                mark[cell] = step
                put[cell] = 0.0
                touched[n] = cell
                n += 1

        first, waking = tail, 0
        for i in range(n):
            cell = touched[i]
            inf = v_inf[cell] if v_inf.size > 1 else v_inf[0]
            v_now, th_now = v[cell], th[cell]
            if th_now != v_th:
                th_now = v_th + (th_now - v_th) * math.exp(-rate_th * (step - since[cell]))
            since[cell] = step
            if until[cell] < step:  # else refractory: what arrives is lost
                v_now = inf + (v_now - inf) * math.exp(-rate * (step - until[cell])) + put[cell]
                until[cell] = step
                if v_now >= th_now:
                    log[tail] = cell
                    tail += 1
                    v_now = v_reset
                    th_now += th_jump
                    until[cell] = min(step + n_ref, FOREVER)
            v[cell] = v_now
            th[cell] = th_now
            if max(v_now, inf) >= min(th_now, v_th):
                awake[waking] = cell
                waking += 1
        log[first:tail].sort()
        work[0] = waking
        ring[slot] = counts[s] = tail - first
        ends[0], ends[1] = head + arriving, tail
    return m


def kind_of(sheet: Sheet) -> str:
    """Name the types of the arguments that `follow` takes for a grid."""
    return str(sheet.dtype)


def dense_neurons(sheet: Sheet) -> float:
    """Return how many neurons a dense step steps in the time of one update, about."""
    return DENSE if engine.pays(follow, kind_of(sheet), math.inf) else DENSE_PLAIN


class Sparse(Relay):
    """Steps only the neurons to which something happens."""

    def __init__(self, *state: Any) -> None:
        super().__init__(*state)
        sheet, neuron, cells = self.sheet, self.sheet.neuron, self.sheet.cells
        entries = np.argwhere(sheet.kernel)
        pads = np.array(sheet.kernel.shape) // 2
        levels = (
            sheet.rate,
            sheet.rate_th,
            neuron.v_th,
            neuron.v_reset,
            neuron.th_jump,
        )
        self._v_inf = np.full(1, np.nan)
        self._settled = self.steps
        self._since = np.zeros(cells, np.int32)  # the sample of which th is, counted from base
        self._awake = np.empty(cells, np.int32)
        dense_step = cells / dense_neurons(sheet)
        patience = math.inf if sheet.engine == "sparse" else (2 * sheet.n_delay + 8) * dense_step
        self._work = np.array([0.0, 0.0, dense_step, patience, 0.0])
        self._state = (
            np.array(levels),
            np.array([*sheet.shape, sheet.n_ref, self.base, sheet.boundary == "torus"]),
            *(pads - entries).T.copy(),
            sheet.kernel[tuple(entries.T)],
            self.until,
            self._since,
            np.zeros(cells, np.int32),
            np.empty(cells),
            np.empty(cells, np.int32),
            self._awake,
            self._work,
            self.log,
            self.ends,
            self.ring,
        )

    @property
    def overloaded(self) -> bool:
        """Whether the next step, or one that was asked for, is too much work."""
        arriving = self.ring[(self.steps + 1) % self.ring.size] * self._state[4].size
        awake, beyond, dense_step, patience, refused = self._work
        return bool(refused or beyond + arriving + awake - dense_step > patience)

    def advance(
        self, m: int, v_inf: Any, kicks: Any = None, events: Events | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take up to m steps; return the spikes of each one taken and the cells that fired."""
        self._drive(v_inf)
        self.make_room()
        if kicks is not None:
            kicks = np.broadcast_to(np.asarray(kicks, self.sheet.dtype), self.sheet.shape).ravel()
            cells = kicks.nonzero()[0]
            events = np.full(m, cells.size), cells, kicks[cells]
        elif events is None:
            events = np.zeros(m, np.int64), np.empty(0, np.int64), np.empty(0, self.sheet.dtype)
        first, counts = self.ends[1], np.empty(m, np.int64)
        args = self.steps, m, self.v, self.th, self._v_inf, *events, *self._state, counts
        compiles = engine.pays(follow, kind_of(self.sheet), math.inf)
        done = (engine.compiled(follow, kind_of(self.sheet), args) if compiles else follow)(*args)
        self.steps += done
        cells = self.log[first : self.ends[1]].copy()
        if done:
            self.show(cells[cells.size - counts[done - 1] :])
        return counts[:done], cells

    def _drive(self, v_inf: Any) -> None:
        """Let the current drive V to `v_inf` from here on; see who may fire without an event."""
        v_inf = np.ravel(np.asarray(v_inf, float))
        if np.array_equal(v_inf, self._v_inf):
            return
        if not np.isnan(self._v_inf[0]):
            self.settle()
        self._v_inf = v_inf
        awake = (np.maximum(self.v, v_inf) >= np.minimum(self.th, self.sheet.neuron.v_th)).nonzero()[0]
        self._awake[: awake.size] = awake
        self._work[0] = awake.size

    def settle(self) -> None:
        """Bring every neuron up to date."""
        if self._settled == self.steps:
            return
        self._settled = self.steps
        now, neuron = self.steps - self.base, self.sheet.neuron
        late = ((self.until < now) & (self.v != self._v_inf)).nonzero()[0]
        v_inf = self._v_inf[late] if self._v_inf.size > 1 else self._v_inf
        left = (self.v[late] - v_inf) * np.exp((self.until[late] - now) * self.sheet.rate)
        left[np.abs(left) < NOTHING] = 0.0
        self.v[late] = v_inf + left
        np.maximum(self.until, now, out=self.until)
        late = (self.th != neuron.v_th).nonzero()[0]
        th = self.th[late]
        factor = np.exp((self._since[late] - now) * self.sheet.rate_th)
        self.th[late] = neuron.v_th + (th - neuron.v_th) * factor
        self._since[:] = now
        self._work[1] += 4 * self._work[2]  # as much work as a few dense steps
