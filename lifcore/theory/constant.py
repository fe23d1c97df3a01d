"""Closed forms for a constant current: when the first spike comes, and how fast the others follow."""

import math
from typing import Any

from lifcore.given import SMALLEST, bounded, each
from lifcore.neuron import LIF, check_neuron, driven_to, rise


def rheobase(n: LIF) -> float:
    """Return the current that drives V just to the threshold, nA: (v_th - v_rest) / R.

    At the rheobase itself the neuron doesn't fire: V only approaches the threshold.
    """
    check_neuron("n", n)
    return bounded("the rheobase", (n.v_th - n.v_rest) / n.r_m, v_th=n.v_th, v_rest=n.v_rest, r_m=n.r_m)


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

    Notes
    -----
    The inverse of the refractory period and of the rise from ``v_reset`` to ``v_th``.
    """
    _fixed_threshold(n)

    def inverse(i: float) -> float:
        period = max(_period(n, i), SMALLEST)
        return bounded("the rate", 1000.0 / period, current=i, t_ref=n.t_ref, tau_m=n.tau_m)

    return each("current", current, inverse)


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
    return each("current", current, lambda i: rise(n, n.v_rest, i) if n.v_rest < n.v_th else 0.0)


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
    weakest = rheobase(n)

    def strength(d: float) -> float:
        share = max(-math.expm1(-d / n.tau_m), SMALLEST)
        return bounded("the pulse", weakest / share, width=d, tau_m=n.tau_m)

    return each("width", width, strength, above=0.0)


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
        left = 1000.0 / f - n.t_ref
        if left <= 0:
            raise ValueError(
                f"rate must stay below 1000 / t_ref = {1000.0 / n.t_ref:g} Hz; got {f:g} Hz with "
                f"t_ref = {n.t_ref:g} ms"
            )
        growth = math.inf if left > 700 * n.tau_m else math.expm1(left / n.tau_m)
        over = (n.v_th - n.v_reset) / max(growth, SMALLEST)
        current = (n.v_th + over - n.v_rest) / n.r_m
        return bounded("the current", current, rate=f, tau_m=n.tau_m, r_m=n.r_m)

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
        v_inf = driven_to(n, i)

        def above(t: float) -> float:  # V - threshold at the end of an interval t, rising with t
            v = v_inf + (n.v_reset - v_inf) * math.exp(-(t - n.t_ref) / n.tau_m)
            growth = math.inf if t > 700 * n.tau_th else math.expm1(t / n.tau_th)
            left = n.th_jump / max(growth, SMALLEST)
            return v - n.v_th - left

        low, width = n.t_ref, n.tau_m
        while above(low + width) < 0 and width < 1e6 * (n.tau_m + n.tau_th):
            width *= 2
        high = low + width
        while low < (middle := (low + high) / 2) < high:
            low, high = (middle, high) if above(middle) < 0 else (low, middle)
        return high

    return each("current", current, solve)


def _period(n: LIF, current: float) -> float:
    """Return the interval between spikes at a fixed threshold, ms."""
    return n.t_ref + rise(n, n.v_reset, current)


def _fixed_threshold(n: LIF) -> None:
    check_neuron("n", n)
    if n.th_jump != 0:
        raise ValueError(
            f"th_jump must be 0 for this formula, got {n.th_jump:g} mV; adaptive_period holds for any th_jump"
        )
