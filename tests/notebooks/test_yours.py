"""What the learner writes first: the notebook's cells are the module's texts, and any try lets it run on."""

import re
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from lifcore.checks import exercises, judged, yours_or_ours
from lifcore.exercises import guard
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


def failing(*_, **__):
    return 1 / 0


def leaving(*_, **__):
    sys.exit()


def endless(*_, **__):
    while True:
        pass


@pytest.mark.parametrize("answer", [failing, leaving, endless, 5, "return v"])
def test_nothing_that_is_written_stops_the_notebook(answer, monkeypatch, capsys):
    monkeypatch.setattr(guard, "LIMIT", 0.2)
    id = next(iter(YOURS))
    assert yours_or_ours(id, answer)(*exercises()[id].cases[0]) is not None
    assert capsys.readouterr().out == "Ours runs from here, until yours is right.\n"


def usual_fault(id):
    """Return the source that binds a function to a usual wrong answer."""
    faults = f'exercises("{id[:2]}")["{id}"].faults'
    take = f'next(fault.values for fault in {faults} if fault.state == "wrong")'
    return f"from lifcore.checks import exercises\n\n{YOURS[id].name} = {take}"


TRIES = {
    "as given": ("○", lambda id: YOURS[id].stub),
    "with ours": ("✓", lambda id: YOURS[id].ours),
    "with a wrong try": ("✗", usual_fault),
}


def executed(path, cells_run, book):
    """Run some of a notebook's cells where it stands."""
    book.cells = cells_run
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    return book.cells


@pytest.mark.extended
@pytest.mark.parametrize("way", TRIES)
@every_notebook
def test_runs_to_its_end_whatever_is_written(path, way):
    book, wanted = nbformat.read(path, as_version=4), yours(path.stem[:2])
    state, written = TRIES[way]
    stubs = [cell for cell in book.cells if "yours" in cell.metadata.get("tags", [])]
    for cell, (id, one) in zip(stubs, wanted.items(), strict=True):
        cell.source = cell.source.replace(one.stub, written(id))
    executed(path, book.cells, book)
    said = ["".join(str(out.get("data", {}).get("text/plain", "")) for out in c.outputs) for c in stubs]
    assert [text[0] for text in said] == [state] * len(wanted)
    assert set(exercises(path.stem[:2])) >= set(wanted)


@pytest.mark.extended
@pytest.mark.parametrize("path", [path for path in WITH if "## Halfway" in path.read_text("utf-8")], ids=name)
def test_the_second_half_needs_nothing_from_above(path):
    book = nbformat.read(path, as_version=4)
    halfway = next(i for i, cell in enumerate(book.cells) if cell.source.startswith("## Halfway"))
    executed(path, book.cells[halfway:], book)
