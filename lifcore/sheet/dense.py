"""The state of a grid's neurons in NumPy, and the parts that a step is made of."""

from collections import deque
from typing import Any

import numpy as np

from lifcore.sheet.constants import FLUSH_EVERY, NOTHING, Sheet
from lifcore.sheet.coupling import Coupling


class Dense:
    """Neurons in arrays that are changed in place: no array is made in a step.

    Attributes
    ----------
    v, th : ndarray, (rows, cols)
        mV.
    steps : int
        Steps taken.
    last : ndarray
        The cells, flat indices, that fired in the last step.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.v, self.th, self._put, self._spare = (np.empty(sheet.shape, sheet.dtype) for _ in range(4))
        self._flat_v, self._flat_th = self.v.ravel(), self.th.ravel()
        self._frames = np.empty((sheet.n_delay, *sheet.shape), bool)  # who fired at the last n_delay samples
        self._coupling = Coupling(sheet.kernel, sheet.shape, sheet.boundary, sheet.dtype)
        self.v[...], self.th[...] = sheet.v_start, sheet.th_start
        self.take_over(0, [np.empty(0, np.intp)] * sheet.n_delay, [])

    def take_over(self, steps: int, sent: list[np.ndarray], held: list[tuple[int, np.ndarray]]) -> None:
        """Go on from a sample; the arguments are those of `Relay`."""
        self.steps = steps
        self._frames[...] = False
        self._counts = [0] * len(self._frames)  # spikes in each frame
        for ago, cells in enumerate(reversed(sent)):
            now = (steps - ago) % len(self._frames)
            self._frames[now].ravel()[cells] = True
            self._counts[now] = len(cells)
        self._until = deque(
            (last, cells.size) for last, cells in held
        )  # (last sample held, how many neurons)
        # Flat indices of the refractory neurons, first to be freed first.
        self._held = np.concatenate([np.empty(0, np.intp), *(cells for _, cells in held)])

    def sent(self) -> list[np.ndarray]:
        """Return who fired at each of the last n_delay samples, the oldest first."""
        n = len(self._frames)
        return [self._frames[(self.steps - ago) % n].ravel().nonzero()[0] for ago in reversed(range(n))]

    def held(self) -> list[tuple[int, np.ndarray]]:
        """Return who is held and until when, the first to be freed first."""
        ends = np.cumsum([size for _, size in self._until])
        groups = np.split(self._held, ends)[:-1]
        return [(last, cells) for (last, _), cells in zip(self._until, groups, strict=True)]

    worn = False  # it counts samples in whole numbers without end

    def settle(self) -> None:
        """Bring v and th up to date: they are."""

    @property
    def under_way(self) -> int:
        """Spikes that are on their way to their targets."""
        return sum(self._counts)

    @property
    def fired(self) -> np.ndarray:
        """Who fired at this sample."""
        return self._frames[self.steps % len(self._frames)]

    def flush(self, deviation: np.ndarray) -> None:
        """Now and then, set what has decayed to nothing to 0."""
        if self.steps % FLUSH_EVERY == 0:
            np.abs(deviation, out=self._spare)
            deviation.ravel()[(self._spare.ravel() < NOTHING).nonzero()[0]] = 0.0

    def put(self, kicks: Any) -> Any:
        """Return what the neighbors' spikes of one delay ago and the kicks add to V, mV; None: nothing.

        The kicks are a number, a map, or a pair: cells (flat indices), each once, and their mV.
        """
        sent = self.steps % len(self._frames)  # this sample's frame still holds them
        if self._counts[sent] and self._coupling.weights:
            self._coupling.add_up(self._frames[sent], self._put)
        elif isinstance(kicks, tuple):
            self._put[...] = 0
        else:
            return kicks
        if isinstance(kicks, tuple):
            cells, weights = kicks
            self._put.ravel()[cells] += weights
        elif kicks is not None:
            self._put += kicks
        return self._put

    def hold(self) -> None:
        """Free the neurons whose refractory period is over; keep the others at v_reset."""
        while self._until and self._until[0][0] < self.steps:
            self._held = self._held[self._until.popleft()[1] :]
        if self._held.size:
            self._flat_v[self._held] = self.sheet.neuron.v_reset

    def test(self, where: np.ndarray | None = None) -> np.ndarray:
        """Return the cells, flat indices, that reach the threshold."""
        now = self.steps % len(self._frames)
        fired = self._frames[now]
        np.greater_equal(self.v, self.th, out=fired)
        if where is not None:
            fired &= where
        self.last = fired.ravel().nonzero()[0]
        self._counts[now] = self.last.size
        return self.last

    def reset(self, cells: np.ndarray) -> None:
        """Reset the cells that fired and raise their thresholds."""
        if not cells.size:
            return
        n_ref = self.sheet.n_ref
        self._flat_v[cells] = self.sheet.neuron.v_reset
        self._flat_th[cells] += self.sheet.neuron.th_jump
        if n_ref:
            self._held = np.concatenate((self._held, cells))
            self._until.append((self.steps + n_ref, cells.size))


def read_only(a: np.ndarray) -> np.ndarray:
    """Return a view that can't be written to."""
    view = a.view()
    view.flags.writeable = False
    return view
