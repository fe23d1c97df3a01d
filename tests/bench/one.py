"""One neuron: the simulation in plain Python against the bare loop v = a·v + b over lists."""

import math

import numpy as np

from lifcore import LIF, simulate_1d
from tests.bench.measure import Table, Target


def bare(v: float, a: float, inputs: list[float]) -> list[float]:
    """Return what v = a·v + b gives for each b: the least that a loop over the samples costs."""
    v_out = [v] * (len(inputs) + 1)
    for k, b in enumerate(inputs, 1):
        v = a * v + b
        v_out[k] = v
    return v_out


def table(title: str, n: int, rounds: int, current: float | np.ndarray) -> Table:
    """Return the table of n steps under a current, nA, with an input spike each millisecond."""
    neuron, dt = LIF(th_jump=2.0), 0.1
    duration = n * dt
    times = np.arange(0.0, duration)
    a = math.exp(-dt / neuron.tau_m)
    inputs = ((1 - a) * (neuron.v_rest + neuron.r_m * np.broadcast_to(current, n))).tolist()
    return Table(
        title,
        {
            "bare loop": lambda: bare(neuron.v_rest, a, inputs),
            "simulate_1d": lambda: simulate_1d(
                neuron, duration=duration, dt=dt, current=current, input_spikes=times, input_weights=0.5
            ),
        },
        [Target("simulate_1d", "bare loop", 3.0)],
        rounds=rounds,
    )


def tables() -> list[Table]:
    """Return what this module measures."""
    noisy = np.random.default_rng(1).normal(3.0, 2.0, 1_000_000)
    return [
        table("One neuron, 10⁴ steps, constant current", 10_000, 101, 3.0),
        table("One neuron, 10⁶ steps, noisy current", 1_000_000, 5, noisy),
    ]
