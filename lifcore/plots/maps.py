"""One value for each neuron of a grid."""

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from lifcore.figures import COLORS, figure, finish, styled


@styled
def plot_map(
    values: Any,
    *,
    ax: Axes | None = None,
    label: str,
    vmin: float | None = None,
    vmax: float | None = None,
    colorbar: bool = True,
    title: str | None = None,
) -> Axes:
    """Draw one value for each neuron of a grid, row 0 on top; gray where it is NaN.

    Parameters
    ----------
    values
        (rows, cols).
    ax
        Where; None: a new figure.
    label
        What the values are, with their unit, for the color bar.
    vmin, vmax
        Values at the ends of the color scale; None: those of the data.
    colorbar, title
        Whether to draw the scale; what to write over the map.
    """
    ax = figure(size=(4.2, 3.4))[1] if ax is None else ax
    cmap = mpl.colormaps["viridis"].with_extremes(bad=COLORS["silent"])
    image = ax.imshow(np.ma.masked_invalid(values), cmap=cmap, vmin=vmin, vmax=vmax, interpolation="nearest")
    for spine in ax.spines.values():
        spine.set_visible(True)
    ax.locator_params(integer=True)
    ax.set_xlabel("column")
    ax.set_ylabel("row")
    if colorbar:
        # Beside the map itself, so that it is as tall as the map is.
        ax.figure.colorbar(image, cax=ax.inset_axes((1.04, 0.0, 0.05, 1.0)), label=label)
    return finish(ax, legend=False, title=title)
