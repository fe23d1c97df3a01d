"""No link is dead: what a page links to or shows is there; on other machines are only the licenses."""

import json
import re

import pytest

from tests.notebooks.pages import ALL, NOTEBOOKS, ROOT, anchors, targets
from tools import publish

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(NOTEBOOKS.glob("*.md")), *ALL]
TEXTS = ["LICENSE", "CONTRIBUTING.md", "notebooks/glossary.md", "notebooks/instructors.md"]
LICENSES = {
    "https://creativecommons.org/licenses/by/4.0/deed.en",
    "https://creativecommons.org/licenses/by/4.0/legalcode.en",
}
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


def text_of(path):
    """Return the markdown text of a page; of a notebook, of its cells."""
    text = path.read_text("utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def places(path):
    """Return the places of a page that a link can name, in a notebook as GitHub or as JupyterLab has them."""
    text = text_of(path)
    heads = re.findall(r"^#+\s+(.*)$", text, re.MULTILINE) if path.suffix == ".ipynb" else []
    return anchors(text) | {head.replace(" ", "-") for head in heads}


def dead(path, text):
    """Return the links and pictures of a page's text that lead nowhere in this folder."""
    found = []
    for target in targets(text):
        if re.match(r"[a-z]+:", target):  # elsewhere
            continue
        file, _, place = target.partition("#")
        other = (path.parent / file).resolve() if file else path
        if not other.exists() or (place and place not in places(other)):
            found.append(target)
    return found


@every_page
def test_links_lead_somewhere(path):
    assert dead(path, text_of(path)) == []


@pytest.mark.parametrize(
    "link",
    [
        "[x](no.md)",
        "![x](../images/no.svg)",
        "[x](#no)",
        "[x](glossary.md#no)",
        "[x](02_spike.ipynb#no)",
        '<a href="no.md">x</a>',
        "[![x](../images/no.svg)](glossary.md)",
    ],
)
def test_a_dead_link_is_found(link):
    page = NOTEBOOKS / "00_start_here.ipynb"
    alive = "[a](glossary.md#spike) [b](02_spike.ipynb#Leak) ![c](../images/circuit.svg) [d](solutions)"
    assert dead(page, alive) == []
    assert len(dead(page, f"{alive} {link}")) == 1


def test_links_to_other_machines():
    texts = {name: (ROOT / name).read_text("utf-8") for name in TEXTS}
    # with an address there are more, which tests/contract/test_publish.py knows
    texts |= {name: publish.rewrite(ROOT, name, None) for name in publish.places(ROOT)}
    found = {link for text in texts.values() for link in re.findall(r"\bhttps?://[^\s)\"'>\\]+", text)}
    assert found == LICENSES
