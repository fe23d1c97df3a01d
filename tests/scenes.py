"""The scenes and their functions, found by module as `lifcore.widgets` finds them."""

import functools
import inspect

from lifcore.widgets import VERBS
from lifcore.widgets.scene import Scene
from lifcore.widgets.scenes import gather

MODULES = gather()


def scene_in(module):
    """Return the scene that a module is about; others in it are forms of that one."""
    kinds = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Scene)]
    (scene,) = (kind for kind in kinds if kind.__module__ == module.__name__ and "name" in vars(kind))
    return scene


def functions_in(module):
    """Return the functions that show a module's scene, by name."""
    return {name: thing for name, thing in vars(module).items() if name.startswith(VERBS)}


def maker_in(module):
    """Return the function that opens a module's scene, as a picture that stands still."""
    (make,) = (thing for name, thing in functions_in(module).items() if not name.startswith("draw_"))
    return functools.partial(make, live=False) if "live" in inspect.signature(make).parameters else make


SCENES = {name: scene_in(module) for name, module in MODULES.items()}
MAKERS = {name: maker_in(module) for name, module in MODULES.items()}
DRAWS = {
    n: f for module in MODULES.values() for n, f in functions_in(module).items() if n.startswith("draw_")
}
