"""What looks odd but is legal is accepted, means the same in every form, and is never changed."""

import dataclasses

import numpy as np
import pytest

from lifcore import LIF, Grid, from_image, measures, neighbors, poisson, simulate_1d, simulate_2d
from tests.contract.calls import ARRAYS, RUN_2D, VALID, name_of

SEQUENCES = [pytest.param(f, name, good, id=f"{name_of(f)}-{name}") for (f, name), good in ARRAYS.items()]


def values(result):
    """Return all arrays and numbers in a result, for comparison."""
    if dataclasses.is_dataclass(result):
        return [np.asarray(getattr(result, f.name)) for f in dataclasses.fields(result) if f.name != "neuron"]
    if isinstance(result, Grid):
        fired = result.step().copy()
        return [fired, result.v, result.th]
    return [np.asarray(result)]


def same(one, other):
    """Tell whether two results hold the same numbers bit for bit."""
    pairs = zip(values(one), values(other), strict=True)
    return all(a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)


def whole(good, name):
    """Return whole numbers of the array's shape that are valid for the argument."""
    if name == "th_start":
        return -40 * good
    if name == "image":
        return np.eye(4)
    return good + (1 if name == "weight" else 0)


FORMS = {
    "list": lambda a: a.tolist(),
    "nested lists": lambda a: [row.tolist() if row.ndim else float(row) for row in a],
    "int": lambda a: a.astype(int),
    "uint8 or int8": lambda a: a.astype(np.int8 if a.min() < 0 else np.uint16),
    "float32": lambda a: a.astype(np.float32),
    "float16": lambda a: a.astype(np.float16),
    "Fortran order": np.asfortranarray,
    "not contiguous": lambda a: np.repeat(a, 3, axis=-1)[..., ::3],
    "backwards": lambda a: a[::-1].copy()[::-1],
    "big endian": lambda a: a.astype(">f8"),
}


@pytest.mark.parametrize(("function", "name", "good"), SEQUENCES)
@pytest.mark.parametrize("form", FORMS)
def test_arrays_of_every_kind_and_layout(function, name, good, form):
    good = whole(good, name)
    plain = function(**{**VALID[function], name: good})
    other = function(**{**VALID[function], name: FORMS[form](good)})
    assert same(plain, other)


@pytest.mark.parametrize(("function", "name", "good"), SEQUENCES)
def test_arrays_are_never_changed_nor_kept(function, name, good):
    good = whole(good, name)
    given = good.copy()
    given.flags.writeable = False
    result = function(**{**VALID[function], name: given})
    before = [a.copy() for a in values(result)]
    given.flags.writeable = True
    assert np.array_equal(given, good)
    given[...] = 77
    if not isinstance(result, Grid):
        assert all(
            np.array_equal(a, b, equal_nan=b.dtype.kind == "f")
            for a, b in zip(before, values(result), strict=True)
        )


def test_a_grid_keeps_nothing_of_what_it_was_given():
    kernel, v_start = neighbors(25.0), np.full((2, 3), -60.0)
    grid, untouched = (Grid(shape=(2, 3), kernel=k, v_start=v) for k, v in
                       [(kernel, v_start), (kernel.copy(), v_start.copy())])  # fmt: skip
    kernel[...], v_start[...] = 0.0, 99.0
    grid.reset()
    for k in range(30):
        assert grid.step(kicks=9.0 * (k == 0)).tolist() == untouched.step(kicks=9.0 * (k == 0)).tolist()
        assert grid.v.tolist() == untouched.v.tolist()


@pytest.mark.parametrize("number", [3, np.int16(3), np.float32(3), np.float64(3), np.array(3), np.array(3.0)])
def test_numbers_of_every_kind(number):
    assert LIF(tau_m=number) == LIF(tau_m=3.0)
    assert type(LIF(tau_m=number).tau_m) is float
    assert same(simulate_1d(duration=number, current=number), simulate_1d(duration=3.0, current=3.0))
    one, other = (simulate_2d(shape=(2, 2), duration=2, current=current) for current in (number, 3.0))
    assert same(one, other)
    assert Grid(shape=(np.int64(2), 3)).shape == (2, 3)
    assert Grid(shape=[2, 3]).v.shape == (2, 3)


@pytest.mark.parametrize("value", [0, 0.0, -0.0])
def test_no_refractory_period(value):
    assert simulate_1d(LIF(t_ref=value), duration=10, current=20.0).spikes.size > 10


def test_rest_and_start_above_the_threshold():
    assert simulate_1d(LIF(v_rest=-40), duration=10).spikes.size > 1
    assert simulate_1d(v_start=0.0, duration=10).spikes.tolist() == [0.1]
    run = simulate_2d(LIF(v_rest=-40), shape=(2, 2), duration=10, v_start=0.0)
    assert run.counts.min() > 1


def test_negative_weights_and_currents():
    run = simulate_1d(duration=10, current=-2.0, input_spikes=[5], input_weights=-10.0)
    assert run.v.min() < -85
    sheet = simulate_2d(
        shape=(1, 2),
        duration=10,
        kernel=neighbors(-4.0),
        current=-1.0,
        input_spikes=[(1, 0, 0, 99), (2, 0, 1, -5)],
    )
    assert sheet.v[0, 1] < -76


@pytest.mark.parametrize("empty", [(), [], np.empty(0), np.empty(0, int), poisson(0, rate=1, seed=1)])
def test_empty_spike_lists(empty):
    for weights in (1.0, [], 5):
        run = simulate_1d(duration=1, input_spikes=empty, input_weights=weights)
        assert run.input_spikes.shape == run.input_weights.shape == run.spikes.shape == (0,)
    assert simulate_2d(shape=(2, 2), duration=1, input_spikes=empty).spikes.shape == (0, 3)
    assert simulate_2d(shape=(2, 2), duration=1, input_spikes=np.empty((0, 4))).spikes.shape == (0, 3)


def test_duration_0():
    run = simulate_1d(duration=0, current=[])
    assert (run.t.tolist(), run.v.tolist(), run.th.tolist()) == ([0.0], [-70.0], [-50.0])
    assert run.current.shape == (0,)
    fired = simulate_1d(duration=0, input_spikes=[0], input_weights=20.0)
    assert fired.spikes.tolist() == [0.0]
    sheet = simulate_2d(shape=(2, 2), duration=0, record_every=0.1, input_spikes=[(0, 1, 1, 20)])
    assert sheet.spikes.tolist() == [[0, 1, 1]]
    assert sheet.v_frames.shape == (1, 2, 2)
    assert sheet.activity.tolist() == [1]


def test_a_current_as_a_function_may_return_a_number():
    assert same(simulate_1d(duration=5, current=lambda t: 3), simulate_1d(duration=5, current=3.0))
    one, other = (simulate_2d(shape=(2, 2), duration=5, current=current) for current in (lambda t: 3, 3.0))
    assert same(one, other)


def test_a_default_delay_that_fits_no_step_matters_only_with_a_kernel():
    assert simulate_2d(shape=(2, 2), duration=3, dt=0.3).t.size == 11
    with pytest.raises(ValueError, match=r"delay must be a whole number of steps.*0.9"):
        simulate_2d(shape=(2, 2), duration=3, dt=0.3, kernel=neighbors(1.0))


def test_cells_may_be_lists_or_numpy_integers():
    expected = measures.speed(RUN_2D, start=(0, 0), stop=(1, 2))
    assert measures.speed(RUN_2D, start=[0, 0], stop=[np.int64(1), 2]) == expected


def test_gray_pictures_of_any_type():
    picture = np.array([[0, 1], [1, 0]])
    for kind in (int, float, np.float32):
        assert from_image(picture.astype(kind), [2, 2], low=1, high=2).tolist() == [[1, 2], [2, 1]]
