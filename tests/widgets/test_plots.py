"""Plots: they leave runs as they are, name units and tell in words what they show."""

import math
import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from lifcore import LIF, SYMBOLS, UNITS, neighbors, plots, simulate_1d, simulate_2d, simulate_exact
from tests.scenes import DRAWS, SCENES

from .conftest import pixels

NEURON = LIF(v_rest=0.0, v_reset=0.0, v_th=0.6, tau_m=14.0, t_ref=0.0, th_jump=0.45, tau_th=14.0)


@pytest.fixture
def run():
    return simulate_1d(NEURON, duration=100, input_spikes=[10, 20, 30], input_weights=0.5)


@pytest.fixture
def sheet():
    kernel = neighbors(22.0)
    return simulate_2d(shape=(9, 7), duration=5, kernel=kernel, input_spikes=[[0, 4, 3, 40]], record_every=1)


def contents(record):
    return {k: v.copy() for k, v in vars(record).items() if isinstance(v, np.ndarray)}


def line(ax, name):
    return next(artist for artist in ax.lines if artist.get_label() == name)


def test_plots_leave_runs_and_settings_as_they_are(run, sheet):
    settings, before = dict(mpl.rcParams), (contents(run), contents(sheet))
    axes = [
        plots.plot_run(run, guess=25.0),
        plots.plot_map(sheet.first_spike, label="first spike (ms)"),
        plots.plot_raster(sheet),
        plots.plot_activity(sheet),
    ]
    for ax in axes:
        plots.to_png(ax.figure)
    for record, old in zip((run, sheet), before, strict=True):
        for name, value in old.items():
            assert np.array_equal(getattr(record, name), value, equal_nan=True), name
    assert dict(mpl.rcParams) == settings


def test_plots_draw_into_the_axes_they_are_given(run, sheet):
    _, axes = plots.figure(2, 2)
    assert plots.plot_run(run, ax=axes[0, 0]) is axes[0, 0]
    assert plots.plot_map(sheet.v, ax=axes[0, 1], label="V") is axes[0, 1]
    assert plots.plot_raster(sheet, ax=axes[1, 0]) is axes[1, 0]
    assert plots.plot_activity(sheet, ax=axes[1, 1]) is axes[1, 1]
    assert len(plt.get_fignums()) == 1


def test_run_is_drawn_as_it_is(run):
    ax = plots.plot_run(run, guess=[25.0, 35.0], title="The classic case")
    assert np.array_equal(line(ax, "$V$").get_ydata(), run.v)
    assert np.array_equal(line(ax, "threshold").get_ydata(), run.th)
    assert line(ax, "threshold").get_linestyle() == "--"
    assert np.unique(line(ax, "output spikes").get_xdata()).tolist() == [20.0]
    circle = line(ax, "before reset")
    assert circle.get_xdata().tolist() == [20.0]
    assert circle.get_ydata() == pytest.approx([0.5 + 0.5 * math.exp(-10 / 14)], abs=1e-12)
    assert line(ax, "input spikes").get_xdata().tolist() == [10.0, 20.0, 30.0]
    assert np.unique(line(ax, "your guess").get_xdata()).tolist() == [25.0, 35.0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$t$ (ms)", "$V$ (mV)")
    assert ax.get_title(loc="left") == "The classic case"
    assert [text.get_text() for text in ax.get_legend().get_texts()][:2] == ["$V$", "threshold"]


def test_between_samples_v_ends_at_the_threshold():
    run = simulate_exact(duration=60, current=2.5)
    circle = line(plots.plot_run(run), "before reset")
    assert circle.get_xdata().tolist() == run.spikes.tolist()
    assert circle.get_ydata() == pytest.approx([run.neuron.v_th] * run.spikes.size, abs=1e-9)


def test_what_is_not_there_is_not_named():
    ax = plots.plot_run(simulate_1d(duration=10, current=1.0))
    assert [artist.get_label() for artist in ax.lines] == ["$V$", "threshold"]
    assert plots.plot_run(simulate_1d(duration=10), legend=False).get_legend() is None


def test_map_has_row_0_on_top_and_gray_where_nothing_is(sheet):
    values = sheet.first_spike.copy()
    values[0] = np.nan
    ax = plots.plot_map(values, label="first spike (ms)", vmin=0.0, vmax=5.0)
    low, high = ax.get_ylim()
    assert low > high
    (image,) = ax.images
    assert image.get_clim() == (0.0, 5.0)
    rgba = image.cmap(image.norm(image.get_array()))
    assert mpl.colors.to_hex(rgba[0, 0]).upper() == plots.COLORS["silent"]
    assert mpl.colors.to_hex(rgba[4, 3]).upper() != plots.COLORS["silent"]
    assert "first spike (ms)" in [child.get_ylabel() for child in ax.child_axes]
    assert not plots.plot_map(values, label="x", colorbar=False).child_axes


def test_raster_and_activity_hold_every_spike(sheet):
    dots = plots.plot_raster(sheet).lines[0]
    assert sorted(dots.get_ydata().tolist()) == sorted((sheet.spikes[:, 1] * 7 + sheet.spikes[:, 2]).tolist())
    y = plots.plot_activity(sheet).lines[0].get_ydata()
    assert np.nansum(y) == len(sheet.spikes)


def test_figures_are_readable():
    fig, ax = plots.figure()
    ax.set(title="a", xlabel="b", ylabel="c")
    ax.plot([0, 1], label="d")
    ax.legend()
    ax.text(0.5, 0.5, "e", fontsize=8)
    plots.to_png(fig)
    assert min(text.get_fontsize() for text in fig.findobj(Text)) >= 11
    assert fig.get_size_inches().tolist() == [7.0, 3.0]
    assert mpl.colors.to_hex(fig.get_facecolor()) == "#ffffff"


def test_show_displays_a_small_picture_with_its_alternative_text(run, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **kwargs: shown.append((data, kwargs)))
    fig, ax = plots.figure()
    plots.plot_run(run, ax=ax)
    plots.show(fig, alt="One spike at 20 ms.")
    (data, kwargs) = shown[0]
    assert kwargs["metadata"]["image/png"]["alt"] == data["text/plain"] == "One spike at 20 ms."
    assert (kwargs["metadata"]["image/png"]["width"], kwargs["raw"]) == (700, True)
    assert len(data["image/png"]) <= 60_000
    assert not plt.get_fignums()


def test_show_wants_an_alternative_text():
    with pytest.raises(ValueError, match="alt must say what the figure shows"):
        plots.show(plots.figure()[0], alt=" ")


def noise(cells, size):
    fig, ax = plots.figure(size=size)
    ax.imshow(np.random.default_rng(0).random((cells, cells)), interpolation="nearest")
    return fig


def test_pictures_stay_small_or_are_refused():
    png = plots.to_png(noise(48, (7, 3)))
    assert len(png) <= 60_000 and pixels(png).shape == (480, 1120, 3)
    assert png == plots.to_png(noise(48, (7, 3)))
    with pytest.raises(ValueError, match="fig must fit into 60,000 bytes; got .* draw less or smaller"):
        plots.to_png(noise(500, (6, 6)))


def test_symbol_table_is_the_record():
    table = plots.symbol_table(NEURON, "tau_m", "v_th", "v", weight=0.5)
    lines = table._repr_markdown_().splitlines()
    assert lines[2] == r"| $\tau$ | `tau_m` | membrane time constant | ms | 14 |"
    assert [row.split("|")[-2].strip() for row in lines[2:]] == ["14", "0.6", "varies", "0.5"]
    assert "weight     weight of an input spike  mV    0.5" in repr(table)
    for row, name in zip(plots.symbol_table(LIF()).rows, vars(LIF()), strict=True):
        assert row == (SYMBOLS[name][0], name, SYMBOLS[name][1], UNITS[name], f"{getattr(LIF(), name):g}")
    with pytest.raises(ValueError, match="names must be among v_rest, .*; got 'tau'"):
        plots.symbol_table(LIF(), "tau")


@pytest.mark.parametrize("name", DRAWS)
def test_pictures_without_widgets(name):
    draw = DRAWS[name]
    presets = list(SCENES[name.removeprefix("draw_")].presets)[:3]
    fig = draw(*presets)
    titles = [ax.get_title(loc="left") for ax in fig.axes]
    assert [title.split(":")[0] for title in titles if title] == presets
    assert fig.get_size_inches()[0] == 7.0
    assert len(plots.to_png(fig)) <= 60_000
    assert draw().get_size_inches()[0] == 7.0
    with pytest.raises(ValueError, match="preset must be one of"):
        draw("jazz")


def test_draws_need_no_widgets():
    code = (
        "import sys; sys.modules['ipywidgets'] = None; from lifcore.widgets import draw_spike; draw_spike()"
    )
    env = os.environ | {"MPLBACKEND": "Agg", "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
