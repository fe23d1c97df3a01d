"""An interrupt or a failure while numba loads or compiles: the same call works afterwards."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from _thread import interrupt_main

import pytest

from lifcore import engine, simulate_1d
from lifcore.lif1d import integrate

needs_numba = pytest.mark.skipif(not engine.present(), reason="numba is not installed: pip install numba")

BEGIN = """
import json, os, sys, threading, time
from _thread import interrupt_main
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets background jobs ignore it
from pathlib import Path
from lifcore import LIF, engine, neighbors, simulate_1d, simulate_2d

engine.REPAID = -1.0  # whatever may be compiled is compiled

def neuron():
    return simulate_1d(LIF(th_jump=2), duration=100, current=3).v.tobytes()

def sheet(name):
    return simulate_2d(shape=(5, 5), duration=20, current=3, kernel=neighbors(2.0), engine=name).v.tobytes()

def plain():
    with engine.uncompiled():
        return neuron()
"""
WHOLE = """
began = time.perf_counter()
neuron(), sheet("numba")
print(json.dumps(time.perf_counter() - began))
"""
STRUCK = """
def strike():
    time.sleep(float(sys.argv[1]))
    interrupt_main()

threading.Thread(target=strike).start()
try:
    neuron(), sheet("numba")
    time.sleep(60)
except KeyboardInterrupt:
    same = neuron() == plain(), sheet("numba") == sheet("numpy")
    print(json.dumps([*same, len(engine._ready), list(map(str, Path(sys.argv[2]).rglob("*.tmp.*")))]))
"""
HALF_LOADED = """
class Interrupts:
    struck = False

    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1] and not self.struck:
            self.struck = True
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupts())
try:
    import numba
except KeyboardInterrupt:
    print(json.dumps([neuron() == plain(), len(engine._ready)]))
"""


def result_of(code, cache, *given):
    """Run code in a fresh Python whose numba keeps what it compiles in a folder of its own."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    run = subprocess.run(
        [sys.executable, "-c", BEGIN + code, *map(str, given)],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Measure how long loading numba and compiling take, s."""
    return result_of(WHOLE, tmp_path_factory.mktemp("cache"))


@needs_numba
@pytest.mark.extended
@pytest.mark.parametrize("moment", range(20))
def test_interrupted_at_any_moment(whole, tmp_path, moment):
    assert result_of(STRUCK, tmp_path, whole * (moment + 0.5) / 20, tmp_path) == [True, True, 2, []]


@needs_numba
@pytest.mark.parametrize("module", ["llvmlite.binding.value", "numba.core.dispatcher"])
def test_numba_that_an_interrupt_left_half_loaded_is_loaded_anew(tmp_path, module):
    assert result_of(HALF_LOADED, tmp_path, module) == [True, 1]


@pytest.fixture
def heard():
    """Let Python hear interrupts, which a shell lets its background jobs ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_only_who_waits_is_interrupted(heard):
    goes_on, ends = threading.Event(), []

    def work():
        interrupt_main()
        ends.append(goes_on.wait(60))

    with pytest.raises(KeyboardInterrupt):
        engine._undisturbed(work, "")
    assert not ends
    goes_on.set()
    assert engine._undisturbed(lambda: ends, "") == [True]  # waits for its turn


def test_it_is_said_what_takes_so_long(monkeypatch, caplog):
    caplog.set_level("INFO")
    monkeypatch.setattr(engine, "NOTICE", 0.05)
    engine._undisturbed(lambda: time.sleep(0.5), "working")
    assert caplog.messages == ["working"]


class Broken:
    """A numba whose dispatchers fail to compile so many times."""

    def __init__(self, times):
        self.left, self.kept = times, []

    def typeof(self, value):
        return type(value)

    def njit(self, function, cache=False, **_):
        self.kept.append(cache)
        return self

    def compile(self, types):
        self.left -= 1
        if self.left >= 0:
            raise OSError("no space left on the device")


@pytest.fixture
def fresh(monkeypatch):
    """Let nothing be compiled yet."""
    for name, empty in (("_ready", {}), ("_spent", {}), ("_given_up", set())):
        monkeypatch.setattr(engine, name, empty)
    monkeypatch.setattr(engine, "REPAID", -1.0)


def test_what_can_not_be_kept_on_disk_is_compiled_all_the_same(fresh, monkeypatch):
    numba = Broken(1)
    monkeypatch.setattr(engine, "_load", lambda: numba)
    assert engine.compiled(integrate, "", (1,)) is numba
    assert numba.kept == [True, False]


def test_numpy_steps_in_for_what_does_not_compile(fresh, monkeypatch):
    with engine.uncompiled():
        plain = simulate_1d(duration=10, current=3)
    monkeypatch.setattr(engine, "_load", lambda: Broken(9))
    monkeypatch.setattr(engine, "_numba", lambda: True)
    with pytest.raises(OSError, match="no space"):
        simulate_1d(duration=10, current=3)
    assert simulate_1d(duration=10, current=3).v.tobytes() == plain.v.tobytes()


def test_numpy_steps_in_where_numba_does_not_load(fresh, monkeypatch, caplog):
    def load():
        raise RuntimeError("no LLVM")

    caplog.set_level("INFO")
    monkeypatch.setattr(engine, "_load", load)
    monkeypatch.setattr(engine, "present", lambda: True)
    engine._numba.cache_clear()
    try:
        assert simulate_1d(duration=10, current=3).spikes.size
        assert "no LLVM" in caplog.text
    finally:
        engine._numba.cache_clear()
