"""The mutants still fit the modules that they break."""

import pytest

from tests.mutants.__main__ import ROOT
from tests.mutants.table import MUTANTS, TESTS

LINES = [(file, old, new) for file in MUTANTS for old, new in MUTANTS[file]]


@pytest.mark.parametrize(("file", "old", "new"), LINES)
def test_the_line_to_break_is_there_once(file, old, new):
    assert (ROOT / file).read_text("utf-8").count(old) == 1
    assert old != new


def test_there_are_many_and_each_file_has_tests():
    assert len(LINES) >= 40
    for file in MUTANTS:
        for name in TESTS[file]:
            assert (ROOT / "tests" / "physics" / f"{name}.py").exists()
