"""The step debugger shows the loop that runs, as it runs."""

import inspect
import math
import sys
import textwrap

import numpy as np
import pytest

from lifcore import engine, lif1d, simulate_1d
from lifcore.widgets.scenes.debug import trace

from .conftest import press


def test_listing_is_the_source_of_the_loop(debug):
    source = textwrap.dedent(inspect.getsource(lif1d.integrate))
    block = "\n".join(debug.scene.listing)
    assert textwrap.indent(block, "    ") in source
    assert block.startswith("for k, v_inf") and block.endswith("v_out[k] = v")


def test_trace_is_the_run(debug):
    for preset in debug.presets:
        press(debug, preset)
        neuron, times, weight = debug.scene.cases[preset]
        plain = simulate_1d(neuron, duration=40, dt=1.0, input_spikes=times, input_weights=weight)
        moments = debug.scene.trace.moments
        last = {moment.k: moment for moment in moments}  # the last moment of each sample
        assert [last[k].v for k in range(41)] == plain.v.tolist()
        assert [last[k].th for k in range(41)] == plain.th.tolist()
        assert moments[-1].fired == plain.spikes.size
        assert np.array_equal(debug.run.v, plain.v)


def test_each_line_does_what_it_says(debug):
    press(debug, "adaptive threshold")
    scene = debug.scene
    neuron = scene.cases["adaptive threshold"][0]
    known = {
        "v_inf": 0.0, "decay": math.exp(-1 / neuron.tau_m), "decay_th": math.exp(-1 / neuron.tau_th),
        "v_th": neuron.v_th, "v_reset": neuron.v_reset, "th_jump": neuron.th_jump, "n_ref": 0,
    }  # fmt: skip
    done = 0
    for old, new in zip(scene.trace.moments, scene.trace.moments[1:], strict=False):
        line = scene.listing[old.line].split("#")[0].strip()
        if line.startswith(("v =", "th =", "th +=", "hold =")):
            names = known | {
                "v": old.v,
                "th": old.th,
                "hold": old.hold,
                "k": old.k,
                "kicks": scene.trace.kicks,
            }
            exec(line, {}, names)
            assert (names["v"], names["th"], names["hold"]) == (new.v, new.th, new.hold)
            done += 1
    assert done > 60


def test_buttons_of_the_debugger(debug):
    at = debug.controls["lines"].value
    press(debug, "Next line")
    assert debug.controls["lines"].value == at + 1
    press(debug, "Next step")
    old, new = debug.scene._state(debug.values)
    assert (new.line, new.k) == (0, 10)
    press(debug, "Run to input")
    assert debug.scene._state(debug.values)[1].k == 20
    assert "kicks[k]" in debug.sentence and "to 0.7448 mV" in debug.sentence
    press(debug, "Run to spike")
    assert "spikes.append(k)" in debug.sentence
    marked = [line for line in debug.panel.value.split("</div>") if "▶" in line]
    assert len(marked) == 1 and "spikes.append(k)" in marked[0]
    for _ in range(3):
        press(debug, "Run to spike")
    assert debug.controls["lines"].value == debug.controls["lines"].max
    assert debug.sentence.startswith("Sample 40, 40 ms")


def test_a_compiled_loop_is_watched_too(monkeypatch):
    pytest.importorskip("numba")
    with monkeypatch.context() as patch:
        patch.setattr("lifcore.engine.REPAID", -1.0)
        simulate_1d(duration=40)
    assert engine.pays(lif1d.integrate, "", 0.0)
    seen = trace(duration=40, dt=1.0)
    assert seen.moments[-1].k == 40
    assert engine.pays(lif1d.integrate, "", 0.0)


def test_tracing_leaves_no_trace():
    before = sys.gettrace()
    with pytest.raises(TypeError):
        trace(neuron=None, duration=1)
    assert sys.gettrace() is before
