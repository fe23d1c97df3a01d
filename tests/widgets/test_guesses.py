"""A guess stands beside its answer; one that was not made leaves no trace."""

import pytest
from matplotlib.colors import same_color

from lifcore import simulate_1d
from lifcore.figures import COLORS
from lifcore.plots import compare, draw_marks, draw_sum, draw_sweep, figure, plot_guess, plot_run, show


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


def test_a_figure_tells_itself_what_it_shows(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: shown.append(metadata))
    v = [0.0, 0.5, 0.4, 0.9, 0.7]
    figures = [draw_sum(v, 0.1, threshold=0.6, guess=1), draw_marks([3, 4], [3], 0.1),
               draw_marks([], [], 0.1), draw_sweep([1.0, 2.0], [1, 0], guess=1.5),
               plot_run(simulate_1d(duration=5)).figure,
               plot_run(simulate_1d(duration=200, current=3.0)).figure]  # fmt: skip
    for fig in figures:
        show(fig)
    said = [metadata["image/png"]["alt"] for metadata in shown]
    assert said == [
        "V jumps and decays; its highest value is 0.90 mV, at 0.3 ms.",
        "Output spikes as marks over 100 ms: 2 and 1, without and with the reset.",
        "Output spikes as marks over 100 ms: 0 and 0, without and with the reset.",
        "One output spike for gaps up to 1 ms, none for longer ones.",
        "V over 5 ms, no input spikes, no output spike.",
        said[5],
    ]
    assert said[5].startswith("V over 200 ms, no input spikes, output spikes at 8.8, 18.2") and "…" in said[5]
    with pytest.raises(ValueError, match="alt must say what the figure shows"):
        show(figure()[0])
