"""What each place that names the course's address says under it."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from tools import whole

GITHUB = "https://github.com/"
FIRST = "notebooks/00_start_here.ipynb"

LEARN = "learn"  # the branch that Colab opens: lessons without outputs, see publish_learn


class Address(NamedTuple):
    """A repository on GitHub; the branch "" stands for main."""

    owner: str
    name: str
    branch: str = ""

    @property
    def repository(self) -> str:
        """Return the address of the repository."""
        return f"{GITHUB}{self.owner}/{self.name}"

    @property
    def url(self) -> str:
        """Return the address that pyproject.toml keeps, from which all others follow."""
        return self.repository + (f"/tree/{self.branch}" if self.branch else "")


def read(root: Path, name: str) -> str:
    """Return the text of one place's file."""
    try:
        return (root / name).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise ValueError(f"it can't be read ({error}): take it back, as by git checkout") from None


def parse_project(text: str) -> dict[str, Any]:
    """Return the table of the project in the text of pyproject.toml."""
    try:
        return tomllib.loads(text)["project"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"it isn't whole ({error}): take it back, as by git checkout") from None


def at_line(text: str, line: str, before: str = "", after: str = "") -> str:
    """Return a text with more before and after its one line that fits a pattern."""
    text, found = re.subn(rf"^{line}\n", lambda hit: before + hit[0] + after, text, flags=re.MULTILINE)
    if found != 1:
        raise ValueError(f"it must have one line that fits {line}; it has {found}")
    return text


def in_project(text: str, address: Address | None) -> str:
    """Return pyproject.toml with this address."""
    parse_project(text)
    text = re.sub(r'^\[project\.urls\]\nRepository = ".*"\n\n', "", text, flags=re.MULTILINE)
    if "[project.urls]" in text:
        raise ValueError("its table [project.urls] must be left to this tool; take it out")
    table = f'[project.urls]\nRepository = "{address.url}"\n\n' if address else ""
    return at_line(text, r"\[project\.optional-dependencies\]", before=table)


def in_citation(text: str, address: Address | None) -> str:
    """Return CITATION.cff with this address."""
    text = re.sub(r"^repository-code: .*\n", "", text, flags=re.MULTILINE)
    return at_line(text, "version: .*", after=f'repository-code: "{address.repository}"\n' if address else "")


def badges(address: Address, notebook: str, images: str) -> str:
    """Return the line of badges that open a lesson without outputs; `images` leads to the pictures."""
    home, branch = f"{address.owner}/{address.name}", address.branch or "main"
    site = f"https://{address.owner.lower()}.github.io/{address.name}"
    copy = quote("work/" + notebook.removeprefix("notebooks/"), safe="")  # without outputs, see postBuild
    places = {
        "Colab": f"https://colab.research.google.com/github/{home}/blob/{LEARN}/{notebook}",
        "Binder": f"https://mybinder.org/v2/gh/{home}/{quote(branch, safe='')}?labpath={copy}",
        "your browser": f"{site}/lab/index.html?path={notebook}",
    }
    pictures = {place: f"{images}/open_{place.split()[-1].lower()}.svg" for place in places}
    return " ".join(f"[![Open in {place}]({pictures[place]})]({url})" for place, url in places.items())


def under_title(text: str, address: Address | None, notebook: str, images: str) -> str:
    """Return a text that begins with its title, with the badges for this address under it."""
    found = re.fullmatch(r"(# .*\n\n)(?:\[!\[Open in .*\n\n)?((?s:.*))", text)
    if not found:
        raise ValueError("it doesn't begin with its title and an empty line")
    return found[1] + (badges(address, notebook, images) + "\n\n" if address else "") + found[2]


def in_notebook(text: str, address: Address | None, name: str) -> str:
    """Return a notebook's file with this address; outputs and all other cells stay as they are."""
    book = whole.parse_notebook(text)
    if not book["cells"]:
        raise ValueError("it doesn't begin with its title, it has no cells")
    first, images = book["cells"][0], "../" * name.count("/") + "images"
    title = under_title("".join(first["source"]), address, name, images)
    first["source"] = title.splitlines(keepends=True)
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def rewrite(root: Path, name: str, address: Address | None) -> str:
    """Return the text of one place's file with this address.

    Raises
    ------
    ValueError
        If the file hasn't the form that this needs; it begins with the file's name.
    """
    try:
        text = read(root, name)
        if name == "pyproject.toml":
            return in_project(text, address)
        if name == "CITATION.cff":
            return in_citation(text, address)
        if name == "README.md":
            return under_title(text, address, FIRST, "images")
        return in_notebook(text, address, name)
    except ValueError as error:
        raise ValueError(f"{name}: {error}.") from None


def places(root: Path) -> list[str]:
    """Return the files that name the address."""
    found = [p for folder in ("", "solutions/") for p in sorted(root.glob(f"notebooks/{folder}*.ipynb"))]
    notebooks = [path.relative_to(root).as_posix() for path in found]
    return ["pyproject.toml", "CITATION.cff", "README.md", *notebooks]
