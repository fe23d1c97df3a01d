"""The static site in a real browser that reaches nothing but the site.

The Pyodide that stands in it here is its core and what its Python kernel imports, without numpy.
So the kernel runs, wheels install and widgets work, but no cell of the course that computes is run.
"""

import base64
import functools
import io
import json
import os
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.lab import FLAGS
from tools.build_site import build
from tools.setup_environment import ROOT
from tools.setup_stages import find_chromium

from .distribution import distribution

ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
NOTEBOOK = "jupyterapp.shell.currentWidget"
RUN = f"""async code => {{
    const kernel = {NOTEBOOK}.sessionContext.session.kernel;
    const future = kernel.requestExecute({{code}});
    const said = [];
    future.onIOPub = message => said.push(
        message.content.data?.['text/plain'] ?? message.content.text ?? message.content.evalue ?? '');
    await future.done;
    return said.join('').trim();
}}"""
WIDGETS = """
import anywidget, ipywidgets, traitlets

class Echo(anywidget.AnyWidget):
    _esm = '''export default {render({model, el}) {
        const show = () => el.innerHTML = `<b class="echo">${model.get('value')}</b>`;
        model.on('change:value', show);
        show();
    }}'''
    value = traitlets.Int(3).tag(sync=True)

slider, echo = ipywidgets.IntSlider(3), Echo()
slider.observe(lambda change: setattr(echo, "value", 100 * change.new), "value")
ipywidgets.VBox([slider, echo])
"""

# Numpy and matplotlib are not there: what stands in for them takes every call, and one picture is made up.
SHOW = """
import base64, sys
from importlib.machinery import ModuleSpec
from types import SimpleNamespace
from unittest.mock import MagicMock

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("numpy", "matplotlib", "PIL"):
            return ModuleSpec(name, self, is_package=True)
    def create_module(self, spec):
        return MagicMock()
    def exec_module(self, module):
        pass

sys.meta_path.insert(0, Absent())
from lifcore import figures

figures.to_png = lambda fig: base64.b64decode("%s")
figures.show(SimpleNamespace(get_size_inches=lambda: (7.0, 3.0)), alt="Made up.")
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as `python -m http.server` does, without a line for each."""

    def log_message(self, format, *args):  # noqa: A002  its name there
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the address of a site with a Pyodide in it."""
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium here")
    folder = tmp_path_factory.mktemp("dist") / "site"
    build(folder, distribution())
    settings = json.loads((folder / "jupyter-lite.json").read_text("utf-8"))
    settings["jupyter-config-data"] |= {
        "exposeAppInBrowser": True,
        # else cells out of sight are not in the page
        "settingsOverrides": {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}},
    }
    (folder / "jupyter-lite.json").write_text(json.dumps(settings), "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def asked():
    """Return the addresses that the page and its kernel have asked for."""
    return []


@pytest.fixture(scope="module")
def page(site, asked):
    """Return the site as it is opened by its bare address, once its kernel is there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, ONLY_HERE])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(site)
        page.wait_for_function(f"window.jupyterapp && {NOTEBOOK}?.context?.isReady", timeout=120_000)
        kernel = f"{NOTEBOOK}.sessionContext.session?.kernel?.status"
        page.wait_for_function(f"{kernel} == 'idle'", timeout=120_000)
        yield page
        browser.close()


def test_it_opens_at_the_first_notebook(page):
    assert page.evaluate(f"{NOTEBOOK}.context.path") == "notebooks/00_start_here.ipynb"
    page.wait_for_function("[...document.querySelectorAll('.jp-Notebook img')].every(img => img.complete)")
    widths = page.evaluate("[...document.querySelectorAll('.jp-Notebook img')].map(img => img.naturalWidth)")
    assert len(widths) >= 3
    assert all(widths)


def test_the_kernel_answers(page):
    assert page.evaluate(RUN, "1 + 1") == "2"
    assert page.evaluate(RUN, "import sys; sys.platform") == "'emscripten'"


def test_lifcore_installs(page):
    assert page.evaluate(RUN, "import importlib.util; importlib.util.find_spec('lifcore')") == ""
    assert page.evaluate(RUN, "import piplite; await piplite.install('lifcore', deps=False)") == ""
    found = "[home] = importlib.util.find_spec('lifcore').submodule_search_locations; home"
    assert page.evaluate(RUN, found).endswith("/lifcore'")
    files = "sorted(path.name for path in Path(home, 'widgets').iterdir() if path.suffix in ('.js', '.css'))"
    names = page.evaluate(RUN, f"from pathlib import Path; {files}")
    assert names == "['live.css', 'live.js', 'pointer.js']"
    # No line of it is one at which that Python takes offence.
    compiled = "[compile(path.read_text(), path, 'exec') for path in Path(home).rglob('*.py')]"
    strict = "import warnings; warnings.simplefilter('error')"
    assert int(page.evaluate(RUN, f"{strict}; len({compiled})")) > 20
    page.evaluate(RUN, "warnings.resetwarnings()")


def run_cell(page, code):
    """Run a cell of its own above the others."""
    page.evaluate("jupyterapp.commands.execute('notebook:insert-cell-above')")
    page.evaluate(f"code => {NOTEBOOK}.content.activeCell.model.sharedModel.setSource(code)", code)
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")


def test_a_figure_is_seen(page):
    """The installed lifcore hands a picture over, and it reaches the page."""
    file = io.BytesIO()
    Image.new("P", (7, 3)).save(file, "png")
    png = base64.b64encode(file.getvalue()).decode()
    run_cell(page, SHOW % png)
    image = page.wait_for_selector(".jp-OutputArea img[width='700'][height='300']", timeout=60_000)
    assert image.get_attribute("src") == f"data:image/png;base64,{png}"
    page.wait_for_function("image => image.complete", arg=image)
    assert image.evaluate("image => image.naturalWidth") == 7


def test_the_table_of_contents_lists_the_headings(page, site):
    cells = nbformat.read(ROOT / "notebooks" / "02_spike.ipynb", 4).cells
    assert any("text/markdown" in out.get("data", {}) for cell in cells for out in cell.get("outputs", []))
    lines = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    headings = [line.lstrip("# ") for line in lines if re.match("#+ ", line)]
    context = page.context.browser.new_context()  # which has no other notebook open from before
    other = context.new_page()
    other.goto(f"{site}lab/index.html?path=notebooks/02_spike.ipynb")
    there = f"{NOTEBOOK}?.context?.isReady && {NOTEBOOK}.context.path.endsWith('02_spike.ipynb')"
    other.wait_for_function(f"window.jupyterapp && {there}", timeout=120_000)
    other.evaluate("jupyterapp.commands.execute('toc:show-panel')")
    item = ".jp-TableOfContents .jp-tocItem"
    other.wait_for_selector(f"{item}:has-text('The spike')", state="attached", timeout=60_000)
    listed = other.locator(f"{item}-content").all_text_contents()
    context.close()
    assert len(headings) >= 5 and listed == headings


def test_widgets_work(page):
    """A slider moves a value in the kernel, which changes what an anywidget shows."""
    assert page.evaluate(RUN, "import piplite; await piplite.install('anywidget')") == ""
    run_cell(page, WIDGETS)
    page.wait_for_selector(".echo:text-is('3')", timeout=60_000)
    page.locator(".jp-OutputArea .noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".echo:text-is('400')", timeout=10_000)


def test_nothing_was_asked_for_elsewhere(page, site, asked):
    page.evaluate(RUN, "1")
    assert any("/pypi/lifcore-" in url for url in asked)
    assert any(url.endswith("/pyodide.asm.wasm") for url in asked)
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
