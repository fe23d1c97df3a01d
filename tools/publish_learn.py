"""What the branch for Colab holds: the lessons without outputs, and what a clone needs to run them."""

from pathlib import Path

from tools import whole
from tools.learners_copy import lessons
from tools.publish_places import LEARN, Address
from tools.setup_trouble import SetupError

NOTE = f"""\
# The lessons, for Colab

The branch `{LEARN}` holds the lessons without outputs, each with a first cell that gets this branch.
It is written by `tools/publish.py` from the course at {{url}}; what is changed here is lost.
"""
FIRST = """\
import subprocess
import sys
from pathlib import Path

course = Path("lif-course")  # Colab opens one file alone: this gets the rest of the course
if not course.exists():
    source = "--branch={branch} {repository}"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", *source.split(), course], check=True)
sys.path.insert(0, str(course.resolve()))
"""
BESIDE = {"lifcore": (".py", ".js", ".css"), "images": (".png", ".svg", ".gif")}  # and which of their files


def learn(root: Path, address: Address | None, place: Path) -> int:
    """Write the content of the branch into a folder; return how many files it has.

    Parameters
    ----------
    root
        The project.
    address
        Where it is published.
    place
        The folder: a new or an empty one, or one that was written by this before.

    Raises
    ------
    ValueError
        If there is no address yet.
    SetupError
        If the folder holds anything else, or can't be written; then it is as it was.
    """
    if address is None:
        raise ValueError("There is no address yet: first say python tools/publish.py OWNER/NAME.")
    note = NOTE.format(url=address.url)
    if place.exists() and not is_ours(place):
        raise SetupError(f"--learn must be a new or an empty folder; {place} holds something else.")
    first = FIRST.format(branch=LEARN, repository=address.repository)
    files = {f"notebooks/{name}": data for name, data in lessons(root / "notebooks", first).items()}
    for folder, kinds in BESIDE.items():
        paths = [path for path in (root / folder).rglob("*") if path.suffix in kinds]
        files |= {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    files |= {"LICENSE": (root / "LICENSE").read_bytes(), "README.md": note.encode()}
    with whole.folder(place) as new:
        for name, data in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)
    return len(files)


def is_ours(place: Path) -> bool:
    """Tell whether a folder is empty or holds what `learn` has written, and nothing beside it."""
    if not place.is_dir():
        return False
    there = {path.name for path in place.iterdir()}
    readme = place / "README.md"
    ours = readme.is_file() and readme.read_bytes().startswith(NOTE.splitlines()[0].encode())
    return not there or (ours and there == {"README.md", "LICENSE", "notebooks", *BESIDE})
