"""What start.py takes and refuses, and the files that name packages: they agree."""

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import start
from tools import setup_environment as setup
from tools.learners_copy import News

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pins(lock):
    """Return the versions that a lock names for each package, and whether all have hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert all("--hash=sha256:" in entry for entry in entries)
    versions = {}
    for entry in entries:
        name, _, version = entry.split()[0].partition("==")
        versions.setdefault(name, []).append(version)
    return versions


# --- the files that name packages


@pytest.mark.parametrize(
    ("lock", "extra"),
    [
        ("requirements.lock", "lab"),
        ("requirements-colab.lock", "colab"),
        ("requirements-peers.lock", "peers"),
        ("requirements-peers.lock", "lab"),
        ("requirements-reach.lock", "slides"),
        ("requirements-reach.lock", "paper"),
        ("requirements-reach.lock", "site"),
        ("requirements-reach.lock", "binder"),
        ("requirements-oldest.lock", "lab"),
        ("requirements-oldest8.lock", "lab"),
    ],
)
def test_locks_hold_what_the_project_asks_for(lock, extra):
    versions = pins(lock)
    for text in [*PROJECT["dependencies"], *EXTRAS[extra], *EXTRAS["test"]]:
        wanted = Requirement(text)
        assert wanted.name in versions
        assert all(version in wanted.specifier for version in versions[wanted.name])


def test_conda_and_the_project_ask_for_the_same_versions():
    text = (ROOT / "environment.yml").read_text("utf-8")
    conda = [line.strip("- ") for line in text.splitlines() if line.startswith("  - ")][1:]
    assert "python=3.12" in conda
    assert "pip:" not in text
    for entry in [*PROJECT["dependencies"], *EXTRAS["lab"]]:
        wanted = entry.split(";")[0].replace("matplotlib>", "matplotlib-base>")  # without the windows of Qt
        assert wanted in conda


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ("requirements-oldest.lock", {"numpy": "2.0.0", "matplotlib": "3.10.0", "ipywidgets": "7.7.1"}),
        ("requirements-oldest8.lock", {"numpy": "2.0.0", "matplotlib": "3.10.0", "ipywidgets": "8.1.0"}),
    ],
)
def test_the_oldest_versions_are_the_lowest_that_the_project_admits(lock, expected):
    versions = pins(lock)
    assert {name: versions[name] for name in expected} == {name: [v] for name, v in expected.items()}


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no executable bit")
def test_scripts_can_be_run():
    for script in (".ci/run", "postBuild"):
        assert os.access(ROOT / script, os.X_OK)
        assert "set -euo pipefail" in (ROOT / script).read_text("utf-8")


def test_ci_runs_the_two_commands():
    commands = re.findall(r"^python3 (start\.py[^<\n]*)", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert [c.strip() for c in commands] == ["start.py test", "start.py test --extended"]


# --- start.py by itself


@pytest.mark.parametrize(
    "file",
    [
        "start.py",
        "tools/class_copy.py",
        "tools/learners_copy.py",
        "tools/whole.py",
        *(
            f"tools/setup_{n}.py"
            for n in (
                "aside",
                "check",
                "environment",
                "lab",
                "lock",
                "pythons",
                "show",
                "stages",
                "trouble",
            )
        ),
    ],
)
def test_standard_library_only(file):
    modules = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module.split(".")[0])
    assert modules - set(sys.stdlib_module_names) <= {"tools"}


def test_an_old_python_is_told_so():
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 7))
    code = (
        "import sys, runpy, argparse, signal, socket, subprocess\n"
        "sys.version_info, sys.version = (3, 10, 4), '3.10.4 of old'\n"
        "runpy.run_path('start.py', run_name='__main__')"
    )
    reply = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert reply.returncode == 1
    assert "needs Python 3.11 or later and was started with 3.10.4" in reply.stderr
    assert len(reply.stderr.splitlines()) == 1


def test_a_taken_port_is_told(monkeypatch):
    monkeypatch.setattr(start, "ensure", lambda *_: pytest.fail("it must not begin"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(sys, "argv", ["start.py", "--port", str(port)])
        with pytest.raises(setup.SetupError, match=rf"Port {port} can't be had.*leave --port out"):
            start.main()


@pytest.mark.parametrize(
    "arguments",
    [
        ["tset"],
        ["--extended"],
        ["test", "--pythons", "all"],
        ["test", "--extended", "--pythons", "3.12"],
        ["--pythons", "newest"],
        ["test", "--port", "80"],
        ["test", "-k", "x"],
        ["site", "--no-browser"],
        ["paper", "--extended"],
        ["class", "--port", "80"],
        ["site", "02_spike"],
        ["slides", "--extended"],
        ["renew"],
        ["renew", "02_spike", "--extended"],
        ["renew", "02_spike", "--no-browser"],
    ],
)
def test_other_commands_are_refused(monkeypatch, capsys, arguments):
    monkeypatch.setattr(sys, "argv", ["start.py", *arguments])
    with pytest.raises(SystemExit) as stop:
        start.main()
    assert stop.value.code == 2
    assert "start.py: error:" in capsys.readouterr().err


@pytest.fixture
def become(monkeypatch, tmp_path):
    """Return a function that calls start.py and returns the command that it becomes."""
    if os.name == "nt":
        pytest.skip("elsewhere start.py becomes JupyterLab")
    called = []
    monkeypatch.setattr(start.learners_copy, "bring_up_to_date", lambda: News(made=["00_start_here.ipynb"]))
    monkeypatch.setattr(start, "ensure", lambda folder, lock: tmp_path / folder / "bin/python")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "")  # what slides make of it ends with the test
    monkeypatch.setattr(os, "execve", lambda path, command, env: called.append(command))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 0)
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.chdir(ROOT)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["start.py", *arguments])
        start.main()
        return called[0]

    return call


def test_options_reach_jupyterlab(become, tmp_path, capsys):
    command = become("--no-browser", "--port", "9317", "--ServerApp.ip=::1")
    assert command[:3] == [str(tmp_path / ".venv/bin/python"), "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/work/00_start_here.ipynb" in command
    for option in ("--no-browser", "--ServerApp.port=9317", "--ServerApp.ip=::1", "--allow-root"):
        assert option in command
    assert "--LabApp.custom_css=True" not in command
    assert "work/ is your copy of the course" in capsys.readouterr().out


def test_renew_says_where_the_learner_s_own_is(monkeypatch, capsys):
    monkeypatch.setattr(start.learners_copy, "renew", lambda name: f"{name}_mine.ipynb")
    monkeypatch.setattr(sys, "argv", ["start.py", "renew", "02_spike"])
    assert start.main() == 0
    assert capsys.readouterr().out == (
        "work/02_spike is the newest version; yours is work/02_spike_mine.ipynb.\n"
    )


@pytest.mark.parametrize("name", ["", "02_spike", "notebooks/02_spike.ipynb"])
def test_slides_open_at_a_notebook(become, tmp_path, capsys, name):
    command = become("slides", *filter(None, [name]), "--no-browser", "--port", "9317")
    notebook = "02_spike" if name else "00_start_here"
    assert command[0] == str(tmp_path / ".venv-reach/bin/python")
    assert f"--LabApp.default_url=/lab/tree/notebooks/{notebook}.ipynb" in command
    for option in ("--no-browser", "--ServerApp.port=9317", "--LabApp.custom_css=True"):
        assert option in command
    assert (Path(os.environ["JUPYTER_CONFIG_DIR"]) / "custom/custom.css").is_file()
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Slides of ")]
    assert len(lines) == 1 and f"{notebook}: F9" in lines[0] and "Escape" in lines[0]


def test_slides_of_no_notebook(monkeypatch):
    monkeypatch.setattr(start, "ensure", lambda *_: pytest.fail("it must not begin"))
    monkeypatch.setattr(sys, "argv", ["start.py", "slides", "2_spike"])
    there = ", ".join(sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")))
    with pytest.raises(setup.SetupError, match=rf"no notebook 2_spike; there are: {there}\.$"):
        start.main()
