"""The course on paper: pages and PDFs that need no network, with nothing lost, cut or dead."""

import os
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from tests.browser.lab import FLAGS
from tests.notebooks.pages import MAIN, NOTEBOOKS
from tools import build_paper
from tools.setup_stages import find_chromium

SOURCES = [*MAIN, NOTEBOOKS / "glossary.md"]
every_page = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
A4_AT_96 = 680  # pixels between the margins
TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
WRAPPED = """[...document.querySelectorAll(".highlight pre")]
    .map(e => [e.textContent.trimEnd().split("\\n").length, e.clientHeight, getComputedStyle(e).lineHeight])
    .filter(([lines, high, line]) => high > (lines + 0.9) * parseFloat(line))"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """Return the folder of a build; without Chromium the tests are skipped, but never in CI."""
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium here")
    folder = tmp_path_factory.mktemp("dist") / "paper"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_paper, "PAPER", folder)
        build_paper.main()
    return folder


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


def soup(folder, path):
    return BeautifulSoup((folder / f"{path.stem}.html").read_text("utf-8"), "html.parser")


def markdown(path):
    """Return every markdown text of a notebook, outputs included."""
    cells = build_paper.load(path).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    outs = [out.get("data", {}) for cell in cells if cell.cell_type == "code" for out in cell.outputs]
    return texts + [data["text/markdown"] for data in outs if "text/markdown" in data]


def test_each_notebook_is_a_page_and_a_pdf(paper):
    names = {f"{path.stem}{suffix}" for path in SOURCES for suffix in (".html", ".pdf")}
    assert {path.name for path in paper.iterdir()} == names


@every_page
def test_a_page_is_whole_without_a_network(paper, browser, path):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((paper / f"{path.stem}.html").as_uri())
    assert [url[:80] for url in asked if not url.startswith("data:")] == [page.url]
    broken = "[...document.images].filter(img => !img.naturalWidth).map(img => img.alt)"
    assert page.evaluate(broken) == []
    page.close()
    text = (paper / f"{path.stem}.html").read_text("utf-8")
    assert re.findall(r"<(?:script|link|iframe)\b|@import|\burl\(|cdnjs|unpkg|[Mm]ath[Jj]ax", text) == []


@every_page
def test_every_formula_is_there(paper, path):
    page = soup(paper, path)
    formulas = re.findall(r"\$\$.*?\$\$|\$[^$\n]+\$", "\n".join(markdown(path)), re.DOTALL)
    assert len(page.find_all("math")) == len(formulas)
    assert [math.text for math in page.find_all("math") if re.search(r"[\\{}$&]", math.text)] == []
    for code in page.find_all(["pre", "code"]):
        code.decompose()
    assert "$" not in page.main.text


def shape(latex):
    """Return a formula's MathML in short: its elements and texts."""

    def short(node):
        if node.name is None:
            return node.strip()
        inner = [text for child in node.children if (text := short(child))]
        return " ".join(inner) if node.name in ("mi", "mn", "mo") else f"{node.name}({', '.join(inner)})"

    return short(BeautifulSoup(build_paper.mathml(latex, "inline"), "html.parser").math)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{dV}{dt}", "math(mrow(mfrac(mrow(d, V), mrow(d, t))))"),
        (r"V_\infty", "math(mrow(msub(V, ∞)))"),
        (r"t_\mathrm{ref}", "math(mrow(msub(t, mtext(ref))))"),
        (r"e^{-t/\tau}", "math(mrow(msup(e, mrow(−, t, /, τ))))"),
        (r"\lfloor N \rfloor", "math(mrow(⌊, N, ⌋))"),
        (r"V \ge V_{t,ij}", "math(mrow(V, ≥, msub(V, mrow(t, ,, i, j))))"),
        (r"\sqrt{2}", "math(mrow(msqrt(mrow(2))))"),
        (r"\left\lceil \ln q \right\rceil", "math(mrow(mrow(⌈, ln, mspace(), q, ⌉)))"),
    ],
)
def test_formulas_mean_what_they_say(latex, expected):
    assert shape(latex) == expected


def test_aligned_equations_have_a_row_each():
    mathml = build_paper.mathml(r"\begin{aligned} a &= b \\ c &= d \\ &\quad + e \end{aligned}", "block")
    rows = BeautifulSoup(mathml, "html.parser").find_all("mtr")
    assert [[cell.text for cell in row.find_all("mtd")] for row in rows][:2] == [["a", "=b"], ["c", "=d"]]
    assert len(rows) == 3


def test_spaces_are_those_of_tex():
    assert build_paper.mathml("|x|/2", "inline").count('<mo lspace="0" rspace="0"') == 3
    assert '<mi>ln</mi><mspace width="0.167em" />' in build_paper.mathml(r"\ln\varphi", "inline")
    assert "mspace" not in build_paper.mathml(r"\ln(1 - w)", "inline")


@every_page
def test_pictures_are_inside_and_described(paper, path):
    images = soup(paper, path).find_all("img")
    assert [img.get("alt", "") for img in images if not img["src"].startswith("data:image/")] == []
    assert all(len(img["alt"]) > 10 and "No description" not in img["alt"] for img in images)
    shown = len(re.findall(r"!\[", "\n".join(markdown(path))))
    if path.suffix == ".ipynb":
        shown += (path.read_text("utf-8")).count('"image/png": "iVBOR')
    assert len(images) == shown


@every_page
def test_links_lead_to_the_pages(paper, path):
    dead = []
    for link in soup(paper, path).find_all("a", href=True):
        name, _, place = link["href"].partition("#")
        if re.match("https?:", name):
            continue
        other = paper / name if name else paper / f"{path.stem}.html"
        if not other.exists() or (place and f'id="{place}"' not in other.read_text("utf-8")):
            dead.append(link["href"])
    assert dead == []
    assert len(soup(paper, path).find_all("a", href=re.compile("glossary.html#"))) > 3 or path.suffix == ".md"


@every_page
def test_it_fits_on_paper(paper, browser, path):
    page = browser.new_page(viewport={"width": A4_AT_96, "height": 900})
    page.emulate_media(media="print")
    page.goto((paper / f"{path.stem}.html").as_uri())
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(WRAPPED) == []
    page.close()


@every_page
def test_the_pdf(paper, path):
    pdf = (paper / f"{path.stem}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert 4 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 30
    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", pdf)) <= {(b"594", b"841"), (b"595", b"842")}
    assert b"file:" not in pdf  # no address of this machine


def test_on_paper_hints_stand_open_at_the_end(paper, browser):
    page = browser.new_page()
    page.goto((paper / "02_spike.html").as_uri())
    hints = page.locator("details").evaluate_all(
        "folds => folds.map(fold => [...fold.childNodes].filter(x => x.tagName !== 'SUMMARY')"
        ".map(x => x.textContent).join(''))"
    )
    page.evaluate((build_paper.HERE / "paper.js").read_text("utf-8"))
    last = page.locator("main > section").last.text_content()
    assert page.locator("details").count() == 0 and len(hints) > 9
    assert all(hint.strip() in last for hint in hints)
    names = "1. A neuron that subtracts.", "2. Two weights.", "3. Once in how many?"
    places = [last.index(name) for name in names]
    assert places == sorted(places)
    page.close()


def test_a_second_build_is_the_same_and_without_chromium_there_are_pages(
    paper, tmp_path, monkeypatch, capsys
):
    (tmp_path / "old.html").touch()
    monkeypatch.setattr(build_paper, "PAPER", tmp_path)
    monkeypatch.setattr(build_paper, "find_chromium", lambda: None)
    build_paper.main()
    assert {path.name for path in tmp_path.iterdir()} == {f"{path.stem}.html" for path in SOURCES}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (paper / path.name).read_bytes()
    assert "install Chromium or Chrome" in capsys.readouterr().out


def test_a_dead_link_stops_the_build():
    exporter = build_paper.Exporter({"02_spike"})
    cell = nbformat.v4.new_markdown_cell("See [it](77_gone.ipynb).")
    with pytest.raises(SystemExit, match=r"77_gone\.ipynb must lead to a notebook"):
        exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
