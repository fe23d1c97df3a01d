"""What the live grid shows: its controls, its sheet, and what the page may ask for. No widgets here."""

from typing import Any, ClassVar

import numpy as np

from lifcore.figures import styled
from lifcore.given import integer, pair
from lifcore.lif2d import Grid
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.scenes.grid import GridScene
from lifcore.widgets.sheet import SHEET_CONTROLS, Maps
from lifcore.widgets.stage import SETTINGS, Stage, begin

SIDES = (64, 128, 256, 512)  # cells
MOST_POINTS = 1000  # of one stroke in one message
# How the sheet is looked at; a preset leaves it alone.
VIEW: Values = dict(show="v", side=128, speed=1, brush=1, row=64, column=64)


class LiveScene(Scene):
    """The sheet, and its three maps as a figure."""

    name = "grid"
    caption = GridScene.caption
    size = GridScene.size
    controls = (
        *SHEET_CONTROLS,
        Control(
            "show",
            choices=(("V", "v"), ("Vₜ", "th"), ("spikes", "spikes"), ("all three", "all")),
            text="show",
        ),
        Control("side", choices=tuple((f"{side} × {side}", side) for side in SIDES), text="cells"),
        Control("speed", 1, 10, 1, grid=1, text="speed"),
        Control("brush", 0, 20, 1, grid=1, text="brush"),
        Control("row", 0, SIDES[-1] - 1, 1, grid=1, text="row"),
        Control("column", 0, SIDES[-1] - 1, 1, grid=1, text="column"),
    )
    presets: ClassVar[dict[str, Values]] = SETTINGS
    actions = ("Run", "Pause", "Step", "Fire", "Restart")

    def __init__(self, fig: Any) -> None:
        self.figure, self.moving = fig, []
        self.look = dict(VIEW)

    def preset(self, name: str) -> Values:
        """Begin a preset, looked at as before; return the value of every control."""
        values = super().preset(name)
        self.begun, self.fresh = name, True
        return values | self.look

    def high(self, control: Control) -> float:
        """Return the upper end of a control's range: row and column end with the sheet."""
        return self.look["side"] - 1 if control.name in ("row", "column") else control.high

    def simulate(self, values: Values) -> Grid:
        """Return the grid: begun anew, or gone on with other settings."""
        self.look = {name: values[name] for name in VIEW}
        if self.fresh or self.stage.side != values["side"]:
            self.stage: Stage = begin(self.begun, values, values["side"], np.float32)
            self.fresh = False
        self.stage.follow(values)
        return self.stage.grid

    @styled
    def update(self, run: Grid, values: Values) -> bool:
        """Draw the three maps anew."""
        self.figure.clear()
        self.figure.set_layout_engine("constrained")
        return Maps(self.figure, run.shape[0]).show(self.stage)

    def outcome(self, run: Grid, values: Values) -> str:
        """Return the time, the spikes of the step and all of them."""
        return self.stage.outcome()


def up_to(name: str, value: Any, low: int, high: int) -> int:
    """Return a whole number that lies between two others."""
    if integer(name, value, low=low) > high:
        raise ValueError(f"{name} must be at most {high}; got {value}")
    return int(value)


def points_in(points: Any, side: int) -> list[tuple[int, int]]:
    """Return the cells of a stroke; the page sends lists."""
    if not isinstance(points, list) or not 0 < len(points) <= MOST_POINTS:
        raise ValueError(f"points must be a list of 1 to {MOST_POINTS} cells; got {str(points)[:60]}")
    cells = [pair("points", point, "(row, column)", low=0) for point in points]
    outside = [cell for cell in cells if max(cell) >= side]
    if outside:
        raise ValueError(f"points must lie on the sheet of {side} by {side} cells; got {outside[0]}")
    return cells
