"""The functions that a scene brings: `explore_…` opens it, `draw_…` draws it without widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from matplotlib.figure import Figure

from lifcore.widgets.draw import side_by_side
from lifcore.widgets.scene import Scene

if TYPE_CHECKING:
    from lifcore.widgets.frame import Explorer

ARGUMENTS = """

Parameters
----------
preset
    Where to begin: a name out of ``.presets``; None: the first.
scale
    How much larger than usual the picture is, for a projector.

Returns
-------
Explorer
"""

Named = TypeVar("Named", bound=Callable[..., Any])


class Explore(Protocol):
    """A function that opens a scene."""

    def __call__(self, preset: str | None = None, scale: float = 1.0) -> "Explorer":
        """Open the scene at a preset."""


class Draw(Protocol):
    """A function that draws a scene at some of its presets."""

    def __call__(self, *presets: str) -> Figure:
        """Draw the scene at each of the presets."""


def explorer(scene: type[Scene], says: str, name: str = "") -> Explore:
    """Return the function that opens a scene.

    Parameters
    ----------
    scene
        What it shows.
    says
        What the reader explores with it, in a line: the beginning of its docstring.
    name
        What it is called, if not ``explore_`` and the scene's name.
    """

    def explore(preset: str | None = None, scale: float = 1.0) -> "Explorer":
        from lifcore.widgets.frame import Explorer  # and with it ipywidgets, which a picture doesn't need

        return Explorer(scene, preset, scale)

    return named(explore, name or f"explore_{scene.name}", scene, says + ARGUMENTS)


def drawing(scene: type[Scene], way: Callable[[type[Scene], tuple[str, ...]], Figure] = side_by_side) -> Draw:
    """Return the function that draws a scene, in one of the ways of `lifcore.widgets.draw`."""

    def draw(*presets: str) -> Figure:
        return way(scene, presets or (next(iter(scene.presets)),))

    says = f"Return the picture of the scene {scene.name!r} at each of the presets; none: at the first."
    return named(draw, f"draw_{scene.name}", scene, says)


def named(function: Named, name: str, scene: type[Scene], says: str) -> Named:
    """Give a function the name, the module and the docstring that it would have if it stood by its scene."""
    function.__name__ = function.__qualname__ = name
    function.__module__, function.__doc__ = scene.__module__, says
    return function
