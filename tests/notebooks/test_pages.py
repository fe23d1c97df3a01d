"""The pages as a reader meets them: length, headings, words, links."""

import re
from statistics import median

import pytest

from tests.notebooks.pages import ALL, MAIN, NOTEBOOKS, anchors, cells, lines, name, prose, targets

every_notebook = pytest.mark.parametrize("path", ALL, ids=name)
every_page = pytest.mark.parametrize("path", MAIN, ids=name)
GUIDES = sorted(NOTEBOOKS.glob("*.md"))


@every_page
def test_number_of_cells(path):
    low = 8 if path.stem.startswith("00") else 25
    assert low <= len(cells(path)) <= 45


@every_page
def test_code_cells_are_short(path):
    lengths = {cell.id: len(lines(cell)) for cell in cells(path, "code")}
    loops = {cell.id for cell in cells(path, "code") if "loop" in cell.metadata.get("tags", [])}
    assert median(lengths.values()) <= 4
    assert {cell: n for cell, n in lengths.items() if n > (25 if cell in loops else 20)} == {}


@every_page
def test_a_heading_every_eight_cells(path):
    assert cells(path)[0].source.startswith("# ")
    headed = [k for k, cell in enumerate(cells(path)) if re.search(r"^##? ", cell.source, re.MULTILINE)]
    headed = [k for k in headed if cells(path)[k].cell_type == "markdown"]
    gaps = [b - a for a, b in zip(headed, [*headed[1:], len(cells(path))], strict=True)]
    assert {headed[k]: gap for k, gap in enumerate(gaps) if gap > 8} == {}


def test_words_for_each_line_of_code():
    words = sum(len(prose(cell).split()) for path in MAIN for cell in cells(path, "markdown"))
    code = sum(len(lines(cell)) for path in MAIN for cell in cells(path, "code"))
    assert 8 <= words / code <= 20


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
