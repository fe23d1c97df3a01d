"""The static site in a real browser that reaches nothing but the site.

The Pyodide that stands in it here is its core and what its Python kernel imports, without numpy.
So the kernel runs, wheels install and widgets work, but no cell of the course that computes is run.
"""

import functools
import json
import os
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import FLAGS
from tools.build_site import build
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


def test_widgets_work(page):
    """A slider moves a value in the kernel, which changes what an anywidget shows."""
    assert page.evaluate(RUN, "import piplite; await piplite.install('anywidget')") == ""
    page.evaluate("jupyterapp.commands.execute('notebook:insert-cell-above')")
    page.evaluate(f"code => {NOTEBOOK}.content.activeCell.model.sharedModel.setSource(code)", WIDGETS)
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    page.wait_for_selector(".echo:text-is('3')", timeout=60_000)
    page.locator(".jp-OutputArea .noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".echo:text-is('400')", timeout=10_000)


def test_nothing_was_asked_for_elsewhere(page, site, asked):
    page.evaluate(RUN, "1")
    assert any("/pypi/lifcore-" in url for url in asked)
    assert any(url.endswith("/pyodide.asm.wasm") for url in asked)
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
