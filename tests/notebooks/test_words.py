"""The words that the tool writes: what a term means where it is first linked, and a notebook's time."""

import re

import pytest

from tests.notebooks.pages import MAIN, NOTEBOOKS, ROOT, cells, name
from tools import notebook_words as words

GLOSSARY = (NOTEBOOKS / "glossary.md").read_text("utf-8")


def text(source, *tags):
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def code(source, *tags):
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}}


def test_the_first_link_of_a_term_says_what_it_means():
    both = [
        text("A [spike](glossary.md#spike), a [leak](glossary.md#leak)."),
        text("[Spikes](glossary.md#spike)"),
    ]
    words.with_meanings(both, {"spike": "A pulse (short).", "leak": "A loss."})
    assert both[0]["source"] == (
        'A [spike](glossary.md#spike "A pulse (short)."), a [leak](glossary.md#leak "A loss.").'
    )
    assert both[1]["source"] == "[Spikes](glossary.md#spike)"


def test_meanings_follow_the_glossary_and_the_order_of_the_cells():
    first, second = text('[b](glossary.md#b "old") [a](glossary.md#a)'), text('[a](glossary.md#a "old (a)")')
    words.with_meanings([first, second], {"a": "new a", "b": "new b"})
    assert first["source"] == '[b](glossary.md#b "new b") [a](glossary.md#a "new a")'
    assert second["source"] == "[a](glossary.md#a)"
    again = dict(first)
    words.with_meanings([again], {"a": "new a", "b": "new b"})
    assert again == first


def test_a_term_that_the_glossary_lacks():
    with pytest.raises(ValueError, match="no term 'axn'"):
        words.with_meanings([text("[x](glossary.md#axn)")], {"axon": "A branch."})


def test_each_term_has_a_meaning_that_fits_into_a_title():
    terms = set(re.findall(r"^## (.*)$", GLOSSARY, re.MULTILINE)) - {"Symbols"}
    meanings = words.definitions(GLOSSARY)
    assert set(meanings) == {words.anchor(term) for term in terms}
    assert {term: said for term, said in meanings.items() if re.search(r'["$`\[\]*<>\\]', said)} == {}


def test_a_place_stands_above_each_heading_of_the_glossary():
    heads = re.findall(r"^## (.*)$", GLOSSARY, re.MULTILINE)
    placed = re.findall(r'^<a id="(.*)"></a>\n\n## (.*)$', GLOSSARY, re.MULTILINE)
    assert placed == [(words.anchor(head), head) for head in heads]


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_the_titles_are_the_glossary_s(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    titles = re.findall(r'\]\(glossary\.md#([^)\s]+) "([^"]*)"\)', text)
    assert titles or path.name.startswith("00")
    assert dict(titles) == {term: words.definitions(GLOSSARY)[term] for term, _ in titles}
    assert len(titles) == len(set(re.findall(r"\]\(glossary\.md#([^)\s]+)", text)))


def test_minutes():
    hundred = " ".join(["word"] * 100)
    assert words.minutes([text("few words")]) == [5]  # the least
    assert words.minutes([text(hundred)] * 30) == [30]
    assert words.minutes([code("x = 1")] * 20) == [15]
    assert words.minutes([code("guess = None  # mV")] * 400) == [5]
    assert words.minutes([code("def f(): ...", "exercise")] * 4) == [30]  # 31
    assert words.minutes([code("def f(): ...", "yours")] * 4) == [15]
    assert words.minutes([text("## Things to find")] * 5) == [30]
    halves = [text(hundred)] * 10 + [text("## Halfway\n\n" + hundred)] + [text(hundred)] * 20
    assert words.minutes(halves) == [10, 20]


def test_what_counts_as_a_word():
    said = 'one [two three](glossary.md#x "not (these)") `code` $a + b$ ![a picture](x.png) <b>four</b> – 5'
    assert words.reading(said) == pytest.approx(7 / 100)


def test_the_time_is_written():
    cell = text("You need: nothing.\nTime: 10 min.\n")
    words.with_time([cell, *[text("word " * 3000)]])
    assert cell["source"] == "You need: nothing.\nTime: 30 min.\n"


@pytest.mark.parametrize("path", MAIN, ids=name)
def test_each_notebook_tells_its_time(path):
    every = cells(path)
    said = [line for cell in every for line in cell.source.splitlines() if line.startswith("Time: ")]
    assert said == [f"Time: {words.told(words.minutes(every))}."]


def test_readme_tells_the_same_times():
    readme = (ROOT / "README.md").read_text("utf-8")
    times = {path.stem: words.minutes(cells(path)) for path in MAIN}
    rows = words.ROW.findall(readme)
    assert {row[1] for row in rows} == set(times)
    assert words.in_table(readme, times) == readme
    assert words.in_table(readme, dict.fromkeys(times, [35, 30])).count("| 35 + 30 min |") == len(times)
