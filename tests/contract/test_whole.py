"""Files are written whole, all that belong together or none, and what can't be written is told."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import whole
from tools.setup_trouble import SetupError

ROOT = Path(__file__).parents[2]
NAMES = ["a.txt", "b.txt", "c.txt"]


@pytest.fixture
def old(tmp_path):
    """Return a folder with three files."""
    for name in NAMES:
        (tmp_path / name).write_text(f"old {name}")
    return tmp_path


def contents(folder):
    """Return the text of every file of a folder, hidden ones too; "" for a folder in it."""
    return {path.name: path.read_text() if path.is_file() else "" for path in folder.iterdir()}


def new(folder):
    return {folder / name: b"new" for name in NAMES}


def test_all_are_written_and_nothing_is_left(old):
    whole.write(new(old) | {old / "below/d.txt": b"new"})
    assert contents(old) == dict.fromkeys(NAMES, "new") | {"below": ""}
    assert contents(old / "below") == {"d.txt": "new"}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_full_disk_changes_nothing(old, fill_disk, at):
    before = contents(old)
    fill_disk(at)
    said = rf"{NAMES[at - 1]} can't be written \(No space left on device\): make room on the disk and start"
    with pytest.raises(SetupError, match=said):
        whole.write(new(old))
    assert contents(old) == before


def test_a_file_that_cannot_be_replaced_brings_the_others_back(old):
    (old / "c.txt").unlink()
    (old / "c.txt").mkdir()
    (old / "b.txt").unlink()
    before = contents(old)
    with pytest.raises(SetupError, match=r"c.txt can't be written \(Is a directory\): close what uses it"):
        whole.write(new(old))
    assert contents(old) == before


def test_an_interrupt_brings_all_back(old, monkeypatch):
    before, replace = contents(old), os.replace

    def stop(source, target):
        if Path(target).name == "b.txt":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        whole.write(new(old))
    assert contents(old) == before


def test_a_file_that_its_owner_has_closed_stays(old, monkeypatch):
    before = contents(old)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "b.txt")
    with pytest.raises(
        SetupError, match=r"b.txt can't be written \(Permission denied\): .* that it is yours"
    ):
        whole.write(new(old))
    assert contents(old) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows knows neither")
def test_modes_and_links_stay(old):
    (old / "a.txt").chmod(0o751)
    (old / "link").symlink_to("a.txt")
    whole.write({old / "link": b"new"})
    assert (old / "a.txt").read_text() == "new" and (old / "link").is_symlink()
    assert (old / "a.txt").stat().st_mode & 0o777 == 0o751


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_limit_of_the_system_is_told(old):
    """The system itself refuses what comes after the first 1000 bytes."""
    code = (
        "import pathlib, resource, sys\n"
        "from tools import whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "whole.write({pathlib.Path(sys.argv[1]): b'new', pathlib.Path(sys.argv[2]): bytes(2000)})\n"
    )
    before = contents(old)
    command = [sys.executable, "-c", code, str(old / "a.txt"), str(old / "b.txt")]
    reply = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "b.txt can't be written (File too large): make room on the disk" in reply.stderr
    assert contents(old) == before


def test_a_folder_takes_the_place_of_another(old):
    with whole.folder(old / "below") as fresh:
        (fresh / "a").touch()
    with whole.folder(old / "below") as fresh:
        (fresh / "b").touch()
    assert contents(old / "below") == {"b": ""}
    assert set(contents(old)) == {*NAMES, "below"}


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt, SetupError("x")]
)
def test_a_folder_that_is_not_filled_changes_nothing(old, error):
    (old / "below").mkdir()
    (old / "below/a").write_text("old")
    kind = SetupError if isinstance(error, OSError) else error if error is KeyboardInterrupt else type(error)
    with pytest.raises(kind, match="make room" if isinstance(error, OSError) else None):
        with whole.folder(old / "below") as fresh:
            (fresh / "a").write_text("new")
            raise error
    assert contents(old / "below") == {"a": "old"}
    assert set(contents(old)) == {*NAMES, "below"}


def test_a_folder_that_cannot_be_put_in_place_brings_the_old_one_back(old, monkeypatch):
    (old / "below").mkdir()
    (old / "below/a").write_text("old")
    rename = Path.rename

    def refuse(self, target):
        if self.name.endswith(".new"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(SetupError, match="below can't be written"), whole.folder(old / "below") as fresh:
        (fresh / "a").write_text("new")
    assert contents(old / "below") == {"a": "old"}
    assert set(contents(old)) == {*NAMES, "below"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"cells": 3}', '{"cells": [3]}', '{"cells": [{"cell_type": "code"}]}'],
)
def test_what_is_no_notebook_is_told(tmp_path, text):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(SetupError, match=r"x.ipynb: it isn't a whole notebook \(.+\): take back one that is"):
        whole.read_notebook(path)


def test_a_notebook_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(SetupError, match=r"x.ipynb can't be read \(No such file"):
        whole.read_notebook(tmp_path / "x.ipynb")
    (tmp_path / "x.ipynb").write_bytes(b"\xff")
    with pytest.raises(SetupError, match=r"x.ipynb: it isn't a whole notebook \('utf-8' codec"):
        whole.read_notebook(tmp_path / "x.ipynb")


def test_a_notebook_is_read(tmp_path):
    book = {"cells": [{"cell_type": "code", "source": ["1"]}, {"cell_type": "markdown", "source": "x"}]}
    (tmp_path / "x.ipynb").write_text(json.dumps(book))
    assert whole.read_notebook(tmp_path / "x.ipynb") == book
