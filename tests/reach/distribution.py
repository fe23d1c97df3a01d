"""A Pyodide distribution without a network of its own: its core, and what its Python kernel imports.

The core is the npm package `pyodide`. Its lock names wheels that stand elsewhere; those that are
pure Python come from the Python registry, in the versions of the lock. numpy and what is built on
it have been compiled for Pyodide alone and are not among them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION

KERNEL = ["micropip", "packaging", "ipython", "jedi", "typing-extensions"]
ALL = "all-that-pyodide-has.json"  # the lock as it came


def distribution() -> Path:
    """Return the folder of the distribution, which is made once for each environment."""
    folder = Path(sys.prefix, f"pyodide-{PYODIDE_VERSION}")
    if not folder.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("no npm here, which brings Pyodide")
        fresh = Path(f"{folder}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        fill(fresh, npm)
        fresh.rename(folder)
    return folder


def fill(folder: Path, npm: str) -> None:
    """Put the core and the kernel's wheels into a folder."""
    pack = [npm, "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"]
    name = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(folder / name) as archive:
        for member in archive.getmembers():
            member.name = Path(member.name).name  # everything lies in one folder of the archive
            archive.extract(member, folder, filter="data")
    (folder / name).unlink()

    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    (folder / ALL).write_text(json.dumps(lock), "utf-8")
    names = list(KERNEL)
    for name in names:
        names += [more for more in lock["packages"][key(name)]["depends"] if more not in names]
    lock["packages"] = {key(name): lock["packages"][key(name)] for name in names}
    pure = ["--no-deps", "--only-binary=:all:", f"--python-version={PYODIDE_PYTHON_VERSION}"]
    pure += ["--platform=any", "--implementation=py", "--abi=none"]
    wanted = [f"{name}=={package['version']}" for name, package in lock["packages"].items()]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", *pure, f"--dest={folder}", *wanted]
    subprocess.run(pip, check=True)
    for package in lock["packages"].values():
        wheel = next(folder.glob(f"{package['file_name'].split('-')[0]}-*.whl"))
        package["file_name"] = wheel.name
        package["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")


def key(name: str) -> str:
    """Return a package's key in the lock."""
    return name.replace("_", "-").lower()
