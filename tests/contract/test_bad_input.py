"""Every wrong argument is refused by an error that names it, its value and what would do."""

import math

import numpy as np
import pytest

from lifcore import (
    LIF,
    Grid,
    from_image,
    inputs,
    measures,
    neighbors,
    simulate_1d,
    simulate_2d,
    simulate_exact,
    surround,
)
from lifcore import theory as closed
from tests.contract.calls import ARRAYS, RUN_1D, RUN_2D, VALID, grid_step, name_of, number_arguments

SINGLE = (simulate_1d, simulate_exact)
NUMBERS = [pytest.param(f, name, id=i) for i, f, name in number_arguments()]
SEQUENCES = [pytest.param(f, name, good, id=f"{name_of(f)}-{name}") for (f, name), good in ARRAYS.items()]
OPTIONAL = ("v_start", "th_start", "record_every", "kicks")


def refused(error, words, function, **spoiled):
    """Call with the spoiled argument; the message must hold the words and say what must be."""
    with pytest.raises(error) as caught:
        function(**{**VALID[function], **spoiled})
    assert type(caught.value) is error
    for word in words:
        assert str(word) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("function", VALID, ids=name_of)
def test_the_calls_to_be_spoiled_are_valid(function):
    function(**VALID[function])


@pytest.mark.parametrize(("function", "name"), NUMBERS)
@pytest.mark.parametrize("value", ["1.0", b"1", None, 1j, True, np.True_, {}, object()], ids=type)
def test_what_is_no_number_is_a_type_error(function, name, value):
    if value is None and name in OPTIONAL:
        function(**{**VALID[function], name: None})
        return
    message = refused(TypeError, [name, "number"], function, **{name: value})
    assert "must" in message


@pytest.mark.parametrize(("function", "name"), NUMBERS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400])
def test_what_is_not_finite_is_a_value_error(function, name, value):
    shown = value if isinstance(value, float) else "inf"
    assert "must" in refused(ValueError, [name, shown, "finite"], function, **{name: value})


@pytest.mark.parametrize(("function", "name", "good"), SEQUENCES)
@pytest.mark.parametrize("kind", ["strings", "complex", "bool", "None", "ragged"])
def test_arrays_of_the_wrong_kind(function, name, good, kind):
    rows = good.tolist()
    if kind == "ragged":
        refused(ValueError, [name, "regular"], function, **{name: [*rows[1:], [1.0, [2.0]]]})
        return
    spoiled = {
        "strings": good.astype(str).tolist(),
        "complex": good.astype(complex),
        "bool": good.astype(bool),
        "None": np.full(good.shape, None).tolist(),
    }[kind]
    refused(TypeError, [name, "must hold real numbers"], function, **{name: spoiled})


@pytest.mark.parametrize(("function", "name", "good"), SEQUENCES)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_arrays_that_are_not_finite(function, name, good, value):
    spoiled = good.copy()
    spoiled[(0,) * good.ndim] = value
    refused(ValueError, [name, value, "finite", "index (0,"], function, **{name: spoiled})


RANGES = [
    *((LIF, name, value, "above 0") for name in ("tau_m", "tau_th", "r_m") for value in (0, -1.5)),
    *((LIF, name, -0.5, "at least 0") for name in ("t_ref", "th_jump")),
    *((f, "dt", value, "above 0") for f in (*SINGLE, simulate_2d, Grid) for value in (0.0, -0.1)),
    *((f, "duration", -1.0, "at least 0") for f in (*SINGLE, simulate_2d, inputs.step, inputs.poisson)),
    *((f, "delay", value, "delay") for f in (simulate_2d, Grid) for value in (0.0, -1.0)),
    *((f, "delay", 0.25, "that is: 0.2 ms") for f in (simulate_2d, Grid)),
    *((f, "delay", 0.04, "that is: 0.1 ms") for f in (simulate_2d, Grid)),
    (simulate_2d, "record_every", 0.0, "that is: 0.1 ms"),
    (simulate_2d, "record_every", 0.16, "that is: 0.2 ms"),
    *((f, "duration", 1.0001, "that is: 1.0 ms") for f in (*SINGLE, simulate_2d, inputs.step)),
    *((f, "duration", 1.04, "1.0 ms") for f in (*SINGLE, simulate_2d, inputs.step, inputs.noise)),
    *((f, "duration", 0.96, "1.0 ms") for f in (*SINGLE, simulate_2d, inputs.step, inputs.noise)),
    *((f, "th_start", value, "above") for f in (*SINGLE, simulate_2d, Grid) for value in (-65.0, -80.0)),
    (inputs.poisson, "rate", -3.0, "at least 0"),
    (inputs.regular, "rate", -3.0, "at least 0"),
    (inputs.regular, "start", -3.0, "at least 0"),
    (inputs.noise, "sigma_v", -3.0, "at least 0"),
    (inputs.sine, "frequency", -3.0, "at least 0"),
    *((inputs.step, name, -3.0, "at least 0") for name in ("start", "stop")),
    (inputs.ramp, "stop", 0.0, "start"),
    (surround, "radius", -1.0, "at least 0"),
    (surround, "inhibition", -1.0, "at least 0"),
    (surround, "inhibition_radius", 1.0, "above 1"),
    (closed.current_for_rate, "rate", 0.0, "above 0"),
    (closed.strength_duration, "width", 0.0, "above 0"),
    (measures.rate, "start", -1.0, "at least 0"),
    (measures.rate, "start", 50.0, "before the end"),
    (measures.since_last_spike, "t", 50.1, "after the end"),
    (neighbors, "n", 6, "4 or 8"),
    (neighbors, "n", 0, "at least 1"),
    (inputs.poisson, "seed", -1, "at least 0"),
]


@pytest.mark.parametrize(
    ("function", "name", "value", "need"), RANGES, ids=[f"{name_of(f)}-{n}-{v}" for f, n, v, _ in RANGES]
)
def test_numbers_out_of_range(function, name, value, need):
    refused(ValueError, [name, f"{value:g}", need, "must"], function, **{name: value})


@pytest.mark.parametrize("v_reset", [-50.0, -40.0])
def test_reset_not_below_the_threshold(v_reset):
    refused(ValueError, ["v_reset must be below v_th", f"{v_reset:g} mV", "-50 mV"], LIF, v_reset=v_reset)


def test_the_threshold_of_one_neuron_of_a_grid_is_too_low():
    refused(ValueError, ["th_start", "v_reset", "-65"], Grid, th_start=[[-50, -50, -50], [-50, -65, -50]])


SHAPES = [
    *((f, "current", np.ones(9), ["(10,)", "(9,)"]) for f in SINGLE),
    *((f, "current", np.ones((10, 1)), ["(10,)", "(10, 1)"]) for f in SINGLE),
    *((f, "current", lambda t: np.ones(3), ["(10,)", "(3,)"]) for f in SINGLE),
    *((f, "input_spikes", np.ones((2, 1)), ["1 ax", "(2, 1)"]) for f in SINGLE),
    *((f, "input_spikes", 3.0, ["1 ax", "()"]) for f in SINGLE),
    *((f, "input_weights", [1.0], ["2 input_spikes", "1"]) for f in SINGLE),
    *((f, "input_weights", [1.0] * 3, ["2 input_spikes", "3"]) for f in SINGLE),
    *((f, "input_spikes", [0.5, -0.1], ["before 0", "-0.1"]) for f in SINGLE),
    (simulate_2d, "current", np.ones((3, 2)), ["(2, 3)", "(3, 2)"]),
    (simulate_2d, "current", lambda t: np.ones((3, 2)), ["(2, 3)", "(3, 2)"]),
    (simulate_2d, "v_start", np.ones((3, 2)), ["(2, 3)", "(3, 2)"]),
    (simulate_2d, "th_start", np.ones(3), ["(2, 3)", "(3,)"]),
    (simulate_2d, "input_spikes", np.ones((5, 3)), ["(m, 4)", "(5, 3)"]),
    (simulate_2d, "input_spikes", np.ones(4), ["(m, 4)", "(4,)"]),
    (simulate_2d, "input_spikes", lambda t: np.ones((3, 2)), ["(2, 3)", "(3, 2)"]),
    (simulate_2d, "input_spikes", [[-0.1, 0, 0, 1]], ["before 0", "-0.1"]),
    (simulate_2d, "input_spikes", [[0, 2, 0, 1]], ["row", "0 to 1", "2"]),
    (simulate_2d, "input_spikes", [[0, 0, 3, 1]], ["column", "0 to 2", "3"]),
    (simulate_2d, "input_spikes", [[0, -1, 0, 1]], ["row", "0 to 1", "-1"]),
    (simulate_2d, "input_spikes", [[0, 0, 1.5, 1]], ["column", "whole", "1.5"]),
    *((f, "kernel", np.ones((2, 3)), ["odd", "(2, 3)"]) for f in (Grid, simulate_2d)),
    (Grid, "kernel", np.ones((3, 0)), ["odd", "(3, 0)"]),
    (Grid, "kernel", np.ones(3), ["2 axes", "(3,)"]),
    (Grid, "kernel", 1.0, ["2 axes", "()"]),
    *((f, "boundary", "closed", ['"open"', '"torus"', "'closed'"]) for f in (Grid, simulate_2d)),
    *((f, "engine", "fast", ["numpy", "'fast'"]) for f in (Grid, simulate_2d)),
    *((f, "dtype", np.int32, ["float32", "int32"]) for f in (Grid, simulate_2d)),
    (Grid, "shape", (2, 0), ["at least 1", "0"]),
    (Grid, "shape", (-2, 2), ["at least 1", "-2"]),
    (Grid, "shape", (2, 2, 2), ["(rows, cols)", "(2, 2, 2)"]),
    (from_image, "shape", (2, 0), ["at least 1", "0"]),
    (from_image, "shape", (2,), ["(rows, cols)", "(2,)"]),
    (from_image, "shape", (2, 2, 2), ["(rows, cols)", "(2, 2, 2)"]),
    (grid_step, "kicks", np.ones((3, 2)), ["(2, 3)", "(3, 2)"]),
    (grid_step, "current", np.ones(6), ["(2, 3)", "(6,)"]),
    (from_image, "image", np.ones((2, 2, 3)), ["2 axes", "(2, 2, 3)"]),
    (from_image, "image", [[0.0, 256.0]], ["0 to 255", "256"]),
    (from_image, "image", [[-0.1, 0.5]], ["0 to 1", "-0.1"]),
    (from_image, "image", np.ones((0, 4)), ["image", "empty"]),
    (measures.speed, "start", (2, 0), ["(2, 3)", "(2, 0)"]),
    (measures.speed, "stop", (0, -1), ["at least 0", "-1"]),
    (measures.speed, "stop", (0, 1, 1), ["(row, column)", "(0, 1, 1)"]),
]


@pytest.mark.parametrize(
    ("function", "name", "value", "words"),
    SHAPES,
    ids=[f"{name_of(f)}-{n}-{i}" for i, (f, n, *_) in enumerate(SHAPES)],
)
def test_wrong_shapes_and_values(function, name, value, words):
    refused(ValueError, [name, *words], function, **{name: value})


KINDS = [
    *((f, "shape", value) for f in (Grid, simulate_2d, from_image)
      for value in ((2.0, 3), (True, 3), ("2", 3), 4, None, "23")),
    *((f, "neuron", value) for f in (*SINGLE, simulate_2d, Grid, inputs.noise)
      for value in (None, {}, LIF)),
    *((f, "n", None) for f in VALID if f.__module__ == closed.__name__),
    (neighbors, "n", 4.0),
    (neighbors, "n", True),
    *((f, "seed", value) for f in (inputs.noise, inputs.poisson) for value in (None, 1.5, "1", True)),
    *((f, "boundary", None) for f in (Grid, simulate_2d)),
    *((f, "dtype", "nonsense") for f in (Grid, simulate_2d)),
    *((f, "input_spikes", value) for f in (*SINGLE, simulate_2d) for value in ("1", 1j)),
    *((f, "input_spikes", None) for f in SINGLE),
    *((f, "current", lambda t: None) for f in SINGLE),
    *((f, "current", lambda t: "1") for f in SINGLE),
    (simulate_2d, "current", lambda t: None),
    (simulate_2d, "input_spikes", lambda t: None),
    *((measures.rate, "run", value) for value in (None, 3.0)),
    *((f, "run", RUN_2D) for f in (measures.isi, measures.cv)),
    *((f, "run", RUN_1D) for f in (measures.outcome, measures.outcomes)),
    *((f, "run", RUN_1D) for f in (measures.spiral_centers, measures.since_last_spike)),
    *((measures.speed, "run", value) for value in (None, RUN_1D)),
    *((measures.speed, name, value) for name in ("start", "stop") for value in ((0.0, 1), 0, None)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "name", "value"), KINDS, ids=[f"{name_of(f)}-{n}-{i}" for i, (f, n, _) in enumerate(KINDS)]
)
def test_wrong_kinds(function, name, value):
    refused(TypeError, [name, "must"], function, **{name: value})


@pytest.mark.parametrize("function", [*SINGLE, simulate_2d, Grid, LIF], ids=name_of)
def test_a_mistyped_name_is_no_new_parameter(function):
    refused(TypeError, ["tau"], function, tau=10.0)


@pytest.mark.parametrize(
    ("function", "name"),
    [(simulate_1d, "current"), (simulate_exact, "current"), (grid_step, "current"), (simulate_2d, "current")],
)
def test_a_current_that_overflows(function, name):
    refused(ValueError, [name, "finite"], function, **{name: 1e308})


@pytest.mark.parametrize("function", SINGLE, ids=name_of)
def test_weights_that_overflow(function):
    refused(ValueError, ["input_weights", "finite"], function, input_spikes=[0, 0], input_weights=1e308)
