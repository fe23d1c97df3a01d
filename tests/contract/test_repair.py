"""An environment that was damaged, or stands where it can't be: told in a sentence, and mended by repair."""

import os
import shutil

import pytest

import start
from tools import setup_environment as setup
from tools.setup_aside import STAMP

from .test_environment import LOCK, ROOT, make


def empty(path):
    path.write_bytes(b"")


DAMAGE = {
    "numpy.py": (empty, "numpy.py has another size"),
    "numpy.py ": (os.remove, "numpy.py is gone"),
    "numpy-2.0.dist-info": (shutil.rmtree, "package numpy is gone"),
    "numpy-2.0.dist-info/RECORD": (os.remove, "RECORD is gone"),
    "numpy-2.0.dist-info/RECORD ": (empty, "list of numpy's files is empty"),
    "numpy-2.0.dist-info/RECORD  ": (lambda path: path.write_bytes(b"\xff"), "numpy can't be read"),
    "numpy-2.0.dist-info/RECORD   ": (lambda path: path.write_text("a,b,c\n"), "numpy can't be read"),
    ".": (shutil.rmtree, ".venv is damaged, its folder of packages is gone"),
}


@pytest.mark.parametrize("place", DAMAGE)
def test_damage_is_told_and_repaired(house, place):
    folder, calls = house
    make(calls)
    damage, said = DAMAGE[place]
    damage(setup.site_of(folder / ".venv") / place.strip())
    with pytest.raises(setup.SetupError, match=f"{said}.*: python3 start.py repair makes .venv anew"):
        make(calls)
    assert calls == []
    assert setup.repair() == 0
    assert len(calls) == 2
    assert make(calls) == 0


def test_repair_mends_the_other_environments_that_are_damaged(house):
    folder, calls = house
    setup.ensure(".venv-reach", "requirements-reach.lock")
    make(calls)
    calls.clear()
    setup.repair()
    assert len(calls) == 2
    empty(setup.site_of(folder / ".venv-reach") / "numpy.py")
    setup.repair()
    assert len(calls) == 6
    setup.ensure(".venv-reach", "requirements-reach.lock")
    assert len(calls) == 6


def test_compiled_modules_and_what_others_put_into_it_are_no_damage(house):
    folder, calls = house
    make(calls)
    (setup.site_of(folder / ".venv") / "numpy.pyc").write_bytes(b"made anew")
    (setup.site_of(folder / ".venv") / "mine-1.dist-info").mkdir()
    assert make(calls) == 0


def test_uv_gets_everything_again_for_a_repair(house, monkeypatch):
    _, calls = house
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/bin/{name}")
    make(calls)
    assert "--no-cache" not in calls[1]
    setup.repair()
    assert "--no-cache" in calls[3]


def test_an_installation_that_is_not_whole_gets_no_stamp(house, monkeypatch):
    folder, calls = house
    finish = lambda *_: empty(setup.site_of(folder / ".venv") / "numpy.py")  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(setup, "finish", finish)
        with pytest.raises(setup.SetupError, match=r"numpy.py has another size.*start.py repair gets every"):
            make(calls)
    assert make(calls) == 2


def test_a_stamp_that_cannot_be_read_is_told(house, monkeypatch):
    folder, calls = house
    make(calls)
    stamp = folder / ".venv" / STAMP
    told = pytest.raises(setup.SetupError, match=f"{STAMP} can't be read .*: python3 start.py repair makes")
    text = stamp.read_bytes()
    stamp.write_bytes(b"\xff\x00")
    with told:
        make(calls)
    stamp.unlink()
    stamp.mkdir()
    with told:
        make(calls)
    stamp.rmdir()
    stamp.write_bytes(text)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(type(stamp), "read_text", refuse)
        patch.setattr(setup, "fingerprint", lambda lock: "")
        with told:
            make(calls)
    assert make(calls) == 0
    stamp.unlink()
    stamp.mkdir()
    assert setup.repair() == 0
    assert make(calls) == 0


def test_a_missing_lock_is_told(house):
    folder, calls = house
    (folder / LOCK).unlink()
    with pytest.raises(setup.SetupError, match=rf"{LOCK}, which names the packages.*git checkout {LOCK}"):
        make(calls)
    assert list(folder.glob(".venv*")) == []


@pytest.mark.parametrize("kind", ["a file", "a link", "a link to nowhere"])
def test_what_is_no_folder_is_told_and_left(house, kind):
    folder, calls = house
    venv = folder / ".venv"
    if kind == "a file":
        venv.write_text("mine")
    else:
        venv.symlink_to(folder / "elsewhere")
    if kind == "a link":
        (folder / "elsewhere").mkdir()
    with pytest.raises(
        setup.SetupError, match=rf"\.venv is {kind[:6]}.* where a folder belongs: .*delete it"
    ):
        make(calls)
    assert venv.is_symlink() or venv.read_text() == "mine"
    assert not (folder / ".venv.old").exists()


def test_the_command(monkeypatch):
    called = []
    monkeypatch.setattr(start, "repair", lambda: called.append("repaired") or 0)
    monkeypatch.setattr("sys.argv", ["start.py", "repair"])
    assert (start.main(), called) == (0, ["repaired"])
    assert "`python3 start.py repair`" in (ROOT / "README.md").read_text("utf-8")
