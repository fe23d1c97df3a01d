"""The tests in stages, each run whatever the others did, with one table at the end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tools.setup_environment import ROOT, ensure, python_in
from tools.setup_pythons import OTHERS, find_pythons
from tools.setup_show import clean_env
from tools.setup_trouble import SetupError

SECONDS_TO_STOP = 30
IN_PYTHONS = ["notebooks/02_spike.ipynb", "notebooks/09_grid.ipynb"]  # one neuron, and many
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
BY_FILE = ["-n", "auto", "--dist", "loadfile"]  # a notebook's cells have one kernel
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)


@dataclass
class Stage:
    """One line of the table."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""

    def fail(self, note: str) -> None:
        """Count a failure that no test reports."""
        print(note, flush=True)
        self.failed += 1
        self.note = note

    def check(self, python: Path, *command: str) -> bool:
        """Run a command that passes or fails as a whole; return whether it passed."""
        print(f"$ python {' '.join(command)}", flush=True)
        code = self._call([str(python), *command])
        self.passed += code == 0
        self.failed += code != 0
        return code == 0

    def pytest(self, python: Path, places: list[str], *options: str) -> None:
        """Run pytest and add up what it reports; a place without tests is a failure."""
        there = [place for place in places if (ROOT / place).exists()]
        for place in sorted(set(places) - set(there)):
            self.fail(f"no tests: there is no {place}")
        if not there:
            return
        print(f"$ python -m pytest {' '.join([*options, *there])}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report.xml")
            code = self._call([str(python), "-m", "pytest", *options, f"--junitxml={report}", *there])
            before = self.failed
            suites = ElementTree.parse(report).getroot().iter("testsuite") if report.exists() else []
            for suite in suites:
                run, skipped = int(suite.attrib["tests"]), int(suite.attrib["skipped"])
                failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
                self.passed += run - failed - skipped
                self.failed += failed
                self.skipped += skipped
        if code == 5:
            self.fail(f"no tests in {', '.join(there)}")
        elif code and self.failed == before:
            self.fail(f"pytest ended with {code}")

    def _call(self, command: list[str]) -> int:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=clean_env(), stdin=subprocess.DEVNULL)
        try:
            return process.wait()
        except (KeyboardInterrupt, SystemExit) as stop:
            if isinstance(stop, SystemExit):  # Ctrl+C reaches it by itself
                process.send_signal(signal.SIGINT)
            try:
                process.wait(SECONDS_TO_STOP)  # for the kernels and browsers that it has begun
            except subprocess.TimeoutExpired:
                process.kill()
            raise
        finally:
            self.seconds += time.perf_counter() - start


def begin(stages: list[Stage], name: str) -> Stage:
    """Start a stage of the table."""
    print(f"\n--- {name} ---", flush=True)
    stages.append(Stage(name))
    return stages[-1]


def find_chromium() -> str | None:
    """Return the path of a Chromium, Chrome included; None if there is none."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    return next(iter(found + [place for place in BROWSER_PLACES if Path(place).is_file()]), None)


def miss_chromium(stage: Stage) -> None:
    """Say that there is no browser to test in; for CI that is a failure."""
    if os.environ.get("CI"):
        stage.fail("Chromium is missing")
    else:
        stage.note = "not run: install Chromium or Chrome to run it"
        print(stage.note, flush=True)


def run_tests() -> int:
    """Run the tests of README's command; return 0 if all passed."""
    start = time.perf_counter()
    python = ensure(".venv", "requirements.lock")
    stages: list[Stage] = []

    lint = begin(stages, "lint")
    lint.check(python, "-m", "ruff", "check")
    lint.check(python, "-m", "ruff", "format", "--check")
    lint.check(python, "-m", "mypy")
    begin(stages, "physics").pytest(python, ["tests/physics"], *ALL_CORES)
    begin(stages, "contract").pytest(python, ["tests/contract", "tests/bench"], *ALL_CORES)
    notebooks = begin(stages, "notebooks")
    notebooks.pytest(python, ["notebooks", "tests/notebooks"], "--nbval", *BY_FILE)
    notebooks.check(python, "tools/run_notebooks.py", "--check")
    begin(stages, "widgets").pytest(python, ["tests/widgets"], *ALL_CORES)
    browser = begin(stages, "browser")
    if find_chromium():
        browser.pytest(python, ["tests/browser"])
    else:
        miss_chromium(browser)
    return close(stages, start)


def run_extended(pythons: str) -> int:
    """Run what `run_tests` leaves out, in the newest or all other Pythons; return 0 if all passed."""
    start = time.perf_counter()
    python = ensure(".venv", "requirements.lock")
    stages: list[Stage] = []

    extended = begin(stages, "extended")
    options = ["--extended", "-m", "extended"]
    apart = ["--ignore=tests/peers", "--ignore=tests/reach", "--ignore=tests/browser"]
    extended.pytest(python, ["tests"], *options, *apart, *ALL_CORES)
    if find_chromium():
        extended.pytest(python, ["tests/browser"], *options)
    else:
        miss_chromium(extended)

    warned = ["-W", "default"]  # old packages warn of what newer ones think of them
    colab = begin(stages, "colab")
    if admits(colab, (3, 13)) and (old := other_environment(colab, ".venv-colab", "requirements-colab.lock")):
        colab.pytest(old, ["tests/physics", "tests/widgets", "tests/colab"], *warned, *ALL_CORES)
        colab.pytest(old, ["notebooks"], "--nbval-lax", *warned, *BY_FILE)

    oldest = begin(stages, "oldest")
    if admits(oldest, (3, 12)):
        old = other_environment(oldest, ".venv-oldest", "requirements-oldest.lock")
        if old:
            places = ["tests/physics", "tests/contract", "tests/widgets"]
            oldest.pytest(old, places, *warned, *ALL_CORES)
        old = other_environment(oldest, ".venv-oldest8", "requirements-oldest8.lock")
        if old:
            oldest.pytest(old, ["tests/widgets"], *warned, *ALL_CORES)
            oldest.pytest(old, ["notebooks"], "--nbval-lax", *warned, *BY_FILE)

    run_pythons(begin(stages, "pythons"), pythons)

    if (ROOT / "tests/peers").is_dir():
        peers = begin(stages, "peers")
        if admits(peers, (3, 13)):
            other = other_environment(peers, ".venv-peers", "requirements-peers.lock")
            if other:
                peers.pytest(other, ["tests/peers"], "--extended")

    reach = begin(stages, "reach")
    other = other_environment(reach, ".venv-reach", "requirements-reach.lock")
    if other:
        reach.pytest(other, ["tests/reach"], "--extended")
    return close(stages, start)


def run_pythons(stage: Stage, which: str) -> None:
    """Run some of the tests, with the locked packages, in the "newest" or "all" of the Pythons found."""
    found = find_pythons()
    names = [".".join(map(str, version)) for version in found]
    for name, path in zip(names, found.values(), strict=True):
        print(f"found Python {name}: {path}", flush=True)
    if not found:
        first, last = ("{}.{}".format(*version) for version in (OTHERS[0], OTHERS[-1]))
        stage.note = f"not run: no Python {first} to {last} along PATH, of pyenv or of uv"
        print(stage.note, flush=True)
        return
    chosen = list(found)[-1:] if which == "newest" else list(found)
    stage.note = f"found {', '.join(names)}; ran {'all' if chosen == list(found) else names[-1]}"
    for version in chosen:
        folder = f".venv-py{version[0]}{version[1]}"
        lock = "requirements.lock"
        if stage.check(Path(found[version]), "-m", "tools.setup_pythons", folder, lock):
            python = python_in(ROOT / folder)
            stage.pytest(python, ["tests/physics", "tests/contract"], *ALL_CORES)
            stage.pytest(python, IN_PYTHONS, "--nbval", *BY_FILE)


def admits(stage: Stage, last: tuple[int, int]) -> bool:
    """Tell whether a stage's versions have wheels for this Python; `last` is the last that they have."""
    if sys.version_info[:2] <= last:
        return True
    stage.note = f"not run: its versions need Python 3.11 to {last[0]}.{last[1]}"
    print(stage.note, flush=True)
    return False


def other_environment(stage: Stage, folder: str, lock: str) -> Path | None:
    """Return the Python of a further environment; None, and a failure, if it can't be made."""
    try:
        return ensure(folder, lock)
    except SetupError as error:
        stage.fail(str(error))
        return None


def close(stages: list[Stage], start: float) -> int:
    """Print the table and, last, one line in the manner of pytest; return 0 if nothing failed."""
    print(f"\n{'stage':10} {'passed':>7} {'failed':>7} {'skipped':>7} {'seconds':>8}")
    for stage in stages:
        counts = f"{stage.passed:7} {stage.failed:7} {stage.skipped:7} {stage.seconds:8.1f}"
        print(f"{stage.name:10} {counts}  {stage.note.splitlines()[-1] if stage.note else ''}".rstrip())
    total = {kind: sum(getattr(stage, kind) for stage in stages) for kind in ("failed", "passed", "skipped")}
    counts = ", ".join(f"{n} {kind}" for kind, n in total.items() if n or kind == "passed")
    print(f"=== {counts} in {time.perf_counter() - start:.2f}s ===", flush=True)
    return int(total["failed"] > 0)
