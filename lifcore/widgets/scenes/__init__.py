"""The scenes, one a module: what each shows, and the functions `explore_…` and `draw_…` that show it."""

import importlib
import pkgutil
from collections.abc import Iterable
from types import ModuleType

NAMES = sorted(found.name for found in pkgutil.iter_modules(__path__))


def gather(names: Iterable[str] = NAMES) -> dict[str, ModuleType]:
    """Return modules of this folder by name, all unless told which."""
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
