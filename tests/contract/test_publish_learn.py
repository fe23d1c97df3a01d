"""The branch learn: lessons without outputs, each with a first cell for Colab, and what their links need."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.contract.test_workflows import load, steps
from tests.notebooks.pages import targets
from tools import publish
from tools.publish_learn import learn
from tools.setup_trouble import SetupError

from .test_publish import ADDRESS, ROOT, call

CLONE = '    source = "--branch=learn https://github.com/ada/lif-course"\n'


@pytest.fixture(scope="module")
def branch(tmp_path_factory):
    place = tmp_path_factory.mktemp("branch") / "learn"
    assert learn(ROOT, ADDRESS, place) == sum(path.is_file() for path in place.rglob("*"))
    return place


def notebooks(branch):
    return {path: json.loads(path.read_bytes()) for path in (branch / "notebooks").rglob("*.ipynb")}


def test_every_notebook_begins_with_colab_s_cell_and_lessons_have_no_outputs(branch):
    assert len(notebooks(branch)) > 14
    for path, book in notebooks(branch).items():
        assert CLONE in book["cells"][0]["source"], path
        if path.parent.name == "notebooks":
            assert not any(cell.get("outputs") for cell in book["cells"]), path


def test_every_link_leads_to_a_file(branch):
    found = 0
    for path in (branch / "notebooks").rglob("*.*"):
        text = path.read_text("utf-8")
        if path.suffix == ".ipynb":
            cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
            text = "\n".join("".join(cell["source"]) for cell in cells)
        for target in targets(text):
            if not re.match(r"https?:|#", target) and "instructors" not in target:
                found += 1
                assert (path.parent / target.partition("#")[0]).exists(), f"{path.name}: {target}"
    assert found > 100


def test_it_is_written_where_nothing_else_is(branch, tmp_path):
    place = tmp_path / "learn"
    place.mkdir()
    learn(ROOT, ADDRESS, place)
    (place / "notebooks/00_start_here.ipynb").unlink()
    learn(ROOT, ADDRESS, place)
    assert (place / "notebooks/00_start_here.ipynb").exists()
    (place / ".git").mkdir()  # a checkout of the branch, with what is not yet committed
    with pytest.raises(SetupError, match="--learn must be a new or an empty folder"):
        learn(ROOT, ADDRESS, place)
    (place / ".git").rmdir()
    (place / "README.md").write_text("my own")
    for other in (place, place / "README.md"):
        with pytest.raises(SetupError, match=f"--learn must be a new or an empty folder; {other} holds"):
            learn(ROOT, ADDRESS, other)
    assert (place / "README.md").read_text() == "my own"


def test_the_command(course, tmp_path, monkeypatch, capsys):
    with pytest.raises(SystemExit, match="There is no address yet: first say python tools/publish.py OWNER"):
        call(monkeypatch, course, "--learn", str(tmp_path / "learn"))
    publish.publish(course, ADDRESS)
    shutil.copy(ROOT / "LICENSE", course)
    assert call(monkeypatch, course, "--learn", str(tmp_path / "learn")) == 0
    assert re.search(r"learn has \d+ files", capsys.readouterr().out)


@pytest.mark.skipif(not shutil.which("git") and not os.environ.get("CI"), reason="git is missing")
@pytest.mark.parametrize("published", [True, False])
def test_the_workflow_pushes_it_where_there_is_an_address(course, tmp_path, published):
    def git(*arguments, where=course):
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        done = subprocess.run(
            ["git", "-C", where, *who, *arguments], check=True, capture_output=True, text=True
        )
        return done.stdout

    if published:
        publish.publish(course, ADDRESS)
    shutil.copytree(ROOT / "tools", course / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "LICENSE", course)
    origin = tmp_path / "origin.git"
    git("init", "--bare", origin)
    git("init", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--message=The course")
    git("remote", "add", "origin", origin)
    (script,) = [step["run"] for step in steps(load(ROOT / ".github/workflows/learn.yml")) if "run" in step]
    names = tmp_path / "bin"
    names.mkdir()
    (names / "python").symlink_to(sys.executable)
    path = os.pathsep.join((str(names), os.environ["PATH"]))
    subprocess.run(["bash", "-ec", script], cwd=course, check=True, env=os.environ | {"PATH": path})
    assert git("branch", where=origin).split() == (["learn"] if published else [])
    if published:
        files = git("ls-tree", "-r", "--name-only", "learn", where=origin).split()
        assert {"README.md", "LICENSE", "notebooks/02_spike.ipynb"} <= set(files)
        assert not any(name.startswith("tools/") for name in files)
