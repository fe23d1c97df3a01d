"""The public names, their signatures, and the shapes and types of what they return."""

import dataclasses
import functools
import inspect

import numpy as np
import pytest

import lifcore
from lifcore import (
    LIF,
    Grid,
    Run1D,
    Run2D,
    inputs,
    measures,
    neighbors,
    simulate_1d,
    simulate_2d,
    simulate_exact,
    theory,
)

NAMES = """
LIF SYMBOLS UNITS Grid Run1D Run2D simulate_1d simulate_exact simulate_2d neighbors surround
inputs step ramp sine noise regular poisson from_image
measures rate isi cv speed outcome outcomes since_last_spike spiral_centers
theory rheobase latency strength_duration current_for_rate adaptive_period pair_gap
"""
SIGNATURES = {
    "LIF": """v_rest=-70.0, v_reset=-65.0, v_th=-50.0, r_m=10.0, tau_m=8.0, t_ref=2.0, th_jump=0.0,
        tau_th=100.0""",
    "simulate_1d": """neuron=LIF(), *, duration, dt=0.1, current=0.0, input_spikes=(), input_weights=1.0,
        v_start=None, th_start=None""",
    "simulate_exact": """neuron=LIF(), *, duration, dt=0.1, current=0.0, input_spikes=(), input_weights=1.0,
        v_start=None, th_start=None""",
    "Grid": """neuron=LIF(), shape=(64, 64), *, dt=0.1, kernel=None, delay=1.0, boundary="open",
        v_start=None, th_start=None, dtype=float, engine="auto" """,
    "Grid.step": "self, kicks=None, current=0.0",
    "Grid.reset": "self",
    "simulate_2d": """neuron=LIF(), *, shape, duration, dt=0.1, kernel=None, delay=1.0, boundary="open",
        current=0.0, input_spikes=None, v_start=None, th_start=None, record_every=None, dtype=float,
        engine="auto", progress=False""",
    "neighbors": "weight, n=4",
    "surround": "center, radius, inhibition, inhibition_radius",
    "inputs.step": "duration, dt, *, start, stop, amplitude",
    "inputs.ramp": "duration, dt, *, start, stop, final",
    "inputs.sine": "duration, dt, *, mean, amplitude, frequency",
    "inputs.noise": "neuron, duration, dt, *, mean, sigma_v, seed",
    "inputs.regular": "duration, *, rate, start=0.0",
    "inputs.poisson": "duration, *, rate, seed",
    "inputs.from_image": "image, shape, *, low, high",
    "measures.rate": "run, *, start=0.0",
    "measures.isi": "run",
    "measures.cv": "run",
    "measures.speed": "run, *, start, stop",
    "measures.outcome": "run",
    "measures.outcomes": "run, cols",
    "measures.since_last_spike": "run, t",
    "measures.spiral_centers": "run",
    "theory.rheobase": "n",
    "theory.rate": "n, current",
    "theory.latency": "n, current",
    "theory.strength_duration": "n, width",
    "theory.current_for_rate": "n, rate",
    "theory.adaptive_period": "n, current",
    "theory.pair_gap": "n, weight",
}


def found(name):
    """Return what a dotted name of the package stands for."""
    thing = lifcore
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing


def parameters(function):
    """Return name, kind and default of each parameter."""
    return [(p.name, p.kind, p.default) for p in inspect.signature(function).parameters.values()]


def test_public_names():
    assert set(NAMES.split()) - set(lifcore.__all__) == set()
    assert [name for name in lifcore.__all__ if not hasattr(lifcore, name)] == []
    assert lifcore.rate is measures.rate
    assert lifcore.step is inputs.step


@pytest.mark.parametrize("name", SIGNATURES)
def test_signature(name):
    scope = {"LIF": LIF}
    exec(f"def expected({SIGNATURES[name]}): pass", scope)
    assert parameters(found(name)) == parameters(scope["expected"])


def public_functions():
    """Return the dotted names of the public functions, and of what a grid does."""
    found = {"simulate_1d", "simulate_exact", "simulate_2d", "neighbors", "surround", "Grid", "Grid.step"}
    for folder in (inputs, measures, theory):
        found |= {f"{folder.__name__.partition('.')[2]}.{name}" for name in folder.__all__}
    return sorted(found)


@pytest.mark.parametrize("name", public_functions())
def test_docstring_names_every_parameter_and_says_the_units(name):
    text = inspect.getdoc(found(name))
    words = text.replace("`", " ").replace(",", " ").split()
    if not name.startswith("theory."):
        for parameter, _, _ in parameters(found(name)):
            assert parameter == "self" or parameter in words or len(parameters(found(name))) == 1
    units = ["ms", "mV", "nA", "Hz", "Cells", "cells/ms", "irregular", "coefficient"]
    assert any(unit in text for unit in units)


@pytest.mark.parametrize("name", lifcore.__all__)
def test_every_public_name_has_a_docstring(name):
    thing = getattr(lifcore, name)
    assert isinstance(thing, dict) or thing.__doc__.splitlines()[0].endswith(".")


def test_the_neuron_is_a_frozen_record_of_floats():
    assert [f.type for f in dataclasses.fields(LIF)] == [float] * 8
    assert LIF(tau_m=8) == LIF()
    assert LIF(tau_m=9) != LIF()
    assert hash(LIF()) == hash(LIF(t_ref=2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        LIF().tau_m = 3.0
    with pytest.raises(ValueError, match="tau_m"):
        dataclasses.replace(LIF(), tau_m=-1.0)


def test_units_and_symbols_of_every_parameter():
    units = {"v_rest": "mV", "v_reset": "mV", "v_th": "mV", "r_m": "MΩ", "tau_m": "ms", "t_ref": "ms"}
    units |= {"th_jump": "mV", "tau_th": "ms", "current": "nA", "rate": "Hz", "weight": "mV", "delay": "ms"}
    assert {name: lifcore.UNITS[name] for name in units} == units
    assert set(lifcore.UNITS) == set(lifcore.SYMBOLS)
    assert {f.name for f in dataclasses.fields(LIF)} <= set(lifcore.UNITS)
    assert all(symbol and meaning for symbol, meaning in lifcore.SYMBOLS.values())


@pytest.mark.parametrize("record", [Run1D, Run2D])
def test_runs_are_frozen_and_compared_by_identity(record):
    assert record.__dataclass_params__.frozen
    assert not record.__dataclass_params__.eq
    run = simulate_1d(duration=1) if record is Run1D else simulate_2d(shape=(1, 1), duration=1)
    assert run == run  # noqa: PLR0124  comparing arrays would raise
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.v = 0


def form(run):
    """Return each attribute's shape and kind of type, or the attribute itself where it is no array."""
    made = [name for name, made in vars(type(run)).items() if isinstance(made, functools.cached_property)]
    fields = {name: getattr(run, name) for name in [*(f.name for f in dataclasses.fields(run)), *made]}
    return {k: (a.shape, a.dtype.kind) if isinstance(a, np.ndarray) else a for k, a in fields.items()}


@pytest.mark.parametrize("simulate", [simulate_1d, simulate_exact])
def test_form_of_a_run_of_one_neuron(simulate):
    neuron = LIF(t_ref=1)
    run = simulate(neuron, duration=5, dt=0.5, current=2, input_spikes=[3, 1], input_weights=[1, 99])
    assert form(run) == {
        **dict.fromkeys(("t", "v", "th"), ((11,), "f")),
        "spikes": ((1,), "f"),
        "current": ((10,), "f"),
        **dict.fromkeys(("input_spikes", "input_weights"), ((2,), "f")),
        "neuron": neuron,
        "dt": 0.5,
    }
    assert list(form(run)) == "v th spikes current input_spikes input_weights neuron dt t".split()
    assert run.input_spikes.tolist() == [3, 1]
    assert run.input_weights.tolist() == [1, 99]
    assert run.neuron is neuron


@pytest.mark.parametrize("dtype", [float, np.float32, np.float64, "float32"])
def test_form_of_a_run_of_a_grid(dtype):
    run = simulate_2d(
        shape=(2, 3), duration=5, input_spikes=[(1, 0, 2, 99)], record_every=1.5, dtype=dtype, dt=0.5
    )
    assert form(run) == {
        "t": ((11,), "f"),
        "cells": ((1,), "i"),
        "spikes": ((1, 3), "f"),
        "counts": ((2, 3), "i"),
        "activity": ((11,), "i"),
        "first_spike": ((2, 3), "f"),
        "frame_times": ((4,), "f"),
        **dict.fromkeys(("v_frames", "th_frames"), ((4, 2, 3), "f")),
        **dict.fromkeys(("v", "th"), ((2, 3), "f")),
        "neuron": LIF(),
        "dt": 0.5,
    }
    assert {a.dtype for a in (run.v, run.th, run.v_frames, run.th_frames)} == {np.dtype(dtype)}
    assert run.frame_times.tolist() == [0, 1.5, 3, 4.5]
    assert run.spikes.tolist() == [[1, 0, 2]]
    assert np.isnan(run.first_spike).sum() == 5


def test_no_frames_unless_asked():
    run = simulate_2d(shape=(2, 3), duration=1)
    assert run.frame_times.shape == (0,)
    assert run.v_frames.shape == run.th_frames.shape == (0, 2, 3)
    assert run.spikes.shape == (0, 3)


def test_what_a_grid_shows():
    grid = Grid(shape=(2, 3), kernel=neighbors(30.0), dt=0.5)
    assert (grid.t, grid.steps) == (0.0, 0)
    fired = grid.step(kicks=99.0)
    assert (grid.t, grid.steps) == (0.5, 1)
    assert fired.all()
    assert (fired.dtype, fired.shape) == (bool, (2, 3))
    for view in (fired, grid.v, grid.th, grid.fired):
        assert view.shape == (2, 3)
        with pytest.raises(ValueError, match="read-only"):
            view[0, 0] = 0
    grid.step(current=1.0)
    assert not grid.fired.any()


def test_functions_of_time_are_asked_at_each_sample():
    currents, kicks = [], []
    simulate_2d(
        shape=(1, 2),
        duration=0.3,
        current=lambda t: currents.append(t) or np.zeros((1, 2)),
        input_spikes=lambda t: kicks.append(t) or np.zeros((1, 2)),
    )
    assert currents == [0.0, 0.1, 0.2]
    assert kicks == [0.0, 0.1, 0.2, 3 * 0.1]


def test_progress_is_shown_where_it_is_asked_for(capsys):
    pytest.importorskip("tqdm")
    quiet = simulate_2d(shape=(2, 2), duration=1, current=3.0)
    assert capsys.readouterr() == ("", "")
    shown = simulate_2d(shape=(2, 2), duration=1, current=3.0, progress=True)
    assert "10/10" in capsys.readouterr().err
    assert shown.v.tolist() == quiet.v.tolist()


def test_closed_forms_keep_their_names_to_their_module():
    assert lifcore.rate is not theory.rate
