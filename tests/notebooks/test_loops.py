"""The loop that a notebook builds and the module's loop use the same names."""

import ast
import builtins
from pathlib import Path

import pytest

from lifcore.exercises.worked import yours
from tests.notebooks.pages import ALL, MAIN, ROOT, cells, name
from tests.own import declared

# By a notebook's number: what its loop may name beyond the module's, such as its exercise's inputs; what it
# must name; and the parts of lifcore that it mirrors, where they aren't the loop of one neuron.
ALLOWED, MUST, MIRRORS = declared("LOOP_MAY_NAME"), declared("LOOP_NAMES"), declared("LOOP_MIRRORS")
WRITTEN = declared("LOOP_WRITTEN")  # by the learner, under these ids
ONE_NEURON = [("lif1d", "integrate")]


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


def module_names(number: str) -> set[str]:
    """Return the names of the module's loop that a notebook mirrors."""
    return set().union(*(names(definition(*part)) for part in MIRRORS.get(number, ONE_NEURON)))


def loops() -> list[tuple[Path, ast.Module]]:
    """Return every loop with its notebook: cells tagged loop, and what the learner writes in their place."""
    tagged = [
        (p, cell.source) for p in ALL for cell in cells(p, "code") if "loop" in cell.metadata.get("tags", [])
    ]
    written = [(p, yours(p.stem[:2])[id].ours) for p in MAIN for id in WRITTEN.get(p.stem[:2], ())]
    return [(path, ast.parse(source)) for path, source in tagged + written]


@pytest.mark.parametrize(("path", "loop"), [pytest.param(*pair, id=name(pair[0])) for pair in loops()])
def test_same_names(path, loop):
    used = names(loop) - set(dir(builtins))
    methods = {"append", "copy", "count", "extend"}  # of lists and arrays
    number = path.stem[:2]
    assert used - methods - module_names(number) - ALLOWED.get(number, set()) == set()
    assert MUST.get(number, set()) - used == set()


def test_the_two_models_have_a_loop():
    stems = {path.stem for path, _ in loops()}
    assert {"02_spike", "09_grid"} <= stems
