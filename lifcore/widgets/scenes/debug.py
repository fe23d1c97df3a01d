"""The step debugger: the loop of `simulate_1d`, line by line."""

import html
import inspect
import sys
import textwrap
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np
from matplotlib.figure import Figure, SubFigure

from lifcore import engine
from lifcore.figures import label, legend_above, stems
from lifcore.lif1d import Run1D, integrate, simulate_1d
from lifcore.neuron import LIF
from lifcore.widgets.looks import Lines
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import explorer

DURATION, DT = 40.0, 1.0  # ms
BLOCK = "white-space:pre;margin:0;overflow-x:auto;font-size:12px;line-height:1.35"


@dataclass(frozen=True)
class Moment:
    """Where the loop stands: before a line of it runs."""

    line: int  # counted from the first line of the listing
    k: int  # the sample that is being computed
    v: float
    th: float
    hold: int
    fired: int  # spikes so far


@dataclass(frozen=True, eq=False)
class Trace:
    """What the loop did, line by line, and the run that came of it."""

    moments: list[Moment]
    run: Run1D
    kicks: np.ndarray  # mV, (n+1,)


def listing() -> list[str]:
    """Return the lines of the loop as they stand in `lifcore.lif1d.integrate`."""
    lines = inspect.getsource(integrate).splitlines()
    first = next(i for i, line in enumerate(lines) if line.lstrip().startswith("for "))
    last = next(i for i, line in enumerate(lines) if line.lstrip().startswith("return "))
    return textwrap.dedent("\n".join(lines[first:last])).splitlines()


def trace(**kwargs: Any) -> Trace:
    """Run `simulate_1d` and watch its own loop at work: nothing is computed here a second time."""
    source, start = inspect.getsourcelines(integrate)
    first = start + next(i for i, line in enumerate(source) if line.lstrip().startswith("for "))
    last = first + len(listing())
    moments: list[Moment] = []
    kicks: list[float] = []

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code is not integrate.__code__:
            return None
        seen = frame.f_locals
        if event == "line" and first <= frame.f_lineno <= last:
            at = frame.f_lineno - first
            k = seen.get("k", 0)
            moments.append(Moment(at, k, seen["v"], seen["th"], seen["hold"], len(seen["spikes"])))
            kicks[:] = seen["kicks"]
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        with engine.uncompiled():
            run = simulate_1d(**kwargs)
    finally:
        sys.settrace(before)
    return Trace(moments, run, np.array(kicks))


class DebugScene(Lines, Scene):
    """V as far as the loop has come, and the line that has just run."""

    name = "debug"
    caption = (
        "V as far as the loop has come, before (open circle) and after (filled) the line that has just run."
    )
    size = (6.4, 3.0)
    controls = (Control("lines", 0, 1, 1, grid=1, text="lines run"),)
    presets = {"classic": {}, "refractory": {}, "coincidence": {}, "adaptive threshold": {}}
    cases = {
        "classic": (LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0), [10, 20, 30], 0.5),
        "refractory": (LIF(v_rest=0, v_reset=-0.2, v_th=0.6, tau_m=14, t_ref=12), [10, 20, 30], 0.8),
        "coincidence": (LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0), [20, 20, 20], 0.25),
        "adaptive threshold": (
            LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=14, t_ref=0, th_jump=0.45, tau_th=14),
            [10, 20, 30],
            0.5,
        ),
    }
    actions = ("Next line", "Next step", "Run to input", "Run to spike")
    clock = "lines"
    interval = 400

    def __init__(self, fig: Figure | SubFigure) -> None:
        self.listing = listing()
        ax = fig.subplots()
        self.inputs, self.th = self.line(ax, "inputs"), self.line(ax, "th")
        self.spikes = self.line(ax, "spikes", linewidth=2.6)
        self.v = self.line(ax, "v", marker=".", markersize=5)
        self.jump = self.line(ax, "theory", linestyle=":", linewidth=1.6, zorder=5)
        self.old = self.mark(ax, "v", "o", mfc="white", markersize=9, label="before")
        self.new = self.mark(ax, "v", "o", markersize=6, zorder=6, label="after")
        ax.set(xlim=(0, DURATION), ylim=(-0.3, 1.3), xlabel=label("t"), ylabel=label("v"))
        legend_above(ax, handles=[self.v, self.old, self.th, self.new, self.inputs, self.spikes], cols=3)

    def preset(self, name: str) -> Values:
        """Trace a case; begin where its first input acts, or where it first fires."""
        super().preset(name)
        neuron, times, weight = self.cases[name]
        self.trace = trace(neuron=neuron, duration=DURATION, dt=DT, input_spikes=times, input_weights=weight)
        return {"lines": self._next(0, "Run to input" if name == "classic" else "Run to spike")}

    def high(self, control: Control) -> float:
        """Return how many lines the loop runs."""
        return len(self.trace.moments) - 1

    def simulate(self, values: Values) -> Run1D:
        """Return the whole run; the picture shows it as far as the loop has come."""
        return self.trace.run

    def act(self, action: str, values: Values) -> Values:
        """Let one line run, or all lines up to the place that the button names."""
        return {"lines": self._next(int(values["lines"]), action)}

    def _next(self, at: int, action: str) -> int:
        moments, kicks = self.trace.moments, self.trace.kicks
        for i in range(at + 1, len(moments)):
            old, new = moments[i - 1], moments[i]
            if (
                action == "Next line"
                or (action == "Next step" and new.line == 0)
                or (action == "Run to spike" and new.fired > old.fired)
                or (action == "Run to input" and kicks[new.k] != 0 and "kicks[k]" in self.listing[old.line])
            ):
                return i
        return len(moments) - 1

    def _state(self, values: Values) -> tuple[Moment, Moment]:
        """Return the moments before and after the line that has just run."""
        at = int(values["lines"])
        return self.trace.moments[max(at - 1, 0)], self.trace.moments[at]

    def update(self, run: Run1D, values: Values) -> bool:
        """Draw the samples computed so far and the two values of V."""
        old, new = self._state(values)
        # A sample is complete when the loop asks for the next.
        done = new.k if new.line in (0, len(self.listing)) else new.k - 1
        t = new.k * DT
        self.show(
            inputs=stems(run.input_spikes, -0.3, 1.3),
            th=([*run.t[: done + 1], t, DURATION], [*run.th[: done + 1], new.th, new.th]),
            spikes=stems(run.spikes[: new.fired], run.neuron.v_th, 1.2),
            v=(run.t[: done + 1], run.v[: done + 1]),
            jump=([t, t], [old.v, new.v]),
            old=([t], [old.v]),
            new=([t], [new.v]),
        )
        return False

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return what the line did to V."""
        old, new = self._state(values)
        if not values["lines"]:
            return f"The loop is about to begin: V = {new.v:g} mV at 0 ms."
        code = self.listing[old.line].split("#")[0].strip()
        change = f"V = {new.v:.4g} mV" if old.v == new.v else f"V from {old.v:.4g} to {new.v:.4g} mV"
        return f"Sample {new.k}, {new.k * DT:g} ms, after “{code}”: {change}."

    def panel(self, run: Run1D, values: Values) -> str:
        """Return the listing with the line that has just run marked, and the variables beside it."""
        old, new = self._state(values)
        rows = []
        for i, line in enumerate(self.listing):
            acts = values["lines"] and i == old.line
            style = "background:rgba(230,159,0,.4);font-weight:bold" if acts else ""
            rows.append(f'<div style="{style}">{"▶" if acts else " "} {html.escape(line)}</div>')
        state = {
            "k": new.k,
            "v": f"{old.v:.4g} → {new.v:.4g}",
            "th": f"{new.th:.4g}",
            "hold": new.hold,
            "kicks[k]": f"{self.trace.kicks[new.k]:g}",
            "spikes": new.fired,
        }
        cells = "".join(f"<span><code>{name}</code> = <b>{value}</b></span>" for name, value in state.items())
        return (
            '<div style="width:0;min-width:100%">'  # no wider than there is room: the listing scrolls
            f'<pre class="lif-listing" style="{BLOCK}">{"".join(rows)}</pre>'
            f'<div style="display:flex;flex-wrap:wrap;gap:2px 18px;line-height:1.5">{cells}</div></div>'
        )


debug_spike = explorer(DebugScene, "Step through the loop of `simulate_1d`, line by line.", "debug_spike")
