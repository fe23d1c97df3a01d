"""The live grid: a sheet that runs in the kernel while the reader paints on it; needs anywidget."""

import time
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as w
import traitlets

from lifcore.given import integer
from lifcore.widgets.frame import Explorer
from lifcore.widgets.live_scene import VIEW, LiveScene, points_in, up_to
from lifcore.widgets.rows import surfacing
from lifcore.widgets.scene import Picture, Values
from lifcore.widgets.scenes.grid import GridScene
from lifcore.widgets.shades import MAPS, shade
from lifcore.widgets.stage import SETTINGS, settings_in

WIDTHS = {1: 520, 3: 900}  # CSS pixels, by how many maps are shown
SAID_EVERY = 2.0  # s between two sentences while it runs: a screen reader reads each
MANY = 20  # frames, or times the steps of a frame, that a page may ask for at once


class LiveCanvas(anywidget.AnyWidget):
    """The canvas in the page, and the messages to and from it.

    The page asks for frames and the kernel answers; what else it sends is news: a change, a step, paint.

    Attributes
    ----------
    running : bool
        Whether the page asks for frames while it is in sight.
    """

    _esm = Path(__file__).with_name("live.js").read_text("utf-8")
    _css = Path(__file__).with_name("live.css").read_text("utf-8")
    running = traitlets.Bool(False).tag(sync=True)


class LiveExplorer(Explorer):
    """The sheet, running in the page.

    It is an `Explorer` but for what a canvas does otherwise: `image` is the canvas, which has no `value`;
    `figure` holds the three maps as `save` draws them, and is drawn only then; `run` is the `Grid` as it
    stands, and goes on; there is no control `t`, for the sheet can't run backward. What a notebook's file
    keeps is the picture of the explorer without a canvas, at the preset that this one began with.

    Parameters
    ----------
    preset, scale
        As for `Explorer`.
    """

    scene: LiveScene

    def __init__(self, preset: str | None = None, scale: float = 1.0) -> None:
        canvas = LiveCanvas()
        self._shown = False  # whether a page has asked for anything
        self._style: list[str] = []  # the maps whose colors the pages know
        self._scale, self._said = scale, 0.0
        super().__init__(LiveScene, preset, scale, canvas)
        self.box.add_class("lif-live")
        canvas.on_msg(self._heard)

    @property
    def running(self) -> bool:
        """Whether the sheet runs, while it is in sight."""
        return self.image.running

    @running.setter
    @surfacing
    def running(self, running: bool) -> None:
        self.image.running = running
        if running:
            self._tell()
        else:  # the last frame that a page has may be older than what is told now
            self._push()

    @surfacing
    def fire(self, row: int, column: int) -> None:
        """Give an input spike to a neuron, at the next step."""
        top = self.scene.stage.side - 1
        self.scene.stage.paint([(up_to("row", row, 0, top), up_to("column", column, 0, top))], 0)

    @surfacing
    def step(self, steps: int = 1) -> None:
        """Take some steps."""
        for _ in range(integer("steps", steps, low=1)):
            self.scene.stage.step()
        self._push()

    @surfacing
    def _heard(self, _: Any, content: Any, buffers: Any) -> None:
        """Answer a message of a page."""
        kind = content.get("kind") if isinstance(content, dict) else None
        stage, view = self.scene.stage, None
        frames = [self._frame()] if kind == "hello" else []
        if kind == "hello":
            self._shown, self._style = True, []
        elif kind == "frames":
            view, many = content.get("view"), up_to("many", content.get("many"), 1, MANY)
            steps = self.controls["speed"].value * many if self.running else 0
            for _ in range(up_to("frames", content.get("frames"), 1, MANY) if steps else 1):
                frames.append(self._frame(steps))
        elif kind == "paint":
            stage.paint(points_in(content.get("points"), stage.side), self.controls["brush"].value)
            frames.append(self._frame(1 if self.running else 0))
        else:
            raise ValueError(f"kind must be hello, frames or paint; got {kind!r}")
        self._send(frames, view)

    def _frame(self, steps: int = 0) -> tuple[float, int, list[bytes]]:
        """Take some steps; return the time, the spikes of the last step, and the maps that are shown."""
        stage, shown = self.scene.stage, self.controls["show"].value
        for _ in range(steps):
            stage.step()
        names = list(MAPS) if shown == "all" else [shown]
        return stage.grid.t, stage.spikes, [shade(stage, name).tobytes() for name in names]

    def _send(self, frames: list[tuple[float, int, list[bytes]]], view: Any = None) -> None:
        """Send frames to the pages that show the sheet; `view` is the one that has asked for them."""
        if time.monotonic() - self._said > SAID_EVERY:
            self._tell()
        stage, shown = self.scene.stage, self.controls["show"].value
        content = {
            "kind": "frames",
            "view": view,
            "side": stage.side,
            "torus": stage.grid.boundary == "torus",
            "frames": [{"t": t, "spikes": spikes} for t, spikes, _ in frames],
            "alt": f"A sheet of {stage.side} by {stage.side} neurons. {self.sentence}",
        }
        buffers = [shades for _, _, maps in frames for shades in maps]
        names = list(MAPS) if shown == "all" else [shown]
        if names != self._style:  # the pages don't know these colors yet
            self._style = names
            content["maps"] = [MAPS[name].describe() for name in names]
            buffers += [MAPS[name].palette() for name in names]
        self.image.send(content, buffers)

    def _push(self) -> None:
        """Say how the sheet stands, and show it where a page has been told of it."""
        self._tell()
        if self._shown:
            self._send([self._frame()])

    def _tell(self) -> None:
        self._said = time.monotonic()
        self._say(self.scene.stage.outcome() + self._note)

    def _refresh(self) -> None:
        """Bring the sheet to the controls, and the pages to the sheet."""
        values = self.values
        if values["side"] != self.scene.look["side"]:  # row and column keep their place
            ratio = values["side"] / self.scene.look["side"]
            self._apply(values | {name: int(values[name] * ratio) for name in ("row", "column")})
            return
        maps = 3 if values["show"] == "all" else 1
        self.image.layout.width = f"{WIDTHS[maps] * self._scale:g}px"
        self.run = self.scene.simulate(values)
        if settings_in(values) != settings_in(SETTINGS["diamond"] | SETTINGS[self.scene.begun]):
            super()._mark(None)
        self._push()

    def set(self, **values: Any) -> None:
        """Set controls by name, as `Explorer.set` does; the size first, for rows and columns end with it."""
        old = self.values
        if "side" in values:
            next(c for c in self.scene.controls if c.name == "side").check(values["side"], 0)
            self.controls["side"].value = values.pop("side")  # row and column keep their place
        try:
            super().set(**values)
        except (TypeError, ValueError):
            self._apply(old)
            raise

    def _apply(self, values: Values, preset: str | None = None) -> None:
        self.scene.look = {name: values[name] for name in VIEW}
        super()._apply(values, preset)

    def _mark(self, preset: str | None) -> None:
        """Show which preset the sheet began with; `_refresh` sees when it is another sheet."""
        if preset:
            super()._mark(preset)

    def _press_preset(self, button: w.Button) -> None:
        super()._press_preset(button)
        self.running = True

    @surfacing
    def _press_action(self, button: w.Button) -> None:
        action, values, self._note = button.description, self.values, ""
        if action in ("Run", "Pause", "Step"):
            self.running = action == "Run"
        if action == "Fire":
            self.fire(values["row"], values["column"])
        if action == "Restart":
            self.scene.fresh = True
            self._refresh()
        if action == "Step" or (action == "Fire" and not self.running):
            self.step()

    def _press_reset(self, button: w.Button) -> None:
        self.running = False
        self.scene.look = dict(VIEW)
        super()._press_reset(button)

    def save(self, path: str | Path | None = None) -> Path:
        """Write the three maps, as they are, to a file, as `Explorer.save` does; return where."""
        self.scene.update(self.run, self.values)
        return super().save(path)

    @surfacing
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view and, for where none can be, the picture that the other explorer shows."""
        still = Picture(GridScene)
        values = still.scene.preset(self._start)
        run = still.scene.simulate(values)
        still.scene.update(run, values)
        return still.bundle(self.box.model_id, run, values)
