"""What the page tells of an explorer's picture; needs anywidget, and the explorers do without."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as w
import traitlets
from matplotlib.axes import Axes


class Pointer(anywidget.AnyWidget):
    """Tells where the reader presses or drags on the image in the same box, and how fine the screen is.

    Parameters
    ----------
    axes
        The axes that can be pointed at; they stay where they are.
    pointed
        Called with the axes and x and y in its data coordinates. A drag that leaves the axes goes on at
        its edge.
    sharpen
        Called with the pixels of the screen in a CSS pixel, from 1 to 2, where they are not 1.

    Attributes
    ----------
    areas : list
        Left, bottom, width and height of each of the axes, as fractions of the picture.
    at : list
        Number of the axes, x and y as fractions of it from its lower left corner, time in ms.
    ratio : float
        Pixels of the screen in a CSS pixel.
    """

    _esm = Path(__file__).with_name("pointer.js").read_text("utf-8")
    areas: Any = traitlets.List().tag(sync=True)
    at: Any = traitlets.List().tag(sync=True)
    ratio: Any = traitlets.Float(1.0, min=1.0, max=2.0).tag(sync=True)

    def __init__(
        self,
        axes: Sequence[Axes],
        pointed: Callable[[Axes, float, float], None],
        sharpen: Callable[[float], None],
    ) -> None:
        areas = [list(ax.get_position().bounds) for ax in axes]
        super().__init__(areas=areas, layout=w.Layout(display="none"))
        self._axes, self._pointed = axes, pointed
        self.observe(self._moved, "at")
        self.observe(lambda change: sharpen(change.new), "ratio")
        self.add_class("lif-pointer")

    def _moved(self, change: Any) -> None:
        number, across, up, _ = change.new
        ax = self._axes[number]
        x, y = ax.transData.inverted().transform(ax.transAxes.transform((across, up)))
        self._pointed(ax, float(x), float(y))
