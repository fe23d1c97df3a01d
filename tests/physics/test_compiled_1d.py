"""The compiled loop of one neuron against the loop as it is read: the same bits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import engine, lif1d, simulate_1d
from tests.physics.draws import currents_of, examples, neurons, seeds, start_of, time_steps

pytest.importorskip("numba", reason="numba is not installed: pip install numba")


def both(monkeypatch, neuron, **given):
    """Run the same neuron by the plain and by the compiled loop."""
    runs = []
    for compiled in (False, True):
        monkeypatch.setattr(engine, "pays", lambda function, kind, seconds, use=compiled: use)
        runs.append(simulate_1d(neuron, **given))
    return runs


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


def test_compiled_once_the_work_repays_it(monkeypatch):
    monkeypatch.setattr(engine, "_ready", {})
    monkeypatch.setattr(engine, "_spent", {lif1d.integrate: engine.REPAID - 0.05})
    simulate_1d(duration=100.0, current=3.0)
    assert not engine._ready
    simulate_1d(duration=100_000.0, current=3.0)
    assert list(engine._ready) == [(lif1d.integrate, "")]
