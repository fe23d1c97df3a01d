"""The grid's dense step by the compiled loop."""

from typing import Any

import numpy as np

from lifcore import engine
from lifcore.sheet.constants import NOTHING, Sheet
from lifcore.sheet.coupling import Coupling, sum_type
from lifcore.sheet.events import Events
from lifcore.sheet.fused import BLOCK, CROWD, SEGMENT, advance
from lifcore.sheet.relay import Relay


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
        deep = min(rows, max(1, SEGMENT // cols))
        last = np.maximum.reduceat(self.until.reshape(rows, cols), range(0, cols, BLOCK), axis=1)
        scale = coupling.weights[0] if coupling.equal and coupling.weights else 1.0
        levels = sheet.decay, sheet.decay_th, neuron.v_th, neuron.v_reset, neuron.th_jump, scale, NOTHING
        flags = sheet.cells // CROWD, sheet.adapts, coupling.equal, sheet.boundary == "torus"
        self._level = np.empty(1, dtype)
        self._nothing = np.empty(0, dtype)
        hits = np.zeros(-(-deep * cols // 8) * 8, np.uint8)
        self._state = (
            np.array(levels, dtype),
            np.array([rows, cols, *pads, deep, sheet.n_ref, self.base, *flags]),
            np.array(coupling.offsets, np.int64),
            np.array(
                [1] * len(coupling.weights) if coupling.equal else coupling.weights, coupling.total.dtype
            ),
            self.until,
            last.ravel(),
            np.zeros(last.size, np.uint8),
            coupling.padded.ravel(),
            np.zeros(rows + 2 * pads[0], np.uint8),
            np.empty(deep * coupling.padded.shape[1], coupling.total.dtype),
            np.empty(deep * cols, dtype),
            hits,
            hits.view(np.uint64),
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
