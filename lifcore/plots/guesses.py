"""A prediction beside its answer, in words and in a figure; one that was not made leaves no trace."""

from typing import Any

from matplotlib.axes import Axes

from lifcore.figures import COLORS
from lifcore.given import number


def compare(guess: float | None, answer: float, unit: str = "") -> None:
    """Print a guess and what came out; without a guess, what came out alone.

    Parameters
    ----------
    guess
        The reader's; None: there is none.
    answer
        What the neuron does, of which four digits are shown.
    unit
        Of both, such as "mV"; "": they are plain numbers.
    """
    came = f"{number('answer', answer):.4g} {unit}".strip()
    if guess is None:
        print(f"the answer: {came}")
    else:
        print(f"your guess: {number('guess', guess):.4g} {unit}".strip() + f", the answer: {came}")


def plot_guess(
    guess: float | None, *, ax: Axes, x: float | None = None, y: float | None = None, legend: bool = True
) -> Axes:
    """Draw a guess as a diamond where the answer is to be seen, or as a line across the axes.

    Parameters
    ----------
    guess
        The reader's; None: nothing is drawn.
    ax
        Where.
    x, y
        Where the diamond stands: at `x`, with the guess as its y; or at `y`, with the guess as its x.
        Neither: the guess is an x, and the line is upright.
    legend
        Whether the legend names it.
    """
    if x is not None and y is not None:
        raise ValueError(f"y must be None where x is given: the other one is the guess; got {x!r} and {y!r}")
    if guess is None:
        return ax
    guess = number("guess", guess)
    style: dict[str, Any] = {"color": COLORS["guess"], "label": "your guess" if legend else None}
    if x is None and y is None:
        ax.axvline(guess, linestyle="-.", linewidth=2, **style)
    else:
        point: Any = (guess, y) if x is None else (x, guess)
        ax.plot(*point, "D", markersize=8, markeredgecolor="black", zorder=6, **style)
    return ax
