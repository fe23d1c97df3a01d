"""The membrane explorer: its three views show one run, and that run is the formula."""

import math

import numpy as np
import pytest
from matplotlib.patches import Polygon

from lifcore.widgets.circuit import LONGEST, SCALE, CircuitView, arrow, currents
from lifcore.widgets.looks import rounded_up
from lifcore.widgets.scenes.membrane import ROUND, START, STRONGEST, formula

from .conftest import press

OUTCOMES = {
    "step": "τ = 8 ms, V∞ = -60 mV. At the end of the pulse V is -60.01 mV. "
    "At 12 ms 0.78 nA charge the membrane, 0.22 nA leak.",
    "half of C": "τ = 4 ms, V∞ = -60 mV. At the end of the pulse V is -60.00 mV. "
    "At 12 ms 0.61 nA charge the membrane, 0.39 nA leak.",
    "half of R": "τ = 4 ms, V∞ = -65 mV. At the end of the pulse V is -65.00 mV. "
    "At 12 ms 0.61 nA charge the membrane, 0.39 nA leak.",
    "short pulse": "τ = 8 ms, V∞ = -50 mV. At the end of the pulse V is -65.58 mV. "
    "At 14 ms -0.34 nA charge the membrane, 0.34 nA leak.",
    "outward current": "τ = 8 ms, V∞ = -80 mV. At the end of the pulse V is -79.99 mV. "
    "At 12 ms -0.78 nA charge the membrane, -0.22 nA leak.",
    "slow membrane": "τ = 30 ms, V∞ = -60 mV. At the end of the pulse V is -61.35 mV. "
    "At 40 ms 0.18 nA charge the membrane, 0.32 nA leak.",
}


def view(explorer, name):
    """Return one of the views: currents, circuit, trace or line."""
    scene = explorer.scene
    return next(part for part in scene.parts if isinstance(part, scene.views[name]))


@pytest.mark.parametrize("preset", OUTCOMES)
def test_outcome_of_a_preset(membrane, preset):
    press(membrane, preset)
    assert membrane.sentence == OUTCOMES[preset]
    assert list(OUTCOMES) == list(membrane.presets)


@pytest.mark.parametrize("preset", OUTCOMES)
def test_the_trace_is_the_formula(membrane, preset):
    press(membrane, preset)
    run, values = membrane.run, membrane.values
    trace = view(membrane, "trace")
    assert np.array_equal(trace.v.get_ydata(), run.v) and run.spikes.size == 0
    np.testing.assert_allclose(run.v, formula(run, values), rtol=0, atol=1e-9)
    np.testing.assert_array_equal(trace.theory.get_ydata(), formula(run, values))
    # And the formula is its own solution: Euler in steps too small to matter.
    v, tau, n = -70.0, run.neuron.tau_m, 20_000
    for _ in range(n):
        v += (-(v + 70) + values["r_m"] * values["current"]) / tau * values["width"] / n
    end = np.searchsorted(run.t, START + values["width"] - 1e-9)
    assert formula(run, values)[end] == pytest.approx(v, abs=2e-3)


def test_kirchhoff(membrane):
    for setting in ({}, {"current": -1.5, "r_m": 3.0}, {"c_m": 0.1, "t": 70.5}, {"width": 0.5, "t": 11.0}):
        membrane.set(**setting)
        run, values = membrane.run, membrane.values
        total, charge, leak = currents(run)
        np.testing.assert_allclose(charge + leak, total, rtol=0, atol=1e-12)
        # What charges the membrane is C dV/dt, by the slope in the middle of each step.
        middle = np.sqrt(np.abs(charge[:-1] * (total[:-1] - leak[1:]))) * np.sign(charge[:-1])
        slope = values["c_m"] * np.diff(run.v) / run.dt
        np.testing.assert_allclose(middle, slope, rtol=0.05, atol=1e-9)


@pytest.mark.parametrize("t", [5.0, 10.0, 12.0, 30.0, 70.0, 70.5, 100.0])
def test_the_views_show_one_moment(membrane, t):
    membrane.set(t=t)
    run, values = membrane.run, membrane.values
    k = round(t / run.dt)
    trace, line, strip = (view(membrane, name) for name in ("trace", "line", "currents"))
    assert (trace.dot.get_xdata()[0], trace.dot.get_ydata()[0]) == (t, run.v[k])
    assert [part.now.get_xdata()[0] for part in (trace, strip)] == [t, t]
    v, slope = line.dot.get_xdata()[0], line.dot.get_ydata()[0]
    assert v == run.v[k]
    on = START <= t < START + values["width"]
    (x0, x1), (y0, y1) = (line.on if on else line.off).get_data()
    assert slope == pytest.approx(y0 + (v - x0) * (y1 - y0) / (x1 - x0), abs=1e-9)


def test_the_phase_line_is_as_steep_as_tau_is_short_and_crosses_zero_at_the_end(membrane):
    membrane.set(r_m=15.0, c_m=2.0)
    line = view(membrane, "line")
    for drawn, v_inf in ((line.on, -55.0), (line.off, -70.0)):
        x, y = drawn.get_data()
        assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(-1 / 30, abs=1e-12)
        assert x[0] - y[0] * (x[1] - x[0]) / (y[1] - y[0]) == pytest.approx(v_inf, abs=1e-9)


def test_arrows_are_as_long_as_their_currents_are_strong(membrane):
    circuit = view(membrane, "circuit")
    for setting in ({"t": 12.0}, {"t": 71.0}, {"t": 12.0, "current": -2.0}):
        membrane.set(**setting)
        flows = [part[round(setting["t"] / membrane.run.dt)] for part in currents(membrane.run)]
        for patch, way, text, flow in zip(circuit.arrows, (1, -1, -1), circuit.texts, flows, strict=True):
            corners = patch.get_xy()
            assert isinstance(patch, Polygon)
            assert corners[3, 1] - corners[0, 1] == pytest.approx(SCALE * way * flow, abs=1e-12)
            assert float(text.get_text().replace("\N{MINUS SIGN}", "-")) == pytest.approx(flow, abs=0.00501)
    assert LONGEST == STRONGEST
    assert arrow(1.0, 0.0) == [(1.0, 1.0)] * 7


def test_the_square_stands_one_tau_after_the_start(membrane):
    trace = view(membrane, "trace")
    assert trace.tau.get_data() == ([18.0], [pytest.approx(-60 - 10 / math.e)])
    press(membrane, "short pulse")
    assert trace.tau.get_data() == ([], [])


def test_what_the_notebook_asks_to_find(membrane):
    membrane.set(t=15.5)
    assert "0.50 nA charge the membrane, 0.50 nA leak" in membrane.sentence
    assert 10 + 8 * math.log(2) == pytest.approx(15.5, abs=0.1)
    membrane.set(r_m=15.0, c_m=2.0)
    assert membrane.sentence.startswith("τ = 30 ms, V∞ = -55 mV")

    def peak(**values):
        press(membrane, "short pulse")
        membrane.set(**values)
        return membrane.run.v.max() + 70

    assert peak(r_m=20.0) / peak(r_m=10.0) == pytest.approx(1.06, abs=0.01)
    assert peak(c_m=0.4) / peak(c_m=0.8) == pytest.approx(1.78, abs=0.01)


def test_the_twin_leaves_the_circuit_out():
    from lifcore.widgets import draw_membrane
    from lifcore.widgets.scenes.membrane import MembraneColumn, MembraneScene

    fig = draw_membrane("step", "half of R")
    assert len(fig.axes) == 6
    assert MembraneScene.views["circuit"] is CircuitView
    assert "circuit" not in np.ravel(MembraneColumn.mosaic)


@pytest.mark.parametrize(("x", "nice"), [(1.25, 1.5), (1.0, 1.0), (0.05, 0.05), (11.0, 15.0), (20.0, 20.0)])
def test_limits_are_rounded(x, nice):
    assert rounded_up(x, ROUND) == pytest.approx(nice)
