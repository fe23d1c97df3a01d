"""The map of outcomes: its colors, the names on its areas, and the picture of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from lifcore.figures import figure, legend_above, styled

# Okabe and Ito's colors, from light to dark where areas meet; a name on each area says the same.
OUTCOMES = {
    "dies": "#D9D9D9",
    "island": "#56B4E9",
    "target": "#0072B2",
    "spiral": "#E69F00",
    "flicker": "#F0E442",
}
WORDS = list(OUTCOMES)
COLOR_MAP = ListedColormap(list(OUTCOMES.values()))
LARGE = 0.03  # of the map; a smaller area has no room for its name


def codes(kinds: Any) -> np.ndarray:
    """Return the places of words in `WORDS`, in the shape in which the words come."""
    return np.vectorize(WORDS.index, otypes=[int])(kinds)


def place(mask: np.ndarray) -> tuple[int, int] | None:
    """Return the row and column of the pixel of an area that lies deepest in it; None for a small area."""
    if mask.mean() < LARGE:
        return None
    left, depth = np.pad(mask, 1), np.zeros(mask.shape, int)
    while left.any():
        depth += left[1:-1, 1:-1]
        # What is left loses its rim; a name is wide, so a rim above or below counts half.
        side = left[1:-1, :-2] & left[1:-1, 2:]
        if depth.max() % 2:
            side &= left[:-2, 1:-1] & left[2:, 1:-1]
        left = np.pad(left[1:-1, 1:-1] & side, 1)
    deepest = np.argwhere(depth == depth.max())
    row, col = deepest[np.abs(deepest - deepest.mean(axis=0)).sum(axis=1).argmin()]
    return int(row), int(col)


def handles(words: Sequence[str]) -> list[Patch]:
    """Return what stands in the legend for some of the words."""
    return [Patch(color=OUTCOMES[word], label=word) for word in words]


@styled
def draw_outcomes(kinds: Any, ratios: Any, rests: Any, *, ax: Axes | None = None) -> Axes:
    """Draw what became of sheets with different weights and rests: a pixel a run.

    Parameters
    ----------
    kinds
        (len(rests), len(ratios)), words that `lifcore.measures.outcome` returns.
    ratios, rests
        w/θ of the columns and t_ref/D of the rows, evenly spaced.
    ax
        Where; None: a new figure.
    """
    ax = figure(size=(7.0, 4.0))[1] if ax is None else ax
    ratios, rests = np.asarray(ratios, float), np.asarray(rests, float)
    ax.imshow(codes(kinds), COLOR_MAP, vmin=0, vmax=len(WORDS) - 1, interpolation="nearest",
              origin="lower", aspect="auto", extent=extent(ratios, rests))  # fmt: skip
    for word in np.unique(kinds):
        at = place(np.asarray(kinds) == word)
        if at is not None:
            color = "white" if word == "target" else "black"
            ax.text(ratios[at[1]], rests[at[0]], word, color=color, ha="center", va="center")
    ax.set(xlabel=r"$w/\theta$", ylabel=r"$t_\mathrm{ref}/D$")
    legend_above(ax, handles=handles([word for word in WORDS if np.any(np.asarray(kinds) == word)]))
    return ax


def extent(ratios: np.ndarray, rests: np.ndarray) -> tuple[float, float, float, float]:
    """Return the edges of a picture whose pixels' middles are these."""
    across, up = (ratios[1] - ratios[0]) / 2, (rests[1] - rests[0]) / 2
    return ratios[0] - across, ratios[-1] + across, rests[0] - up, rests[-1] + up
