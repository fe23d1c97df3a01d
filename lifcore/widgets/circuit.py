"""The membrane's circuit with its three currents as arrows."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from matplotlib.text import Text

from lifcore.figures import COLORS
from lifcore.lif1d import Run1D
from lifcore.widgets.scene import Values

TOP, BOTTOM = 2.0, 0.0
SOURCE, STORE, CHANNEL = 0.0, 1.6, 3.3  # where the three branches stand
LONGEST = 2.0  # nA, the current whose arrow is as long as the circuit is high, less its margins
SCALE = 0.75 * (TOP - BOTTOM) / LONGEST
ASIDE = 0.46  # from a branch to its arrow, and from there to its name
ZIGZAG = [
    (CHANNEL + dx, y)
    for dx, y in ((0, 1.65), (0.13, 1.58), (-0.13, 1.44), (0.13, 1.3), (-0.13, 1.16), (0, 1.09))
]
WIRES = (
    [(SOURCE, 1.0), (SOURCE, TOP), (CHANNEL, TOP), *ZIGZAG, (CHANNEL, 0.66)],
    [(SOURCE, 1.0), (SOURCE, BOTTOM), (CHANNEL, BOTTOM), (CHANNEL, 0.54)],
    [(STORE, TOP), (STORE, 1.07)],
    [(STORE, 0.93), (STORE, BOTTOM)],
)
# x, half the width, y: the capacitor's two, and the battery's, the shorter one its negative pole
PLATES = ((STORE, 0.2, 1.07), (STORE, 0.2, 0.93), (CHANNEL, 0.1, 0.66), (CHANNEL, 0.2, 0.54))


def currents(run: Run1D) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the input current, the part that charges the membrane and the part that leaks, (n+1,) nA."""
    total = np.append(run.current, run.current[-1])
    leak = (run.v - run.neuron.v_rest) / run.neuron.r_m
    return total, total - leak, leak


def arrow(x: float, length: float) -> list[tuple[float, float]]:
    """Return the corners of an upright arrow at x, around the circuit's middle; it points up if above 0."""
    way, size = (1 if length > 0 else -1), min(1.0, abs(length) / 0.4)
    tip, tail = (TOP + BOTTOM + length) / 2, (TOP + BOTTOM - length) / 2
    neck, half, head = tip - 0.25 * size * way, 0.06 * size, 0.16 * size
    return [
        (x - half, tail), (x - half, neck), (x - head, neck), (x, tip),
        (x + head, neck), (x + half, neck), (x + half, tail),
    ]  # fmt: skip


class CircuitView:
    """A source, a capacitor and a leaky resistor, side by side, and the current through each."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-0.5, 4.7), ylim=(BOTTOM - 0.6, TOP + 0.1))
        ax.axis("off")
        self._draw_parts(ax)
        self.arrows: list[Polygon] = []
        self.texts: list[Text] = []
        # A positive I flows into the cell, the other two out of it.
        shown = (("I", SOURCE, "current", 1), ("I_C", STORE, "v", -1), ("I_R", CHANNEL, "leak", -1))
        self.ways = [way for _, _, _, way in shown]
        for name, x, color, _ in shown:
            patch = Polygon(arrow(x + ASIDE, 1.0), facecolor=COLORS[color], edgecolor="black", zorder=4)
            ax.add_patch(patch)
            self.arrows.append(patch)
            ax.text(x + 2 * ASIDE, 1.0, f"${name}$", zorder=1, va="center")
            self.texts.append(ax.text(x, BOTTOM - 0.12, "", zorder=5, va="top", ha="center"))
        ax.text(CHANNEL + 0.65, BOTTOM - 0.12, "nA", zorder=1, va="top")
        self.moving = [*self.arrows, *self.texts]

    def _draw_parts(self, ax: Axes) -> None:
        """Draw what stands still: wires, source, capacitor, resistor and battery."""
        black: dict[str, Any] = {"color": "black", "zorder": 1, "solid_joinstyle": "round"}
        for wire in WIRES:
            ax.plot(*zip(*wire, strict=True), linewidth=1.4, **black)
        for x, half, y in PLATES:
            ax.plot([x - half, x + half], [y, y], linewidth=2.4, **black)
        ax.plot([SOURCE], [1.0], "o", markersize=17, mfc="white", mec="black", mew=1.4, zorder=1)
        ax.text(STORE - 0.18, 1.3, "$C$", ha="right", va="center", zorder=1)
        ax.text(CHANNEL - 0.18, 1.37, "$R$", ha="right", va="center", zorder=1)

    def update(self, run: Run1D, values: Values) -> bool:
        """Make each arrow as long as its current is strong at the time."""
        k = round(values["t"] / run.dt)
        for patch, text, way, flow in zip(self.arrows, self.texts, self.ways, currents(run), strict=True):
            patch.set_xy(arrow(text.get_position()[0] + ASIDE, SCALE * way * flow[k]))
            text.set_text(f"{flow[k].round(2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}"))
        return False
