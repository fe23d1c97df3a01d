"""The engines of the grid against one another: the same bits, or V within 1e-9 mV and the same spikes."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifcore import LIF, Grid, engine, neighbors, simulate_2d, surround
from lifcore.sheet import compiled, pick, relay
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


def close(run, other):
    """Hold a sparse run against a dense one of 64 bits: the same spikes, V within 1e-9 mV."""
    assert np.array_equal(run.spikes, other.spikes)
    for name in ("v", "th", "v_frames", "th_frames"):
        assert np.allclose(getattr(run, name), getattr(other, name), rtol=0, atol=1e-9), name


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
@examples(200)
@given(**any_grid)
def test_compiled_equals_numpy_bit_for_bit(**drawn):
    given = scenario(**drawn)
    same_bits(simulate_2d(**given, engine="numba"), simulate_2d(**given, engine="numpy"))


@needs_numba
@pytest.mark.parametrize(
    "segment", [1, 150, compiled.SEGMENT]
)  # rows, at least one, go through a step together
@examples(12)
@given(
    **any_grid
    | {"shape": st.sampled_from([(3, 200), (70, 67), (2, 64), (40, 129)]), "n": st.integers(20, 60)}
)
def test_compiled_equals_numpy_whatever_its_segments(segment, **drawn):
    given = scenario(**drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "SEGMENT", segment)
        run = simulate_2d(**given, engine="numba")
    same_bits(run, simulate_2d(**given, engine="numpy"))


@examples(150)
@given(**any_grid | {"dtype": st.just(np.float64)})
def test_sparse_equals_numpy(**drawn):
    given = scenario(**drawn)
    close(simulate_2d(**given, engine="sparse"), simulate_2d(**given, engine="numpy"))


@pytest.mark.parametrize("name", ["sparse", pytest.param("numba", marks=needs_numba)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_step_by_step_with_kicks_and_currents_that_change(name, dtype):
    rng = np.random.default_rng(3)
    given = {"kernel": surround(6.0, 1.5, 1.0, 3.0), "delay": 0.3, "boundary": "torus", "dtype": dtype}
    mine, plain = (
        Grid(LIF(th_jump=2.0, tau_th=20.0), (11, 7), engine=engine_name, **given)
        for engine_name in (name, "numpy")
    )
    spikes = 0
    for k in range(400):
        kicks = (None, 3.0, rng.normal(2, 8, (11, 7)))[k % 3]
        current = rng.uniform(0, 2.5, (11, 7)) if k % 50 > 25 else 1.8
        fired = mine.step(kicks, current)
        assert np.array_equal(fired, plain.step(kicks, current))
        assert np.array_equal(mine.fired, fired)
        assert mine.t == plain.t
        spikes += fired.sum()
        if k % 7 == 0:
            near = 0 if name == "numba" else 1e-9 if dtype is np.float64 else 1e-3
            assert np.abs(mine.v - plain.v).max() <= near
            assert np.abs(mine.th - plain.th).max() <= near
    assert spikes > 1000


@needs_numba
def test_auto_changes_over_and_back(monkeypatch):
    seen = []
    kind = pick.Picker.kind
    monkeypatch.setattr(pick.Picker, "kind", lambda *given: seen.append(kind(*given)) or seen[-1])
    monkeypatch.setattr(pick, "LOOK_EVERY", 64)
    monkeypatch.setattr(engine, "REPAID", 0.01)
    shape = (128, 128)
    rng = np.random.default_rng(0)
    flash = [(100.0, i, j, 30.0) for i, j in np.ndindex(shape) if rng.random() < 0.1]
    given = {
        "neuron": LIF(v_reset=-70.0, t_ref=5.0),
        "shape": shape,
        "duration": 150.0,
        "kernel": neighbors(12.0),
        "input_spikes": [(1.0, 60, 60, 30.0), *flash],
    }
    auto, plain = simulate_2d(**given), simulate_2d(**given, engine="numpy")
    close(auto, plain)
    names = [cls.__name__ for cls in seen]
    changes = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    assert {"Sparse", "Fused"} <= set(changes)
    assert plain.spikes[:, 0].max() > 105  # the flash makes waves


@needs_numba
@pytest.mark.parametrize(("ahead", "plain"), [(1, 6), (100, 2)])
def test_auto_compiles_once_the_measured_time_of_its_steps_repays_it(monkeypatch, ahead, plain):
    monkeypatch.setattr(engine, "clock", itertools.count().__next__)  # a second a step
    monkeypatch.setattr(engine, "_spent", {})
    monkeypatch.setattr(engine, "_ready", {})
    grid = Grid(shape=(5, 5))
    grid.ahead = ahead
    for _ in range(plain):
        grid.step()
        assert not engine._ready
    grid.step()
    assert list(engine._spent.values()) == [plain]
    assert engine._ready


@needs_numba
@pytest.mark.parametrize("asked", range(1, 9))
def test_auto_may_change_over_at_any_step(monkeypatch, asked):
    answers = itertools.chain([False] * asked, itertools.repeat(True))
    monkeypatch.setattr(engine, "pays", lambda *_: next(answers))
    given = {
        "neuron": WAVE,
        "shape": (9, 9),
        "duration": 3.0,
        "kernel": neighbors(1.1),
        "input_spikes": [(k / 10, 4, k % 9, 2.0) for k in range(30)],
    }
    same_bits(simulate_2d(**given), simulate_2d(**given, engine="numpy"))


@pytest.mark.parametrize("name", ["sparse", pytest.param("numba", marks=needs_numba)])
def test_a_count_of_samples_that_wears_out_is_begun_again(monkeypatch, name):
    given = {
        "neuron": WAVE,
        "shape": (9, 9),
        "duration": 40.0,
        "kernel": neighbors(1.1),
        "current": 0.13,
        "input_spikes": [(1.0, 4, 4, 2.0)],
        "record_every": 1.0,
    }
    whole = simulate_2d(**given, engine=name)
    monkeypatch.setattr(relay, "WORN", 30)
    close(simulate_2d(**given, engine=name), whole)
    assert whole.spikes.size


@pytest.mark.parametrize("name", ["sparse", pytest.param("numba", marks=needs_numba)])
def test_a_refractory_period_without_end(name):
    run = simulate_2d(
        LIF(t_ref=1e12),
        shape=(3, 3),
        duration=5,
        kernel=neighbors(30.0),
        input_spikes=[(1, 1, 1, 30)],
        engine=name,
    )
    assert run.counts.tolist() == [[1, 1, 1]] * 3


@pytest.mark.parametrize("name", ["numpy", "sparse", pytest.param("numba", marks=needs_numba)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_silent_sheet_comes_to_rest_and_never_to_denormal_numbers(name, dtype):
    grid = Grid(LIF(v_rest=0.0, v_reset=-1.0, v_th=1.0, tau_m=1.0, tau_th=1.0, th_jump=0.5), (4, 70),
                dtype=dtype, engine=name, v_start=0.5, th_start=1.5)  # fmt: skip
    smallest = np.finfo(dtype).tiny
    for _ in range(12_000):
        grid.step()
        if grid.steps % 100 == 0:
            assert np.all((grid.v == 0) | (np.abs(grid.v) > smallest))
    assert np.all(grid.v == 0)
    assert np.allclose(grid.th, 1, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", ["numpy", "sparse", pytest.param("numba", marks=needs_numba)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_ties_fire(name, dtype):
    given = {"shape": (1, 2), "duration": 3, "kernel": neighbors(1.0), "dtype": dtype, "engine": name}
    run = simulate_2d(WAVE, input_spikes=[(1, 0, 0, 1.0)], **given)
    assert run.first_spike.tolist() == [[1.0, 2.0]]


@needs_numba
def test_a_map_of_kicks_reaches_every_strip_of_a_sheet(monkeypatch):
    monkeypatch.setattr(compiled, "SEGMENT", 40)  # strips of four rows
    maps = np.random.default_rng(3).uniform(0, 2, (20, 10, 10))
    runs = []
    for name in ("numpy", "numba"):
        sheet = Grid(WAVE, (10, 10), dt=0.5, kernel=neighbors(0.4), engine=name)
        runs.append([(sheet.step(kicks).copy(), sheet.v.copy()) for kicks in maps])
    for (fired, v), (other, v_other) in zip(*runs, strict=True):
        assert np.array_equal(fired, other) and v.tobytes() == v_other.tobytes()
    assert sum(fired.sum() for fired, _ in runs[0]) > 50
