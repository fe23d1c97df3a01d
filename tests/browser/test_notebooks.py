"""Each notebook in JupyterLab: it opens, runs, and its explorers follow the reader."""

import re

import pytest

from .lab import ROOT

COLOR_OF_OUTCOME = """explorer => getComputedStyle(explorer.querySelector('.lif-outcome [role=status]'))
    .color.match(/\\d+/g).slice(0, 3).map(Number)"""
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def run(page):
    """Run a notebook; return its explorers."""
    page.run_all()
    assert page.errors() == []
    return page.explorers()


def move(page, explorer):
    """Drag the first slider, then move it by keyboard, and see that the picture follows."""
    old = page.picture(explorer)
    page.drag(explorer.locator(".noUi-target").first)
    page.wait_for_new_picture(explorer, old)
    old = page.picture(explorer)
    explorer.locator(".noUi-handle").first.focus()
    page.page.keyboard.press("Home")
    page.wait_for_new_picture(explorer, old)


def press_presets(page, explorer):
    """Press each preset, the first last, and see that no answer of the browser undoes it."""
    old = page.picture(explorer)
    for button in explorer.locator(".lif-preset").all()[::-1]:
        button.click()
        page.wait_for_new_picture(explorer, old)
        old = page.picture(explorer)
        assert explorer.locator(".lif-preset.mod-info").all_inner_texts() == [button.inner_text()]
        assert "Error" not in explorer.locator(".lif-outcome").inner_text()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_opens_runs_and_moves(light, opened, name):
    page = opened(light, name)
    explorers = run(page)
    page.shoot("light")
    assert page.broken_pictures() == []
    page.narrow()
    page.shoot("light")
    for explorer in explorers:
        move(page, explorer)
        press_presets(page, explorer)
    assert page.errors() == []


@pytest.mark.extended
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_fits_a_narrow_screen(light, opened, name):
    page = opened(light, name, 480)
    for explorer in run(page):
        move(page, explorer)
        box, image = explorer.bounding_box(), explorer.locator("img.lif-image").bounding_box()
        assert image["width"] <= box["width"] <= 480
        assert explorer.evaluate("element => element.scrollWidth - element.clientWidth") <= 1
    page.shoot("narrow")


@pytest.mark.extended
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_dark_theme(dark, opened, name):
    page = opened(dark, name)
    for explorer in run(page):
        move(page, explorer)
        light_text = explorer.evaluate(COLOR_OF_OUTCOME)  # its text is made anew now and then
        assert min(light_text) > 150, "dark letters on a dark page"
    page.shoot("dark")
    page.narrow()
    page.shoot("dark")


@pytest.mark.extended
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_by_keyboard_alone(light, opened, name):
    page = opened(light, name)
    keyboard = page.page.keyboard
    for explorer in run(page):
        old = page.picture(explorer)
        box = explorer.locator(".lif-controls input[type=number]").first
        box.focus()
        start = box.input_value()
        box.fill(box.get_attribute("min"))
        keyboard.press("Enter")
        page.wait_for_new_picture(explorer, old)
        keyboard.press("Tab")  # from the number box to its slider
        assert page.page.evaluate("document.activeElement.className").startswith("noUi-handle")
        for key in ("End", "Home"):
            old = page.picture(explorer)
            keyboard.press(key)
            page.wait_for_new_picture(explorer, old)
        old = page.picture(explorer)
        explorer.locator(".lif-reset").focus()
        keyboard.press("Enter")
        page.wait_for_new_picture(explorer, old)
        assert box.input_value() == start


@pytest.mark.extended
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_button_answers(light, opened, name):
    page = opened(light, name)
    for explorer in run(page):
        for button in explorer.locator(".lif-action").all():
            old = page.picture(explorer)
            button.click()
            page.wait_for_new_picture(explorer, old)
        play = explorer.locator(".lif-play button").first
        if play.count():
            old = page.picture(explorer)
            play.click()
            page.wait_for_new_picture(explorer, old)
            play.click()
        for button in explorer.locator(".lif-save").all():
            button.click()
            ending = button.inner_text().split()[1].lower()
            explorer.get_by_text(re.compile(rf"Saved as lif_\w+\.{ending}")).wait_for()
    assert list(light.work.glob("notebooks/lif_*_1.png")) and list(light.work.glob("notebooks/lif_*_1.svg"))
    assert page.errors() == []
