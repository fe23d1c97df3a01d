"""Locks that the system frees with the last process that holds them, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.setup_trouble import SetupError


@contextmanager
def alone(venv: Path) -> Iterator[int]:
    """Let no other start make the same environment meanwhile, and wait for the installer of a killed one.

    Yields
    ------
    int
        The descriptor of the installers' lock: a program that inherits it holds the lock as long as it
        lives, also when this process is killed.

    Raises
    ------
    SetupError
        If another start is at work.
    """
    mine = take(venv.with_name(f"{venv.name}.making"))
    if mine is None:
        raise SetupError(f"Another start is making {venv.name}: wait until it is ready, and start again.")
    try:
        installing = wait_for(venv.with_name(f"{venv.name}.installing"))
        try:
            yield installing
        finally:
            os.close(installing)
    finally:
        os.close(mine)


def wait_for(path: Path) -> int:
    """Return the descriptor of a lock as soon as it is free."""
    told = False
    while (taken := take(path)) is None:
        if not told:
            print("Waiting for the installer of a start that was ended to end, too", flush=True)
        told = True
        time.sleep(0.1)
    return taken


def take(path: Path) -> int | None:
    """Return the descriptor of a file that this process has locked; None where another has."""
    if sys.platform == "win32":  # there a lock isn't inherited, but no one removes a file that is open
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            return None
        try:
            return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        except FileExistsError:
            return None
    import fcntl

    taken = os.open(path, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(taken, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(taken)
        return None
    except BaseException:
        os.close(taken)
        raise
    return taken


def inherited(taken: int | None) -> dict[str, Any]:
    """Return the options of subprocess.Popen with which a program holds a lock that this process has."""
    if taken is None:
        return {}
    if sys.platform == "win32":
        import msvcrt

        os.set_handle_inheritable(msvcrt.get_osfhandle(taken), True)
        return {"close_fds": False}
    return {"pass_fds": (taken,)}
