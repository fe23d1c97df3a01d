"""The compiled loop of one neuron against the loop as it is read: the same bits."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, engine, lif1d, runs, simulate_1d
from tests.physics.draws import currents_of, examples, neurons, seeds, start_of, time_steps

pytest.importorskip("numba", reason="numba is not installed: pip install numba")


def both(monkeypatch, neuron, **given):
    """Run the same neuron by the plain and by the compiled loop."""
    both = []
    for compiled in (False, True):
        monkeypatch.setattr(engine, "pays", lambda function, kind, seconds, use=compiled: use)
        both.append(simulate_1d(neuron, **given))
    return both


@examples(100)
@given(neurons(), time_steps, st.integers(0, 250), st.integers(0, 60), seeds)
def test_compiled_equals_plain_bit_for_bit(neuron, dt, n, m, seed):
    rng = np.random.default_rng(seed)
    v_start, th_start = start_of(neuron, rng, ())
    with pytest.MonkeyPatch.context() as monkeypatch:
        plain, compiled = both(
            monkeypatch,
            neuron,
            duration=n * dt,
            dt=dt,
            current=currents_of(neuron, rng, n),
            input_spikes=rng.uniform(0, 1.2 * n * dt, m),
            input_weights=rng.uniform(-5, 20, m),
            v_start=v_start,
            th_start=th_start,
        )
    for name in ("t", "v", "th", "spikes", "current"):
        assert getattr(plain, name).tobytes() == getattr(compiled, name).tobytes()


@pytest.fixture
def ticking(monkeypatch):
    """Let each look at the clock come a second after the last; nothing is compiled yet."""
    monkeypatch.setattr(engine, "clock", itertools.count().__next__)
    monkeypatch.setattr(engine, "_spent", {})
    monkeypatch.setattr(engine, "_ready", {})


def test_compiled_once_the_work_that_was_done_repays_it(ticking):
    for _ in range(4):  # 3 s, and then more
        simulate_1d(duration=10.0, current=3.0)
        assert not engine._ready
    simulate_1d(duration=10.0, current=3.0)
    assert list(engine._ready) == [(lif1d.integrate, "")]
    assert engine._spent[lif1d.integrate] == 4


def test_compiled_on_the_way_where_the_work_ahead_repays_it(ticking):
    given = {"duration": 0.1 * 4 * runs.BLOCK, "current": 1.9, "input_spikes": [5.0, 3000.0]}
    run = simulate_1d(LIF(th_jump=1.0), **given)
    assert engine._spent[lif1d.integrate] == 1  # one block; three more would take 3 s
    assert list(engine._ready) == [(lif1d.integrate, "")]
    with engine.uncompiled():
        plain = simulate_1d(LIF(th_jump=1.0), **given)
    for name in ("v", "th", "spikes"):
        assert getattr(plain, name).tobytes() == getattr(run, name).tobytes()
