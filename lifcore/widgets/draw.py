"""Ways to draw a scene's picture without widgets, at two or three presets."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from lifcore.figures import figure, styled
from lifcore.plots import plot_map
from lifcore.widgets.scene import Scene, Values


def said(scene: Scene, run: object, values: Values) -> str:
    """Return the first words of what came out."""
    return scene.outcome(run, values).split(",")[0].split(":")[0].rstrip(".").lower()


def fill(scene: type[Scene], parts: np.ndarray, presets: tuple[str, ...]) -> None:
    """Draw a scene into each of the parts of a figure, with the preset's name and what came out as title."""
    for part, name in zip(parts, presets, strict=True):
        shown = scene(part)
        values = shown.preset(name)
        run = shown.simulate(values)
        shown.update(run, values)
        part.axes[0].set_title(f"{name}: {said(shown, run, values)}")


@styled
def side_by_side(scene: type[Scene], presets: tuple[str, ...]) -> Figure:
    """Return a figure with the presets side by side; they share names of axes, limits and legend."""
    fig, axes = figure(size=scene.size)
    axes.remove()
    parts = fig.subfigures(1, len(presets), squeeze=False).ravel()
    fill(scene, parts, presets)
    for line in fig.findobj(Line2D):
        if str(line.get_marker()).startswith("$"):  # a name, which another line may cross
            line.set_path_effects([withStroke(linewidth=2.5, foreground="white")])
    _share(fig, [part.axes for part in parts])
    return fig


@styled
def below(scene: type[Scene], presets: tuple[str, ...]) -> Figure:
    """Return a figure with the presets one below the other, so that they share the time axis."""
    n = len(presets)
    fig, axes = figure(size=(7.0, 0.6 + 2.3 * n))
    axes.remove()
    parts = fig.subfigures(n, 1, squeeze=False, height_ratios=[1.25, *[1.0] * (n - 1)])[:, 0]
    fill(scene, parts, presets)
    firsts = [part.axes[0] for part in parts]
    lows, highs = zip(*(ax.get_ylim() for ax in firsts), strict=True)
    for ax in firsts:
        ax.set_ylim(min(lows), max(highs))
    for part in parts[1:]:
        part.legends[0].remove()
    return fig


def maps(
    height: float, shown: Callable[[Any, Values], dict[str, Any]]
) -> Callable[[type[Scene], tuple[str, ...]], Figure]:
    """Return the way to draw a map of a sheet for each preset, side by side.

    Parameters
    ----------
    height
        Of the figure, inches.
    shown
        Returns of a run and the values of the controls what `lifcore.plots.plot_map` shall draw, by the names
        of its arguments, and as ``title`` what came out, if it isn't the scene's own sentence.
    """

    @styled
    def side_by_side_maps(scene: type[Scene], presets: tuple[str, ...]) -> Figure:
        fig, axes = figure(1, len(presets), size=(7.0, height), squeeze=False)
        sheet = scene(Figure())
        for ax, name in zip(axes[0], presets, strict=True):
            values = sheet.preset(name)
            run = sheet.simulate(values)
            given = {"title": said(sheet, run, values)} | shown(run, values)
            title = f"{name}: {given.pop('title')}"
            plot_map(given.pop("values"), ax=ax, colorbar=ax is axes[0, -1], title=title, **given)
            if ax is not axes[0, 0]:
                ax.set_ylabel("")
        return fig

    return side_by_side_maps


def _share(fig: Figure, columns: list) -> None:
    """Give a row of axes the same limits, one name of the y axis and one legend for all."""
    for row in zip(*columns, strict=True):
        for axis in "xy":
            limits = [getattr(ax, f"get_{axis}lim")() for ax in row]
            low, high = min(a for a, _ in limits), max(b for _, b in limits)
            for ax in row:
                getattr(ax, f"set_{axis}lim")(low, high)
        for ax in row[1:]:
            ax.set_ylabel("")
    legends = [ax.get_legend() for ax in columns[0] if ax.get_legend()]
    if legends:
        handles = [handle for legend in legends for handle in legend.legend_handles]
        names = [text.get_text() for legend in legends for text in legend.get_texts()]
        fig.legend(handles, names, loc="outside upper left", ncols=4, markerscale=1)
    for legend in (ax.get_legend() for axes in columns for ax in axes):
        if legend:
            legend.remove()
