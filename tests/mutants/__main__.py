"""Break the simulations, a line at a time; say which no test notices: `python -m tests.mutants [file …]`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.mutants.table import MUTANTS, TESTS

ROOT = Path(__file__).parents[2]


def passes(folder: Path, file: str, limit: float | None = None) -> bool:
    """Tell whether the tests of a file pass in a copy of the project, in so many seconds.

    A crash of Python is no pass, nor is a loop without end.
    """
    tests = [f"tests/physics/{name}.py" for name in TESTS[file]]
    given = ["-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    words: Any = dict(cwd=folder, env=environment, capture_output=True, text=True, timeout=limit)
    try:
        run = subprocess.run([sys.executable, *given], **words)
    except subprocess.TimeoutExpired:
        return False
    if run.returncode > 1:
        sys.exit(f"the tests of {file} did not run:\n{run.stdout}{run.stderr}")
    return run.returncode == 0


def main(files: list[str]) -> int:
    """Try the mutants of these files, of all where none is named; return how many live."""
    unknown = [file for file in files if file not in MUTANTS]
    if unknown:
        print(f"no mutants of {', '.join(unknown)}; there are some of {', '.join(MUTANTS)}")
        return 2
    alive, tried = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        skipped = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "*.ipynb")
        shutil.copytree(ROOT, folder, ignore=skipped)
        for file in files or MUTANTS:
            path = folder / file
            whole = path.read_text("utf-8")
            begun = time.monotonic()
            if not passes(folder, file):
                sys.exit(f"the tests of {file} fail before anything is broken")
            limit = 60 + 5 * (time.monotonic() - begun)
            for old, new in MUTANTS[file]:
                if whole.count(old) != 1:
                    sys.exit(f"{file} must hold this once, not {whole.count(old)} times: {old!r}")
                path.write_text(whole.replace(old, new), "utf-8")
                caught = not passes(folder, file, limit)
                tried += 1
                alive += [] if caught else [f"{file}: {old!r} -> {new!r}"]
                print(
                    "caught" if caught else "ALIVE ",
                    f"{file}: {old.strip()!r} -> {new.strip()!r}",
                    flush=True,
                )
            path.write_text(whole, "utf-8")
    print(f"\n{tried - len(alive)} of {tried} mutants are caught")
    return len(alive)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
