"""Two models for what a leaky integrate-and-fire neuron leaves out: AdEx, and Hodgkin and Huxley's.

They serve one picture and are written to be read, by Euler's method with a small step.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class AdEx:
    """Parameters of the adaptive exponential neuron of Brette and Gerstner.

    The defaults are the values of their paper: Journal of Neurophysiology 94 (2005), 3637-3642.
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


def adex(neuron: AdEx, current: Iterable[float], dt: float) -> tuple[np.ndarray, np.ndarray]:
    """Return V at the samples, mV, and the times of the spikes, ms, from rest.

    `current` is in nA, one value for each step of dt ms.
    """
    v, w = neuron.v_rest, 0.0
    v_out, spikes = [v], []
    for k, i in enumerate(current, 1):
        run_off = neuron.slope * math.exp((v - neuron.v_th) / neuron.slope)
        v_inf = neuron.v_rest + run_off + neuron.r_m * (i - w)
        w_inf = neuron.a * (v - neuron.v_rest)
        v += dt / neuron.tau_m * (v_inf - v)
        w += dt / neuron.tau_w * (w_inf - w)
        if v >= neuron.v_peak:
            spikes.append(k * dt)
            v = neuron.v_reset
            w += neuron.b
        v_out.append(v)
    return np.array(v_out), np.array(spikes)


def impedance(neuron: AdEx, frequency: Any) -> Any:
    """Return how many mV a small current of 1 nA at some Hz swings V by around rest, MΩ.

    Without a it is a LIF's, R / √(1 + (2πfτ)²); with it Richardson, Brunel and Hakim's, Journal of
    Neurophysiology 89 (2003), 2538-2554.
    """
    s = 2j * np.pi * 1e-3 * frequency  # per ms
    return np.abs(neuron.r_m / (1 + s * neuron.tau_m + neuron.a * neuron.r_m / (1 + s * neuron.tau_w)))


def squid(current: Iterable[float], dt: float) -> np.ndarray:
    """Return V of the squid's giant axon at the samples, mV, from rest.

    `current` is in µA/cm², one value for each step of dt ms. The membrane is Hodgkin and Huxley's,
    Journal of Physiology 117 (1952), 500-544, at 6.3 °C, with today's sign of V and rest at -65 mV.
    """
    v, m, h, n = -65.0, 0.0529, 0.5961, 0.3177
    v_out = [v]
    for i in current:
        sodium, potassium, leak = 120 * m**3 * h * (v - 50), 36 * n**4 * (v + 77), 0.3 * (v + 54.387)
        to_m = 0.1 * (v + 40) / -math.expm1(-(v + 40) / 10), 4 * math.exp(-(v + 65) / 18)
        to_h = 0.07 * math.exp(-(v + 65) / 20), 1 / (1 + math.exp(-(v + 35) / 10))
        to_n = 0.01 * (v + 55) / -math.expm1(-(v + 55) / 10), 0.125 * math.exp(-(v + 65) / 80)
        v += dt * (i - sodium - potassium - leak)  # 1 µF/cm²
        m, h, n = (
            x + dt * (opens * (1 - x) - closes * x)
            for x, (opens, closes) in zip((m, h, n), (to_m, to_h, to_n), strict=True)
        )
        v_out.append(v)
    return np.array(v_out)
