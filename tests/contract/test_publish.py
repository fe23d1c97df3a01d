"""The address of the course: written everywhere, found where it is missing, taken away without a trace."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.notebooks.pages import targets
from tools import publish, publish_places

ROOT = Path(__file__).parents[2]
PLACES = publish.places(ROOT)
ADDRESS = publish.parse("ada/lif-course")
OTHER = publish.parse("Grace-Hopper/lifcore.2", "2026/spring")
LONG = publish.parse("a" * 39 + "/" + "n" * 60, "b" * 30)


def contents(root):
    """Return the bytes of every place."""
    return {name: (root / name).read_bytes() for name in PLACES}


def test_every_place_agrees():
    assert len(PLACES) > 15
    assert publish.disagreements(ROOT) == []


def test_without_an_address_there_is_no_link(course):
    assert publish.read_address(course) is None
    for name, data in contents(course).items():
        assert not re.search(rb"https?://|!\[Open in", data), name


@pytest.mark.parametrize("address", [ADDRESS, OTHER, LONG], ids=["main", "branch", "long"])
def test_set_again_and_unset(course, address):
    before = contents(course)
    assert publish.publish(course, address) == PLACES
    after = contents(course)
    assert publish.read_address(course) == address
    assert publish.disagreements(course) == []
    assert publish.publish(course, address) == []
    assert contents(course) == after
    assert publish.publish(course, None) == PLACES
    assert contents(course) == before


def test_another_address_leaves_nothing_of_the_first(course):
    publish.publish(course, OTHER)
    assert publish.publish(course, ADDRESS) == PLACES
    assert not any(re.search(rb"[Hh]opper|2026(/|%2F)", data) for data in contents(course).values())
    assert publish.disagreements(course) == []


def test_what_is_written(course):
    publish.publish(course, OTHER)
    assert f'repository-code: "{OTHER.repository}"\n' in (course / "CITATION.cff").read_text("utf-8")
    book = json.loads((course / "notebooks/solutions/02_spike.ipynb").read_text("utf-8"))
    first = "".join(book["cells"][0]["source"])
    path, home = "notebooks/solutions/02_spike.ipynb", "Grace-Hopper/lifcore.2"
    copy = path.replace("notebooks/", "work/").replace("/", "%2F")
    links = [
        f"https://colab.research.google.com/github/{home}/blob/learn/{path}",
        f"https://mybinder.org/v2/gh/{home}/2026%2Fspring?labpath={copy}",
        f"https://grace-hopper.github.io/lifcore.2/lab/index.html?path={path}",
    ]
    assert re.findall(r"\]\((https[^)]*)\)", first) == links


@pytest.mark.parametrize("name", [name for name in PLACES if name.endswith((".md", ".ipynb"))])
def test_the_badges_have_pictures(course, name):
    address = publish.rewrite(course, name, ADDRESS)
    pictures = [target for target in targets(address) if target.endswith("/open_colab.svg")]
    assert pictures
    assert all((ROOT / name).parent.joinpath(picture).is_file() for picture in pictures)


def test_only_the_title_of_a_notebook_changes(course):
    before = json.loads((course / "notebooks/02_spike.ipynb").read_text("utf-8"))
    publish.publish(course, ADDRESS)
    after = json.loads((course / "notebooks/02_spike.ipynb").read_text("utf-8"))
    pairs = list(zip(before["cells"], after["cells"], strict=True))
    assert [a["id"] for a, b in pairs if a != b] == ["02-title"]
    assert all(a | {"source": []} == b | {"source": []} for a, b in pairs)
    assert sum(len(cell.get("outputs", [])) for cell in after["cells"]) > 5


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("CITATION.cff", "ada/", "eve/"),
        ("README.md", "[![Open in Colab]", "[![Colab]"),
        ("notebooks/09_grid.ipynb", "mybinder.org/v2/gh/ada", "mybinder.org/v2/gh/eve"),
        ("notebooks/solutions/09_grid.ipynb", "github/ada/lif-course", "github/ada/lif"),
        ("notebooks/00_start_here.ipynb", "# Start here", "Start here"),
    ],
)
def test_a_broken_place_is_found(course, name, old, new):
    publish.publish(course, ADDRESS)
    text = (course / name).read_text("utf-8")
    assert old in text
    (course / name).write_text(text.replace(old, new), "utf-8")
    [found] = publish.disagreements(course)
    assert found.startswith(name)


def test_an_address_in_the_project_alone_is_found(course):
    project = course / "pyproject.toml"
    project.write_text(publish_places.in_project(project.read_text("utf-8"), ADDRESS), "utf-8")
    assert [line.partition(", line")[0] for line in publish.disagreements(course)] == PLACES[1:]


def test_an_address_elsewhere_is_refused(course):
    project = course / "pyproject.toml"
    text = publish_places.in_project(project.read_text("utf-8"), ADDRESS)
    project.write_text(text.replace("github.com", "example.org"), "utf-8")
    with pytest.raises(ValueError, match=r"must be https://github.com/OWNER/NAME; got 'https://example.org"):
        publish.disagreements(course)


@pytest.mark.parametrize(
    "text",
    [
        "ada",
        "ada/",
        "/x",
        "ada/x/y",
        "https://github.com/ada/x",
        "-a/x",
        "a--b/x",
        "a/..",
        "a/b c",
        "ä/x",
        'a/"x',
    ],
)
def test_a_bad_address_is_refused(text):
    with pytest.raises(ValueError, match="OWNER/NAME must be two names as in ada/lif-course; got"):
        publish.parse(text)


@pytest.mark.parametrize(
    "branch", ["-x", "a b", "a..b", "/a", "a/", "a//b", "a.", "a.lock", ".a", "a/.b", "ä", 'a"', "a:b", "a\n"]
)
def test_a_bad_branch_is_refused(branch):
    with pytest.raises(ValueError, match="--branch must be the name of a branch, as in main or 2026/spring"):
        publish.parse("ada/lif-course", branch)


def call(monkeypatch, root, *arguments):
    """Call the tool on another folder; return what it ends with."""
    monkeypatch.setattr(publish, "ROOT", root)
    monkeypatch.setattr(sys, "argv", ["publish.py", *arguments])
    return publish.main()


def test_the_command(monkeypatch, capsys, course):
    assert call(monkeypatch, course, "--check") == 0
    assert capsys.readouterr().out == "All places agree: no address yet.\n"
    assert call(monkeypatch, course, "ada/lif-course", "--branch", "spring") == 0
    assert capsys.readouterr().out.split() == PLACES
    assert call(monkeypatch, course, "--check") == 0
    assert capsys.readouterr().out.endswith(
        "All places agree: https://github.com/ada/lif-course/tree/spring.\n"
    )
    (course / "CITATION.cff").write_text("version: 1\n", "utf-8")
    assert call(monkeypatch, course, "--check") == 1
    assert "CITATION.cff, line 2, should be: repository-code: " in capsys.readouterr().out
    with pytest.raises(SystemExit, match="OWNER/NAME must be"):
        call(monkeypatch, course, "ada")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a/b", "--check"],
        ["--check", "--unset"],
        ["--unset", "--branch", "x"],
        ["--learn", "x", "--check"],
    ],
)
def test_commands_that_say_two_things_or_none(monkeypatch, capsys, course, arguments):
    with pytest.raises(SystemExit) as stop:
        call(monkeypatch, course, *arguments)
    assert stop.value.code == 2
    assert "give either OWNER/NAME" in capsys.readouterr().err
