"""Runs over time."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from lifcore.figures import COLORS, describe, figure, finish, label, stems, styled
from lifcore.lif1d import Run1D
from lifcore.lif2d import Run2D
from lifcore.measures.trains import before_reset


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

    An open circle shows V just before each reset, a dotted line its way there.

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
    before = before_reset(run)[1]
    high = max(high, before.max(initial=high))
    span = high - low
    ax.plot(run.t, run.v, color=COLORS["v"], label="$V$")
    ax.plot(run.t, run.th, "--", color=COLORS["th"], label="threshold")
    if run.spikes.size:
        x, y = stems(run.spikes, before, high + 0.35 * span)
        ax.plot(x, y, color=COLORS["spike"], linewidth=2.4, label="output spikes")
        x, y = stems(run.spikes, run.neuron.v_reset, before)
        ax.plot(x, y, ":", color=COLORS["v"], linewidth=1)
        open_circle: Any = dict(markerfacecolor="white", markersize=5, label="before reset")
        ax.plot(run.spikes, before, "o", color=COLORS["v"], **open_circle)
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
    _tell(ax, run)
    return finish(ax, legend=legend, title=title)


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
    return finish(ax, legend=False, title=title)


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
    return finish(ax, legend=False, title=title)


def _tell(ax: Axes, run: Run1D) -> None:
    """Let the figure say what of a run there is to be seen in it."""
    inputs = f"{run.input_spikes.size} input spikes" if run.input_spikes.size else "no input spikes"
    times = ", ".join(f"{t:g}" for t in run.spikes[:5]) + " …" * (run.spikes.size > 5)
    outputs = f"output spikes at {times} ms" if run.spikes.size else "no output spike"
    fig: Any = ax.get_figure(root=True)
    describe(fig, f"V over {run.t[-1]:g} ms, {inputs}, {outputs}.")


def _need(kind: type, run: Any) -> None:
    """Raise TypeError if a run is not of the right kind."""
    if not isinstance(run, kind):
        raise TypeError(f"run must be a {kind.__name__}, not {type(run).__name__}")


def _whole_run(ax: Axes, run: Run1D | Run2D) -> None:
    """Let the axis of time show the run; one of no duration has no length to show."""
    if run.t.size > 1:
        ax.set_xlim(run.t[0], run.t[-1])
