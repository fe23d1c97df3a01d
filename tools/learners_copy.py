"""The learner's copy of the course in work/: made at the first start, renewed where nothing was changed."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from tools.setup_environment import ROOT, SetupError

SOURCE = ROOT / "notebooks"
WORK = ROOT / "work"
RECORD = ".course.json"
FOR_TEACHERS = ("instructors.md",)
Given = dict[str, list[str]]  # file -> fingerprints of what was given, the newest last


@dataclass
class News:
    """What a look at the copy found: files made, files renewed, and changed ones that have a newer version."""

    made: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)


def cleared(text: str) -> str:
    """Return a notebook's text without outputs and counts."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def lessons(source: Path = SOURCE) -> dict[str, bytes]:
    """Return the files of the copy as they are given: lessons cleared, all that they link to as it is."""
    files = {}
    for path in sorted(p for kind in ("*.ipynb", "*.md") for p in source.rglob(kind)):
        name = path.relative_to(source).as_posix()
        if name in FOR_TEACHERS or any(part.startswith(".") for part in Path(name).parts):
            continue
        lesson = path.parent == source and path.suffix == ".ipynb"
        files[name] = cleared(path.read_text("utf-8")).encode() if lesson else path.read_bytes()
    return files


def fingerprint(name: str, data: bytes) -> str:
    """Return what tells whether a file was changed: of a notebook source, order and tags of its cells."""
    if name.endswith(".ipynb"):
        cells = [
            (cell["cell_type"], "".join(cell["source"]), sorted(cell["metadata"].get("tags", [])))
            for cell in json.loads(data)["cells"]
        ]
        data = json.dumps(cells).encode()
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(path: Path) -> str:
    """Return the fingerprint of a file in the copy; "" where it can't be told: then it counts as changed."""
    try:
        return fingerprint(path.name, path.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def read_record(work: Path) -> Given:
    """Return what was given; nothing where the record is missing or can't be read."""
    try:
        record = json.loads((work / RECORD).read_text("utf-8"))
        return {str(name): [str(mark) for mark in marks] for name, marks in record.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def renew_all(source: Path = SOURCE, work: Path = WORK, *, renew: bool = True) -> News:
    """Make what is missing and renew what the learner has not changed; write over nothing of his.

    Parameters
    ----------
    source, work
        The notebooks of the course, and the copy.
    renew
        Whether files that are there may be written: not while somebody works in them.
    """
    record, news = read_record(work), News()
    work.mkdir(exist_ok=True)
    for name, data in lessons(source).items():
        path, new = work / name, fingerprint(name, data)
        given = record.setdefault(name, [])
        if not path.exists():
            news.made.append(name)
        elif (old := fingerprint_of(path)) == new:
            data = b""  # as given, but for outputs
        elif old not in given:
            if given[-1:] != [new]:
                news.newer.append(name)
            continue
        elif not renew:
            continue
        else:
            news.renewed.append(name)
        if given[-1:] != [new]:
            # First the record: whatever stops us, a file that was given is known as such.
            record[name] = [mark for mark in given if mark != new] + [new]
            write_record(work, record)
        if data:
            path.parent.mkdir(exist_ok=True)
            write(path, data)
    return news


def take(name: str, source: Path = SOURCE, work: Path = WORK) -> str:
    """Take the newest version of one file; return under which name the learner's own is kept.

    Raises
    ------
    SetupError
        If there is no such file in the course, or it is as it was given.
    """
    files = lessons(source)
    found = [file for file in files if name in (file, Path(file).stem, f"work/{file}")]
    if not found:
        have = ", ".join(Path(file).stem for file in files if "/" not in file and file.endswith(".ipynb"))
        raise SetupError(f"There is no notebook {name}; there are: {have}.")
    file = found[0]
    path, new, record = work / file, fingerprint(file, files[file]), read_record(work)
    kept = ""
    if path.exists():
        if fingerprint_of(path) == new:
            raise SetupError(
                f"{path.relative_to(work.parent)} is as it was given: there is nothing to renew."
            )
        own = free_name(path)
        own.write_bytes(path.read_bytes())
        kept = own.relative_to(work.parent).as_posix()
    record[file] = [mark for mark in record.get(file, []) if mark != new] + [new]
    work.mkdir(exist_ok=True)
    write_record(work, record)
    write(path, files[file])
    return kept


def free_name(path: Path) -> Path:
    """Return where the learner's own version of a file is kept: a name that nothing has yet."""
    names = (f"{path.stem}_mine{number or ''}{path.suffix}" for number in (0, *range(2, 10_000)))
    return next(own for own in map(path.with_name, names) if not own.exists())
