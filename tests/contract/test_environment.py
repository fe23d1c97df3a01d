"""The environments: made as the lock says, made good when something broke, and help when they can't be."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import setup_environment as setup
from tools import setup_lock
from tools.setup_aside import STAMP

LOCK = "requirements.lock"
ROOT = Path(__file__).parents[2]


def make(calls):
    """Make the environment; return how many commands that took."""
    calls.clear()
    setup.ensure(".venv", LOCK)
    return len(calls)


def test_the_second_start_does_nothing(house):
    _, calls = house
    assert (make(calls), make(calls)) == (2, 0)


def test_another_lock_makes_it_anew(house):
    folder, calls = house
    make(calls)
    (folder / ".venv/old").touch()
    (folder / LOCK).write_text("numpy==2.1\n")
    assert make(calls) == 2
    assert not (folder / ".venv/old").exists()


def test_an_interrupted_start_is_made_good(house, monkeypatch):
    folder, calls = house

    def interrupt(*_):
        (folder / ".venv/half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            make(calls)
    assert not (folder / ".venv/half").exists()
    assert (make(calls), make(calls)) == (2, 0)


def fail(*_):
    raise setup.SetupError("The packages can't be installed.")


def test_what_fails_leaves_the_environment_that_was_there(house, monkeypatch):
    folder, calls = house
    make(calls)
    (folder / ".venv/mine").touch()
    old = (folder / LOCK).read_text()
    (folder / LOCK).write_text("numpy==2.1\n")
    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", fail)
        with pytest.raises(setup.SetupError, match="can't be installed"):
            make(calls)
    assert (folder / ".venv/mine").exists()
    (folder / LOCK).write_text(old)
    assert make(calls) == 0


@pytest.mark.parametrize("until", ["moved", "made", "stamped"])
def test_what_a_killed_start_leaves(house, until):
    """The kill comes once the old environment is moved, or the new one is half made, or it is whole."""
    folder, calls = house
    make(calls)
    (folder / ".venv").rename(folder / ".venv.old")
    if until != "moved":
        setup.show(["venv", str(folder / ".venv")], "")
        (folder / ".venv/half").touch()
    if until == "stamped":
        (folder / ".venv" / STAMP).write_text((folder / ".venv.old" / STAMP).read_text())
        (folder / ".venv.old" / STAMP).unlink()
    assert make(calls) == 0
    assert (folder / ".venv/half").exists() == (until == "stamped")
    assert not (folder / ".venv.old").exists()


def test_the_stamp_is_written_last(house, monkeypatch):
    folder, calls = house
    make(calls)
    stamps = []
    note = lambda *_: stamps.append((folder / ".venv" / STAMP).exists())  # noqa: E731
    for step in ("make", "install", "finish"):
        kept = getattr(setup, step)
        monkeypatch.setattr(setup, step, lambda *given, kept=kept: (note(), kept(*given)))
    make_anew = setup.repair()
    assert (make_anew, stamps) == (0, [False] * 3)
    assert make(calls) == 0


def test_a_broken_environment_is_made_anew(house):
    folder, calls = house
    (folder / ".venv/lib").mkdir(parents=True)
    assert make(calls) == 2
    setup.python_in(folder / ".venv").unlink()
    assert make(calls) == 2


def test_an_environment_that_is_there_is_used(house):
    folder, calls = house
    setup.show(["venv", str(folder / ".venv")], "")
    (folder / ".venv/mine").touch()
    assert make(calls) == 1
    assert (folder / ".venv/mine").exists() and not (folder / ".venv.old").exists()


def test_uv_is_used_where_it_is(house, monkeypatch):
    _, calls = house
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/bin/{name}")
    make(calls)
    assert [command[:3] for command in calls] == [["/bin/uv", "venv", "--quiet"], ["/bin/uv", "pip", "sync"]]
    assert all("--require-hashes" in command for command in calls if "sync" in command)


def test_pip_checks_hashes(house):
    _, calls = house
    make(calls)
    assert "--require-hashes" in calls[1]


def test_debian_without_venv_is_told(house, monkeypatch):
    _, calls = house
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(setup.SetupError, match=rf"sudo apt install python3\.{sys.version_info[1]}-venv"):
        make(calls)


def test_a_second_start_leaves_the_first_alone(house, monkeypatch):
    _, calls = house
    refused = []

    def meanwhile(*_):
        with pytest.raises(setup.SetupError, match="Another start is making .venv") as error:
            setup.ensure(".venv", LOCK)
        refused.append(error)

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", meanwhile)
        assert make(calls) == 1
    assert len(refused) == 1


def test_a_start_waits_for_the_installer_of_a_killed_one(tmp_path, capfd):
    code = f"""
import os, pathlib, signal, sys
from tools.setup_show import show
from tools.setup_lock import alone
with alone(pathlib.Path({str(tmp_path / "x")!r})) as hold:
    show([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(2)"], "", hold)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as first:
        first.stdout.readline()  # the installer is at work
        with pytest.raises(setup.SetupError, match="Another start is making x: wait"):
            setup_lock.alone(tmp_path / "x").__enter__()
        first.kill()
        first.wait()
        begun = time.perf_counter()
        with setup_lock.alone(tmp_path / "x"):
            assert 0.5 < time.perf_counter() - begun < 20
    assert capfd.readouterr().out.count("Waiting for the installer") == 1


def test_it_does_not_delete_the_python_that_it_runs_on(house, monkeypatch):
    folder, calls = house
    make(calls)
    (folder / LOCK).write_text("numpy==2.1\n")
    monkeypatch.setattr(sys, "prefix", str(folder / ".venv"))
    with pytest.raises(setup.SetupError, match="type deactivate"):
        make(calls)
    assert setup.python_in(folder / ".venv").exists()


def test_a_folder_whose_name_cannot_be_written_is_told(house, monkeypatch):
    _, calls = house
    monkeypatch.setattr(setup, "finish", lambda *_: "ü".encode("ascii"))
    with pytest.raises(setup.SetupError, match="move the course"):
        make(calls)


@pytest.mark.parametrize(
    ("said", "help"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "connect to the network"),
        ("error: Request failed\n  Caused by: dns error", "connect to the network"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "make room"),
        ("hint: Packages were unavailable because the network was disabled.", "unset UV_OFFLINE"),
        ("  cause: error sending request for url (somewhere)", "connect to the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "isn't the one the lock names"),
        ("something else", "The lines above say why"),
    ],
)
def test_what_an_installer_says_is_explained(said, help, capsys):
    code = f"import sys; print({said!r}); sys.exit(1)"
    with pytest.raises(setup.SetupError) as error:
        setup.show([sys.executable, "-c", code], "It failed.")
    assert "It failed." in str(error.value)
    assert help in str(error.value)
    assert said.splitlines()[0] in capsys.readouterr().out
