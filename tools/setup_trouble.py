"""What can go wrong at the keyboard, and the sentence that helps."""

import errno
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

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
        ("network was disabled",),
        "uv is told to stay offline and has not all packages: unset UV_OFFLINE, or take offline out of its "
        "settings, and start again.",
    ),
    (
        ("HASHES", "Hash mismatch", "hash mismatch"),
        "A package that was downloaded isn't the one the lock names: start again; if it stays so, something "
        "between you and the package index changes files.",
    ),
    (
        ("Permission denied", "Access is denied", "PermissionError", "Read-only file system"),
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


def unwritable(path: Path, error: OSError) -> SetupError:
    """Return the error that says what helps where something can't be written."""
    full = error.errno in FULL or any(f"[Errno {number}]" in str(error) for number in FULL)
    helps = "make room on the disk" if full else "close what uses it, check that it is yours,"
    return SetupError(f"{path} can't be written ({error.strerror or error}): {helps} and start again.")


def explain(text: str) -> str:
    """Return the sentence that helps with what an installer said; "" if none is known."""
    for signs, sentence in TROUBLES:
        if any(sign in text for sign in signs):
            return sentence
    return ""
