"""Two models for what a leaky integrate-and-fire neuron leaves out: AdEx, and Hodgkin and Huxley's.

They serve the comparison in notebook 08 and are written to be read, not to be fast.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from lifcore.neuron import array, number


@dataclass(frozen=True)
class AdEx:
    """Parameters of the adaptive exponential integrate-and-fire neuron.

    A current w takes the place of the moving threshold: tau_w dw/dt = a (V - v_rest) - w, and each
    spike adds b to it. Near v_th an exponential makes V run off by itself; at v_peak it is cut.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite, if ``r_m``, ``tau_m``, ``tau_w`` or ``slope`` is not above 0,
        or if ``v_reset`` is not below ``v_peak``.

    References
    ----------
    Brette and Gerstner 2005, Journal of Neurophysiology 94, 3637-3642, whose values are the defaults.
    """

    # fmt: off
    v_rest: float = -70.6    # mV    resting potential
    v_reset: float = -70.6   # mV    reset voltage
    v_th: float = -50.4      # mV    where V begins to run off
    slope: float = 2.0       # mV    how sharply it does, Δ_T
    v_peak: float = 0.0      # mV    where the spike is cut
    r_m: float = 1000 / 30   # MΩ    membrane resistance
    tau_m: float = 281 / 30  # ms    membrane time constant
    a: float = 0.004         # nA/mV how V drives w
    b: float = 0.0805        # nA    rise of w at each spike
    tau_w: float = 144.0     # ms    time constant of w
    # fmt: on

    def __post_init__(self) -> None:
        """Check every parameter and keep it as a plain float."""
        for f in fields(self):
            above = 0.0 if f.name in ("r_m", "tau_m", "tau_w", "slope") else None
            object.__setattr__(self, f.name, number(f.name, getattr(self, f.name), above=above))
        if self.v_reset >= self.v_peak:
            raise ValueError(
                f"v_reset must be below v_peak, else the neuron would fire for ever; got v_reset = "
                f"{self.v_reset:g} mV and v_peak = {self.v_peak:g} mV"
            )


def simulate_adex(
    neuron: AdEx, current: Sequence[float] | np.ndarray, *, dt: float = 0.02
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate an AdEx neuron from rest.

    Parameters
    ----------
    neuron
        The parameters.
    current
        (n,) nA, each held for one step.
    dt
        ms; the upstroke needs 0.1 or less.

    Returns
    -------
    ndarray, (n+1,) and ndarray, (k,)
        V at the samples, mV, after the reset; the times of the spikes, ms.
    """
    dt = number("dt", dt, above=0.0)
    decay, decay_w = math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_w)
    v, w = neuron.v_rest, 0.0
    v_out, spikes = [v], []
    for k, i in enumerate(array("current", current).tolist(), 1):
        # The exponential and w are held over the step; beyond v_peak no larger one is needed.
        run_off = neuron.slope * math.exp((min(v, neuron.v_peak) - neuron.v_th) / neuron.slope)
        v_inf = neuron.v_rest + run_off + neuron.r_m * (i - w)
        w_inf = neuron.a * (v - neuron.v_rest)
        v = v_inf + (v - v_inf) * decay
        w = w_inf + (w - w_inf) * decay_w
        if v >= neuron.v_peak:
            spikes.append(k * dt)
            v = neuron.v_reset
            w += neuron.b
        v_out.append(v)
    return np.array(v_out), np.array(spikes)


def impedance(neuron: AdEx, frequency: Any) -> Any:
    """Return how many mV a small oscillating current of 1 nA swings V by around rest, MΩ.

    Parameters
    ----------
    neuron
        With ``a`` 0 it is the low-pass filter of a LIF neuron, R / √(1 + (2πfτ)²).
    frequency
        Hz, a number or an array.

    Returns
    -------
    float or ndarray
        MΩ.

    References
    ----------
    Richardson, Brunel and Hakim 2003, Journal of Neurophysiology 89, 2538-2554, for a membrane with
    one linear current.
    """
    s = 2j * np.pi * 1e-3 * np.asarray(frequency, float)  # per ms
    z = neuron.r_m / (1 + s * neuron.tau_m + neuron.a * neuron.r_m / (1 + s * neuron.tau_w))
    return float(abs(z)) if z.ndim == 0 else np.abs(z)


def simulate_hh(current: Sequence[float] | np.ndarray, *, dt: float = 0.01) -> np.ndarray:
    """Simulate Hodgkin and Huxley's membrane of the squid's giant axon from rest, -65 mV.

    Parameters
    ----------
    current
        (n,) µA/cm², each held for one step.
    dt
        ms.

    Returns
    -------
    ndarray, (n+1,)
        V, mV.

    References
    ----------
    Hodgkin and Huxley 1952, Journal of Physiology 117, 500-544, at 6.3 °C, with today's sign of V
    and rest at -65 mV.
    """
    dt = number("dt", dt, above=0.0)
    v = -65.0
    m, h, n = (open_ / (open_ + close) for open_, close in _rates(v))
    v_out = [v]
    for i in array("current", current).tolist():
        # The gates run half a step ahead of V, which makes the method one of second order.
        m, h, n = (_toward(x, *rates, dt) for x, rates in zip((m, h, n), _rates(v), strict=True))
        sodium, potassium, leak = 120.0 * m**3 * h, 36.0 * n**4, 0.3  # mS/cm²
        total = sodium + potassium + leak  # with 1 µF/cm², V decays at this rate per ms
        v_inf = (sodium * 50.0 - potassium * 77.0 - leak * 54.387 + i) / total
        v = v_inf + (v - v_inf) * math.exp(-dt * total)
        v_out.append(v)
    return np.array(v_out)


def _rates(v: float) -> tuple[tuple[float, float], ...]:
    """Return how fast the gates m, h and n open and close at V, per ms."""
    return (
        (_ratio((v + 40) / 10), 4 * math.exp(-(v + 65) / 18)),
        (0.07 * math.exp(-(v + 65) / 20), 1 / (1 + math.exp(-(v + 35) / 10))),
        (0.1 * _ratio((v + 55) / 10), 0.125 * math.exp(-(v + 65) / 80)),
    )


def _ratio(x: float) -> float:
    """Return x / (1 - e^-x), which is 1 at 0."""
    return x / -math.expm1(-x) if x else 1.0


def _toward(x: float, open_: float, close: float, dt: float) -> float:
    """Return a gate after a step in which its rates are held."""
    x_inf = open_ / (open_ + close)
    return x_inf + (x - x_inf) * math.exp(-dt * (open_ + close))
