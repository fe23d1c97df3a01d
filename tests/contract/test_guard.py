"""What learners' code can't do to a notebook, and how an answer looks."""

import os
import signal
import sys
import threading
import time

import matplotlib.pyplot as plt
import pytest

from lifcore import checks
from lifcore.checks import check
from lifcore.exercises import guard
from tests.contract.test_usual_mistakes import f, made_up  # noqa: F401  a fixture of every test here


def endless(x, y):
    while True:
        pass


def stubborn(x, y):
    while True:
        try:
            x += 1
        except:  # noqa: E722
            y += 1


@pytest.mark.parametrize("function", [endless, stubborn])
def test_a_loop_without_end_is_stopped_and_nothing_comes_later(function, monkeypatch):
    monkeypatch.setattr(guard, "LIMIT", 0.2)
    before = threading.active_count()
    assert (
        check("97.function", function).message
        == "Stopped after 0.2 s: does a loop in your function ever end?"
    )
    assert threading.active_count() == before
    for _ in range(1000):
        time.sleep(1e-5)  # where an interrupt would arrive


def test_an_interrupt_of_the_reader_is_his(monkeypatch):
    def interrupted(x, y):
        os.kill(os.getpid(), signal.SIGINT)
        endless(x, y)

    before, handler = threading.active_count(), signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            check("97.function", interrupted)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert threading.active_count() == before


def test_without_threads_nothing_is_stopped(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(threading, "Thread", None)
    assert check("97.function", f).state == "right"


def test_recursion_without_end_is_told():
    def again(x, y):
        return again(x, y)

    assert check("97.function", again).message == "Your function calls itself without end."


def test_exit_and_input_are_the_notebook_s_own_again():
    names = {"exit": 1, "__builtins__": __builtins__}
    exec("def my_f(x, y):\n    return exit()", names)
    assert "ends the program" in check("97.function", names["my_f"]).message
    assert names["exit"] == 1
    assert "quit" not in names


def test_of_what_is_printed_a_screen_is_shown(capsys):
    def talking(x, y):
        for k in range(1000):
            print("line", k)
        return f(x, y)

    assert check("97.function", talking).state == "right"
    out = capsys.readouterr().out
    assert out.count("line") == 25
    assert out.endswith("more than a screen; the rest is cut.)\n")


def test_figures_of_the_function_are_closed():
    mine = plt.figure()

    def drawing(x, y):
        plt.figure()
        return f(x, y)

    check("97.function", drawing)
    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


def test_tries_are_counted_and_a_repeated_answer_is_none():
    said = [check("97.number", answer).mark for answer in (..., 1, 1, 2, 12.8281, 12.8281, 3)]
    assert said == [
        "○ not yet answered", "✗ not right", "✗ not right", "✗ not right (second try)",
        "✓ right (third try)", "✓ right", "✗ not right (fourth try)",
    ]  # fmt: skip
    for k in range(10, 20):
        last = check("97.number", k)
    assert last.mark.endswith("(14th try)")


def test_a_cell_that_is_run_again_is_no_new_try():
    source = "def my_f(x, y):\n    half = lambda z: z / {}\n    return sum(half(z) for z in [x, y])"

    def tried(divisor):
        names = {}
        exec(source.format(divisor), names)
        return check("97.function", names["my_f"]).mark

    assert [tried(2), tried(2), tried(3)] == ["✗ not right", "✗ not right", "✗ not right (second try)"]


def test_a_verdict_is_a_box():
    number_of_states = {}
    for answer in (..., 12.5, 1, 12.8281):
        verdict = check("97.number", answer)
        box = verdict._repr_html_()
        assert 'role="status"' in box
        assert verdict.mark in box
        number_of_states[verdict.state] = box
    assert len(number_of_states) == 4
    assert "&lt;" in checks.Verdict("wrong", "a < b")._repr_html_()


def test_functions_that_hold_each_other_and_what_is_not_yet_there_are_told_apart():
    def made(step):
        def even(x, y):
            return odd(x, y) + step

        def odd(x, y):
            return even(x, y) if x < 0 else later

        return even
        later = 1

    assert checks.fingerprint(made(1)) == checks.fingerprint(made(1)) != checks.fingerprint(made(2))
