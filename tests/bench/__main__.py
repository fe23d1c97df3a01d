"""Print every table; end with an error where a target is missed.

`python -m tests.bench [--rounds N] [--write] [name …]`; the others' simulators are measured where they
are installed, as in the environment that `python3 start.py test --extended` makes, .venv-peers.
"""

import argparse
import datetime
import importlib
import importlib.util
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

import lifcore
from tests.bench.measure import show
from tools import whole

MODULES = ["begin", "one", "population", "sheet", "kernels", "waves", "few", "feel"]
PACKAGES = ["numpy", "numba", "brian2", "Cython", "nest-simulator", "snntorch", "norse", "torch"]
LAB = ["jupyterlab", "nbformat", "playwright"]  # what it takes to measure in a browser
RESULTS = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """Return the machine and the versions in one line each."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    cpu = (names or [platform.processor() or platform.machine()])[0]
    versions = [f"Python {platform.python_version()}", f"lifcore {lifcore.__version__}"]
    installed = {found.metadata["Name"].lower(): found.version for found in metadata.distributions()}
    versions += [f"{name} {installed[name.lower()]}" for name in PACKAGES if name.lower() in installed]
    return f"- {cpu}, {os.cpu_count()} processors, {platform.system()}\n- {', '.join(versions)}"


def main() -> int:
    """Measure the named modules, all of them where none is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(MODULES)}; none: all")
    parser.add_argument("--rounds", type=int, help="rounds at most, to see that everything runs")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too: these tables")
    options = parser.parse_args()
    unknown = set(options.names) - set(MODULES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}")

    head = f"{datetime.date.today()}, {', '.join(options.names) or 'all'}:\n\n{machine()}"
    print(f"# Benchmarks\n\n{head}", flush=True)
    missing = [name for name in LAB if importlib.util.find_spec(name) is None]
    sections: dict[str, str] = {}
    good = True
    for name in options.names or MODULES:
        if name == "feel" and missing:
            print(f"\nfeel: not measured, {', '.join(missing)} not installed here", flush=True)
            continue
        texts = [f"## {name}", head]
        for table in importlib.import_module(f"tests.bench.{name}").tables():
            text, met = show(table, options.rounds)
            print(f"\n{text}", flush=True)
            texts.append(text)
            good &= met
        sections[name] = "\n\n".join(texts)
    if options.write:
        whole.write({RESULTS: merged(RESULTS.read_text("utf-8"), sections).encode()})
    return 0 if good else 1


def merged(old: str, sections: dict[str, str]) -> str:
    """Return the results with these modules' sections in place of their old ones, in the order of MODULES."""
    kept = {part.split("\n", 1)[0]: f"## {part}".strip() for part in old.split("\n## ")[1:]}
    found = kept | sections
    return "\n\n".join(["# Benchmarks", *(found[name] for name in MODULES if name in found)]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
