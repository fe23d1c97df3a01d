"""Figures of runs: they read runs and never write them."""

from dataclasses import asdict, dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from lifcore.figures import COLORS, figure, label, legend_above, show, stems, styled, to_png
from lifcore.lif1d import Run1D
from lifcore.lif2d import Run2D
from lifcore.neuron import LIF, SYMBOLS, UNITS

__all__ = [
    "COLORS",
    "SymbolTable",
    "figure",
    "label",
    "plot_activity",
    "plot_map",
    "plot_raster",
    "plot_run",
    "show",
    "symbol_table",
    "to_png",
]


@styled
def plot_run(
    run: Run1D,
    *,
    ax: Axes | None = None,
    guess: Any = None,
    legend: bool = True,
    title: str | None = None,
) -> Axes:
    """Draw one neuron's V and threshold over time, its input spikes and its output spikes.

    Parameters
    ----------
    run
        What a simulation of one neuron returned. Spikes are drawn beside its V, which stays as it is.
    ax
        Where; None: a new figure.
    guess
        ms, a time or times at which the reader expects spikes; None: not drawn.
    legend, title
        Whether to name the lines above the axes; what to write over them.
    """
    _need(Run1D, run)
    ax = figure()[1] if ax is None else ax
    low, high = min(run.v.min(), run.neuron.v_reset), max(run.v.max(), run.th.max())
    span = high - low
    ax.plot(run.t, run.v, color=COLORS["v"], label="$V$")
    ax.plot(run.t, run.th, "--", color=COLORS["th"], label="threshold")
    if run.spikes.size:
        at = np.searchsorted(run.t, run.spikes)
        x, y = stems(run.spikes, run.th[at], high + 0.35 * span)
        ax.plot(x, y, color=COLORS["spike"], linewidth=2.4, label="output spikes")
    if run.input_spikes.size:
        floor = np.full(run.input_spikes.size, 0.0)
        ax.plot(
            run.input_spikes,
            floor,
            "|",
            color=COLORS["input"],
            markersize=22,
            markeredgewidth=2,
            transform=ax.get_xaxis_transform(),
            clip_on=True,
            label="input spikes",
        )
    if guess is not None:
        x, y = stems(np.atleast_1d(guess), low, high + 0.35 * span)
        ax.plot(x, y, "-.", color=COLORS["guess"], linewidth=2, label="your guess")
    _whole_run(ax, run)
    ax.set_ylim(low - 0.2 * span, high + 0.4 * span)
    ax.set_xlabel(label("t"))
    ax.set_ylabel(label("v"))
    return _finish(ax, legend=legend, title=title)


def _need(kind: type, run: Any) -> None:
    """Raise TypeError if a run is not of the right kind."""
    if not isinstance(run, kind):
        raise TypeError(f"run must be a {kind.__name__}, not {type(run).__name__}")


def _whole_run(ax: Axes, run: Run1D | Run2D) -> None:
    """Let the axis of time show the run; one of no duration has no length to show."""
    if run.t.size > 1:
        ax.set_xlim(run.t[0], run.t[-1])


def _finish(ax: Axes, *, legend: bool, title: str | None) -> Axes:
    """Add legend and title, the title above the legend."""
    if legend:
        legend_above(ax)
    if title:
        ax.set_title(title, pad=24 if legend else 6)
    return ax


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
    return _finish(ax, legend=False, title=title)


@styled
def plot_raster(run: Run2D, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw each spike of a grid as a dot: its time and its neuron, numbered row by row.

    Parameters
    ----------
    run
        What `simulate_2d` returned.
    ax
        Where; None: a new figure.
    title
        What to write over it.
    """
    _need(Run2D, run)
    ax = figure()[1] if ax is None else ax
    time, row, col = run.spikes.T
    ax.plot(time, row * run.counts.shape[1] + col, ".", color=COLORS["spike"], markersize=2.5)
    _whole_run(ax, run)
    ax.set_ylim(run.counts.size, -1)  # row 0 on top, as on the map
    ax.set_xlabel(label("t"))
    ax.set_ylabel("neuron, row by row")
    return _finish(ax, legend=False, title=title)


@styled
def plot_activity(run: Run2D, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw how many neurons of a grid fire at each sample.

    Parameters
    ----------
    run
        What `simulate_2d` returned.
    ax
        Where; None: a new figure.
    title
        What to write over it.
    """
    _need(Run2D, run)
    ax = figure()[1] if ax is None else ax
    fires = run.activity > 0
    ax.plot(*stems(run.t[fires], 0, run.activity[fires]), color=COLORS["spike"])
    _whole_run(ax, run)
    ax.set_ylim(0, max(1, 1.08 * run.activity.max()))
    ax.set_xlabel(label("t"))
    ax.set_ylabel("spikes at the sample")
    return _finish(ax, legend=False, title=title)


@dataclass(frozen=True)
class SymbolTable:
    """Quantities of a model, one a row: symbol, Python name, meaning, unit and value."""

    rows: tuple[tuple[str, str, str, str, str], ...]

    def _repr_markdown_(self) -> str:
        head = "| symbol | in Python | meaning | unit | value |\n|:--|:--|:--|:--|--:|\n"
        return head + "\n".join(f"| ${s}$ | `{n}` | {m} | {u} | {v} |" for s, n, m, u, v in self.rows)

    def __repr__(self) -> str:
        """Return the same rows as plain text, without the symbols."""
        rows = [("in Python", "meaning", "unit", "value"), *(row[1:] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)


def symbol_table(neuron: LIF, *names: str, **values: float) -> SymbolTable:
    """Return the table of a model's quantities, made from the record, so that it can't drift.

    Parameters
    ----------
    neuron
        Whose values to show.
    *names
        The quantities, Python names of `lifcore.SYMBOLS`; none: all parameters of the neuron.
    **values
        Values of quantities that the record doesn't hold, such as ``weight=0.5`` or ``dt=0.1``.

    Raises
    ------
    ValueError
        If a name stands for no quantity.
    """
    known = asdict(neuron) | values
    names = (*(names or asdict(neuron)), *(name for name in values if name not in names))
    for name in names:
        if name not in SYMBOLS:
            raise ValueError(f"names must be among {', '.join(SYMBOLS)}; got {name!r}")
    rows = []
    for name in names:
        symbol, meaning = SYMBOLS[name]
        rows.append((symbol, name, meaning, UNITS[name], f"{known[name]:g}" if name in known else "varies"))
    return SymbolTable(tuple(rows))
