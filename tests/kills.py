"""Kill start.py at random moments, start it again at once, and see whether the environment is whole.

`python -m tests.kills [--kills N] [--pip] [--seed S]`; works in a copy of the project, takes about three
times as long for each kill as an environment takes to be made, and ends with an error if a second start
failed or left an environment that is not the one that an undisturbed start makes.
"""

import argparse
import base64
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.setup_aside import STAMP
from tools.setup_check import RECORDS, files
from tools.setup_environment import ROOT, python_in, site_of
from tools.setup_show import clean_env

LOAD = "import anywidget, IPython, ipywidgets, jupyterlab, lifcore.widgets, matplotlib.pyplot, numba, numpy"
START = "from tools.setup_environment import ensure; ensure('.venv', 'requirements.lock')"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "dist", "shots", ".*_cache")


def start(course: Path, pip: bool, log: Path) -> subprocess.Popen[bytes]:
    """Begin what start.py does before it opens JupyterLab, in a process group of its own."""
    places = os.environ["PATH"].split(os.pathsep)
    if pip:
        places = [place for place in places if shutil.which("uv", path=place) is None]
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=course,
            env=clean_env() | {"PATH": os.pathsep.join(places), "TMPDIR": str(course.parent)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def contents(venv: Path) -> dict[str, str]:
    """Return the hash of each file of an environment but its stamp and what Python compiles at will."""
    found = {}
    for folder, below, names in os.walk(venv):
        below[:] = [name for name in below if name != "__pycache__"]
        for path in (Path(folder, name) for name in names):
            found[path.relative_to(venv).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    found.pop(STAMP)
    return found


def faults(venv: Path, whole: dict[str, str]) -> list[str]:
    """Return what is wrong with an environment: beside a whole one, by its own lists, when it is loaded."""
    now, site = contents(venv), site_of(venv)
    wrong = [f"{n} differs" for n in sorted(whole.keys() | now.keys()) if whole.get(n) != now.get(n)]
    for record in sorted(site.glob(f"*{RECORDS}/RECORD")):
        for name, digest, size in files(str(record)):
            path = Path(os.path.normpath(site / name))
            if not path.is_file():
                wrong.append(f"{name} is missing")
            elif size is not None and path.stat().st_size != size:
                wrong.append(f"{name} has another size")
            elif digest and digest != listed(now[path.relative_to(venv).as_posix()]):
                wrong.append(f"{name} has another hash")
    loaded = subprocess.run([python_in(venv), "-c", LOAD], env=clean_env(), capture_output=True, text=True)
    wrong += loaded.stderr.splitlines()[-1:] if loaded.returncode else []
    return wrong + [f"{path.name} is left" for path in venv.parent.glob(f"{venv.name}.old*")]


def listed(hexadecimal: str) -> str:
    """Return a SHA-256 as the list of a package's files has it."""
    return "sha256=" + base64.urlsafe_b64encode(bytes.fromhex(hexadecimal)).decode().rstrip("=")


def kill(process: subprocess.Popen[bytes], group: bool) -> bool:
    """Kill start.py, with all that it has begun or alone; return whether it was still at work."""
    if process.poll() is not None:
        return False
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    return True


def attempt(course: Path, pip: bool, log: Path, draw: random.Random, took: float) -> tuple[str, bool]:
    """Kill one start and start again; return what was done, and whether the second start ended well."""
    fresh, group, moment = draw.random() < 0.5, draw.random() < 0.5, draw.uniform(0, took)
    if fresh:
        shutil.rmtree(course / ".venv")
    else:  # another lock: what is there is moved aside
        with (course / "requirements.lock").open("a") as lock:
            lock.write("# another\n")
    first = start(course, pip, log)
    time.sleep(moment)
    at_work = kill(first, group)
    log.write_bytes(b"")
    good = start(course, pip, log).wait() == 0
    what = f"{'made first' if fresh else 'made anew '}, {'all' if group else 'start.py alone'} killed"
    return f"{what} after {moment:.1f} s{'' if at_work else ', too late'}", good


def main() -> int:
    """Kill and start again; print a line for each kill and the sum."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50, help="50 unless given")
    parser.add_argument("--pip", action="store_true", help="install with pip where uv is there, too")
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    options = parser.parse_args()
    draw, bad = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory() as name:
        course, log = Path(name, "course"), Path(name, "log.txt")
        venv = course / ".venv"
        shutil.copytree(ROOT, course, ignore=LEFT_OUT)
        ended = start(course, options.pip, log).wait()
        ready = re.search(r"is ready, after (\d+) s", log.read_text("utf-8"))
        if ended or not ready:
            sys.exit(f"the first start fails before anything is killed:\n{log.read_text('utf-8')}")
        whole = contents(venv)
        print(f"undisturbed: {ready[1]} s, {len(whole)} files", flush=True)
        for number in range(1, options.kills + 1):
            done, good = attempt(course, options.pip, log, draw, float(ready[1]))
            wrong = faults(venv, whole) if good else [log.read_text("utf-8").strip()[-300:]]
            bad += bool(wrong)
            print(f"{number:3} {done}: {'; '.join(wrong[:3]) or 'whole'}", flush=True)
    print(f"{options.kills - bad} of {options.kills} second starts left a whole environment")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
