"""The small parts of an explorer: a row for each control, buttons, what tells of pointing."""

import base64
import functools
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as w
from matplotlib.axes import Axes

from lifcore.figures import DRAWING
from lifcore.widgets.scene import Control

WRAP = {"display": "flex", "flex_flow": "row wrap", "align_items": "center"}
STYLE = {"description_width": "76px"}
# Two rows side by side where there is room for both, and all of the same width.
ROW = {"display": "flex", "align_items": "center", "flex": "1 1 300px", "max_width": "420px"}


def make_row(control: Control, value: Any, high: float) -> tuple[w.Widget, w.Widget | None, w.Widget]:
    """Return the widget that holds a control's value, its slider if it has one, and both in a row."""
    if control.choices:
        layout = w.Layout(width="190px")
        choice = w.Dropdown(
            options=control.choices, value=value, description=control.label, style=STYLE, layout=layout
        )
        choice.add_class(f"lif-{control.name}")
        return choice, None, w.Box([choice], layout=ROW)
    # The box carries the label: it is a text field, so that a screen reader tells its name.
    box = (w.BoundedIntText if control.grid == 1 else w.BoundedFloatText)(
        value, min=control.low, max=high, step=control.step, description=control.label, style=STYLE
    )
    box.layout.width = "160px"
    # The slider counts its stops. A number that is none of them a browser would round, and answer with the
    # rounded one: on a slow line that comes after the next preset, or while the reader drags on.
    slider = w.IntSlider(control.place(value), min=0, max=control.place(high), readout=False)
    slider.layout = w.Layout(width="160px", flex="1 1 120px", margin="0 12px 0 6px")
    slider.add_class(f"lif-{control.name}-slider")
    box.add_class(f"lif-{control.name}")
    return box, slider, w.Box([box, slider], layout=ROW)


class DataImage(w.Image):
    """An image that goes to the page as a data: URL.

    A browser shows it sooner than one that comes as bytes, which it has to keep as a blob first.
    """

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return what the page is told; here `format` and `value` stay as they are."""
        state = super().get_state(key, drop_defaults)
        if "value" in state:
            url = b"data:image/png;base64," + base64.b64encode(state["value"])
            state |= {"format": "url", "value": url}
        return state


def make_image() -> w.Image:
    """Return what shows the picture; bytes in Colab, whose page may not tell where in a buffer a URL ends."""
    kind = w.Image if "google.colab" in sys.modules else DataImage
    return kind(format="png", layout=w.Layout(height="auto"))


def make_button(text: str, kind: str, press: Callable[[Any], None]) -> w.Button:
    """Return a button that is as wide as its text."""
    button = w.Button(description=text, layout=w.Layout(width="auto"))
    button.add_class(f"lif-{kind}")
    button.on_click(press)
    return button


def make_pointer(
    axes: Sequence[Axes],
    pointed: Callable[[Axes, float, float], None],
    sharpen: Callable[[float], None],
) -> list[w.Widget]:
    """Return what tells of the reader's pointing and screen: nothing where anywidget is missing."""
    if importlib.util.find_spec("anywidget") is None:
        return []
    from lifcore.widgets.pointer import Pointer

    return [Pointer(axes, pointed, sharpen)]


def halt(play: w.Play) -> None:
    """Let a Play button stand still; ipywidgets 7 has the trait under another name."""
    setattr(play, "playing" if play.has_trait("playing") else "_playing", False)


def free_name(name: str, ending: str) -> Path:
    """Return the first of a picture's names that is free in the working directory."""
    numbered = (Path(f"lif_{name}_{i}.{ending}") for i in range(1, 10_000))
    return next(path for path in numbered if not path.exists())


def surfacing(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Let one callback run at a time; make its error visible in the explorer, and let it go on."""

    @functools.wraps(callback)
    def inner(self: Any, *args: Any, **kwargs: Any) -> Any:
        with DRAWING:
            try:
                return callback(self, *args, **kwargs)
            except Exception as error:
                self._say(f"{type(error).__name__}: {error}")
                raise

    return inner
