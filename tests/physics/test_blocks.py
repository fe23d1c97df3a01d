"""A run of one neuron is computed block by block: where a block ends shows nowhere."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, lif1d, runs, simulate_1d
from tests.physics.draws import currents_of, examples, neurons, seeds, start_of, time_steps


def in_blocks(size, neuron, **given):
    """Run a neuron, so many samples at a time."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (runs, lif1d):
            patch.setattr(module, "BLOCK", size)
        return simulate_1d(neuron, **given)


@examples(100)
@given(neurons(), time_steps, st.integers(0, 120), st.integers(0, 30), seeds, st.integers(1, 40))
def test_the_bits_are_the_same_in_blocks_of_any_size(neuron, dt, n, m, seed, size):
    rng = np.random.default_rng(seed)
    v_start, th_start = start_of(neuron, rng, ())
    given = {
        "duration": n * dt,
        "dt": dt,
        "current": currents_of(neuron, rng, n),
        "input_spikes": rng.uniform(0, 1.2 * n * dt, m),
        "input_weights": rng.uniform(-5, 20, m),
        "v_start": v_start,
        "th_start": th_start if seed % 2 else None,
    }
    whole, parts = simulate_1d(neuron, **given), in_blocks(size, neuron, **given)
    for name in ("t", "v", "th", "spikes", "current"):
        assert getattr(whole, name).tobytes() == getattr(parts, name).tobytes()


def test_the_largest_current_is_named_in_whatever_block_it_is_too_large():
    current = np.full(10, 1e308)
    current[7] = -1.5e308
    with pytest.raises(ValueError, match="finite; got up to 1.5e\\+308 nA"):
        in_blocks(4, LIF(), duration=1.0, current=current)


@pytest.mark.parametrize("size", [1, 4, 100])
def test_the_threshold_is_read_only_where_it_never_moves(size):
    given = {"duration": 2.0, "current": 5.0}
    still = in_blocks(size, LIF(), **given)
    assert np.array_equal(still.th, np.full(21, -50.0))
    with pytest.raises(ValueError, match="read-only"):
        still.th[0] = 0.0
    in_blocks(size, LIF(th_jump=1.0), **given).th[0] = 0.0
    in_blocks(size, LIF(), th_start=-49.0, **given).th[0] = 0.0


@pytest.mark.parametrize("asked", [False, True])
def test_the_times_of_a_run_are_there_when_they_are_asked_for(asked):
    run = simulate_1d(duration=2, dt=0.5, current=3)
    assert "t" not in vars(run)
    if asked:
        assert run.t is run.t
    for same in (run, copy.copy(run), copy.deepcopy(run), pickle.loads(pickle.dumps(run))):
        assert same.t.tolist() == [0.0, 0.5, 1.0, 1.5, 2.0]
        assert np.array_equal(same.th, run.th)
    assert dataclasses.replace(run, dt=1.0).t.tolist() == [0, 1, 2, 3, 4]
    assert repr(run).startswith("Run1D(v=array([")
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.t = 0
