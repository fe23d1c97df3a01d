"""The small parts of an explorer: a row for each control, and buttons."""

from collections.abc import Callable
from typing import Any

import ipywidgets as w

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
    whole = control.grid == 1
    shared = {"value": value, "min": control.low, "max": high, "step": control.step}
    # The box carries the label: it is a text field, so that a screen reader tells its name.
    box = (w.BoundedIntText if whole else w.BoundedFloatText)(
        **shared, description=control.label, style=STYLE, layout=w.Layout(width="160px")
    )
    slide = w.Layout(width="160px", flex="1 1 120px", margin="0 12px 0 6px")
    slider = (w.IntSlider if whole else w.FloatSlider)(**shared, readout=False, layout=slide)
    slider.add_class(f"lif-{control.name}-slider")
    box.add_class(f"lif-{control.name}")
    return box, slider, w.Box([box, slider], layout=ROW)


def make_button(text: str, kind: str, press: Callable[[Any], None]) -> w.Button:
    """Return a button that is as wide as its text."""
    button = w.Button(description=text, layout=w.Layout(width="auto"))
    button.add_class(f"lif-{kind}")
    button.on_click(press)
    return button
