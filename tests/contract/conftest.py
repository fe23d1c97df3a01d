"""What the tests of the setup, of the course's address and of the learner's copy share."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.contract.copies import OUTPUT, notebook
from tools import publish
from tools import setup_environment as setup


@pytest.fixture
def house(monkeypatch, tmp_path):
    """Return a folder in which environments are made by a `show` that notes what it is told and fakes it."""
    for lock in ("requirements", "requirements-reach"):
        (tmp_path / f"{lock}.lock").write_text("numpy==2.0\n")
    calls = []

    def show(command, failed, hold=None):
        calls.append(command)
        if "venv" in command:
            python = setup.python_in(Path(command[-1]))
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
            site = setup.site_of(Path(command[-1]))
            (site / "numpy-2.0.dist-info").mkdir(parents=True)
            (site / "numpy.py").write_text("x = 1\n")
            (site / "numpy-2.0.dist-info/RECORD").write_text(
                "numpy.py,,6\nnumpy.pyc,,9\nnumpy-2.0.dist-info/RECORD,,\n"
            )

    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "show", show)
    monkeypatch.setattr(setup, "finish", lambda venv, python, hold: None)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    return tmp_path, calls


@pytest.fixture
def course(tmp_path):
    """Return a copy of all places, without an address."""
    for name in publish.places(publish.ROOT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(publish.ROOT / name, tmp_path / name)
    publish.publish(tmp_path, None)
    return tmp_path


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Return a course of two lessons, a solution and two pages; no Jupyter server is known."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    folder = tmp_path / "notebooks"
    (folder / "solutions").mkdir(parents=True)
    for name in ("00_start", "01_next"):
        (folder / f"{name}.ipynb").write_text(notebook(f"x = '{name}'", "x", outputs=[OUTPUT]), "utf-8")
    (folder / "solutions/01_next.ipynb").write_text(notebook("answer", outputs=[OUTPUT]), "utf-8")
    (folder / "glossary.md").write_text("# Glossary\n", "utf-8")
    (folder / "instructors.md").write_text("# For instructors\n", "utf-8")
    return folder


@pytest.fixture
def work(tmp_path):
    return tmp_path / "work"
