"""The pages as a reader meets them: title, length of cells, tone."""

import re
from statistics import median

import pytest

from tests.notebooks.pages import ALL, MAIN, ROOT, cells, lines, name
from tools.notebook_words import prose
from tools.publish import read_address

every_notebook = pytest.mark.parametrize("path", ALL, ids=name)
every_page = pytest.mark.parametrize("path", MAIN, ids=name)


@every_page
def test_code_cells_are_short(path):
    lengths = {cell.id: len(lines(cell)) for cell in cells(path, "code")}
    longer = {cell.id for cell in cells(path, "code") if "loop" in cell.metadata.get("tags", [])}
    if read_address(ROOT):
        longer.add(next(iter(lengths)))  # the setup cell of a published course has four lines more
    assert median(lengths.values()) <= 4
    assert {cell: n for cell, n in lengths.items() if n > (25 if cell in longer else 20)} == {}


@every_page
def test_a_page_begins_with_its_title(path):
    assert cells(path)[0].source.startswith("# ")


@every_notebook
def test_tone(path):
    found = [
        (cell.id, word)
        for cell in cells(path, "markdown")
        for word in re.findall(r"\S*!|\b(?:simply|obviously)\b", prose(cell.source), re.IGNORECASE)
    ]
    assert found == []
