"""The house rules that hold for every file."""

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest

import lifcore
from tools import check_files

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"__pycache__", "build", "dist", "shots", "work"}  # work is the learner's own


def project_files():
    """Return every file of the project, without environments, caches and what a tool leaves."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [
            d
            for d in below
            if d in (".ci", ".github") or not (d.startswith(".") or d in LEFT_OUT or "egg-info" in d)
        ]
        found += [Path(folder, name) for name in names if name != ".git"]  # a file in a worktree
    return sorted(found)


FILES = project_files()


def words(path):
    """Return the text of a file, "" for a picture; of a notebook without the pictures in it."""
    data = path.read_bytes()
    if b"\0" in data:
        return ""
    text = data.decode("utf-8")
    return re.sub(r'"image/png": "[^"]*"', "", text) if path.suffix == ".ipynb" else text


def found(pattern, *suffixes):
    """Return where a pattern stands in the project's texts: file, line number, what was found."""
    hits = []
    for path in FILES:
        if suffixes and path.suffix not in suffixes:
            continue
        for number, line in enumerate(words(path).splitlines(), 1):
            hits += [(path.relative_to(ROOT).as_posix(), number, hit) for hit in re.findall(pattern, line)]
    return hits


def test_no_file_of_code_is_long():
    code = [path for path in FILES if path.suffix in (".py", ".js", ".css")]
    lengths = {path.relative_to(ROOT).as_posix(): len(words(path).splitlines()) for path in code}
    assert len(lengths) > 20
    assert {name: n for name, n in lengths.items() if n > 250} == {}


def test_nothing_is_left_to_do():
    # put together here, so that this line isn't found itself
    assert (
        found("|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK"))))
        == []
    )


def test_no_folder_of_a_machine():
    folders = "|".join(["home", "root", "tmp", "work", "opt", "Users", "mnt"])
    assert found(rf"(?<![\w.$}})])/(?:{folders})/\S*|\b[A-Z]:\\\\\S*") == []


def test_no_host_of_a_package_index():
    assert found(r"pypi\.org|pythonhosted\.org|npmjs\.|debian\.org|anaconda\.org") == []
    assert found("://", ".lock") == []


def test_no_error_is_swallowed():
    swallowed = []
    for path in FILES:
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(words(path))):
                if isinstance(node, ast.ExceptHandler) and isinstance(node.body[0], ast.Pass):
                    swallowed.append((path.relative_to(ROOT).as_posix(), node.lineno))
    assert swallowed == []


def test_files_end_and_weigh_as_they_should():
    faults = {path.relative_to(ROOT).as_posix(): check_files.wrong(path) for path in FILES}
    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x\n", ""),
        (b"", ""),
        (b"x", "one line feed"),
        (b"x\n\n", "one line feed"),
        (b"x\r\n", "carriage"),
        (b"x" * 400_001, "too many"),
    ],
)
def test_the_hook_finds_faults(tmp_path, data, said):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert said in check_files.wrong(path) if said else check_files.wrong(path) == ""


def test_licenses():
    text = (ROOT / "LICENSE").read_text("utf-8")
    for part in ("MIT License", "Permission is hereby granted, free of charge", "CC BY 4.0", "by/4.0/deed"):
        assert part in text


def test_one_version():
    assert f"version: {lifcore.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "lifcore.__version__"}


def test_every_package_is_installed_with_the_project():
    packages = {path.parent.relative_to(ROOT) for path in FILES if path.parts[len(ROOT.parts)] == "lifcore"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert sorted(".".join(p.parts) for p in packages) == sorted(project["tool"]["setuptools"]["packages"])


def test_readme_and_contributing_are_short_and_name_the_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in ("python3 start.py\n", "python3 start.py test\n"):
        assert command in readme
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 45


def test_notebooks_are_compared_as_notebooks():
    attributes = (ROOT / ".gitattributes").read_text("utf-8")
    assert "* text=auto eol=lf" in attributes
    assert "*.ipynb text eol=lf diff=jupyternotebook" in attributes


def test_hooks_need_no_network():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    for script in re.findall(r"entry: python (\S+\.py)", hooks):
        assert (ROOT / script).is_file()
