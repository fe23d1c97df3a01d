"""Any neuron and any grid does what the slow second implementation does."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from lifcore import simulate_1d, simulate_2d
from tests.physics import reference
from tests.physics.draws import currents_of, examples, kernel_of, neurons, seeds, start_of, time_steps

TIE = 1e-9  # mV; closer to the threshold than this, rounding may decide


@examples(200)
@given(neurons(), time_steps, st.integers(0, 250), st.integers(0, 60), seeds)
def test_one_neuron(neuron, dt, n, m, seed):
    rng = np.random.default_rng(seed)
    current = currents_of(neuron, rng, n)
    times = rng.choice([rng.uniform(0, 1.2 * n * dt, m), rng.integers(0, n + 1, m) * dt])
    weights = rng.uniform(-5, 20, m)
    v_start, th_start = start_of(neuron, rng, ())
    v, th, spikes, margin = reference.simulate_cell(neuron, n, dt, current, times, weights, v_start, th_start)
    assume(margin > TIE)
    run = simulate_1d(
        neuron,
        duration=n * dt,
        dt=dt,
        current=current,
        input_spikes=times,
        input_weights=weights,
        v_start=v_start,
        th_start=th_start,
    )
    assert np.rint(run.spikes / dt).tolist() == spikes
    np.testing.assert_allclose(run.v, v, rtol=0, atol=1e-9)
    np.testing.assert_allclose(run.th, th, rtol=0, atol=1e-9)


@examples(200)
@given(
    neuron=neurons(),
    dt=time_steps,
    n=st.integers(0, 80),
    shape=st.tuples(st.integers(1, 7), st.integers(1, 7)),
    kind=st.sampled_from(["none", "equal", "any", "any"]),
    n_delay=st.integers(1, 12),
    boundary=st.sampled_from(["open", "torus"]),
    steady=st.booleans(),
    m=st.integers(0, 40),
    seed=seeds,
)
def test_grid(neuron, dt, n, shape, kind, n_delay, boundary, steady, m, seed):
    rng = np.random.default_rng(seed)
    currents = currents_of(neuron, rng, (n, *shape))
    if steady:
        currents[:] = currents[:1]
    kernel = kernel_of(neuron, rng, kind)
    times = rng.integers(0, n + 5, m) * dt - rng.choice([0.0, 0.4 * dt])
    places = [rng.integers(0, size, m) for size in shape]
    events = np.column_stack((np.maximum(times, 0.0), *places, rng.uniform(-5, 25, m)))
    v_start, th_start = start_of(neuron, rng, shape)
    v, th, spikes, margin = reference.simulate_sheet(
        neuron,
        shape,
        n,
        dt,
        [[0.0]] if kernel is None else kernel,
        n_delay * dt,
        boundary,
        lambda k: currents[k],
        events,
        v_start,
        th_start,
    )
    assume(margin > TIE)
    run = simulate_2d(
        neuron,
        shape=shape,
        duration=n * dt,
        dt=dt,
        kernel=kernel,
        delay=n_delay * dt,
        boundary=boundary,
        current=currents[0] if steady and n else lambda t: currents[round(t / dt)],
        input_spikes=events,
        v_start=v_start,
        th_start=th_start,
    )
    seen = np.column_stack((np.rint(run.spikes[:, 0] / dt), run.spikes[:, 1:]))
    assert seen.tolist() == np.reshape(spikes, (-1, 3)).tolist()
    np.testing.assert_allclose(run.v, v, rtol=0, atol=1e-9)
    np.testing.assert_allclose(run.th, th, rtol=0, atol=1e-9)
