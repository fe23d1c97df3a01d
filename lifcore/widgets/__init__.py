"""Explorers: pictures with sliders; and the same pictures without widgets, to print."""

import importlib.util
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from lifcore.widgets.draw import (
    draw_adaptive,
    draw_first,
    draw_grid,
    draw_membrane,
    draw_rate,
    draw_spike,
    draw_time_step,
    draw_waves,
)
from lifcore.widgets.outcomes import draw_outcomes

if TYPE_CHECKING:
    from lifcore.widgets.frame import Explorer

__all__ = [
    "debug_spike",
    "draw_adaptive",
    "draw_first",
    "draw_grid",
    "draw_membrane",
    "draw_outcomes",
    "draw_rate",
    "draw_spike",
    "draw_time_step",
    "draw_waves",
    "explore_adaptive",
    "explore_first",
    "explore_grid",
    "explore_membrane",
    "explore_rate",
    "explore_spike",
    "explore_time_step",
    "explore_waves",
    "progress",
]

# ipywidgets is imported in the functions: the pictures that stand still need none.

Item = TypeVar("Item")


def explore_first(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore one neuron under a constant current.

    Parameters
    ----------
    preset
        Where to begin: a name out of ``.presets``; None: the first.
    scale
        How much larger than usual the picture is, for a projector.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.first import FirstScene
    from lifcore.widgets.frame import Explorer

    return Explorer(FirstScene, preset, scale)


def explore_membrane(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore what resistance and capacitance do to a membrane's answer to a pulse of current.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.membrane import MembraneScene

    return Explorer(MembraneScene, preset, scale)


def explore_spike(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore how three input spikes add up, reach the threshold or fail to.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.spike import SpikeScene

    return Explorer(SpikeScene, preset, scale)


def debug_spike(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Step through the loop of `simulate_1d`, line by line.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.debug import DebugScene
    from lifcore.widgets.frame import Explorer

    return Explorer(DebugScene, preset, scale)


def explore_rate(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore how the firing rate follows a constant current, and guess the curve.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.rate import RateScene

    return Explorer(RateScene, preset, scale)


def explore_time_step(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore what the time step does to a neuron's spikes, by Euler's method and others.

    Parameters
    ----------
    preset
        Where to begin: a name out of ``.presets``; None: the first.
    scale
        How much larger than usual the picture is, for a projector.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.time_step import TimeStepScene

    return Explorer(TimeStepScene, preset, scale)


def explore_grid(preset: str | None = None, scale: float = 1.0, *, live: bool | None = None) -> "Explorer":
    """Explore waves on a sheet of neurons.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.
    live
        Whether the sheet runs while the reader paints on it, which needs anywidget; if not, the reader
        moves the time. None: where anywidget is installed.

    Returns
    -------
    Explorer
    """
    if importlib.util.find_spec("anywidget") is not None if live is None else live:
        from lifcore.widgets.live import LiveExplorer

        return LiveExplorer(preset, scale)
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.grid import GridScene

    return Explorer(GridScene, preset, scale)


def explore_adaptive(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore a neuron whose threshold rises at each spike, in time and in the phase plane.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.adaptive import AdaptiveScene
    from lifcore.widgets.frame import Explorer

    return Explorer(AdaptiveScene, preset, scale)


def explore_waves(preset: str | None = None, scale: float = 1.0) -> "Explorer":
    """Explore what becomes of a sheet, for each weight and each rest.

    Parameters
    ----------
    preset, scale
        As for `explore_first`.

    Returns
    -------
    Explorer
    """
    from lifcore.widgets.frame import Explorer
    from lifcore.widgets.waves import WavesScene

    return Explorer(WavesScene, preset, scale)


def progress(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Go through a sequence and show how far it has come.

    Parameters
    ----------
    items
        What to go through.
    what
        What they are, such as "rows".

    Yields
    ------
    object
        The items, in order.
    """
    from lifcore.widgets.bar import show_bar

    yield from show_bar(items, what)
