"""A run that would take more than half of the memory is refused before it takes any."""

import os
import tracemalloc

import numpy as np
import pytest

from lifcore import (
    LIF,
    Grid,
    from_image,
    given,
    neighbors,
    poisson,
    regular,
    simulate_1d,
    simulate_2d,
    step,
    surround,
)

MIB = 2**20
SIZING = "inputs.currents", "inputs.trains", "inputs.pictures", "sheet.coupling"
LARGE = {
    "neuron": (lambda: simulate_1d(duration=1e5), "1,000,000 steps"),
    "grid": (lambda: Grid(shape=(2000, 2000)), "(2000, 2000)"),
    "delay": (lambda: Grid(shape=(100, 100), delay=1000.0), "(100, 100)"),
    "frames": (lambda: simulate_2d(shape=(50, 50), duration=500.0, record_every=0.1), "5,001 frames"),
    "steps": (lambda: simulate_2d(shape=(2, 2), duration=3e5), "3,000,000 steps"),
    "current": (lambda: step(1e6, 0.1, start=0, stop=1, amplitude=1), "10,000,000 steps"),
    "regular": (lambda: regular(1e9, rate=10.0), "1e+07 spikes"),
    "poisson": (lambda: poisson(1e9, rate=10.0, seed=1), "1e+07 spikes"),
}


def peak_of(function):
    """Return the most memory that Python and NumPy held while the function ran, bytes."""
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("what", LARGE)
def test_refused_before_memory_is_taken(monkeypatch, what):
    call, words = LARGE[what]
    monkeypatch.setattr(given, "memory_limit", lambda: 8 * MIB)

    def refused():
        with pytest.raises(MemoryError, match=r"would take .* GiB, more than half .*0\.00781 GiB") as caught:
            call()
        assert words in str(caught.value)

    assert peak_of(refused) < 2 * MIB


@pytest.mark.parametrize("duration", [1e15, 1e300])
def test_more_steps_than_can_be_counted(duration):
    with pytest.raises(MemoryError, match="duration|steps"):
        simulate_1d(duration=duration)
    with pytest.raises(MemoryError, match="duration|steps"):
        simulate_2d(shape=(2, 2), duration=duration)


def busy():
    """Return a run in which each neuron fires at every second sample, its spikes put together."""
    run = simulate_2d(LIF(t_ref=0.1), shape=(20, 20), duration=100, current=1e4)
    assert len(run.spikes) == 500 * 400
    return run


SIZED = {
    "neuron": lambda: simulate_1d(duration=10_000, current=1.0, input_spikes=np.arange(1000.0)),
    "grid": lambda: Grid(shape=(500, 500), kernel=neighbors(1.0, 8)).step(),
    "weighted": lambda: Grid(shape=(500, 500), kernel=np.linspace(-1, 1, 9).reshape(3, 3), delay=5.0).step(),
    "float32": lambda: Grid(LIF(th_jump=1.0), (500, 500), dtype=np.float32, engine="sparse").step(),
    "frames": lambda: simulate_2d(shape=(100, 100), duration=20, record_every=0.1),
    "spikes": lambda: busy().first_spike,
    "step": lambda: step(20_000, 0.1, start=0, stop=1, amplitude=1),
    "regular": lambda: regular(1e6, rate=500.0),
    "surround": lambda: surround(1.0, 5.0, 1.0, 300.0),
    "picture": lambda: from_image(np.ones((300, 300)), (400, 400), low=0.0, high=1.0),
}


@pytest.mark.parametrize("what", SIZED)
def test_the_size_that_is_told_is_about_what_is_taken(monkeypatch, what):
    told = []
    with monkeypatch.context() as patch:
        patch.setattr("lifcore.engine.pays", lambda *_: False)  # plain Python takes the most
        for module in ("lif1d", "lif2d", "sheet.constants", *SIZING):
            patch.setattr(f"lifcore.{module}.check_memory", lambda _, size, *remedy: told.append(size))
        peak = peak_of(SIZED[what])
    assert 0.4 < peak / max(told) < 1.5


def test_half_of_the_memory_or_4_gib_where_the_system_does_not_say(monkeypatch):
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 1000}
    with monkeypatch.context() as patch:
        patch.setattr(os, "sysconf", pages.__getitem__, raising=False)
        assert given.memory_limit() == 4096 * 1000 // 2
    with monkeypatch.context() as patch:
        patch.delattr(os, "sysconf", raising=False)
        assert given.memory_limit() == 4 * 2**30

    def refuse(name):
        raise ValueError(f"unrecognized configuration name {name}")

    monkeypatch.setattr(os, "sysconf", refuse, raising=False)
    assert given.memory_limit() == 4 * 2**30
    for pages in (-1, 0):  # -1 is how sysconf says "unknown"
        monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": pages}.get, raising=False)
        assert given.memory_limit() == 4 * 2**30
