"""The classic explorer: three input spikes, threshold, reset and refractory period."""

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure, SubFigure
from matplotlib.transforms import ScaledTranslation

from lifcore.figures import COLORS, label, legend_above, stems
from lifcore.given import steps_up
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.measures import rate
from lifcore.neuron import LIF
from lifcore.widgets.first import counted
from lifcore.widgets.scene import Control, Scene, Values

DURATION = 100.0  # ms
INPUTS = ("t0", "t1", "t2")


class SpikeScene(Scene):
    """V over time, before and after each reset."""

    name = "spike"
    caption = (
        "The membrane potential of one neuron over 100 ms, its threshold, three input spikes, its spikes."
    )
    size = (7.0, 3.6)
    controls = (
        Control("tau_m", 1.0, 100.0, 0.5),
        Control("weight", 0.0, 2.0, 0.01),
        *(Control(f"t{i}", 0.0, DURATION, 0.5, like="t", text=f"$t_{i}$") for i in range(3)),
        Control("v_th", 0.45, 2.0, 0.01),
        Control("v_reset", -1.0, 0.4, 0.01),  # always below v_th
        Control("t_ref", 0.0, 30.0, 0.5),
    )
    presets = {
        "classic": dict(tau_m=14.0, weight=0.5, t0=10.0, t1=20.0, t2=30.0, v_th=0.6, v_reset=0.0, t_ref=0.0),
        "fast leak": dict(tau_m=5.0),
        "gap too long": dict(t1=40.0, t2=70.0),
        "golden ratio": dict(tau_m=41.57, weight=0.3, t1=30.0, t2=50.0),
        "just below it": dict(tau_m=41.56, weight=0.3, t1=30.0, t2=50.0),
        "coincidence": dict(weight=0.25, t0=30.0, t1=30.0, t2=30.0),
        "refractory": dict(weight=0.8, t_ref=12.0, v_reset=-0.2),
    }

    def __init__(self, fig: Figure | SubFigure) -> None:
        ax = self.ax = fig.subplots()
        thin: dict[str, Any] = {"linewidth": 1.2, "zorder": 3}
        (self.held,) = ax.plot([], [], color=COLORS["silent"], linewidth=8, zorder=3, label="refractory")
        self.held.set_solid_capstyle("butt")
        (self.reset,) = ax.plot([0, DURATION], [0, 0], ":", color=COLORS["theory"], label="reset", **thin)
        (self.inputs,) = ax.plot([], [], "--", color=COLORS["input"], label="input spikes", **thin)
        (self.th,) = ax.plot([0, DURATION], [1, 1], "--", color=COLORS["th"], zorder=3, label="threshold")
        (self.spikes,) = ax.plot(
            [], [], color=COLORS["spike"], linewidth=2.6, zorder=4, label="output spikes"
        )
        (self.v,) = ax.plot([], [], color=COLORS["v"], zorder=5, label="$V$")
        (self.peak,) = ax.plot([], [], "o", color="black", mfc="white", zorder=6, label="$V$ before reset")
        (self.lost,) = ax.plot([], [], "X", color=COLORS["input"], markersize=9, zorder=6, label="input lost")
        # Three heights, so that the names of inputs that coincide stay readable.
        # As markers, since text takes ten times as long to draw.
        small: dict[str, Any] = {
            "color": COLORS["input"],
            "markersize": 11,
            "markeredgewidth": 0,
            "zorder": 7,
        }
        self.names = [ax.plot([0], [0.95 - 0.085 * i], marker=f"$t_{i}$", **small)[0] for i in range(3)]
        upright = ax.get_xaxis_transform()  # y runs from 0, the bottom, to 1, the top
        self.inputs.set_transform(upright)
        # A name stands right of its line, at the end of the axis left of it.
        inch = fig.dpi_scale_trans
        self.right, self.left = (upright + ScaledTranslation(x, 0, inch) for x in (0.095, -0.095))
        ax.set(xlim=(0, DURATION), ylim=(-0.2, 1.0), xlabel=label("t"), ylabel=label("v"))
        lines = [self.v, self.peak, self.th, self.reset, self.inputs, self.spikes, self.held, self.lost]
        legend_above(ax, handles=lines, cols=4)
        self.moving = [*lines, *self.names]

    def simulate(self, values: Values) -> Run1D:
        """Return the run."""
        neuron = LIF(
            v_rest=0.0,
            v_reset=values["v_reset"],
            v_th=values["v_th"],
            tau_m=values["tau_m"],
            t_ref=values["t_ref"],
        )
        times = [values[name] for name in INPUTS]
        return simulate_1d(neuron, duration=DURATION, input_spikes=times, input_weights=values["weight"])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the lines to the run, and the limits to the lines."""
        at, before = before_reset(run)
        low, high = min(run.neuron.v_reset, run.v.min()), max([run.neuron.v_th, run.v.max(), *before])
        # Rounded, so that a slider that moves a little seldom makes everything be drawn anew.
        low, high = math.floor(5 * low) / 5, math.ceil(5 * high) / 5
        limits = low - 0.1 * (high - low), high + 0.45 * (high - low)
        spikes, inputs, neuron = run.t[at], run.input_spikes, run.neuron
        self.v.set_data(np.insert(run.t, at, spikes), np.insert(run.v, at, before))
        self.th.set_ydata([neuron.v_th] * 2)
        self.reset.set_ydata([neuron.v_reset] * 2)
        self.inputs.set_data(*stems(inputs, 0, 1))
        self.spikes.set_data(*stems(spikes, neuron.v_th, high + 0.2 * (high - low)))
        self.peak.set_data(spikes, before)
        lost = lost_inputs(run)
        self.lost.set_data(lost, np.full(lost.size, neuron.v_reset))
        until = spikes + steps_up(neuron.t_ref, run.dt) * run.dt
        level, x = stems(np.full(spikes.size, neuron.v_reset), spikes, until)  # bars: stems that lie
        self.held.set_data(x, level)
        for name, time in zip(self.names, inputs, strict=True):
            name.set_xdata([time])
            name.set_transform(self.left if time > 0.96 * DURATION else self.right)
        if self.ax.get_ylim() == limits:
            return False
        self.ax.set_ylim(limits)
        return True

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return number, rate and times of the spikes, and the inputs that came to nothing."""
        lost = lost_inputs(run).size
        if not run.spikes.size:
            return f"No spike: V reaches {_below(run.v.max(), run.neuron.v_th)} of {run.neuron.v_th:g} mV."
        times = ", ".join(f"{t:g}" for t in run.spikes)
        text = f"{counted(run.spikes.size)}, {rate(run):g} Hz, at {times} ms."
        return f"{text} {counted(lost, 'input')} lost while refractory." if lost else text


def _below(v: float, limit: float) -> str:
    """Return a number with as few digits as show that it is below the limit."""
    texts = (f"{v:.{digits}g}" for digits in range(3, 18))  # 17 digits tell every float
    return next(text for text in texts if float(text) < limit)


def before_reset(run: Run1D) -> tuple[np.ndarray, np.ndarray]:
    """Return the samples of the spikes and V just before each reset, by the rule of the step.

    The run must have begun at rest: a spike at sample 0 is an input's jump from there.
    """
    neuron, n = run.neuron, run.t.size - 1
    arrive = np.minimum(steps_up(run.input_spikes, run.dt), n + 1).astype(int)
    kicks = np.bincount(arrive, run.input_weights, minlength=n + 2)
    at = np.searchsorted(run.t, run.spikes)
    v_inf = neuron.v_rest + neuron.r_m * run.current[at - 1]
    last = np.where(at == 0, neuron.v_rest, run.v[at - 1])
    v_inf[at == 0] = neuron.v_rest
    return at, v_inf + (last - v_inf) * math.exp(-run.dt / neuron.tau_m) + kicks[at]


def lost_inputs(run: Run1D) -> np.ndarray:
    """Return the times of the input spikes that arrived while the neuron was refractory, ms."""
    arrive = steps_up(run.input_spikes, run.dt)[:, None]
    fired = steps_up(run.spikes, run.dt)
    held = (fired < arrive) & (arrive <= fired + steps_up(run.neuron.t_ref, run.dt))
    return run.input_spikes[held.any(axis=1)]
