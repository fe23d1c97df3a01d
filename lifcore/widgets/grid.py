"""The grid explorer: a wave on a sheet of neurons, as V, as V_t and as spikes."""

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure, SubFigure
from matplotlib.image import AxesImage

from lifcore.figures import COLORS, label
from lifcore.lif2d import Grid, neighbors
from lifcore.neuron import LIF
from lifcore.widgets.first import counted
from lifcore.widgets.scene import Control, Scene, Values

SIDE = 48  # cells
DT = 0.5  # ms, one frame a step
DURATION = 200.0  # ms
NEURON = LIF(tau_th=30.0)
THETA = NEURON.v_th - NEURON.v_rest  # mV
KICK = 2 * THETA  # mV, an input spike that fires any neuron at rest
MIDDLE = [(0.0, SIDE // 2, SIDE // 2)]  # time, row, column of the input spikes that begin a preset


class GridScene(Scene):
    """Three maps of the sheet at one moment."""

    name = "grid"
    caption = (
        f"A sheet of {SIDE} by {SIDE} neurons at one moment: V, the threshold, the spikes of the last delay."
    )
    size = (7.0, 2.95)
    controls = (
        Control("weight", 0.1, 2.0, 0.05, text=r"$w/\theta$", like="ratio"),
        Control("tau_m", 1.0, 40.0, 0.5),
        Control("delay", DT, 5.0, DT, grid=DT),
        Control("t_ref", 0.0, 20.0, 0.5),
        Control("th_jump", 0.0, 40.0, 1.0),
        Control("neighbors", choices=(("4", 4), ("8", 8)), text="neighbors"),
        Control("boundary", choices=(("open", "open"), ("torus", "torus")), text="boundary"),
        Control("t", 0.0, DURATION, DT, grid=DT),
        Control("row", 0, SIDE - 1, 1, grid=1, text="row"),
        Control("column", 0, SIDE - 1, 1, grid=1, text="column"),
    )
    presets = {
        "diamond": dict(
            weight=1.1, tau_m=8.0, delay=1.0, t_ref=4.0, th_jump=0.0, neighbors=4, boundary="open",
            t=16.0, row=SIDE // 2, column=SIDE // 2,
        ),
        "square": dict(neighbors=8),
        "too weak": dict(weight=0.95, t=2.0),
        "torus": dict(boundary="torus", row=6, column=6, t=20.0),
        "fill a square": dict(weight=0.7, t=14.0),
        "echo": dict(t_ref=1.0, t=30.0),
        "adaptation": dict(th_jump=20.0, t=14.0),
    }  # fmt: skip
    starts = {
        "torus": [(0.0, 6, 6)],
        "fill a square": [(0.0, i, i) for i in range(12, 36)],
        "adaptation": [*MIDDLE, (10.0, SIDE // 2, SIDE // 2)],
    }
    actions = ("Fire", "Step")
    clock = "t"

    def __init__(self, fig: Figure | SubFigure) -> None:
        spike_map = ListedColormap(["white", COLORS["spike"]])
        shown = [
            (label("v"), "viridis", NEURON.v_rest, NEURON.v_th),
            (label("th"), "viridis", NEURON.v_th, NEURON.v_th + 2 * THETA),
            ("spikes of the last $D$", spike_map, 0, 1),
        ]
        self.images: list[AxesImage] = []
        for ax, (title, cmap, low, high) in zip(fig.subplots(1, 3), shown, strict=True):
            image = ax.imshow(np.zeros((SIDE, SIDE)), cmap, vmin=low, vmax=high, interpolation="nearest")
            image.set_zorder(3)
            ax.set(title=title, xticks=[], yticks=[], xlim=(-0.5, SIDE - 0.5), ylim=(SIDE - 0.5, -0.5))
            ax.spines[:].set_visible(True)
            if cmap == "viridis":
                below = ax.inset_axes((0.0, -0.11, 1.0, 0.05))
                bar = fig.colorbar(image, cax=below, orientation="horizontal", ticks=[low, high])
                first, last = bar.ax.get_xticklabels()
                first.set_horizontalalignment("left")  # else the numbers of two maps touch
                last.set_horizontalalignment("right")
            self.images.append(image)
        fig.axes[0].set(yticks=[0, SIDE // 2, SIDE - 1], ylabel="row")
        ax.set(xticks=[0, SIDE // 2, SIDE - 1], xlabel="column")
        (self.mark,) = ax.plot(
            [], [], "+", color=COLORS["input"], markersize=9, markeredgewidth=1.8, zorder=4
        )
        self.moving = [*self.images, self.mark]
        self.events: list[tuple[float, int, int]] = []
        self._key: Any = None  # what the grid was made from

    def preset(self, name: str) -> Values:
        """Begin a preset with its input spikes; return the value of every control."""
        values = super().preset(name)
        self.events = list(self.starts.get(name, MIDDLE))
        return values

    def simulate(self, values: Values) -> Grid:
        """Return the grid at the time asked for, stepped on from where it stood where that is possible."""
        sheet = {name: values[name] for name in ("weight", "tau_m", "delay", "t_ref", "th_jump")}
        key = *sheet.values(), values["neighbors"], values["boundary"], *self.events
        target = round(values["t"] / DT)
        if key != self._key or self._grid.steps > target:
            self._key = key
            self._begin(sheet, values["neighbors"], values["boundary"])
        while self._grid.steps < target:
            self._grid.step(self._kicks(self._grid.steps + 1))
            self._count()
        return self._grid

    def _begin(self, sheet: Values, n: int, boundary: str) -> None:
        """Put the sheet at sample 0."""
        neuron = replace(NEURON, **{name: sheet[name] for name in ("tau_m", "t_ref", "th_jump")})
        kernel = neighbors(sheet["weight"] * THETA, n)
        shape = (SIDE, SIDE)
        self._grid = Grid(neuron, shape, dt=DT, kernel=kernel, delay=sheet["delay"], boundary=boundary)
        self._last = np.full(shape, -np.inf)  # step of each cell's last spike
        self.total = 0
        kicks = self._kicks(0)
        if kicks is not None:
            self._grid.start(kicks, kicks > 0)
        self._count()

    def _kicks(self, step: int) -> np.ndarray | None:
        """Return the map of input spikes that belong to a step, mV; None where there are none."""
        cells = [(row, col) for t, row, col in self.events if round(t / DT) == step]
        if not cells:
            return None
        kicks = np.zeros((SIDE, SIDE))
        for cell in cells:
            kicks[cell] = KICK
        return kicks

    def _count(self) -> None:
        self._last[self._grid.fired] = self._grid.steps
        self.total += int(self._grid.fired.sum())

    def _recent(self) -> np.ndarray:
        """Return who fired during the last delay."""
        return self._grid.steps - self._last < round(self._grid.delay / DT)

    def act(self, action: str, values: Values) -> Values:
        """Step on by one dt, with or without an input spike at the cell chosen."""
        t = min(values["t"] + DT, DURATION)
        if action == "Fire":
            self.events.append((t, int(values["row"]), int(values["column"])))
        return values | {"t": t}

    def update(self, run: Grid, values: Values) -> bool:
        """Bring the maps to the grid."""
        for image, shown in zip(self.images, (run.v, run.th, self._recent()), strict=True):
            image.set_data(shown)
        self.mark.set_data([values["column"]], [values["row"]])
        # A dashed frame: what leaves on one side comes back on the other.
        frame = "--" if run.boundary == "torus" else "-"
        spines = [spine for image in self.images for spine in image.axes.spines.values()]
        changed = spines[0].get_linestyle() != frame
        for spine in spines:
            spine.set(linestyle=frame)
        return changed

    def outcome(self, run: Grid, values: Values) -> str:
        """Return the time, the spikes of the step and all of them."""
        now = counted(int(run.fired.sum()))
        end = "" if self._recent().any() else " The sheet is silent."
        return f"t = {run.t:g} ms: {now} in this step, {self.total} so far.{end}"
