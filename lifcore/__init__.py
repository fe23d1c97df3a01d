"""Leaky integrate-and-fire neurons: one over time, or many on a grid.

Units everywhere: ms, mV, MΩ, nA (so that mV = MΩ·nA), and Hz for rates.
`rate` and `cv` here measure a run; the closed forms of the same names are in `lifcore.theory`.
Figures are in `lifcore.plots`, explorers in `lifcore.widgets`, exercises in `lifcore.checks`.
"""

from lifcore import inputs, measures, theory
from lifcore.exact import simulate_exact
from lifcore.inputs import from_image, noise, poisson, ramp, regular, sine, step
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.lif2d import Grid, Run2D, neighbors, simulate_2d, surround
from lifcore.measures import cv, isi, outcome, outcomes, rate, since_last_spike, speed, spiral_centers
from lifcore.neuron import LIF
from lifcore.theory import adaptive_period, current_for_rate, latency, pair_gap, rheobase, strength_duration
from lifcore.units import SYMBOLS, UNITS

__version__ = "0.1.0"

__all__ = [
    "LIF",
    "SYMBOLS",
    "UNITS",
    "Grid",
    "Run1D",
    "Run2D",
    "adaptive_period",
    "current_for_rate",
    "cv",
    "from_image",
    "inputs",
    "isi",
    "latency",
    "measures",
    "neighbors",
    "noise",
    "outcome",
    "outcomes",
    "pair_gap",
    "poisson",
    "ramp",
    "rate",
    "regular",
    "rheobase",
    "simulate_1d",
    "simulate_2d",
    "simulate_exact",
    "since_last_spike",
    "sine",
    "speed",
    "spiral_centers",
    "step",
    "strength_duration",
    "surround",
    "theory",
]
