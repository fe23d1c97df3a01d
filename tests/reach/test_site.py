"""The static site: what is in it, and that a reader needs nothing else but Pyodide.

How it opens in a browser: test_site_opened.py.
"""

import email
import hashlib
import json
import os
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lifcore
from tools import build_site
from tools.learners_copy import lessons
from tools.setup_environment import ROOT
from tools.setup_trouble import SetupError

from .distribution import ALL, distribution

BROWSER = {
    "extra": "",
    "platform_system": "Emscripten",
    "python_full_version": f"{PYODIDE_PYTHON_VERSION}.0",
    "python_version": PYODIDE_PYTHON_VERSION,
    "sys_platform": "emscripten",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a site, built where an old one was."""
    site = tmp_path_factory.mktemp("dist") / "site"
    site.mkdir()
    (site / "old.html").write_text("from an earlier build")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_site, "SITE", site)
        patch.setattr(sys, "argv", ["build_site"])
        assert build_site.main() == 0
    return site


def read(path):
    return json.loads(path.read_text("utf-8"))


def wheels(site):
    """Return the wheels that the index of a folder lists: normalized name to path."""
    index = site / "all.json"
    files = {name: file for name, project in read(index).items() for file in project["releases"].values()}
    return {canonicalize_name(name): site / file[-1]["url"] for name, file in files.items()}


def test_an_old_site_goes_and_nothing_is_left_elsewhere(site):
    assert not (site / "old.html").exists()
    assert not (ROOT / ".jupyterlite.doit.db").exists()
    assert not (ROOT / "lifcore.egg-info").exists()


def test_it_is_small(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert 10e6 < sum(sizes.values()) <= 30e6
    assert [path for path in sizes if path.suffix == ".map"] == []


def test_only_what_the_lab_needs_is_in_it(site):
    assert {path.parent.name for path in site.glob("*/index.html")} == {"lab"}
    settings = read(site / "jupyter-lite.json")["jupyter-config-data"]
    assert {extension["name"] for extension in settings["federated_extensions"]} == set(build_site.EXTENSIONS)
    kernel = settings["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert "pyodideUrl" not in kernel  # its makers' address, which the kernel knows
    assert not (site / "static" / "pyodide").exists()


def test_all_notebooks_and_pictures_are_listed(site):
    listed = set()
    for listing in (site / "api" / "contents").rglob("all.json"):
        listed |= {entry["path"] for entry in read(listing)["content"] if entry["type"] != "directory"}
    kept = [path for path in (ROOT / "notebooks").rglob("*") if path.suffix in (".ipynb", ".md")]
    kept += [path for path in (ROOT / "images").iterdir() if path.suffix in (".gif", ".png", ".svg")]
    assert len(kept) > 20
    wanted = {path.relative_to(ROOT).as_posix() for path in kept if ".ipynb_checkpoints" not in path.parts}
    assert listed == wanted
    files = lessons(ROOT / "notebooks", build_site.INSTALL)
    for name in wanted:
        there, here = site / "files" / name, ROOT / name
        if here.suffix == ".ipynb":
            given = nbformat.reads(files[here.relative_to(ROOT / "notebooks").as_posix()].decode(), 4)
            assert nbformat.read(there, 4) == given
        else:
            assert there.read_bytes() == here.read_bytes()


def test_no_text_of_a_notebook_is_a_list_of_lines(site):
    """An output in Markdown that is one leaves JupyterLite's table of contents empty."""
    texts = []
    for path in (site / "files" / "notebooks").rglob("*.ipynb"):
        for cell in read(path)["cells"]:
            texts.append(cell["source"])
            for out in cell.get("outputs", []):
                texts += [out["text"]] if "text" in out else list(out.get("data", {}).values())
    assert len(texts) > 500
    assert [text for text in texts if not isinstance(text, str)] == []


def test_links_stay_in_the_site(site):
    found = 0
    for path in (site / "files" / "notebooks").rglob("*"):
        text = path.read_text("utf-8") if path.is_file() else ""
        if path.suffix == ".ipynb":
            cells = nbformat.reads(text, 4).cells
            text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for link in re.findall(r"\]\(([\w./]+\.(?:ipynb|md|png|svg))", text):
            found += 1
            assert (path.parent / link).is_file(), f"{path.name}: {link}"
    assert found > 50


def test_the_wheel_of_lifcore_is_listed_and_whole(site):
    wheel = wheels(site / "pypi")["lifcore"]
    assert wheel.name == f"lifcore-{lifcore.__version__}-py3-none-any.whl"
    (file,) = read(site / "pypi" / "all.json")["lifcore"]["releases"][lifcore.__version__]
    assert file["digests"]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    kept = [path for path in (ROOT / "lifcore").rglob("*.*") if path.suffix in (".py", ".js", ".css")]
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == {path.relative_to(ROOT).as_posix() for path in kept}
    assert {f"lifcore/widgets/{name}" for name in ("live.js", "live.css", "pointer.js")} <= inside


def test_a_reader_needs_only_the_site_and_pyodide(site):
    """Follow what the notebooks' first cells install, and what the kernel does, to the last package."""
    pyodide = read(distribution() / ALL)["packages"]
    extension = site / "extensions" / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "pypi"
    carried = wheels(extension) | wheels(site / "pypi")
    todo = [Requirement(name) for name in ("lifcore", "anywidget", "pyodide-kernel", "ipython", "comm")]
    for wanted in todo:
        name = canonicalize_name(wanted.name)
        if name in carried:
            assert carried[name].name.split("-")[1] in wanted.specifier, wanted
            with zipfile.ZipFile(carried[name]) as archive:
                (metadata,) = [file for file in archive.namelist() if file.endswith(".dist-info/METADATA")]
                more = email.message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])
            more = [Requirement(text) for text in more]
            todo += [r for r in more if r not in todo and (r.marker is None or r.marker.evaluate(BROWSER))]
        else:
            assert pyodide[name]["version"] in wanted.specifier, wanted
    assert {"numpy", "matplotlib", "ipywidgets"} <= {wanted.name for wanted in todo}


def test_nothing_tells_of_this_machine(site):
    places = {str(ROOT), sys.prefix, tempfile.gettempdir() + os.sep, str(Path.home()) + os.sep}
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [place for place in places if place.encode() in data] == [], path


def test_what_is_no_pyodide_is_refused(tmp_path):
    with pytest.raises(SetupError, match="--pyodide must be a folder with pyodide.mjs in it; .* is not one"):
        build_site.build(tmp_path / "site", tmp_path)
    assert not (tmp_path / "site").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "site").write_text("a file where the folder belongs")
    with pytest.raises(SetupError, match=r"site can't be written \(Not a directory\): close what uses it"):
        build_site.build(tmp_path / "site")


def test_the_workflow_publishes_what_the_command_builds():
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    workflow = yaml.load(text, yaml.BaseLoader)  # not SafeLoader, to which the key `on` is a truth value
    assert workflow["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    assert workflow["permissions"] == {"contents": "read"}
    build, deploy = (workflow["jobs"][name] for name in ("build", "deploy"))
    assert [step["run"] for step in build["steps"] if "run" in step] == ["python3 start.py site"]
    assert {"path": "dist/site"} in [step.get("with") for step in build["steps"]]
    assert deploy["needs"] == "build"
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
