"""Files that are read and written whole: what is there stays until what is new stands beside it."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.setup_trouble import SetupError, unwritable


def write(files: Mapping[Path, bytes]) -> None:
    """Write files, all of them or none.

    Raises
    ------
    SetupError
        If one can't be written; then each is as it was.
    """
    places = {Path(os.path.realpath(path)): data for path, data in files.items()}  # a link stays a link
    replaced = []
    path = Path()
    try:
        for path, data in places.items():
            prepare(path, data)
        for path in places:
            replaced.append(path)  # first: an interrupt may come between the two
            os.replace(beside(path, "new"), path)
    except BaseException as error:
        for done in replaced:
            take_back(done)
        if isinstance(error, OSError):
            raise unwritable(path, error) from None
        raise
    finally:
        for path in places:
            for kind in ("new", "old"):
                with suppress(OSError):  # as where the folder is a file: there is nothing to take away
                    beside(path, kind).unlink(missing_ok=True)


def take_back(path: Path) -> None:
    """Bring a file back to what it was, whether it was replaced already or not."""
    new, old = beside(path, "new"), beside(path, "old")
    if new.exists():
        return
    if old.exists():
        old.replace(path)
    else:
        path.unlink(missing_ok=True)


def prepare(path: Path, data: bytes) -> None:
    """Put beside a file what it will be and, for the way back, what it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = beside(path, "new")
    with open(new, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        if not os.access(path, os.W_OK):  # a file that its owner has closed would be replaced all the same
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        shutil.copymode(path, new)
        shutil.copy2(path, beside(path, "old"))


def beside(path: Path, kind: str) -> Path:
    """Return where this process keeps another state of a file or folder."""
    return path.with_name(f".{path.name}.{os.getpid()}.{kind}")


@contextmanager
def folder(place: Path) -> Iterator[Path]:
    """Yield an empty folder, which takes the place of another once it is filled.

    Raises
    ------
    SetupError
        If it can't be filled or can't take that place; then what was there is as it was.
    """
    new, old = beside(place, "new"), beside(place, "old")
    try:
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        new.mkdir(parents=True)
        yield new
        if place.exists():
            place.rename(old)
        new.rename(place)
    except OSError as error:
        raise unwritable(place, error) from None
    finally:
        if old.exists() and not place.exists():
            old.rename(place)
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)


def parse_notebook(text: str | bytes) -> dict[str, Any]:
    """Return the JSON of a notebook.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        book = json.loads(text)
        fault = "" if are_cells(book) else "no list of cells with sources"
    except ValueError as error:
        fault = str(error)
    if fault:
        raise ValueError(f"it isn't a whole notebook ({fault}): take back one that is, as by git checkout")
    return book


def are_cells(book: Any) -> bool:
    """Tell whether this is a notebook: a table with a list of cells, each with a kind and a source."""
    cells = book.get("cells") if isinstance(book, dict) else None
    return isinstance(cells, list) and all(
        isinstance(cell, dict) and "cell_type" in cell and isinstance(cell.get("source"), str | list)
        for cell in cells
    )


def read_notebook(path: Path) -> dict[str, Any]:
    """Return the JSON of a notebook's file.

    Raises
    ------
    SetupError
        If it can't be read, or is no notebook.
    """
    try:
        return parse_notebook(path.read_bytes())
    except OSError as error:
        raise SetupError(
            f"{path} can't be read ({error.strerror}): check that it is there and yours."
        ) from None
    except ValueError as error:
        raise SetupError(f"{path}: {error}.") from None
