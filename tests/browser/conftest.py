"""A JupyterLab and a Chromium for all tests of this folder."""

import os

import pytest

from tools.setup_stages import find_chromium

from .lab import FLAGS, ROOT, Lab, Page


@pytest.fixture(scope="session")
def browser():
    """Return the system's Chromium; without one the tests are skipped, but never in CI."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def light(browser, tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("light"), ROOT / "notebooks", ROOT / "images")
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def dark(browser, tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("dark"), ROOT / "notebooks", ROOT / "images", dark=True)
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def context(browser):
    """Return what all pages share: JupyterLab's own files are loaded once."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def opened(context):
    """Return a function that opens a notebook; in the end all are closed, and have asked nobody else."""
    pages = []

    def open_page(lab, name, width=1280, script=""):
        page = context.new_page()
        page.add_init_script(script)
        pages.append(Page(page, lab, name, width))
        return pages[-1]

    yield open_page
    for page in context.pages:
        page.close()
    assert [url for page in pages for url in page.foreign] == []
