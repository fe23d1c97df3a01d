"""JupyterLab on a notebook of the course, to work in or to present it."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from tools import whole
from tools.setup_environment import ROOT
from tools.setup_show import clean_env
from tools.setup_trouble import SetupError

FIRST = "00_start_here"
DECK = ROOT / "tools" / "deck"  # the settings and the style that JupyterLab presents with
KEYS = (
    "F9 runs every cell and begins the deck, the arrow keys right and left (or a remote control's Page Down "
    "and Page Up) turn its pages, a click beside a slider gives them the keys again, Escape leaves the deck."
)


def notebook_named(name: str) -> str:
    """Return the name of a notebook of the course, from its name or path.

    Raises
    ------
    SetupError
        If there is none of that name.
    """
    have = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    if Path(name).name.removesuffix(".ipynb") not in have:
        raise SetupError(f"There is no notebook {name}; there are: {', '.join(have)}.")
    return Path(name).name.removesuffix(".ipynb")


def open_slides(python: Path, notebook: str, browser: bool, port: int | None, more: list[str]) -> int:
    """Open JupyterLab ready to present a notebook; nothing of the user's own settings takes part."""
    folder = python.parents[1] / "deck"
    options = prepare_deck(folder)
    os.environ["JUPYTER_CONFIG_DIR"] = str(folder)
    print(f"Slides of {notebook}: {KEYS}", flush=True)
    return open_lab(python, f"notebooks/{notebook}", browser, port, options + more)


def prepare_deck(folder: Path) -> list[str]:
    """Make a folder the configuration of a JupyterLab that presents; return the options that go with it.

    JupyterLab writes into it too, such as that a deck is open: it begins anew each time.
    """
    with whole.folder(folder) as new:
        shutil.copytree(DECK, new, dirs_exist_ok=True)
    return ["--LabApp.custom_css=True", f"--LabApp.app_settings_dir={folder}"]


def open_lab(python: Path, place: str, browser: bool, port: int | None, more: list[str]) -> int:
    """Open JupyterLab at a place such as work/00_start_here; `more` are options of its own."""
    command = [
        str(python),
        "-m",
        "jupyterlab",
        f"--LabApp.default_url=/lab/tree/{place}.ipynb",
        f"--ServerApp.root_dir={ROOT}",  # a user's own setting may name another
        "--ServerApp.kernel_websocket_connection_class=tools.setup_socket.PromptConnection",
    ]
    if not browser:
        command.append("--no-browser")
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    print("Starting JupyterLab; stop it with Ctrl+C here.", flush=True)
    os.chdir(ROOT)
    if os.name == "posix":  # become JupyterLab, so that whoever ends this process ends it
        os.execve(command[0], command + more, clean_env())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is JupyterLab's to answer
    return subprocess.call(command + more, env=clean_env())


def check_port(port: int) -> None:
    """Refuse a port that can't be had, before anything else is begun."""
    if not 1 <= port <= 65535:
        raise SetupError(f"--port must be from 1 to 65535; got {port}.")
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SetupError(
                f"Port {port} can't be had ({error.strerror}): name another, or leave --port out "
                "and JupyterLab takes the next free one."
            ) from None
