"""The explorer of the neuron with two variables: V and V_t in time and against each other."""

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure, SubFigure

from lifcore import theory
from lifcore.figures import COLORS, label, stems
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.measures import isi, rate
from lifcore.neuron import LIF
from lifcore.widgets.first import counted
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.spike import INPUTS, before_reset

DURATION = 300.0  # ms
T_REF = 2.0  # ms


class AdaptiveScene(Scene):
    """V and V_t over time on the left, V_t against V on the right."""

    name = "adaptive"
    caption = (
        "On the left V and the threshold of one neuron over 300 ms, with its input spikes and its spikes; "
        "on the right its path in the plane of V and threshold, with the line at which it fires."
    )
    size = (7.0, 3.6)
    controls = (
        Control("tau_m", 1.0, 50.0, 0.5),
        Control("tau_th", 1.0, 500.0, 1.0),
        Control("th_jump", 0.0, 2.0, 0.01),
        Control("v_th", 0.5, 1.5, 0.01),
        Control("v_reset", -1.0, 0.4, 0.01),  # always below v_th
        Control("weight", 0.0, 2.0, 0.01),
        *(Control(f"t{i}", 0.0, DURATION, 0.5, like="t", text=f"$t_{i}$") for i in range(3)),
        Control("current", 0.0, 3.0, 0.01),
        Control("t", 0.0, DURATION, 1.0, grid=1.0),
    )
    presets = {
        "deaf for a while": dict(
            tau_m=10.0, tau_th=100.0, th_jump=0.4, v_th=1.0, v_reset=0.0, weight=1.2,
            t0=20.0, t1=60.0, t2=150.0, current=0.0, t=60.0,
        ),
        "getting tired": dict(weight=0.0, current=1.5, t=150.0),
        "never tired": dict(weight=0.0, current=1.5, th_jump=0.0, t=150.0),
        "one τ for both": dict(weight=0.0, current=1.5, tau_th=10.0, t=145.0),
        "slow": dict(weight=0.0, current=3.0, tau_th=500.0, th_jump=0.2, t=290.0),
        "out of reach": dict(weight=0.0, current=0.95, t=290.0),
    }  # fmt: skip
    clock = "t"

    def __init__(self, fig: Figure | SubFigure) -> None:
        left, plane = self.left, self.plane = fig.subplots(1, 2, sharey=True, width_ratios=(1.9, 1))
        (self.inputs,) = left.plot(
            [], [], "--", color=COLORS["input"], linewidth=1.2, zorder=3, label="input spikes"
        )
        (self.spikes,) = left.plot([], [], color=COLORS["spike"], zorder=4, label="output spikes")
        (self.th,) = left.plot([], [], "--", color=COLORS["th"], zorder=5, label="threshold $V_t$")
        (self.v,) = left.plot([], [], color=COLORS["v"], zorder=5, label="$V$")
        (self.now,) = left.plot([], [], ":", color=COLORS["current"], zorder=6, label="this moment")
        self.names = [
            left.text(0, 0.99 - 0.085 * i, f"$t_{i}$", color=COLORS["input"], va="top", zorder=7)
            for i in range(3)
        ]
        for artist in (self.inputs, self.now, *self.names):
            artist.set_transform(left.get_xaxis_transform())  # y runs from 0, the bottom, to 1, the top
        (self.line,) = plane.plot(
            [-9, 9], [-9, 9], "--", color=COLORS["th"], zorder=3, label="$V = V_t$: fires"
        )
        (self.jumps,) = plane.plot([], [], ":", color=COLORS["spike"], zorder=4, label="reset, jump")
        (self.path,) = plane.plot([], [], color=COLORS["v"], linewidth=1.2, zorder=5, label="path")
        (self.goal,) = plane.plot(
            [], [], "X", color=COLORS["input"], markersize=9, zorder=6, label=r"$(V_\infty, V_\mathrm{th})$"
        )
        dot: dict[str, Any] = dict(marker="o", color=COLORS["current"], markeredgecolor="black", zorder=8)
        self.dots = [ax.plot([], [], linestyle="", **dot)[0] for ax in (left, left, plane)]
        left.set(xlim=(0, DURATION), ylim=(-0.2, 2.0), xlabel=label("t"), ylabel="$V$, $V_t$ (mV)")
        plane.set(xlim=(-0.2, 2.0), xlabel=label("v"), ylabel=label("th"))
        lines = [self.v, self.th, self.inputs, self.spikes, self.now]
        named = [*lines, self.goal, self.line, self.jumps]
        self.legend = fig.legend(handles=named, loc="outside upper left", ncols=4, columnspacing=1.6)
        self.moving = [*lines, *self.names, self.line, self.jumps, self.path, self.goal, *self.dots]

    def simulate(self, values: Values) -> Run1D:
        """Return the run; the resistance is 1 MΩ, so that nA and mV are the same number."""
        names = ("tau_m", "tau_th", "th_jump", "v_th", "v_reset")
        neuron = LIF(v_rest=0.0, r_m=1.0, t_ref=T_REF, **{name: values[name] for name in names})
        return simulate_1d(
            neuron,
            duration=DURATION,
            current=values["current"],
            input_spikes=[values[name] for name in INPUTS],
            input_weights=values["weight"],
        )

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring both views to the run, and the limits to the views."""
        at, before = before_reset(run)
        neuron, spikes = run.neuron, run.t[at]
        t = np.insert(run.t, at, spikes)
        v, th = np.insert(run.v, at, before), np.insert(run.th, at, run.th[at] - neuron.th_jump)
        low, high = min(neuron.v_reset, 0.0), max(v.max(), th.max())
        # Rounded, so that a slider that moves a little seldom makes everything be drawn anew.
        low, high = math.floor(2 * low) / 2, math.ceil(2 * high) / 2
        limits = low - 0.1 * (high - low), high + 0.3 * (high - low)
        right = max(high, math.ceil(2 * values["current"]) / 2) + 0.1 * (high - low)
        self.v.set_data(t, v)
        self.th.set_data(t, th)
        self.spikes.set_data(*stems(spikes, run.th[at], 99.0))  # beyond the upper edge
        self.inputs.set_data(*stems(run.input_spikes if values["weight"] else [], 0, 1))
        for text, time in zip(self.names, run.input_spikes, strict=True):
            text.set_visible(values["weight"] > 0)
            end = time > 0.95 * DURATION
            text.set_x(time - 2 if end else time + 2)
            text.set_horizontalalignment("right" if end else "left")
        cuts = at + np.arange(1, at.size + 1)  # where the path jumps, the points before it counted
        self.path.set_data(np.insert(v, cuts, np.nan), np.insert(th, cuts, np.nan))
        self.jumps.set_data(
            *(np.column_stack((old, new, np.full(at.size, np.nan))).ravel()
              for old, new in ((before, run.v[at]), (run.th[at] - neuron.th_jump, run.th[at])))
        )  # fmt: skip
        self.goal.set_data([values["current"]], [neuron.v_th])
        k = round(values["t"] / run.dt)
        self.now.set_data([values["t"]] * 2, [0, 1])
        points = ((values["t"], run.v[k]), (values["t"], run.th[k]), (run.v[k], run.th[k]))
        for dot, (x, y) in zip(self.dots, points, strict=True):
            dot.set_data([x], [y])
        if self.left.get_ylim() == limits and self.plane.get_xlim() == (limits[0], right):
            return False
        self.left.set_ylim(limits)
        self.plane.set_xlim(limits[0], right)
        return True

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return number, rate and times or intervals of the spikes."""
        current, gaps = values["current"], isi(run)
        if not run.spikes.size:
            top, limit = f"{run.v.max():.3g}", f"{run.neuron.v_th:g}"
            if top == limit:
                return f"No spike: V comes close to the threshold, {limit} mV, and doesn't reach it."
            return f"No spike: V reaches {top} mV, the threshold stands at {limit} mV."
        text = f"{counted(run.spikes.size)}, {rate(run):.3g} Hz"
        if gaps.size < 3:
            return f"{text}, at {', '.join(f'{t:g}' for t in run.spikes)} ms."
        text = f"{text}; first interval {gaps[0]:.1f} ms, last {gaps[-1]:.1f} ms"
        if values["weight"] == 0 and current > theory.rheobase(run.neuron):
            text += f", in the end {theory.adaptive_period(run.neuron, current):.1f} ms by theory"
        return f"{text}."
