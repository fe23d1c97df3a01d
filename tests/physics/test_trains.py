"""Regular input trains: how many spikes reach the threshold, and at which gaps."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lifcore import LIF, pair_gap, simulate_1d
from tests.physics.draws import examples, hundredths


def unit(**parameters):
    """Return a neuron without dimensions: rest and reset 0, threshold 1."""
    return LIF(**{"v_rest": 0, "v_reset": 0, "v_th": 1, "t_ref": 0, **parameters})


@examples(40)
@given(hundredths(0.5, 30), st.integers(1, 60), st.sampled_from([0.05, 0.1, 0.25]), hundredths(0.01, 3))
def test_height_just_after_the_nth_spike(tau_m, steps, dt, weight):
    neuron, gap = unit(tau_m=tau_m, v_th=1e3), steps * dt
    run = simulate_1d(
        neuron, duration=12 * gap, dt=dt, input_spikes=np.arange(12) * gap, input_weights=weight
    )
    q, n = math.exp(-gap / tau_m), np.arange(1, 13)
    np.testing.assert_allclose(run.v[: 12 * steps : steps], weight * (1 - q**n) / (1 - q), rtol=0, atol=1e-9)


@pytest.mark.parametrize("weight", [0.51, 0.6, 0.75, 0.9, 0.99])
@pytest.mark.parametrize("tau_m", [5.0, 14.0])
def test_longest_gap_of_a_pair(weight, tau_m):
    neuron = unit(tau_m=tau_m)
    gap = pair_gap(neuron, weight)
    assert gap == pytest.approx(tau_m * math.log(weight / (1 - weight)), rel=1e-12)
    for factor, fires in [(0.999, 1), (1.001, 0)]:
        # Steps of a thousandth of the gap, so that both spikes fall on samples.
        run = simulate_1d(
            neuron,
            duration=2000 * gap * factor / 1000,
            dt=gap * factor / 1000,
            input_spikes=[0, gap * factor],
            input_weights=weight,
        )
        assert run.spikes.size == fires


def test_pairs_that_need_no_gap_formula():
    assert pair_gap(unit(), 1.0) == math.inf
    assert pair_gap(unit(), 2.0) == math.inf
    assert math.isnan(pair_gap(unit(), 0.49))
    assert pair_gap(unit(), 0.5) == 0.0
    np.testing.assert_allclose(pair_gap(unit(tau_m=10), [0.75, 1.0]), [10 * math.log(3), math.inf])
    assert pair_gap(LIF(), 15.0) == pytest.approx(8 * math.log(3), rel=1e-12)


@pytest.mark.parametrize(("tau_m", "spikes"), [(41.56, 0), (41.57, 1)])
def test_three_half_spikes_and_the_golden_ratio(tau_m, spikes):
    run = simulate_1d(unit(tau_m=tau_m), duration=100, input_spikes=[10, 30, 50], input_weights=0.5)
    assert run.spikes.size == spikes
    golden = math.log((1 + math.sqrt(5)) / 2)
    assert golden == pytest.approx(0.4812, abs=5e-5)
    assert 20 / golden == pytest.approx(41.5617, abs=5e-5)


@examples(60)
@given(hundredths(2, 30), hundredths(0.05, 0.99), st.sampled_from([0.999, 1.001]))
def test_longest_gap_at_which_an_endless_train_fires(tau_m, weight, factor):
    gap = -tau_m * math.log(1 - weight) * factor
    run = simulate_1d(
        unit(tau_m=tau_m),
        duration=4000 * gap,
        dt=gap,
        input_spikes=np.arange(4000) * gap,
        input_weights=weight,
    )
    assert (run.spikes.size > 0) == (factor < 1)


@examples(100)
@given(
    tau_m=hundredths(2, 30),
    weight=hundredths(0.1, 1.5),
    steps=st.integers(1, 40),
    t_ref=st.sampled_from([0.0, 0.5, 1.0, 2.05, 5.0]),
)
def test_an_endless_train_fires_once_per_so_many_inputs(tau_m, weight, steps, t_ref):
    dt, gap = 0.1, steps * 0.1
    q = math.exp(-gap / tau_m)
    short = weight / (1 - q)  # where V would level off without a threshold
    if weight >= 1:
        n = 1
    else:
        assume(short > 1.0001)
        exact = math.log(1 - (1 - q) / weight) / math.log(q)
        assume(abs(exact - round(exact)) > 1e-6)
        n = math.ceil(exact)
    lost = math.ceil(t_ref / dt - 1e-9) // steps
    run = simulate_1d(
        unit(tau_m=tau_m, t_ref=t_ref),
        duration=5 * (n + lost) * gap,
        dt=dt,
        input_spikes=np.arange(5 * (n + lost)) * gap,
        input_weights=weight,
    )
    inputs = np.rint(run.spikes / gap).astype(int)
    assert inputs.tolist() == [n - 1 + i * (n + lost) for i in range(5)]
