"""Build dist/class.zip: the course as a teacher hands it out, without the solutions."""

import fnmatch
import io
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools import whole
from tools.learners_copy import cleared
from tools.setup_environment import ROOT
from tools.setup_trouble import SetupError

ZIP = ROOT / "dist" / "class.zip"
FOLDER = "lif-course"  # what the archive unpacks to
LEFT_OUT = (
    "notebooks/solutions",
    "notebooks/instructors.md",
    "tests",
    "CONTRIBUTING.md",
    ".*",
    "requirements-*.lock",
    "tools/check_files.py",
    "tools/publish*.py",
    "tools/run_notebooks.py",
)
KEPT = ("requirements-reach.lock",)  # for slides, site and paper
SECTIONS = ("Run the tests",)  # of the README, which speak of what isn't there
HERE_ONLY = "start.py class"
UNSAID = re.compile(r"solutions/|instructors|CONTRIBUTING|start\.py test|worked answer", re.IGNORECASE)


def main() -> int:
    """Write the archive and say where it is."""
    if not (ROOT / "notebooks/solutions").is_dir():
        raise SetupError("This is a class copy: there are no solutions that could be left out.")
    files = {name: content(name) for name in project_files() if not left_out(name)}
    whole.write({ZIP: packed(files)})
    print(f"{ZIP} has {len(files)} files, {ZIP.stat().st_size / 1e6:.1f} MB; it unpacks to {FOLDER}.")
    return 0


def packed(files: dict[str, bytes]) -> bytes:
    """Return the archive; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}")  # its time is 1980
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED  # 3: Unix, which knows modes
            entry.external_attr = (0o100755 if data.startswith(b"#!") else 0o100644) << 16
            archive.writestr(entry, data)
    return made.getvalue()


def project_files() -> list[str]:
    """Return the files that git tracks; where there is no git, all but those that it would ignore."""
    if not (ROOT / ".git").exists():
        return sorted(unignored())
    try:
        reply = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"git can't tell which files belong to the course ({error}).") from None
    return [name for name in reply.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def unignored() -> Iterator[str]:
    """Yield the files that .gitignore doesn't name."""
    lines = (ROOT / ".gitignore").read_text("utf-8").split("\n")
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    for folder, below, names in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        below[:] = [name for name in below if not matches(place / name, patterns)]
        yield from ((place / name).as_posix() for name in names if not matches(place / name, patterns))


def matches(path: Path, patterns: list[str]) -> bool:
    """Tell whether a pattern fits a path, or its last part where the pattern names no folder."""
    return any(fnmatch.fnmatch(path.as_posix() if "/" in p else path.name, p) for p in patterns)


def left_out(name: str) -> bool:
    """Tell whether a file, or a folder that it is in, stays with the teacher."""
    path = Path(name)
    places = [part.as_posix() for part in (path, *path.parents)][:-1]
    return name not in KEPT and any(fnmatch.fnmatchcase(p, out) for p in places for out in LEFT_OUT)


def content(name: str) -> bytes:
    """Return the bytes of a file as they stand in the copy."""
    path = ROOT / name
    if path.suffix == ".ipynb":
        notebook = whole.read_notebook(path)
        lines = 0
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                lines += len(cell["source"])
                cell["source"] = without(cell["source"], name)
                lines -= len(cell["source"])
        text = cleared(notebook).decode()
        if (path.parent / "solutions" / path.name).exists() and not lines:
            raise SetupError(f"{name} must have a line with a link to its solution; class_copy takes it out.")
    elif path.suffix == ".md":
        text = path.read_text("utf-8")
        for heading in SECTIONS if name == "README.md" else ():
            text, cut = re.subn(rf"^## {heading}\n.*?(?=^## )", "", text, flags=re.MULTILINE | re.DOTALL)
            if not cut:
                raise SetupError(
                    f"README.md has no section {heading!r}; class_copy takes it out: name the new one."
                )
        text = "".join(without(text.splitlines(keepends=True), name))
    else:
        return path.read_bytes()
    if said := UNSAID.search(text):
        raise SetupError(
            f"{name} speaks of {said[0]!r}, which a class copy doesn't have: put it on a line with a link "
            "to it, and class_copy takes that out."
        )
    return text.encode()


def without(lines: list[str], name: str) -> list[str]:
    """Return the lines of a markdown text without those that link to or name what is left out."""
    kept = [
        line
        for line in lines
        if HERE_ONLY not in line and not any(left_out(place) for place in targets(line, name))
    ]
    while len(kept) < len(lines) and kept and not kept[0].strip():
        kept.pop(0)  # the gap below what stood at the top
    return kept


def targets(line: str, name: str) -> list[str]:
    """Return the files and folders of the project that a line links to."""
    links = re.findall(r"\]\(([^)\s#]+)", line)
    places = [Path(os.path.normpath(ROOT / Path(name).parent / link)) for link in links if ":" not in link]
    return [place.relative_to(ROOT).as_posix() for place in places]
