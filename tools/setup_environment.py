"""Environments in folders of their own, with exactly the packages that a lock names."""

import hashlib
import importlib.util
import json
import locale
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "made_by_start.txt"
UNFINISHED = "unfinished\n"
NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}

# What an installer says when it fails, and what helps.
TROUBLES: list[tuple[tuple[str, ...], str]] = [
    (
        ("No space left", "not enough space", "Disk quota"),
        "The disk is full: an environment takes about 1 GB; make room and start again.",
    ),
    (
        (
            "NewConnectionError",
            "ConnectTimeout",
            "NameResolutionError",
            "name resolution",
            "getaddrinfo",
            "Network is unreachable",
            "Connection refused",
            "Connection reset",
            "timed out",
            "dns error",
            "error sending request",
            "ProxyError",
            "Cannot connect to proxy",
        ),
        "The packages can't be reached: connect to the network (or set HTTPS_PROXY, if you are behind a "
        "proxy) and start again; after the first time no network is needed.",
    ),
    (
        ("HASHES", "Hash mismatch", "hash mismatch"),
        "A package that was downloaded isn't the one the lock names: start again; if it stays so, something "
        "between you and the package index changes files.",
    ),
    (
        ("Permission denied", "Access is denied", "PermissionError"),
        "A file can't be written: close what uses this folder (JupyterLab, an editor), check that it is "
        "yours, and start again.",
    ),
    (
        ("codec can't encode",),
        "The name of the folder has letters that this Python can't write: move the course to a folder with a "
        "plainer name and start again.",
    ),
]


class SetupError(Exception):
    """What went wrong and what helps, in one sentence for the person at the keyboard."""


def clean_env() -> dict[str, str]:
    """Return the environment variables for programs of our environments.

    Those that would bring in other Pythons' packages, or another matplotlib backend, are left out.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "MPLBACKEND")}
    return env | {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONUTF8": "1"}


def python_in(venv: Path) -> Path:
    """Return the path of an environment's Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock: str) -> str:
    """Return what an environment depends on: the lock, the Python, the folder it stands in."""
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"{lock} {digest}\nPython {sys.version_info[0]}.{sys.version_info[1]}\n{ROOT}\n"


def ensure(folder: str, lock: str) -> Path:
    """Return the Python of an environment, which is made first where it isn't there as the lock wants it.

    Raises
    ------
    SetupError
        If it can't be made.
    """
    venv = ROOT / folder
    python, stamp = python_in(venv), venv / STAMP
    done = stamp.is_file() and stamp.read_text("utf-8") == fingerprint(lock)
    if done and python.exists():
        return python
    uv = shutil.which("uv")
    start = time.perf_counter()
    try:
        with alone(venv):
            if stamp.is_file() or not works(python, uv):
                make(venv, uv)
            stamp.write_text(UNFINISHED, "utf-8")
            install(python, lock, uv)
            finish(venv, python)
            stamp.write_text(fingerprint(lock), "utf-8")
    except (OSError, UnicodeError) as error:
        raise SetupError(f"{folder} can't be made. {explain(str(error)) or error}") from None
    print(f"{folder} is ready, after {time.perf_counter() - start:.0f} s.", flush=True)
    return python


@contextmanager
def alone(venv: Path) -> Iterator[None]:
    """Let no other start make the same environment meanwhile; the system frees the lock of one that dies."""
    with open(venv.with_name(f"{venv.name}.making"), "w") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise SetupError(
                f"Another start is making {venv.name}: wait until it is ready, and start again."
            ) from None
        yield


def works(python: Path, uv: str | None) -> bool:
    """Tell whether an environment that someone else made can be used: the same Python, and an installer."""
    if not python.exists():
        return False
    code = "import sys; print(sys.version_info[:2])" + ("" if uv else "; import pip")
    reply = subprocess.run([python, "-c", code], capture_output=True, text=True, env=clean_env())
    return reply.returncode == 0 and reply.stdout.strip() == str(sys.version_info[:2])


def make(venv: Path, uv: str | None) -> None:
    """Make an empty environment; one that is there, unfinished or of another lock, goes."""
    if uv is None and importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetupError(
            "This Python can't make environments: install the package that lets it (on Debian and Ubuntu: "
            f"sudo apt install {package}) and start again."
        )
    if Path(sys.prefix).resolve() == venv.resolve():
        raise SetupError(
            f"{venv.name} has to be made anew, and this is its own Python: leave it (type deactivate) and "
            "start again."
        )
    print(f"[1/3] Making {venv.name} with Python {sys.version.split()[0]}", flush=True)
    if venv.exists():
        shutil.rmtree(venv)
    venv.mkdir()
    (venv / STAMP).write_text(UNFINISHED, "utf-8")
    if uv:
        command = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(venv)]
    else:
        command = [sys.executable, "-m", "venv", str(venv)]
    show(command, f"{venv.name} can't be made.")


def install(python: Path, lock: str, uv: str | None) -> None:
    """Install the packages of a lock, each checked against its hash."""
    print(f"[2/3] Installing the packages of {lock}: one to five minutes the first time", flush=True)
    path = str(ROOT / lock)
    if uv:
        command = [uv, "pip", "sync", "--require-hashes", "--python", str(python), path]
    else:
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        command += ["--require-hashes", "--no-deps", "--requirement", path]
    show(command, "The packages can't be installed.")


def finish(venv: Path, python: Path) -> None:
    """Put lifcore in place, settle JupyterLab's question about news, and load everything once."""
    print("[3/3] Putting lifcore in place", flush=True)
    bases = {"base": str(venv), "platbase": str(venv)}
    site = Path(sysconfig.get_path("purelib", "venv", bases))
    site.joinpath("lifcore.pth").write_text(f"{ROOT}\n", locale.getencoding())
    settings = venv / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    settings.joinpath("overrides.json").write_text(json.dumps(NO_NEWS, indent=1), "utf-8")
    # matplotlib lists the machine's fonts when it is loaded for the first time, and says so.
    load = "import matplotlib.font_manager, ipywidgets, lifcore"
    show([str(python), "-c", load], "A package can't be loaded.")


def show(command: list[str], failed: str) -> None:
    """Run a command and show its lines as they come: on a terminal in one line that changes.

    Raises
    ------
    SetupError
        If it fails; it begins with the sentence `failed`.
    """
    env = clean_env() | {"PYTHONUNBUFFERED": "1"}
    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 0
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line.rstrip())
                text = f"      {line.strip()}"
                if width:
                    print(f"\r{text[:width]:{width}}", end="", flush=True)
                elif not line.startswith((" ", "Ignoring")):  # pip's and uv's details
                    print(text[:110], flush=True)
        except BaseException:
            process.kill()  # else it would go on alone
            raise
    if width and lines:
        print(f"\r{'':{width}}\r", end="", flush=True)
    if process.returncode:
        for line in lines[-8:]:
            print(f"      {line[:160]}")
        why = explain("\n".join(lines)) or "The lines above say why; mend that and start again."
        raise SetupError(f"{failed} {why}")


def unwritable(path: Path, error: OSError) -> SetupError:
    """Return the error that says what helps where something can't be written."""
    return SetupError(
        f"{path} can't be written ({error.strerror}): close what uses it, check that it is yours, and start "
        "again."
    )


def explain(text: str) -> str:
    """Return the sentence that helps with what an installer said; "" if none is known."""
    for signs, sentence in TROUBLES:
        if any(sign in text for sign in signs):
            return sentence
    return ""
