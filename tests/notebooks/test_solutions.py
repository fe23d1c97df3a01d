"""The worked answers are right: each notebook's solutions check every exercise, and pass."""

import ast
import json
from pathlib import Path

import pytest

from lifcore.checks import exercises
from lifcore.exercises.worked import yours

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SOLVED = sorted((NOTEBOOKS / "solutions").glob("*.ipynb"))


def checked(path: Path) -> dict[str, str]:
    """Return the exercises that a notebook checks, with the saved verdicts."""
    verdicts = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for call in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "check":
                verdicts[call.args[0].value] = "".join(cell["outputs"][0]["data"]["text/plain"])
    return verdicts


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.stem)
def test_solutions_are_right(path):
    assert [v for v in checked(path).values() if not v.startswith("✓ right: ")] == []
    written = yours(path.stem[:2])  # with its solution in a fold of the lesson
    assert list(checked(path)) == [id for id in exercises(path.stem[:2]) if id not in written]


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.stem)
def test_exercises_are_saved_unanswered(path):
    verdicts = checked(NOTEBOOKS / path.name)
    assert sorted(verdicts) == sorted([*checked(path), *yours(path.stem[:2])])
    assert [v for v in verdicts.values() if not v.startswith("○ not yet answered: ")] == []


def test_every_exercise_has_a_notebook():
    assert {id[:2] for id in exercises()} == {path.stem[:2] for path in SOLVED}
