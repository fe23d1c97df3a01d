"""The files: run, in their canonical form, small, with nothing of the machine that ran them."""

import base64

import pytest

from tests.notebooks.pages import ALL, MAIN, cells, name, outputs
from tools.notebook_form import canonical, read

every_notebook = pytest.mark.parametrize("path", ALL, ids=name)


def test_there_are_notebooks():
    assert [path.stem for path in MAIN][0] == "00_start_here"
    assert {path.name for path in ALL if path.parent.name == "solutions"} <= {path.name for path in MAIN}


@every_notebook
def test_every_code_cell_was_run_in_order(path):
    counts = [cell.execution_count for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_canonical_form(path):
    assert canonical(read(path), path.stem) == path.read_text("utf-8")


def pictures(path):
    """Return (cell id, output) for every output that has a picture."""
    return [(cell, out) for cell, out in outputs(path) if "image/png" in out.get("data", {})]


@every_notebook
def test_size(path):
    assert path.stat().st_size <= 400_000
    sizes = {cell: len(base64.b64decode(out.data["image/png"])) for cell, out in pictures(path)}
    assert {cell: size for cell, size in sizes.items() if size > 60_000} == {}


@every_notebook
def test_no_widget_state(path):
    assert "widgets" not in read(path).metadata
    kinds = [(cell, kind) for cell, out in outputs(path) for kind in out.get("data", {})]
    assert [(cell, kind) for cell, kind in kinds if "widget" in kind] == []


@every_notebook
def test_nothing_on_stderr(path):
    assert [(cell, out.text) for cell, out in outputs(path) if out.get("name") == "stderr"] == []


@every_notebook
def test_every_picture_has_a_description(path):
    described = {cell: out.metadata.get("image/png", {}).get("alt", "") for cell, out in pictures(path)}
    assert [cell for cell, alt in described.items() if not alt.strip()] == []
