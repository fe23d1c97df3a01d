"""The slides: each is one screen with something to look at and few words."""

import re

import pytest

from tests.notebooks.pages import MAIN, cells, lines, name
from tools.notebook_words import ANY_LINK, prose

every_page = pytest.mark.parametrize("path", MAIN, ids=name)
WORDS = 40
EQUATION = re.compile(r"\$\$.+?\$\$|\$[^$\n]*(?:=|\\ge)[^$\n]*\$", re.DOTALL)
UNREAD = re.compile(f"!{ANY_LINK}|^\\d+\\. ", re.MULTILINE)  # what a picture shows, an item's number
PREDICTION = "Before you run the next"


def kind(cell) -> str:
    """Return a cell's part in the lecture: "slide", "fragment" or "skip"."""
    return cell.metadata["slideshow"]["slide_type"]


def slides(path) -> list[list]:
    """Return the slides of a notebook, each with its fragments."""
    found: list[list] = []
    for cell in cells(path):
        if kind(cell) == "slide":
            found.append([cell])
        elif kind(cell) == "fragment":
            found[-1].append(cell)
    return found


def words(slide) -> int:
    """Return how many words a slide shows, without those in its figures, code and formulas."""
    text = ""
    for cell in slide:
        if cell.cell_type == "markdown":
            text += prose(UNREAD.sub("", cell.source)) + " "
    return len([word for word in text.split() if re.search(r"\w", word)])


def shows(cell) -> set[str]:
    """Return what there is to look at in a cell: a figure, an explorer, a loop, an equation, a question."""
    if cell.cell_type == "markdown":
        kinds = {"figure": "![", "question": "?"}
        found = {what for what, sign in kinds.items() if sign in cell.source}
        return found | ({"equation"} if EQUATION.search(cell.source) else set())
    if re.fullmatch(r"(?:explore|debug)_\w+\(\)", cell.source):
        return {"explorer"}
    if any("image/png" in out.get("data", {}) for out in cell.outputs):
        return {"figure"}
    return {"loop"} if "loop" in cell.metadata.get("tags", []) and not cell.outputs else set()


@every_page
def test_each_cell_has_its_part(path):
    assert {kind(cell) for cell in cells(path)} == {"slide", "fragment", "skip"}
    assert kind(cells(path)[0]) == "slide"


@every_page
def test_a_lecture_has_8_to_16_slides(path):
    assert 8 <= len(slides(path)) <= 16


@every_page
def test_each_slide_has_few_words(path):
    counts = {slide[0].id: words(slide) for slide in slides(path)}
    assert {slide: n for slide, n in counts.items() if n > WORDS} == {}


@every_page
def test_each_slide_is_a_figure_an_equation_an_explorer_or_the_loop(path):
    title, *others, ask = slides(path)
    assert title[0].source.startswith("# ") and shows(title[0]) == {"question"}
    assert ask[0].source.startswith("**Ask the room:**") and "question" in shows(ask[0])
    things = {slide[0].id: set().union(*map(shows, slide)) - {"question"} for slide in others}
    assert [slide for slide, found in things.items() if not found] == []
    assert any("explorer" in found for found in things.values())


@every_page
def test_code_on_a_slide_shows_a_figure_an_explorer_or_is_the_loop(path):
    code = [cell for slide in slides(path) for cell in slide if cell.cell_type == "code"]
    assert [cell.id for cell in code if not shows(cell)] == []
    loops = [cell for cell in code if "loop" in shows(cell)]  # the one kind of code that a slide shows
    assert [cell.id for cell in loops if len(lines(cell)) > 25] == []


@every_page
def test_a_figure_comes_after_its_prediction(path):
    predictions = [slide for slide in slides(path) if any(PREDICTION in cell.source for cell in slide)]
    assert predictions
    early = [slide[0].id for slide in predictions if not shows(slide[-1]) & {"figure", "equation"}]
    early += [slide[-1].id for slide in predictions if kind(slide[-1]) != "fragment"]
    assert early == []
