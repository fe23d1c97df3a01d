"""The learner's copy of the course in work/: made at the first start, renewed where nothing was changed."""

import hashlib
import json
import os
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import whole
from tools.setup_environment import ROOT
from tools.setup_lock import take
from tools.setup_trouble import SetupError, unwritable

SOURCE = ROOT / "notebooks"
WORK = ROOT / "work"
RECORD, TURN = ".course.json", ".making"
FOR_TEACHERS = ("instructors.md",)
Given = dict[str, list[str]]  # file -> fingerprints of what was given, the newest last


@dataclass
class News:
    """What was made and renewed, which changed files have a newer version, and what waits."""

    made: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def cleared(notebook: dict[str, Any]) -> bytes:
    """Return a notebook's file without outputs and counts."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return in_file(notebook)


def in_file(notebook: dict[str, Any]) -> bytes:
    """Return a notebook's file."""
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def lessons(source: Path, first: str = "") -> dict[str, bytes]:
    """Return the files of a copy as they are given: lessons cleared, what they link to as it is.

    With `first`, every notebook begins with a code cell of this source: what it needs where it is opened.
    """
    files = {}
    for path in sorted(path for kind in ("*.ipynb", "*.md") for path in source.rglob(kind)):
        name = path.relative_to(source).as_posix()
        if name in FOR_TEACHERS or any(part.startswith(".") for part in name.split("/")):
            continue
        lesson = path.parent == source
        if path.suffix == ".ipynb" and (lesson or first):
            book = whole.read_notebook(path)
            if first:
                lines: Any = first.splitlines(keepends=True)
                cell = dict(cell_type="code", id="first", metadata={}, source=lines)
                book["cells"].insert(0, cell | dict(outputs=[], execution_count=None))
            files[name] = cleared(book) if lesson else in_file(book)
        else:
            files[name] = path.read_bytes()
    return files


def fingerprint(name: str, data: bytes) -> str:
    """Return what tells whether a file was changed: of a notebook source, order and tags of its cells."""
    if name.endswith(".ipynb"):
        cells = whole.parse_notebook(data)["cells"]
        tags = [sorted(cell.get("metadata", {}).get("tags", [])) for cell in cells]
        told = [(c["cell_type"], "".join(c["source"]), t) for c, t in zip(cells, tags, strict=True)]
        data = json.dumps(told).encode()
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(path: Path) -> str:
    """Return the fingerprint of a file of the copy; "" where it can't be told: then it counts as changed."""
    try:
        return fingerprint(path.name, path.read_bytes())
    except (OSError, ValueError, TypeError, AttributeError):
        return ""


def read_record(work: Path) -> Given:
    """Return what was given; nothing where the record is missing or can't be read."""
    try:
        record = json.loads((work / RECORD).read_bytes())
        return {str(name): [str(mark) for mark in marks] for name, marks in record.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def give(work: Path, record: Given, name: str, data: bytes) -> None:
    """Write a file of the copy, first into the record: whatever stops us, what was given is known as such."""
    note(work, record, name, fingerprint(name, data))
    whole.write({work / name: data})


def note(work: Path, record: Given, name: str, mark: str) -> None:
    """Write into the record which version of a file was given last."""
    record[name] = [given for given in record.get(name, []) if given != mark] + [mark]
    whole.write({work / RECORD: (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()})


def bring_up_to_date(source: Path = SOURCE, work: Path = WORK) -> News:
    """Make what is missing and renew what the learner has not changed; write over nothing of his.

    While a JupyterLab shows the folder, what is there is left as it is.
    """
    news = News()
    with_turn = my_turn(work)
    try:
        record, busy = read_record(work), bool(running(work))
        for name, data in lessons(source).items():
            given, new = record.get(name, []), fingerprint(name, data)
            old = fingerprint_of(work / name)
            if not (work / name).exists():
                news.made.append(name)
                give(work, record, name, data)
            elif old == new:  # as given, but for outputs
                if given[-1:] != [new]:
                    note(work, record, name, new)
            elif old not in given:
                news.newer += [name] * (given[-1:] != [new])
            elif busy:
                news.waiting.append(name)
            else:
                news.renewed.append(name)
                give(work, record, name, data)
    finally:
        os.close(with_turn)
    return news


def renew(name: str, source: Path = SOURCE, work: Path = WORK) -> str:
    """Take the newest version of a file of the copy; return as what the learner's own is kept, or "".

    Parameters
    ----------
    name
        As ``02_spike``, ``solutions/02_spike`` or ``glossary.md``; ``work/`` may stand before it.

    Raises
    ------
    SetupError
        If there is no such file, it is as it was given, or a JupyterLab shows the folder.
    """
    files, kept = lessons(source), ""
    asked = name.replace(os.sep, "/").removeprefix(f"{WORK.name}/")
    file = asked if asked in files else f"{asked}.ipynb"
    if file not in files:
        names = ", ".join(sorted(each.removesuffix(".ipynb") for each in files))
        raise SetupError(f"There is no {name} in the course; there are: {names}.")
    if address := running(work):
        raise SetupError(
            f"JupyterLab is running at {address} and may write {file}, too: stop it (Ctrl+C where it was "
            "started) and say it again."
        )
    with_turn = my_turn(work)
    try:
        path, data = work / file, files[file]
        if path.exists():
            if fingerprint_of(path) == fingerprint(file, data):
                raise SetupError(f"work/{file} is the newest version, and you have not changed it.")
            own = free_name(path)
            whole.write({own: path.read_bytes()})
            kept = own.relative_to(work).as_posix()
        give(work, read_record(work), file, data)
    finally:
        os.close(with_turn)
    return kept


def free_name(path: Path) -> Path:
    """Return where the learner's own version of a file is kept: a name that nothing has yet."""
    names = (f"{path.stem}_mine{number or ''}{path.suffix}" for number in (0, *range(2, 10_000)))
    return next(own for own in map(path.with_name, names) if not own.exists())


def my_turn(work: Path) -> int:
    """Return the descriptor of the copy's lock, once no other start has it; make the folder first."""
    try:
        work.mkdir(exist_ok=True)
        while (taken := take(work / TURN)) is None:
            time.sleep(0.05)
    except OSError as error:
        raise unwritable(work, error) from None
    return taken


def running(work: Path) -> str:
    """Return the address of a Jupyter server that shows a folder; "" if none is running."""
    for path in runtime_folder().glob("jpserver-*.json"):
        try:
            server = json.loads(path.read_bytes())
            root = Path(server["root_dir"]).resolve()
            if root in (work.resolve(), *work.resolve().parents) or work.resolve() in root.parents:
                socket.create_connection(("127.0.0.1", server["port"]), timeout=1).close()
                return str(server["url"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # left by one that was killed
    return ""


def runtime_folder() -> Path:
    """Return where Jupyter's servers tell that they are running, by Jupyter's own rule."""
    if place := os.environ.get("JUPYTER_RUNTIME_DIR"):
        return Path(place)
    if place := os.environ.get("JUPYTER_DATA_DIR"):
        return Path(place, "runtime")
    if sys.platform == "darwin":
        return Path.home() / "Library/Jupyter/runtime"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home(), "jupyter/runtime")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share", "jupyter/runtime")


def main(name: str) -> int:
    """Renew a notebook and say what became of the learner's own; return 0."""
    kept = renew(name)
    yours = f"; yours is {WORK.name}/{kept}" if kept else ""
    print(f"{WORK.name}/{name.removeprefix(f'{WORK.name}/')} is the newest version{yours}.")
    return 0


def tell(news: News) -> None:
    """Print what a look at the copy brought; nothing if all is as it was."""
    for files, said in (
        (news.made, f"{WORK.name}/ is your copy of the course; git and updates leave it alone."),
        (news.renewed, "Renewed, since you had not changed it:"),
        (news.newer, "A newer version is there (python3 start.py renew NAME takes it and keeps yours):"),
        (news.waiting, "A newer version comes with the next start, when no JupyterLab shows this folder:"),
    ):
        if files:
            print(said if files is news.made else f"{said} {', '.join(files)}", flush=True)
