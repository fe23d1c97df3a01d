"""What notebook 09 states in its prose, computed again; its first numbers are held by test_numbers."""

from dataclasses import replace

import numpy as np
import pytest

from lifcore import LIF, neighbors, pair_gap, simulate_1d, simulate_2d
from tests.notebooks.test_numbers import says

NAME = "09_grid"
NEURON = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5, th_jump=0.5, tau_th=20)
CALM = replace(NEURON, th_jump=0)


def test_random_input():
    weights = np.random.default_rng(1).uniform(0, 1.2, (11, 11))
    events = [(1, i, j, weights[i, j]) for i, j in np.ndindex(11, 11)]
    run = simulate_2d(NEURON, shape=(11, 11), duration=12, kernel=neighbors(1.2), input_spikes=events)
    assert np.array_equal(run.first_spike == 1.0, weights >= 1)
    assert says(NAME, "Neurons that get at least 1 mV fire at once, at 1 ms")
    assert (run.counts == 1).all() and run.th.min() > 1
    assert says(NAME, "Every neuron fires once, and its threshold still stands above 1 mV at the end")
    assert np.array_equal(run.th == run.th.max(), run.first_spike == run.first_spike.max())
    assert says(NAME, "the last ones stand highest")


@pytest.mark.parametrize("v_reset", [0.0, 0.4])
@pytest.mark.parametrize(("t_ref", "dt", "delay"), [(2.0, 0.1, 1.0), (2.3, 0.4, 1.2), (2.95, 0.1, 1.5)])
def test_no_echo(v_reset, t_ref, dt, delay):
    """N Δt is 2 D in each case; with one step less the sheet is never silent again."""
    assert says(NAME, r"so the rule is $N\,\Delta t \ge 2D$")
    assert says(
        NAME, "It holds for a wave from one cell with w ≥ θ and a reset that is not below $V_\\mathrm{rest}$"
    )
    for rest, once in ((t_ref, True), (t_ref - dt, False)):
        run = simulate_2d(
            replace(CALM, t_ref=rest, v_reset=v_reset), shape=(15, 15), duration=60 * delay, dt=dt,
            delay=delay, kernel=neighbors(1.2), input_spikes=[(0, 7, 7, 2)],
        )  # fmt: skip
        assert (run.counts.max() == 1) == once
        assert (run.spikes[-1, 0] > 58 * delay) != once
    assert says(NAME, "With a shorter rest the sheet never falls silent again")


def test_three_from_further_apart():
    assert says(NAME, "Three can do it from further apart")
    gap = pair_gap(CALM, 0.6)
    for count, fires in ((2, False), (3, True)):
        train = 1 + 1.02 * gap * np.arange(count)
        run = simulate_1d(replace(CALM, t_ref=0), duration=20, dt=0.01, input_spikes=train, input_weights=0.6)
        assert (run.spikes.size > 0) == fires


@pytest.mark.parametrize("k", [2, 7, 20])
@pytest.mark.parametrize("t_ref", [2, 5])
def test_diagonal(k, t_ref):
    assert says(NAME, "So a diagonal of k cells fires exactly $k^2$")
    assert says(NAME, "None fires twice, because each rests for more than two delays")
    i, j = np.indices((k, k))
    for weight in (0.55, 0.95):
        run = simulate_2d(
            replace(CALM, t_ref=t_ref), shape=(24, 24), duration=40, kernel=neighbors(weight),
            input_spikes=[(0, 2 + c, 2 + c, 2) for c in range(k)],
        )  # fmt: skip
        assert run.counts.sum() == k * k and run.counts.max() == 1
        np.testing.assert_allclose(run.first_spike[2 : 2 + k, 2 : 2 + k], abs(i - j), rtol=0, atol=1e-9)
