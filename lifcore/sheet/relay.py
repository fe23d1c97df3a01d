"""What the engines that take a grid over from NumPy share: the spikes under way, and who is held."""

from typing import Any

import numpy as np

from lifcore.sheet.constants import Sheet
from lifcore.sheet.events import Events

FOREVER = 2**31 - 1  # for a last sample that 32 bits don't hold
WORN = 2**30  # samples after which an engine is made anew, to count them from 0 again


class Relay:
    """Steps the neurons of a grid in place of NumPy.

    Parameters
    ----------
    sheet
        The grid's constants.
    steps
        Steps taken so far.
    v, th
        mV, (rows, cols): the grid's own arrays.
    sent
        The cells (flat indices) that fired at each of the last n_delay samples, the oldest first.
    held
        Pairs: the last sample at which V is held at reset, and the cells that it holds.
    """

    def __init__(
        self,
        sheet: Sheet,
        steps: int,
        v: np.ndarray,
        th: np.ndarray,
        sent: list[np.ndarray],
        held: list[tuple[int, np.ndarray]],
    ) -> None:
        self.sheet, self.v, self.th = sheet, v.ravel(), th.ravel()
        self.base = self.steps = steps
        windows = min(sheet.n_delay, -(-sheet.n_delay // (sheet.n_ref + 1)))  # times a cell fires in a delay
        # The cells that fired, one after another, and room for one that is then found not to.
        self.log = np.empty((windows + 2) * sheet.cells + 1, np.int32)
        self.ends = np.array([0, sum(map(len, sent))])  # where the spikes under way begin and end in it
        self.log[: self.ends[1]] = np.concatenate(sent)
        self.ring = np.zeros(sheet.n_delay, np.int64)  # spikes of sample k at k modulo n_delay
        for ago, cells in enumerate(reversed(sent)):
            self.ring[(steps - ago) % sheet.n_delay] = len(cells)
        self.until = np.zeros(sheet.cells, np.int32)  # last sample at which V is held, counted from base
        for last, cells in held:
            self.until[cells] = min(last - self.base, FOREVER)
        self.fired = np.zeros(sheet.shape, bool)
        self._shown = sent[-1]
        self.show(sent[-1])

    @property
    def worn(self) -> bool:
        """Whether the count of samples is about to outgrow 32 bits."""
        return self.steps - self.base > WORN

    @property
    def under_way(self) -> int:
        """Spikes that are on their way to their targets."""
        return int(self.ends[1] - self.ends[0])

    def make_room(self) -> None:
        """Move the spikes under way to the front of the log where the next step's might not fit."""
        head, tail = self.ends
        if tail + self.sheet.cells >= self.log.size:
            self.log[: tail - head] = self.log[head:tail].copy()
            self.ends[:] = 0, tail - head

    def show(self, cells: np.ndarray) -> None:
        """Let `fired` show the cells of the last sample."""
        flat = self.fired.ravel()
        flat[self._shown] = False
        flat[cells] = True
        self._shown = cells

    def sent(self) -> list[np.ndarray]:
        """Return who fired at each of the last n_delay samples, as the constructor takes it."""
        n = self.sheet.n_delay
        counts = [self.ring[(self.steps - ago) % n] for ago in reversed(range(n))]
        under_way = self.log[self.ends[0] : self.ends[1]].astype(np.intp)
        return np.split(under_way, np.cumsum(counts)[:-1])

    def held(self) -> list[tuple[int, np.ndarray]]:
        """Return who is held and until when, as the constructor takes it, the first to be freed first."""
        cells = (self.until > self.steps - self.base).nonzero()[0]
        cells = cells[np.argsort(self.until[cells], kind="stable")]
        lasts, starts = np.unique(self.until[cells], return_index=True)
        groups = np.split(cells, starts)[1:]
        return [
            (2**62 if last == FOREVER else self.base + int(last), group)
            for last, group in zip(lasts, groups, strict=True)
        ]

    def advance(
        self, m: int, v_inf: Any, kicks: Any = None, events: Events | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take up to m steps; return the spikes of each one taken and the cells that fired."""
        raise NotImplementedError

    def settle(self) -> None:
        """Bring v and th up to date."""
