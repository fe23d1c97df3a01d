"""A new notebook is files of its own: one that is made up is taken up by every test that holds for all."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.notebooks.pages import ROOT

LIKE, NAME = "01_membrane", "90_made_up"  # it is a copy of that one with a scene of its own
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "work", "shots")
EXERCISES = "lifcore/exercises"
pytestmark = pytest.mark.extended

SCENE = '''\
"""A made-up scene."""

from matplotlib.figure import Figure, SubFigure

from lifcore.figures import label
from lifcore.lif1d import Run1D, simulate_1d
from lifcore.neuron import LIF
from lifcore.widgets.looks import Lines, counted
from lifcore.widgets.scene import Control, Scene, Values
from lifcore.widgets.showing import drawing, explorer

PRESETS = "step", "half of C", "half of R", "short pulse", "outward current", "slow membrane"


class MadeUpScene(Lines, Scene):
    """V over time."""

    name = "made_up"
    caption = "V of one neuron over 50 ms."
    controls = (Control("current", 0.0, 4.0, 0.05), Control("tau_m", 1.0, 20.0, 0.5))
    presets = {preset: dict(current=0.5 * i, tau_m=8.0) for i, preset in enumerate(PRESETS, 1)}

    def __init__(self, fig: Figure | SubFigure) -> None:
        ax = fig.subplots()
        self.v = self.line(ax, "v")
        ax.set(xlim=(0, 50), ylim=(-75, -45), xlabel=label("t"), ylabel=label("v"))

    def simulate(self, values: Values) -> Run1D:
        """Return the run."""
        return simulate_1d(LIF(tau_m=values["tau_m"]), duration=50, current=values["current"])

    def update(self, run: Run1D, values: Values) -> bool:
        """Bring the line to the run."""
        self.show(v=(run.t, run.v))
        return False

    def outcome(self, run: Run1D, values: Values) -> str:
        """Return the number of spikes."""
        return f"{counted(run.spikes.size)}."


explore_made_up = explorer(MadeUpScene, "Explore what is made up.")
draw_made_up = drawing(MadeUpScene)
'''

OWN = '''\
"""What the made-up notebook states, and what the tests of all notebooks must know of it."""

from lifcore.given import number
from tests.notebooks.pages import says

LOOP_NAMES = {"v", "v_inf", "decay"}
ALSO = {"Membrane": ["made-up hull"]}


def twice(x):
    """Return twice a number: a function that the notebook brings."""
    return 2 * number("x", x)


VALID, NUMBERS = {twice: {"x": 1.0}}, {twice: "x"}


def test_its_title():
    assert says("90_made_up", "# The membrane")
'''

MIXED = """

def wrong(x, y):
    return 2 * x


said = "As given it gives x.", "Where is y?", "Twice x.", "A third of y.", "Less than that.", "And more."
made = lambda x, y: x, wrong, lambda x, y: x + y / 3, lambda x, y: 2 * x + y, min, max
faults = [Fault(values, words, "wrong" if i else "unanswered")
          for i, (values, words) in enumerate(zip(made, said, strict=True))]
EXERCISES["mixed"] = Function(function="my_mixed", right=lambda x, y: 2 * x + y / 3, faults=faults,
                              cases=[(1.0, 3.0), (2.0, -1.5)], praise="So.", off="Not so.")
"""
WRITTEN = '''\
"""What the learner writes in the made-up notebook."""

from lifcore.exercises.worked import Yours

mixed = Yours(stub="def my_mixed(x, y):\\n    # Your turn\\n    return x", hint="Twice and a third.",
              ours="def my_mixed(x, y):\\n    return 2 * x + y / 3")
YOURS = {"mixed": mixed}
'''
PLAIN = """PLAIN["90.mixed"] = ("def my_mixed(x, y):\\n    return 2 * x + y / 3", [])\n"""
MORE = """\
import json, sys
from lifcore.exercises.worked import yours

book = json.load(open(sys.argv[1], encoding="utf-8"))
one = yours("90")["90.mixed"]
use = "from lifcore.checks import yours_or_ours\\nfrom lifcore.sound import listen\\n\\n"
use += 'mixed = yours_or_ours("90.mixed", my_mixed)\\nmixed(1.0, 3.0)'
new = [("code", one.cell("90.mixed"), ["yours"]), ("markdown", one.fold(), []), ("code", use, []),
       ("code", "listen(simulate_1d(LIF(), duration=100, current=2.5))", ["sound"])]
for kind, source, tags in new:
    cell = dict(cell_type=kind, metadata=dict(slideshow=dict(slide_type="skip"), tags=tags), source=source)
    cell |= dict(outputs=[], execution_count=None) if kind == "code" else {}
    book["cells"].insert(len(book["cells"]) - 3, cell)
json.dump(book, open(sys.argv[1], "w", encoding="utf-8"))
"""


def renamed(text):
    """Return a text of the notebook that is copied as it stands in the made-up one."""
    text = text.replace(LIKE, NAME)
    return re.sub(r"(?<=explore_|...draw_)membrane\b", "made_up", re.sub(r'(?<=")01(?=\.\w)', "90", text))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a copy of the course with the notebook in it."""
    course = tmp_path_factory.mktemp("made_up") / "course"
    shutil.copytree(ROOT, course, ignore=LEFT_OUT)
    for like in [*course.glob(f"notebooks/**/{LIKE}.ipynb"), *course.glob(f"{EXERCISES}/{LIKE}.py")]:
        like.with_name(NAME + like.suffix).write_text(renamed(like.read_text("utf-8")), "utf-8")
    answers = course / "tests/contract/answers_01.py"
    answers.with_name("answers_90.py").write_text(renamed(answers.read_text("utf-8")), "utf-8")
    with open(answers.with_name("answers_90.py"), "a", encoding="utf-8") as file:
        file.write(PLAIN)
    with open(course / f"{EXERCISES}/{NAME}.py", "a", encoding="utf-8") as file:
        file.write(MIXED)
    (course / f"{EXERCISES}/worked/{NAME}.py").write_text(WRITTEN, "utf-8")
    python(course, "-c", MORE, f"notebooks/{NAME}.ipynb")
    (course / "lifcore/widgets/scenes/made_up.py").write_text(SCENE, "utf-8")
    (course / "tests/notebooks/test_numbers_90.py").write_text(OWN, "utf-8")
    page = course / "notebooks/instructors.md"
    text = page.read_text("utf-8")
    section = re.search(r"^## 01 .*?(?=^## )", text, re.MULTILINE | re.DOTALL)[0]
    section = re.sub(r"^(##+) 01\b", r"\1 90", renamed(section), flags=re.MULTILINE).rstrip()
    page.write_text(f"{text}\n{section}\n", "utf-8")
    python(course, "tools/run_notebooks.py", NAME)
    return course


def python(course, *arguments):
    """Run Python in the copy; return what it printed."""
    env = os.environ | {"PYTHONPATH": str(course), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def collected(course):
    """Return the tests that are there in the copy."""
    folders = [f"tests/{folder}" for folder in ("notebooks", "widgets", "contract", "browser")]
    printed = python(course, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *folders)
    return {line for line in printed.splitlines() if "::" in line}


def expected(collected, what, called):
    """Return the tests that `what` has, with `called` in its place."""
    found = {test: re.search(r"\[.*\]$", test) for test in collected}
    having = {test: at[0] for test, at in found.items() if at and re.search(what, at[0])}
    assert having
    return {test.replace(case, re.sub(what, called, case)) for test, case in having.items()}


def passed(course, tests):
    """Run tests of the copy, all of which must be there and pass, but for those that are extended."""
    printed = python(course, "-m", "pytest", "-q", "-p", "no:cacheprovider", *sorted(tests))
    return int(re.search(r"(\d+) passed", printed)[1])


def test_the_notebook_runs_and_is_compared(course):
    printed = python(
        course, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", f"notebooks/{NAME}.ipynb"
    )
    assert re.search(r"\d+ passed", printed)
    text = (course / f"notebooks/{NAME}.ipynb").read_text("utf-8")
    assert "nbval-ignore-output" in text and "<audio" not in text  # the cell that sounds


def test_every_test_of_notebooks_takes_it_up(course, collected):
    tests = expected(collected, rf"\b{LIKE}\b", NAME)
    assert tests - collected == set()
    own = {test for test in collected if "test_numbers_90" in test}
    assert "tests/notebooks/test_numbers_90.py::test_its_title" in own
    assert any("test_what_is_no_number_is_a_type_error" in test for test in own)  # of its function
    assert {test for test in collected if "test_yours.py" in test and "90.mixed" in test}
    opened = {test for test in tests if test.startswith("tests/browser")}
    assert len(opened) >= 5
    assert passed(course, (tests - opened) | own) >= 30


def test_every_test_of_scenes_takes_it_up(course, collected):
    tests = expected(collected, r"(?<=[\[_])membrane(?=\])(?<!01_membrane)", "made_up")
    assert tests - collected == set()
    assert passed(course, tests) >= 15


def test_every_test_of_exercises_takes_it_up(course, collected):
    tests = expected(collected, r"(?<=\[)01(?=\.)|(?<=-)01(?=\.)", "90")
    assert tests - collected == set()
    assert passed(course, tests) >= 20
