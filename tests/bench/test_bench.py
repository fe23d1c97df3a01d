"""What the benchmarks compare does the same job, and their arithmetic is right."""

import math

import numpy as np
import pytest

from lifcore import LIF, Grid, simulate_1d
from tests.bench import measure, one, sheet


@pytest.mark.parametrize("side", [32, 64])
def test_both_sheets_carry_the_same_endless_wave(side):
    grid, rolled = (sheet.endless_wave((side, side), kind) for kind in (Grid, sheet.Rolled))
    for step in range(200):
        ours, theirs = grid.step(), rolled.step()
        assert ours.tolist() == theirs.tolist()
        assert np.flatnonzero(ours.any(axis=0)).tolist() == [(step + 2) % side]
    np.testing.assert_allclose(grid.v, rolled.v, rtol=0, atol=1e-3)
    np.testing.assert_allclose(grid.th, rolled.th, rtol=0, atol=1e-3)


def test_the_bare_loop_is_the_free_membrane():
    neuron, a = LIF(v_th=1e6), math.exp(-0.1 / 8)
    v = one.bare(-70.0, a, [(1 - a) * (-70 + 10 * 3.0)] * 100)
    np.testing.assert_allclose(v, simulate_1d(neuron, duration=10, current=3.0).v, rtol=0, atol=1e-9)


def test_a_missed_target_is_seen(capsys):
    work = {"short": lambda: sum(range(1000)), "long": lambda: sum(range(100_000))}
    for what, against, met in [("short", "long", True), ("long", "short", False)]:
        table = measure.Table("t", work, [measure.Target(what, against, 1.0)], rounds=5)
        assert measure.show(table) == met
        assert ("MISSED" in capsys.readouterr().out) == (not met)


def test_ratio_is_the_median_over_the_rounds():
    times = {"a": [1.0, 2.0, 90.0], "b": [1.0, 1.0, 1.0]}
    assert measure.ratio(times, "a", "b") == 2.0
