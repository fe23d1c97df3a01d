"""The explorer of the neuron with two variables: V and V_t in time and against each other."""

import math

import numpy as np
from matplotlib.figure import Figure, SubFigure

from lifcore import theory
from lifcore.figures import COLORS, label, stems
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.measures import isi, rate
from lifcore.neuron import LIF
from lifcore.widgets.draw import below
from lifcore.widgets.looks import INPUTS, Lines, controls, counted, limit, with_peaks
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION = 300.0  # ms
T_REF = 2.0  # ms
SLIDERS = "tau_m tau_th th_jump v_th v_reset weight t0 t1 t2 current"


class AdaptiveScene(Lines, Scene):
    """V and V_t over time on the left, V_t against V on the right."""

    name = "adaptive"
    caption = (
        "On the left V and the threshold of one neuron over 300 ms, with its input spikes and its spikes; "
        "on the right its path in the plane of V and threshold, with the line at which it fires."
    )
    size = (7.0, 3.6)
    controls = (
        *controls(SLIDERS, DURATION, tau_m=(1.0, 50.0), v_th=(0.5, 1.5)),
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
        self.inputs, self.spikes = self.line(left, "inputs", upright=True), self.line(left, "spikes")
        self.th = self.line(left, "th", zorder=5, label="threshold $V_t$")
        self.v = self.line(left, "v")
        self.now = self.line(left, "current", linestyle=":", upright=True, zorder=6, label="this moment")
        text = dict(color=COLORS["input"], va="top", zorder=7, transform=left.get_xaxis_transform())
        self.names = [left.text(0, 0.99 - 0.085 * i, f"$t_{i}$", **text) for i in range(3)]
        fires = self.line(plane, "th", [-9, 9], [-9, 9], label="$V = V_t$: fires")
        self.jumps = self.line(plane, "spikes", linestyle=":", label="reset, jump")
        self.path = self.line(plane, "v", linewidth=1.2)
        goal = r"$(V_\infty, V_\mathrm{th})$"
        self.goal = self.mark(plane, "input", "X", markersize=9, zorder=6, label=goal)
        self.dots = [self.mark(ax, "current", "o", mec="black", zorder=8) for ax in (left, left, plane)]
        self.moving = [*self.moving, *self.names]
        left.set(xlim=(0, DURATION), ylim=(-0.2, 2.0), xlabel=label("t"), ylabel="$V$, $V_t$ (mV)")
        plane.set(xlim=(-0.2, 2.0), xlabel=label("v"), ylabel=label("th"))
        named = [self.v, self.th, self.inputs, self.spikes, self.now, self.goal, fires, self.jumps]
        fig.legend(handles=named, loc="outside upper left", ncols=4, columnspacing=1.6)

    def simulate(self, values: Values) -> Run1D:
        """Return the run; the resistance is 1 MΩ, so that nA and mV are the same number."""
        names = ("tau_m", "tau_th", "th_jump", "v_th", "v_reset")
        neuron = LIF(v_rest=0.0, r_m=1.0, t_ref=T_REF, **{name: values[name] for name in names})
        given = dict(current=values["current"], input_weights=values["weight"])
        return simulate_1d(neuron, duration=DURATION, input_spikes=[values[name] for name in INPUTS], **given)

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring both views to the run, and the limits to the views."""
        t, v, th, after = with_peaks(run)
        now = values["t"], *(x[round(values["t"] / run.dt)] for x in (run.v, run.th))
        self.show(
            v=(t, v),
            th=(t, th),
            spikes=stems(t[after], th[after], 99.0),  # beyond the upper edge
            inputs=stems(run.input_spikes if values["weight"] else [], 0, 1),
            now=([now[0]] * 2, [0, 1]),
            path=(np.insert(v, after, np.nan), np.insert(th, after, np.nan)),
            jumps=(jumps(v, after), jumps(th, after)),
            goal=([values["current"]], [run.neuron.v_th]),
        )
        for text, time in zip(self.names, run.input_spikes, strict=True):
            side, shift = ("right", -2) if time > 0.95 * DURATION else ("left", 2)
            text.set(visible=values["weight"] > 0, x=time + shift, horizontalalignment=side)
        for dot, (x, y) in zip(self.dots, ((0, 1), (0, 2), (1, 2)), strict=True):
            dot.set_data([now[x]], [now[y]])
        # Rounded, so that a slider that moves a little seldom makes everything be drawn anew.
        low, high = math.floor(2 * min(run.neuron.v_reset, 0)) / 2, math.ceil(2 * max(v.max(), th.max())) / 2
        edge, right = 0.1 * (high - low), max(high, math.ceil(2 * values["current"]) / 2)
        moved = limit(self.left, y=(low - edge, high + 0.3 * (high - low)))
        return limit(self.plane, x=(low - edge, right + edge)) or moved

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


def jumps(x: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return what a variable jumps from and to at each of the places, parted by NaN."""
    return np.column_stack((x[after - 1], x[after], np.full(after.size, np.nan))).ravel()


explore_adaptive = explorer(
    AdaptiveScene,
    "Explore a neuron whose threshold rises at each spike, in time and in the phase plane.",
)
draw_adaptive = drawing(AdaptiveScene, below)
