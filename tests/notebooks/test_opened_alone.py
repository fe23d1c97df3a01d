"""A notebook opened where lifcore is not installed finds the course around it, or what its place gives it."""

import shutil

import pytest
from nbclient.exceptions import CellExecutionError

from tests.notebooks.alone import hide_lifcore, run_cells
from tests.notebooks.pages import ROOT
from tests.notebooks.test_pages import SETUP
from tools.build_site import INSTALL

FOUND = "import lifcore\nprint(lifcore.__file__)"

# Pyodide's installer, in the manner of JupyterLite's, which "installs" a folder.
BROWSER = """\
import sys, types

async def install(names):
    assert names == ["lifcore", "anywidget"]
    sys.path.append({place!r})

sys.modules["piplite"] = types.SimpleNamespace(install=install)
"""


def test_alone_it_says_what_is_missing(tmp_path, monkeypatch):
    hide_lifcore(tmp_path / "start", monkeypatch)
    with pytest.raises(CellExecutionError) as stop:
        run_cells(tmp_path / "alone", SETUP + FOUND)
    assert (stop.value.ename, stop.value.evalue) == ("ModuleNotFoundError", "No module named 'lifcore'")


@pytest.mark.parametrize("inside", ["notebooks/solutions", "work"])
def test_inside_the_course_it_finds_the_course(tmp_path, monkeypatch, inside):
    hide_lifcore(tmp_path / "start", monkeypatch)
    course = tmp_path / "lifcore"  # as a clone may be called
    shutil.copytree(ROOT / "lifcore", course / "lifcore", ignore=shutil.ignore_patterns("__pycache__"))
    assert run_cells(course / inside, SETUP + FOUND) == f"{course / 'lifcore' / '__init__.py'}\n"


def test_on_the_site_the_first_cell_installs_the_wheel(tmp_path, monkeypatch):
    hide_lifcore(tmp_path / "start", monkeypatch)
    said = run_cells(tmp_path / "alone", BROWSER.format(place=str(ROOT)), INSTALL, SETUP + FOUND)
    assert said == f"{ROOT / 'lifcore' / '__init__.py'}\n"
