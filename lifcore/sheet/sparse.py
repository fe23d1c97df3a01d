"""A sheet on which few neurons fire: only those are stepped to which something happens."""

import math
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.sheet import follow as loop
from lifcore.sheet.constants import NOTHING, Sheet
from lifcore.sheet.events import Events
from lifcore.sheet.follow import follow
from lifcore.sheet.relay import FOREVER, Relay

DENSE = 100.0  # neurons that a dense step steps in the time of one update, both compiled
DENSE_PLAIN = 1800.0  # the same of NumPy's step and an update that isn't compiled


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
        rows_off, cols_off = (np.array(sheet.kernel.shape) // 2 - entries).T.copy()
        weights = sheet.kernel[tuple(entries.T)]
        torus = sheet.boundary == "torus"
        self._v_inf = np.full(1, np.nan)
        self._settled = self.steps
        self._neurons = loop.Neurons(self.v, self.th, self.until, np.zeros(cells, np.int32))
        self._wiring = loop.Wiring(rows_off, cols_off, weights, *sheet.shape, torus)
        dense_step = cells / dense_neurons(sheet)
        patience = math.inf if sheet.engine == "sparse" else (2 * sheet.n_delay + 8) * dense_step
        self._load = loop.Load(
            awake=np.empty(cells, np.int32),
            n_awake=np.zeros(1, np.int64),
            beyond=np.zeros(1),
            refused=np.zeros(1, bool),
            dense_step=dense_step,
            patience=patience,
        )
        v_th, v_reset, th_jump = np.array([neuron.v_th, neuron.v_reset, neuron.th_jump])  # always of 64 bits
        rule = loop.Rule(sheet.rate, sheet.rate_th, v_th, v_reset, th_jump, sheet.n_ref, FOREVER)
        scratch = np.zeros(cells, np.int32), np.empty(cells), np.empty(cells, np.int32)
        self._state = self._neurons, rule, self._wiring
        self._rest = loop.Spikes(self.log, self.ends, self.ring), loop.Touched(*scratch), self._load

    @property
    def overloaded(self) -> bool:
        """Whether the next step, or one that was asked for, is too much work."""
        load = self._load
        targets = self.ring[(self.steps + 1) % self.ring.size] * self._wiring.weights.size
        beyond = load.beyond[0] + targets + load.n_awake[0] - load.dense_step
        return bool(load.refused[0] or beyond > load.patience)

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
        inputs = loop.Inputs(self._v_inf, *events)
        args = self.steps, m, self.base, *self._state, inputs, *self._rest, counts
        compiles = engine.pays(follow, kind_of(self.sheet), math.inf)
        done = (engine.compiled(follow, kind_of(self.sheet), args, loop.PARTS) if compiles else follow)(*args)
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
        self._load.awake[: awake.size] = awake
        self._load.n_awake[0] = awake.size

    def settle(self) -> None:
        """Bring every neuron up to date."""
        if self._settled == self.steps:
            return
        self._settled = self.steps
        now, neuron, since = self.steps - self.base, self.sheet.neuron, self._neurons.since
        late = ((self.until < now) & (self.v != self._v_inf)).nonzero()[0]
        v_inf = self._v_inf[late] if self._v_inf.size > 1 else self._v_inf
        left = (self.v[late] - v_inf) * np.exp((self.until[late] - now) * self.sheet.rate)
        left[np.abs(left) < NOTHING] = 0.0
        self.v[late] = v_inf + left
        np.maximum(self.until, now, out=self.until)
        late = (self.th != neuron.v_th).nonzero()[0]
        th = self.th[late]
        factor = np.exp((since[late] - now) * self.sheet.rate_th)
        self.th[late] = neuron.v_th + (th - neuron.v_th) * factor
        since[:] = now
        self._load.beyond[0] += 4 * self._load.dense_step  # as much work as a few dense steps
