"""The scenes, one a module: what each shows, and the functions `explore_…` and `draw_…` that show it."""

import importlib
import pkgutil
from types import ModuleType


def gather() -> dict[str, ModuleType]:
    """Return every module of this folder by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
