"""Closed forms for a constant current: when the first spike comes, and how fast the others follow."""

import math
from typing import Any

from lifcore.given import each
from lifcore.neuron import LIF, check_neuron


def rheobase(n: LIF) -> float:
    """Return the current that drives V just to the threshold, nA: (v_th - v_rest) / R.

    At the rheobase itself the neuron doesn't fire: V only approaches the threshold.
    """
    check_neuron("n", n)
    return (n.v_th - n.v_rest) / n.r_m


def rate(n: LIF, current: Any) -> Any:
    """Return the firing rate under a constant current, Hz.

    Parameters
    ----------
    n
        A neuron with a fixed threshold.
    current
        nA, a number or an array.

    Returns
    -------
    float or ndarray
        Hz; 0 up to the rheobase.

    Raises
    ------
    ValueError
        If ``th_jump`` is not 0: see `adaptive_period`.

    References
    ----------
    Gerstner, Kistler, Naud and Paninski, Neuronal Dynamics (2014), section 5.3.
    """
    _fixed_threshold(n)
    return each("current", current, lambda i: 1000.0 / _period(n, i))


def latency(n: LIF, current: Any) -> Any:
    """Return the time from rest to the first spike under a current that starts at 0, ms.

    Parameters
    ----------
    n
        The neuron.
    current
        nA, a number or an array.

    Returns
    -------
    float or ndarray
        ms; inf up to the rheobase, 0 for a neuron that rests at or above its threshold.

    References
    ----------
    Lapicque 1907, Journal de Physiologie et de Pathologie générale 9, 620-635.
    """
    return each("current", current, lambda i: _rise(n, n.v_rest, i) if n.v_rest < n.v_th else 0.0)


def strength_duration(n: LIF, width: Any) -> Any:
    """Return the weakest pulse that still brings V from rest to the threshold, nA.

    Parameters
    ----------
    n
        The neuron.
    width
        ms, the pulse's width, above 0: a number or an array.

    Returns
    -------
    float or ndarray
        nA: rheobase / (1 - exp(-width / tau_m)). At ``tau_m`` ln 2, the chronaxie, twice the rheobase.

    References
    ----------
    Lapicque 1907, Journal de Physiologie et de Pathologie générale 9, 620-635.
    """
    return each("width", width, lambda d: -rheobase(n) / math.expm1(-d / n.tau_m), above=0.0)


def current_for_rate(n: LIF, rate: Any) -> Any:
    """Return the constant current at which the neuron fires at a given rate, nA.

    Parameters
    ----------
    n
        A neuron with a fixed threshold.
    rate
        Hz, above 0 and below 1000 / ``t_ref``: a number or an array.

    Returns
    -------
    float or ndarray
        nA; the inverse of `rate`.

    Raises
    ------
    ValueError
        If the refractory period forbids the rate, or ``th_jump`` is not 0.
    """
    _fixed_threshold(n)

    def invert(f: float) -> float:
        rise = 1000.0 / f - n.t_ref
        if rise <= 0:
            raise ValueError(
                f"rate must stay below 1000 / t_ref = {1000.0 / n.t_ref:g} Hz; got {f:g} Hz with "
                f"t_ref = {n.t_ref:g} ms"
            )
        over = 0.0 if rise > 700 * n.tau_m else (n.v_th - n.v_reset) / math.expm1(rise / n.tau_m)
        return (n.v_th + over - n.v_rest) / n.r_m

    return each("rate", rate, invert, above=0.0)


def adaptive_period(n: LIF, current: Any) -> Any:
    """Return the steady interval between spikes of a neuron whose threshold adapts, ms.

    The interval T at which V, risen from ``v_reset`` for T - t_ref, meets the threshold
    ``v_th + th_jump / (exp(T / tau_th) - 1)`` to which the jumps of all earlier spikes add up.

    Parameters
    ----------
    n
        The neuron; with ``th_jump`` 0 the interval is 1000 / `rate`.
    current
        nA, a number or an array.

    Returns
    -------
    float or ndarray
        ms, to the last digit; inf up to the rheobase.

    References
    ----------
    Chacron, Pakdaman and Longtin 2003, Neural Computation 15, 253-278, with the geometric sum of
    the jumps and a refractory period.
    """

    def solve(i: float) -> float:
        if _period(n, i) == math.inf:
            return math.inf
        v_inf = n.v_rest + n.r_m * i

        def above(t: float) -> float:  # V - threshold at the end of an interval t, rising with t
            v = v_inf + (n.v_reset - v_inf) * math.exp(-(t - n.t_ref) / n.tau_m)
            left = 0.0 if t > 700 * n.tau_th else n.th_jump / math.expm1(t / n.tau_th)
            return v - n.v_th - left

        low, width = n.t_ref, n.tau_m
        while above(low + width) < 0 and width < 1e6 * (n.tau_m + n.tau_th):
            width *= 2
        high = low + width
        while low < (middle := (low + high) / 2) < high:
            low, high = (middle, high) if above(middle) < 0 else (low, middle)
        return high

    return each("current", current, solve)


def _rise(n: LIF, v: float, current: float) -> float:
    """Return how long a constant current takes to bring V from v to the threshold, ms."""
    v_inf = n.v_rest + n.r_m * current
    if v_inf <= n.v_th:
        return math.inf
    return n.tau_m * math.log1p((n.v_th - v) / (v_inf - n.v_th))


def _period(n: LIF, current: float) -> float:
    """Return the interval between spikes at a fixed threshold, ms."""
    return n.t_ref + _rise(n, n.v_reset, current)


def _fixed_threshold(n: LIF) -> None:
    check_neuron("n", n)
    if n.th_jump != 0:
        raise ValueError(
            f"th_jump must be 0 for this formula, got {n.th_jump:g} mV; adaptive_period holds for any th_jump"
        )
