"""What scenes share: how each variable looks, lines that follow a run, controls."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lifcore.figures import COLORS
from lifcore.given import steps_up
from lifcore.lif1d import Run1D
from lifcore.measures.trains import before_reset
from lifcore.widgets.scene import Control

# fmt: off
LOOKS: dict[str, dict[str, Any]] = {
    "inputs": dict(color=COLORS["input"], linestyle="--", linewidth=1.2, zorder=3, label="input spikes"),
    "th":     dict(color=COLORS["th"], linestyle="--", zorder=3, label="threshold"),
    "theory": dict(color=COLORS["theory"], linewidth=1.2, zorder=3, label="theory"),
    "spikes": dict(color=COLORS["spike"], zorder=4, label="output spikes"),
    "v":      dict(color=COLORS["v"], zorder=5, label="$V$"),
}
# Low, high and step of what a neuron that rests at 0 mV can be given.
RANGES = {
    "tau_m":   (1.0, 100.0, 0.5),
    "tau_th":  (1.0, 500.0, 1.0),
    "th_jump": (0.0, 2.0, 0.01),
    "v_th":    (0.45, 2.0, 0.01),
    "v_reset": (-1.0, 0.4, 0.01),  # always below v_th
    "t_ref":   (0.0, 30.0, 0.5),
    "weight":  (0.0, 2.0, 0.01),
    "current": (0.0, 3.0, 0.01),
}
# fmt: on
INPUTS = ("t0", "t1", "t2")  # the times of the input spikes
HIDDEN: tuple[list, list] = ([], [])  # the data of a line that isn't to be seen


def controls(names: str, duration: float, **ends: tuple[float, float]) -> tuple[Control, ...]:
    """Return controls in the order of their names, which may be `INPUTS` too; `ends` are other ranges."""
    found = []
    for name in names.split():
        if name in INPUTS:
            found.append(Control(name, 0.0, duration, 0.5, like="t", text=f"$t_{name[1:]}$"))
        else:
            low, high, step = RANGES[name]
            found.append(Control(name, *ends.get(name, (low, high)), step))
    return tuple(found)


class Lines:
    """What has lines that move: each is made by `line` and kept as an attribute, by which `show` finds it."""

    moving: Sequence[Artist] = ()

    def line(self, ax: Axes, look: str, x: Any = (), y: Any = (), **style: Any) -> Line2D:
        """Add a line.

        Parameters
        ----------
        ax
            Where.
        look
            What it shows: a name in `LOOKS`, or one in `COLORS`, which gives the color alone.
        x, y
            The data to begin with.
        **style
            What differs from the look; and ``upright=True`` where y runs from 0, the bottom of the axes,
            to 1, the top.
        """
        upright = style.pop("upright", False)
        (line,) = ax.plot(x, y, **(LOOKS.get(look) or {"color": COLORS[look]}) | style)
        if upright:
            line.set_transform(ax.get_xaxis_transform())
        self.moving = [*self.moving, line]
        return line

    def mark(self, ax: Axes, look: str, marker: str, x: Any = (), y: Any = (), **style: Any) -> Line2D:
        """Add a marker at each of the points and no line between them; else as `line`."""
        return self.line(ax, look, x, y, marker=marker, linestyle="", **style)

    def show(self, **data: tuple[Any, Any]) -> None:
        """Bring lines to x and y."""
        for name, (x, y) in data.items():
            getattr(self, name).set_data(x, y)


def limit(ax: Axes, **limits: tuple[float, float]) -> bool:
    """Set limits by axis, ``x`` or ``y``; return whether any of them are new."""
    new = {axis: pair for axis, pair in limits.items() if getattr(ax, f"get_{axis}lim")() != pair}
    for axis, pair in new.items():
        getattr(ax, f"set_{axis}lim")(pair)
    return bool(new)


def rounded_up(x: float, round_ones: Iterable[float]) -> float:
    """Return the next number of some round ones, from 1 to 10 or more, times a power of ten.

    Where limits are rounded, a slider that moves a little seldom makes everything be drawn anew.
    """
    power = 10.0 ** math.floor(math.log10(x))
    return next(power * one for one in round_ones if power * one >= x * (1 - 1e-9))


def counted(n: int, what: str = "spike") -> str:
    """Return a number with its noun: 1 spike, 2 spikes."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def with_peaks(run: Run1D) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return t, V and V_t with the moment before each reset put in, and the places after these moments."""
    at, before = before_reset(run)
    t, v = np.insert(run.t, at, run.t[at]), np.insert(run.v, at, before)
    th = np.insert(run.th, at, run.th[at] - run.neuron.th_jump)
    return t, v, th, at + np.arange(1, at.size + 1)


def lost_inputs(run: Run1D) -> np.ndarray:
    """Return the times of the input spikes that arrived while the neuron was refractory, ms."""
    arrive = steps_up(run.input_spikes, run.dt)[:, None]
    fired = steps_up(run.spikes, run.dt)
    held = (fired < arrive) & (arrive <= fired + steps_up(run.neuron.t_ref, run.dt))
    return run.input_spikes[held.any(axis=1)]
