"""The membrane explorer: a pulse of current, seen as a trace, on the phase line and in the circuit."""

import math
from typing import Any, ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from lifcore.figures import COLORS, label, legend_above
from lifcore.inputs import step
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.neuron import LIF
from lifcore.widgets.circuit import CircuitView, currents
from lifcore.widgets.looks import HIDDEN, Lines, limit, rounded_up
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION, DT = 100.0, 0.1  # ms
START = 10.0  # ms, when the pulse begins
FAR = 1e6  # mV, a threshold that V never reaches
STRONGEST = 2.0  # nA
ROUND = (1, 1.5, 2, 3, 5, 7, 10, 15)  # where an axis may end


def formula(run: Run1D, values: Values) -> np.ndarray:
    """Return V by the closed form: toward V∞ while the pulse lasts, back to rest after it, (n+1,) mV."""
    rest, tau = run.neuron.v_rest, run.neuron.tau_m
    since = np.clip(run.t - START, 0.0, values["width"])
    after = np.clip(run.t - START - values["width"], 0.0, None)
    return rest - run.neuron.r_m * values["current"] * np.expm1(-since / tau) * np.exp(-after / tau)


def v_final(values: Values) -> float:
    """Return where the pulse drives V, mV."""
    return LIF().v_rest + values["r_m"] * values["current"]


def v_limits(values: Values) -> tuple[float, float]:
    """Return limits for V, rounded, so that a slider that moves a little seldom changes them."""
    ends = LIF().v_rest, v_final(values)
    low, high = 5 * math.floor(min(ends) / 5), 5 * math.ceil(max(ends) / 5)
    margin = max(0.12 * (high - low), 1.0)
    return low - margin, high + margin


class CurrentsView(Lines):
    """The three currents over time."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.now = self.line(ax, "theory", [0, 0], [-9, 9], linestyle=":", label="")
        shown = (("current", "-", "$I$"), ("v", "--", "$I_C$"), ("leak", "-.", "$I_R$"))
        self.lines = [
            self.line(ax, look, linestyle=style, zorder=4, label=name) for look, style, name in shown
        ]
        # Here and below: the limits at which the numbers beside the axis are widest, for the layout.
        ax.set(xlim=(0, DURATION), ylim=(-0.65, 0.65), ylabel=label("current"))
        ax.tick_params(labelbottom=False)
        legend_above(ax)

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the lines to the run."""
        for line, data in zip(self.lines, currents(run), strict=True):
            line.set_data(run.t, data)
        self.now.set_xdata([values["t"]] * 2)
        high = 1.3 * max(0.5, math.ceil(2 * abs(values["current"])) / 2)
        return limit(self.ax, y=(-high, high))


class TraceView(Lines):
    """V over time."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.now = self.line(ax, "theory", [0, 0], [-200, 200], linestyle=":")
        self.final = self.line(ax, "current", linestyle="--", zorder=3, label=r"$V_\infty$")
        self.theory = self.line(ax, "theory", color=COLORS["silent"], linewidth=5, zorder=3.5)
        self.v = self.line(ax, "v", zorder=4)
        self.tau = self.mark(ax, "v", "s", mfc="white", label=r"after $\tau$")
        self.dot = self.mark(ax, "spike", "o", markersize=8, zorder=6)
        ax.set(xlim=(0, DURATION), ylim=(-115, -65), xlabel=label("t"), ylabel=label("v"))
        ax.locator_params(axis="y", nbins=5, steps=[1, 2, 5, 10])
        legend_above(ax, handles=[self.v, self.theory, self.final, self.tau])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the lines to the run."""
        k, tau = round(values["t"] / DT), run.neuron.tau_m
        # A pulse shorter than τ has no such point.
        reached = [v_final(values) + (run.neuron.v_rest - v_final(values)) / math.e]
        self.show(
            now=([values["t"]] * 2, [-200, 200]),
            final=([START, START + values["width"]], [v_final(values)] * 2),
            theory=(run.t, formula(run, values)),
            v=(run.t, run.v),
            tau=([START + tau], reached) if tau <= values["width"] else HIDDEN,
            dot=([values["t"]], [run.v[k]]),
        )
        return limit(self.ax, y=v_limits(values))


class LineView(Lines):
    """The phase line: dV/dt against V, with the pulse and without it."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        ax.axhline(0, color="black", linewidth=0.8)
        self.on = self.line(ax, "current", zorder=3, label="with $I$")
        self.off = self.line(ax, "theory", linestyle="--", linewidth=1.6, label="without $I$")
        self.dot = self.mark(ax, "spike", "o", markersize=8, zorder=6)
        ax.set(xlim=(-71, -59), ylim=(-0.04, 0.04), xlabel=label("v"), ylabel="$dV/dt$ (mV/ms)")
        ax.locator_params(nbins=4, steps=[1, 2, 5, 10], prune="both")
        legend_above(ax, handles=[self.on, self.off])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the two lines and the dot to the run; the dot stands on the line that acts."""
        k, tau = round(values["t"] / DT), run.neuron.tau_m
        ends = np.array([-150.0, 10.0])  # mV, beyond any limits
        for line, v_inf in ((self.on, v_final(values)), (self.off, run.neuron.v_rest)):
            line.set_data(ends, (v_inf - ends) / tau)
        _, charge, _ = currents(run)
        self.dot.set_data([run.v[k]], [charge[k] / values["c_m"]])
        steepest = 1.3 * rounded_up(max(abs(values["current"]), 0.05) / values["c_m"], ROUND)
        return limit(self.ax, x=v_limits(values), y=(-steepest, steepest))


class MembraneScene(Scene):
    """V over time, dV/dt against V, and the currents of one moment in the circuit."""

    name = "membrane"
    caption = (
        "A pulse of current through a membrane: the three currents and V over time, the phase line with a "
        "dot that moves along it, and the circuit with arrows as long as its currents are strong."
    )
    size = (7.0, 4.3)
    mosaic: ClassVar[list[Any]] = [["currents", "circuit"], ["trace", "line"]]
    ratios: ClassVar[dict[str, Any]] = {"width_ratios": [1.25, 1.0], "height_ratios": [1.0, 1.4]}
    views: ClassVar[dict[str, Any]] = {
        "currents": CurrentsView, "trace": TraceView, "line": LineView, "circuit": CircuitView,
    }  # fmt: skip
    controls = (
        Control("r_m", 1.0, 20.0, 0.5),
        Control("c_m", 0.1, 2.0, 0.05),
        Control("current", -STRONGEST, STRONGEST, 0.05),
        Control("width", 0.5, 80.0, 0.5, grid=DT, like="t", text="pulse"),
        Control("t", 0.0, DURATION, 0.5, grid=0.5),
    )
    presets = {
        "step": dict(r_m=10.0, c_m=0.8, current=1.0, width=60.0, t=12.0),
        "half of C": dict(c_m=0.4),
        "half of R": dict(r_m=5.0),
        "short pulse": dict(current=2.0, width=2.0, t=14.0),
        "outward current": dict(current=-1.0),
        "slow membrane": dict(r_m=20.0, c_m=1.5, current=0.5, t=40.0),
    }
    clock = "t"

    def __init__(self, fig: Figure | SubFigure) -> None:
        axes = fig.subplot_mosaic(self.mosaic, **self.ratios)
        self.parts = [self.views[name](ax) for name, ax in axes.items()]
        self.moving = [artist for part in self.parts for artist in part.moving]

    def simulate(self, values: Values) -> Run1D:
        """Return the run."""
        neuron = LIF(r_m=values["r_m"], tau_m=values["r_m"] * values["c_m"], v_th=FAR)
        end = START + values["width"]
        current = step(DURATION, DT, start=START, stop=end, amplitude=values["current"])
        return simulate_1d(neuron, duration=DURATION, dt=DT, current=current)

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring every view to the run and the time."""
        return any([part.update(run, values) for part in self.parts])

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return τ and V∞, V at the end of the pulse, and the currents of the moment."""
        k, end = (round(t / DT) for t in (values["t"], START + values["width"]))
        _, charge, leak = (flow[k].round(2) + 0.0 for flow in currents(run))  # -0.0 becomes 0.0
        return (
            f"τ = {run.neuron.tau_m:.4g} ms, V∞ = {v_final(values):.4g} mV. "
            f"At the end of the pulse V is {run.v[end]:.2f} mV. "
            f"At {values['t']:g} ms {charge:.2f} nA charge the membrane, {leak:.2f} nA leak."
        )


class MembraneColumn(MembraneScene):
    """The views one below the other, to stand beside others, without the circuit of the moment."""

    size = (7.0, 5.6)
    mosaic = [["currents"], ["trace"], ["line"]]
    ratios = {"height_ratios": [1.0, 1.3, 1.3]}


explore_membrane = explorer(
    MembraneScene,
    "Explore what resistance and capacitance do to a membrane's answer to a pulse of current.",
)
draw_membrane = drawing(MembraneColumn)
