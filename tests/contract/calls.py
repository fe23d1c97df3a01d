"""Calls that are valid as they stand; a test spoils one argument of one of them.

What a notebook brings stands in the tables of its own tests, `tests/notebooks/test_numbers_NN.py`: `VALID`,
`NUMBERS` and `ARRAYS`, in the form of those here.
"""

import numpy as np

from lifcore import (
    LIF,
    Grid,
    from_image,
    inputs,
    measures,
    neighbors,
    schemes,
    simulate_1d,
    simulate_2d,
    simulate_exact,
    surround,
)
from lifcore import theory as closed
from tests.own import united


def grid_step(**arguments):
    """Take one step of a small grid."""
    return Grid(LIF(), (2, 3)).step(**arguments)


RUN_1D = simulate_1d(duration=50.0, current=3.0)
RUN_2D = simulate_2d(shape=(2, 3), duration=50.0, current=3.0)
TIMED = {"duration": 1.0, "dt": 0.1}
VALID = {
    LIF: {},
    simulate_1d: {**TIMED, "input_spikes": [0.1, 0.5]},
    simulate_exact: {**TIMED, "input_spikes": [0.1, 0.5]},
    simulate_2d: {**TIMED, "shape": (2, 3)},
    Grid: {"shape": (2, 3)},
    grid_step: {},
    neighbors: {"weight": 1.0},
    surround: {"center": 1.0, "radius": 1.0, "inhibition": 1.0, "inhibition_radius": 2.0},
    inputs.step: {**TIMED, "start": 0.0, "stop": 0.5, "amplitude": 1.0},
    inputs.ramp: {**TIMED, "start": 0.0, "stop": 0.5, "final": 1.0},
    inputs.sine: {**TIMED, "mean": 0.0, "amplitude": 1.0, "frequency": 1.0},
    inputs.noise: {"neuron": LIF(), **TIMED, "mean": 0.0, "sigma_v": 1.0, "seed": 1},
    inputs.regular: {"duration": 1.0, "rate": 1.0},
    inputs.poisson: {"duration": 1.0, "rate": 1.0, "seed": 1},
    from_image: {"image": np.eye(4), "shape": (2, 2), "low": 0.0, "high": 1.0},
    measures.rate: {"run": RUN_1D},
    measures.speed: {"run": RUN_2D, "start": (0, 0), "stop": (1, 2)},
    measures.isi: {"run": RUN_1D},
    measures.cv: {"run": RUN_1D},
    schemes.decay_factor: {"tau_m": 8.0, "dt": 0.1, "scheme": "euler"},
    schemes.effective_tau: {"tau_m": 8.0, "dt": 0.1},
    schemes.simulate_scheme: {**TIMED},
    schemes.grid_interval: {"neuron": LIF(), "current": 3.0, "dt": 0.1, "scheme": "euler"},
    schemes.crossing: {"neuron": LIF(), "v": -51.0, "current": 3.0},
    schemes.float_spikes: {"t_ref": 1.0, "dt": 0.1, "n": 50},
    measures.outcome: {"run": RUN_2D},
    measures.outcomes: {"run": RUN_2D, "cols": 3},
    measures.since_last_spike: {"run": RUN_2D, "t": 10.0},
    measures.spiral_centers: {"run": RUN_2D},
    closed.rheobase: {"n": LIF()},
    closed.rate: {"n": LIF(), "current": 3.0},
    closed.latency: {"n": LIF(), "current": 3.0},
    closed.strength_duration: {"n": LIF(), "width": 1.0},
    closed.current_for_rate: {"n": LIF(), "rate": 1.0},
    closed.adaptive_period: {"n": LIF(), "current": 3.0},
    closed.pair_gap: {"n": LIF(), "weight": 15.0},
}

# The arguments that are numbers, or may be.
NUMBERS = {
    LIF: "v_rest v_reset v_th r_m tau_m t_ref th_jump tau_th",
    simulate_1d: "duration dt current input_weights v_start th_start",
    simulate_exact: "duration dt current input_weights v_start th_start",
    simulate_2d: "duration dt current delay v_start th_start record_every",
    Grid: "dt delay v_start th_start",
    grid_step: "kicks current",
    neighbors: "weight",
    surround: "center radius inhibition inhibition_radius",
    inputs.step: "duration dt start stop amplitude",
    inputs.ramp: "duration dt start stop final",
    inputs.sine: "duration dt mean amplitude frequency",
    inputs.noise: "duration dt mean sigma_v",
    inputs.regular: "duration rate start",
    inputs.poisson: "duration rate",
    from_image: "low high",
    measures.rate: "start",
    schemes.decay_factor: "tau_m dt",
    schemes.effective_tau: "tau_m dt",
    schemes.simulate_scheme: "duration dt current",
    schemes.grid_interval: "current dt",
    schemes.crossing: "v current",
    schemes.float_spikes: "t_ref dt",
    measures.since_last_spike: "t",
    closed.rate: "current",
    closed.latency: "current",
    closed.strength_duration: "width",
    closed.current_for_rate: "rate",
    closed.adaptive_period: "current",
    closed.pair_gap: "weight",
}

# The arguments that are arrays, or may be, each with a valid one.
ARRAYS = {
    (simulate_1d, "current"): np.ones(10),
    (simulate_1d, "input_spikes"): np.ones(2),
    (simulate_1d, "input_weights"): np.ones(2),
    (simulate_exact, "current"): np.ones(10),
    (simulate_exact, "input_spikes"): np.ones(2),
    (simulate_exact, "input_weights"): np.ones(2),
    (simulate_2d, "current"): np.ones((2, 3)),
    (simulate_2d, "input_spikes"): np.ones((5, 4)),
    (simulate_2d, "kernel"): np.ones((3, 3)),
    (simulate_2d, "v_start"): np.ones((2, 3)),
    (simulate_2d, "th_start"): np.ones((2, 3)),
    (Grid, "kernel"): np.ones((3, 3)),
    (Grid, "v_start"): np.ones((2, 3)),
    (Grid, "th_start"): np.ones((2, 3)),
    (grid_step, "kicks"): np.ones((2, 3)),
    (grid_step, "current"): np.ones((2, 3)),
    (from_image, "image"): np.ones((4, 4)),
    (schemes.grid_interval, "current"): np.ones(3),
    (closed.rate, "current"): np.ones(3),
    (closed.latency, "current"): np.ones(3),
    (closed.strength_duration, "width"): np.ones(3),
    (closed.current_for_rate, "rate"): np.ones(3),
    (closed.adaptive_period, "current"): np.ones(3),
    (closed.pair_gap, "weight"): np.ones(3),
}

VALID, NUMBERS, ARRAYS = united("VALID", VALID), united("NUMBERS", NUMBERS), united("ARRAYS", ARRAYS)


def name_of(function):
    """Return the function's name for the id of a test."""
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def number_arguments():
    """Return (id, function, argument) of every argument that is a number."""
    return [
        (f"{name_of(function)}-{name}", function, name)
        for function, names in NUMBERS.items()
        for name in names.split()
    ]
