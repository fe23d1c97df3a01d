"""The engines of the grid against one another: the same bits, or V within 1e-9 mV and the same spikes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, Grid, engine, neighbors, simulate_2d
from tests.physics.draws import currents_of, examples, kernel_of, neurons, seeds, start_of, time_steps

needs_numba = pytest.mark.skipif(not engine.present(), reason="numba is not installed: pip install numba")
WAVE = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0, t_ref=5.0)


def same_bits(run, other):
    for name in ("spikes", "activity", "counts", "first_spike", "v", "th", "v_frames", "th_frames"):
        mine, theirs = getattr(run, name), getattr(other, name)
        assert mine.shape == theirs.shape
        assert mine.tobytes() == theirs.tobytes(), name


def scenario(neuron, dt, n, shape, kind, n_delay, boundary, dtype, m, seed):
    """Return arguments for `simulate_2d`: steady currents and m input spikes."""
    rng = np.random.default_rng(seed)
    v_start, th_start = start_of(neuron, rng, shape)
    events = np.column_stack(
        (
            rng.integers(0, n + 3, m) * dt,
            *(rng.integers(0, size, m) for size in shape),
            rng.uniform(-5, 25, m),
        )
    )
    return {
        "neuron": neuron,
        "shape": shape,
        "duration": n * dt,
        "dt": dt,
        "kernel": kernel_of(neuron, rng, kind),
        "delay": n_delay * dt,
        "boundary": boundary,
        "current": currents_of(neuron, rng, shape if seed % 2 else ()),
        "input_spikes": events,
        "v_start": v_start,
        "th_start": th_start if seed % 3 else None,
        "dtype": dtype,
        "record_every": 7 * dt,
    }


any_grid = {
    "neuron": neurons(),
    "dt": time_steps,
    "n": st.integers(0, 120),
    "shape": st.tuples(st.integers(1, 9), st.integers(1, 9)),
    "kind": st.sampled_from(["none", "equal", "any", "any"]),
    "n_delay": st.integers(1, 12),
    "boundary": st.sampled_from(["open", "torus"]),
    "dtype": st.sampled_from([np.float64, np.float32]),
    "m": st.integers(0, 60),
    "seed": seeds,
}


@needs_numba
@examples(150)
@given(**any_grid)
def test_compiled_equals_numpy_bit_for_bit(**drawn):
    given = scenario(**drawn)
    same_bits(simulate_2d(**given, engine="numba"), simulate_2d(**given, engine="numpy"))
