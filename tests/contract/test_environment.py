"""The environments: made as the lock says, made good when something broke, and help when they can't be."""

import sys

import pytest

from tools import setup_environment as setup


@pytest.fixture
def house(monkeypatch, tmp_path):
    """Return a folder in which environments are made by a `show` that only notes what it is told."""
    (tmp_path / "a.lock").write_text("numpy==2.0\n")
    calls = []

    def show(command, failed):
        calls.append(command)
        if "venv" in command:
            python = setup.python_in(tmp_path / ".venv")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.symlink_to(sys.executable)

    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "show", show)
    monkeypatch.setattr(setup, "finish", lambda venv, python: None)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    return tmp_path, calls


def make(calls):
    """Make the environment; return how many commands that took."""
    calls.clear()
    setup.ensure(".venv", "a.lock")
    return len(calls)


def test_the_second_start_does_nothing(house):
    _, calls = house
    assert (make(calls), make(calls)) == (2, 0)


def test_another_lock_makes_it_anew(house):
    folder, calls = house
    make(calls)
    (folder / ".venv/old").touch()
    (folder / "a.lock").write_text("numpy==2.1\n")
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
    assert make(calls) == 2
    assert not (folder / ".venv/half").exists()
    assert make(calls) == 0


def test_a_broken_environment_is_made_anew(house):
    folder, calls = house
    (folder / ".venv/bin").mkdir(parents=True)
    assert make(calls) == 2
    setup.python_in(folder / ".venv").unlink()
    assert make(calls) == 2


def test_an_environment_that_is_there_is_used(house):
    folder, calls = house
    setup.show(["venv"], "")
    (folder / ".venv/mine").touch()
    assert make(calls) == 1
    assert (folder / ".venv/mine").exists()


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
            setup.ensure(".venv", "a.lock")
        refused.append(error)

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", meanwhile)
        assert make(calls) == 1
    assert len(refused) == 1


def test_it_does_not_delete_the_python_that_it_runs_on(house, monkeypatch):
    folder, calls = house
    make(calls)
    (folder / "a.lock").write_text("numpy==2.1\n")
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
