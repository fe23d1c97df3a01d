"""The explorer of the adaptive threshold: what it says, and that its two views show the same moment."""

import math

import numpy as np
import pytest

from lifcore import adaptive_period
from tests.scenes import MAKERS

from .conftest import press, reset

OUTCOMES = {
    "deaf for a while": "2 spikes, 6.67 Hz, at 20, 150 ms.",
    "getting tired": "6 spikes, 20 Hz; first interval 23.1 ms, last 59.2 ms, in the end 59.2 ms by theory.",
    "never tired": "23 spikes, 76.7 Hz; first interval 13.0 ms, last 13.0 ms, in the end 13.0 ms by theory.",
    "out of reach": "No spike: V reaches 0.95 mV, the threshold stands at 1 mV.",
}


@pytest.fixture
def adaptive(made):
    return reset(made, "adaptive")


@pytest.mark.parametrize("preset", OUTCOMES)
def test_outcome_of_a_preset(adaptive, preset):
    press(adaptive, preset)
    assert adaptive.sentence == OUTCOMES[preset]


def test_the_deaf_time_is_the_formula(adaptive):
    deaf = 100 * math.log(0.4 / 0.2)
    for late, spikes in ((-0.2, [20.0]), (0.2, [20.0, 20 + deaf])):
        adaptive.set(t1=20 + deaf + late, t2=300.0)
        assert adaptive.run.spikes[: len(spikes)] == pytest.approx(spikes, abs=0.4)
        assert (adaptive.run.spikes < 299).sum() == len(spikes)


def test_both_views_show_one_moment(adaptive):
    press(adaptive, "getting tired")
    for t in (0.0, 34.0, 151.0, 300.0):
        adaptive.set(t=t)
        k = round(t / adaptive.run.dt)
        v, th = adaptive.run.v[k], adaptive.run.th[k]
        drawn = [tuple(np.ravel(dot.get_data())) for dot in adaptive.scene.dots]
        assert drawn == [(t, v), (t, th), (v, th)]


def test_the_path_meets_the_line_where_the_neuron_fires(adaptive):
    press(adaptive, "getting tired")
    v, th = adaptive.scene.path.get_data()
    ends = np.flatnonzero(np.isnan(v)) - 1
    assert len(ends) == adaptive.run.spikes.size
    assert (v[ends] >= th[ends]).all() and np.allclose(v[ends], th[ends], atol=0.02)
    inside = np.delete(np.arange(v.size), ends)
    assert not (v[inside] >= th[inside]).any()


def test_what_the_notebook_asks_to_find(adaptive):
    press(adaptive, "getting tired")  # the weakest current is that which lifts V above θ, whatever δ is
    for current, jump, fires in ((1.0, 0.0, False), (1.0, 0.4, False), (1.01, 0.0, True), (1.01, 0.4, True)):
        adaptive.set(current=current, th_jump=jump)
        assert bool(adaptive.run.spikes.size) is fires
    adaptive.set(current=1.0)
    assert adaptive.sentence == "No spike: V comes close to the threshold, 1 mV, and doesn't reach it."
    press(adaptive, "deaf for a while")  # a spike later than its input: only where tau_m is the longer one
    setting = dict(weight=2.0, th_jump=2.0, t1=24.0, t2=300.0, t=0.0)
    adaptive.set(**setting, tau_m=50.0, tau_th=10.0)
    assert adaptive.run.spikes[1] == pytest.approx(29.0, abs=0.3)
    adaptive.set(tau_m=10.0, tau_th=10.0)
    assert adaptive.run.spikes.tolist() == [20.0, 300.0]


def test_theory_is_named_only_where_it_holds(adaptive):
    press(adaptive, "slow")
    period = adaptive_period(adaptive.run.neuron, 3.0)
    assert f"in the end {period:.1f} ms by theory" in adaptive.sentence
    adaptive.set(weight=0.5)
    assert "theory" not in adaptive.sentence


def test_play_moves_this_moment():
    explorer = MAKERS["adaptive"]()
    explorer.play.value += 5
    assert explorer.controls["t"].value == 65.0
