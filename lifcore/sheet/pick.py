"""Which engine takes a grid's next steps."""

import math
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.sheet.compiled import Fused, kind_of
from lifcore.sheet.constants import Sheet
from lifcore.sheet.dense import Dense
from lifcore.sheet.fused import advance
from lifcore.sheet.relay import Relay
from lifcore.sheet.sparse import Sparse, dense_neurons

LENGTH = 2.0  # times a short function's: what compiling the grid's loop takes
LOOK_EVERY = 512  # steps between two looks whether a sheet has become quiet
LARGE = 2**14  # neurons; a smaller sheet is fast anyway


class Picker:
    """Picks the engine for a grid that lets it choose."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._look, self._pause = 0, LOOK_EVERY
        self._types = kind_of(sheet)
        self._began, self._warm = 0.0, False
        self._pace = math.inf  # s that a step takes in NumPy, the quickest so far but the first

    def kind(self, now: Dense | Relay, ahead: int, v_inf: Any, maps: bool) -> type:
        """Return the class of the engine for the next steps of a grid.

        Parameters
        ----------
        now
            The engine that has the neurons.
        ahead
            Steps that are known to come.
        v_inf
            mV, where the current drives V.
        maps
            Whether each step comes with a map of its own, of currents or kicks.
        """
        sheet = self.sheet
        if sheet.engine != "auto":
            return {"numpy": Dense, "numba": Fused, "sparse": Sparse}[sheet.engine]
        known = ahead * self._pace if self._pace < math.inf else 0.0
        repaid = engine.pays(advance, self._types, known, LENGTH)
        if isinstance(now, Sparse):
            if not maps and not now.overloaded:
                return Sparse
            self._look = now.steps + self._pause
            self._pause *= 2
        elif (
            now.steps >= self._look and sheet.cells >= LARGE and not maps and (repaid or not engine.present())
        ):
            if dense_neurons(sheet) * self._updates(now, v_inf) < sheet.cells / 2:
                return Sparse
            self._look = now.steps + LOOK_EVERY
        if repaid:
            return Fused
        self._began = engine.clock()
        return Dense

    def stepped(self) -> None:
        """Note that NumPy has taken the step that it was picked for, in the time since then."""
        if self.sheet.engine == "auto":
            took = engine.spend(advance, engine.clock() - self._began)
            self._pace = min(self._pace, took if self._warm else math.inf)
            self._warm = True

    def _updates(self, now: Dense | Relay, v_inf: Any) -> float:
        """Return how many neurons a sparse step would update, about."""
        v, th = now.v.ravel(), now.th.ravel()
        awake = np.maximum(v, np.ravel(v_inf)) >= np.minimum(th, self.sheet.neuron.v_th)
        targets = now.under_way * np.count_nonzero(self.sheet.kernel)
        return float(np.count_nonzero(awake) + targets / self.sheet.n_delay)
