"""Sheets on which few neurons fire: the time follows the spikes, not the area."""

import dataclasses
from collections.abc import Iterator

from lifcore import engine
from tests.bench.measure import Table, Target
from tests.bench.waves import ours, target_wave

STEPS = 1500


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    task = target_wave(1024, STEPS)
    wide = dataclasses.replace(task, shape=(1024, 2048))
    names = [*["numba"] * engine.present(), "sparse", "auto"]
    found = {name: ours(task, name) for name in names} | {"sparse, 1024×2048": ours(wide, "sparse")}
    targets = [
        Target("sparse", "numba", 1 / 5),
        Target("auto", "numba", 1 / 5),
        Target("sparse, 1024×2048", "sparse", 1.25),
    ]
    note = "A target wave in which less than 0.1 % of the neurons fire in a step; simulate_2d as a whole."
    yield Table("1024×1024, few spikes", found, targets, repeats=STEPS, rounds=5, unit="µs", note=note)
