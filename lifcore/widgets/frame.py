"""The frame of every explorer: a picture, its controls, presets and buttons."""

import functools
import html
from pathlib import Path
from typing import Any

import ipywidgets as w
from matplotlib.axes import Axes

from lifcore.figures import SHOWN
from lifcore.given import number
from lifcore.widgets.rows import (
    WRAP,
    free_name,
    halt,
    make_button,
    make_image,
    make_pointer,
    make_row,
    surfacing,
)
from lifcore.widgets.scene import Control, Picture, Scene, Values, fast_png


class Explorer:
    """A picture that follows its controls.

    Parameters
    ----------
    scene
        What it shows.
    preset
        The preset to begin with; None: the first.
    scale
        How much larger than usual the picture is, for a projector.
    image
        What shows the picture, if not an image.

    Attributes
    ----------
    controls : dict
        Name to widget: a number box, or a list to choose from.
    sliders : dict
        Name to the slider beside a number box; its value counts the stops from 0.
    figure : matplotlib.figure.Figure
    image : ipywidgets.Image
    run : the last result
    presets : dict
        Name to the values that it sets.
    box : ipywidgets.VBox, all of it
    """

    def __init__(
        self, scene: type[Scene], preset: str | None = None, scale: float = 1.0, image: Any = None
    ) -> None:
        scale = number("scale", scale, above=0.0)
        self._picture = Picture(scene, scale)
        self.scene, self.figure = self._picture.scene, self._picture.figure
        self.presets = self.scene.presets
        self._start = next(iter(self.presets)) if preset is None else preset
        values = self.scene.preset(self._start)
        self.image = image or make_image()
        self.image.layout.width = f"{SHOWN * scene.size[0] * scale:g}px"
        self.image.layout.max_width = "100%"
        self.outcome = w.HTML()
        self.panel = w.HTML(layout=w.Layout(flex="1 1 540px", min_width="0", max_width="100%"))
        self.controls: dict[str, Any] = {}
        self.sliders: dict[str, Any] = {}
        self._busy = True  # no drawing while several controls are being set
        rows = [self._row(control, values[control.name]) for control in scene.controls]
        self._marks = {name: make_button(name, "preset", self._press_preset) for name in self.presets}
        actions = [make_button(name, "action", self._press_action) for name in scene.actions]
        actions.append(make_button("Reset", "reset", self._press_reset))
        actions += [make_button(f"Save {kind}", "save", self._press_save) for kind in ("PNG", "SVG")]
        if scene.clock:
            for button in (*self._marks.values(), *actions[:-2]):
                button.on_click(lambda _: halt(self.play))
            actions.insert(0, self._play())
        told = make_pointer(self.scene.pointable, self._pointed, self._sharpen) if image is None else []
        view = [self.image, *told]
        parts = {
            "presets": w.Box([w.Label("Presets:"), *self._marks.values()], layout=w.Layout(**WRAP)),
            "view": w.Box(view, layout=w.Layout(**WRAP, grid_gap="0 16px")),
            "outcome": self.outcome,
            "actions": w.Box(actions, layout=w.Layout(**WRAP)),
            "controls": w.Box(rows, layout=w.Layout(**WRAP, grid_gap="0 24px")),
        }
        self.image.add_class("lif-image")
        for name, part in parts.items():
            part.add_class(f"lif-{name}")
        self.box = w.VBox(list(parts.values()), layout=w.Layout(width="100%", overflow="hidden"))
        self.box.add_class("lif-explorer").add_class(f"lif-{scene.name}")
        self._apply(values, self._start)
        if self.panel.value:
            parts["view"].children = (self.panel, *view)

    def _row(self, control: Control, value: Any) -> w.Widget:
        """Make and watch the widgets of one control; return the row that holds them."""
        widget, slider, row = make_row(control, value, self.scene.high(control))
        self.controls[control.name] = widget
        widget.observe(functools.partial(self._changed, control), "value")
        if slider is not None:
            self.sliders[control.name] = slider
            slider.observe(functools.partial(self._slid, control), "value")
        return row

    def _play(self) -> w.Play:
        """Return the button that lets the scene's clock run."""
        clock = next(control for control in self.scene.controls if control.name == self.scene.clock)
        self.play = w.Play(min=0, interval=self.scene.interval)
        self.play.add_class("lif-play")
        self.play.observe(functools.partial(self._slid, clock), "value")
        return self.play

    @surfacing
    def _slid(self, control: Control, change: Any) -> None:
        box = self.controls[control.name]
        if not self._busy and change.new != control.place(box.value):
            with box.hold_sync():  # the number follows the picture: it is the picture that one waits for
                box.value = control.at(change.new)

    @surfacing
    def _changed(self, control: Control, change: Any) -> None:
        value = control.nearest(change.new)
        if value != change.new:
            self.controls[control.name].value = value  # comes back here
            return
        self._follow(control)
        if not self._busy:
            if control.name != self.scene.clock:
                self._mark(None)
                self._note = ""
            self._refresh()

    @surfacing
    def _pointed(self, axes: Axes, x: float, y: float) -> None:
        wanted = self.scene.pointed(axes, x, y, self.values)
        controls = [control for control in self.scene.controls if control.name in wanted]
        stops = {c.name: c.stop(wanted[c.name], self.scene.high(c)) for c in controls}
        if self.values | stops != self.values:
            self.set(**stops)

    @surfacing
    def _sharpen(self, ratio: float) -> None:
        self.image.value = fast_png(self._picture.sharpen(ratio))

    def _follow(self, control: Control) -> None:
        """Bring slider and Play button to a control's value."""
        if control.name in self.sliders:
            self.sliders[control.name].value = control.place(self.controls[control.name].value)
        if control.name == self.scene.clock:
            self.play.value = control.place(self.controls[control.name].value)

    @surfacing
    def _press_preset(self, button: w.Button) -> None:
        self._apply(self.scene.preset(button.description), button.description)

    @surfacing
    def _press_action(self, button: w.Button) -> None:
        self._apply(self.scene.act(button.description, self.values))

    @surfacing
    def _press_reset(self, _: w.Button) -> None:
        self._apply(self.scene.preset(self._start), self._start)

    @surfacing
    def _press_save(self, button: w.Button) -> None:
        ending = button.description.split()[1].lower()
        self._note = f" Saved as {self.save(free_name(self.scene.name, ending))}."
        self._say(self.scene.outcome(self.run, self.values) + self._note)

    @property
    def values(self) -> Values:
        """What every control stands at."""
        return {name: widget.value for name, widget in self.controls.items()}

    def set(self, **values: Any) -> None:
        """Set controls by name, as moving them would.

        Raises
        ------
        TypeError
            If there is no control of a name, or a value is not a number where one belongs.
        ValueError
            If a value is outside its range.
        """
        for name, value in values.items():
            if name not in self.controls:
                raise TypeError(f"{name!r} is no control here; take one of {', '.join(self.controls)}")
            control = next(c for c in self.scene.controls if c.name == name)
            control.check(value, self.scene.high(control))
        self._apply(self.values | values)

    @surfacing
    def _apply(self, values: Values, preset: str | None = None) -> None:
        """Set all controls, then draw once."""
        old, clock, self._busy, self._note = self.values, {self.scene.clock: None}, True, ""
        try:
            for control in self.scene.controls:
                high = self.scene.high(control)
                if control.name in self.sliders:
                    self.controls[control.name].max = high
                    self.sliders[control.name].max = control.place(high)
                if control.name == self.scene.clock:
                    self.play.max = control.place(high)
                self.controls[control.name].value = values[control.name]
                self._follow(control)
        finally:
            self._busy = False
        if preset or self.values | clock != old | clock:
            self._mark(preset)
        self._refresh()

    def _mark(self, preset: str | None) -> None:
        """Show which preset the controls stand at."""
        for name, button in self._marks.items():
            button.button_style = "info" if name == preset else ""

    def _refresh(self) -> None:
        """Simulate and bring picture, outcome and panel to the result."""
        values = self.values
        self.run = self.scene.simulate(values)
        full = self.scene.update(self.run, values)
        self.image.value = fast_png(self._picture.draw(full=full))
        self.panel.value = self.scene.panel(self.run, values) or ""
        # The note stays while the clock runs: a last tick may come after the button was pressed.
        self._say(self.scene.outcome(self.run, values) + self._note)

    def _say(self, sentence: str) -> None:
        """Show a sentence under the picture, where a screen reader hears of it."""
        self.sentence = sentence
        self.outcome.value = f'<div role="status" aria-live="polite"><b>{html.escape(sentence)}</b></div>'

    def save(self, path: str | Path | None = None) -> Path:
        """Write the picture to a file; return where.

        Parameters
        ----------
        path
            It ends in .png or .svg; None: a PNG with a name that is free in the working directory.
        """
        path = free_name(self.scene.name, "png") if path is None else Path(path)
        self._picture.save(path)
        return path

    @surfacing
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view and, for where none can be, the picture and what came out."""
        return self._picture.bundle(self.box.model_id, self.run, self.values)
