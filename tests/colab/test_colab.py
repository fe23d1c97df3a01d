"""A published notebook, opened on Colab: it fetches the course, runs to its end, and installs nothing.

Colab itself is not here. What is: its versions of Python's packages, its module google.colab, an empty
folder, a kernel without lifcore, and the repository on this machine, where git is told to look for it.
"""

import os
import shutil
import subprocess
from importlib.metadata import distributions, version
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from tests.notebooks.alone import hide_lifcore, run
from tools import publish, publish_learn
from tools.publish_places import LEARN

ROOT = Path(__file__).parents[2]
ADDRESS = publish.parse("ada/lifcore", "2026/spring")
PACKAGES = ["numpy", "matplotlib", "ipywidgets", "anywidget"]
LOOK = f"""\
from importlib.metadata import version

print([version(package) for package in {PACKAGES}], lifcore.__file__)
"""
pytestmark = pytest.mark.skipif(
    not shutil.which("git") and not os.environ.get("CI"), reason="git is missing, which Colab has"
)


def git(folder, *arguments):
    """Call git in a folder, as a committer without settings."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a repository with the branch learn of a course that is published."""
    folder = tmp_path_factory.mktemp("github") / "repository"
    publish_learn.learn(ROOT, ADDRESS, folder)
    git(folder, "init", f"--initial-branch={LEARN}")
    git(folder, "add", "--all")
    git(folder, "commit", "--message=The lessons")
    return folder


def installed():
    """Return what is installed, and when each package's name and version were written."""
    records = [path for dist in distributions() for path in dist.files or [] if path.name == "METADATA"]
    return {str(path): path.locate().stat().st_mtime_ns for path in records}


@pytest.mark.parametrize("name", ["02_spike", "solutions/09_grid"])
def test_a_published_notebook_runs_alone(name, repository, tmp_path, monkeypatch):
    hide_lifcore(tmp_path / "start", monkeypatch, colab=True)
    (tmp_path / "start" / "pip.py").write_text("raise RuntimeError('pip must not run')\n")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{repository.as_uri()}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", ADDRESS.repository)
    content = tmp_path / "content"
    before = installed()

    notebook = nbformat.read(repository / "notebooks" / f"{name}.ipynb", as_version=4)
    notebook.cells.append(new_code_cell("import lifcore\n" + LOOK))
    said = run(content, notebook)
    clone = content / "lif-course"
    expected = [version(package) for package in PACKAGES]
    assert said == f"{expected} {clone / 'lifcore' / '__init__.py'}\n"
    assert installed() == before
    assert len(before) > 50
    head = (clone / ".git" / "HEAD").read_text()
    assert head == f"ref: refs/heads/{LEARN}\n"
    assert (clone / ".git" / "shallow").is_file()

    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")  # a kernel that starts again fetches nothing
    again = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [again[0], again[1], again[-1]]
    assert run(content, notebook) == said
