"""A sheet: a step of the grid against the same step written with np.roll and fresh arrays."""

import math

import numpy as np

from lifcore import LIF, Grid, neighbors
from tests.bench.measure import Table, Target, Work

NEURON = LIF(t_ref=2.0, th_jump=2.0, tau_th=5.0)
DT = 0.1
WEIGHT = 25.0  # mV, above what brings a resting neuron to its threshold
STEPS = 60  # of each round
OFFSETS = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]


class Rolled:
    """The sheet as one writes it at first: whole arrays, each operation making a new one."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.v = np.full(shape, NEURON.v_rest, np.float32)
        self.th = np.full(shape, NEURON.v_th, np.float32)
        self.fired = np.zeros(shape, np.float32)
        self.left = np.zeros(shape, np.int32)  # samples that v is still held

    def step(self, kicks: np.ndarray | float = 0.0) -> np.ndarray:
        """Take one step; a spike reaches its neighbors at the next sample."""
        n = NEURON
        v = n.v_rest + (self.v - n.v_rest) * math.exp(-DT / n.tau_m)
        th = n.v_th + (self.th - n.v_th) * math.exp(-DT / n.tau_th)
        v = v + WEIGHT * sum(np.roll(self.fired, offset, axis=(0, 1)) for offset in OFFSETS) + kicks
        v = np.where(self.left > 0, np.float32(n.v_reset), v)
        fired = v >= th
        self.v = np.where(fired, np.float32(n.v_reset), v)
        self.th = np.where(fired, th + n.th_jump, th)
        self.left = np.where(fired, round(n.t_ref / DT), np.maximum(self.left - 1, 0))
        self.fired = fired.astype(np.float32)
        return fired


def endless_wave(shape: tuple[int, int], kind: type) -> Grid | Rolled:
    """Return a sheet on which a front runs round the torus for ever, one column a step."""
    sheet = (
        Grid(NEURON, shape, dt=DT, kernel=neighbors(WEIGHT, 8), delay=DT, boundary="torus", dtype=np.float32)
        if kind is Grid
        else Rolled(shape)
    )
    front, block = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    front[:, 0], block[:, -1] = 99.0, -60.0
    for kicks in (front, block):  # the second takes from three neighbors' 75 mV what they need to fire
        sheet.step(kicks)
    return sheet


def table(side: int, target: float) -> Table:
    """Return the table of a square sheet."""
    kinds = {"np.roll, fresh arrays": Rolled, "Grid.step": Grid}
    sheets = {name: endless_wave((side, side), kind) for name, kind in kinds.items()}

    def work(sheet: Grid | Rolled) -> Work:
        def run() -> None:
            for _ in range(STEPS):
                sheet.step()

        return run

    return Table(
        f"A step of {side}×{side}, 8 neighbors, adaptive threshold, a wave, float32",
        {name: work(sheet) for name, sheet in sheets.items()},
        [Target("Grid.step", "np.roll, fresh arrays", target)],
        repeats=STEPS,
        unit="µs",
    )


def tables() -> list[Table]:
    """Return what this module measures."""
    return [table(64, 0.6), table(256, 0.35)]
