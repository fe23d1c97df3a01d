"""Compilation: the one place that knows of numba."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

REPAID = 3.0  # s of uncompiled work that loading numba and compiling a short function cost as much as
NOTICE = 1.0  # s after which it is said why nothing seems to happen

_ready: dict[tuple[Callable, str], Callable] = {}  # function and kind of arguments -> compiled function
_spent: dict[Callable, float] = {}  # s that a function has worked uncompiled
_plain: list[bool] = []  # an entry for each `uncompiled` that is open


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
        s that the work ahead takes uncompiled, about.
    length
        How many times as long as a short function's its compilation takes.
    """
    if _plain:
        return False
    if (function, kind) in _ready:
        return True
    return _spent.get(function, 0.0) + ahead > length * REPAID and _numba() is not None


@contextmanager
def uncompiled() -> Iterator[None]:
    """Let nothing be compiled by choice meanwhile: a compiled loop can't be watched."""
    _plain.append(True)
    try:
        yield
    finally:
        _plain.pop()


def spend(function: Callable, seconds: float) -> None:
    """Note that the work of a function was done uncompiled, in so many seconds, about."""
    _spent[function] = _spent.get(function, 0.0) + seconds


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
    if (function, kind) not in _ready:
        from threading import Timer

        notice = Timer(NOTICE, say, ["compiling %s, once (kept for the next time)", function.__name__])
        notice.start()
        try:
            import numba

            twin = _twin(numba, function, parts)
            exact = twin.compile(tuple(numba.typeof(arg) for arg in args))
        finally:
            notice.cancel()
        _ready[function, kind] = exact if parts else twin
    return _ready[function, kind]


@functools.cache
def _numba() -> Any:
    """Return numba, or None where it is missing or doesn't load."""
    if not present():
        return None
    try:
        import numba
    except ImportError as error:
        say("numba is installed, but doesn't load; NumPy does the work: %s", error)
        return None
    return numba


@functools.cache
def _twin(numba: Any, function: Callable, parts: tuple[Callable, ...]) -> Any:
    """Return numba's dispatcher of a function: the same one for all kinds of arguments.

    On disk its name holds the checksum of its file: numba can't load the index of another version of the
    file, which may name records that this one doesn't have.
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
    try:
        return numba.njit(whole, cache=True, error_model="numpy")
    except RuntimeError as error:
        # No folder to keep it in can be written, neither the module's own nor the user's.
        say("%s is compiled in each session anew: %s", function.__name__, error)
        return numba.njit(whole, error_model="numpy")
