"""The pages as a reader meets them: title, length of cells, tone."""

import re
from statistics import median

import pytest

from tests.notebooks.pages import ALL, MAIN, cells, lines, name
from tools.notebook_words import prose

SETUP = """\
import sys
from pathlib import Path

sys.path += map(str, Path.cwd().parents)  # finds the course around this notebook, also from work/

"""
ALONE = "\nThis notebook needs the course around it: a single downloaded file stops at its first cell.\n"

every_notebook = pytest.mark.parametrize("path", ALL, ids=name)
every_page = pytest.mark.parametrize("path", MAIN, ids=name)


@every_page
def test_code_cells_are_short(path):
    lengths = {cell.id: len(lines(cell)) for cell in cells(path, "code")}
    longer = {cell.id for cell in cells(path, "code") if "loop" in cell.metadata.get("tags", [])}
    assert median(lengths.values()) <= 4
    assert {cell: n for cell, n in lengths.items() if n > (25 if cell in longer else 20)} == {}


@every_page
def test_a_page_begins_with_its_title(path):
    assert cells(path)[0].source.startswith("# ")


@every_notebook
def test_the_first_code_cell_finds_the_course_around_it(path):
    first = cells(path, "code")[0]
    assert first.source.startswith(SETUP)
    assert path not in MAIN or ALONE in next(c.source for c in cells(path) if "You need: " in c.source)


@every_notebook
def test_tone(path):
    found = [
        (cell.id, word)
        for cell in cells(path, "markdown")
        for word in re.findall(r"\S*!|\b(?:simply|obviously)\b", prose(cell.source), re.IGNORECASE)
    ]
    assert found == []
