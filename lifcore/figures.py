"""The house style of every picture: colors, fonts, labels, and how a figure is shown."""

import base64
import functools
import io
import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from lifcore.units import SYMBOLS, UNITS

# Okabe and Ito's colors, one a variable; a line style or a marker always says the same.
COLORS = {
    "v": "#000000",
    "th": "#009E73",
    "input": "#0072B2",
    "spike": "#D55E00",
    "guess": "#CC79A7",
    "current": "#E69F00",
    "leak": "#56B4E9",
    "theory": "#808080",
    "silent": "#D9D9D9",
}

STYLE: dict[Any, Any] = {
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": "black",
    "axes.labelcolor": "black",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "font.size": 11,
    "image.cmap": "viridis",
    "legend.fontsize": 11,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "text.color": "black",
    "xtick.color": "black",
    "xtick.labelsize": 11,
    "ytick.color": "black",
    "ytick.labelsize": 11,
}

LARGEST = 60_000  # bytes, of one picture in a notebook
SMALLEST = 11  # points, of any text in a picture
SHOWN = 100  # CSS pixels an inch of a figure takes on the page

# JupyterLab runs the callbacks of widgets in a thread beside that of the cells, but matplotlib has one set
# of fonts and of settings for all: only one of our pictures is drawn at a time.
DRAWING = threading.RLock()

Draw = TypeVar("Draw", bound=Callable[..., Any])


def styled(draw: Draw) -> Draw:
    """Make a function draw in the house style and leave matplotlib's own settings alone."""

    @functools.wraps(draw)
    def inner(*args: Any, **kwargs: Any) -> Any:
        with DRAWING, mpl.rc_context(STYLE):
            return draw(*args, **kwargs)

    return inner  # type: ignore[return-value]


@styled
def figure(
    rows: int = 1, cols: int = 1, *, size: tuple[float, float] = (7.0, 3.0), **kwargs: Any
) -> tuple[Figure, Any]:
    """Return a new figure in the house style and its axes.

    Parameters
    ----------
    rows, cols
        How many axes.
    size
        Width and height, inches.
    **kwargs
        For `matplotlib.pyplot.subplots`.

    Returns
    -------
    Figure, Axes or ndarray of Axes
    """
    return plt.subplots(rows, cols, figsize=size, layout="constrained", **kwargs)


def describe(fig: Figure, alt: str) -> None:
    """Say what a figure shows, for those who can't see it; `show` hands it on."""
    fig.set_label(alt)


def show(fig: Figure, *, alt: str = "") -> None:
    """Show a figure as the cell's picture, with its alternative text, and close it.

    Parameters
    ----------
    fig
        The figure.
    alt
        One or two sentences that say what is to be seen; "": what the function that drew it says.

    Raises
    ------
    ValueError
        If nothing says what is to be seen, or the picture can't be made smaller than 60 KB.
    """
    from IPython.display import display

    alt = alt.strip() or str(fig.get_label())
    if not alt:
        raise ValueError('alt must say what the figure shows, for those who can\'t see it; got ""')
    data, metadata = mimebundle(fig, alt, fig.get_size_inches())
    display(data, raw=True, metadata=metadata)
    plt.close(fig)


def mimebundle(fig: Figure, alt: str, size: Iterable[float]) -> tuple[dict, dict]:
    """Return what a page is given of a figure, and how it shows it: IPython's data and metadata.

    The picture is base64 text, as notebooks keep it: Pyodide's kernel sends bytes as they are, and the page
    can't show them.

    Parameters
    ----------
    fig
        The figure.
    alt
        What is to be seen, for those who can't see it.
    size
        Width and height on the page, inches.

    Returns
    -------
    dict, dict
        By MIME type, the picture and its words, and the picture's alternative text, width and height in
        CSS pixels.

    Raises
    ------
    ValueError
        If the picture can't be made smaller than 60 KB.
    """
    width, height = (round(SHOWN * side) for side in size)
    png = base64.b64encode(to_png(fig)).decode()
    metadata = {"image/png": {"alt": alt, "width": width, "height": height}}
    return {"image/png": png, "text/plain": alt}, metadata


@styled
def to_png(fig: Figure) -> bytes:
    """Return a figure as PNG of at most 60 KB, as sharp as that allows, with no text below 11 points.

    Raises
    ------
    ValueError
        If even 72 pixels an inch take more.
    """
    for text in fig.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), SMALLEST))
    for dpi in (160, 130, 100, 72):
        drawn, png = io.BytesIO(), io.BytesIO()
        fig.savefig(drawn, dpi=dpi, pil_kwargs={"compress_level": 1})
        # 256 colors are enough for lines and for maps, and halve the file.
        colors = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
        colors.save(png, "PNG", optimize=True)
        if png.tell() <= LARGEST:
            return png.getvalue()
    raise ValueError(
        f"fig must fit into {LARGEST:,} bytes; got {png.tell():,} at 72 dpi: draw less or smaller"
    )


def label(name: str) -> str:
    """Return the label of an axis or a slider: the symbol of a quantity and its unit."""
    unit = f" ({UNITS[name]})" if UNITS[name] else ""
    return f"${SYMBOLS[name][0]}${unit}"


def stems(times: Any, low: Any, high: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of upright lines at `times` from `low` to `high`, parted by NaN, for one artist."""
    times = np.asarray(times, float)
    x, y = np.repeat(times, 3), np.full(3 * times.size, np.nan)
    y[0::3], y[1::3] = low, high
    return x, y


def legend_above(ax: Axes, *, cols: int = 5, **kwargs: Any) -> None:
    """Put the legend in rows above the axes, where it hides nothing."""
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=cols,
        borderaxespad=0.2,
        borderpad=0.0,
        handlelength=1.3,
        handletextpad=0.5,
        markerscale=0.6,
        columnspacing=1.0,
        **kwargs,
    )


def finish(ax: Axes, *, legend: bool, title: str | None) -> Axes:
    """Add legend and title, the title above the legend."""
    if legend:
        legend_above(ax)
    if title:
        ax.set_title(title, pad=24 if legend else 6)
    return ax
