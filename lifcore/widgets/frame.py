"""The frame of every explorer: a picture, its controls, presets and buttons."""

import base64
import functools
import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as w

from lifcore.figures import SHOWN
from lifcore.neuron import number
from lifcore.widgets.rows import WRAP, make_row
from lifcore.widgets.scene import Control, Picture, Scene, Values, fast_png


def surfacing(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Make an error in a callback visible in the explorer, and let it go on."""

    @functools.wraps(callback)
    def inner(self: "Explorer", *args: Any) -> Any:
        try:
            return callback(self, *args)
        except Exception as error:
            self._say(f"{type(error).__name__}: {error}")
            raise

    return inner


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

    Attributes
    ----------
    controls : dict
        Name to widget.
    figure : matplotlib.figure.Figure
    image : ipywidgets.Image
    run
        The last result.
    presets : dict
        Name to the values that it sets.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, scene: type[Scene], preset: str | None = None, scale: float = 1.0) -> None:
        scale = number("scale", scale, above=0.0)
        self._picture = Picture(scene, scale)
        self.scene, self.figure = self._picture.scene, self._picture.figure
        self.presets = self.scene.presets
        self._start = next(iter(self.presets)) if preset is None else preset
        values = self.scene.preset(self._start)

        width = f"{SHOWN * scene.size[0] * scale:g}px"
        self.image = w.Image(format="png", layout=w.Layout(width=width, max_width="100%", height="auto"))
        self.outcome, self.panel = w.HTML(), w.HTML(layout=w.Layout(max_width="100%", min_width="0"))
        self.controls: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        self._busy = True  # no drawing while several controls are being set
        rows = [self._row(control, values[control.name]) for control in scene.controls]
        self._preset_buttons = {
            name: self._button(name, "preset", self._press_preset) for name in self.presets
        }
        actions = [self._button(name, "action", self._press_action) for name in scene.actions]
        reset = self._button("Reset", "reset", self._press_reset)
        save = self._button("Save PNG", "save", self._press_save)
        if scene.clock:
            actions = [self._play(scene.clock), *actions]
        parts = {
            "presets": w.Box([w.Label("Presets:"), *self._preset_buttons.values()], layout=w.Layout(**WRAP)),
            "view": w.Box([self.panel, self.image], layout=w.Layout(**WRAP, grid_gap="0 16px")),
            "outcome": self.outcome,
            "actions": w.Box([*actions, reset, save], layout=w.Layout(**WRAP)),
            "controls": w.Box(rows, layout=w.Layout(**WRAP, grid_gap="0 24px")),
        }
        self.image.add_class("lif-image")
        for name, part in parts.items():
            part.add_class(f"lif-{name}")
        self.box = w.VBox(list(parts.values()), layout=w.Layout(width="100%", overflow="hidden"))
        self.box.add_class("lif-explorer")
        self.box.add_class(f"lif-{scene.name}")
        self._apply(values, self._start)

    # The parts

    def _row(self, control: Control, value: Any) -> w.Widget:
        """Make and watch the widgets of one control; return the row that holds them."""
        widget, box, row = make_row(control, value, self.scene.high(control))
        self.controls[control.name] = widget
        widget.observe(functools.partial(self._moved, control), "value")
        if box is not None:
            self._numbers[control.name] = box
            box.observe(functools.partial(self._typed, widget), "value")
        return row

    def _button(self, text: str, kind: str, press: Callable[[Any], None]) -> w.Button:
        button = w.Button(description=text, layout=w.Layout(width="auto"))
        button.add_class(f"lif-{kind}")
        button.on_click(press)
        return button

    def _play(self, clock: str) -> w.Play:
        """Return the button that lets the control `clock` run."""
        slider = self.controls[clock]
        frames = round(slider.max / slider.step)
        now = round(slider.value / slider.step)
        self.play = w.Play(min=0, max=frames, value=now, interval=self.scene.interval)
        self.play.add_class("lif-play")
        self.play.observe(lambda change: setattr(slider, "value", change.new * slider.step), "value")
        slider.observe(lambda change: setattr(self.play, "value", round(change.new / slider.step)), "value")
        return self.play

    # What happens

    @surfacing
    def _typed(self, slider: w.Widget, change: Any) -> None:
        slider.value = change.new

    @surfacing
    def _moved(self, control: Control, change: Any) -> None:
        value = control.nearest(change.new)
        if value != change.new:
            self.controls[control.name].value = value  # comes back here
            return
        if control.name in self._numbers:
            self._numbers[control.name].value = value
        if not self._busy:
            if control.name != self.scene.clock:
                self._mark(None)
            self._refresh()

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
    def _press_save(self, _: w.Button) -> None:
        self._say(f"Saved as {self.save()}.")

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

    def _apply(self, values: Values, preset: str | None = None) -> None:
        """Set all controls, then draw once."""
        self._busy = True
        try:
            for control in self.scene.controls:
                if not control.choices:
                    for widget in (self.controls[control.name], self._numbers[control.name]):
                        widget.max = self.scene.high(control)
                self.controls[control.name].value = values[control.name]
        finally:
            self._busy = False
        if self.scene.clock:
            clock = self.controls[self.scene.clock]
            self.play.max = round(clock.max / clock.step)
        if preset:
            self._mark(preset)
        self._refresh()

    def _mark(self, preset: str | None) -> None:
        """Show which preset the controls stand at."""
        for name, button in self._preset_buttons.items():
            button.button_style = "info" if name == preset else ""

    def _refresh(self) -> None:
        """Simulate and bring picture, outcome and panel to the result."""
        values = self.values
        self.run = self.scene.simulate(values)
        full = self.scene.update(self.run, values)
        self.image.value = fast_png(self._picture.draw(full=full))
        self.panel.value = self.scene.panel(self.run, values) or ""
        self._say(self.scene.outcome(self.run, values))

    def _say(self, sentence: str) -> None:
        """Show a sentence under the picture, where a screen reader hears of it."""
        self.sentence = sentence
        self.outcome.value = f'<div role="status" aria-live="polite"><b>{html.escape(sentence)}</b></div>'

    def save(self, path: str | Path | None = None) -> Path:
        """Write the picture as PNG; return where.

        Parameters
        ----------
        path
            Where; None: a name that is free in the working directory.
        """
        name = f"lif_{self.scene.name}"
        numbered = (Path(f"{name}_{i}.png") for i in range(1, 10_000))
        free = next(p for p in numbered if not p.exists()) if path is None else Path(path)
        free.write_bytes(self._picture.smallest_png())
        return free

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view and, for where none can be, the picture and what came out."""
        width, height = (round(SHOWN * side) for side in self.scene.size)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        png = base64.b64encode(self._picture.smallest_png()).decode()
        alt = f"{self.scene.caption} {self.scene.outcome(self.run, self.values)}"
        return (
            {"application/vnd.jupyter.widget-view+json": view, "image/png": png, "text/plain": alt},
            {"image/png": {"alt": alt, "width": width, "height": height}},
        )
