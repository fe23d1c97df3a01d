"""Build dist/paper: each notebook and the glossary as a page and a PDF, both whole without a network."""

import base64
import html
import mimetypes
import re
import sys
from pathlib import Path
from string import Template
from typing import Any

import nbformat
from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from playwright.sync_api import sync_playwright
from pygments.formatters import HtmlFormatter

from tools import whole
from tools.setup_environment import ROOT
from tools.setup_stages import find_chromium
from tools.setup_trouble import SetupError

NOTEBOOKS = ROOT / "notebooks"
PAPER = ROOT / "dist" / "paper"
HERE = Path(__file__).parent
PAGE = Template(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>$title</title>\n<style>\n$style\n</style>\n</head>\n"
    "<body>\n<main>\n$body\n</main>\n</body>\n</html>\n"
)
FOOTER = Template(
    '<div style="display: flex; justify-content: space-between; width: 100%; padding: 0 15mm; '
    'font: 8px sans-serif; color: #555"><span>$title</span>'
    '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
)


class Renderer(IPythonRenderer):
    """Markdown as HTML with formulas as MathML, pictures inside, and links to the other pages."""

    def __init__(self, pages: set[str]) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.pages = pages

    def inline_math(self, body: str) -> str:
        """Return a formula of the running text."""
        return mathml(body, "inline")

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return mathml(body, "block")

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """Return a heading with the id that GitHub gives it, which is what links name."""
        plain = html.unescape(re.sub(r"<[^>]*>", "", text))
        name = re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a picture with its data inside."""
        kind = mimetypes.guess_type(url)[0]
        data = base64.b64encode((NOTEBOOKS / url).read_bytes()).decode()
        return super().image(text, f"data:{kind};base64,{data}", title)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Return a link; of one that leads out of the paper to the solutions only the text stays."""
        if url.startswith("solutions/"):
            return text
        if not re.match(r"[a-z]+:|#", url):
            name, _, place = url.partition("#")
            stem = Path(name).stem
            if stem not in self.pages:
                raise SystemExit(f"The link to {url} must lead to a notebook or the glossary: mend it.")
            url = f"{stem}.html" + (f"#{place}" if place else "")
        return super().link(text, url, title)


class Exporter(HTMLExporter):
    """nbconvert's, with the renderer above."""

    def __init__(self, pages: set[str]) -> None:
        super().__init__(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
        self.pages = pages

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return a markdown cell, or an output in markdown, as HTML."""
        return MarkdownWithMath(renderer=Renderer(self.pages)).render(source)


def mathml(latex: str, display: str) -> str:
    """Return a formula as MathML.

    `aligned`, which the converter doesn't know, is written as `split`, which is the same to it; words
    that stand upright are kept whole, and Δ is upright. Spaces are those of TeX: a thin one between a
    function and what it is of, none round a slash or a stroke of a pair of bars.
    """
    latex = latex.strip().replace("{aligned}", "{split}")
    text = convert(re.sub(r"\\mathrm\{(\w+)\}", r"\\text{\1}", latex), display=display)
    text = re.sub(r"<mi>\w{2,}</mi>(?=<m[^o])", r'\g<0><mspace width="0.167em" />', text)
    text = text.replace("<mi>&#x00394;", '<mi mathvariant="normal">&#x00394;')
    return re.sub(r"<mo([^>]*>&#x000(?:2F|7C);)", r'<mo lspace="0" rspace="0"\1', text)


def load(path: Path) -> Any:
    """Return a notebook; of a markdown file one that has it as its only cell."""
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    cell = nbformat.v4.new_markdown_cell(path.read_text("utf-8"), id=path.stem)
    return nbformat.v4.new_notebook(cells=[cell])


def write_pages(paths: list[Path], paper: Path) -> dict[str, str]:
    """Write a page for each notebook into a folder; return the titles by file name without suffix."""
    style = (HERE / "paper.css").read_text("utf-8") + HtmlFormatter().get_style_defs(".highlight")
    exporter = Exporter({path.stem for path in paths})
    titles = {}
    for path in paths:
        notebook = load(path)
        title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        titles[path.stem] = f"{path.stem[:2]} {title}" if path.stem[:2].isdigit() else title
        body, _ = exporter.from_notebook_node(notebook)
        page = PAGE.substitute(title=html.escape(titles[path.stem]), style=style, body=body)
        (paper / f"{path.stem}.html").write_text(page, "utf-8", newline="\n")
    return titles


def print_pages(titles: dict[str, str], paper: Path, chromium: str) -> None:
    """Write a PDF of each page beside it."""
    prepare = (HERE / "paper.js").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page()
        for stem, title in titles.items():
            page.goto((paper / f"{stem}.html").as_uri())
            page.evaluate(prepare)
            page.pdf(
                path=paper / f"{stem}.pdf",
                prefer_css_page_size=True,
                print_background=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOTER.substitute(title=html.escape(title)),
                tagged=True,
                outline=True,
            )
        browser.close()


def main() -> int:
    """Build everything anew and say where it is."""
    chromium = find_chromium()
    with whole.folder(PAPER) as paper:
        titles = write_pages([*sorted(NOTEBOOKS.glob("*.ipynb")), NOTEBOOKS / "glossary.md"], paper)
        if chromium:
            print_pages(titles, paper, chromium)
    made = f"{len(titles)} pages" + (f" and {len(titles)} PDFs" if chromium else "")
    print(f"{made} are in {PAPER}; they begin with 00_start_here.")
    if not chromium:
        print("There are no PDFs: install Chromium or Chrome to have them, or print the pages.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
