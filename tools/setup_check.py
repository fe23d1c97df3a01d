"""Whether an environment's packages are as they were installed, seen from the sizes of their files."""

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

RECORDS = ".dist-info"  # ends the name of the folder in which a package's files are listed


def packages(site: Path) -> list[str]:
    """Return the names of the packages that are installed in a folder."""
    return sorted(entry.name.split("-")[0] for entry in os.scandir(site) if entry.name.endswith(RECORDS))


def files(record: str) -> Iterator[tuple[str, str, int | None]]:
    """Yield what the list of a package's files says of each: its path, its hash, its size in bytes.

    The size is None, the hash "", of files that may change: those whose size the list leaves out, and
    compiled modules, whatever a wheel says of them, since pip and Python write them anew.
    """
    with open(record, encoding="utf-8", newline="") as lines:
        for path, digest, size in csv.reader(lines):
            settled = size and not path.endswith(".pyc")
            yield path, digest if settled else "", int(size) if settled else None


def fault(site: Path, names: Iterable[str]) -> str:
    """Return what is wrong with the files of these packages; "" if nothing is."""
    name = ""
    try:
        listed = {e.name.split("-")[0]: e.path for e in os.scandir(site) if e.name.endswith(RECORDS)}
        for name in names:
            if name not in listed:
                return f"the package {name} is gone"
            sizes = [(path, size) for path, _, size in files(os.path.join(listed[name], "RECORD"))]
            if not sizes:
                return f"the list of {name}'s files is empty"
            for path, size in sizes:
                if size is not None and os.stat(f"{site}{os.sep}{path}").st_size != size:
                    return f"{path} has another size than when it was installed"
    except FileNotFoundError as error:
        gone = os.path.relpath(error.filename, site)
        return "its folder of packages is gone" if gone == "." else f"{gone} is gone"
    except (OSError, ValueError, csv.Error) as error:
        return f"the files of {name} can't be read ({error})"
    return ""
