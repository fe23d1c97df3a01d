"""The other Pythons of this machine, and environments made with them.

PYTHON -m tools.setup_pythons FOLDER LOCK   makes an environment with that Python
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.setup_environment import ensure
from tools.setup_show import clean_env
from tools.setup_trouble import SetupError

OTHERS = ((3, 12), (3, 13), (3, 14))  # what the course is said to run on, beside the first, 3.11
IN_FOLDER = "python.exe" if os.name == "nt" else "bin/python"
SECONDS_TO_START = 30
# What a Python must do to count: start, and tell its version; not a beta, not one without the GIL.
ASK = """
import sys, sysconfig
version = sys.version_info
assert sys.implementation.name == "cpython" and version.releaselevel == "final"
assert not sysconfig.get_config_var("Py_GIL_DISABLED")
print(*version[:3])
"""

Version = tuple[int, ...]


def find_pythons() -> dict[Version, str]:
    """Return the path of a Python of each version in `OTHERS` that is found: (3, 12, 1) and so on, rising.

    They are looked for along PATH and where pyenv and uv keep theirs; of 3.12.1 and 3.12.4 the later counts.
    """
    found = {}
    for version, path in sorted((version_of(path), path) for path in candidates()):
        if version[:2] in OTHERS:
            found[version[:2]] = version, path
    return dict(found.values())


def candidates() -> Iterator[str]:
    """Yield the paths that may be Pythons; some aren't, such as pyenv's shims of versions not in use."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for major, minor in OTHERS:
            path = folder and shutil.which(f"python{major}.{minor}", path=folder)
            if path:
                yield path
    homes = [Path.home() / ".pyenv" / "versions"]
    if uv := shutil.which("uv"):
        reply = subprocess.run([uv, "python", "dir"], capture_output=True, text=True)
        homes += [Path(line) for line in reply.stdout.splitlines()[:1]]
    for home in homes:
        yield from (str(path) for path in sorted(home.glob(f"*3.*/{IN_FOLDER}")))


def version_of(path: str) -> Version:
    """Return the version that a Python tells once it is started; () if it doesn't, or is of no use here."""
    ask = ("" if shutil.which("uv") else "import ensurepip\n") + ASK
    try:
        reply = subprocess.run(
            [path, "-c", ask], capture_output=True, text=True, env=clean_env(), timeout=SECONDS_TO_START
        )
        return tuple(int(part) for part in reply.stdout.split()) if reply.returncode == 0 else ()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ()


def main() -> int:
    """Make the environment."""
    folder, lock = sys.argv[1:]
    ensure(folder, lock)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(str(error))
