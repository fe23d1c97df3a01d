"""Check files before they are committed: each ends in one line feed, none is large.

python tools/check_files.py FILE ...
"""

import sys
from pathlib import Path

LARGE = 400_000  # bytes
LOCKS = 1_000_000  # bytes; a hash for every file of every package


def wrong(path: Path) -> str:
    """Return what is wrong with a file, "" if nothing is."""
    data = path.read_bytes()
    if len(data) > (LOCKS if path.suffix == ".lock" else LARGE):
        return f"{len(data)} bytes are too many; make it smaller"
    if b"\0" in data[:8000] or not data:  # a picture, or empty
        return ""
    if b"\r" in data:
        return "has carriage returns; end lines in a line feed only"
    if not data.endswith(b"\n") or data.endswith(b"\n\n"):
        return "must end in exactly one line feed"
    return ""


def main() -> int:
    """Check the files that the command line names."""
    found = [f"{name}: {text}" for name in sys.argv[1:] if (text := wrong(Path(name)))]
    print("\n".join(found), end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
