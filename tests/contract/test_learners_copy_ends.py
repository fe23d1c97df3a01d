"""The learner's copy while somebody works in it, and ended at any moment: nothing of his is lost."""

import json
import multiprocessing
import socket

import pytest

from tests.contract.copies import change, look
from tools import learners_copy, whole
from tools.learners_copy import bring_up_to_date, renew
from tools.setup_trouble import SetupError


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
