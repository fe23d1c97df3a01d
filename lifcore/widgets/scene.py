"""What an explorer shows: its controls, its presets and its picture. No widgets here."""

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from PIL.PngImagePlugin import putchunk

from lifcore.figures import DRAWING, SHOWN, label, mimebundle, styled, to_png
from lifcore.given import number
from lifcore.units import UNITS

Values = dict[str, Any]


@dataclass(frozen=True)
class Control:
    """One thing that the reader can change.

    Parameters
    ----------
    name
        Its Python name, the key in ``explorer.controls``.
    low, high
        The ends of its range.
    step
        How far one press of an arrow key moves the slider.
    like
        The quantity that gives symbol and unit; None: the one called `name`.
    text
        A label to use in place of the symbol.
    grid
        The values are whole multiples of this; None: any value.
    choices
        Pairs (text, value): a list to choose from in place of a slider.
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    step: float = 0.1
    like: str | None = None
    text: str | None = None
    grid: float | None = None
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def label(self) -> str:
        """What stands beside it: symbol and unit."""
        if self.text is None:
            return label(self.like or self.name)
        unit = UNITS.get(self.like or "", "")
        return f"{self.text} ({unit})" if unit else self.text

    def check(self, value: Any, high: float) -> None:
        """Refuse a value that the control can't stand at; its range ends at `high`.

        Raises
        ------
        TypeError
            If it is not a number, where one belongs.
        ValueError
            If it is out of range or not among the choices.
        """
        allowed = [choice for _, choice in self.choices]
        if allowed:
            if value not in allowed:
                raise ValueError(f"{self.name} must be one of {', '.join(map(repr, allowed))}; got {value!r}")
        elif not self.low <= number(self.name, value) <= high or abs(self.nearest(value) - value) > 1e-9:
            step = f" in steps of {self.grid:g}" if self.grid else ""
            raise ValueError(f"{self.name} must be from {self.low:g} to {high:g}{step}; got {value:g}")

    def nearest(self, value: Any) -> Any:
        """Return the value that the control may hold and that is nearest to the one given."""
        return value if self.grid is None else round(round(value / self.grid) * self.grid, 9)

    def place(self, value: Any) -> int:
        """Return which stop of its slider is the nearest to a value; the first is 0."""
        return round((value - self.low) / self.step)

    def at(self, place: int) -> Any:
        """Return the value of a stop of its slider."""
        return round(self.low + place * self.step, 9)

    def stop(self, value: Any, high: float) -> Any:
        """Return where its slider would stop for a value, its range ending at `high`; a choice is itself."""
        return value if self.choices else self.at(self.place(min(max(value, self.low), high)))


class Scene:
    """A picture of a simulation that is drawn once and then updated.

    A subclass sets the class attributes, makes axes and `moving` artists in ``__init__`` and fills in
    `simulate`, `update` and `outcome`. The first preset names every control; the others what differs.
    """

    name: ClassVar[str]
    caption: ClassVar[str]  # what the picture shows, for those who can't see it
    size: ClassVar[tuple[float, float]] = (7.0, 3.2)
    controls: ClassVar[tuple[Control, ...]]
    presets: ClassVar[dict[str, Values]]
    actions: ClassVar[tuple[str, ...]] = ()  # buttons under the picture, see `act`
    clock: ClassVar[str | None] = None  # the control that a Play button moves
    interval: ClassVar[int] = 60  # ms between two of its steps

    moving: Sequence[Artist] = ()
    pointable: tuple[Axes, ...] = ()  # where the reader can press and drag, see `pointed`

    def __init__(self, fig: Figure | SubFigure) -> None:
        raise NotImplementedError

    def preset(self, name: str) -> Values:
        """Begin a preset; return the value of every control.

        Raises
        ------
        ValueError
            If there is no such preset.
        """
        if name not in self.presets:
            raise ValueError(f"preset must be one of {', '.join(map(repr, self.presets))}; got {name!r}")
        first = next(iter(self.presets))
        return self.presets[first] | self.presets[name]

    def simulate(self, values: Values) -> Any:
        """Return the run that belongs to the values of the controls."""
        raise NotImplementedError

    def update(self, run: Any, values: Values) -> bool:
        """Bring the artists to a run; return whether limits or anything else that stands still changed."""
        raise NotImplementedError

    def outcome(self, run: Any, values: Values) -> str:
        """Return in one line what came out."""
        raise NotImplementedError

    def act(self, action: str, values: Values) -> Values:
        """Return the values of the controls after a press of the button `action`."""
        raise NotImplementedError

    def pointed(self, axes: Axes, x: float, y: float, values: Values) -> Values:
        """Return what changes when the reader points at x, y, in data coordinates of one of the axes."""
        raise NotImplementedError

    def panel(self, run: Any, values: Values) -> str | None:
        """Return HTML to stand beside the picture; None: nothing does."""
        return None

    def high(self, control: Control) -> float:
        """Return the upper end of a control's range, where it depends on the preset."""
        return control.high


class Picture:
    """A scene's figure: drawn in full when what stands still changes, else only its moving artists."""

    @styled
    def __init__(self, scene: type[Scene], scale: float = 1.0) -> None:
        self._dpi = SHOWN * scale  # a pixel for each CSS pixel
        self.figure = Figure(figsize=scene.size, dpi=self._dpi, layout="constrained")
        self.canvas = FigureCanvasAgg(self.figure)
        self.scene = scene(self.figure)
        layout = self.figure.get_layout_engine()
        if layout and self.figure.axes:
            layout.execute(self.figure)
        self.figure.set_layout_engine(None)  # from here on nothing shifts, and a saved picture is drawn once
        # In the order in which matplotlib itself draws them: blitted or in full, the picture is the same.
        children = [child for axes in self.figure.axes for child in axes.get_children()]
        moving = (child for child in children if child in self.scene.moving)
        self.moving = sorted(moving, key=lambda child: child.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        self._background: Any = None

    def sharpen(self, ratio: float) -> np.ndarray:
        """Take so many pixels for each CSS pixel; return them as `draw` does."""
        self.figure.set_dpi(self._dpi * ratio)
        return self.draw(full=True)

    def draw(self, *, full: bool) -> np.ndarray:
        """Return the pixels, (height, width, 4), with everything drawn anew or the moving artists only."""
        with DRAWING:
            if full or self._background is None:
                styled(self.canvas.draw)()
                self._background = self.canvas.copy_from_bbox(self.figure.bbox)
            else:  # the artists have their style; setting it up anew takes as long as drawing half of them
                self.canvas.restore_region(self._background)
            renderer = self.canvas.get_renderer()
            for artist in self.moving:
                artist.draw(renderer)
            return np.asarray(self.canvas.buffer_rgba())

    @styled
    def save(self, path: Path) -> None:
        """Write the picture as SVG or as PNG, as the file's name ends.

        Raises
        ------
        ValueError
            If it ends otherwise.
        """
        if path.suffix == ".svg":
            self.figure.savefig(path)
        elif path.suffix == ".png":
            path.write_bytes(to_png(self.figure))
        else:
            raise ValueError(f"path must end in .png or .svg; got {str(path)!r}")

    def bundle(self, model_id: str, run: Any, values: Values) -> tuple[dict, dict]:
        """Return the live view and, for where none can be, the picture and what came out."""
        view = {"version_major": 2, "version_minor": 0, "model_id": model_id}
        alt = f"{self.scene.caption} {self.scene.outcome(run, values)}"
        data, metadata = mimebundle(self.figure, alt, self.scene.size)
        return {"application/vnd.jupyter.widget-view+json": view, **data}, metadata


def fast_png(pixels: np.ndarray) -> bytes:
    """Return the PNG of pixels, (height, width, 4), made in a few milliseconds.

    Pillow tries five filters on each row, which takes most of its time and wins nothing in a drawing.
    """
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with the number of its filter: none
    for channel in range(3):
        rows[:, 1 + channel :: 3] = pixels[:, :, channel]
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)  # 8 bits a channel, red, green, blue
    png = io.BytesIO()
    png.write(b"\x89PNG\r\n\x1a\n")
    for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b"")):
        putchunk(png, name, data)
    return png.getvalue()
