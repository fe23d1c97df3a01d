"""Make the environment and open the notebooks, or run the tests.

python3 start.py                   JupyterLab at the first notebook
python3 start.py test              every test; once installed it takes a few minutes
python3 start.py test --extended   what the tests leave out: all browser tests, other versions, peers
python3 start.py slides            JupyterLab ready to present the first notebook
python3 start.py site              dist/site: the course as a static site that runs in the browser
python3 start.py paper             dist/paper: each notebook as a page and a PDF that need no network
python3 start.py class             dist/class.zip: the course without the solutions
"""

import argparse
import os
import signal
import socket
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036  what this message is for
    sys.exit(
        f"This needs Python 3.11 or later and was started with {sys.version.split()[0]}: install a newer one "
        "and start with it, for example: python3.12 start.py"
    )

from tools import class_copy
from tools.setup_environment import ROOT, SetupError, clean_env, ensure
from tools.setup_stages import run_extended, run_tests

BUILDS = {"site": "tools.build_site", "paper": "tools.build_paper"}
REACH = ".venv-reach", "requirements-reach.lock"
FIRST = "/lab/tree/notebooks/00_start_here.ipynb"


def main() -> int:
    """Read the command line and do what it says."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument(
        "command",
        nargs="?",
        choices=["lab", "test", "slides", *BUILDS, "class"],
        default="lab",
        help="lab unless given",
    )
    parser.add_argument("--extended", action="store_true", help="test: run what the tests leave out")
    parser.add_argument("--no-browser", action="store_true", help="lab: print the address, open no browser")
    parser.add_argument(
        "--port", type=int, help="lab: the port of JupyterLab; else the first free one from 8888"
    )
    options, more = parser.parse_known_args()
    if options.extended and options.command != "test":
        parser.error("--extended belongs to the tests: python3 start.py test --extended")
    if options.command in ("test", *BUILDS, "class"):
        if more or options.no_browser or options.port:
            parser.error(
                f"{options.command} takes no option{' but --extended' * (options.command == 'test')}"
            )
        if options.command == "test":
            if not (ROOT / "tests").is_dir():
                raise SetupError(
                    "This is a class copy: its tests are where the teacher has the whole course."
                )
            return run_extended() if options.extended else run_tests()
        if options.command == "class":
            return class_copy.main()
        return subprocess.call(
            [str(ensure(*REACH)), "-m", BUILDS[options.command]], cwd=ROOT, env=clean_env()
        )
    return lab(options, more)


def lab(options: argparse.Namespace, more: list[str]) -> int:
    """Open JupyterLab at the first notebook; `more` are options of its own."""
    if options.port is not None:
        check_port(options.port)
    python = ensure(*REACH) if options.command == "slides" else ensure(".venv", "requirements.lock")
    command = [str(python), "-m", "jupyterlab", f"--LabApp.default_url={FIRST}"]
    command += ["--ServerApp.kernel_websocket_connection_class=tools.setup_socket.PromptConnection"]
    if options.no_browser:
        command.append("--no-browser")
    if options.port is not None:
        command += [f"--ServerApp.port={options.port}", "--ServerApp.port_retries=0"]
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


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends what it has begun, too
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("\nStopped. Start it again and it goes on from where it can.", file=sys.stderr)
        sys.exit(130)
