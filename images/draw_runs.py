"""The pictures of the two simulations: one neuron over time, and a grid with a wave."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from lifcore import LIF, Run1D, Run2D, poisson, simulate_1d, simulate_2d, surround
from lifcore.widgets.looks import before_reset

BLACK, BLUE, GREEN, SPIKE = "#000000", "#0072b2", "#009e73", "#d55e00"
DPI = 200
STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
N = 100  # rows and columns of the grid
FRAMES = (42.0, 75.0, 120.0)  # ms
SHADES, MAGNIFIED, EVERY, SHOWN = 32, 3, 3, 90  # colors, pixels a cell, ms between pictures, ms for each


def one_neuron() -> Run1D:
    """Return the run of one neuron under random input spikes."""
    arrivals = poisson(100.0, rate=1000.0, seed=4)
    return simulate_1d(LIF(), duration=100.0, input_spikes=arrivals, input_weights=2.5)


def draw_1d(path: Path) -> None:
    """Draw V of one neuron with its threshold, its input spikes and its output spikes."""
    run = one_neuron()
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7, 3.5))
        top = figure.add_axes((0.105, 0.28, 0.865, 0.53))
        below = figure.add_axes((0.105, 0.155, 0.865, 0.085), sharex=top)
        at, before = before_reset(run)  # drawn too, so that V is seen to reach the threshold
        t, v = np.insert(run.t, at, run.spikes), np.insert(run.v, at, before)
        top.plot(t, v, color=BLACK, lw=1.3, label="membrane potential $V$")
        top.axhline(run.neuron.v_th, color=GREEN, ls="--", lw=1.8, label="threshold")
        marks = run.neuron.v_th + 1.5, run.neuron.v_th + 6.0
        top.vlines(run.spikes, *marks, color=SPIKE, lw=2.6, label="output spikes")
        below.vlines(run.input_spikes, 0, 1, color=BLUE, lw=1.3, label="input spikes")
        top.set(ylabel="$V$ (mV)", ylim=(-71.5, -42), yticks=(-70, -60, -50), xlim=(0, 100))
        top.tick_params(labelbottom=False)
        below.set(xlabel="time (ms)", yticks=())
        below.spines["left"].set_visible(False)
        figure.legend(loc="upper center", ncols=2, frameon=False)
        save(figure, path)


def wave() -> Run2D:
    """Return the run of a grid on which a front that is cut in half rolls up into a spiral."""
    neuron = LIF(v_reset=-80.0, tau_m=10.0, t_ref=5.0, th_jump=3.0, tau_th=30.0)
    row, col = np.indices((N, N))
    left, ahead = col < 3, (row >= N // 2) & (col >= 42) & (col < 54)
    front = [(0.0, r, c, 30.0) for r, c in np.argwhere(left)]
    cut = [(40.0, r, c, -15.0) for r, c in np.argwhere(ahead)]
    return simulate_2d(
        neuron,
        shape=(N, N),
        duration=FRAMES[-1],
        kernel=surround(3.0, 3.0, 0.0, 3.5),
        input_spikes=front + cut,
        record_every=1.0,  # so that frame k shows t = k ms
    )


def draw_2d(path: Path) -> None:
    """Draw three moments of V on the grid, and the threshold at the last of them."""
    run = wave()
    v_look: Any = {"cmap": "viridis", "vmin": -85, "vmax": -50, "interpolation": "nearest"}
    th_look: Any = {"cmap": "inferno", "vmin": -50, "vmax": -45, "interpolation": "nearest"}
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7, 2.8))
        axes = [figure.add_axes((left, 0.42, 0.19, 0.475)) for left in (0.085, 0.31, 0.535, 0.775)]
        for ax, t in zip(axes, FRAMES, strict=False):
            potential = ax.imshow(run.v_frames[round(t)], **v_look)
            ax.set_title(f"$V$ at {t:.0f} ms")
        threshold = axes[3].imshow(run.th_frames[-1], **th_look)
        axes[3].set_title(f"$V_t$ at {FRAMES[-1]:.0f} ms")
        for ax in axes:
            ax.set(xticks=(0, 50, 99), xlabel="column", yticks=(0, 50, 99), yticklabels=())
        axes[0].set(yticklabels=("0", "50", "99"), ylabel="row")
        bars = figure.add_axes((0.085, 0.18, 0.64, 0.04)), figure.add_axes((0.775, 0.18, 0.19, 0.04))
        figure.colorbar(
            potential, bars[0], orientation="horizontal", label="$V$ (mV)", ticks=range(-80, -49, 10)
        )
        figure.colorbar(
            threshold, bars[1], orientation="horizontal", label="$V_t$ (mV)", ticks=(-49, -47, -45)
        )
        save(figure, path)


def draw_moving(path: Path) -> None:
    """Draw V on the grid as it goes on, a GIF."""
    v = (run := wave()).v_frames[::EVERY]
    shades = np.rint(np.clip((v - run.neuron.v_reset + 5) / 35, 0, 1) * (SHADES - 1)).astype(np.uint8)
    colors = np.rint(255 * mpl.colormaps["viridis"](np.linspace(0, 1, SHADES))[:, :3]).astype(np.uint8)
    pictures = [Image.fromarray(np.kron(frame, np.ones((MAGNIFIED,) * 2, np.uint8))) for frame in shades]
    for picture in pictures:
        picture.putpalette(colors.tobytes())
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=SHOWN, loop=0)


def save(figure: Figure, path: Path) -> None:
    """Save a figure as PNG, without a date or a program's name in it."""
    figure.savefig(path, dpi=DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 9})


PICTURES = {"lif_1d.png": draw_1d, "lif_2d.png": draw_2d, "lif_2d.gif": draw_moving}
