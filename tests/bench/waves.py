"""Sheets with waves and with rain, by each engine, against Brian2 and against what memory allows."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from lifcore import LIF, Run2D, engine, neighbors, simulate_2d
from tests.bench import peers
from tests.bench.measure import Table, Target, Work
from tests.peers.tasks import Task

NEURON = LIF(t_ref=2.0, th_jump=2.0, tau_th=5.0)
STEPS = {64: 2000, 256: 1000, 1024: 300}
TILE = 32  # cells; a spiral in each
ROUNDS = {64: 15, 256: 9, 1024: 5}


def target_wave(side: int, n: int) -> Task:
    """Return a sheet on which a ring grows round its middle."""
    spark = [(0.5, side // 2, side // 2, 30.0)]
    return Task(NEURON, n, shape=(side, side), kernel=neighbors(25.0, 8), delay=0.5, events=spark)


def spirals(side: int, n: int) -> Task:
    """Return a torus full of spirals: of a front in each tile the lower half is cut off."""
    row, col = np.indices((side, side))
    front = col % TILE == 0
    cut = (col % TILE == 5) & (row % TILE >= TILE // 2)
    back = col % TILE == TILE - 1  # the front goes one way only
    events = [
        np.column_stack((np.full(places.sum(), time), *np.nonzero(places), np.full(places.sum(), weight)))
        for places, time, weight in ((front, 0.5, 30.0), (back, 1.0, -75.0), (cut, 3.0, -75.0))
    ]
    kernel = neighbors(25.0, 8)
    events = np.concatenate(events)
    return Task(NEURON, n, shape=(side, side), kernel=kernel, delay=0.5, boundary="torus", events=events)


def rain(side: int, n: int) -> Task:
    """Return a torus under Poisson input of 50 Hz a neuron, nearly each of which fires it."""
    rng = np.random.default_rng(7)
    m = rng.poisson(0.05 * 0.1 * n * side**2)
    events = np.column_stack(
        (rng.integers(1, n + 1, m) * 0.1, *rng.integers(0, side, (2, m)), np.full(m, 22.0))
    )
    kernel = neighbors(1.0, 8)
    return Task(NEURON, n, shape=(side, side), kernel=kernel, delay=0.5, boundary="torus", events=events)


SHEETS = {"a target wave": target_wave, "spirals": spirals, "dense Poisson input": rain}


def ours(task: Task, name: str, dtype: Any = np.float32) -> Callable[[], Run2D]:
    """Return a call of simulate_2d, its spikes and counts read."""
    call = functools.partial(
        simulate_2d,
        task.neuron,
        shape=task.shape,
        duration=task.n * task.dt,
        dt=task.dt,
        kernel=task.kernel,
        delay=task.delay,
        boundary=task.boundary,
        input_spikes=task.events,
        dtype=dtype,
        engine=name,
    )

    def run() -> Run2D:
        found = call()
        assert len(found.spikes) == found.counts.sum()
        return found

    return run


def engines(task: Task) -> dict[str, Work]:
    """Return a call of simulate_2d for each engine that is there."""
    names = ["numpy", *["numba"] * engine.present(), "sparse", "auto"]
    return {name: ours(task, name) for name in names}


def touch(m: int, v: np.ndarray, th: np.ndarray, fired: np.ndarray) -> None:
    """Read and write V and V_t and read who fired, m times: what no dense step can do without."""
    for _ in range(m):
        for c in range(v.size):
            v[c] = v[c] * v.dtype.type(0.5) + fired[c]
            th[c] = th[c] * v.dtype.type(0.5) + fired[c]


def bound(task: Task) -> dict[str, Work]:
    """Return the measured pass over the same bytes, of as many steps."""
    if not engine.present():
        return {}
    import numba

    state = [np.ones(task.cells, dtype) for dtype in (np.float32, np.float32, np.uint8)]
    return {"memory": functools.partial(numba.njit(touch), task.n, *state)}


def others(task: Task) -> dict[str, Work]:
    """Return the runs by Brian2, in the same precision."""
    if not peers.has("brian2"):
        return {}
    words: dict[str, Any] = {"record": False, "dtype": np.float32}
    found = peers.Program(task, **words).works()
    if task.cells < 2**18:  # it makes millions of synapses in minutes
        found |= peers.brian(task, "cython", **words)
    return found


def table(name: str, side: int) -> Table:
    """Return the table of a square sheet."""
    task = SHEETS[name](side, STEPS[side])
    targets = [
        Target("numba", "Brian2 C++, whole program", 1 / 4),
        Target("numba", "Brian2 C++, run", 1.0),
    ]
    if name != "a target wave":
        targets.append(Target("auto", "numba", 1.1))
    if side == 64:
        targets.append(Target("numpy", "Brian2 cython, whole call", 1 / 3))
    if side == 256:
        targets.append(Target("numpy", "Brian2 C++, whole program", 1.0))
    if name == "a target wave" and side > 64:
        targets.append(Target("numba", "memory", 2.0 if side == 256 else 1 / 0.9))
    return Table(
        f"{side}×{side}, {name}",
        engines(task) | bound(task) | others(task),
        targets,
        repeats=task.n,
        rounds=ROUNDS[side],
        unit="µs",
        note=f"A step of {task.n}, float32, 8 neighbors, adaptive threshold; simulate_2d, its spikes read.",
    )


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    for side in STEPS:
        for name in SHEETS:
            yield table(name, side)
