"""A notebook opened where lifcore is not installed finds the course, or says in one sentence what to do."""

import shutil

import pytest
from nbclient.exceptions import CellExecutionError

from tests.notebooks.alone import hide_lifcore, run_cells
from tests.notebooks.pages import ROOT
from tools.publish import parse
from tools.publish_places import LAST, SETUP, in_setup

SEARCH = SETUP + LAST  # the lines above the imports, as long as there is no address
FOUND = "import lifcore\nprint(lifcore.__file__)"
SAID = "lifcore is not here: get the whole course and open this notebook in it"
ADDRESS = parse("ada/lif-course")

# Pyodide's platform, and an installer in the manner of JupyterLite's that "installs" a folder.
BROWSER = """\
import sys, types

async def install(names):
    assert names == ["lifcore", "anywidget"]
    sys.path.append({place!r})

sys.platform = "emscripten"
sys.modules["piplite"] = types.SimpleNamespace(install=install)
"""


@pytest.mark.parametrize(
    ("colab", "address"), [(False, None), (False, ADDRESS), (True, None)], ids=["alone", "published", "colab"]
)
def test_alone_it_says_what_to_do(tmp_path, monkeypatch, colab, address):
    hide_lifcore(tmp_path / "start", monkeypatch, colab)
    (tmp_path / "lifcore").mkdir()  # a folder of that name around it is not the course yet
    with pytest.raises(CellExecutionError) as stop:
        run_cells(tmp_path / "alone", in_setup(SEARCH, address))
    assert (stop.value.ename, stop.value.evalue) == ("ModuleNotFoundError", SAID)


@pytest.mark.parametrize("inside", ["notebooks/solutions", "notebooks/my/own/copy"])
def test_inside_the_course_it_finds_the_course(tmp_path, monkeypatch, inside):
    hide_lifcore(tmp_path / "start", monkeypatch, colab=True)
    course = tmp_path / "lifcore"  # as a clone may be called
    shutil.copytree(ROOT / "lifcore", course / "lifcore", ignore=shutil.ignore_patterns("__pycache__"))
    said = run_cells(course / inside, in_setup(SEARCH, ADDRESS), FOUND)
    assert said == f"{course / 'lifcore' / '__init__.py'}\n"


def test_in_jupyterlite_it_installs_the_wheel(tmp_path, monkeypatch):
    hide_lifcore(tmp_path / "start", monkeypatch)
    browser = BROWSER.format(place=str(ROOT))
    assert run_cells(tmp_path / "alone", browser, SEARCH, FOUND) == f"{ROOT / 'lifcore' / '__init__.py'}\n"


def test_where_lifcore_is_installed_it_does_nothing(tmp_path):
    look = "import sys\nbefore = list(sys.path)"
    assert run_cells(tmp_path / "alone", look, SEARCH, "print(sys.path == before)") == "True\n"
