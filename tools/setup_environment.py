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
from pathlib import Path

from tools import whole
from tools.setup_aside import STAMP, aside, in_place_of, settle
from tools.setup_check import fault, packages
from tools.setup_lock import alone
from tools.setup_show import clean_env, show
from tools.setup_trouble import SetupError, explain

ROOT = Path(__file__).resolve().parent.parent
NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def python_in(venv: Path) -> Path:
    """Return the path of an environment's Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_of(venv: Path) -> Path:
    """Return the folder in which an environment's packages are."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(venv), "platbase": str(venv)}))


def fingerprint(lock: str) -> str:
    """Return what an environment depends on: the lock, the Python, the folder it stands in."""
    try:
        digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    except OSError as error:
        raise SetupError(
            f"{lock}, which names the packages, can't be read ({error.strerror}): take it back, as by git "
            f"checkout {lock} or from a new copy of the course, and start again."
        ) from None
    return f"{lock} {digest}\nPython {sys.version_info[0]}.{sys.version_info[1]}\n{ROOT}\n"


def ensure(folder: str, lock: str, anew: bool = False) -> Path:
    """Return the Python of an environment, which is made first where it isn't there as the lock wants it.

    Parameters
    ----------
    folder, lock
        The environment and the file that names its packages, in the project's folder.
    anew
        Make it in any case, of packages that are got again.

    Raises
    ------
    SetupError
        If it can't be made, or has been damaged since.
    """
    venv = ROOT / folder
    if not anew and not aside(venv).exists() and ready(venv, lock):
        return python_in(venv)
    start = time.perf_counter()
    try:
        with alone(venv) as hold:
            settle(venv)
            if not anew and ready(venv, lock):
                return python_in(venv)
            fill(venv, lock, anew, hold)
    except (OSError, UnicodeError) as error:
        raise SetupError(f"{folder} can't be made. {explain(str(error)) or error}") from None
    print(f"{folder} is ready, after {time.perf_counter() - start:.0f} s.", flush=True)
    return python_in(venv)


def ready(venv: Path, lock: str) -> bool:
    """Tell whether an environment is there as the lock wants it.

    Raises
    ------
    SetupError
        If it was, and has been damaged since.
    """
    helps = f"python3 start.py repair makes {venv.name} anew."
    wanted, stamp = fingerprint(lock), ""
    try:
        if (venv / STAMP).exists():
            stamp = (venv / STAMP).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise SetupError(f"{venv / STAMP} can't be read ({error}): {helps}") from None
    if not stamp.startswith(wanted) or not python_in(venv).exists():
        return False
    if found := fault(site_of(venv), stamp.removeprefix(wanted).splitlines()):
        raise SetupError(f"{venv.name} is damaged, {found}: {helps}")
    return True


def repair() -> int:
    """Make `.venv` anew, and each other environment that is damaged; return 0 once that is done."""
    ensure(".venv", "requirements.lock", anew=True)
    for venv in sorted(path for path in ROOT.glob(".venv-*") if path.is_dir()):
        own = f"requirements{venv.name.removeprefix('.venv')}.lock"
        other = not (ROOT / own).exists()  # made by another Python, of the lock of .venv
        try:
            ready(venv, "requirements.lock" if other else own)
        except SetupError as error:
            print(error, flush=True)
            if other:  # the tests that use it make it again
                shutil.rmtree(venv)
            else:
                ensure(venv.name, own, anew=True)
    return 0


def fill(venv: Path, lock: str, anew: bool, hold: int) -> None:
    """Make an environment, or use one that someone else made; the stamp comes last."""
    python, uv = python_in(venv), shutil.which("uv")
    used = not anew and not (venv / STAMP).exists() and works(python, uv)
    if not used:
        check_place(venv, uv)
    with in_place_of(venv, used):
        if not used:
            make(venv, uv, hold)
        install(python, lock, uv, anew, hold)
        finish(venv, python, hold)
        names = packages(site_of(venv))
        if found := fault(site_of(venv), names):
            raise SetupError(
                f"{venv.name} can't be made, {found}: python3 start.py repair gets every package again."
            )
        whole.write({venv / STAMP: (fingerprint(lock) + "".join(f"{name}\n" for name in names)).encode()})


def works(python: Path, uv: str | None) -> bool:
    """Tell whether an environment that someone else made can be used: the same Python, and an installer."""
    if not python.exists():
        return False
    code = "import sys; print(sys.version_info[:2])" + ("" if uv else "; import pip")
    reply = subprocess.run([python, "-c", code], capture_output=True, text=True, env=clean_env())
    return reply.returncode == 0 and reply.stdout.strip() == str(sys.version_info[:2])


def check_place(venv: Path, uv: str | None) -> None:
    """Refuse to make an environment where that must fail, before anything is moved."""
    if uv is None and importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetupError(
            "This Python can't make environments: install the package that lets it (on Debian and Ubuntu: "
            f"sudo apt install {package}) and start again."
        )
    if venv.is_symlink() or (venv.exists() and not venv.is_dir()):
        kind = "a link" if venv.is_symlink() else "a file"
        raise SetupError(
            f"{venv} is {kind} where a folder belongs: move it away or delete it, and start again."
        )
    if Path(sys.prefix).resolve() == venv.resolve():
        raise SetupError(
            f"{venv.name} has to be made anew, and this is its own Python: leave it (type deactivate) and "
            "start again."
        )


def make(venv: Path, uv: str | None, hold: int) -> None:
    """Make an empty environment where it stays: one that is moved later can't run its own pip."""
    print(f"[1/3] Making {venv.name} with Python {sys.version.split()[0]}", flush=True)
    if uv:
        command = [uv, "venv", "--quiet", "--python", sys.executable, str(venv)]
    else:
        command = [sys.executable, "-m", "venv", str(venv)]
    show(command, f"{venv.name} can't be made.", hold)


def install(python: Path, lock: str, uv: str | None, anew: bool, hold: int) -> None:
    """Install the packages of a lock, each checked against its hash.

    uv links files to its cache, where what damages the one damages the other, and trusts what is there.
    """
    print(f"[2/3] Installing the packages of {lock}: one to five minutes the first time", flush=True)
    path = str(ROOT / lock)
    if uv:
        command = [uv, "pip", "sync", "--require-hashes", "--python", str(python), path]
        command += ["--no-cache"] * anew
    else:
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        command += ["--require-hashes", "--no-deps", "--requirement", path]
    show(command, "The packages can't be installed.", hold)


def finish(venv: Path, python: Path, hold: int | None = None) -> None:
    """Put lifcore in place, settle JupyterLab's question about news, and load everything once."""
    print("[3/3] Putting lifcore in place", flush=True)
    path = site_of(venv) / "lifcore.pth"
    settings = venv / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    news = json.dumps(NO_NEWS, indent=1)
    whole.write({path: f"{ROOT}\n".encode(locale.getencoding()), settings: news.encode()})
    # matplotlib lists the machine's fonts when it is loaded for the first time, and says so.
    load = "import matplotlib.font_manager, ipywidgets, lifcore"
    show([str(python), "-c", load], "A package can't be loaded.", hold)
