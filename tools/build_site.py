"""The course as a static site: JupyterLite, whose Python runs in the reader's browser.

python -m tools.build_site                    dist/site; its readers' browsers get Pyodide from its makers
python -m tools.build_site --pyodide FOLDER   the same with a Pyodide distribution in it: it needs no network
"""

import argparse
import contextlib
import json
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from tools import whole
from tools.learners_copy import lessons
from tools.notebook_form import read
from tools.setup_environment import ROOT
from tools.setup_show import show
from tools.setup_trouble import SetupError

SITE = ROOT / "dist" / "site"
FIRST = "lab/index.html?path=notebooks/00_start_here.ipynb"
# What Pyodide doesn't have of what its kernel and the explorers import.
WHEELS = ("anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal")
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget")
INSTALL = """\
import piplite

await piplite.install(["lifcore", "anywidget"])  # the site carries them
"""
NAME = "Leaky integrate-and-fire neurons"
# Leads to the first notebook; the lab reads the settings in it.
INDEX = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{NAME}</title>
<link rel="icon" href="lab/favicon.ico">
<meta http-equiv="refresh" content="0; url={FIRST}">
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{{}}</script>
</head>
<body><p><a href="{FIRST}">{NAME}: start here</a></p></body>
</html>
"""


def main() -> int:
    """Build the site and say where it is."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="a folder with pyodide.mjs in it")
    start = time.perf_counter()
    build(SITE, parser.parse_args().pyodide)
    files = [path for path in SITE.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    seconds = time.perf_counter() - start
    print(f"dist/site is ready, after {seconds:.0f} s: {size:.1f} MB in {len(files)} files.")
    print("To look at it: python3 -m http.server -d dist/site, then open http://localhost:8000")
    return 0


def build(site: Path, pyodide: Path | None = None) -> None:
    """Build the site in a folder, in place of what is there.

    Raises
    ------
    SetupError
        If `pyodide` is no folder of a Pyodide distribution, or the site can't be built or written.
    """
    if pyodide is not None and not (pyodide / "pyodide.mjs").is_file():
        raise SetupError(f"--pyodide must be a folder with pyodide.mjs in it; {pyodide} is not one.")
    pyodide = pyodide and pyodide.resolve()
    # JupyterLite leaves notes where it is started.
    with whole.folder(site) as new, tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        work = Path(folder)
        gather(work / "contents")
        wheels = [make_wheel(work), *bundled_wheels()]
        config = {
            "LiteBuildConfig": {
                "apps": ["lab"],
                "contents": ["contents"],
                "federated_extensions": [f"{sys.prefix}/share/jupyter/labextensions/{n}" for n in EXTENSIONS],
                "ignore_sys_prefix": True,
                "no_sourcemaps": True,
                "no_unused_shared_packages": True,
                "output_dir": "site",
            },
            "PipliteAddon": {"piplite_urls": [str(wheel) for wheel in wheels]},
        }
        if pyodide:
            shutil.copytree(pyodide, work / "static" / "pyodide")
        settings = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {"appName": NAME}}
        work.joinpath("jupyter_lite_config.json").write_text(json.dumps(config), "utf-8")
        work.joinpath("jupyter-lite.json").write_text(json.dumps(settings), "utf-8")
        print("[3/3] Putting the site together", flush=True)
        command = [sys.executable, "-m", "jupyterlite_core", "build"]
        show(command, "The site can't be built.")
        work.joinpath("site", "index.html").write_text(INDEX, "utf-8")
        shutil.copytree(work / "site", new, dirs_exist_ok=True)


def gather(contents: Path) -> None:
    """Copy what the reader sees: the notebooks and their pictures, in the folders that their links name.

    The lessons have no outputs, as in the learner's copy, and a first cell installs lifcore. The lines of a
    notebook's cells and outputs are joined: JupyterLite takes them as the file has them, and its table of
    contents stays empty where an output in Markdown is a list of lines.
    """
    ignore = shutil.ignore_patterns(".*", "*.py", "__pycache__")
    for name in ("notebooks", "images"):
        shutil.copytree(ROOT / name, contents / name, ignore=ignore)
    for name, data in lessons(ROOT / "notebooks", INSTALL).items():
        (contents / "notebooks" / name).write_bytes(data)
    for path in contents.rglob("*.ipynb"):
        path.write_text(nbformat.writes(read(path), version=4, split_lines=False), "utf-8")


def make_wheel(work: Path) -> Path:
    """Return a wheel of lifcore, built in a copy: in the clone an earlier build could leave files in it."""
    print("[1/3] Building the wheel of lifcore", flush=True)
    source = work / "source"
    shutil.copytree(ROOT / "lifcore", source / "lifcore", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = ["wheel", "--no-deps", "--no-index", "--no-build-isolation", f"--wheel-dir={work}", str(source)]
    pip(command, "The wheel of lifcore can't be built.")
    return next(work.glob("lifcore-*.whl"))


def bundled_wheels() -> list[Path]:
    """Return the wheels that the site carries, in the versions of the lock; got once for each environment."""
    print(f"[2/3] Getting the wheels of {', '.join(WHEELS)}", flush=True)
    wheels = Path(sys.prefix, "wheels")
    if not wheels.is_dir():
        lock = (ROOT / "requirements-reach.lock").read_text("utf-8")
        with tempfile.TemporaryDirectory(dir=sys.prefix) as folder:
            wanted = Path(folder, "wanted.txt")
            entries = dict(re.findall(r"^([\w.-]+)(==.*(?:\n .*)*)", lock, re.MULTILINE))
            wanted.write_text("\n".join(name + entries[name] for name in WHEELS), "utf-8")
            pure = ["--platform=any", "--implementation=py", "--abi=none", "--only-binary=:all:"]
            command = ["download", "--no-deps", "--require-hashes", *pure, f"--dest={folder}/wheels"]
            pip([*command, f"--requirement={wanted}"], "The wheels can't be had.")
            Path(folder, "wheels").rename(wheels)
    return sorted(wheels.glob("*.whl"))


def pip(command: list[str], failed: str) -> None:
    """Run pip and show what it says."""
    options = ["--disable-pip-version-check", "--no-input", "--quiet"]
    show([sys.executable, "-m", "pip", *options, *command], failed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
