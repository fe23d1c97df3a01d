"""The grid's dense step by the compiled loop."""

from typing import Any

import numpy as np

from lifcore import engine
from lifcore.sheet import fused
from lifcore.sheet.constants import FLUSH_EVERY, NOTHING, Sheet
from lifcore.sheet.coupling import Coupling, sum_type
from lifcore.sheet.events import Events
from lifcore.sheet.relay import FOREVER, Relay

SEGMENT = 2048  # neurons, about, that go through a step together: what they need stays in the fastest cache


def kind_of(sheet: Sheet) -> str:
    """Name the types of the arguments that `advance` takes for a grid."""
    return f"{sheet.dtype} {sum_type(sheet.kernel, sheet.dtype)}"


class Fused(Relay):
    """Steps all neurons by the compiled loop."""

    def __init__(self, *state: Any) -> None:
        super().__init__(*state)
        sheet, neuron, real = self.sheet, self.sheet.neuron, self.sheet.dtype.type
        rows, cols = sheet.shape
        deep = min(rows, max(1, SEGMENT // cols))
        held = np.maximum.reduceat(self.until, range(0, sheet.cells, deep * cols))
        self._coupling = Coupling(sheet.kernel, sheet.shape, sheet.boundary, sheet.dtype)
        wiring = self._wiring()
        hits = np.zeros(-(-deep * cols // 8) * 8, np.uint8)
        self._state = (
            fused.Neurons(self.v, self.th, self.until, held, rows, deep),
            fused.Rule(
                decay=real(sheet.decay),
                decay_th=real(sheet.decay_th),
                v_th=real(neuron.v_th),
                v_reset=real(neuron.v_reset),
                th_jump=real(neuron.th_jump),
                nothing=real(NOTHING),
                flush_every=FLUSH_EVERY,
                n_ref=sheet.n_ref,
                forever=FOREVER,
                adapts=sheet.adapts,
            ),
            wiring,
        )
        self._scratch = fused.Scratch(
            np.empty(deep * wiring.frame.shape[1], wiring.weights.dtype),
            np.empty(deep * cols, sheet.dtype),
            hits,
            hits.view(np.uint64),
        )
        self._spikes = fused.Spikes(self.log, self.ends, self.ring)
        args = self._args(1, 0.0, None, self._no_events(1))
        self._advance = engine.compiled(fused.advance, kind_of(sheet), args, fused.PARTS)

    def _wiring(self) -> fused.Wiring:
        """Return the kernel and its frame."""
        sheet, coupling = self.sheet, self._coupling
        offsets = [] if coupling.spectral else coupling.offsets  # its sum comes with the kicks
        weights = [1] * len(offsets) if coupling.equal else coupling.weights[: len(offsets)]
        scale = coupling.weights[0] if coupling.equal and coupling.weights else 1.0
        blank = [0] * (-len(weights) % 4)  # a weight of 0 changes nothing
        return fused.Wiring(
            np.array(offsets + blank, np.int64),
            np.array(weights + blank, coupling.total.dtype),
            sheet.dtype.type(scale),
            coupling.padded,
            np.zeros(len(coupling.padded), np.uint8),
            np.array(sheet.kernel.shape) // 2,
            *(np.array(pairs, np.int64).reshape(-1, 2) for pairs in coupling.wraps),
        )

    def _no_events(self, m: int) -> Events:
        return np.zeros(m, np.int64), np.empty(0, np.int64), np.empty(0, self.sheet.dtype)

    def _args(self, m: int, v_inf: Any, kicks: Any, events: Events) -> tuple:
        """Return the arguments of `advance`."""
        dtype = self.sheet.dtype
        v_inf = np.ravel(np.asarray(v_inf, dtype))
        if kicks is None:
            kicks = np.empty(0, dtype)
        else:
            kicks = np.broadcast_to(np.asarray(kicks, dtype), self.sheet.shape).ravel()
        inputs = fused.Inputs(v_inf, kicks, *events)
        counts = np.empty(m, np.int64)
        return self.steps, m, self.base, *self._state, inputs, self._spikes, self._scratch, counts

    def _with_neighbors(self, cells: np.ndarray, kicks: Any) -> np.ndarray:
        """Return what the spikes of these cells and the kicks add to V in the next step, mV."""
        sent, put = np.zeros(self.sheet.shape, bool), np.empty(self.sheet.shape, self.sheet.dtype)
        sent.ravel()[cells] = True
        self._coupling.add_up(sent, put)
        return put if kicks is None else put + np.asarray(kicks, put.dtype)

    def advance(
        self, m: int, v_inf: Any, kicks: Any = None, events: Events | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take up to m steps; return the spikes of each one taken and the cells that fired."""
        self.make_room()
        head, first = self.ends
        if self._coupling.spectral:
            m, arriving = 1, self.ring[(self.steps + 1) % self.ring.size]
            kicks = self._with_neighbors(self.log[head : head + arriving], kicks) if arriving else kicks
        args = self._args(m, v_inf, kicks, events or self._no_events(m))
        done = self._advance(*args)
        self.steps += done
        counts, cells = args[-1][:done], self.log[first : self.ends[1]].copy()
        self.show(cells[cells.size - counts[-1] :])  # at least one step is taken: there is room for it
        return counts, cells
