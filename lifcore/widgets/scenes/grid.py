"""The grid explorer: a wave on a sheet of neurons, as V, as V_t and as spikes."""

import importlib.util
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure, SubFigure

from lifcore.figures import label
from lifcore.lif2d import Grid
from lifcore.widgets.draw import maps
from lifcore.widgets.looks import Lines
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.sheet import SHEET_CONTROLS, Maps
from lifcore.widgets.showing import drawing
from lifcore.widgets.stage import (
    DT,
    KICK,
    NEURON,
    SETTINGS,
    Event,
    Stage,
    current_of,
    events_of,
    settings_in,
)

if TYPE_CHECKING:
    from lifcore.widgets.frame import Explorer

SIDE = 48  # cells
DURATION = 200.0  # ms
# When each preset is shown (ms), and the cell of the Fire button where it isn't the middle.
SHOWN: dict[str, Values] = {
    "diamond": dict(t=16.0, row=SIDE // 2, column=SIDE // 2),
    "too weak": dict(t=2.0),
    "torus": dict(row=SIDE // 8, column=SIDE // 8, t=20.0),
    "fill a square": dict(t=14.0),
    "echo": dict(t=30.0),
    "adaptation": dict(t=14.0),
    "plane wave": dict(t=24.0),
    "cut wave": dict(t=80.0),
    "random flash": dict(t=60.0),
    "picture": dict(t=40.0),
}


class GridScene(Lines, Scene):
    """Three maps of the sheet at one moment."""

    name = "grid"
    caption = (
        f"A sheet of {SIDE} by {SIDE} neurons at one moment: V, the threshold, the spikes of the last delay."
    )
    size = (7.0, 2.95)
    controls = (
        *SHEET_CONTROLS,
        Control("t", 0.0, DURATION, DT, grid=DT),
        Control("row", 0, SIDE - 1, 1, grid=1, text="row"),
        Control("column", 0, SIDE - 1, 1, grid=1, text="column"),
    )
    presets = {name: settings | SHOWN.get(name, {}) for name, settings in SETTINGS.items()}
    actions = ("Fire", "Step")
    clock = "t"

    def __init__(self, fig: Figure | SubFigure) -> None:
        self.maps = Maps(fig, SIDE)
        self.cell = self.mark(self.maps.last, "input", "+", markersize=9, markeredgewidth=1.8, zorder=4)
        self.moving = [*self.moving, *self.maps.images]
        self._key: Any = None  # what the sheet was made from
        self.stage: Stage

    def preset(self, name: str) -> Values:
        """Begin a preset; return the value of every control."""
        values = super().preset(name)
        self._fired: list[Event] = []
        self._current, self._name = current_of(name, SIDE), name
        return values

    def simulate(self, values: Values) -> Grid:
        """Return the grid at the time asked for, stepped on from where it stood where that is possible."""
        events = [*events_of(self._name, SIDE, values), *self._fired]
        key = self._name, settings_in(values), tuple(events)
        target = round(values["t"] / DT)
        if key != self._key or self.stage.grid.steps > target:
            self._key = key
            self.stage = Stage(values, SIDE, events, self._current)
        while self.stage.grid.steps < target:
            self.stage.step()
        return self.stage.grid

    def act(self, action: str, values: Values) -> Values:
        """Step on by one dt, with or without an input spike at the cell chosen."""
        t = min(values["t"] + DT, DURATION)
        if action == "Fire":
            self._fired.append((t, int(values["row"]), int(values["column"]), KICK))
        return values | {"t": t}

    def update(self, run: Grid, values: Values) -> bool:
        """Bring the maps to the grid."""
        self.cell.set_data([values["column"]], [values["row"]])
        return self.maps.show(self.stage)

    def outcome(self, run: Grid, values: Values) -> str:
        """Return the time, the spikes of the step and all of them."""
        return self.stage.outcome()


def explore_grid(preset: str | None = None, scale: float = 1.0, *, live: bool | None = None) -> "Explorer":
    """Explore waves on a sheet of neurons.

    Parameters
    ----------
    preset
        Where to begin: a name out of ``.presets``; None: the first.
    scale
        How much larger than usual the picture is, for a projector.
    live
        Whether the sheet runs while the reader paints on it, which needs anywidget; if not, the reader
        moves the time. None: where anywidget is installed.

    Returns
    -------
    Explorer
    """
    if importlib.util.find_spec("anywidget") is not None if live is None else live:
        from lifcore.widgets.live import LiveExplorer

        return LiveExplorer(preset, scale)
    from lifcore.widgets.frame import Explorer

    return Explorer(GridScene, preset, scale)


def v_map(run: Grid, values: Values) -> dict[str, Any]:
    """Return V on the sheet, for `plot_map`."""
    return dict(values=run.v, label=label("v"), vmin=NEURON.v_rest, vmax=NEURON.v_th)


draw_grid = drawing(GridScene, maps(2.5, v_map))
