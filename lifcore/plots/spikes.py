"""What the spikes of a few inputs do: V without a threshold, marks of output spikes, a sweep of gaps."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from lifcore.figures import COLORS, describe, figure, label, legend_above, styled
from lifcore.given import array, number
from lifcore.plots.guesses import plot_guess


@styled
def draw_sum(v: Any, dt: float, *, threshold: float, guess: float | None = None) -> Figure:
    """Return a figure of V that adds up its inputs, a guess at its highest value beside it.

    Parameters
    ----------
    v
        mV, a value a sample.
    dt
        ms.
    threshold
        mV, drawn as a line that V passes as if it were not there.
    guess
        mV.
    """
    v, dt = array("v", v), number("dt", dt, above=0.0)
    if not v.size:
        raise ValueError("v must have a value for each sample; got none")
    fig, ax = figure()
    t, top = np.arange(v.size) * dt, int(v.argmax())
    ax.plot(t, v, color=COLORS["v"], label="$V$")
    ax.axhline(threshold, color=COLORS["th"], linestyle="--", label="threshold")
    plot_guess(guess, ax=ax, x=t[top])
    ax.set(xlabel=label("t"), ylabel=label("v"), xlim=(0, t[-1]))
    legend_above(ax)
    describe(fig, f"V jumps and decays; its highest value is {v[top]:.2f} mV, at {t[top]:g} ms.")
    return fig


@styled
def draw_marks(without: Any, reset: Any, dt: float, *, duration: float = 100.0) -> Figure:
    """Return a figure of the output spikes of two programs: one without and one with the reset.

    Parameters
    ----------
    without, reset
        The samples at which each fires.
    dt, duration
        ms; what is shown.
    """
    found = [array("without", without) * dt, array("reset", reset) * dt]
    fig, axes = figure(2, 1, size=(7.0, 2.4), sharex=True)
    for ax, times, name in zip(axes, found, ("without reset", "with reset"), strict=True):
        ax.eventplot(times, color=COLORS["spike"], linewidths=1.0)
        ax.set(yticks=[], title=f"{name}: {times.size} spike{'s' * (times.size != 1)}")
    if found[0].size:
        first = found[0].min()
        near = axes[0].inset_axes((0.6, 0.1, 0.38, 0.55))
        near.eventplot(found[0], color=COLORS["spike"], linewidths=1.5)
        near.set(yticks=[], xlim=(first - dt / 2, first + 1 + dt / 2), xticks=[first, first + 1])
    axes[1].set(xlabel=label("t"), xlim=(0, duration))
    counts = " and ".join(f"{times.size}" for times in found)
    describe(fig, f"Output spikes as marks over {duration:g} ms: {counts}, without and with the reset.")
    return fig


@styled
def draw_sweep(gaps: Any, fired: Any, *, guess: float | None = None) -> Figure:
    """Return a figure of how many output spikes inputs give that are so far apart.

    Parameters
    ----------
    gaps
        ms.
    fired
        The number of output spikes for each.
    guess
        ms, the longest gap that fires the neuron.
    """
    gaps, fired = array("gaps", gaps), array("fired", fired)
    fig, ax = figure(size=(7.0, 2.4))
    ax.plot(gaps, fired, ".", color=COLORS["spike"], label="simulation")
    plot_guess(guess, ax=ax)
    ax.set(xlabel="gap Δ (ms)", ylabel="output spikes", yticks=[0, 1], ylim=(-0.2, 1.2))
    legend_above(ax)
    longest = gaps[fired > 0].max(initial=0.0)
    describe(fig, f"One output spike for gaps up to {longest:.4g} ms, none for longer ones.")
    return fig
