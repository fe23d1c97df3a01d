"""What the tests of plots and explorers share."""

import io
import itertools

import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets.widgets.widget import CallbackDispatcher
from PIL import Image

from lifcore import widgets
from lifcore.figures import STYLE
from tests.scenes import MAKERS


@pytest.fixture(autouse=True)
def _nothing_swallowed(monkeypatch):
    """Let an error in a button's callback reach the test; ipywidgets would only log it."""

    def call(self, *args, **kwargs):
        for callback in self.callbacks:
            callback(*args, **kwargs)

    monkeypatch.setattr(CallbackDispatcher, "__call__", call)


@pytest.fixture(autouse=True)
def _no_figures_left():
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def made():
    """Return the explorers by name, made once."""
    return {}


@pytest.fixture(params=MAKERS)
def explorer(request, made):
    """Return one explorer after the other, each at its first preset."""
    return reset(made, request.param)


def fixture_of(name):
    """Return a fixture that is one of the explorers at its first preset."""
    return pytest.fixture(lambda made: reset(made, name), name=name)


spike, membrane, debug, grid, waves = map(fixture_of, ("spike", "membrane", "debug", "grid", "waves"))


def reset(made, name):
    if name not in made:
        made[name] = MAKERS[name]()
    press(made[name], "Reset")
    return made[name]


def inside(widget):
    """Return a widget and all that it holds."""
    return [widget, *itertools.chain(*map(inside, getattr(widget, "children", ())))]


def press(explorer, text):
    """Press the button with this text."""
    buttons = [w for w in inside(explorer.box) if isinstance(w, ipywidgets.Button)]
    next(button for button in buttons if button.description == text).click()


def pixels(png):
    """Return the colors of a PNG, (height, width, 3)."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def redrawn(explorer):
    """Return the pixels of the figure when matplotlib draws all of it at once."""
    png = io.BytesIO()
    with mpl.rc_context(STYLE):
        explorer.figure.savefig(png, dpi=explorer.figure.dpi)
    return pixels(png.getvalue())


def ends(explorer, name):
    """Return the lowest and the highest value of a control."""
    widget = explorer.controls[name]
    if hasattr(widget, "options"):
        return widget.options[0][1], widget.options[-1][1]
    return widget.min, widget.max


class Page:
    """What a page does: it sends messages and hears the answers, by the widget's own way."""

    def __init__(self, explorer, sent):
        self.explorer, self.sent = explorer, sent

    def send(self, **content):
        """Send a message; return what has come back, the content and the maps of its frames."""
        del self.sent[:]
        self.explorer.image._handle_custom_msg(content, [])
        return self.answer()

    def answer(self):
        """Return the last message of the kernel: the content, and an array for each map of each frame."""
        ((content, buffers),) = self.sent[-1:]
        side, count = content["side"], len(content.get("maps", []))
        maps = buffers[: len(buffers) - count]
        return content, [np.frombuffer(shades, np.uint8).reshape(side, side) for shades in maps]

    def map(self):
        """Return the map that the page shows."""
        return self.send(kind="hello")[1][0]


@pytest.fixture
def page(monkeypatch):
    from lifcore.widgets import live

    sent = []

    def send(self, message, buffers=None):
        if message["method"] == "custom":
            sent.append((message["content"], list(buffers or [])))

    monkeypatch.setattr(live.LiveCanvas, "_send", send)
    return Page(widgets.explore_grid(live=True), sent)
