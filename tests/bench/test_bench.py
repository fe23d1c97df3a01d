"""What the benchmarks compare does the same job, and their arithmetic is right."""

import math
import weakref

import numpy as np
import pytest

from lifcore import LIF, Grid, simulate_1d
from tests.bench import __main__ as bench
from tests.bench import kernels, measure, one, population, sheet, waves


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
    v = one.bare(-70.0, a, [(1 - a) * (-70 + 10 * 3.0)] * 100, [0.0] * 101)
    np.testing.assert_allclose(v, simulate_1d(neuron, duration=10, current=3.0).v, rtol=0, atol=1e-9)


WORKS = {"short": lambda: measure.Own(0.001), "long": lambda: measure.Own(0.1)}


@pytest.mark.parametrize(("what", "against", "met"), [("short", "long", True), ("long", "short", False)])
def test_a_missed_target_is_seen(what, against, met):
    text, good = measure.show(measure.Table("t", WORKS, [measure.Target(what, against, 1.0)], rounds=5))
    assert good == met
    assert ("MISSED" in text) == (not met)
    assert "| long  |        100 | 100 |" in text


def test_targets_of_what_is_not_there_are_left_out():
    text, good = measure.show(measure.Table("t", WORKS, [measure.Target("long", "other", 1.0)]))
    assert good
    assert "other" not in text


def test_the_waves_are_what_they_are_called():
    spark, spirals, rain = (activity(make(64, 500)) for make in waves.SHEETS.values())
    assert 0 < spark.max() < 0.1
    assert spark.sum() == pytest.approx(1.0)  # each once
    assert spirals[-100:].mean() == pytest.approx(1 / 25)  # a turn is 25 steps
    assert 0.003 < rain.mean() < 0.01


def activity(task):
    """Return the share of a sheet that fires at each sample."""
    return waves.ours(task, "numpy")().activity / task.cells


def test_ratio_is_the_median_over_the_rounds_and_a_bound_the_best_of_them():
    times = {"a": [1.0, 2.0, 90.0], "b": [1.0, 1.0, 1.0], "memory": [4.0, 1.0, 4.0]}
    assert measure.ratio(times, "a", "b") == 2.0
    assert measure.ratio(times, "a", "memory") == 2.0


def test_orders_alternate_and_all_results_are_kept():
    order, dead = [], []

    class Result:
        def __init__(self, name):
            weakref.finalize(self, dead.append, name)

    def work(name):
        def run():
            order.append(f"{name}{dead.count(name)}")
            return Result(name)

        return run

    measure.interleaved({"a": work("a"), "b": work("b")}, 2)
    assert " ".join(order) == "a0 a0 b0 b0 b0 b0 a0 a0"


def test_sections_are_written_one_by_one():
    old = "# Benchmarks\n\n## one\n\nold one\n\n### t\n\n## waves\n\nold waves\n"
    new = bench.merged(old, {"waves": "## waves\n\nnew", "begin": "## begin\n\nnew"})
    assert new == "# Benchmarks\n\n## begin\n\nnew\n\n## one\n\nold one\n\n### t\n\n## waves\n\nnew\n"
    assert bench.merged("# Benchmarks\n\nwithout sections\n", {}) == "# Benchmarks\n"


def test_a_population_is_the_same_neurons_in_a_sheet_and_one_by_one(monkeypatch):
    monkeypatch.setattr(population, "STEPS", 300)
    counts = [run.spikes.size for run in population.loop()]
    assert population.sheet("numpy").counts[0].tolist() == counts
    assert sum(counts) > 100


@pytest.mark.parametrize("radius", kernels.RADII)
def test_sheets_of_large_kernels_fire_all_the_time(radius, monkeypatch):
    grids = []

    def made(*args, **words):
        grids.append(Grid(*args, **words))
        return grids[0]

    monkeypatch.setattr(kernels, "Grid", made)
    kernels.steps(radius, "numpy")()
    assert grids[0].kernel.shape == (2 * radius + 1, 2 * radius + 1)
    assert np.unique(grids[0].kernel[grids[0].kernel != 0]).size == 2
    assert sum(grids[0].step(None, 4.0).sum() for _ in range(20)) > 100
