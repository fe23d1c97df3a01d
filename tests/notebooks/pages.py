"""The notebooks as the tests of this folder see them."""

import json
import re
from pathlib import Path

import nbformat

from tools.notebook_words import LINK, anchor

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
MAIN = sorted(NOTEBOOKS.glob("*.ipynb"))
ALL = MAIN + sorted(NOTEBOOKS.glob("solutions/*.ipynb"))
INSTRUCTORS = (NOTEBOOKS / "instructors.md").read_text("utf-8")
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven"]


def name(path: Path) -> str:
    """Return a short name for a notebook, to tell tests apart."""
    return path.relative_to(NOTEBOOKS).as_posix()


def cells(path: Path, kind: str | None = None) -> list:
    """Return the cells of a notebook, or those that are "code" or "markdown"."""
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


def outputs(path: Path) -> list:
    """Return (cell id, output) for every output of a notebook."""
    return [(cell.id, out) for cell in cells(path, "code") for out in cell.outputs]


def lines(cell) -> list[str]:
    """Return the lines of code of a cell, without blank ones and those that are a comment only."""
    return [line for line in cell.source.splitlines() if line.strip() and not line.strip().startswith("#")]


def targets(text: str) -> list[str]:
    """Return what a markdown text links to or shows."""
    text = re.sub(r"```.*?```|`[^`]*`", " ", text, flags=re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)", text) + re.findall(r"(?:href|src)=\"([^\"]+)\"", text)


def anchors(text: str) -> set[str]:
    """Return the places of a markdown text that a link can lead to: headings and elements with an id."""
    headings = re.findall(r"^#+\s+(.*)$", text, re.MULTILINE)
    return {anchor(heading) for heading in headings} | set(re.findall(r"(?:id|name)=\"([^\"]+)\"", text))


def says(notebook: str, sentence: str) -> bool:
    """Tell whether the prose of a notebook holds a sentence, links to the glossary or not."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return sentence in re.sub(r"\[([^\]]*)" + LINK.pattern, r"\1", text)


def shows(notebook: str, text: str) -> bool:
    """Tell whether some saved text output of a notebook holds a text."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [o for c in cells if c["cell_type"] == "code" for o in c["outputs"]]
    return any(text in "".join(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in outputs)
