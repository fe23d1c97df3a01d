"""Large kernels: a step of a sheet against one transform of it there and back."""

from collections.abc import Iterator

import numpy as np

from lifcore import LIF, Grid, engine, surround
from tests.bench.measure import Table, Target, Work

SIDE, STEPS = 128, 20
RADII = 5, 10, 15  # cells: kernels of 11×11, 21×21, 31×31


def steps(radius: int, name: str) -> Work:
    """Return the steps of a sheet under strong input, on which some fire at each."""
    kernel = surround(0.3, radius / 2, 0.1, radius)
    rng = np.random.default_rng(radius)
    start = rng.uniform(-70.0, -50.0, (SIDE, SIDE))
    sheet = Grid(LIF(), (SIDE, SIDE), kernel=kernel, boundary="torus", v_start=start, engine=name)

    def run() -> None:
        for _ in range(STEPS):
            sheet.step(None, 4.0)

    return run


def transforms(radius: int) -> Work:
    """Return as many transforms of a sheet with the kernel's padding, each there and back."""
    padded = np.ones((SIDE + 2 * radius, SIDE + 2 * radius))

    def run() -> None:
        for _ in range(STEPS):
            np.fft.irfft2(np.fft.rfft2(padded), padded.shape)

    return run


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    names = ["numpy", *["numba"] * engine.present()]
    for radius in RADII:
        works = {name: steps(radius, name) for name in names} | {"numpy.fft": transforms(radius)}
        # Two distinct weights: each is counted by a transform there and back, and the step comes on top.
        targets = [Target(name, "numpy.fft", 3.5) for name in names]
        side = 2 * radius + 1
        title = f"A step of {SIDE}×{SIDE}, a kernel of {side}×{side}"
        note = "Two distinct weights; numpy.fft: rfft2 and irfft2 of the padded sheet."
        yield Table(title, works, targets, repeats=STEPS, rounds=15, unit="µs", note=note)
