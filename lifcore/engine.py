"""Compilation: the one place that knows of numba."""

import functools
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

REPAID = 3.0  # s of uncompiled work that loading numba and compiling a short function cost as much as
NOTICE = 1.0  # s after which it is said why nothing seems to happen
HEARD = 0.1  # s after which at the latest Windows hears an interrupt, too

clock = perf_counter  # by which uncompiled work is timed
_ready: dict[tuple[Callable, str], Callable] = {}  # function and kind of arguments -> compiled function
_spent: dict[Callable, float] = {}  # s that a function has worked uncompiled
_given_up: set[Callable] = set()  # functions that numba has failed to compile
_plain: list[bool] = []  # an entry for each `uncompiled` that is open
_turn = threading.Lock()  # held by who loads numba or compiles


def say(message: str, *values: object) -> None:
    """Log a notice; only then is the logging loaded, which takes as long as all of lifcore."""
    import logging

    logging.getLogger("lifcore").info(message, *values)


@functools.cache
def present() -> bool:
    """Tell whether numba is installed, without loading it."""
    from importlib.util import find_spec

    return find_spec("numba") is not None


def require() -> None:
    """Raise ImportError where numba is missing, with what would do."""
    if not present():
        raise ImportError(
            'engine must be "auto", "numpy" or "sparse" here: "numba" needs the package numba, which is '
            "not installed; get it with: pip install numba"
        )


def pays(function: Callable, kind: str, ahead: float, length: float = 1.0) -> bool:
    """Tell whether to use the compiled twin of a function.

    It pays once the twin exists, or the work, what was done and what lies ahead, takes as long as
    compiling.

    Parameters
    ----------
    function
        The function.
    kind
        Names the types of its arguments.
    ahead
        s that the work ahead takes uncompiled, as far as that is known.
    length
        How many times as long as a short function's its compilation takes.
    """
    if _plain:
        return False
    if (function, kind) in _ready:
        return True
    if function in _given_up:
        return False
    return _spent.get(function, 0.0) + ahead > length * REPAID and _numba() is not None


@contextmanager
def uncompiled() -> Iterator[None]:
    """Let nothing be compiled by choice meanwhile: a compiled loop can't be watched."""
    _plain.append(True)
    try:
        yield
    finally:
        _plain.pop()


def spend(function: Callable, seconds: float) -> float:
    """Note that the work of a function was done uncompiled, in so many seconds, and return them."""
    _spent[function] = _spent.get(function, 0.0) + seconds
    return seconds


def compiled(function: Callable, kind: str, args: tuple, parts: tuple[Callable, ...] = ()) -> Callable:
    """Return the compiled twin of a function, made at the first use and kept on disk for the next.

    Parameters
    ----------
    function
        Plain Python over numbers and arrays.
    kind
        Names the types of `args`.
    args
        Arguments of the types that it will be called with.
    parts
        Functions of the same module that it calls, and that are compiled with it. With them, no call looks
        at the types of its arguments, which takes longer for records than a small sheet's step: they must be
        those of `args`.
    """

    def compile() -> None:
        if (function, kind) not in _ready:
            numba = _load()
            types = tuple(numba.typeof(arg) for arg in args)
            try:
                _ready[function, kind] = _twin(numba, function, parts, types)
            except Exception:
                _given_up.add(function)
                raise

    if (function, kind) not in _ready:
        _undisturbed(compile, f"compiling {function.__name__}, once (kept for the next time)")
    return _ready[function, kind]


@functools.cache
def _numba() -> Any:
    """Return numba, or None where it is missing or doesn't load."""
    if not present():
        return None
    try:
        return _undisturbed(_load, "loading numba, once a session")
    except Exception as error:
        say("numba is installed, but doesn't load; NumPy does the work: %s", error)
        return None


def _load() -> Any:
    """Return numba; first drop what an interrupted import of it has left, which would stay half loaded."""
    if "numba" not in sys.modules:
        for name in [name for name in sys.modules if name.partition(".")[0] in ("numba", "llvmlite")]:
            del sys.modules[name]
    import numba

    return numba


@functools.cache
def _dispatcher(numba: Any, function: Callable, parts: tuple[Callable, ...], kept: bool) -> Any:
    """Return numba's dispatcher of a function with its parts, the same one for all kinds of arguments.

    What is `kept` on disk has the checksum of its file in its name: numba can't load the index of another
    version of the file, which may name records that this one doesn't have.
    """
    from types import FunctionType
    from zlib import crc32

    names = dict(function.__globals__)  # in which a compiled part stands for each part
    for part in parts:
        copy = FunctionType(part.__code__, names, part.__name__)
        names[part.__name__] = numba.njit(copy, error_model="numpy")
    whole = FunctionType(function.__code__, names, function.__name__)
    with open(function.__code__.co_filename, "rb") as source:
        whole.__qualname__ += f"-{crc32(source.read()):x}"
    return numba.njit(whole, cache=kept, error_model="numpy")


def _twin(numba: Any, function: Callable, parts: tuple[Callable, ...], types: tuple) -> Callable:
    """Return the twin of a function, compiled for these types; with parts, what takes these types alone."""
    try:
        twin = _dispatcher(numba, function, parts, True)
        exact = twin.compile(types)
    except Exception as error:
        # It can't be kept: no folder can be written, the disk is full, or what was kept is damaged.
        say("%s is compiled in each session anew: %s", function.__name__, error)
        twin = _dispatcher(numba, function, parts, False)
        exact = twin.compile(types)
    return exact if parts else twin


def _undisturbed(work: Callable[[], Any], notice: str) -> Any:
    """Do a work in a thread of its own and return what it returns; say what takes so long.

    Half an import or half a compilation would break numba for the session. An interrupt reaches only
    the caller, who waits here, and goes on at once: the work comes to its end, and who needs it next
    finds it done or waits for it.
    """
    outcome: list[tuple[Any, BaseException | None]] = []
    done = threading.Lock()
    done.acquire()

    def run() -> None:
        try:
            with _turn:
                outcome.append((work(), None))
        except BaseException as error:
            outcome.append((None, error))
        finally:
            done.release()

    threading.Thread(target=run, name="lifcore compiles").start()
    began, said = perf_counter(), False
    while not done.acquire(timeout=HEARD):
        if not said and perf_counter() - began > NOTICE:
            said = True
            say(notice)
    ((result, error),) = outcome
    if error is not None:
        raise error
    return result
