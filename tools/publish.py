"""Write the address under which the course is published into every place that names it.

python tools/publish.py OWNER/NAME              the repository on GitHub; its default branch is main
python tools/publish.py OWNER/NAME --branch B   another branch
python tools/publish.py --check                 say which places don't agree with pyproject.toml
python tools/publish.py --unset                 take the address away again

The places: pyproject.toml, CITATION.cff, badges under the titles of README.md and of the notebooks, and
the notebooks' setup cells, whose lines above the imports are written here and nowhere else.
"""

import argparse
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
GITHUB = "https://github.com/"
FIRST = "notebooks/00_start_here.ipynb"

SETUP = """\
import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("lifcore") is None:  # opened alone: look for the course around this notebook
    course = next((p for p in Path.cwd().parents if (p / "lifcore/__init__.py").exists()), Path("lif-course"))
    if sys.platform == "emscripten":
        import piplite

        await piplite.install(["lifcore", "anywidget"])
    elif not course.exists():
        raise ModuleNotFoundError("lifcore is not here: get the whole course and open this notebook in it")
"""
LAST = "    sys.path.insert(0, str(course.resolve()))\n"
FETCH = """\
    elif "google.colab" in sys.modules and not course.exists():
        source = "{source}"
        subprocess.run(["git", "clone", "--depth=1", *source.split(), course], check=True)
"""


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


def parse(text: str, branch: str = "") -> Address:
    """Return the address of OWNER/NAME.

    Raises
    ------
    ValueError
        If GitHub or git would not take such a name.
    """
    if not re.fullmatch(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/(?!\.{1,2}$)[\w.-]{1,100}", text, re.ASCII):
        raise ValueError(f"OWNER/NAME must be two names as in ada/lif-course; got {text!r}.")
    if not re.fullmatch(r"|(?!.*(?:\.\.|//|/\.|\.lock/))[\w][\w./-]*(?<![./])(?<!\.lock)", branch, re.ASCII):
        raise ValueError(f"--branch must be the name of a branch, as in main or 2026/spring; got {branch!r}.")
    owner, _, name = text.partition("/")
    return Address(owner, name, branch)


def read_address(root: Path) -> Address | None:
    """Return the address in pyproject.toml; None while there is none.

    Raises
    ------
    ValueError
        If it is none of GitHub.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    url = project.get("urls", {}).get("Repository")
    if url is None:
        return None
    found = re.fullmatch(re.escape(GITHUB) + r"([^/]+/[^/]+)(?:/tree/(.+))?", url)
    if not found:
        raise ValueError(f"Repository in pyproject.toml must be {GITHUB}OWNER/NAME; got {url!r}.")
    return parse(found[1], found[2] or "")


def at_line(text: str, line: str, before: str = "", after: str = "") -> str:
    """Return a text with more before and after its one line that fits a pattern."""
    text, found = re.subn(rf"^{line}\n", lambda hit: before + hit[0] + after, text, flags=re.MULTILINE)
    if found != 1:
        raise ValueError(f"it must have one line that fits {line}; it has {found}")
    return text


def in_project(text: str, address: Address | None) -> str:
    """Return pyproject.toml with this address."""
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
    """Return the line of badges that open a notebook; `images` leads to the folder of the pictures."""
    home, branch = f"{address.owner}/{address.name}", address.branch or "main"
    site = f"https://{address.owner.lower()}.github.io/{address.name}"
    path = quote(notebook, safe="")
    places = {
        "Colab": f"https://colab.research.google.com/github/{home}/blob/{branch}/{notebook}",
        "Binder": f"https://mybinder.org/v2/gh/{home}/{quote(branch, safe='')}?labpath={path}",
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


def in_setup(source: str, address: Address | None) -> str:
    """Return a setup cell that gets the course from this address where it has to."""
    _, found, imports = source.partition(LAST)
    if not found:
        raise ValueError("its first code cell is not the setup cell")
    lines = SETUP
    if address:
        source = f"--branch={address.branch} " * bool(address.branch) + address.repository
        lines = lines.replace("    elif", FETCH.format(source=source) + "    elif")
        lines = lines.replace("import sys\n", "import subprocess\nimport sys\n")
        lines = lines.replace("around this notebook", "or fetch it")
    return lines + LAST + imports


def in_notebook(text: str, address: Address | None, name: str) -> str:
    """Return a notebook's file with this address; outputs and all other cells stay as they are."""
    book = json.loads(text)
    code = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    images = "../" * name.count("/") + "images"
    for cell, change in (
        (book["cells"][0], lambda source: under_title(source, address, name, images)),
        (code, lambda source: in_setup(source, address)),
    ):
        cell["source"] = change("".join(cell["source"])).splitlines(keepends=True)
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def rewrite(root: Path, name: str, address: Address | None) -> str:
    """Return the text of one place's file with this address.

    Raises
    ------
    ValueError
        If the file hasn't the form that this needs; it begins with the file's name.
    """
    text = (root / name).read_text("utf-8")
    try:
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


def publish(root: Path, address: Address | None) -> list[str]:
    """Write an address, or take it away, everywhere or nowhere; return the files that changed."""
    texts = {name: rewrite(root, name, address) for name in places(root)}
    changed = [name for name, text in texts.items() if text != (root / name).read_text("utf-8")]
    for name in changed:
        (root / name).write_text(texts[name], "utf-8", newline="\n")
    return changed


def disagreements(root: Path) -> list[str]:
    """Return a line for each place that doesn't agree with pyproject.toml."""
    address, found = read_address(root), []
    for name in places(root):
        try:
            new = rewrite(root, name, address).splitlines()
        except ValueError as error:
            found.append(str(error))
            continue
        old = (root / name).read_text("utf-8").splitlines()
        if old != new:
            line = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new) - 1)
            found.append(f"{name}, line {line + 1}, should be: {new[line].strip()}")
    return found


def main() -> int:
    """Read the command line and do what it says."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("address", nargs="?", metavar="OWNER/NAME", help="the repository on GitHub")
    parser.add_argument("--branch", default="", help="with OWNER/NAME: main unless given")
    parser.add_argument("--check", action="store_true", help="say which places don't agree; write nothing")
    parser.add_argument("--unset", action="store_true", help="take the address away")
    options = parser.parse_args()
    if bool(options.address) + options.check + options.unset != 1 or (options.branch and not options.address):
        parser.error("give either OWNER/NAME, with or without --branch, or --check, or --unset")
    try:
        if options.check:
            found, address = disagreements(ROOT), read_address(ROOT)
            print("\n".join(found) or f"All places agree: {address.url if address else 'no address yet'}.")
            return int(bool(found))
        address = parse(options.address, options.branch) if options.address else None
        changed = publish(ROOT, address)
    except ValueError as error:
        sys.exit(str(error))
    print("\n".join(changed) or "Nothing to change.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
