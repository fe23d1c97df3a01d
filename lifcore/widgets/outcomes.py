"""The map of outcomes: its colors, the names on its areas, and the picture of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from matplotlib.text import Text

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
NARROW = 0.25  # of the map's width; in a narrower area a name stands upright


def codes(kinds: Any) -> np.ndarray:
    """Return the places of words in `WORDS`, in the shape in which the words come."""
    return np.vectorize(WORDS.index, otypes=[int])(kinds)


def place(area: np.ndarray) -> tuple[int, int, float] | None:
    """Return where an area bears its name: row, column and by how many degrees turned; None: too small."""
    if area.mean() < LARGE:
        return None
    left, depth = area, np.zeros(area.shape, int)
    while left.any():  # peel it, to find what lies farthest from its rim
        depth += left
        framed = np.pad(left, 1)
        left = left & framed[1:-1, :-2] & framed[1:-1, 2:] & framed[:-2, 1:-1] & framed[2:, 1:-1]
    deepest = np.argwhere(depth == depth.max())
    row, col = deepest[np.abs(deepest - deepest.mean(axis=0)).sum(axis=1).argmin()]
    upright = area[row].mean() < NARROW and area[:, col].mean() > area[row].mean()
    return int(row), int(col), 90.0 if upright else 0.0


def write_names(texts: dict[str, Text], kinds: Any, ratios: np.ndarray, rests: np.ndarray) -> None:
    """Put each word's text on its area of the map, upright where the area is narrow, or hide it."""
    for word, text in texts.items():
        at = place(np.asarray(kinds) == word)
        text.set_visible(at is not None)
        if at is not None:
            text.set(position=(ratios[at[1]], rests[at[0]]), rotation=at[2])


def add_names(ax: Axes) -> dict[str, Text]:
    """Return a text for each word, to be put in its place."""
    style: dict[str, Any] = dict(ha="center", va="center", zorder=5)
    return {
        word: ax.text(0, 0, word, color="white" if word == "target" else "black", **style) for word in WORDS
    }


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
    write_names(add_names(ax), kinds, ratios, rests)
    ax.set(xlabel=r"$w/\theta$", ylabel=r"$t_\mathrm{ref}/D$")
    legend_above(ax, handles=handles([word for word in WORDS if np.any(np.asarray(kinds) == word)]))
    return ax


def extent(ratios: np.ndarray, rests: np.ndarray) -> tuple[float, float, float, float]:
    """Return the edges of a picture whose pixels' middles are these."""
    across, up = (ratios[1] - ratios[0]) / 2, (rests[1] - rests[0]) / 2
    return ratios[0] - across, ratios[-1] + across, rests[0] - up, rests[-1] + up
