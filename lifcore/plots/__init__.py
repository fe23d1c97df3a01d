"""Figures of runs: they read runs and never write them."""

from lifcore.figures import COLORS, figure, label, show, to_png
from lifcore.plots.guesses import compare, plot_guess
from lifcore.plots.maps import plot_map
from lifcore.plots.runs import plot_activity, plot_raster, plot_run
from lifcore.plots.spikes import draw_marks, draw_sum, draw_sweep
from lifcore.plots.symbols import SymbolTable, symbol_table

__all__ = [
    "COLORS",
    "SymbolTable",
    "compare",
    "draw_marks",
    "draw_sum",
    "draw_sweep",
    "figure",
    "label",
    "plot_activity",
    "plot_guess",
    "plot_map",
    "plot_raster",
    "plot_run",
    "show",
    "symbol_table",
    "to_png",
]
