"""Run the notebooks and write them in their canonical form, or check that nothing would change.

python tools/run_notebooks.py            run all, write them
python tools/run_notebooks.py 02_spike   run this one and its solution
python tools/run_notebooks.py --check    run all, compare with the files, write nothing
python tools/run_notebooks.py --form     only bring files into the canonical form, run nothing
"""

import argparse
import base64
import difflib
import io
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file, its own folder stands there

from tools import notebook_words, whole  # noqa: E402
from tools.notebook_form import canonical, read  # noqa: E402
from tools.setup_trouble import SetupError  # noqa: E402

NOTEBOOKS = ROOT / "notebooks"
GLOSSARY = NOTEBOOKS / "glossary.md"
README = ROOT / "README.md"
LOCK = ROOT / "requirements.lock"
CELL_SECONDS = 120
SHADE = 8  # of 255; what rounding on another processor may change in a pixel
SHOWN = 24  # lines of a difference that are printed
PICTURE = re.compile(r'"image/png": "([A-Za-z0-9+/=]+)"')


class RunError(Exception):
    """A notebook that doesn't run to its end, in one line."""


def find(names: list[str]) -> list[Path]:
    """Return the notebooks of these names or paths, or all, in reading order, each before its solution."""
    every = sorted(NOTEBOOKS.glob("*.ipynb")) + sorted(NOTEBOOKS.glob("solutions/*.ipynb"))
    every.sort(key=lambda path: path.stem)  # stable: the solution has the same name
    for name in names:
        if Path(name).stem not in [path.stem for path in every]:
            have = ", ".join(sorted({path.stem for path in every})) or "none"
            raise SystemExit(f"There is no notebook {name}; there are: {have}")

    def wanted(path: Path, name: str) -> bool:
        if Path(name).name == name:  # in whatever folder
            return path.stem == name.removesuffix(".ipynb")
        return path.resolve() == Path(name).resolve()

    return [path for path in every if not names or any(wanted(path, name) for name in names)]


def load(path: Path) -> Any:
    """Return a notebook with the words that are written for it: its terms' meanings, and its time."""
    notebook = read(path)
    notebook_words.with_meanings(notebook.cells, notebook_words.definitions(GLOSSARY.read_text("utf-8")))
    notebook_words.with_time(notebook.cells)
    return notebook


def run(path: Path) -> str:
    """Run a notebook on a fresh kernel in its own folder; return its canonical text."""
    notebook = load(path)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        coalesce_streams=True,
        store_widget_state=False,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # else each kernel warns that its ports are not encrypted
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise RunError(f"{failed_cell(notebook)}: {reason(error)}") from None
    return canonical(notebook, path.stem)


def failed_cell(notebook: Any) -> str:
    """Say which cell a run ended in: the first with an error, or the first that has no count yet."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        allowed = "raises-exception" in cell.metadata.get("tags", [])
        errors = [out for out in cell.outputs if out.output_type == "error"]
        if (errors and not allowed) or (cell.execution_count is None and cell.source.strip()):
            first = cell.source.strip().splitlines()[0]
            return f"cell {number} ({cell.get('id', 'no id')}, `{first}`)"
    return "before its first cell"


def reason(error: Exception) -> str:
    """Say in one line why a cell failed."""
    if isinstance(error, CellExecutionError):
        return f"{error.ename}: {error.evalue}"
    if isinstance(error, CellTimeoutError):
        return f"no answer within {CELL_SECONDS} s"
    return "the kernel died"


def name_of(path: Path) -> str:
    """Return a notebook's path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def locked_version(package: str) -> list[str]:
    """Return the versions of a package that the lock names, one for each range of Pythons."""
    return re.findall(rf"^{package}==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE)


def difference(old: str, new: str, pictures: bool) -> str:
    """Return what differs between a notebook's file and the text of a new run; "" if nothing does.

    Text is compared byte for byte, pictures pixel by pixel, give or take `SHADE`, or not at all.
    """
    if old == new:
        return ""
    a, b = (PICTURE.sub('"image/png": ""', text).splitlines() for text in (old, new))
    lines = list(difflib.unified_diff(a, b, "the file", "a new run", lineterm="", n=2))
    if lines:
        more = [f"... {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
        return "\n".join([line[:120] for line in lines[:SHOWN]] + more)
    if not pictures:
        return ""
    pairs = zip(PICTURE.finditer(old), PICTURE.finditer(new), strict=True)
    other = [cell_of(old, was.start()) for was, now in pairs if not same_picture(was[1], now[1])]
    return f"another picture in {', '.join(other)}" if other else ""


def cell_of(text: str, at: int) -> str:
    """Return the id of the cell that a place in a notebook's text belongs to."""
    return re.findall(r'^   "id": "(.*)"', text[:at], re.MULTILINE)[-1]


def same_picture(a: str, b: str) -> bool:
    """Tell whether two PNGs in base64 look the same; their bytes may differ by rounding."""
    if a == b:
        return True
    old, new = (np.asarray(Image.open(io.BytesIO(base64.b64decode(x))).convert("RGBA"), int) for x in (a, b))
    return old.shape == new.shape and int(np.abs(old - new).max()) <= SHADE


def treat(path: Path, check: bool, form: bool, pictures: bool) -> str:
    """Run one notebook, or only form it; write it, or compare. Return what is wrong, or ""."""
    try:
        new = canonical(load(path), path.stem) if form else run(path)
        old = path.read_text("utf-8")
        if check:
            return difference(old, new, pictures)
        if new != old:
            whole.write({path: new.encode()})
    except (RunError, SetupError, ValueError) as error:
        return str(error)
    return ""


def treat_readme(check: bool) -> str:
    """Write the notebooks' times into README's table, or compare. Return what is wrong, or ""."""
    times = {path.stem: notebook_words.minutes(read(path).cells) for path in NOTEBOOKS.glob("*.ipynb")}
    old = README.read_text("utf-8")
    new = notebook_words.in_table(old, times)
    if check:
        return difference(old, new, pictures=False)
    if new != old:
        whole.write({README: new.encode()})
    return ""


def told(path: Path, work: Callable[[], str]) -> bool:
    """Do the work on a file and say how it went; tell whether something is wrong."""
    start = time.perf_counter()
    wrong = work()
    print(f"{'FAILED' if wrong else 'ok':6} {name_of(path)}  {time.perf_counter() - start:.1f} s", flush=True)
    if wrong:
        print("       " + wrong.replace("\n", "\n       "), flush=True)
    return bool(wrong)


def main() -> int:
    """Read the command line, treat each notebook, say how it went."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="notebooks by name (02_spike) or path; all if none")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    parser.add_argument("--form", action="store_true", help="run nothing")
    options = parser.parse_args()
    paths = find(options.names)
    if not paths:
        print("There are no notebooks.")
        return 1
    pictures = version("matplotlib") in locked_version("matplotlib")
    if options.check and not pictures:
        print(f"Pictures are not compared: matplotlib {version('matplotlib')} is not the locked version.")
    failed = 0
    for path in paths:
        failed += told(path, partial(treat, path, options.check, options.form, pictures))
    if not failed:
        failed += told(README, partial(treat_readme, options.check))
    if failed and options.check:
        print("If the change is meant, run tools/run_notebooks.py without --check and commit what it writes.")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
