"""What code of a learner can't do: run for ever, end the kernel, flood the page, leave figures."""

import contextlib
import contextvars
import io
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from lifcore.exercises.frame import Answered, Verdict

LIMIT = 10.0  # s, of a whole check
SCREEN = 25, 2000  # lines and characters
AGAIN = 0.05, 40  # s between two tries to stop, and how many: a loop may catch one


class Stopped(SystemExit):
    """Raised in the thread of a check that takes too long; a thread that ends with it prints nothing."""


class Screen(io.StringIO):
    """Keeps the first screen of what is printed, and drops the rest."""

    lines, more = 0, False

    def write(self, text: str) -> int:
        """Take as much of a text as there is room for."""
        lines, characters = SCREEN
        kept = "".join(text.splitlines(keepends=True)[: lines - self.lines])[: characters - self.tell()]
        self.lines += kept.count("\n")
        self.more |= kept != text
        super().write(kept)
        return len(text)

    def text(self) -> str:
        """Return what was printed."""
        return self.getvalue() + "(Your code prints more than a screen; the rest is cut.)" * self.more


def guarded(judge: Callable[[Any], Verdict], answer: Any, screen: Screen) -> Verdict:
    """Judge an answer with what it prints kept in `screen`."""
    with contextlib.redirect_stdout(screen), figures_closed(), exits_kept(answer):
        try:
            return in_time(lambda: judge(answer))
        except Answered as early:
            return early.verdict
        except SystemExit:
            said = "Your function ends the program with exit(). Take that out: return ends a function."
            return Verdict("wrong", said)


def in_time(work: Callable[[], Verdict]) -> Verdict:
    """Return what some work returns, or say that it was stopped; without threads it may take any time."""
    if sys.platform == "emscripten":
        return work()
    done: list[tuple[Verdict | None, BaseException | None]] = []

    def run() -> None:
        try:
            done.append((work(), None))
        except BaseException as error:
            done.append((None, error))

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(run,), daemon=True)
    try:
        thread.start()
        thread.join(LIMIT)
        late = thread.is_alive()
    finally:  # an interrupt of the reader's ends the work, too
        stop(thread)
    verdict, error = done[0] if done else (None, None)
    if late or isinstance(error, Stopped):
        said = f"Stopped after {LIMIT:g} s: does a loop in your function ever end?"
        return Verdict("wrong", said)
    if error is not None:
        raise error
    assert verdict is not None
    return verdict


def stop(thread: threading.Thread) -> None:
    """End a thread that runs Python code; nothing where it has ended."""
    import ctypes  # which a browser's Python may lack; it has no threads either

    apart, times = AGAIN
    for _ in range(times):
        if not thread.is_alive():
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Stopped)
        )
        thread.join(apart)


@contextlib.contextmanager
def figures_closed() -> Iterator[None]:
    """Close the figures that are opened meanwhile, where somebody has loaded pyplot."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    try:
        yield
    finally:
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in set(pyplot.get_fignums()) - before if pyplot else ():
            pyplot.close(number)


@contextlib.contextmanager
def exits_kept(answer: Any) -> Iterator[None]:
    """Let `exit` and `quit`, which in a notebook end the kernel, and `input`, which waits, raise errors."""
    names: dict[str, Any] = getattr(answer, "__globals__", {})
    before = {name: names[name] for name in TRAPS if name in names}
    names.update(TRAPS)
    try:
        yield
    finally:
        for name in TRAPS:
            names.pop(name, None)
        names.update(before)


def no_exit(*_: Any) -> None:
    """Stand in for exit and quit."""
    raise SystemExit


def no_input(*_: Any) -> None:
    """Stand in for input."""
    raise RuntimeError("a check can't ask for input; take what you need as arguments")


TRAPS: dict[str, Callable[..., None]] = {"exit": no_exit, "quit": no_exit, "input": no_input}
