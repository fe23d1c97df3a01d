"""Closed forms of the leaky integrate-and-fire neuron.

Every function takes the neuron first. Where a current, a rate, a width or a weight may be a number
or an array, the result is a float or an array of the same shape.
"""

from lifcore.theory.constant import (
    adaptive_period,
    current_for_rate,
    latency,
    rate,
    rheobase,
    strength_duration,
)
from lifcore.theory.spikes import pair_gap

__all__ = [
    "adaptive_period",
    "current_for_rate",
    "latency",
    "pair_gap",
    "rate",
    "rheobase",
    "strength_duration",
]
