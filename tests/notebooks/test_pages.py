"""The pages as a reader meets them: title, length of cells, tone, links."""

import re
from statistics import median

import pytest

from tests.notebooks.pages import ALL, MAIN, NOTEBOOKS, anchors, cells, lines, name, prose, targets

every_notebook = pytest.mark.parametrize("path", ALL, ids=name)
every_page = pytest.mark.parametrize("path", MAIN, ids=name)
GUIDES = sorted(NOTEBOOKS.glob("*.md"))


@every_page
def test_code_cells_are_short(path):
    lengths = {cell.id: len(lines(cell)) for cell in cells(path, "code")}
    loops = {cell.id for cell in cells(path, "code") if "loop" in cell.metadata.get("tags", [])}
    assert median(lengths.values()) <= 4
    assert {cell: n for cell, n in lengths.items() if n > (25 if cell in loops else 20)} == {}


@every_page
def test_a_page_begins_with_its_title(path):
    assert cells(path)[0].source.startswith("# ")


@every_notebook
def test_tone(path):
    found = [
        (cell.id, word)
        for cell in cells(path, "markdown")
        for word in re.findall(r"\S*!|\b(?:simply|obviously)\b", prose(cell), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize("path", [*ALL, *GUIDES], ids=name)
def test_links_lead_somewhere(path):
    if path.suffix == ".md":
        text = path.read_text("utf-8")
    else:
        text = "\n".join(cell.source for cell in cells(path, "markdown"))
    broken = []
    for target in targets(text):
        if re.match(r"[a-z]+:", target):  # elsewhere
            continue
        file, _, place = target.partition("#")
        other = (path.parent / file).resolve() if file else path
        if not other.exists():
            broken.append(target)
        elif place and other.suffix == ".md" and place not in anchors(other.read_text("utf-8")):
            broken.append(target)
        elif place and not file and path.suffix == ".ipynb":
            heads = re.findall(r"^#+\s+(.*)$", text, re.MULTILINE)
            broken += [target] * (place not in anchors(text) | {head.replace(" ", "-") for head in heads})
    assert broken == []
