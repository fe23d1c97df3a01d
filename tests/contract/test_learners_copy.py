"""The learner's copy: made, renewed where nothing was changed, and nothing of his is ever written over."""

import json
import multiprocessing
import socket

import pytest

from tools import learners_copy, whole
from tools.learners_copy import RECORD, bring_up_to_date, renew
from tools.setup_trouble import SetupError


def notebook(*sources, tags=(), outputs=()):
    """Return the file of a notebook with these cells of code."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": 3,
            "id": f"cell-{k}",
            "metadata": {"tags": list(tags)},
            "outputs": list(outputs),
            "source": source,
        }
        for k, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


OUTPUT = {"output_type": "stream", "name": "stdout", "text": "the answer"}


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Return a course of two lessons, a solution and two pages; no Jupyter server is known."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    folder = tmp_path / "notebooks"
    (folder / "solutions").mkdir(parents=True)
    for name in ("00_start", "01_next"):
        (folder / f"{name}.ipynb").write_text(notebook(f"x = '{name}'", "x", outputs=[OUTPUT]), "utf-8")
    (folder / "solutions/01_next.ipynb").write_text(notebook("answer", outputs=[OUTPUT]), "utf-8")
    (folder / "glossary.md").write_text("# Glossary\n", "utf-8")
    (folder / "instructors.md").write_text("# For instructors\n", "utf-8")
    return folder


@pytest.fixture
def work(tmp_path):
    return tmp_path / "work"


def look(work):
    """Return every file of a folder but the record and the lock, by name."""
    files = [path for path in work.rglob("*") if path.is_file() and path.name not in (RECORD, ".making")]
    return {path.relative_to(work).as_posix(): path.read_bytes() for path in files}


def change(path, *sources, **more):
    path.write_text(notebook(*sources, **more), "utf-8")


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


def test_renew_says_what_it_cannot_do(source, work):
    bring_up_to_date(source, work)
    with pytest.raises(SetupError, match=r"no notebook 02_spik; there are: 00_start, 01_next\."):
        renew("02_spik", source, work)
    before = look(work)
    with pytest.raises(SetupError, match=r"work/00_start\.ipynb is the newest version"):
        renew("00_start", source, work)
    assert look(work) == before


@pytest.fixture
def server(tmp_path, work):
    """Return what tells of a Jupyter server that shows the folder above, and a socket that answers for it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        (tmp_path / "runtime").mkdir()
        told = tmp_path / "runtime" / "jpserver-1.json"
        port = listening.getsockname()[1]
        url = f"http://localhost:{port}/"
        told.write_text(json.dumps({"root_dir": str(tmp_path), "port": port, "url": url}), "utf-8")
        yield listening, told, url


def test_nothing_is_renewed_while_somebody_works_in_it(source, work, server):
    listening, _, url = server
    bring_up_to_date(source, work)
    change(source / "00_start.ipynb", "x = 'newer'", "x")
    (work / "01_next.ipynb").unlink()
    before = look(work)
    news = bring_up_to_date(source, work)
    assert (news.made, news.renewed, news.waiting) == (["01_next.ipynb"], [], ["00_start.ipynb"])
    assert before.items() <= look(work).items()
    with pytest.raises(SetupError, match=f"JupyterLab is running at {url}"):
        renew("00_start", source, work)
    listening.close()  # killed: its file is still there
    assert bring_up_to_date(source, work).renewed == ["00_start.ipynb"]


@pytest.mark.parametrize("told", ["{", "[]", '{"port": 1}'])
def test_a_server_s_file_that_cannot_be_read_is_no_server(source, work, server, told):
    server[1].write_text(told, "utf-8")
    bring_up_to_date(source, work)
    change(source / "00_start.ipynb", "x = 'newer'", "x")
    assert bring_up_to_date(source, work).renewed == ["00_start.ipynb"]


def test_a_server_of_another_folder_does_not_matter(source, work, server, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    told = json.loads(server[1].read_text("utf-8")) | {"root_dir": str(tmp_path / "elsewhere")}
    server[1].write_text(json.dumps(told), "utf-8")
    assert learners_copy.running(work) == ""


@pytest.mark.parametrize("nth", range(1, 9))
def test_ended_at_any_write_nothing_is_lost_and_the_next_start_goes_on(source, work, monkeypatch, nth):
    bring_up_to_date(source, work)
    change(work / "01_next.ipynb", "mine")
    mine = (work / "01_next.ipynb").read_bytes()
    change(source / "00_start.ipynb", "x = 'newer'")
    change(source / "01_next.ipynb", "x = 'newer'")
    (source / "glossary.md").write_text("# Newer\n", "utf-8")
    (source / "conventions.md").write_text("# New\n", "utf-8")
    write, calls = whole.write, []

    def ends(files):
        calls.append(files)
        if len(calls) == nth:
            raise KeyboardInterrupt
        write(files)

    with monkeypatch.context() as patch:
        patch.setattr(whole, "write", ends)
        try:
            bring_up_to_date(source, work)
        except KeyboardInterrupt:
            assert len(calls) == nth
    assert (work / "01_next.ipynb").read_bytes() == mine
    assert bring_up_to_date(source, work).newer == ["01_next.ipynb"]
    assert (work / "01_next.ipynb").read_bytes() == mine
    assert b"newer" in (work / "00_start.ipynb").read_bytes()
    assert {"glossary.md": b"# Newer\n", "conventions.md": b"# New\n"}.items() <= look(work).items()


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_renew_ended_at_any_write_keeps_mine(source, work, monkeypatch, nth):
    bring_up_to_date(source, work)
    change(work / "00_start.ipynb", "mine")
    mine = (work / "00_start.ipynb").read_bytes()
    write, calls = whole.write, []

    def ends(files):
        calls.append(files)
        if len(calls) == nth:
            raise KeyboardInterrupt
        write(files)

    with monkeypatch.context() as patch:
        patch.setattr(whole, "write", ends)
        with pytest.raises(KeyboardInterrupt):
            renew("00_start", source, work)
    assert mine in look(work).values()
    renew("00_start", source, work)
    assert mine in look(work).values()


def test_starts_at_once_make_one_whole_copy(source, work):
    context = multiprocessing.get_context("spawn")
    starts = [context.Process(target=bring_up_to_date, args=(source, work)) for _ in range(3)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)
        assert start.exitcode == 0
    assert sorted(look(work)) == ["00_start.ipynb", "01_next.ipynb", "glossary.md", "solutions/01_next.ipynb"]
    assert bring_up_to_date(source, work) == learners_copy.News()


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
