"""The instructors' page: its plans add up, what it names is there, its answers are right."""

import math
import re

import numpy as np
import pytest

from lifcore import LIF, adaptive_period, isi, neighbors, simulate_1d, simulate_2d, simulate_exact, theory
from lifcore.widgets.adaptive import AdaptiveScene
from lifcore.widgets.debug import DebugScene
from lifcore.widgets.first import FirstScene
from lifcore.widgets.grid import GridScene
from lifcore.widgets.membrane import MembraneScene
from lifcore.widgets.rate import RateScene
from lifcore.widgets.spike import SpikeScene
from lifcore.widgets.time_step import TimeStepScene
from lifcore.widgets.waves import WavesScene
from tests.notebooks.pages import MAIN, NOTEBOOKS, ROOT, cells, name
from tools.notebook_words import LINK

PAGE = (NOTEBOOKS / "instructors.md").read_text("utf-8")
SCENES = {
    "00": [FirstScene],
    "01": [MembraneScene],
    "02": [SpikeScene, DebugScene],
    "03": [RateScene],
    "04": [TimeStepScene],
    "08": [AdaptiveScene],
    "09": [GridScene],
    "10": [WavesScene],
}
UNIT = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=0)
every_page = pytest.mark.parametrize("path", MAIN, ids=name)


def part(path, title: str = "") -> str:
    """Return what the page says of a notebook, or the part of it under a title."""
    number = path.name[:2]
    section = re.search(rf"^## {number} .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section, f"instructors.md has no section of {path.name}"
    if not title:
        return section[0]
    return re.search(rf"^### {number} {title}\n(.*?)(?=^### |\Z)", section[0], re.MULTILINE | re.DOTALL)[1]


def minutes(plan: str) -> list[int]:
    """Return the sum of minutes of each table of a plan."""
    tables = plan.split("| min |")[1:]
    return [sum(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE))) for table in tables]


@every_page
def test_the_plans_add_up(path):
    assert minutes(part(path, "in 50 minutes")) == [50]
    assert minutes(part(path, "in 2 × 90 minutes")) == [90, 90]


@every_page
def test_each_row_names_a_section_that_the_notebook_has(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    links = re.findall(r"\| \[([^\]]*)\]\(([^)]*)\) \|$", part(path), re.MULTILINE)
    rows = re.findall(r"^\| [^:|].*\|$", part(path), re.MULTILINE)
    assert len(links) == len([row for row in rows if not row.startswith(("| min |", "| they think |"))])
    named = {(head, f"{path.name}#{head.replace(' ', '-')}") for head in heads} | {("top", path.name)}
    assert set(links) - named == set()
    taught = [head for head in heads if head not in ("The model", "The course", "The bridge")]
    assert set(taught) <= {head for head, _ in links}


@every_page
def test_the_presets_that_it_names_exist(path):
    presets = {preset for scene in SCENES[path.name[:2]] for preset in scene.presets}
    rows = "\n".join(re.findall(r"^\| \d+ \|.*$", part(path), re.MULTILINE))
    named = set(re.findall(r"\*\*([^*]+)\*\*", rows))
    assert named
    assert named <= presets


@every_page
def test_three_misconceptions_or_more(path):
    assert len(re.findall(r"\|$", part(path, "Misconceptions"), re.MULTILINE)) >= 2 + 3


@every_page
def test_the_question_is_the_notebook_s(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    asked = re.search(r"^\*\*Ask the room:\*\* (.*)$", text, re.MULTILINE)[1]
    question, _, answer = part(path, "Ask the room").strip().partition("\n\n")
    assert question == "> " + LINK.sub(r"](glossary.md#\1)", asked)
    assert len(answer.split()) > 20


def test_the_page_has_these_notebooks_only_and_the_readme_leads_to_it():
    assert re.findall(r"^## (\d\d)", PAGE, re.MULTILINE) == [path.name[:2] for path in MAIN]
    assert "notebooks/instructors.md" in (ROOT / "README.md").read_text("utf-8")


def test_the_twin_at_nine_tenths_of_the_current():
    current = theory.current_for_rate(LIF(), 40)
    silent = simulate_exact(LIF(), duration=10_000, dt=1, current=0.9 * current)
    assert (f"{current:.2f}", f"{0.9 * current:.2f}", silent.spikes.size) == ("2.09", "1.88", 0)
    assert f"{100 * (current / theory.rheobase(LIF()) - 1):.1f}" == "4.5"
    assert "40 times a second at 2.09 nA, which is 4.5 % above its rheobase of 2 nA" in PAGE
    assert "A tenth less is 1.88 nA" in PAGE


def test_two_membranes_side_by_side():
    one, two = LIF(r_m=10, tau_m=10 * 0.8), LIF(r_m=10 / 2, tau_m=(10 / 2) * (0.8 * 2))
    ends = [simulate_1d(each, duration=200, current=1).v[-1] - each.v_rest for each in (one, two)]
    assert two.tau_m == one.tau_m
    assert np.allclose(ends, [10, 5])
    assert "here from 10 mV to 5 mV, as slowly as before" in PAGE


def test_pairs_of_a_short_and_a_long_time_constant():
    gaps = [tau * math.log(0.5 / 0.1) for tau in (5, 50)]
    assert [f"{gap:.1f}" for gap in gaps] == ["8.0", "80.5"]
    for tau, gap in zip((5, 50), gaps, strict=True):
        neuron = LIF(v_rest=0, v_reset=0, v_th=0.6, tau_m=tau, t_ref=0)
        for delta, fires in ((gap - 0.01, 1), (gap + 0.01, 0)):
            setting = dict(duration=200, input_spikes=[10, 10 + delta], input_weights=0.5)
            assert simulate_exact(neuron, **setting).spikes.size == fires
    assert "within τ ln[w/(θ − w)] = 8.0 ms" in PAGE and "the limit is 80.5 ms" in PAGE


def test_two_nerves_of_one_rheobase():
    nerves = [LIF(tau_m=tau) for tau in (4, 8)]
    short, long = ([theory.strength_duration(n, d) / theory.rheobase(n) for n in nerves] for d in (1, 20))
    assert [f"{x:.1f}" for x in short] == ["4.5", "8.5"] and [f"{x:.2f}" for x in long] == ["1.01", "1.09"]
    pulse = [simulate_exact(n, duration=1, dt=1, current=6 * theory.rheobase(n)).spikes.size for n in nerves]
    assert pulse == [1, 0]
    assert "must be 4.5 and 8.5 times the rheobase" in PAGE and "need 1.01 and 1.09 times" in PAGE


def test_the_rate_that_stays_wrong_while_the_step_is_halved():
    steps = (1, 0.5, 0.25, 0.125)
    found = [1000 / isi(simulate_1d(UNIT, duration=50, dt=dt, current=2))[0] for dt in steps]
    assert {f"{f:.2f}" for f in found} == {"142.86"} and f"{theory.rate(UNIT, 2):.2f}" == "144.27"
    assert "at Δt = 1, 0.5, 0.25 and 0.125 ms it fires at 142.86 Hz each time" in PAGE
    assert "by the equation it is 144.27 Hz" in PAGE


def test_news_costs_a_tired_neuron_more_spikes():
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2, th_jump=0.4, tau_th=100)
    spike = simulate_exact(neuron, duration=2000, current=1.5).spikes[-1]
    raised = simulate_exact(neuron, duration=2100, current=lambda t: np.where(t < math.ceil(spike), 1.5, 2))
    gap = float(np.diff(raised.spikes[raised.spikes > spike - 1])[0])
    assert (f"{gap:.1f}", f"{1000 / gap:.1f}") == ("21.7", "46.1")
    assert f"{1000 / adaptive_period(neuron, 2):.1f}" == "28.0"
    assert "is 21.7 ms, a rate of 46.1 Hz, before it settles at 28.0 Hz" in PAGE
    fixed = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2)
    rates = 1000 / adaptive_period(neuron, 1.5), theory.rate(fixed, 1.5)
    assert [f"{f:.1f}" for f in rates] == ["16.9", "77.0"]
    assert "16.9 spikes a second in place of 77.0" in PAGE
    assert f"{100 * math.log(0.4 / 0.1):.1f}" == "138.6" and "1.1 mV for 138.6 ms" in PAGE


def out_of_round(reach: int, hops: int) -> float:
    """Return by how much the front is further in its furthest direction than in its nearest."""
    i, j = np.indices((2 * reach + 1, 2 * reach + 1)) - reach
    kernel = np.where(np.hypot(i, j) <= reach, 2.0, 0.0)
    side = 2 * reach * hops + 1
    middle = side // 2
    cell = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=5)
    setting = dict(shape=(side, side), duration=hops, dt=1, input_spikes=[(0, middle, middle, 3)])
    rows, cols = np.nonzero(simulate_2d(cell, **setting, kernel=kernel).counts)
    turn = np.linspace(0, math.pi / 2, 91)  # a line across the front, at each angle
    far = np.max(np.outer(rows - middle, np.sin(turn)) + np.outer(cols - middle, np.cos(turn)), axis=0)
    return float(far.max() / far.min() - 1)


def test_how_round_a_front_is():
    assert f"{100 * out_of_round(1, 20):.0f}" == f"{100 * out_of_round(2, 10):.0f}" == "41"
    assert f"{100 * out_of_round(5, 8):.0f}" == "5"
    assert "5 % further in one direction than in another, in place of 41 %" in PAGE


@pytest.mark.parametrize("n", [4, 8])
@pytest.mark.parametrize("t_ref", [2, 5, 12])
def test_which_kick_ends_a_spiral(n, t_ref):
    neuron = LIF(v_rest=0, v_reset=0, v_th=1, tau_m=10, t_ref=t_ref)
    cut = [(0, row, 0, 2) for row in range(60)]
    cut += [(30, row, 30, -1.1 if n == 4 else -3.3) for row in range(30, 60)]
    setting = dict(shape=(60, 60), duration=160, dt=1, kernel=neighbors(1.1, n))
    free = simulate_2d(neuron, **setting, input_spikes=cut)
    for t in range(100, 103):
        everywhere = np.column_stack((np.full(3600, t), np.indices((60, 60)).reshape(2, -1).T))
        runs = {}
        for kick in (2, -5):
            events = np.vstack((cut, np.column_stack((everywhere, np.full(3600, kick)))))
            runs[kick] = simulate_2d(neuron, **setting, input_spikes=events)
        assert runs[-5].activity[t:].sum() == 0
        assert runs[2].activity[-1] > 0
        assert (n, t_ref) != (4, 5) or np.array_equal(runs[2].spikes, free.spikes)
