"""What is read from runs: rates, intervals, their irregularity, a wave's speed, what became of a sheet."""

from lifcore.measures.sheets import outcome, outcomes, since_last_spike, speed, spiral_centers
from lifcore.measures.trains import cv, isi, rate

__all__ = ["cv", "isi", "outcome", "outcomes", "rate", "since_last_spike", "speed", "spiral_centers"]
