"""The loop that a notebook builds and the module's loop use the same names."""

import ast
import builtins
from pathlib import Path

import pytest

from tests.notebooks.pages import ALL, ROOT, cells, name

# What a notebook's loop may name beyond the module's: its exercise's inputs, one weight for the kernel.
ALLOWED = {
    "02_spike": {"input_samples", "w", "n"},
    "09_grid": {"w", "k", "count_neighbors", "n_delay"},
    "10_waves": {"w", "k", "count_neighbors", "n", "get", "full"},
}
MUST = {
    "01_membrane": {"v", "v_inf", "v_infs", "decay", "v_out"},
    "02_spike": {"v", "v_reset", "decay", "n_ref", "hold", "spikes", "k", "v_out"},
    "03_rate": {"v", "th", "v_inf", "v_infs", "decay", "v_reset", "n_ref", "hold", "spikes", "k", "v_out"},
    "04_time_step": {"v", "v_inf", "th", "v_reset", "decay", "n_ref", "hold", "spikes", "k", "v_out"},
    "08_adaptive_threshold": {"v", "th", "v_th", "decay_th", "th_jump", "hold", "spikes", "th_out"},
    "09_grid": {"v", "th", "v_inf", "v_reset", "decay", "decay_th", "n_ref", "fired", "th_jump"},
    "10_waves": {"v", "v_inf", "v_th", "v_reset", "decay", "n_ref", "hold", "fired", "k"},
}


def names(tree: ast.AST) -> set[str]:
    """Return every name that code uses, attributes and arguments too, without their leading _."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return {word.lstrip("_") for word in found}


def definition(module: str, what: str) -> ast.AST:
    """Return the function or class `what` of a module."""
    tree = ast.parse((ROOT / "lifcore" / f"{module}.py").read_text("utf-8"))
    return next(node for node in tree.body if getattr(node, "name", None) == what)


def module_names(stem: str) -> set[str]:
    """Return the names of the module's loop that a notebook mirrors."""
    if stem in ("09_grid", "10_waves"):
        parts = (
            ("grid", "Grid"),
            ("sheet/dense", "Dense"),
            ("sheet/constants", "Sheet"),
            ("sheet/coupling", "Coupling"),
        )
        return set().union(*(names(definition(*part)) for part in parts))
    return names(definition("lif1d", "integrate"))


def loops() -> list[tuple[Path, ast.Module]]:
    """Return every cell tagged loop, with its notebook."""
    tagged = [(p, cell) for p in ALL for cell in cells(p, "code") if "loop" in cell.metadata.get("tags", [])]
    return [(path, ast.parse(cell.source)) for path, cell in tagged]


@pytest.mark.parametrize(("path", "loop"), [pytest.param(*pair, id=name(pair[0])) for pair in loops()])
def test_same_names(path, loop):
    used = names(loop) - set(dir(builtins))
    methods = {"append", "copy", "count", "extend"}  # of lists and arrays
    assert used - methods - module_names(path.stem) - ALLOWED.get(path.stem, set()) == set()
    assert MUST.get(path.stem, set()) - used == set()


def test_the_two_models_have_a_loop():
    stems = {path.stem for path, _ in loops()}
    assert {"02_spike", "09_grid"} <= stems
