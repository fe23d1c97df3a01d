"""Every exercise knows the right answer in each form and each usual wrong one, as its data say."""

import re
import subprocess
import sys
from importlib import import_module
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

import lifcore.exercises as folder
from lifcore.checks import check, exercises, judged
from lifcore.exercises.frame import Verdict
from lifcore.exercises.functions import Function, Lists, Maps, Outputs
from lifcore.exercises.guard import Screen
from lifcore.exercises.judge import Exercise, Number, Numbers

EXERCISES = exercises()
DATA = {id: exercise for id, exercise in EXERCISES.items() if isinstance(exercise, Exercise)}
FUNCTIONS = [id for id in EXERCISES if "Give the function itself" in check(id, 1.0).message]
NUMBERS = [id for id, exercise in DATA.items() if isinstance(exercise, Number)]
# What the data can't make: functions written in other ways. Each notebook may have a module of them.
MODULES = [import_module(f"{__package__}.{path.stem}") for path in Path(__file__).parent.glob("answers_*.py")]
RIGHT = [(id, answer) for module in MODULES for id in module.RIGHT for answer in module.RIGHT[id]]
WRONG = [(id, *given) for module in MODULES for id in module.WRONG for given in module.WRONG[id]]
ONE = [float, np.float32, lambda x: [x], np.array, lambda x: np.array([[x]])]
FORMS = {
    Number: ONE,
    Function: ONE,
    Numbers: [list, tuple, np.array, np.float32, lambda x: np.reshape(x, (-1, 1))],
    Lists: [list, tuple, np.array, lambda x: np.reshape(x, (-1, 1))],
    Outputs: [tuple, list],
    Maps: [np.array, np.ndarray.tolist, np.float32, np.asfortranarray],
}


def answer_of(exercise, values, form=lambda x: x):
    """Return an answer as the learner would give it; where the values leave it open, 1."""
    if not isinstance(exercise, Function):
        given = exercise.values(values)
        return form(given if isinstance(exercise, Numbers) else given[0])
    left = cycle(exercise.values(values))

    def my_function(*case):
        value = values(*case) if callable(values) else next(left)
        return form(value if isinstance(value, tuple) else 1.0 if np.any(np.isnan(value)) else value)

    return my_function


def far(value):
    return tuple(map(far, value)) if isinstance(value, tuple) else np.multiply(value, 1.37) + 3.3


@pytest.mark.parametrize(("id", "i"), [(id, i) for id in DATA for i in range(len(FORMS[type(DATA[id])]))])
def test_right_in_any_form(id, i):
    form = FORMS[type(DATA[id])][i]
    assert check(id, answer_of(DATA[id], DATA[id].right, form)).state == "right"


@pytest.mark.parametrize(("id", "i"), [(id, i) for id in DATA for i in range(len(DATA[id].faults))])
def test_each_fault_gets_its_own_words(id, i):
    fault = DATA[id].faults[i]
    assert check(id, answer_of(DATA[id], fault.values)) == Verdict(fault.state, fault.said)


@pytest.mark.parametrize("id", DATA)
def test_enough_faults_are_known(id):
    assert len({fault.said for fault in DATA[id].faults}) >= (6 if id in FUNCTIONS else 3)


@pytest.mark.parametrize("id", [id for id in DATA if DATA[id].near])
def test_near(id):
    exercise = DATA[id]
    right, (relative, absolute) = exercise.values(exercise.right), exercise.about
    near = [[v * (1 + part * relative) + part * absolute for v in right] for part in (0.3, 0.5, 0.8)]
    verdicts = [check(id, answer_of(exercise, values)) for values in near]
    assert verdicts.count(Verdict("close", exercise.near)) >= 2  # one may be a fault


@pytest.mark.parametrize(("id", "n"), [(id, n) for id in DATA for n in range(len(DATA[id].cases))])
def test_answers_that_are_right_in_some_cases_only(id, n):
    exercise = DATA[id]
    right = exercise.values(exercise.right)
    verdict = check(id, answer_of(exercise, right[:n] + list(map(far, right[n:]))))
    close = 0 < exercise.enough <= n
    assert verdict.state == ("close" if close else "wrong")
    said = exercise.some if close and exercise.some else exercise.off
    assert f"{n} of " in verdict.message or callable(said) or "{ok}" not in said


@pytest.mark.parametrize(("id", "answer"), RIGHT)
def test_right_in_other_ways(id, answer):
    assert check(id, answer).state == "right", check(id, answer)


@pytest.mark.parametrize(("id", "answer", "words"), WRONG)
def test_wrong_in_other_ways(id, answer, words):
    verdict = check(id, answer)
    assert verdict.state in ("wrong", "close") or words == "write its body"
    assert words in verdict.message


def test_all_exercises_are_tested():
    assert set(DATA) | {id for id, _ in RIGHT} == set(EXERCISES) >= {id for id, *_ in WRONG}


@pytest.mark.parametrize("id", EXERCISES)
@pytest.mark.parametrize("empty", [None, ...])
def test_an_untouched_stub_is_not_wrong(id, empty):
    assert check(id, empty).state == "unanswered"


@pytest.mark.parametrize("id", [id for id in FUNCTIONS if id in DATA])
@pytest.mark.parametrize("empty", [None, ...])
def test_function_stubs_are_unanswered(id, empty):
    assert check(id, lambda *case: empty).state == "unanswered"


def test_other_stubs_are_unanswered():
    for id, exercise in DATA.items():
        if isinstance(exercise, Lists):
            assert check(id, lambda *case: []).state == "unanswered"
        if isinstance(exercise, Numbers):
            assert check(id, [...] * len(exercise.cases)).state == "unanswered"


@pytest.mark.parametrize("id", NUMBERS)
@pytest.mark.parametrize(
    ("answer", "words"),
    [("3", "quotation marks"), (len, "function"), (np.nan, "finite"), ([1.0, 2.0], "these are 2")],
)
def test_what_is_no_number(id, answer, words):
    assert check(id, answer).state == "wrong"
    assert words in check(id, answer).message


@pytest.mark.parametrize("id", NUMBERS)
def test_a_number_that_is_none_of_the_usual_ones_is_given_no_cause(id):
    exercise, right = DATA[id], float(DATA[id].values(DATA[id].right)[0])
    usual = [float(exercise.values(fault.values)[0]) for fault in exercise.faults] + [right]
    drawn = right * np.random.default_rng(1).uniform(-2.0, 5.0, 60)
    others = [float(x) for x in drawn if min(abs(x - u) / abs(u) if u else 1.0 for u in usual) > 0.011]
    assert len(others) > 20
    for x in others:
        assert check(id, x).message in (exercise.off, exercise.near), x
        assert x > 0 or check(id, x).state == "wrong"


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


@pytest.mark.parametrize(
    "id", [id for id in FUNCTIONS if id in DATA and any(map(np.ndim, DATA[id].cases[0]))]
)
def test_what_a_function_changes_is_told_and_not_failed(id):
    right = answer_of(DATA[id], DATA[id].right)

    def changing(*case):
        value = right(*case)
        for given in case:
            if np.ndim(given):
                given[0] += 1
        return value

    verdict = check(id, changing)
    assert verdict.state == "right"
    assert re.search(r" Your function changes its argument number \d; leave what you are", verdict.message)


def test_unknown_exercise():
    with pytest.raises(ValueError, match=r"01\.tau.*02\.step.*10\.flash"):
        check("2.loop", 1)


def test_a_module_named_like_its_notebook_is_found(tmp_path, monkeypatch):
    (tmp_path / "97_made_up.py").write_text(
        "from lifcore.exercises.judge import Fault, Number\n\n"
        "sum = Number(right=5, faults=[Fault(6, 'Add.')], praise='Yes.', off='No.')\n"
        "EXERCISES = {'sum': sum}\n",
        "utf-8",
    )
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    assert list(exercises("97")) == ["97.sum"]
    assert set(exercises()) == {*EXERCISES, "97.sum"}
    said = [check("97.sum", answer).message for answer in (5, 6, 7)]
    assert said == ["Yes.", "Add.", "No."]


def test_only_the_exercises_of_a_notebook_are_loaded():
    code = "import sys; from lifcore.checks import check; check('01.tau', 1)\n"
    code += "print(*[name for name in sys.modules if name.startswith('lifcore.exercises.') and '_' in name])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == ["lifcore.exercises.01_membrane"]


def test_a_verdict_is_one_line():
    assert str(judged("09.fill", 144, Screen())).startswith("✓ right: ")
    assert repr(check("09.fill", ...)).startswith("○ not yet answered: ")
