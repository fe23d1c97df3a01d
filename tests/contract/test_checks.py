"""Every exercise knows the right answer in each form, and the usual wrong ones by their own hints."""

import re

import pytest

from lifcore.checks import EXERCISES, check
from tests.contract import answers, answers_01, answers_03, answers_04, answers_08, answers_10
from tests.contract.answers import distance

MODULES = answers, answers_01, answers_03, answers_04, answers_08, answers_10
RIGHT = {id: given for module in MODULES for id, given in module.RIGHT.items()}
WRONG = {id: given for module in MODULES for id, given in module.WRONG.items()}
FUNCTIONS = [
    *("01.step", "02.loop", "03.f_I", "04.order", "04.float_bug", "04.whole_steps", "04.crossing"),
    *("08.loop", "09.first_spike", "09.speed", "10.period"),
]
# Hints that look at the kind of an answer only, or that count what agrees.
OF_ANY_EXERCISE = [
    *("Give the function itself", "quotation marks", "asked for", "This is a function", "finite number"),
    *("must return", r"\d of \d", "returns nothing", "stops with", "has the shape"),
]


@pytest.mark.parametrize(("id", "i"), [(id, i) for id in RIGHT for i in range(5)])
def test_right_in_any_form(id, i):
    assert check(id, RIGHT[id][i]).state == "right", check(id, RIGHT[id][i])


@pytest.mark.parametrize(("id", "i"), [(id, i) for id in WRONG for i in range(len(WRONG[id]))])
def test_usual_wrong_answers_get_their_own_hints(id, i):
    answer, words = WRONG[id][i]
    verdict = check(id, answer)
    assert verdict.state in ("wrong", "close")
    assert words in verdict.message
    others = [check(id, other).message for j, (other, _) in enumerate(WRONG[id]) if j != i]
    assert verdict.message not in others


@pytest.mark.parametrize("id", EXERCISES)
def test_enough_usual_wrong_answers_are_recognized(id):
    hints = {check(id, answer).message for answer, _ in WRONG[id]}
    own = {hint for hint in hints if not any(re.search(said, hint) for said in OF_ANY_EXERCISE)}
    assert len(own) >= (6 if id in FUNCTIONS else 3)


@pytest.mark.parametrize("id", EXERCISES)
@pytest.mark.parametrize("empty", [None, ...])
def test_an_untouched_stub_is_not_wrong(id, empty):
    assert check(id, empty).state == "unanswered"


def test_function_stubs_are_unanswered():
    assert check("01.step", lambda *a: None).state == "unanswered"
    assert check("02.loop", lambda *a: ([], [0.0])).state == "unanswered"
    assert check("03.f_I", lambda current: None).state == "unanswered"
    assert check("03.pulses", [..., ..., ...]).state == "unanswered"
    for name in ("order", "float_bug", "whole_steps", "crossing"):
        assert check(f"04.{name}", lambda *a: None).state == "unanswered"
    assert check("04.float_bug", lambda *a: []).state == "unanswered"
    assert check("08.loop", lambda *a: []).state == "unanswered"
    assert check("08.loop", lambda *a: None).state == "unanswered"
    assert check("09.first_spike", lambda *a: None).state == "unanswered"
    assert check("09.speed", lambda dt: None).state == "unanswered"
    assert check("10.period", lambda *a: None).state == "unanswered"


def test_all_exercises_are_tested():
    assert sorted(RIGHT) == sorted(WRONG) == sorted(EXERCISES)


@pytest.mark.parametrize("id", FUNCTIONS)
def test_an_error_of_the_learner_becomes_a_message_with_the_line(id):
    def broken(*args):
        return undefined_name + 1  # noqa: F821

    verdict = check(id, broken)
    assert verdict.state == "wrong"
    assert "NameError" in verdict.message
    assert "return undefined_name + 1" in verdict.message


@pytest.mark.parametrize("id", FUNCTIONS)
def test_a_function_of_other_arguments_is_told_so(id):
    verdict = check(id, lambda: None)
    assert verdict.state == "wrong"
    assert "TypeError" in verdict.message


def test_one_sheet_of_three_is_close():
    def only_small_delay(rows, cols, row, col, delay, n):
        return distance(rows, cols, row, col, n) * min(delay, 1.0)

    assert check("09.first_spike", only_small_delay).state == "close"


def test_unknown_exercise():
    with pytest.raises(ValueError, match="02.loop"):
        check("2.loop", 1)


def test_a_verdict_is_one_line():
    assert str(check("09.fill", 144)).startswith("✓ right: ")
    assert repr(check("09.fill", ...)).startswith("○ not yet answered: ")
