"""From 1e-300 to 1e300 a function gives what its docstring promises, or an error that names the argument."""

import dataclasses
import re
import signal
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from lifcore import LIF, Run1D, Run2D, engine
from lifcore import given as checked
from lifcore.measures import trains
from tests.contract.calls import name_of
from tests.contract.magnitudes import ARGUMENTS, MAY, NO_NUMBERS, public

MIB = 2**20
MADE = {Run1D: ["t"], Run2D: ["spikes", "counts", "first_spike"]}  # when they are first asked for
FEW = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
MANY = settings(FEW, max_examples=400)
LATE = 5.0  # s after which a call hangs


def test_every_public_function_has_a_strategy_or_takes_no_numbers():
    assert not public() - set(ARGUMENTS) - NO_NUMBERS
    assert not NO_NUMBERS - public()


def test_a_new_function_is_found():
    assert public((trains,)) == {trains.before_reset, trains.cv, trains.isi, trains.rate}


@pytest.mark.parametrize("function", ARGUMENTS, ids=name_of)
def test_magnitudes(function, monkeypatch):
    fuzz(function, FEW, monkeypatch)


@pytest.mark.extended
@pytest.mark.parametrize("function", ARGUMENTS, ids=name_of)
def test_many_magnitudes(function, monkeypatch):
    fuzz(function, MANY, monkeypatch)


def fuzz(function, some, monkeypatch):
    monkeypatch.setattr(checked, "memory_limit", lambda: MIB)  # what is larger would only take longer

    @some
    @given(ARGUMENTS[function])
    def holds(arguments):
        try:
            with soon(), engine.uncompiled():
                result = function(**arguments)
        except (TypeError, ValueError, MemoryError) as error:
            assert type(error) in (TypeError, ValueError, MemoryError)
            assert named(arguments) & set(re.findall(r"\w+", str(error))), error
        else:
            allowed = MAY.get(function, [])
            strange = [x for x in numbers(result) if not (np.isfinite(x) or any(f(x) for f in allowed))]
            assert not strange

    holds()


def named(arguments):
    """Return the names that an error may name: those of the arguments and of the neuron's parameters."""
    neurons = [name for name, value in arguments.items() if isinstance(value, LIF)]
    fields = {f.name for f in dataclasses.fields(LIF)} if neurons else set()
    return set(arguments) - set(neurons) | fields


def numbers(result):
    """Return the numbers of a result, one after another."""
    if dataclasses.is_dataclass(result):
        names = [f.name for f in dataclasses.fields(result)] + MADE.get(type(result), [])
        return [x for name in names for x in numbers(getattr(result, name))]
    if isinstance(result, list | tuple):
        return [x for part in result for x in numbers(part)]
    a = np.asarray(result)
    return a.ravel().tolist() if a.dtype.kind in "iuf" else []


@contextmanager
def soon():
    """Let what hangs fail, where the system has an alarm."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_):
        raise AssertionError(f"not done in {LATE:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LATE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
