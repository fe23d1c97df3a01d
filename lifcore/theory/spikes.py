"""Closed forms for input spikes."""

import math
from typing import Any

from lifcore.given import each
from lifcore.neuron import LIF, check_neuron


def pair_gap(n: LIF, weight: Any) -> Any:
    """Return the longest gap at which two equal input spikes fire a resting neuron, ms.

    Parameters
    ----------
    n
        The neuron, at rest below its threshold θ = v_th - v_rest.
    weight
        mV, of each of the two input spikes: a number or an array.

    Returns
    -------
    float or ndarray
        ms: tau_m ln[w / (θ - w)] for θ/2 <= w < θ; inf for w >= θ, where one spike is enough; NaN
        below θ/2, where even two at once are too weak.
    """
    check_neuron("n", n)
    theta = n.v_th - n.v_rest

    def gap(w: float) -> float:
        if w >= theta:
            return math.inf
        return n.tau_m * math.log(w / (theta - w)) if 2 * w >= theta else math.nan

    return each("weight", weight, gap)
