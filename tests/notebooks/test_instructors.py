"""The instructors' page: its plans add up, what it names is there."""

import ast
import re

import pytest

from tests.notebooks.pages import INSTRUCTORS, MAIN, ROOT, cells, name
from tests.scenes import MODULES, SCENES, functions_in
from tools.notebook_words import LINK

every_page = pytest.mark.parametrize("path", MAIN, ids=name)


def part(path, title: str = "") -> str:
    """Return what the page says of a notebook, or the part of it under a title."""
    number = path.name[:2]
    section = re.search(rf"^## {number} .*?(?=^## |\Z)", INSTRUCTORS, re.MULTILINE | re.DOTALL)
    assert section, f"instructors.md has no section of {path.name}"
    if not title:
        return section[0]
    return re.search(rf"^### {number} {title}\n(.*?)(?=^### |\Z)", section[0], re.MULTILINE | re.DOTALL)[1]


def minutes(plan: str) -> list[int]:
    """Return the sum of minutes of each table of a plan."""
    tables = plan.split("| min |")[1:]
    return [sum(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE))) for table in tables]


@every_page
def test_the_plans_add_up(path):
    assert minutes(part(path, "in 50 minutes")) == [50]
    assert minutes(part(path, "in 2 × 90 minutes")) == [90, 90]


@every_page
def test_each_row_names_a_section_that_the_notebook_has(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    links = re.findall(r"\| \[([^\]]*)\]\(([^)]*)\) \|$", part(path), re.MULTILINE)
    rows = re.findall(r"^\| [^:|].*\|$", part(path), re.MULTILINE)
    assert len(links) == len([row for row in rows if not row.startswith(("| min |", "| they think |"))])
    named = {(head, f"{path.name}#{head.replace(' ', '-')}") for head in heads} | {("top", path.name)}
    assert set(links) - named == set()
    taught = [head for head in heads if head not in ("The model", "The course", "The bridge", "Halfway")]
    assert set(taught) <= {head for head, _ in links}


def scenes_of(path) -> list:
    """Return the scenes that a notebook opens."""
    used = set()
    for cell in cells(path, "code"):
        used |= {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
    return [SCENES[name] for name, module in MODULES.items() if used & functions_in(module).keys()]


@every_page
def test_the_presets_that_it_names_exist(path):
    presets = {preset for scene in scenes_of(path) for preset in scene.presets}
    rows = "\n".join(re.findall(r"^\| \d+ \|.*$", part(path), re.MULTILINE))
    named = set(re.findall(r"\*\*([^*]+)\*\*", rows))
    assert named
    assert named <= presets


@every_page
def test_three_misconceptions_or_more(path):
    assert len(re.findall(r"\|$", part(path, "Misconceptions"), re.MULTILINE)) >= 2 + 3


@every_page
def test_the_question_is_the_notebook_s(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    asked = re.search(r"^\*\*Ask the room:\*\* (.*)$", text, re.MULTILINE)[1]
    question, _, answer = part(path, "Ask the room").strip().partition("\n\n")
    assert question == "> " + LINK.sub(r"](glossary.md#\1)", asked)
    assert len(answer.split()) > 20
    if "## Halfway" in text:  # a notebook whose folds hold the answers
        assert f"<details><summary>An answer</summary>\n\n{answer.strip()}\n\n</details>" in text


def test_the_page_has_these_notebooks_only_and_the_readme_leads_to_it():
    assert re.findall(r"^## (\d\d)", INSTRUCTORS, re.MULTILINE) == [path.name[:2] for path in MAIN]
    assert "notebooks/instructors.md" in (ROOT / "README.md").read_text("utf-8")
