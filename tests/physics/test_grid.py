"""The grid against one neuron and step by step; what a run of it records."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, Grid, grid, lif2d, neighbors, simulate_1d, simulate_2d
from lifcore.sheet.constants import Sheet
from lifcore.sheet.events import events_of
from tests.physics.draws import currents_of, examples, kernel_of, neurons, seeds, start_of, time_steps
from tests.physics.lively import lively


@examples(80)
@given(neurons(), time_steps, st.integers(0, 300), st.booleans(), seeds)
def test_one_cell_equals_one_neuron_bit_for_bit(neuron, dt, n, zero_kernel, seed):
    rng = np.random.default_rng(seed)
    current = currents_of(neuron, rng, n)
    times, weights = rng.integers(0, n + 1, 20) * dt, rng.uniform(-5, 20, 20)
    v_start, th_start = start_of(neuron, rng, ())
    one = simulate_1d(
        neuron,
        duration=n * dt,
        dt=dt,
        current=current,
        input_spikes=times,
        input_weights=weights,
        v_start=v_start,
        th_start=th_start,
    )
    sheet = simulate_2d(
        neuron,
        shape=(1, 1),
        duration=n * dt,
        dt=dt,
        kernel=np.zeros((3, 3)) if zero_kernel else None,
        delay=dt,
        current=lambda t: current[round(t / dt)],
        input_spikes=np.column_stack((times, 0 * times, 0 * times, weights)),
        v_start=v_start,
        th_start=th_start,
        record_every=dt,
    )
    assert sheet.spikes[:, 0].tolist() == one.spikes.tolist()
    assert sheet.v_frames.ravel().tolist() == one.v.tolist()
    assert sheet.th_frames.ravel().tolist() == one.th.tolist()


def test_a_population_is_as_many_single_neurons():
    currents = np.linspace(1.0, 6.0, 12).reshape(3, 4)
    neuron = LIF(th_jump=3.0, tau_th=30.0)
    sheet = simulate_2d(neuron, shape=(3, 4), duration=100, current=currents)
    for (i, j), current in np.ndenumerate(currents):
        one = simulate_1d(neuron, duration=100, current=current)
        mine = (sheet.spikes[:, 1] == i) & (sheet.spikes[:, 2] == j)
        assert sheet.spikes[mine, 0].tolist() == one.spikes.tolist()
        assert (sheet.v[i, j], sheet.th[i, j]) == (one.v[-1], one.th[-1])


def test_the_example_of_a_population_runs():
    failed, tried = doctest.testmod(lif2d)
    assert (failed, tried) == (0, 7)


@pytest.mark.parametrize("together", [1, 50, grid.TOGETHER])
def test_numpy_steps_a_population_as_single_neurons_however_many_steps_together(together, monkeypatch):
    monkeypatch.setattr(grid, "TOGETHER", together)
    rng = np.random.default_rng(6)
    currents = rng.uniform(1.0, 4.0, (1, 9))
    events = np.column_stack((rng.integers(0, 900, 60) * 0.1, np.zeros(60), rng.integers(0, 9, 60)))
    events = np.column_stack((events, rng.uniform(-5.0, 15.0, 60)))
    words = {"input_spikes": events, "engine": "numpy", "record_every": 0.1}
    population = simulate_2d(shape=(1, 9), duration=100, current=currents, **words)
    for i, current in enumerate(currents[0]):
        own = events[events[:, 2] == i]
        one = simulate_1d(duration=100, current=current, input_spikes=own[:, 0], input_weights=own[:, 3])
        assert population.spikes[population.spikes[:, 2] == i, 0].tolist() == one.spikes.tolist()
        assert population.v_frames[:, 0, i].tolist() == one.v.tolist()


def test_a_step_of_the_grid_is_a_sample_of_the_run():
    rng = np.random.default_rng(8)
    neuron, shape = LIF(th_jump=1.0), (6, 5)
    kernel = kernel_of(neuron, rng, "any")
    kicks = rng.uniform(0, 60, (51, *shape)) * (rng.random((51, *shape)) < 0.1)
    kicks[0] = 0.0
    run = simulate_2d(
        neuron,
        shape=shape,
        duration=5,
        kernel=kernel,
        current=2.5,
        input_spikes=lambda t: kicks[round(t / 0.1)],
        record_every=0.1,
    )
    grid = Grid(neuron, shape, kernel=kernel)
    for turn in range(2):  # the second time after a reset
        for k in range(1, 51):
            fired = grid.step(kicks[k], 2.5)
            assert np.count_nonzero(fired) == run.activity[k]
            assert (grid.steps, grid.t) == (k, k * 0.1)
            assert grid.v.tolist() == run.v_frames[k].tolist()
            assert grid.th.tolist() == run.th_frames[k].tolist()
            assert fired.tolist() == grid.fired.tolist()
        assert run.activity.sum() > 5
        if turn == 0:
            grid.reset()
            assert (grid.steps, grid.t) == (0, 0.0)
            assert np.all(grid.v == -70.0)
            assert np.all(grid.th == -50.0)
            assert not grid.fired.any()


@pytest.mark.parametrize("bad", [{"kicks": np.nan}, {"current": [1.0]}, {"kicks": 1.0, "current": 1e308}])
def test_a_step_that_is_refused_leaves_the_grid_as_it_was(bad):
    grid, untouched = (Grid(LIF(th_jump=1.0), (2, 2), v_start=-55.0, th_start=-40.0) for _ in range(2))
    with pytest.raises(ValueError, match="kicks|current"):
        grid.step(**bad)
    assert grid.steps == 0
    for _ in range(5):
        assert grid.step(current=4.0).tolist() == untouched.step(current=4.0).tolist()
        assert grid.v.tolist() == untouched.v.tolist()


@pytest.mark.parametrize("block", [7, lif2d.BLOCK])
def test_frames_counts_and_first_spikes_belong_together(block, monkeypatch):
    monkeypatch.setattr(lif2d, "BLOCK", block)
    run, _ = lively(np.random.default_rng(1), (6, 7), kernel=neighbors(9.0, 8))
    samples = np.rint(run.spikes[:, 0] / 0.1).astype(int)
    rows, columns = run.spikes[:, 1:].astype(int).T
    order = np.lexsort((columns, rows, samples))
    assert order.tolist() == list(range(len(samples)))
    assert np.bincount(samples, minlength=401).tolist() == run.activity.tolist()
    for i, j in np.ndindex(6, 7):
        mine = run.spikes[(rows == i) & (columns == j), 0]
        assert run.counts[i, j] == mine.size
        np.testing.assert_array_equal(run.first_spike[i, j], mine[0] if mine.size else np.nan)
    np.testing.assert_allclose(run.frame_times, np.arange(11) * 4.0)
    assert run.v_frames[-1].tolist() == run.v.tolist()
    assert run.th_frames[-1].tolist() == run.th.tolist()


@pytest.mark.parametrize("cells", [6, 2**30, 2**60])  # the last: a key and its place don't fit in one number
@pytest.mark.parametrize("equal", [False, True])
def test_input_spikes_are_sorted_and_those_of_a_neuron_and_sample_summed_as_given(cells, equal):
    sheet = Sheet(LIF(), (2, 3), 0.5, None, 1.0, "open", None, None, float, "auto")
    sheet.cells = cells
    rng = np.random.default_rng(3)
    events = np.column_stack((rng.integers(0, 5, 200) * 0.5, *rng.integers(0, 2, (2, 200)), rng.random(200)))
    if equal:
        events[:, 3] = 0.1
    sums: dict = {}
    for time, row, column, weight in events.tolist():
        place = round(time / 0.5), int(row) * 3 + int(column)
        sums[place] = sums.get(place, 0.0) + weight
    ends, places, weights = events_of(events, sheet, 3)
    expected = sorted(place for place in sums if place[0] <= 3)
    assert places.tolist() == [cell for _, cell in expected]
    assert weights.tolist() == [sums[place] for place in expected]
    assert ends.tolist() == [sum(k <= sample for k, _ in expected) for sample in range(4)]


def test_maps_of_input_do_what_a_list_of_input_spikes_does():
    rng = np.random.default_rng(4)
    maps = np.where(rng.random((60, 5, 6)) < 0.2, 12.0, 0.0)
    listed = [(k, *cell, maps[(k, *cell)]) for k, *cell in np.argwhere(maps)]
    words = {"shape": (5, 6), "duration": 59, "dt": 1, "kernel": neighbors(6.0), "engine": "numpy"}
    runs = [simulate_2d(**words, input_spikes=given) for given in (listed, lambda t: maps[round(t)])]
    assert runs[0].counts.sum() > 100
    assert runs[0].spikes.tolist() == runs[1].spikes.tolist()
    assert runs[0].v.tolist() == runs[1].v.tolist()


def test_single_precision_fires_as_double_does():
    rng = np.random.default_rng(2)
    start = rng.uniform(-70, -45, (12, 12))
    runs = [
        simulate_2d(LIF(th_jump=2.0), shape=(12, 12), duration=20, kernel=neighbors(11.3, 8),
                    current=1.7, v_start=start, dtype=dtype)
        for dtype in (np.float32, float)
    ]  # fmt: skip
    assert (runs[0].v.dtype, runs[1].v.dtype) == (np.float32, np.float64)
    assert runs[1].counts.sum() > 50
    assert runs[0].spikes.tolist() == runs[1].spikes.tolist()
    np.testing.assert_allclose(runs[0].v, runs[1].v, rtol=0, atol=1e-3)
    np.testing.assert_allclose(runs[0].th, runs[1].th, rtol=0, atol=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, float])
def test_deviations_end_at_zero_and_never_as_denormal_numbers(dtype):
    neuron = LIF(v_rest=0, v_reset=-1, v_th=1, tau_m=1)
    falling = LIF(v_rest=-1, v_reset=-2, v_th=0, th_jump=0.1, tau_th=1)
    one = simulate_1d(neuron, duration=1500, dt=1, v_start=0.5)
    grid = Grid(neuron, (2, 2), dt=1, v_start=0.5, dtype=dtype)
    threshold = Grid(falling, (2, 2), dt=1, th_start=0.5, dtype=dtype)
    for k in range(1, 1501):
        grid.step()
        threshold.step()
        if dtype is float:
            assert np.all(grid.v == one.v[k]) or one.v[k] < 1e-30
        for a in (grid.v, threshold.th):
            assert np.all((a == 0) | (a > np.finfo(dtype).tiny))
    assert np.all(grid.v == 0)
    assert np.all(threshold.th == 0)


@pytest.mark.parametrize(("tau_m", "dt"), [(8.0, 0.1), (50.0, 0.1), (8.0, 0.01)])
def test_what_single_precision_costs(tau_m, dt):
    current = np.linspace(-1.0, 1.99, 400).reshape(20, 20)  # below the rheobase
    args = {"shape": (20, 20), "record_every": tau_m, "duration": 6 * tau_m, "dt": dt, "current": current}
    double, single = (simulate_2d(LIF(tau_m=tau_m), dtype=kind, **args) for kind in (float, np.float32))
    off = np.abs(double.v_frames - single.v_frames).max() / (tau_m / dt)
    assert 1e-6 < off < 5e-6


def test_a_grid_that_takes_over_a_raised_threshold_lets_it_fall():
    raised = Grid(LIF(th_jump=10.0), (2, 2), dt=0.5)
    raised.step(kicks=30.0)
    assert (raised.th == -40.0).all()
    fixed = Grid(LIF(), (2, 2), dt=0.5)
    fixed.take_over(raised)
    for _ in range(2000):
        fixed.step()
    assert np.allclose(fixed.th, -50.0 + 10.0 * np.exp(-1000 / 100))
