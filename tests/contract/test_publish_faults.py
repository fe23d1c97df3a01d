"""Places that aren't whole, or can't be written: told in a sentence, and nothing is changed anywhere."""

import re

import pytest

from tools import publish

from .test_publish import ADDRESS, PLACES, call, contents


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "notebooks/10_waves.ipynb",
            '{"cells": [{"cell_type": "code", "source": []}]}',
            "begin with its title",
        ),
        ("notebooks/10_waves.ipynb", '{"cells": [', "isn't a whole notebook"),
        ("notebooks/10_waves.ipynb", '{"cells": []}', "has no cells"),
        ("README.md", "no title", "begin with its title"),
        ("CITATION.cff", "title: x\n", "one line that fits version"),
        ("pyproject.toml", "[project", "isn't whole"),
        ("pyproject.toml", "[tool]\n", "isn't whole"),
        ("pyproject.toml", '[project.urls]\nHome = "x"\n\n[project.optional-dependencies]\n', "take it out"),
    ],
)
def test_nothing_is_written_where_a_place_has_another_form(course, name, text, said):
    (course / name).write_text(text, "utf-8")
    before = contents(course)
    with pytest.raises(ValueError, match=f"^{re.escape(name)}: it.*{said}"):
        publish.publish(course, ADDRESS)
    assert contents(course) == before


@pytest.mark.parametrize("name", ["README.md", "pyproject.toml", "notebooks/02_spike.ipynb"])
def test_a_place_that_cannot_be_read_is_told(course, name):
    (course / name).write_bytes(b"\xff")
    before = contents(course)
    with pytest.raises(ValueError, match=f"^{re.escape(name)}: it can't be read .* take it back"):
        publish.publish(course, ADDRESS)
    assert contents(course) == before
    (course / name).unlink()
    if name.endswith(".ipynb"):  # one place less
        assert publish.publish(course, None) == []
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(name)}: it can't be read .*No such file"):
            publish.publish(course, ADDRESS)


def test_a_project_that_cannot_be_read_is_told(course):
    (course / "pyproject.toml").write_text("[project")
    with pytest.raises(ValueError, match=r"^pyproject.toml: it isn't whole \(.*\): take it back"):
        publish.disagreements(course)


@pytest.mark.parametrize("at", [1, 7, len(PLACES)])
def test_a_full_disk_changes_no_place(monkeypatch, course, fill_disk, at):
    before = contents(course)
    fill_disk(at)
    with pytest.raises(SystemExit, match=rf"{PLACES[at - 1]} can't be written .*: make room on the disk"):
        call(monkeypatch, course, "ada/lif-course")
    assert contents(course) == before
    assert list(course.rglob(".*.new")) == list(course.rglob(".*.old")) == []
