"""How soon a beginning is made: import, first figure, first compiled step, each in a fresh Python.

It is the course's own where there is one: the peers' need an older NumPy, which itself imports less.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lifcore import engine
from tests.bench.measure import Own, Table, Target, Work
from tools.setup_environment import python_in

ROOT = Path(__file__).parents[2]
COURSE = python_in(ROOT / ".venv")
PYTHON = str(COURSE) if COURSE.exists() else sys.executable
TIMED = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"
FIGURE = (
    "import matplotlib; matplotlib.use('Agg'); import lifcore; from lifcore.plots import plot_run; "
    "plot_run(lifcore.simulate_1d(duration=100, current=2.5)).figure.savefig({file!r})"
)
PLAIN = (
    "import io, matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as plt; import ipywidgets; "
    "fig, ax = plt.subplots(figsize=(7, 3.2), layout='constrained'); ax.plot([0, 1], label='$v$'); "
    "ax.set_xlabel('$t$ (ms)'); ax.legend(); fig.savefig(io.BytesIO(), dpi=160)"
)
EXPLORER = (
    "import matplotlib; matplotlib.use('Agg'); from lifcore.widgets import explore_first; "
    "explore_first()._repr_mimebundle_()"
)
STEP = "import lifcore; lifcore.Grid(lifcore.LIF(), (64, 64), engine='numba').step()"


def fresh(code: str, **environment: str) -> Work:
    """Return a work: code in a Python of its own, which times it without its own start."""
    # Where Python may not keep bytecode, only lifcore would be compiled anew each time: NumPy's came with it.
    base = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> Own:
        reply = subprocess.run(
            [PYTHON, "-c", TIMED.format(code)],
            cwd=ROOT,
            env=base | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return Own(float(reply.stdout.split()[-1]))

    return run


def uncached() -> Own:
    """Take a first compiled step with no compiled code on disk."""
    with tempfile.TemporaryDirectory() as folder:
        return fresh(STEP, NUMBA_CACHE_DIR=folder)()


def tables() -> Iterator[Table]:
    """Yield what this module measures."""
    version = "import numpy; print(numpy.__version__)"
    with_numpy = subprocess.run([PYTHON, "-c", version], capture_output=True, text=True, check=True).stdout
    note = f"With NumPy {with_numpy.strip()}."
    works = {"import numpy": fresh("import numpy"), "import lifcore": fresh("import lifcore")}
    yield Table("Import", works, [Target("import lifcore", "import numpy", 1.15)], rounds=31, note=note)
    with tempfile.TemporaryDirectory() as folder:
        works = {"first figure": fresh(FIGURE.format(file=str(Path(folder, "figure.png"))))}
        if engine.present():
            works["first compiled step, kept from before"] = fresh(STEP)
            works["first compiled step, compiled now"] = uncached
        yield Table("First results, import included", works, rounds=5, note=note)
    works = {"pyplot, ipywidgets, a figure": fresh(PLAIN), "first explorer": fresh(EXPLORER)}
    targets = [Target("first explorer", "pyplot, ipywidgets, a figure", 1.5)]
    yield Table("First explorer, shown and stored", works, targets, rounds=9, note=note)
