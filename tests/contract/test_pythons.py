"""The other Pythons: which are found, what is run in them, and what README says of them."""

import os
import re
import sys
from pathlib import Path

import pytest

import start
from tools import setup_pythons, setup_stages
from tools.setup_pythons import OTHERS, find_pythons
from tools.setup_stages import Stage, run_pythons

ROOT = Path(__file__).parents[2]
FOUND = {(3, 12, 9): "twelve", (3, 13, 0): "thirteen"}


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Return a function that puts a program, of lines for the shell, on a machine without Pythons."""
    if os.name == "nt":
        pytest.skip("the programs are scripts of a shell")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}{os.pathsep}{tmp_path / 'bin'}")

    def put(path, *lines):
        path = tmp_path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(0o755)
        return str(path)

    return put


def test_pythons_are_found_along_the_path_of_pyenv_and_of_uv(machine, tmp_path):
    machine("shims/python3.12", "echo 'pyenv: python3.12: command not found' >&2", "exit 127")
    on_path = machine("bin/python3.12", "echo 3 12 9")
    machine(".pyenv/versions/3.12.1/bin/python", "echo 3 12 1")
    machine(".pyenv/versions/3.11.7/bin/python", "echo 3 11 7")
    of_pyenv = machine(".pyenv/versions/3.13.0/bin/python", "echo 3 13 0")
    machine("bin/uv", f"echo '{tmp_path}/of uv'")
    of_uv = machine("of uv/cpython-3.14.2-linux/bin/python", "echo 3 14 2")
    found = find_pythons()
    assert list(found.items()) == [((3, 12, 9), on_path), ((3, 13, 0), of_pyenv), ((3, 14, 2), of_uv)]


@pytest.mark.parametrize(
    "lines", [["exit 127"], ["echo Python 3.12"], ["echo"], ["echo 3 12 1", "exit 1"], ["echo 3 15 0"]]
)
def test_what_does_not_start_or_tell_its_version_is_no_python(machine, lines):
    machine("bin/python3.12", *lines)
    assert find_pythons() == {}


def test_what_hangs_or_is_no_program_is_no_python(machine, monkeypatch):
    monkeypatch.setattr(setup_pythons, "SECONDS_TO_START", 0.2)
    machine("shims/python3.13", "exec /bin/sleep 20")
    Path(machine("bin/python3.12")).write_bytes(b"\x7fELF")
    assert find_pythons() == {}


def test_this_python_tells_its_version():
    assert setup_pythons.version_of(sys.executable) == sys.version_info[:3]


@pytest.fixture
def calls(monkeypatch):
    """Return the list of what stages call, where everything passes."""
    called = []
    monkeypatch.setattr(setup_stages, "find_pythons", lambda: FOUND)
    monkeypatch.setattr(Stage, "_call", lambda self, command: called.append(command) or 0)
    return called


@pytest.mark.parametrize(
    ("which", "ran", "note"),
    [
        ("newest", [("thirteen", 13)], "found 3.12.9, 3.13.0; ran 3.13.0"),
        ("all", [("twelve", 12), ("thirteen", 13)], "found 3.12.9, 3.13.0; ran all"),
    ],
)
def test_each_python_runs_in_an_environment_of_its_own(calls, capsys, which, ran, note):
    stage = Stage("pythons")
    run_pythons(stage, which)
    making = ["-m", "tools.setup_pythons"]
    assert [c for c in calls if "tools.setup_pythons" in c] == [
        [path, *making, f".venv-py3{minor}", "requirements.lock"] for path, minor in ran
    ]
    tests = [c for c in calls if "pytest" in c]
    python = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    assert [c[0] for c in tests] == [str(ROOT / f".venv-py3{m}" / python) for _, m in ran for _ in "ab"]
    assert tests[0][-2:] == ["tests/physics", "tests/contract"]
    assert "--nbval" in tests[1] and tests[1][-2:] == setup_stages.IN_PYTHONS
    assert (stage.failed, stage.note) == (0, note)
    assert capsys.readouterr().out.startswith("found Python 3.12.9: twelve\nfound Python 3.13.0: thirteen\n")


def test_an_environment_that_cannot_be_made_fails_and_the_next_one_runs(monkeypatch, calls):
    run = lambda self, command: calls.append(command) or int(command[0] == "twelve")  # noqa: E731
    monkeypatch.setattr(Stage, "_call", run)
    stage = Stage("pythons")
    run_pythons(stage, "all")
    assert stage.failed == 1
    assert [Path(c[0]).parts[-3] for c in calls if "pytest" in c] == 2 * [".venv-py313"]


def test_where_there_is_none_nothing_fails(monkeypatch):
    monkeypatch.setattr(setup_stages, "find_pythons", dict)
    stage = Stage("pythons")
    run_pythons(stage, "newest")
    assert (stage.failed, stage.note) == (0, "not run: no Python 3.12 to 3.14 along PATH, of pyenv or of uv")


def test_making_an_environment_says_why_it_cannot_be(tmp_path, capfd):
    stage = Stage("pythons")
    folder = str(tmp_path / "gone" / ".venv")
    assert not stage.check(Path(sys.executable), "-m", "tools.setup_pythons", folder, "requirements.lock")
    assert stage.failed == 1
    assert f"{folder} can't be made." in capfd.readouterr().err


@pytest.mark.parametrize(("arguments", "which"), [([], "newest"), (["all"], "all"), (["newest"], "newest")])
def test_the_option_says_in_which_ones(monkeypatch, arguments, which):
    asked = []
    monkeypatch.setattr(start, "run_extended", lambda pythons: asked.append(pythons) or 0)
    options = ["--pythons", *arguments] if arguments else []
    monkeypatch.setattr(sys, "argv", ["start.py", "test", "--extended", *options])
    assert start.main() == 0 and asked == [which]


def test_readme_names_each_python_once_as_measured_or_not():
    text = (ROOT / "README.md").read_text("utf-8")
    places = text.split("## Where it runs")[1].split("##")[0]
    table, rest = places.rsplit("|\n", 1)
    (row,) = re.findall(r"^\| Linux, Python (3\.12.*?) \|(.*)\|$", table, re.MULTILINE)
    measured, missing = re.findall(r"3\.\d+", row[0]), re.findall(r"3\.\d+", rest)
    assert sorted(measured + missing) == [f"{major}.{minor}" for major, minor in OTHERS]
    assert all(word in row[1] for word in ("physics", "contract", "two notebooks"))
    assert len(setup_stages.IN_PYTHONS) == 2 and all((ROOT / n).is_file() for n in setup_stages.IN_PYTHONS)
