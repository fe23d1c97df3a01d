"""The test command: every stage counts, none is lost in silence, the last line tells the whole."""

import sys
from pathlib import Path

import pytest

from tools import setup_stages
from tools.setup_stages import Stage, close


@pytest.fixture
def house(monkeypatch, tmp_path):
    """Return a project with a folder of three tests, and an empty one."""
    monkeypatch.setattr(setup_stages, "ROOT", tmp_path)
    (tmp_path / "some").mkdir()
    (tmp_path / "none").mkdir()
    (tmp_path / "some/test_three.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.mark.skip(reason='no')\n"
        "def test_later(): pass\n"
    )
    return tmp_path


def counts(stage):
    return stage.passed, stage.failed, stage.skipped


@pytest.mark.parametrize(
    ("places", "options", "expected"),
    [
        (["some"], [], (1, 1, 1)),
        (["some"], ["-k", "good"], (1, 0, 0)),
        (["none"], [], (0, 1, 0)),
        (["gone"], [], (0, 1, 0)),
        (["some", "gone"], ["-k", "good"], (1, 1, 0)),
        (["some"], ["-k", "nothing"], (0, 1, 0)),
        (["some"], ["--no-such-option"], (0, 1, 0)),
    ],
)
def test_pytest_is_counted(house, places, options, expected):
    stage = Stage("a")
    stage.pytest(Path(sys.executable), places, *options)
    assert counts(stage) == expected
    assert ("no tests" in stage.note) == (places != ["some"] or options[-1:] == ["nothing"])


def test_a_check_passes_or_fails(house):
    stage = Stage("a")
    stage.check(Path(sys.executable), "-c", "pass")
    stage.check(Path(sys.executable), "-c", "raise SystemExit(3)")
    assert counts(stage) == (1, 1, 0)


def test_no_browser_is_a_failure_for_ci_only(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    at_home, for_ci = Stage("browser"), Stage("browser")
    setup_stages.miss_chromium(at_home)
    monkeypatch.setenv("CI", "true")
    setup_stages.miss_chromium(for_ci)
    assert (at_home.failed, for_ci.failed) == (0, 1)
    assert "install Chromium" in at_home.note


@pytest.mark.parametrize(
    ("failed", "code", "line"), [(0, 0, "=== 7 passed"), (2, 1, "=== 2 failed, 7 passed")]
)
def test_the_last_line(capsys, failed, code, line):
    assert close([Stage("a", passed=3), Stage("b", passed=4, failed=failed, skipped=1)], 0.0) == code
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"{line}, 1 skipped in ")


def test_every_stage_runs_after_a_failure(house, monkeypatch, capsys):
    monkeypatch.setattr(setup_stages, "ensure", lambda *_: Path(sys.executable))
    monkeypatch.setattr(setup_stages, "find_chromium", lambda: "chromium")
    monkeypatch.setattr(Stage, "_call", lambda self, command: 1)
    for place in ("physics", "contract", "notebooks", "widgets", "browser"):
        (house / "tests" / place).mkdir(parents=True)
    assert setup_stages.run_tests() == 1
    table = capsys.readouterr().out.split("seconds\n")[1].splitlines()
    names = [line.split()[0] for line in table[:-1]]
    assert names == ["lint", "physics", "contract", "notebooks", "widgets", "browser"]
    assert table[-1].startswith("=== 11 failed, 0 passed in ")


def test_the_extended_tests_go_through_every_environment(house, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(setup_stages, "ensure", lambda *names: made.append(names) or Path(sys.executable))
    monkeypatch.setattr(setup_stages, "find_chromium", lambda: "chromium")
    monkeypatch.setattr(setup_stages, "admits", lambda *_: True)
    monkeypatch.setattr(setup_stages, "find_pythons", dict)
    monkeypatch.setattr(Stage, "_call", lambda self, command: 0)
    (house / "tests/peers").mkdir(parents=True)
    setup_stages.run_extended("newest")
    table = capsys.readouterr().out.split("seconds\n")[1].splitlines()
    names = [line.split()[0] for line in table[:-1]]
    assert names == ["extended", "colab", "oldest", "pythons", "peers", "reach"]
    locks = {lock for _, lock in made}
    assert locks == {path.name for path in Path(__file__).parents[2].glob("requirements*.lock")}


def test_old_versions_are_left_out_where_they_have_no_wheels():
    stage = Stage("oldest")
    assert setup_stages.admits(stage, (sys.version_info[0], sys.version_info[1]))
    assert not setup_stages.admits(stage, (3, 10))
    assert (stage.note, stage.failed) == ("not run: its versions need Python 3.11 to 3.10", 0)
