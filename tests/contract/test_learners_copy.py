"""The learner's copy: made, renewed where nothing was changed, and nothing of his is ever written over."""

import json

import pytest

from tests.contract.copies import OUTPUT, change, look, notebook
from tools import learners_copy
from tools.learners_copy import RECORD, bring_up_to_date, renew
from tools.setup_trouble import SetupError


def test_it_is_made_with_all_that_lessons_link_to_and_without_outputs(source, work):
    news = bring_up_to_date(source, work)
    assert sorted(news.made) == ["00_start.ipynb", "01_next.ipynb", "glossary.md", "solutions/01_next.ipynb"]
    assert sorted(look(work)) == sorted(news.made)
    cells = json.loads((work / "00_start.ipynb").read_bytes())["cells"]
    assert [cell["source"] for cell in cells] == ["x = '00_start'", "x"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    assert b"the answer" in (work / "solutions/01_next.ipynb").read_bytes()


def test_a_second_look_changes_nothing(source, work):
    bring_up_to_date(source, work)
    before = look(work)
    assert bring_up_to_date(source, work) == learners_copy.News()
    assert look(work) == before


def test_what_was_only_run_is_renewed_and_what_was_changed_is_named(source, work):
    bring_up_to_date(source, work)
    change(work / "00_start.ipynb", "x = '00_start'", "x", outputs=[OUTPUT])  # run
    change(work / "01_next.ipynb", "x = 'mine'", "x")
    for name in ("00_start", "01_next"):
        change(source / f"{name}.ipynb", "x = 'newer'", "x")
    (source / "glossary.md").write_text("# Newer\n", "utf-8")
    mine = (work / "01_next.ipynb").read_bytes()
    news = bring_up_to_date(source, work)
    assert (news.made, sorted(news.renewed)) == ([], ["00_start.ipynb", "glossary.md"])
    assert news.newer == ["01_next.ipynb"]
    assert b"newer" in (work / "00_start.ipynb").read_bytes()
    assert (work / "01_next.ipynb").read_bytes() == mine
    assert bring_up_to_date(source, work).newer == ["01_next.ipynb"]  # each time, until it is taken


def test_what_was_only_run_keeps_its_outputs_while_there_is_nothing_newer(source, work):
    bring_up_to_date(source, work)
    change(work / "00_start.ipynb", "x = '00_start'", "x", outputs=[OUTPUT])
    before = look(work)
    assert bring_up_to_date(source, work) == learners_copy.News()
    assert look(work) == before


@pytest.mark.parametrize(
    "own",
    [
        notebook("x", "x = '00_start'"),  # in another order
        notebook("x = '00_start'", "x", tags=["mine"]),
        notebook("x = '00_start'", "x", "more"),
        notebook("x = '00_start'"),
        "{broken",
        "[]",
        "",
    ],
)
@pytest.mark.parametrize("record", ["kept", "missing", "broken", "of another kind"])
def test_what_counts_as_changed(source, work, own, record):
    bring_up_to_date(source, work)
    (work / "00_start.ipynb").write_text(own, "utf-8")
    change(source / "00_start.ipynb", "x = 'newer'")
    if record != "kept":
        (work / RECORD).unlink()
    if record in ("broken", "of another kind"):
        (work / RECORD).write_text({"broken": "{", "of another kind": '["00_start.ipynb"]'}[record], "utf-8")
    news = bring_up_to_date(source, work)
    assert "00_start.ipynb" in news.newer
    assert (work / "00_start.ipynb").read_text("utf-8") == own


def test_without_a_record_what_is_as_given_is_known_again(source, work):
    bring_up_to_date(source, work)
    (work / RECORD).unlink()
    assert bring_up_to_date(source, work) == learners_copy.News()
    change(source / "00_start.ipynb", "x = 'newer'")
    assert bring_up_to_date(source, work).renewed == ["00_start.ipynb"]


def test_what_was_deleted_comes_again_and_what_is_the_learner_s_own_stays(source, work):
    bring_up_to_date(source, work)
    (work / "00_start.ipynb").rename(work / "my_start.ipynb")
    (work / "notes.txt").write_text("mine", "utf-8")
    assert bring_up_to_date(source, work).made == ["00_start.ipynb"]
    assert {"my_start.ipynb", "notes.txt"} <= set(look(work))


def test_a_lesson_that_left_the_course_stays_in_the_copy(source, work):
    bring_up_to_date(source, work)
    (source / "01_next.ipynb").unlink()
    assert bring_up_to_date(source, work) == learners_copy.News()
    assert "01_next.ipynb" in look(work)


def test_renew_takes_the_newest_and_keeps_mine(source, work):
    bring_up_to_date(source, work)
    for number, name in enumerate(["00_start_mine.ipynb", "00_start_mine2.ipynb"]):
        change(work / "00_start.ipynb", f"mine {number}")
        mine = (work / "00_start.ipynb").read_bytes()
        change(source / "00_start.ipynb", f"newer {number}")
        assert renew("00_start", source, work) == name
        assert (work / name).read_bytes() == mine
        assert b"newer" in (work / "00_start.ipynb").read_bytes()
    assert bring_up_to_date(source, work) == learners_copy.News()


@pytest.mark.parametrize("name", ["00_start", "00_start.ipynb", "work/00_start.ipynb"])
def test_a_name_may_be_a_path(source, work, name):
    bring_up_to_date(source, work)
    change(work / "00_start.ipynb", "mine")
    assert renew(name, source, work) == "00_start_mine.ipynb"


def test_solutions_and_pages_are_renewed_too(source, work):
    bring_up_to_date(source, work)
    change(source / "solutions/01_next.ipynb", "newer", "answer")
    change(work / "solutions/01_next.ipynb", "mine")
    lesson = (work / "01_next.ipynb").read_bytes()
    assert renew("solutions/01_next", source, work) == "solutions/01_next_mine.ipynb"
    assert "newer" in (work / "solutions/01_next.ipynb").read_text("utf-8")
    assert (work / "01_next.ipynb").read_bytes() == lesson
    (source / "glossary.md").write_text("# Newer\n", "utf-8")
    (work / "glossary.md").write_text("# Mine\n", "utf-8")
    assert renew("glossary.md", source, work) == "glossary_mine.md"
    assert (work / "glossary.md").read_text("utf-8") == "# Newer\n"


def test_a_file_where_the_copy_should_be_is_told(source, work):
    work.write_text("mine")
    with pytest.raises(SetupError, match=r"work can't be written \(File exists\)"):
        bring_up_to_date(source, work)
    work.unlink()
    work.mkdir()
    (work / "solutions").write_text("mine")
    with pytest.raises(SetupError, match=r"01_next.ipynb can't be written"):
        bring_up_to_date(source, work)
    assert (work / "solutions").read_text() == "mine"


def test_renew_says_what_it_cannot_do(source, work):
    bring_up_to_date(source, work)
    with pytest.raises(SetupError, match=r"no 02_spik in the course; there are: 00_start, 01_next, gloss"):
        renew("02_spik", source, work)
    before = look(work)
    with pytest.raises(SetupError, match=r"work/00_start\.ipynb is the newest version"):
        renew("00_start", source, work)
    assert look(work) == before


def test_the_course_s_own_copy_has_every_lesson_cleared():
    files = learners_copy.lessons(learners_copy.SOURCE)
    assert "instructors.md" not in files and "glossary.md" in files
    lessons = [
        json.loads(data) for name, data in files.items() if name.endswith(".ipynb") and "/" not in name
    ]
    assert len(lessons) >= 8
    for book in lessons:
        code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
