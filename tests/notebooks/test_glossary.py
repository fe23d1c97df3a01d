"""The glossary has each term and symbol of the notebooks, which link a term where it first stands."""

import re

import pytest

from tests.notebooks.pages import MAIN, NOTEBOOKS, cells, name, outputs
from tests.own import united
from tools.notebook_words import ANY_LINK, LINK, anchor, prose

GLOSSARY = (NOTEBOOKS / "glossary.md").read_text("utf-8")
TERMS = [head for head in re.findall(r"^## (.*)$", GLOSSARY, re.MULTILINE) if head != "Symbols"]

# A notebook's own tests add to these three tables, under the same names.
# What a term is also called; a plural needs no entry.
ALSO = united(
    "ALSO",
    {
        "Spike": ["action potential"],
        "Dynamic threshold": ["adaptive threshold"],
        "Leaky integrate-and-fire neuron": ["leaky integrate-and-fire", "LIF"],
        "Relative refractory period": ["relative refractory"],
        "Target wave": ["target"],
    },
)
# Terms that are common words too: how they stand where they are meant as terms.
ONLY = united(
    "ONLY", {"Drive": r"(?:the|a|whose|one) drives?", "Order": r"(?:first order|the order of a method)"}
)
# Letters that stand in formulas for themselves, or for what their own sentence says.
PLAIN = united("PLAIN", {"d", "e", "π", "x", "y"})
# Phrases that only look like a term: the menu of JupyterLab, the water of 01.
ELSE = r"\b(?:Restart )?Kernel\b(?= →| and)|\bleaks out\b"


def blank(pattern: str, text: str, flags: int = 0) -> str:
    """Return the text with what fits the pattern replaced by as many spaces."""
    return re.sub(pattern, lambda found: " " * len(found[0]), text, flags=flags)


def body(path) -> str:
    """Return the running text of a notebook, links and all.

    Left out are the opening, which says ahead what will be explained, the literature, headings, tables,
    pictures, code and formulas.
    """
    every = cells(path)
    opening = next(k for k, cell in enumerate(every) if cell.cell_type == "code")
    text = "\n\n".join(cell.source for cell in every[opening:] if cell.cell_type == "markdown")
    text = text.split("**Further reading**")[0]
    text = blank(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|<code>.*?</code>", text, re.DOTALL)
    return blank(rf"^#+ .*$|^\|.*\|$|!{ANY_LINK}", text, re.MULTILINE)


def first_uses(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return where each term is first linked to the glossary, and where it first stands without a link."""
    linked: dict[str, int] = {}
    for found in LINK.finditer(text):
        linked.setdefault(found[1], found.start())
    text = blank(ELSE, blank(ANY_LINK, text))
    forms = [(form, term) for term in TERMS for form in (term, *ALSO.get(term, []))]
    bare: dict[str, int] = {}
    for form, term in sorted(forms, key=lambda pair: -len(pair[0])):  # "input spike" before "spike"
        words = ONLY.get(term, re.sub(r"[ -]", "[ –-]", form) + "(?:s|es)?")
        places = [found.start() for found in re.finditer(rf"\b{words}\b", text, re.IGNORECASE)]
        text = blank(rf"\b{words}\b", text, re.IGNORECASE)
        if places:
            bare[anchor(term)] = min(places[0], bare.get(anchor(term), places[0]))
    return linked, bare


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_a_term_is_linked_where_it_first_stands(path):
    text = body(path)
    linked, bare = first_uses(text)
    late = {term: at for term, at in bare.items() if linked.get(term, len(text)) > at}
    assert {term: text[max(0, at - 40) : at + 40] for term, at in late.items()} == {}


def test_terms_stand_in_order_and_each_is_used():
    assert sorted(TERMS, key=str.lower) == TERMS
    linked = set().union(*(first_uses(body(path))[0] for path in MAIN))
    assert {anchor(term) for term in TERMS} - linked == set()


def rows() -> list[tuple[str, str, str]]:
    """Return the rows of the table of symbols: symbol, Python name, unit."""
    table = GLOSSARY.partition("## Symbols")[2].replace(r"\|", "")
    found = [[part.strip(" `") for part in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    return [(symbol, key, unit) for symbol, key, _, unit in found[2:]]


def known() -> set[str]:
    """Return every symbol of the glossary."""
    return {symbol for row in rows() for symbol in row[0].split(", ")}


def plain(latex: str) -> str:
    """Return a formula with symbols written as the glossary writes them."""
    greek = {"tau": "τ", "theta": "θ", "Delta": "Δ", "delta": "δ", "varphi": "φ", "pi": "π", "infty": "∞"}
    text = re.sub(r"\\text\{[^}]*\}|\\(?:begin|end)\{\w+\}", " ", latex)
    text = re.sub(r"\\mathrm\{(\w+)\}", r"\1", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda found: greek.get(found[1], " "), text)
    text = text.replace("_∞", "∞").replace("{ij}", "").replace(",ij}", "}")
    return re.sub(r"_\{?(\w+)\}?", r"_\1", text)


def symbols(text: str) -> set[str]:
    """Return the symbols of a formula: letters with what hangs below them, those of a product one by one."""
    text = re.sub(r"Δ ([txy])\b", r"Δ\1", text)
    return set(re.findall(r"Δ[txy]|[VI]∞|[A-Za-zα-ωΔ](?:_[A-Za-z0-9θ]+)?", text))


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_the_glossary_has_each_symbol(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    formulas = " ".join(plain(part) for part in re.findall(r"\$\$.*?\$\$|\$[^$\n]*\$", text, re.DOTALL))
    texts = [prose(cell.source) for cell in cells(path, "markdown")]
    used = symbols(formulas) | {letter for part in texts for letter in letters(part)}
    assert used - known() - PLAIN == set()


def letters(text: str) -> list[str]:
    """Return the symbols of running text: Greek ones, and Latin letters that stand alone."""
    text = text.split("Further reading")[0]
    return re.findall(r"Δt|V∞|[α-ωΔ](?:_[A-Zθ])?|(?<![\w.'])[B-Zb-rt-z](?![\w.'’])", text)


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_the_glossary_has_each_row_of_a_symbol_table(path):
    tables = [out.get("data", {}).get("text/markdown", "") for _, out in outputs(path)]
    shown = re.findall(r"^\| \$(.*?)\$ \| `(\w+)` \|.*?\| (\S*) \| \S* \|$", "\n".join(tables), re.MULTILINE)
    assert shown or path.name.startswith("00")
    assert {(*symbols(plain(latex)), key, unit) for latex, key, unit in shown} <= set(rows())
