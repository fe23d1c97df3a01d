"""A right function with one thing changed is wrong, and `check` never calls it right."""

import ast
import copy
import inspect
import textwrap

import pytest

from lifcore.checks import exercises, judged
from lifcore.exercises import guard
from lifcore.exercises.functions import Function
from lifcore.exercises.guard import Screen
from tests.contract.test_checks import MODULES

OTHER = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
OPPOSITE = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
# Exercise -> a right function of plain Python, and what may be changed in it without a difference, with why.
PLAIN = {id: found for module in MODULES for id, found in getattr(module, "PLAIN", {}).items()}


def changes(tree):
    """Yield trees with one comparison, operator, constant or use of an argument changed."""
    function = tree.body[0]
    arguments = [argument.arg for argument in function.args.args]
    for i, node in enumerate(ast.walk(function)):
        for change in possible(node, arguments):
            new = copy.deepcopy(tree)
            change(list(ast.walk(new.body[0]))[i])
            yield ast.unparse(ast.fix_missing_locations(new))


def possible(node, arguments):
    """Return what can be changed at one place."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        return [lambda n: setattr(n, "ops", [OTHER[type(n.ops[0])]()])]
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPPOSITE:
        return [lambda n: setattr(n, "op", OPPOSITE[type(n.op)]())]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return [lambda n: setattr(n, "value", n.value + 1), lambda n: setattr(n, "value", n.value - 1)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return [lambda n: setattr(n, "op", ast.UAdd())]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in arguments:
        others = [name for name in arguments if name != node.id]
        return [lambda n, name=name: setattr(n, "id", name) for name in others]
    return []


def wrong_functions(source):
    """Return sources of wrong functions, made of a right one's, and that in the same form."""
    old = ast.unparse(ast.parse(textwrap.dedent(source)))
    return [new for new in dict.fromkeys(changes(ast.parse(old))) if new != old], old


def made(source, names):
    """Return the function of a source."""
    names = dict(names)
    exec(source, names)
    return names[ast.parse(source).body[0].name]


def difference(new, old):
    """Return the one line in which two sources differ."""
    return next(a.strip() for a, b in zip(new.splitlines(), old.splitlines(), strict=True) if a != b)


def test_every_function_exercise_has_a_plain_right_function():
    asked = {id for id, exercise in exercises().items() if isinstance(exercise, Function)}
    assert asked == set(PLAIN)


@pytest.mark.parametrize("id", PLAIN)
def test_no_wrong_function_is_right(id, monkeypatch):
    monkeypatch.setattr(guard, "LIMIT", 5.0)
    plain, equal = PLAIN[id]
    source, names = (plain, {}) if isinstance(plain, str) else (inspect.getsource(plain), plain.__globals__)
    sources, old = wrong_functions(source)
    assert judged(id, made(old, names), Screen()).state == "right"
    right = [new for new in sources if judged(id, made(new, names), Screen()).state == "right"]
    assert len(sources) > 5
    assert sorted(difference(new, old) for new in right) == sorted(equal), f"{id}: of {len(sources)}"
