"""What the tool writes into the words of a notebook: the meaning of its terms, and how long it takes."""

import re
from typing import Any

TIME = re.compile(r"^Time: .* min\.$", re.MULTILINE)
ROW = re.compile(r"^(\| \[[^\]]*\]\(notebooks/(\w+)\.ipynb\) \|.*\| ).* min \|$", re.MULTILINE)
ANY_LINK = r'\[([^\]]*)\]\((?:[^)"]|"[^"]*")*\)'  # its title may hold parentheses
LINK = re.compile(r'\]\(glossary\.md#([^)\s]+)(?: "[^"]*")?\)')
GUESS = re.compile(r"guess\w* = None\b[^\n]*")
WORDS_A_MINUTE = 100
CODE, YOURS, EXERCISE, FIND = 0.75, 3, 7, 6  # min: a cell of code, one to write, and more


def anchor(heading: str) -> str:
    """Return the place that a link to a heading names."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def prose(source: str) -> str:
    """Return a markdown text without code, formulas, tags and the targets of links."""
    text = re.sub(r"```.*?```|`[^`]*`", " ", source, flags=re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$", " ", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
    for link in ("!" + ANY_LINK, ANY_LINK):  # a link may hold a picture
        text = re.sub(link, r"\1", text)
    return text


def definitions(glossary: str) -> dict[str, str]:
    """Return the first sentence of each term of the glossary, by the place that links to it name."""
    found = re.findall(r"^## (.*)\n\n(.*)$", glossary.partition("\n## Symbols\n")[0], re.MULTILINE)
    return {anchor(term): sentence for term, sentence in found}


def with_meanings(cells: list[Any], meanings: dict[str, str]) -> None:
    """Give the first link to each term its definition as a title, and no other link one.

    Raises
    ------
    ValueError
        If the glossary has no such term.
    """
    seen: set[str] = set()

    def titled(link: re.Match) -> str:
        term = link[1]
        if term not in meanings:
            raise ValueError(f"the glossary has no term {term!r}; add it, or mend the link")
        title = "" if term in seen else f' "{meanings[term]}"'
        seen.add(term)
        return f"](glossary.md#{term}{title})"

    for cell in cells:
        if cell["cell_type"] == "markdown":
            cell["source"] = LINK.sub(titled, cell["source"])


def with_time(cells: list[Any]) -> None:
    """Write into the line that begins with "Time:" how long a notebook takes."""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            cell["source"] = TIME.sub(f"Time: {told(minutes(cells))}.", cell["source"])


def in_table(readme: str, times: dict[str, list[int]]) -> str:
    """Return the README with the times of the notebooks, by their names, in its table of the course."""
    return ROW.sub(lambda row: f"{row[1]}{told(times[row[2]])} |", readme)


def told(times: list[int]) -> str:
    """Return minutes in words: of each part, where there are two."""
    return f"{' + '.join(map(str, times))} min"


def minutes(cells: list[Any]) -> list[int]:
    """Return how long a learner takes for a notebook, or for each part of it, rounded to 5 min.

    A heading "Halfway" begins the second part. The words count, those in folds too, and the cells, each kind
    in its own way.
    """
    times = [0.0]
    for cell in cells:
        source, tags = cell["source"], cell["metadata"].get("tags", [])
        if cell["cell_type"] == "markdown":
            first, halfway, second = source.partition("## Halfway")
            times[-1] += reading(first)
            if halfway:
                times.append(0.0)
            times[-1] += reading(second) + FIND * ("hings to find" in source)
        elif not GUESS.fullmatch(source.strip()):
            times[-1] += CODE + YOURS * ("yours" in tags) + EXERCISE * ("exercise" in tags)
    return [max(5, 5 * round(time / 5)) for time in times]


def reading(source: str) -> float:
    """Return how many minutes a text takes."""
    return len([word for word in prose(source).split() if re.search(r"\w", word)]) / WORDS_A_MINUTE
