"""What the notebooks' own tests say for the tests that hold for every notebook."""

import importlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def declared(name: str) -> dict[str, Any]:
    """Return what `tests/notebooks/test_numbers_NN.py` declares under a name, by NN, where it does."""
    stems = sorted(path.stem for path in (HERE / "notebooks").glob("test_numbers_*.py"))
    modules = {stem[-2:]: importlib.import_module(f"tests.notebooks.{stem}") for stem in stems}
    return {number: getattr(module, name) for number, module in modules.items() if hasattr(module, name)}


def united(name: str, shared: dict | set) -> Any:
    """Return a table or a set with what the notebooks' own tests add to it."""
    for more in declared(name).values():
        shared = shared | more
    return shared
