"""One neuron: the simulation in plain Python against the bare loop v = a·v + b over lists."""

import math
from typing import Any

import numpy as np

from lifcore import LIF, Run1D, engine, simulate_1d
from tests.bench.measure import Table, Target


def bare(v: float, a: float, inputs: list[float]) -> list[float]:
    """Return what v = a·v + b gives for each b: the least that a loop over the samples costs."""
    v_out = [v] * (len(inputs) + 1)
    for k, b in enumerate(inputs, 1):
        v = a * v + b
        v_out[k] = v
    return v_out


def plain(**arguments: Any) -> Run1D:
    """Run `simulate_1d` in plain Python, however long the run."""
    pays = engine.pays
    engine.pays = lambda *_: False
    try:
        return simulate_1d(**arguments)
    finally:
        engine.pays = pays


def table(title: str, n: int, rounds: int, *, target: float | None = None, **arguments: Any) -> Table:
    """Return the table of n steps with these arguments of `simulate_1d`."""
    neuron, dt = arguments.get("neuron", LIF()), 0.1
    a = math.exp(-dt / neuron.tau_m)
    current = np.broadcast_to(arguments["current"], n)
    inputs = ((1 - a) * (neuron.v_rest + neuron.r_m * current)).tolist()
    return Table(
        title,
        {
            "bare loop": lambda: bare(neuron.v_rest, a, inputs),
            "simulate_1d": lambda: plain(duration=n * dt, dt=dt, **arguments),
        },
        [] if target is None else [Target("simulate_1d", "bare loop", target)],
        rounds=rounds,
    )


def tables() -> list[Table]:
    """Return what this module measures."""
    noisy = np.random.default_rng(1).normal(3.0, 2.0, 1_000_000)
    all_at_once: dict[str, Any] = {
        "neuron": LIF(th_jump=2.0),
        "input_spikes": np.arange(1000.0),
        "input_weights": 0.5,
    }
    return [
        table("One neuron, 10⁴ steps, constant current", 10_000, 101, current=3.0, target=3.0),
        table("… with an adaptive threshold and input spikes", 10_000, 101, current=3.0, **all_at_once),
        table("One neuron, 10⁶ steps, noisy current", 1_000_000, 7, current=noisy, target=3.0),
    ]
