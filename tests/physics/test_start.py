"""Sample 0: the state given and the input spikes of time 0."""

import numpy as np
import pytest

from lifcore import LIF, simulate_2d
from tests.physics.both import PLAIN, in_both


def test_a_start_above_the_threshold_fires_at_sample_1():
    run = in_both(PLAIN, duration=1, v_start=5.0)
    assert run.spikes.tolist() == [0.1]
    assert run.v[0] == 5.0


@pytest.mark.parametrize("weight", [0.0, -1.0, 1.0])
def test_sample_0_is_tested_where_a_spike_arrives(weight):
    run = in_both(PLAIN, duration=1, v_start=5.0, input_spikes=[0.0], input_weights=weight)
    assert run.spikes.tolist() == [0.0]
    assert run.v[0] == 0.0


def test_refractory_period_after_a_spike_at_sample_0():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, t_ref=0.3, th_jump=0.5)
    run = in_both(neuron, duration=1, input_spikes=np.arange(11) * 0.1, input_weights=9.0)
    assert np.rint(run.spikes / 0.1).tolist() == [0, 4, 8]
    assert run.th[0] == 1.5


def test_sample_0_of_a_grid_is_tested_only_where_a_spike_arrives():
    run = simulate_2d(PLAIN, shape=(1, 3), duration=0, v_start=5.0, input_spikes=[(0, 0, 1, 0.0)])
    assert run.spikes.tolist() == [[0.0, 0.0, 1.0]]
    by_function = simulate_2d(
        PLAIN, shape=(1, 3), duration=0, v_start=5.0, input_spikes=lambda t: np.array([[0.0, 0.1, 0.0]])
    )
    assert by_function.spikes.tolist() == [[0.0, 0.0, 1.0]]


def test_resting_above_the_threshold_fires_by_itself():
    run = in_both(LIF(v_rest=-40, t_ref=1), duration=50)
    assert run.spikes[0] == 0.1
    assert run.spikes.size > 3
