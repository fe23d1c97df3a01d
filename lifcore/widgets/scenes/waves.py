"""The wave explorer: a map of outcomes, and the run behind each of its pixels."""

import functools
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from lifcore.figures import COLORS
from lifcore.lif2d import Run2D, neighbors, simulate_2d
from lifcore.measures import outcome, outcomes, since_last_spike, spiral_centers
from lifcore.neuron import LIF
from lifcore.widgets.draw import maps
from lifcore.widgets.looks import HIDDEN, Lines, counted, limit
from lifcore.widgets.outcomes import COLOR_MAP, WORDS, add_names, codes, extent, handles, write_names
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

SIDE = 48  # cells
STARTS = ("line", "diagonal", "flash")  # what is kicked at 0 ms
LENGTH = 20  # cells of a line or a diagonal
DURATION = 100.0  # ms; delay and time step are 1 ms
NEURON = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0)
STEP = 0.09  # of w/θ; no multiple of it is a tie, a whole number of spikes that just reach θ
RATIOS = STEP * np.arange(2, 15)
RESTS = np.arange(1, 17)  # t_ref/D
SHARE = 0.08  # of the cells that a flash kicks
TOPS = (50, 500, SIDE**2)  # spikes in a ms, the heights that the curve's axes may have
PAST = 20  # ms that the colors of the sheet reach back


@functools.cache
def beginning(start: str, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return who is kicked at 0 ms, and what arrives at 1 ms where nothing shall, in weights w."""
    kicked = np.zeros((SIDE, SIDE), bool)
    low = (SIDE - LENGTH) // 2
    line = np.arange(low, low + LENGTH)
    if start == "flash":
        return np.random.default_rng(1).random((SIDE, SIDE)) < SHARE, np.zeros((SIDE, SIDE))
    kicked[line, SIDE // 2 if start == "line" else line] = True
    reach = neighbors(1.0, n)
    arriving = sum(
        np.roll(kicked * reach[i + 1, j + 1], (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)
    )
    row, col = np.indices((SIDE, SIDE))
    left = (row >= low) & (row < low + LENGTH) & (col < (SIDE // 2 if start == "line" else row))
    return kicked, np.where(left, arriving, 0.0)


def events(start: str, n: int, weight: float, kick: float, shift: int = 0) -> np.ndarray:
    """Return the input spikes of a run; its sheet begins at the column `shift`."""
    kicked, arriving = beginning(start, n)
    parts = [
        np.column_stack((np.full(len(at), t), at + (0, shift), strength))
        for t, at, strength in (
            (0.0, np.argwhere(kicked), np.full(kicked.sum(), kick)),
            (1.0, np.argwhere(arriving), -weight * arriving[arriving > 0]),
        )
    ]
    return np.concatenate(parts)


@functools.cache
def outcome_map(start: str, n: int) -> np.ndarray:
    """Return the outcomes of all pixels, (RESTS, RATIOS).

    Only w/θ counts, so the sheets of a row lie in one grid, each with a threshold of its own.
    """
    width = SIDE + 1
    th = np.full((SIDE, RATIOS.size * width - 1), 1e9)
    starts = []
    for i, ratio in enumerate(RATIOS):
        th[:, i * width : i * width + SIDE] = 1 / ratio
        starts.append(events(start, n, 1.0, 2 / ratio, i * width))
    rows = []
    for rest in RESTS:
        neuron = replace(NEURON, t_ref=float(rest), tau_th=1e9)  # thresholds that stay where they start
        run = simulate_2d(
            neuron, shape=th.shape, duration=DURATION, dt=1.0, kernel=neighbors(1.0, n), th_start=th,
            input_spikes=np.concatenate(starts), dtype=np.float32,
        )  # fmt: skip
        rows.append(outcomes(run, SIDE))
    return np.array(rows)


class WavesScene(Lines, Scene):
    """The map, the sheet at one moment, and the spikes of all moments."""

    name = "waves"
    caption = (
        "What becomes of a sheet, for each weight and each rest; the sheet of the ringed pixel at one "
        "moment, with the time since each cell's last spike; its spikes in each ms."
    )
    size = (7.0, 3.6)
    controls = (
        Control("weight", RATIOS[0], RATIOS[-1], STEP, text=r"$w/\theta$", grid=STEP),
        Control("t_ref", RESTS[0], RESTS[-1], 1, text=r"$t_\mathrm{ref}/D$", grid=1),
        Control("start", choices=tuple((name, name) for name in STARTS), text="start"),
        Control("neighbors", choices=(("4", 4), ("8", 8)), text="neighbors"),
        Control("t", 0.0, DURATION, 1.0, grid=1.0),
    )  # fmt: skip
    presets = {
        "two spirals": dict(weight=1.08, t_ref=6, start="line", neighbors=8, t=60.0),
        "target": dict(t_ref=14, t=20.0),
        "many spirals": dict(weight=0.45, t_ref=3, t=100.0),
        "too weak": dict(weight=0.27, t=3.0),
        "flicker": dict(t_ref=1, t=30.0),
        "island": dict(weight=0.63, start="diagonal", neighbors=4, t=30.0),
        "flash": dict(weight=0.9, t_ref=5, start="flash", neighbors=4, t=40.0),
    }
    clock = "t"

    def __init__(self, fig: Figure | SubFigure) -> None:
        axes = fig.subplot_mosaic([["map", "sheet"], ["map", "spikes"]], height_ratios=(4, 1))
        ax = axes["map"]
        self.map = ax.imshow(
            np.zeros((RESTS.size, RATIOS.size)), COLOR_MAP, vmin=0, vmax=len(WORDS) - 1, zorder=4,
            interpolation="nearest", origin="lower", aspect="auto", extent=extent(RATIOS, RESTS),
        )  # fmt: skip
        self.names = add_names(ax)
        self.ring = self.mark(ax, "v", "o", mfc="none", markersize=12, mew=2.2, zorder=6)
        ax.set(xlabel=r"$w/\theta$", ylabel=r"$t_\mathrm{ref}/D$")
        fig.legend(handles=handles(WORDS), loc="outside upper left", ncols=5, handlelength=1.0)

        ax = axes["sheet"]
        cmap = mpl.colormaps["viridis"].with_extremes(bad=COLORS["silent"])  # gray: has not fired yet
        self.sheet = ax.imshow(
            np.zeros((SIDE, SIDE)), cmap, vmin=0, vmax=PAST, zorder=4, interpolation="nearest"
        )
        self.centers = self.mark(ax, "v", "o", mfc="white", markersize=5)
        ax.set(xticks=[], yticks=[], xlim=(-0.5, SIDE - 0.5), ylim=(SIDE - 0.5, -0.5))
        ax.spines[:].set_visible(True)
        bar = fig.colorbar(self.sheet, ax=ax, label="ms since last spike")
        bar.set_ticks([0, PAST // 2, PAST], labels=["0", f"{PAST // 2}", f"{PAST}+"])

        self.counts = axes["spikes"]
        self.activity = self.line(self.counts, "spikes")
        self.now = self.line(self.counts, "v", linestyle="--", linewidth=1.2, upright=True)
        self.counts.set(xlim=(0, DURATION), ylim=(0, TOPS[1]), xlabel=r"$t$ (ms)", ylabel="spikes")
        self.moving = [*self.moving, self.sheet]
        self.pointable = (axes["map"],)
        self._key: Any = None  # what the run was made from
        self._shown: Any = None  # what the map was made from

    def simulate(self, values: Values) -> Run2D:
        """Return the run of the pixel that is chosen."""
        key = tuple(values[name] for name in ("weight", "t_ref", "start", "neighbors"))
        if key != self._key:
            weight, t_ref, start, n = self._key = key
            self._run = simulate_2d(
                replace(NEURON, t_ref=t_ref), shape=(SIDE, SIDE), duration=DURATION, dt=1.0,
                kernel=neighbors(weight, n), input_spikes=events(start, n, weight, 2.0),
            )  # fmt: skip
            self._word, self._turns = outcome(self._run), spiral_centers(self._run)
        return self._run

    def update(self, run: Run2D, values: Values) -> bool:
        """Bring map, ring, sheet and curve to the run and the time."""
        map_key, before = (values["start"], values["neighbors"]), self._shown
        if map_key != before:
            self._shown = map_key
            kinds = outcome_map(*map_key)
            self.map.set_data(codes(kinds))
            write_names(self.names, kinds, RATIOS, RESTS)
        self.sheet.set_data(np.ma.masked_invalid(since_last_spike(run, values["t"])))
        ended = values["t"] == DURATION and self._word == "spiral"
        self.show(
            ring=([values["weight"]], [values["t_ref"]]),
            centers=(self._turns[:, 1], self._turns[:, 0]) if ended else HIDDEN,
            activity=(run.t, run.activity),
            now=([values["t"]] * 2, [0, 1]),
        )
        top = next(top for top in TOPS if top >= run.activity.max())
        return limit(self.counts, y=(0, top)) or map_key != before

    def pointed(self, axes: Axes, x: float, y: float, values: Values) -> Values:
        """Choose the run of the pixel that is pointed at."""
        return {"weight": x, "t_ref": y}

    def outcome(self, run: Run2D, values: Values) -> str:
        """Return the word for the run, and the spikes of the moment."""
        centers = f" with {counted(len(self._turns), 'center')}" if self._word == "spiral" else ""
        fired = np.count_nonzero(run.counts) / run.counts.size
        now = counted(int(run.activity[round(values["t"])]))
        return (
            f"{self._word.capitalize()}{centers}: {100 * fired:.0f} % of the cells fire. "
            f"t = {values['t']:g} ms: {now}."
        )


def since(run: Run2D, values: Values) -> dict[str, Any]:
    """Return the sheet at the moment shown, for `plot_map`."""
    return dict(
        values=since_last_spike(run, values["t"]), label="ms since last spike", vmin=0, vmax=PAST,
        title=f"{outcome(run)}\nhere at {values['t']:g} ms",
    )  # fmt: skip


explore_waves = explorer(WavesScene, "Explore what becomes of a sheet, for each weight and each rest.")
draw_waves = drawing(WavesScene, maps(2.9, since))
