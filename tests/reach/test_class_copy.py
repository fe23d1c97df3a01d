"""The class copy: all that a student needs, no solution, no sentence that leads nowhere."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.notebooks.pages import ALL, MAIN, anchors, targets
from tools import class_copy
from tools.setup_environment import ROOT
from tools.setup_trouble import SetupError

TEACHERS = ("solutions", "instructors", "tests/", "CONTRIBUTING", ".ci", ".git", "conftest", "__pycache__")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("dist") / "class.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_copy, "ZIP", path)
        class_copy.main()
        first = path.read_bytes()
        class_copy.main()
    assert path.read_bytes() == first
    return path


@pytest.fixture(scope="module")
def copy(archive, tmp_path_factory):
    """Return the folder that the archive unpacks to."""
    folder = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder / class_copy.FOLDER


def python(copy, *command):
    """Run Python in the copy, with the packages of this environment and nothing of the project."""
    env = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *command], cwd=copy, env=env, capture_output=True, text=True)


def texts(copy):
    """Return the markdown of the copy by file."""
    found = {path: path.read_text("utf-8") for path in copy.rglob("*.md")}
    for path in copy.rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        found[path] = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return found


def test_what_is_in_it(archive):
    with zipfile.ZipFile(archive) as packed:
        names = [name.removeprefix(f"{class_copy.FOLDER}/") for name in packed.namelist()]
        modes = {entry.filename.rpartition("/")[2]: entry.external_attr >> 16 for entry in packed.infolist()}
    assert [name for name in names if any(part in name for part in TEACHERS)] == []
    needed = ["start.py", "requirements.lock", "environment.yml", "postBuild", "pyproject.toml", "README.md"]
    needed += ["LICENSE", "CITATION.cff", "lifcore/widgets/live.js", "notebooks/glossary.md"]
    needed += [path.relative_to(ROOT).as_posix() for path in MAIN]
    assert set(needed) <= set(names)
    assert modes["postBuild"] & 0o111 and not modes["README.md"] & 0o111


def test_no_answered_cell_is_in_it(copy):
    everything = "\n".join(
        path.read_text("utf-8") for path in copy.rglob("*") if path.suffix in (".py", ".md", ".ipynb")
    )
    answers = 0
    for path in ALL:
        if path.parent.name == "solutions":
            asked = {cell.source for cell in nbformat.read(path.parents[1] / path.name, as_version=4).cells}
            for cell in nbformat.read(path, as_version=4).cells:
                setup = cell.source.startswith("import sys\n")
                if cell.cell_type == "code" and cell.source not in asked and not setup:
                    answers += 1
                    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in cell.source.splitlines()]
                    assert not all(line in everything for line in lines if line.strip()), cell.source
    assert answers > 15


def test_only_lines_about_solutions_are_gone(copy):
    for path in MAIN:
        mine = nbformat.read(copy / "notebooks" / path.name, as_version=4)
        whole = nbformat.read(path, as_version=4)
        assert len(mine.cells) == len(whole.cells)
        gone = [
            line
            for a, b in zip(whole.cells, mine.cells, strict=True)
            for line in a.source.splitlines()
            if line and line not in b.source.splitlines()
        ]
        assert all(line.startswith("The worked answers are in [solutions/") for line in gone)
        assert len(gone) == (path.stem != "00_start_here")
        code = [cell for cell in mine.cells if cell.cell_type == "code"]
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_no_link_is_dead_and_no_sentence_speaks_of_what_is_missing(copy):
    dead = []
    for path, text in texts(copy).items():
        for target in targets(text):
            file, _, place = target.partition("#")
            other = (path.parent / file).resolve() if file else path
            if not re.match(r"[a-z]+:", target) and (
                not other.exists()
                or (place and other.suffix == ".md" and place not in anchors(other.read_text("utf-8")))
            ):
                dead.append((path.name, target))
        assert re.findall(r"(?i)solutions|worked answer|instructors?\b|contributing", text) == []
    assert dead == []


def test_its_modules_find_each_other(copy):
    for path in [copy / "start.py", *copy.glob("tools/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tools"):
                names = [alias.name for alias in node.names] if node.module == "tools" else [node.module[6:]]
                assert [name for name in names if not (copy / f"tools/{name}.py").is_file()] == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("test", "This is a class copy: its tests are"),
        ("class", "This is a class copy: there are no solutions"),
    ],
)
def test_it_says_what_it_lacks(copy, command, said):
    reply = python(copy, "start.py", command)
    assert reply.returncode == 1
    assert reply.stderr.startswith(said) and reply.stderr.count("\n") == 1


def test_lifcore_and_a_check_work(copy):
    code = "import math, lifcore; from lifcore.checks import check\n"
    code += "print(lifcore.__file__, check('02.two_weights', 14 * math.log(2.5)).state)"
    reply = python(copy, "-c", code)
    assert reply.stdout.split() == [str(copy / "lifcore/__init__.py"), "right"], reply.stderr


def test_a_notebook_runs(copy, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(copy))
    notebook = nbformat.read(copy / "notebooks/00_start_here.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import lifcore; print(lifcore.__file__)"))
    where = {"metadata": {"path": str(copy / "notebooks")}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    assert notebook.cells[-1].outputs[0].text.strip() == str(copy / "lifcore/__init__.py")


def test_without_git_the_ignored_files_stay_out(tmp_path, monkeypatch):
    tracked = class_copy.project_files()
    for name in tracked:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    for name in (
        ".venv-x/a.py",
        "dist/b.py",
        "lifcore/__pycache__/c.pyc",
        "lifcore.egg-info/d",
        "tests/browser/shots/e",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(class_copy, "ROOT", tmp_path)
    assert class_copy.project_files() == sorted(tracked)


def test_what_fails_leaves_the_archive_that_was_there(tmp_path, monkeypatch, fill_disk):
    monkeypatch.setattr(class_copy, "ZIP", tmp_path / "class.zip")
    (tmp_path / "class.zip").write_bytes(b"old")
    fill_disk(1)
    with pytest.raises(SetupError, match=r"class.zip can't be written \(No space left.*: make room"):
        class_copy.main()
    broken = tmp_path / "02_spike.ipynb"
    broken.write_text("{")
    monkeypatch.setattr(class_copy, "ROOT", tmp_path)
    with pytest.raises(SetupError, match="02_spike.ipynb: it isn't a whole notebook"):
        class_copy.content(broken.name)
    assert {path.name for path in tmp_path.iterdir()} == {"class.zip", "02_spike.ipynb"}
    assert (tmp_path / "class.zip").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("README.md", "## Run the tests", "## Tests", r"README\.md has no section 'Run the tests'"),
        (
            "README.md",
            "## License\n",
            "## License\nSee CONTRIBUTING.\n",
            r"README\.md speaks of 'CONTRIBUTING'",
        ),
        (
            "notebooks/02_spike.ipynb",
            "[solutions/02_spike](solutions/02_spike.ipynb)",
            "a book",
            "must have a line",
        ),
        (
            "notebooks/glossary.md",
            "# Glossary\n",
            "# Glossary\nMind solutions/02.\n",
            "speaks of 'solutions/'",
        ),
    ],
)
def test_a_rule_that_no_longer_matches_is_told(tmp_path, monkeypatch, file, old, new, said):
    (tmp_path / "notebooks/solutions").mkdir(parents=True)
    (tmp_path / "notebooks/solutions/02_spike.ipynb").touch()
    text = (ROOT / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(class_copy, "ROOT", Path(tmp_path))
    with pytest.raises(SetupError, match=said):
        class_copy.content(file)
