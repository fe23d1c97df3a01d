"""One neuron, recorded at every step: plain and compiled, against the bare loop v = a·v + b and others."""

import functools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from lifcore import LIF, engine, inputs, simulate_1d
from tests.bench import peers
from tests.bench.measure import Table, Target, Work
from tests.peers.tasks import Task

# NEST is measured without the time in which it hands V out.
RUNS = "NEST, run", "Brian2 C++, whole program"


def bare(v: float, a: float, inputs: Any, v_out: Any) -> Any:
    """Fill v_out with what v = a·v + b gives for each b: the least that a loop over the samples costs."""
    v_out[0] = v
    for k, b in enumerate(inputs, 1):
        v = a * v + b
        v_out[k] = v
    return v_out


def forced(compiled: bool, work: Work) -> Work:
    """Return a work in which simulate_1d runs compiled, or plain, however long the run is."""

    def run() -> object:
        pays = engine.pays
        engine.pays = lambda *_: compiled
        try:
            return work()
        finally:
            engine.pays = pays

    return run


def ours(task: Task) -> Work:
    """Return a run by simulate_1d, checks of the arguments included."""
    events = np.reshape(task.events, (-1, 4)).astype(float)
    words: dict[str, Any] = {"duration": task.n * task.dt, "dt": task.dt, "current": task.current}
    words |= {"input_spikes": events[:, 0], "input_weights": events[:, 3]} if len(events) else {}
    return functools.partial(simulate_1d, task.neuron, **words)


def works(task: Task) -> dict[str, Work]:
    """Return bare and whole loops, each plain and, where numba is, compiled."""
    neuron = task.neuron
    a = math.exp(-task.dt / neuron.tau_m)
    drive = (1 - a) * (neuron.v_rest + neuron.r_m * np.broadcast_to(task.current, task.n))
    values = drive.tolist()
    found = {
        "bare loop": lambda: bare(neuron.v_rest, a, values, [0.0] * (task.n + 1)),
        "plain": forced(False, ours(task)),
    }
    if engine.present():
        import numba

        fast: Callable = numba.njit(bare)
        found["bare loop, compiled"] = lambda: fast(neuron.v_rest, a, drive, np.empty(task.n + 1))
        found["compiled"] = forced(True, ours(task))
    return found


def others(task: Task, *, slow: bool) -> dict[str, Work]:
    """Return the runs of the other simulators; the slow ones too if asked for."""
    found: dict[str, Work] = {}
    if peers.has("nest"):
        found |= peers.nest(task)
    if peers.has("brian2"):
        if slow:
            found |= peers.brian(task, "numpy") | peers.brian(task, "cython")
        found |= peers.Program(task).works()
    return found | (peers.torches(task) if slow else {})


def from_scratch(task: Task) -> Table:
    """Return the table of everything a first result takes but imports: model, code, compilation, run."""
    found: dict[str, Work] = {"plain": forced(False, ours(task))}
    if peers.has("nest"):
        found["NEST"] = lambda: peers.nest(task)["NEST, run and V"]() and None
    if peers.has("brian2"):
        for target in ("numpy", "cython"):
            whole = peers.brian(task, target)[f"Brian2 {target}, whole call"]
            found[f"Brian2 {target}"] = lambda whole=whole: whole() and None
        found["Brian2 C++, compiled for it"] = peers.Program(task).from_scratch
    note = "Cython keeps what it has compiled. " + peers.missing()
    return Table("One neuron, 10⁴ steps, model and run from scratch", found, rounds=2, note=note)


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    all_at_once = [(time, 0, 0, 0.5) for time in np.arange(1000.0)]
    adaptive = Task(LIF(th_jump=2.0), n=10_000, current=3.0, events=all_at_once)
    yield Table(
        "One neuron, 10⁴ steps, adaptive threshold and input spikes",
        works(adaptive),
        rounds=101,
    )
    short = Task(n=10_000, current=3.0)
    targets = [
        Target("plain", "bare loop", 3.0),
        Target("plain", "NEST, run", 2.0),
        Target("compiled", "NEST, run", 1 / 10),
        Target("compiled", "Brian2 C++, whole program", 1 / 60),
    ]
    title = "One neuron, 10⁴ steps, constant current"
    found = works(short) | others(short, slow=True)
    yield Table(title, found, targets, rounds=31, note=peers.missing())
    yield from_scratch(short)

    noisy = inputs.noise(LIF(), 1e5, 0.1, mean=2.0, sigma_v=4.0, seed=1)
    long = Task(n=1_000_000, current=noisy)
    targets = [
        Target("plain", "bare loop", 3.0),
        Target("compiled", "bare loop, compiled", 3.0),
        *[Target("plain", run, 1.0) for run in RUNS],
        *[Target("compiled", run, 1 / 100) for run in RUNS],
    ]
    title = "One neuron, 10⁶ steps, noisy current"
    note = "Brian2's NumPy and Cython code would take minutes."
    yield Table(title, works(long) | others(long, slow=False), targets, rounds=7, note=note)
