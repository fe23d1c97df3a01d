"""The colors of the live grid: one byte a cell, and what each of the 256 values looks like."""

from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from lifcore.figures import COLORS
from lifcore.widgets.stage import DT, NEURON, THETA, Stage

TOP = 253  # the highest shade of a map; the two beyond it are colors of their own
WAITING = 254  # an input spike of the next step
FIRED = 255  # a spike of the last delay
PAST = 10.0  # ms that the map of the spikes reaches back


@dataclass(frozen=True)
class Map:
    """How one of the maps is colored.

    Parameters
    ----------
    title
        What it shows, with its unit.
    low, high
        What its lowest and its highest shade stand for, in that unit.
    colors
        Name of a color map, or the colors to run through.
    ends
        What stands at the ends of its color bar, if not the numbers.
    """

    title: str
    low: float
    high: float
    colors: str | tuple[str, ...]
    ends: tuple[str, str] | None = None

    def palette(self) -> bytes:
        """Return the 256 colors, red, green, blue and opacity of each."""
        if isinstance(self.colors, str):
            shades = mpl.colormaps[self.colors]
        else:
            shades = LinearSegmentedColormap.from_list("shades", self.colors)
        colors = np.ones((256, 4))
        colors[: TOP + 1] = shades(np.linspace(0, 1, TOP + 1))
        colors[WAITING, :3], colors[FIRED, :3] = to_rgb(COLORS["input"]), to_rgb(COLORS["spike"])
        return np.rint(255 * colors).astype(np.uint8).tobytes()

    def describe(self) -> dict[str, str]:
        """Return what is written at its color bar."""
        low, high = self.ends or (f"{self.low:g}", f"{self.high:g}")
        return {
            name: text.replace("-", "\N{MINUS SIGN}")
            for name, text in (("title", self.title), ("low", low), ("high", high))
        }


MAPS = {
    "v": Map("V (mV)", NEURON.v_rest, NEURON.v_th, "viridis"),
    "th": Map("V\N{LATIN SUBSCRIPT SMALL LETTER T} (mV)", NEURON.v_th, NEURON.v_th + 2 * THETA, "viridis"),
    "spikes": Map(
        "ms since the last spike",
        0.0,
        PAST,
        (COLORS["spike"], "#F6D5A8", "white"),
        ("0", f"{PAST:g} or more"),
    ),
}


def shade(stage: Stage, name: str) -> np.ndarray:
    """Return one of the maps of a sheet, a byte a cell."""
    shown = MAPS[name]
    if name == "spikes":
        level = stage.ago() * (DT * TOP / PAST)
    else:
        level = getattr(stage.grid, name) - shown.low
        level *= TOP / (shown.high - shown.low)
    np.clip(level, 0, TOP, out=level)
    shades = level.astype(np.uint8)
    if name == "v":
        shades[stage.recent()] = FIRED
    waiting = stage.waiting
    if waiting is not None:
        shades[waiting > 0] = WAITING
    return shades
