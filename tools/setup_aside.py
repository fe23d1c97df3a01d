"""An environment moved aside while another is made where it stood, and what a start that was killed left."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAMP = "made_by_start.txt"  # written into an environment last: it is whole


def aside(venv: Path) -> Path:
    """Return where an environment stands while another is made in its place.

    As long as anything is there, an environment without a stamp is one that was never finished.
    """
    return venv.with_name(f"{venv.name}.old")


def settle(venv: Path) -> None:
    """Keep an environment if it has its stamp, else the one that was moved aside for it."""
    old = aside(venv)
    if not old.exists():
        return
    if (venv / STAMP).exists():
        shutil.rmtree(old)
    else:
        if venv.exists():
            shutil.rmtree(venv)
        old.rename(venv)


@contextmanager
def in_place_of(venv: Path, used: bool) -> Iterator[None]:
    """Move an environment aside while another is made where it stood; it comes back if that fails.

    One that is to be used stays, and is marked as unfinished.
    """
    old = aside(venv)
    if used or not venv.exists():
        old.mkdir()
    else:
        venv.rename(old)
    try:
        yield
    except BaseException:
        if used:
            old.rmdir()
        else:
            settle(venv)
        raise
    shutil.rmtree(old)
