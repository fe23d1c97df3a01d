"""Other ways to step the neuron, and what each does to its spikes: Euler, and time as a float."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from lifcore.given import array, bounded, check_memory, integer, many, number, steps_up, steps_whole
from lifcore.neuron import LIF, check_neuron, driven_to, rise

SCHEMES = ("exact", "euler")
RESTS = {"steps": math.nan, "float ms": 1.0, "float s": 1e-3}  # how rest is told -> its unit of time in ms
BYTES_PER_SAMPLE = 120  # floats in lists and in arrays, while both exist


@dataclass(frozen=True, eq=False)
class SchemeRun:
    """One neuron's run by one scheme.

    Attributes
    ----------
    t, v : ndarray, (n+1,)
        Times of the samples in ms; V there in mV, after the reset.
    spikes : ndarray, (k,)
        ms, each the time of a sample.
    neuron, dt
        As they were given; dt in ms.
    """

    t: np.ndarray
    v: np.ndarray
    spikes: np.ndarray
    neuron: LIF
    dt: float


def decay_factor(tau_m: float, dt: float, *, scheme: str) -> float:
    """Return what a step leaves of the distance from V to where it is driven.

    Parameters
    ----------
    tau_m, dt
        ms.
    scheme
        "exact": exp(-dt / tau_m), right for any dt. "euler": 1 - dt / tau_m; below 0, which makes V
        overshoot, for dt > ``tau_m``, and below -1, where V runs off, for dt > 2 ``tau_m``.

    References
    ----------
    Rotter and Diesmann 1999, Biological Cybernetics 81, section 3, for the exact step; Hairer and
    Wanner, Solving Ordinary Differential Equations II (1996), section IV.2, for Euler's stability.
    """
    tau_m, dt = number("tau_m", tau_m, above=0.0), number("dt", dt, above=0.0)
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(map(repr, SCHEMES))}; got {scheme!r}")
    factor = math.exp(-dt / tau_m) if scheme == "exact" else 1.0 - dt / tau_m
    return bounded("1 - dt / tau_m", factor, dt=dt, tau_m=tau_m)


def effective_tau(tau_m: float, dt: float) -> float:
    """Return the time constant with which V decays when it is stepped by Euler's method, ms.

    Parameters
    ----------
    tau_m, dt
        ms; dt is at most ``tau_m``, else V overshoots.

    Returns
    -------
    float
        -dt / ln(1 - dt / tau_m), which is near ``tau_m`` - dt / 2; 0 for dt = ``tau_m``.

    References
    ----------
    Hairer, Lubich and Wanner, Geometric Numerical Integration (2006), section IX.1.
    """
    factor = decay_factor(tau_m, dt, scheme="euler")
    if factor < 0.0:
        raise ValueError(f"dt must be at most tau_m = {tau_m:g} ms for Euler; got {dt:g} ms")
    if dt < 1e-8 * tau_m:
        return tau_m - dt / 2  # to the last digit, where the factor has lost most of them
    return -float(dt) / math.log(factor) if factor else 0.0


def simulate_scheme(
    neuron: LIF = LIF(),  # noqa: B008  a frozen record
    *,
    duration: float,
    dt: float = 0.1,
    current: float = 0.0,
    scheme: str = "euler",
    rest: str = "steps",
) -> SchemeRun:
    """Simulate one neuron with a fixed threshold on a grid of time steps, by a scheme of choice.

    With ``scheme="exact"`` and ``rest="steps"`` it does what `lifcore.simulate_1d` does.

    Parameters
    ----------
    neuron
        The parameters; ``th_jump`` is 0.
    duration, dt
        ms; the duration is a whole number n of steps dt.
    current
        nA, constant.
    scheme
        "exact" or "euler", see `decay_factor`.
    rest
        How the refractory period is told. "steps": counted in whole steps. "float ms", "float s": the
        neuron rests until the time since its spike, a difference of floats in ms or s, exceeds ``t_ref``.

    Returns
    -------
    SchemeRun

    Raises
    ------
    TypeError, ValueError, MemoryError
        As `lifcore.simulate_1d` does; ValueError too if ``th_jump`` is not 0.
    """
    _check_fixed(neuron)
    factor = decay_factor(neuron.tau_m, dt, scheme=scheme)
    if rest not in RESTS:
        raise ValueError(f"rest must be one of {', '.join(map(repr, RESTS))}; got {rest!r}")
    n = steps_whole("duration", duration, dt)
    check_memory(f"a run of {n:,} steps", BYTES_PER_SAMPLE * (n + 1))
    v_inf = driven_to(neuron, number("current", current))
    v, v_out, spikes = neuron.v_rest, [neuron.v_rest], []
    n_ref, t_ref = steps_up(neuron.t_ref, dt), neuron.t_ref * RESTS[rest]
    clock = (np.arange(n + 1) * (dt * RESTS[rest])).tolist()
    hold, last = -1, -math.inf  # the last sample of rest; when it fired
    for k in range(1, n + 1):
        if k <= hold if rest == "steps" else clock[k] - last <= t_ref:
            v = neuron.v_reset
        else:
            v = v_inf + (v - v_inf) * factor
            if v >= neuron.v_th:
                spikes.append(k)
                v = neuron.v_reset
                hold, last = k + n_ref, clock[k]
        v_out.append(v)
    bounded("V, which runs off,", float(np.max(np.abs(v_out))), dt=dt, tau_m=neuron.tau_m)
    t = np.arange(n + 1) * float(dt)
    return SchemeRun(t, np.array(v_out), t[spikes], neuron, float(dt))


def grid_interval(neuron: LIF, current: Any, dt: float, *, scheme: str, mean: bool = False) -> Any:
    """Return the interval between spikes that a scheme gives on a grid of time steps, ms.

    Parameters
    ----------
    neuron, scheme
        As for `simulate_scheme`.
    current
        nA, constant: a number or an array.
    dt
        ms; for "euler" at most ``tau_m``.
    mean
        Whether to return its average over currents near each: half a step in place of rounding up.

    Returns
    -------
    float or ndarray
        dt · (N + ⌈τ L / dt⌉) with N the steps of rest, L = ln[(V∞ - v_reset) / (V∞ - v_th)], and τ
        the `effective_tau` for "euler"; inf up to the rheobase. Where τ L / dt is whole, rounding
        decides what a simulation does. The mean for "euler" is near N·dt + (``tau_m`` - dt / 2) L + dt / 2.

    References
    ----------
    Hansel, Mato, Meunier and Neltner 1998, Neural Computation 10, 467-483, for the grid's error.
    """
    _check_fixed(neuron)
    decay_factor(neuron.tau_m, dt, scheme=scheme)  # checks dt and scheme
    tau = neuron.tau_m if scheme == "exact" else effective_tau(neuron.tau_m, dt)
    i = array("current", current, ndim=None) if many(current) else number("current", current)
    driven_to(neuron, float(np.max(np.abs(i), initial=0.0)))
    over = np.asarray(neuron.v_rest + neuron.r_m * i - neuron.v_th)
    fires = over > 0
    with np.errstate(over="ignore"):
        late = tau * np.log1p((neuron.v_th - neuron.v_reset) / np.where(fires, over, math.inf))
        steps = late / dt + 0.5 if mean else np.maximum(steps_up(late, dt), 1.0)
        interval = dt * (steps_up([neuron.t_ref], dt)[0] + np.where(fires, steps, math.inf))
    longest = float(np.max(interval, where=fires, initial=0.0))
    bounded("the interval", longest, dt=dt, t_ref=neuron.t_ref, tau_m=neuron.tau_m, v_th=neuron.v_th)
    return interval if interval.ndim else float(interval)


def crossing(neuron: LIF, v: float, current: float) -> float:
    """Return how long after a sample V crosses the threshold, ms.

    Parameters
    ----------
    neuron
        The parameters.
    v
        mV, V at the sample.
    current
        nA, constant from the sample on.

    Returns
    -------
    float
        ``tau_m`` ln[(V∞ - v) / (V∞ - v_th)]; 0 where V is there already, inf where it never comes.

    References
    ----------
    Morrison, Straube, Plesser and Diesmann 2007, Neural Computation 19, 47-79.
    """
    check_neuron("neuron", neuron)
    v, i = number("v", v), number("current", current)
    if v >= neuron.v_th:
        return 0.0
    return rise(neuron, v, i)


def float_spikes(t_ref: float, dt: float, n: int) -> list[int]:
    """Return when a neuron fires that always would, if its rest is told by comparing floats.

    It fires at sample k, of the samples 0 … n-1, if t - last > t_ref with t = k·dt, as floats.

    Parameters
    ----------
    t_ref, dt, n
        Refractory period and time step, in one unit, on which the rounding depends; how many samples.

    Returns
    -------
    list of int
        The samples at which it fires.

    References
    ----------
    Issue 949 of the simulator Brian 2 (2018): 1e-3, 1e-4, 10 000 give 899 intervals of 10 steps, 91 of 11.
    """
    t_ref, dt = number("t_ref", t_ref, low=0.0), number("dt", dt, above=0.0)
    n = integer("n", n, low=0)
    check_memory(f"a train of n = {n:,} samples", BYTES_PER_SAMPLE * n, "a smaller n")
    last, spikes = -math.inf, []
    for k in range(n):
        if k * dt - last > t_ref:
            spikes.append(k)
            last = k * dt
    return spikes


def _check_fixed(neuron: LIF) -> None:
    check_neuron("neuron", neuron)
    if neuron.th_jump != 0:
        raise ValueError(f"th_jump must be 0 here, a fixed threshold; got {neuron.th_jump:g} mV")
