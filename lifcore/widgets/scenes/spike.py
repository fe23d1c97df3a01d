"""The classic explorer: three input spikes, threshold, reset and refractory period."""

import math

import numpy as np
from matplotlib.figure import Figure, SubFigure
from matplotlib.transforms import ScaledTranslation

from lifcore.figures import label, legend_above, stems
from lifcore.given import steps_up
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.measures import rate
from lifcore.neuron import LIF
from lifcore.widgets.looks import INPUTS, Lines, controls, counted, limit, lost_inputs, with_peaks
from lifcore.widgets.scene import Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION = 100.0  # ms


class SpikeScene(Lines, Scene):
    """V over time, before and after each reset."""

    name = "spike"
    caption = (
        "The membrane potential of one neuron over 100 ms, its threshold, three input spikes, its spikes."
    )
    size = (7.0, 3.6)
    controls = controls("tau_m weight t0 t1 t2 v_th v_reset t_ref", DURATION)
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
        self.held = self.line(ax, "silent", linewidth=8, solid_capstyle="butt", zorder=3, label="refractory")
        self.reset = self.line(ax, "theory", linestyle=":", label="reset")
        self.inputs = self.line(ax, "inputs", upright=True)
        self.th = self.line(ax, "th")
        self.spikes = self.line(ax, "spikes", linewidth=2.6)
        self.v = self.line(ax, "v")
        self.peak = self.mark(ax, "v", "o", mfc="white", zorder=6, label="$V$ before reset")
        self.lost = self.mark(ax, "input", "X", markersize=9, zorder=6, label="input lost")
        lines = [self.v, self.peak, self.th, self.reset, self.inputs, self.spikes, self.held, self.lost]
        # Three heights, so that the names of inputs that coincide stay readable.
        # As markers, since text takes ten times as long to draw.
        heights = [0.95 - 0.085 * i for i in range(3)]
        self.names = [
            self.mark(ax, "input", f"$t_{i}$", [0], [y], markersize=11, markeredgewidth=0, zorder=7)
            for i, y in enumerate(heights)
        ]
        # A name stands right of its line, at the end of the axis left of it.
        upright, inch = ax.get_xaxis_transform(), fig.dpi_scale_trans
        self.right, self.left = (upright + ScaledTranslation(x, 0, inch) for x in (0.095, -0.095))
        ax.set(xlim=(0, DURATION), ylim=(-0.2, 1.0), xlabel=label("t"), ylabel=label("v"))
        legend_above(ax, handles=lines, cols=4)

    def simulate(self, values: Values) -> Run1D:
        """Return the run."""
        neuron = LIF(v_rest=0.0, **{name: values[name] for name in ("v_reset", "v_th", "tau_m", "t_ref")})
        times = [values[name] for name in INPUTS]
        return simulate_1d(neuron, duration=DURATION, input_spikes=times, input_weights=values["weight"])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the lines to the run, and the limits to the lines."""
        neuron, (t, v, _, after) = run.neuron, with_peaks(run)
        spikes, lost = t[after], lost_inputs(run)
        # Rounded, so that a slider that moves a little seldom makes everything be drawn anew.
        low, high = min(neuron.v_reset, v.min()), max(neuron.v_th, v.max())
        low, high = math.floor(5 * low) / 5, math.ceil(5 * high) / 5
        until = spikes + steps_up(neuron.t_ref, run.dt) * run.dt
        self.show(
            v=(t, v),
            peak=(spikes, v[after - 1]),
            th=([0, DURATION], [neuron.v_th] * 2),
            reset=([0, DURATION], [neuron.v_reset] * 2),
            inputs=stems(run.input_spikes, 0, 1),
            spikes=stems(spikes, neuron.v_th, high + 0.2 * (high - low)),
            lost=(lost, np.full(lost.size, neuron.v_reset)),
            held=stems(np.full(spikes.size, neuron.v_reset), spikes, until)[::-1],  # bars: stems that lie
        )
        for name, time in zip(self.names, run.input_spikes, strict=True):
            name.set_xdata([time])
            name.set_transform(self.left if time > 0.96 * DURATION else self.right)
        return limit(self.ax, y=(low - 0.1 * (high - low), high + 0.45 * (high - low)))

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return number, rate and times of the spikes, and the inputs that came to nothing."""
        lost, limit = lost_inputs(run).size, run.neuron.v_th
        if not run.spikes.size:
            texts = (f"{run.v.max():.{digits}g}" for digits in range(3, 18))  # 17 digits tell every float
            below = next(text for text in texts if float(text) < limit)
            return f"No spike: V reaches {below} of {limit:g} mV."
        times = ", ".join(f"{t:g}" for t in run.spikes)
        text = f"{counted(run.spikes.size)}, {rate(run):g} Hz, at {times} ms."
        return f"{text} {counted(lost, 'input')} lost while refractory." if lost else text


explore_spike = explorer(SpikeScene, "Explore how three input spikes add up, reach the threshold or fail to.")
draw_spike = drawing(SpikeScene)
