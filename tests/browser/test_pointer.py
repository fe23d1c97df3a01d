"""Dragging on an explorer's picture, with mouse and finger."""

import pytest

from lifcore.widgets.scene import Picture
from lifcore.widgets.scenes.rate import RateScene

from .lab import Page

CODE = "from lifcore.widgets import explore_rate\nexplore_rate('guess first')"


@pytest.fixture
def rate(light, opened):
    """Return a page with the rate explorer, and the explorer."""
    page = opened(light, light.write("pointer.ipynb", CODE))
    page.run_all()
    return page, page.explorers()[0]


def on_page(explorer, current, rate):
    """Return where on the page the current (nA) and the rate (Hz) are; the hidden axis ends at 300 Hz."""
    box = explorer.locator("img.lif-image").bounding_box()
    left, bottom, width, height = Picture(RateScene).scene.top.get_position().bounds
    across, up = left + width * current / 10.2, bottom + height * rate / 300
    return box["x"] + box["width"] * across, box["y"] + box["height"] * (1 - up)


def boxes(page, explorer, name, value):
    """Wait until a control's number box shows a value."""
    page.page.wait_for_function(
        "([box, value]) => Number(box.value) == value",
        arg=[explorer.locator(f".lif-{name} input").element_handle(), value],
        timeout=30_000,
    )


def test_a_fine_screen_gets_as_many_pixels(light, browser):
    context = browser.new_context(device_scale_factor=2)
    page = Page(context.new_page(), light, light.write("pointer.ipynb", CODE))
    page.run_all()
    image = page.explorers()[0].locator("img.lif-image")
    fine = "img => img.complete && img.naturalWidth == 2 * Math.round(img.getBoundingClientRect().width)"
    page.page.wait_for_function(fine, arg=image.element_handle(), timeout=30_000)
    context.close()


def test_drag_the_guess_and_reveal(rate):
    page, explorer = rate
    mouse, old = page.page.mouse, page.picture(explorer)
    for height, cursor in ((-150, ""), (100, "crosshair")):  # on V below nothing can be pointed at
        mouse.move(*on_page(explorer, 3, height))
        shown = explorer.locator("img.lif-image").evaluate("image => image.style.cursor")
        assert shown == cursor
    mouse.down()
    mouse.move(*on_page(explorer, 3, 160), steps=8)
    boxes(page, explorer, "guess_3", 160)
    mouse.move(*on_page(explorer, 6, 160), steps=8)  # on to the next guess
    boxes(page, explorer, "guess_6", 160)
    mouse.move(*on_page(explorer, 6, 800), steps=8)  # out of the picture: it stays at the edge
    boxes(page, explorer, "guess_6", 300)
    mouse.up()
    mouse.move(*on_page(explorer, 3, 40), steps=4)  # the button is up: nothing moves
    page.wait_for_new_picture(explorer, old)
    mouse.click(*on_page(explorer, 9, 220))
    boxes(page, explorer, "guess_9", 220)
    boxes(page, explorer, "guess_3", 160)
    explorer.locator(".lif-action").click()
    explorer.get_by_text("Your guesses are off by").wait_for()
    mouse.click(*on_page(explorer, 4, 100))  # with the curve in view it moves the current
    boxes(page, explorer, "current", 4)
    assert page.errors() == []


def test_by_finger(rate):
    page, explorer = rate
    touch = page.page.context.new_cdp_session(page.page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.page.evaluate(
        "document.addEventListener('touchstart', event => window.kept = event.defaultPrevented)"
    )

    def send(kind, *points):
        places = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    # A finger on the upper axes drags, one on V below scrolls the page.
    for start, keeps in ((100, True), (-150, False)):
        send("touchStart", on_page(explorer, 6, start))
        for height in range(start, start + 140, 10):
            send("touchMove", on_page(explorer, 6, height))
        send("touchEnd")
        assert page.page.evaluate("window.kept") is keeps
        boxes(page, explorer, "guess_6", 230)
