"""Lectures in a real JupyterLab: as `start.py slides` opens it, page by page, on a projector's screen."""

import pytest

from tests.browser import conftest
from tests.browser.lab import ROOT, SHOTS, Lab
from tests.notebooks.pages import MAIN
from tests.notebooks.test_slides import slides
from tools.setup_lab import prepare_deck

browser, context, opened = conftest.browser, conftest.context, conftest.opened
SCREEN = {"width": 1280, "height": 720}
PARTS = ":is(h1, h2, p, li, img, canvas, pre, mjx-container, button, input, .lif-outcome)"
# What stands beyond the screen, where nobody in the room sees it.
TOO_LARGE = f"""() => {{
    const cells = [...document.querySelectorAll('.jp-deck-mod-visible')];
    const parts = cells.flatMap(cell => [cell, ...cell.querySelectorAll('{PARTS}')]);
    const boxes = parts.map(part => [part, part.getBoundingClientRect()]).filter(([_, box]) => box.width);
    const beyond = boxes.filter(([_, box]) =>
        box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth);
    return beyond.map(([part, box]) => [part.className || part.tagName, box.right, box.bottom].join(' '));
}}"""


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    home = tmp_path_factory.mktemp("slides")
    lab = Lab(home, ROOT / "notebooks", ROOT / "images", options=prepare_deck(home / "config"))
    yield lab
    lab.close()


class Deck:
    """A notebook that is presented: every cell has run."""

    def __init__(self, opened, lab, name: str) -> None:
        self.notebook = opened(lab, name)
        self.page = self.notebook.page
        self.page.set_viewport_size(SCREEN)
        self.page.keyboard.press("F9")
        self.page.wait_for_function("document.body.dataset.jpDeckMode == 'presenting'", timeout=120_000)
        self.settle()

    def settle(self) -> None:
        """Wait until what is on the screen has been drawn."""
        self.page.wait_for_timeout(150)

    def turn(self, key: str = "ArrowRight") -> None:
        self.page.keyboard.press(key)
        self.settle()

    def visible(self) -> list[str]:
        """Return the ids of the cells that can be seen."""
        return self.page.evaluate(
            "jupyterapp.shell.currentWidget.content.widgets"
            ".filter(w => w.node.classList.contains('jp-deck-mod-visible')).map(w => w.model.id)"
        )


@pytest.mark.parametrize("path", MAIN, ids=lambda path: path.stem)
def test_every_page_fits_the_screen(opened, lab, path):
    deck = Deck(opened, lab, path.name)
    SHOTS.mkdir(exist_ok=True)
    seen, large = [], {}
    for number, slide in enumerate(slides(path), 1):
        for k in range(len(slide)):
            seen.append((deck.visible(), [cell.id for cell in slide[: k + 1]]))
            if k + 1 < len(slide):
                deck.turn()
        large[slide[0].id] = deck.page.evaluate(TOO_LARGE)
        deck.page.screenshot(path=SHOTS / f"slides_{path.stem}_{number:02d}.png")
        deck.turn()
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert {slide: what for slide, what in large.items() if what} == {}
    assert deck.notebook.errors() == []


def test_an_explorer_lives_on_its_slide(opened, lab):
    deck = Deck(opened, lab, "02_spike.ipynb")
    page, notebook = deck.page, deck.notebook
    while deck.visible() != ["02-explorer"]:
        deck.turn("PageDown")
    explorer = page.locator(".jp-deck-mod-visible .lif-explorer")
    old = notebook.picture(explorer)
    handle = explorer.locator(".noUi-handle").first.bounding_box()  # of τ
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()
    notebook.wait_for_new_picture(explorer, old)
    assert deck.visible() == ["02-explorer"]
    page.screenshot(path=SHOTS / "slides_02_spike_moved.png")
    explorer.locator(".lif-outcome").click()  # from now on the keys are the deck's again
    deck.turn("PageUp")
    assert deck.visible() == ["02-train-predict", "02-train"]
    page.keyboard.press("Escape")
    page.wait_for_function("document.body.dataset.jpDeckMode === undefined")
    page.locator(".jp-InputArea-editor:visible").first.wait_for()  # the code is back
