"""The first explorer: one neuron under a constant current."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from lifcore import theory
from lifcore.figures import COLORS, label, stems
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.measures import rate
from lifcore.neuron import LIF
from lifcore.widgets.looks import Lines, counted
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION = 100.0  # ms


class FirstScene(Lines, Scene):
    """The current above, V below."""

    name = "first"
    caption = "The input current of one neuron, and below it its membrane potential over 100 ms."
    size = (7.0, 3.6)
    controls = (
        Control("current", 0.0, 6.0, 0.05),
        Control("tau_m", 1.0, 40.0, 0.5),
    )
    presets = {
        "it fires": {"current": 2.5, "tau_m": 8.0},
        "just too weak": {"current": 1.95},
        "just enough": {"current": 2.05},
        "strong": {"current": 4.5},
    }

    def __init__(self, fig: Figure | SubFigure) -> None:
        neuron = LIF()
        rheobase = theory.rheobase(neuron)
        top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=(1.0, 2.6))
        top.axhline(rheobase, color=COLORS["theory"], linewidth=1.2, linestyle=":")
        _name(top, rheobase, f"rheobase\n{rheobase:g} nA")
        self.current = self.line(top, "current", linewidth=2.4, zorder=3)
        top.set(ylim=(0, 6.4), yticks=[0, 2, 4, 6], ylabel=label("current"))
        bottom.axhline(neuron.v_th, color=COLORS["th"], linestyle="--")
        _name(bottom, neuron.v_th, f"threshold\n{neuron.v_th:g} mV")
        self.spikes, self.v = self.line(bottom, "spikes", linewidth=2.4), self.line(bottom, "v")
        bottom.set(xlim=(0, DURATION), ylim=(-72, -35), xlabel=label("t"), ylabel=label("v"))
        fig.align_ylabels()

    def simulate(self, values: Values) -> Run1D:
        """Return the run."""
        return simulate_1d(LIF(tau_m=values["tau_m"]), duration=DURATION, current=values["current"])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the lines to the run."""
        self.show(
            current=([0, DURATION], [values["current"]] * 2),
            v=(run.t, run.v),
            spikes=stems(run.spikes, run.neuron.v_th, -38),
        )
        return False

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return number and rate of the spikes, or how far V gets."""
        if run.spikes.size:
            return f"{counted(run.spikes.size)}, {rate(run):g} Hz."
        rheobase = theory.rheobase(run.neuron)
        below = f"a current up to the rheobase, {rheobase:g} nA, never fires it"
        if values["current"] > rheobase:
            below = f"the first one would come at {theory.latency(run.neuron, values['current']):.4g} ms"
        top = round(float(np.max(run.v)), 1)
        gets = f"V reaches {top} mV" if top < run.neuron.v_th else "V only comes close to the threshold"
        return f"No spike: {gets}; {below}."


def _name(ax: Axes, y: float, text: str) -> None:
    """Name a level to the right of the axes, where no curve comes."""
    text = text.replace("-", "\N{MINUS SIGN}")
    ax.text(1.01, y, text, transform=ax.get_yaxis_transform(), va="center", fontsize=11, linespacing=1.1)


explore_first = explorer(FirstScene, "Explore one neuron under a constant current.")
draw_first = drawing(FirstScene)
