"""The rate explorer: the f–I curve, the reader's guess of it, and V at one of its currents."""

import functools
import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from lifcore import theory
from lifcore.exact import simulate_exact
from lifcore.figures import label, legend_above, stems
from lifcore.lif1d import Run1D
from lifcore.neuron import LIF
from lifcore.widgets.looks import HIDDEN, Lines, limit, rounded_up
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

DURATION = 100.0  # ms
STRONGEST = 10.0  # nA
RIGHT = 1.02 * STRONGEST  # where the axis ends, so that the last dot is whole
DOTS = np.arange(0.5, STRONGEST + 0.25, 0.5)  # nA
GUESSES = {"guess_3": 3.0, "guess_6": 6.0, "guess_9": 9.0}  # control -> nA
REACH = 1.0  # nA: how far from a guess it can be caught
ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)  # where an axis may end


class RateScene(Lines, Scene):
    """The rate at each current above, V over time at one of them below."""

    name = "rate"
    caption = "The firing rate of one neuron against its input current, and below it V over 100 ms."
    size = (7.0, 4.6)
    controls = (
        Control("current", 0.0, STRONGEST, 0.05),
        Control("tau_m", 2.0, 40.0, 0.5),
        Control("r_m", 4.0, 20.0, 0.5),
        Control("t_ref", 0.0, 10.0, 0.5),
        Control("v_reset", -80.0, -55.0, 1.0),  # always below v_th
        Control("answer", choices=(("shown", "shown"), ("hidden", "hidden")), text="answer"),
        *(Control(name, 0.0, 1000.0, 5.0, like="rate", text=f"$f_{i:g}$") for name, i in GUESSES.items()),
    )
    presets = {
        "default": dict(
            current=2.5, tau_m=8.0, r_m=10.0, t_ref=2.0, v_reset=-65.0, answer="shown",
            guess_3=0.0, guess_6=0.0, guess_9=0.0,
        ),
        "just above rheobase": dict(current=2.01),
        "no rest": dict(current=4.0, t_ref=0.0),
        "long rest": dict(current=4.0, t_ref=10.0),
        "slow membrane": dict(current=4.0, tau_m=20.0),
        "guess first": dict(
            current=1.0, tau_m=12.0, r_m=16.0, t_ref=4.0, answer="hidden",
            guess_3=100.0, guess_6=100.0, guess_9=100.0,
        ),
    }  # fmt: skip
    actions = ("Reveal or hide",)

    def __init__(self, fig: Figure | SubFigure) -> None:
        top, bottom = self.top, _ = fig.subplots(2, 1, height_ratios=(1.7, 1.0))
        self.theory = self.line(top, "theory")
        self.ceiling = self.line(top, "theory", linestyle="--", label="ceiling")
        self.rheobase = self.line(top, "theory", linestyle=":", label="rheobase", upright=True)
        self.now = self.line(top, "current", zorder=4, label="$I$", upright=True)
        self.dots = self.mark(top, "spike", "o", markersize=4, zorder=5, label="simulation")
        self.guess = self.line(top, "guess", marker="D", linestyle="-.", zorder=6, label="your guess")
        self.guess.set(clip_on=False, in_layout=False)  # whole also at the upper end
        top.set(xlim=(0, RIGHT), xticks=range(0, 11, 2), ylim=(0, 100))
        top.set(xlabel=label("current"), ylabel=label("rate"))

        self.th = self.line(bottom, "th", [0, DURATION], [-50, -50])
        self.spikes, self.v = self.line(bottom, "spikes"), self.line(bottom, "v")
        bottom.set(xlim=(0, DURATION), ylim=(-83, -36), xlabel=label("t"), ylabel=label("v"))
        above = [self.theory, self.dots, self.rheobase, self.ceiling, self.guess, self.now]
        legend_above(top, handles=[*above, self.v, self.th, self.spikes])
        fig.align_ylabels()
        self.pointable = (top,)

    def simulate(self, values: Values) -> Run1D:
        """Return the run at the current that is chosen."""
        neuron = LIF(**{name: values[name] for name in ("tau_m", "r_m", "t_ref", "v_reset")})
        return simulate_exact(neuron, duration=DURATION, current=values["current"])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the curve to the neuron, the trace to the run, the limit to the curve and the guess."""
        neuron, guess = run.neuron, guessed(values)
        currents, rates = curve(neuron)
        top = rates[-1]
        ceiling = 1000.0 / neuron.t_ref if neuron.t_ref else math.inf
        high = max(1.08 * (ceiling if ceiling < 2 * top else top), *guess, 1.0)
        end = rounded_up(high, ROUND)
        shown = values["answer"] == "shown"
        self.show(
            theory=(currents, rates) if shown else HIDDEN,
            dots=(DOTS, dots(neuron)) if shown else HIDDEN,
            rheobase=([theory.rheobase(neuron)] * 2, [0, 1]) if shown else HIDDEN,
            ceiling=([0, RIGHT], [ceiling] * 2) if shown and ceiling < end else HIDDEN,
            now=([values["current"]] * 2, [0, 1]),
            guess=(list(GUESSES.values()), guess) if any(guess) else HIDDEN,
            v=(run.t, run.v),
            spikes=stems(run.spikes, neuron.v_th, -38),
        )
        return limit(self.top, y=(0, end))

    def act(self, action: str, values: Values) -> Values:
        """Reveal the curve, or hide it again."""
        return values | {"answer": "hidden" if values["answer"] == "shown" else "shown"}

    def pointed(self, axes: Axes, x: float, y: float, values: Values) -> Values:
        """Drag the guess within reach while the answer is hidden, and the current else."""
        if values["answer"] == "shown":
            return {"current": x}
        return {name: y for name, current in GUESSES.items() if abs(current - x) <= REACH}

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return interval and rate, and how good the guess is; nothing of it while the answer is hidden."""
        neuron, guess = run.neuron, guessed(values)
        if values["answer"] == "hidden":
            return "The curve is hidden: drag your guesses up and down, or set f₃, f₆ and f₉; then reveal it."
        start, now = theory.rheobase(neuron), measured(neuron, values["current"])
        limit = f"ceiling {1000 / neuron.t_ref:.4g} Hz" if neuron.t_ref else "no ceiling"
        text = f"Silent: {values['current']:g} nA is not above the rheobase, {start:.4g} nA."
        if now:
            text = f"Fires every {1000 / now:.3g} ms, {now:.4g} Hz; rheobase {start:.4g} nA, {limit}."
        if not any(guess):
            return text
        right = theory.rate(neuron, list(GUESSES.values()))
        return f"{text} Your guesses are off by {np.mean(abs(guess - right)):.3g} Hz on average."


def guessed(values: Values) -> np.ndarray:
    """Return the reader's guesses, Hz."""
    return np.array([values[name] for name in GUESSES])


@functools.lru_cache(maxsize=1)
def curve(neuron: LIF) -> tuple[np.ndarray, np.ndarray]:
    """Return currents and rates by the formula, close together where the curve begins."""
    start = theory.rheobase(neuron)
    over = np.geomspace(1e-9, STRONGEST - start, 300)
    currents = np.array([0.0, start, *(start + over)])
    return currents, theory.rate(neuron, currents)


@functools.lru_cache(maxsize=1)
def dots(neuron: LIF) -> np.ndarray:
    """Return the rates that simulation finds at the currents of the dots, Hz."""
    return np.array([measured(neuron, current) for current in DOTS])


def measured(neuron: LIF, current: float) -> float:
    """Return the rate from the first interval of a simulation, Hz; 0 where nothing fires."""
    expected = theory.rate(neuron, current)  # tells only how long to simulate: a bit more than two spikes
    duration = theory.latency(neuron, current) + 1500.0 / expected if expected else 1000.0
    spikes = simulate_exact(neuron, duration=duration, dt=duration, current=current).spikes
    return float(1000.0 / (spikes[1] - spikes[0])) if spikes.size > 1 else 0.0


explore_rate = explorer(
    RateScene, "Explore how the firing rate follows a constant current, and guess the curve."
)
draw_rate = drawing(RateScene)
