"""The picture of what a LIF neuron leaves out: spike shape, bursts, sag, resonance."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from beyond import AdEx, adex, impedance, squid
from draw_runs import BLACK, SPIKE, STYLE, save
from matplotlib.figure import Figure
from PIL import Image

from lifcore import LIF, simulate_1d

LEAKY = LIF(v_rest=-70.6, v_reset=-70.6, v_th=-50.4, r_m=1000 / 30, tau_m=281 / 30, t_ref=0)
SAGGING = AdEx(a=0.06, b=0.0, tau_w=100.0)
BURSTING = AdEx(v_reset=-47.4)
DT = 0.02  # ms
T = np.arange(20_001) * DT
STEADY = np.full(20_000, 0.8)  # nA
PULSE = np.where(T[:-1] < 200, -0.3, 0.0)  # nA
HERTZ = np.geomspace(0.5, 60, 200)


def draw(path: Path) -> None:
    """Draw the four panels, the LIF neuron in each of them for comparison."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7, 4.7), layout="constrained")
        shape, bursts, sag, resonance = figure.subplots(2, 2).flat
        v = squid(np.full(1000, 10.0), 0.01)
        shape.plot(T[:501], v[::2], color=BLACK)
        shape.axvline(v.argmax() * 0.01, color=SPIKE, ls="--", label="LIF: the time")
        shape.set(title="spike shape", xlabel="$t$ (ms)", ylabel="$V$ (mV)", xticks=(0, 5, 10))

        v, spikes = adex(BURSTING, STEADY, DT)
        bursts.plot(T, v, color=BLACK, lw=1)
        bursts.vlines(spikes, BURSTING.v_reset, BURSTING.v_peak, color=SPIKE, lw=1)
        regular = simulate_1d(LEAKY, duration=400, current=0.8).spikes
        bursts.plot(regular, np.full(regular.size, 12), "|", color=SPIKE, label="LIF")
        bursts.set(title="bursts", xlabel="$t$ (ms)", ylabel="$V$ (mV)", ylim=(-75, 40))

        sag.plot(T, adex(SAGGING, PULSE, DT)[0], color=BLACK)
        sag.plot(T, simulate_1d(LEAKY, duration=400, dt=DT, current=PULSE).v, ":", color=BLACK, label="LIF")
        sag.set(title="sag", xlabel="$t$ (ms)", ylabel="$V$ (mV)")

        resonance.plot(HERTZ, impedance(SAGGING, HERTZ), color=BLACK)
        resonance.plot(HERTZ, impedance(AdEx(a=0.0), HERTZ), ":", color=BLACK, label="LIF")
        resonance.set(title="resonance", xlabel="frequency (Hz)", ylabel="swing (mV per nA)", ylim=(0, 36))
        resonance.set(xscale="log", xticks=(1, 10, 50), xticklabels=("1", "10", "50"))
        for ax in (shape, bursts, sag, resonance):
            ax.legend(frameon=False, loc="upper right")
        save(figure, path)
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)  # a third of the size


PICTURES = {"beyond.png": draw}
