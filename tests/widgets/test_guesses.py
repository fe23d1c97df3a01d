"""A guess stands beside its answer; one that was not made leaves no trace."""

import pytest
from matplotlib.colors import same_color

from lifcore.figures import COLORS
from lifcore.plots import compare, figure, plot_guess


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((0.25, 0.18394, "mV"), "your guess: 0.25 mV, the answer: 0.1839 mV\n"),
        ((None, 0.18394, "mV"), "the answer: 0.1839 mV\n"),
        ((3, 83), "your guess: 3, the answer: 83\n"),
        ((None, 83), "the answer: 83\n"),
        ((0, 0.0, "Hz"), "your guess: 0 Hz, the answer: 0 Hz\n"),
    ],
)
def test_compare(capsys, given, said):
    compare(*given)
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("guess", ["3", True, [1]])
def test_a_guess_that_is_no_number(guess):
    with pytest.raises(TypeError, match="guess must be a number"):
        compare(guess, 1.0)
    with pytest.raises(TypeError, match="guess must be a number"):
        plot_guess(guess, ax=figure()[1])


@pytest.mark.parametrize("where", [{}, {"x": 1.0}, {"y": 1.0}])
def test_without_a_guess_nothing_is_drawn(where):
    ax = figure()[1]
    before = len(ax.get_children())
    assert plot_guess(None, ax=ax, **where) is ax
    assert len(ax.get_children()) == before


@pytest.mark.parametrize(
    ("where", "x", "y"), [({"x": 60.0}, [60.0], [5.0]), ({"y": 0.5}, [5.0], [0.5]), ({}, [5.0, 5.0], [0, 1])]
)
def test_the_guess_stands_where_the_answer_is_read(where, x, y):
    ax = figure()[1]
    plot_guess(5, ax=ax, **where)
    (line,) = ax.lines
    assert list(line.get_xdata()) == x
    assert list(line.get_ydata()) == y
    assert same_color(line.get_color(), COLORS["guess"])
    assert line.get_label() == "your guess"


def test_two_places_are_one_too_many():
    with pytest.raises(ValueError, match="y must be None where x is given"):
        plot_guess(1.0, ax=figure()[1], x=1.0, y=2.0)
