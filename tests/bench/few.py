"""Sheets on which few neurons fire: the time of a step follows the spikes, not the area."""

import time
from collections.abc import Iterator

import numpy as np

from lifcore import Grid, engine, neighbors
from tests.bench.measure import Own, Table, Target, Work
from tests.bench.waves import NEURON

BEFORE, STEPS = 500, 500  # steps; the ring that they time has a radius of 100 to 200 cells


def ring(shape: tuple[int, int], name: str) -> Work:
    """Return the steps of a grid on which a ring grows round a point far from the edge."""

    def run() -> Own:
        grid = Grid(NEURON, shape, kernel=neighbors(25.0, 8), delay=0.5, dtype=np.float32, engine=name)
        spark = np.zeros(shape, np.float32)
        spark[512, 512] = 30.0
        grid.step(spark)
        for _ in range(BEFORE):
            grid.step()
        start = time.perf_counter()
        for _ in range(STEPS):
            grid.step()
        return Own(time.perf_counter() - start)

    return run


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    names = [*["numba"] * engine.present(), "sparse", "auto"]
    works = {name: ring((1024, 1024), name) for name in names}
    works["sparse, 1024×2048"] = ring((1024, 2048), "sparse")
    targets = [
        Target("sparse", "numba", 1 / 5),
        Target("auto", "numba", 1 / 5),
        Target("sparse, 1024×2048", "sparse", 1.25),
    ]
    note = "A ring of which 0.02 % of the sheet fire in a step, float32; Grid.step alone."
    yield Table("1024×1024, few spikes", works, targets, repeats=STEPS, rounds=7, unit="µs", note=note)
