"""Many neurons that don't reach each other: as a sheet without a kernel, and one by one."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from lifcore import Run1D, Run2D, engine, simulate_1d, simulate_2d
from tests.bench.measure import Table, Target
from tests.bench.one import forced

NEURONS, STEPS = 100, 10_000
CURRENTS = np.linspace(1.5, 4.0, NEURONS)  # nA


def loop() -> list[Run1D]:
    """Return the runs of the neurons, one after another."""
    return [simulate_1d(duration=STEPS * 0.1, current=current) for current in CURRENTS.tolist()]


def sheet(name: str) -> Run2D:
    """Return the run of all at once, its spikes and counts read."""
    current: Any = CURRENTS.reshape(1, -1)
    run = simulate_2d(shape=current.shape, duration=STEPS * 0.1, current=current, engine=name)
    assert len(run.spikes) == run.counts.sum()
    return run


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    works = {"loop": forced(False, loop), "sheet": lambda: sheet("numpy")}
    targets = [Target("sheet", "loop", 1.0)]
    if engine.present():
        works |= {"loop, compiled": forced(True, loop), "sheet, compiled": lambda: sheet("numba")}
        targets.append(Target("sheet, compiled", "loop, compiled", 1 / 4))
    title = f"{NEURONS} neurons, 10⁴ steps, each with a current of its own"
    note = "simulate_1d in a loop, and simulate_2d without a kernel."
    yield Table(title, works, targets, rounds=7, note=note)
