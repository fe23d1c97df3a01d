"""The time-step explorer: one neuron stepped by a scheme of choice, beside what the equation says."""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from lifcore.exact import simulate_exact
from lifcore.figures import label, legend_above, stems
from lifcore.given import steps_up
from lifcore.lif1d import Run1D
from lifcore.neuron import LIF
from lifcore.schemes import SchemeRun, effective_tau, grid_interval, simulate_scheme
from lifcore.widgets.looks import HIDDEN, Lines, counted, limit
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION = 1000.0  # ms
SHORT = 50.0  # ms, how much of it the upper panel shows at least
TAU = 10.0  # ms
WEAKEST, STRONGEST = 1.0, 6.0  # RI/θ, the ends of the axis of the drives
LOG_RATIOS = np.linspace(-math.log(1 - 1 / STRONGEST), 3.5, 300)  # L along the axis of the drives


@dataclass(frozen=True, eq=False)
class Beside:
    """A run by the scheme that is chosen, and the equation's own."""

    run: SchemeRun | Run1D
    exact: Run1D
    interval: float  # ms, by the equation; inf up to the rheobase


def neuron_of(values: Values) -> LIF:
    """Return the neuron, of θ = 1 mV and R = 1 MΩ: its current in nA is RI/θ."""
    t_ref = round(values["n_ref"] * values["dt"], 9)
    return LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, r_m=1.0, tau_m=TAU, t_ref=t_ref)


def log_ratios(step: float) -> np.ndarray:
    """Return the L at which to draw a sawtooth whose teeth are `step` wide in L: both sides of each edge."""
    edges = step * np.arange(1, math.ceil(LOG_RATIOS[-1] / step))
    return np.sort(np.concatenate([LOG_RATIOS, edges * (1 - 1e-6), edges * (1 + 1e-6)]))


def steps_of(run: SchemeRun | Run1D) -> list[int]:
    """Return the intervals between the spikes, in steps."""
    return np.rint(np.diff(run.spikes) / run.dt).astype(int).tolist()


class TraceView(Lines):
    """V over time, by the scheme and by the equation."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.th = self.line(ax, "th", [0, 1e3], [1, 1])
        self.theory = self.line(ax, "theory")
        self.due = self.line(ax, "theory", linestyle=":", linewidth=2, label="theory's spikes")
        self.spikes = self.line(ax, "spikes", linewidth=2.4, label="spikes")
        self.v = self.line(ax, "v", markersize=3.5, linewidth=1)
        ax.set(xlim=(0, 300), ylim=(-1.5, 1.6), yticks=[-1, 0, 1], xlabel=label("t"), ylabel=label("v"))
        legend_above(ax, handles=[self.v, self.theory, self.th, self.spikes, self.due])

    def update(self, shown: Beside, values: Values) -> bool:
        """Bring the lines to the two runs."""
        run, exact = shown.run, shown.exact
        end = SHORT * math.ceil(12 * values["dt"] / SHORT)
        k = run.t <= end + run.dt
        self.v.set_marker("o" if run.dt >= 0.5 else "")
        self.show(
            v=(run.t[k], run.v[k]),
            theory=(exact.t, exact.v),
            due=stems(exact.spikes, 1.0, 1.5),
            spikes=stems(run.spikes[run.spikes <= end], 1.0, 1.35),
        )
        return limit(self.ax, x=(0.0, end), y=(min(-0.15, math.floor(2 * run.v[k].min()) / 2), 1.6))


class ErrorView(Lines):
    """What is shown of the intervals' errors, in steps."""

    def __init__(self, ax: Axes) -> None:
        ax.axhline(0, color="black", linewidth=0.8)
        ax.set(ylim=(-2.2, 1.4), yticks=[-2, -1, 0, 1])
        self.dots = self.mark(ax, "spike", ".", zorder=5)


class DriveView(ErrorView):
    """The interval's error against the drive, as the formulas give it."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        self.teeth = self.line(ax, "silent", linewidth=1.2, zorder=3, label="each drive")
        self.mean = self.line(ax, "theory", zorder=4, label="theory, mean")
        self.dots.set(marker="o", markersize=7, label="now")
        ax.set(xlim=(WEAKEST, STRONGEST), xlabel="$RI/\\theta$", ylabel="interval − theory\n(steps)")
        legend_above(ax, handles=[self.teeth, self.mean, self.dots])

    def update(self, shown: Beside, values: Values) -> bool:
        """Bring the lines to scheme and dt, the dot to the run."""
        dt, scheme, neuron = values["dt"], values["scheme"], neuron_of(values)
        for line, mean in ((self.teeth, False), (self.mean, True)):
            if scheme == "euler" and dt > TAU:  # it overshoots: there is no such formula
                line.set_data(*HIDDEN)
            elif scheme == "between":
                line.set_data([WEAKEST, STRONGEST], [0, 0])
            else:
                at = log_ratios(dt / max(effective_tau(TAU, dt), dt / 9) if scheme == "euler" else dt / TAU)
                drives = 1 / -np.expm1(-at)
                interval = grid_interval(neuron, drives, dt, scheme=scheme, mean=mean)
                line.set_data(drives, (interval - neuron.t_ref - TAU * at) / dt)
        first = np.diff(shown.run.spikes)[:1] - shown.interval
        self.dots.set_data([values["current"]] * first.size, first / dt)
        return False


class TimeView(ErrorView):
    """The error of each interval of the run."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        ax.set(xlim=(0, DURATION), xticks=[0, 500, 1000], xlabel=label("t"))
        ax.tick_params(labelleft=False)

    def update(self, shown: Beside, values: Values) -> bool:
        """Bring the dots to the run."""
        spikes = shown.run.spikes
        self.dots.set_data(spikes[1:], (np.diff(spikes) - shown.interval) / values["dt"])
        return False


class TimeStepScene(Scene):
    """V over time above; below, the error of the interval against the drive and along the run."""

    name = "time_step"
    caption = (
        "V of one neuron by a scheme of choice and by the equation; below, how many steps the interval "
        "between its spikes is off, against the drive and along a run of a second."
    )
    size = (7.0, 4.6)
    mosaic: ClassVar[list[Any]] = [["trace", "trace"], ["drive", "time"]]
    ratios: ClassVar[dict[str, Any]] = {"width_ratios": [1.3, 1.0]}
    views: ClassVar[dict[str, Any]] = {"trace": TraceView, "drive": DriveView, "time": TimeView}
    controls = (
        Control("current", 0.1, STRONGEST, 0.01, text="$RI/\\theta$"),
        Control("dt", 0.1, 25.0, 0.1, grid=0.1),
        Control(
            "scheme",
            choices=(("Euler", "euler"), ("exact step", "exact"), ("between samples", "between")),
            text="scheme",
        ),
        Control("n_ref", 0, 20, 1, grid=1, text="rest (steps)"),
        Control(
            "rest",
            choices=(
                ("whole steps", "steps"),
                ("floats, in ms", "float ms"),
                ("floats, in s", "float s"),
            ),
            text="counted",
        ),
    )
    presets = {
        "Euler": dict(current=1.58, dt=1.0, scheme="euler", n_ref=2, rest="steps"),
        "exact step": dict(scheme="exact"),
        "in between": dict(scheme="between"),
        "weak drive": dict(current=1.05),
        "too long a step": dict(current=0.8, dt=15.0, n_ref=0),
        "unstable": dict(current=0.1, dt=25.0, n_ref=0),
        "float clock": dict(current=4.0, dt=0.1, scheme="exact", n_ref=20, rest="float s"),
    }

    def __init__(self, fig: Figure | SubFigure) -> None:
        axes = fig.subplot_mosaic(self.mosaic, **self.ratios)
        self.parts = [self.views[name](ax) for name, ax in axes.items()]
        self.moving = [artist for part in self.parts for artist in part.moving]

    def simulate(self, values: Values) -> Beside:
        """Return the run, and the equation's beside it."""
        neuron, dt, current = neuron_of(values), values["dt"], values["current"]
        duration = steps_up(DURATION, dt) * dt
        shared: dict[str, Any] = {"duration": duration, "dt": dt, "current": current}
        run: SchemeRun | Run1D
        if values["scheme"] == "between":
            run = simulate_exact(neuron, **shared)
        else:
            run = simulate_scheme(neuron, **shared, scheme=values["scheme"], rest=values["rest"])
        exact = simulate_exact(neuron, duration=SHORT * math.ceil(12 * dt / SHORT), current=current)
        rise = TAU * -math.log1p(-1 / current) if current > 1 else math.inf
        return Beside(run, exact, neuron.t_ref + rise)

    def update(self, shown: Beside, values: Values) -> bool:
        """Bring every view to the runs."""
        return any([part.update(shown, values) for part in self.parts])

    def outcome(self, shown: Beside, values: Values) -> str:
        """Return the interval, how far it is off, and of how many steps the intervals are."""
        steps = Counter(steps_of(shown.run))
        if not shown.run.spikes.size:
            return "No spike: the drive is not above 1, and the equation says the same."
        if shown.interval == math.inf:
            spikes = counted(shown.run.spikes.size)
            return f"{spikes}, all of them false: at a drive up to 1 the equation never fires."
        mean = float(np.mean(np.diff(shown.run.spikes)))
        off, says = mean - shown.interval, f"the equation says {shown.interval:.4g} ms"
        if values["scheme"] == "between":
            return f"{mean:.4g} ms, as the equation says: the spikes fall between the samples."
        wrong = f"{mean:.4g} ms, {abs(off):.2g} ms too {'short' if off < 0 else 'long'}"
        if len(steps) == 1:
            return f"{wrong}: every interval is of {counted(next(iter(steps)), 'step')}; {says}."
        (n, number), *others = sorted(steps.items())
        kinds = f"{counted(number, 'interval')} of {counted(n, 'step')}"
        return f"{wrong} on average: {kinds}{''.join(f', {number} of {n}' for n, number in others)}; {says}."


class TimeStepColumn(TimeStepScene):
    """V over time and the error against the drive, one below the other, to stand beside others."""

    mosaic = [["trace"], ["drive"]]
    ratios: ClassVar[dict[str, Any]] = {}


explore_time_step = explorer(
    TimeStepScene, "Explore what the time step does to a neuron's spikes, by Euler's method and others."
)
draw_time_step = drawing(TimeStepColumn)
