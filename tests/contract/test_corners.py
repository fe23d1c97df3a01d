"""Input at the edge of what is legal, on either side: what is refused, and what is not."""

import warnings

import numpy as np
import pytest
from matplotlib.figure import Figure

from lifcore import LIF, Grid, inputs, measures, neighbors, plots, simulate_1d, simulate_2d, simulate_exact
from lifcore.checks import check
from tests.contract.calls import ARRAYS, RUN_1D, RUN_2D, VALID, name_of

SINGLE = np.float32


@pytest.mark.parametrize(("function", "name"), ARRAYS, ids=[f"{name_of(f)}-{name}" for f, name in ARRAYS])
def test_one_truth_value_among_numbers_is_a_type_error(function, name):
    def spoiled(rows):
        return [spoiled(rows[0]) if isinstance(rows[0], list) else True, *rows[1:]]

    good = ARRAYS[function, name].tolist()
    with pytest.raises(TypeError, match="must hold real numbers"):
        function(**{**VALID[function], name: spoiled(good)})


@pytest.mark.parametrize(
    "call",
    [
        lambda: simulate_1d(duration=np.timedelta64(3, "ms")),
        lambda: neighbors(1.0, np.timedelta64(4, "ms")),
        lambda: Grid(dtype=None),
        lambda: Grid(boundary=np.zeros(3)),
        lambda: check([], 1.0),
        lambda: plots.plot_run(RUN_2D),
        lambda: plots.plot_raster(RUN_1D),
        lambda: plots.plot_activity(RUN_1D),
    ],
)
def test_wrong_kinds_that_look_like_right_ones(call):
    with pytest.raises(TypeError, match="must be"):
        call()


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("v_rest", lambda: Grid(LIF(v_rest=-1e39), dtype=SINGLE)),
        ("v_start", lambda: Grid(v_start=1e300, dtype=SINGLE)),
        ("v_start", lambda: Grid(shape=(1, 2), v_start=[[0.0, 1e300]], dtype=SINGLE)),
        ("th_start", lambda: Grid(th_start=1e300, dtype=SINGLE)),
        ("kernel", lambda: Grid(kernel=neighbors(1e300), dtype=SINGLE)),
        ("kicks", lambda: Grid(dtype=SINGLE).step(-1e300)),
        ("kicks", lambda: Grid(dtype=SINGLE, shape=(1, 2)).step([[0.0, -1e300]])),
        ("current", lambda: Grid(dtype=SINGLE).step(current=1e38)),
        ("current", lambda: Grid(dtype=SINGLE, shape=(1, 2)).step(current=[[0.0, -1e38]])),
        ("input_spikes", lambda: simulate_2d(shape=(1, 1), duration=1, input_spikes=[(0, 0, 0, -1e308)] * 2)),
    ],
)
def test_what_a_grid_cannot_hold_is_a_value_error(name, call):
    with pytest.raises(ValueError, match=f"{name} must"):
        call()


@pytest.mark.parametrize(
    ("shown", "call"),
    [
        ("1.00000001", lambda: simulate_1d(duration=1.00000001)),
        ("-65.0000001", lambda: Grid(th_start=-65.0000001)),
        ("-49.9999999", lambda: LIF(v_reset=-49.9999999)),
        ("1.0000001", lambda: simulate_2d(shape=(3, 3), duration=1, input_spikes=[(0, 1.0000001, 0, 1)])),
    ],
)
def test_a_value_that_just_misses_is_told_with_its_digits(shown, call):
    with pytest.raises(ValueError, match=f"got {shown}|= {shown}"):
        call()


def test_a_grid_beyond_all_numbers():
    with pytest.raises(MemoryError, match="GiB"):
        Grid(shape=(10**200, 10**200))


def test_a_short_strong_pulse_is_no_strong_run():
    run = simulate_exact(LIF(t_ref=0), duration=1e4, current=lambda t: np.where(t == 0, 2e5, 0.0))
    assert run.spikes.size == pytest.approx(0.1 * 2e6 / (15 * 8), rel=0.01)  # 15 mV at 2e6 mV in 8 ms


def test_the_largest_numbers_warn_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert simulate_1d(duration=1, dt=0.01, input_spikes=[1e308]).spikes.size == 0
        assert np.isfinite(inputs.noise(LIF(tau_m=1e20), 1, 0.1, mean=0, sigma_v=1, seed=0)).all()


def test_a_run_without_duration_is_drawn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for draw, run in (
            (plots.plot_run, simulate_1d(duration=0)),
            (plots.plot_raster, simulate_2d(shape=(2, 2), duration=0)),
            (plots.plot_activity, simulate_2d(shape=(2, 2), duration=0)),
        ):
            draw(run, ax=Figure().add_subplot())


def test_the_rate_counts_from_the_time_as_one_writes_it():
    run = simulate_1d(duration=3, dt=0.3, input_spikes=[0.9], input_weights=99)
    assert run.spikes[0] < 0.9
    assert measures.rate(run, start=0.9) == pytest.approx(1000 / 2.1)
