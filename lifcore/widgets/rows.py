"""One row of an explorer for each control: label, number box and slider."""

from typing import Any

import ipywidgets as w

from lifcore.widgets.scene import Control

WRAP = {"display": "flex", "flex_flow": "row wrap", "align_items": "center"}
STYLE = {"description_width": "76px"}
# Two rows side by side where there is room for both, and all of the same width.
ROW = {"display": "flex", "align_items": "center", "flex": "1 1 300px", "max_width": "420px"}


def make_row(control: Control, value: Any, high: float) -> tuple[w.Widget, w.Widget | None, w.Widget]:
    """Return the widget that holds a control's value, its number box if it has one, and both in a row."""
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
    slider.add_class(f"lif-{control.name}")
    box.add_class(f"lif-{control.name}-number")
    return slider, box, w.Box([box, slider], layout=ROW)
