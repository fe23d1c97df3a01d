"""A sheet of neurons that is stepped while the reader looks at it, and what it begins with."""

from dataclasses import replace
from typing import Any

import numpy as np

from lifcore.inputs import from_image
from lifcore.lif2d import Grid, neighbors
from lifcore.neuron import LIF
from lifcore.widgets.looks import counted
from lifcore.widgets.scene import Values

DT = 0.5  # ms
NEURON = LIF(tau_th=30.0)
THETA = NEURON.v_th - NEURON.v_rest  # mV
KICK = 2 * THETA  # mV, an input spike that fires any neuron at rest
SHARE = 0.08  # of the cells that a flash kicks

Event = tuple[float, int, int, float]  # ms, row, column, mV

# The settings of the sheet; the first names all of them, the others what differs.
SETTINGS: dict[str, Values] = {
    "diamond": dict(
        weight=1.1, tau_m=8.0, delay=1.0, t_ref=4.0, th_jump=0.0, neighbors=4, boundary="open"
    ),
    "square": dict(neighbors=8),
    "too weak": dict(weight=0.95),
    "torus": dict(boundary="torus"),
    "fill a square": dict(weight=0.7),
    "echo": dict(t_ref=1.0),
    "adaptation": dict(th_jump=20.0),
    "plane wave": dict(),
    "cut wave": dict(neighbors=8),
    "random flash": dict(weight=0.95, t_ref=5.0),
    "picture": dict(weight=0.1, tau_m=10.0, t_ref=2.0),
}  # fmt: skip


def events_of(preset: str, side: int, values: Values) -> list[Event]:
    """Return the input spikes that a preset begins with on a sheet of side × side cells."""
    middle, quarter = side // 2, side // 4
    if preset == "torus":
        return [(0.0, side // 8, side // 8, KICK)]
    if preset == "fill a square":
        return [(0.0, i, i, KICK) for i in range(quarter, 3 * quarter)]
    if preset == "adaptation":
        return [(t, middle, middle, KICK) for t in (0.0, 10.0)]
    if preset == "plane wave":
        return [(0.0, i, 0, KICK) for i in range(side)]
    if preset == "cut wave":
        # The upper half of a column fires; inhibition keeps the wave from its left, so it turns round.
        lost = -(3 if values["neighbors"] == 8 else 1) * values["weight"] * THETA
        return [(0.0, i, middle, KICK) for i in range(middle)] + [
            (values["delay"], i, middle - 1, lost) for i in range(middle)
        ]
    if preset == "random flash":
        kicked = np.argwhere(np.random.default_rng(1).random((side, side)) < SHARE)
        return [(0.0, int(i), int(j), KICK) for i, j in kicked]
    return [] if preset == "picture" else [(0.0, middle, middle, KICK)]


def current_of(preset: str, side: int) -> Any:
    """Return the current of a preset, nA: 0, or for each cell that of its pixel, a ring and a bar."""
    if preset != "picture":
        return 0.0
    i, j = np.indices((128, 128))
    distance = np.hypot(i - 56, j - 60)
    ring, bar = (distance < 40) & (distance > 16), (i > 100) & (i < 118) & (j > 50) & (j < 120)
    shade = np.where(ring, 0.4 + (j - 20) / 160, np.where(bar, 0.6, 0.0))
    return from_image(shade, (side, side), low=1.5, high=4.0)


class Stage:
    """A sheet, its input spikes to come and its last ones.

    Parameters
    ----------
    values
        The settings, as in `SETTINGS`.
    side
        Cells in a row and in a column.
    events
        Input spikes.
    current
        nA, a number or (side, side).
    dtype
        Of V and V_t.

    Attributes
    ----------
    grid : Grid
    total : int
        Spikes so far.
    """

    def __init__(
        self, values: Values, side: int, events: list[Event], current: Any = 0.0, dtype: Any = float
    ) -> None:
        self.side, self.dtype, self._current = side, dtype, current
        self._due: dict[int, np.ndarray] = {}  # step and the input spikes that belong to it, mV
        self._use(values, None)
        for t, row, col, kick in events:
            self.map_due(round(t / DT))[row, col] += kick
        self._last = np.full((side, side), -(2**30), np.int32)  # step of each cell's last spike
        self.total = 0
        kicks = self._due.pop(0, None)
        if kicks is not None:
            self.grid.start(kicks, kicks > 0)
        self.spikes = self._count(self.grid.fired)

    def _use(self, values: Values, old: Grid | None) -> None:
        """Make the grid of these settings; let it go on from another."""
        names = ("tau_m", "t_ref", "th_jump")
        self.grid = Grid(
            replace(NEURON, **{name: values[name] for name in names}),
            (self.side, self.side),
            dt=DT,
            kernel=neighbors(values["weight"] * THETA, values["neighbors"]),
            delay=values["delay"],
            boundary=values["boundary"],
            dtype=self.dtype,
            v_start=None if old is None else old.v,
            th_start=None if old is None else old.th,
        )
        self.key = settings_in(values)
        self._drive = self.grid.drive(self._current)
        if old is not None:
            self.grid.take_over(old)

    def follow(self, values: Values) -> None:
        """Go on with other settings, with the waves that are under way."""
        if settings_in(values) != self.key:
            self._use(values, self.grid)

    def map_due(self, step: int) -> np.ndarray:
        """Return the map of the input spikes of a step, mV, to be added to."""
        return self._due.setdefault(step, np.zeros((self.side, self.side), self.dtype))

    @property
    def waiting(self) -> np.ndarray | None:
        """The input spikes of the next step, mV; None: there are none."""
        return self._due.get(self.grid.steps + 1)

    def paint(self, points: list[tuple[int, int]], radius: int) -> None:
        """Give an input spike, at the next step, to every cell under a round brush drawn along points."""
        path = np.concatenate([line(a, b) for a, b in zip(points, points[1:] or points, strict=False)])
        spread = np.arange(-radius, radius + 1)
        brush = np.argwhere(np.hypot(*np.meshgrid(spread, spread)) <= radius + 0.3) - radius
        cells = (path[:, None] + brush).reshape(-1, 2)
        rows, cols = cells[((cells >= 0) & (cells < self.side)).all(axis=1)].T
        self.map_due(self.grid.steps + 1)[rows, cols] = KICK

    def step(self) -> None:
        """Take one step."""
        fired = self.grid.step(self._due.pop(self.grid.steps + 1, None), self._drive)
        self.spikes = self._count(fired)

    def _count(self, fired: np.ndarray) -> int:
        cells = fired.ravel().nonzero()[0]
        self._last.ravel()[cells] = self.grid.steps
        self.total += cells.size
        return cells.size

    def ago(self) -> np.ndarray:
        """Return how many steps ago each cell has fired; many, where it has not."""
        return self.grid.steps - self._last

    def recent(self) -> np.ndarray:
        """Return who fired during the last delay."""
        return self.ago() < round(self.grid.delay / DT)

    def outcome(self) -> str:
        """Return the time, the spikes of the step and all of them."""
        end = "" if self.recent().any() else " The sheet is silent."
        return f"t = {self.grid.t:.12g} ms: {counted(self.spikes)} in this step, {self.total} so far.{end}"


def settings_in(values: Values) -> tuple:
    """Return those of the values that belong to the sheet."""
    return tuple(values[name] for name in SETTINGS["diamond"])


def line(a: tuple[int, int], b: tuple[int, int]) -> np.ndarray:
    """Return the cells, (n, 2), on the way from one cell to another, no two of them apart."""
    n = max(abs(b[0] - a[0]), abs(b[1] - a[1])) + 1
    return np.rint(np.linspace(a, b, n)).astype(int)


def begin(preset: str, values: Values, side: int, dtype: Any = float) -> Stage:
    """Return the sheet that a preset begins with."""
    return Stage(values, side, events_of(preset, side, values), current_of(preset, side), dtype)
