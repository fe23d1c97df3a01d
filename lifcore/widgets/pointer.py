"""Pointing at an explorer's picture with mouse or finger; needs anywidget, and the explorers do without."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as w
import traitlets
from matplotlib.axes import Axes


class Pointer(anywidget.AnyWidget):
    """Tells where the reader presses or drags on the image in the same box.

    Parameters
    ----------
    axes
        The axes that can be pointed at; they stay where they are.
    pointed
        Called with the axes and x and y in its data coordinates. A drag that leaves the axes goes on at
        its edge.

    Attributes
    ----------
    areas : list
        Left, bottom, width and height of each of the axes, as fractions of the picture.
    at : list
        Number of the axes, x and y as fractions of it from its lower left corner, time in ms.
    """

    _esm = Path(__file__).with_name("pointer.js").read_text("utf-8")
    areas: Any = traitlets.List().tag(sync=True)
    at: Any = traitlets.List().tag(sync=True)

    def __init__(self, axes: Sequence[Axes], pointed: Callable[[Axes, float, float], None]) -> None:
        areas = [list(ax.get_position().bounds) for ax in axes]
        super().__init__(areas=areas, layout=w.Layout(display="none"))
        self._axes, self._pointed = axes, pointed
        self.observe(self._moved, "at")
        self.add_class("lif-pointer")

    def _moved(self, change: Any) -> None:
        number, across, up, _ = change.new
        ax = self._axes[number]
        x, y = ax.transData.inverted().transform(ax.transAxes.transform((across, up)))
        self._pointed(ax, float(x), float(y))
