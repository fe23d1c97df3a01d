"""What the learner writes first: the notebook's cells are the module's texts, and any try lets it run on."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from lifcore.checks import exercises, judged, yours_or_ours
from lifcore.exercises.guard import Screen
from lifcore.exercises.worked import yours
from tests.notebooks.pages import MAIN, cells, name

YOURS = yours()
WITH = [path for path in MAIN if yours(path.stem[:2])]
every_notebook = pytest.mark.parametrize("path", WITH, ids=name)


def tagged(path, tag):
    return [cell for cell in cells(path) if tag in cell.metadata.get("tags", [])]


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_stubs_and_folds_are_those_of_the_module(path):
    wanted = yours(path.stem[:2])
    assert [cell.source for cell in tagged(path, "yours")] == [one.cell(id) for id, one in wanted.items()]
    folds = [c.source for c in cells(path, "markdown") if "<summary>Our lines</summary>" in c.source]
    assert folds == [one.fold() for one in wanted.values()]


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_a_fold_holds_markdown_below_an_empty_line(path):
    for cell in cells(path, "markdown"):
        for after in re.findall(r"<summary>(?!Hint)[^<]*</summary>(.{2})", cell.source, re.DOTALL):
            assert after == "\n\n", cell.id


@every_notebook
def test_each_is_used_below_whoever_wrote_it(path):
    code = "\n".join(cell.source for cell in cells(path, "code"))
    for id, one in yours(path.stem[:2]).items():
        assert f'yours_or_ours("{id}", {one.name})' in code
        assert len(re.findall(rf"\b{one.name} = ", code)) == 0  # it never takes the learner's name


@pytest.mark.parametrize("id", YOURS)
def test_ours_is_right_and_the_stub_is_not_yet_answered(id, capsys):
    one = YOURS[id]
    assert judged(id, one.function(), Screen()).state == "right"
    names = {}
    exec(one.stub, names)
    stub = names[one.name]
    assert judged(id, stub, Screen()).state == "unanswered"
    assert yours_or_ours(id, one.function()) is not None
    assert capsys.readouterr().out == "Your function runs from here.\n"
    assert yours_or_ours(id, stub) is not stub
    assert capsys.readouterr().out == "Ours runs from here, until yours is right.\n"
    assert yours_or_ours(id).__name__ == one.name
    assert capsys.readouterr().out == "Ours runs from here.\n"


def test_what_is_not_written_is_refused():
    with pytest.raises(ValueError, match=r"id must be one of 02\.step, .*; got '02\.once_in'"):
        yours_or_ours("02.once_in", len)


TRIES = {
    "as given": lambda one: one.stub,
    "with ours": lambda one: one.ours,
    "with a wrong try": lambda one: f"{one.ours.splitlines()[0]}\n    return 1 / 0",
}


@pytest.mark.extended
@pytest.mark.parametrize("way", TRIES)
@every_notebook
def test_runs_to_its_end_whatever_is_written(path, way):
    book, wanted = nbformat.read(path, as_version=4), yours(path.stem[:2])
    written = iter(wanted.items())
    for cell in book.cells:
        if "yours" in cell.metadata.get("tags", []):
            id, one = next(written)
            cell.source = cell.source.replace(one.stub, TRIES[way](one))
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    said = ["".join(str(out.get("data", {}).get("text/plain", "")) for out in c.outputs)
            for c in book.cells if "yours" in c.metadata.get("tags", [])]  # fmt: skip
    state = {"as given": "○", "with ours": "✓", "with a wrong try": "✗"}[way]
    assert [text[0] for text in said] == [state] * len(wanted)
    assert set(exercises(path.stem[:2])) >= set(wanted)
