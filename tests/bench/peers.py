"""The works of Brian2, NEST, snnTorch and norse, as far as they are installed.

A run of Brian2 and of NEST is the loop over the steps alone, which they have been prepared for.
"""

import importlib.util
import math
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.measure import Own, Work
from tests.peers.tasks import Task, in_order

PACKAGES = {"brian2": "Brian2", "nest": "NEST", "snntorch": "snnTorch", "norse": "norse"}


def has(package: str) -> bool:
    """Tell whether a package is installed."""
    return importlib.util.find_spec(package) is not None


def missing() -> str:
    """Return a line that names those that are not installed, "" if all are."""
    names = [name for package, name in PACKAGES.items() if not has(package)]
    return f"Not installed here: {', '.join(names)}." if names else ""


def nest(task: Task) -> dict[str, Work]:
    """Return a run by NEST, and the same with V handed out; each round prepares a network of its own."""
    from tests.peers import nest_runs

    def run(out: bool) -> Own:
        multimeter, _, _ = nest_runs.prepare(task)
        start = time.perf_counter()
        nest_runs.nest.Simulate(task.n * task.dt)
        if out:
            np.asarray(multimeter.events["V_m"])
        return Own(time.perf_counter() - start)

    return {"NEST, run": lambda: run(False), "NEST, run and V": lambda: run(True)}


def brian(task: Task, target: str, *, record: bool = True, dtype: Any = np.float64) -> dict[str, Work]:
    """Return both times of one call by Brian2's NumPy or Cython code: in a round, the second is the first's.

    Each round prepares a network of its own; the whole call writes its code anew and, where it has compiled
    it before, loads it. Its run is the loop over the steps alone, by its own clock.
    """
    from tests.peers import brian as b

    b.b2.BrianLogger.suppress_hierarchy("py.warnings")  # its look for large values overflows in float32
    elapsed: list[float] = []

    def whole() -> Own:
        b.b2.prefs.codegen.target = target
        b.b2.prefs.core.default_float_dtype = dtype
        network = b.build(task, record=record).network
        start = time.perf_counter()
        network.run(
            task.n * task.dt * b.b2.ms,
            report=lambda seconds, *_: elapsed.append(float(seconds)),
            report_period=1e6 * b.b2.second,
        )
        return Own(time.perf_counter() - start)

    def run() -> Own:
        if not elapsed:
            whole()
        return Own(elapsed[-1])

    return {f"Brian2 {target}, whole call": whole, f"Brian2 {target}, run": run}


class Program:
    """A task as a program of Brian2's C++ standalone mode, built when it is first run."""

    def __init__(self, task: Task, *, record: bool = True, dtype: Any = np.float64) -> None:
        self.task, self.record, self.dtype = task, record, dtype
        self._folder: tempfile.TemporaryDirectory | None = None

    def build(self) -> Path:
        """Write and compile the program anew."""
        from tests.peers import brian as b

        self._folder = tempfile.TemporaryDirectory(prefix="lifcore_bench_")
        b.b2.prefs.core.default_float_dtype = self.dtype
        b.b2.set_device("cpp_standalone", build_on_run=False)
        b.b2.device.reinit()
        b.b2.device.activate(build_on_run=False)
        try:
            b.build(self.task, record=self.record).network.run(self.task.n * self.task.dt * b.b2.ms)
            b.b2.device.build(directory=self._folder.name, run=False, with_output=False)
        finally:
            b.b2.set_device("runtime")
        return Path(self._folder.name)

    def whole(self) -> None:
        """Run the program from its start to its end, the results on disk."""
        folder = Path(self._folder.name) if self._folder else self.build()
        (folder / "results").mkdir(exist_ok=True)
        subprocess.run([folder / "main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def run(self) -> Own:
        """Return what the last run of the program took by its own clock, the loop over the steps alone."""
        if self._folder is None:
            self.whole()
        assert self._folder
        told = Path(self._folder.name, "results", "last_run_info.txt").read_text("utf-8")
        return Own(float(told.split()[0]))

    def spikes(self) -> np.ndarray:
        """Return what the last run fired: (k, 2), rows sample, cell, in order."""
        assert self._folder
        results = Path(self._folder.name, "results")
        (times,), (cells,) = (results.glob(f"_dynamic_array_spikes*_{name}_*") for name in "ti")
        samples = np.rint(np.fromfile(times) * 1e3 / self.task.dt) + 1
        return in_order(samples, np.fromfile(cells, np.int32))

    def works(self) -> dict[str, Work]:
        """Return both times of one run: in a round, the second is the first's."""
        return {"Brian2 C++, whole program": self.whole, "Brian2 C++, run": self.run}

    def from_scratch(self) -> None:
        """Build the program and run it."""
        self.build()
        self.whole()


def torches(task: Task) -> dict[str, Work]:
    """Return runs of one neuron by snnTorch and norse, V recorded at each step, without refractory period.

    Both know no units; V is counted from rest, in thresholds. snnTorch resets to rest, and norse's step
    is Euler's.
    """
    works: dict[str, Work] = {}
    neuron, step = task.neuron, task.dt / task.neuron.tau_m
    height = neuron.v_th - neuron.v_rest

    @cache
    def drive() -> Any:
        import torch

        current = np.broadcast_to(task.current, task.n) * neuron.r_m / height
        return torch.tensor(current, dtype=torch.float32).reshape(task.n, 1, 1)

    def loop(make: Callable[[], Any], gain: float) -> Work:
        def run() -> list[Any]:
            import torch

            cell, now, recorded = make(), None, []
            with torch.no_grad():
                for x in drive() * gain:
                    fired, now = cell(x, now)
                    recorded.append((fired, now))
            return recorded

        return run

    if has("snntorch"):
        import snntorch

        decay = math.exp(-step)
        works["snnTorch"] = loop(lambda: snntorch.Leaky(beta=decay, reset_mechanism="zero"), 1 - decay)
    if has("norse"):
        import norse.torch as norse

        reset = (neuron.v_reset - neuron.v_rest) / height
        parameters = norse.LIFBoxParameters(tau_mem_inv=1 / neuron.tau_m, v_reset=reset)
        works["norse"] = loop(lambda: norse.LIFBoxCell(parameters, dt=task.dt), 1.0)
    return works
