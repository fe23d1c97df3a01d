"""What every argument passes before it is used: a message names the argument, its value and what would do."""

import math
import numbers
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lifcore.units import UNITS

LARGEST = 1e300  # of a result, in any unit: a few of them still add up to a number
SMALLEST = 5e-324  # above 0: stands for a divisor that is too small for a float
NO_NUMBER = bool, np.bool_, np.timedelta64  # which Python counts among the real numbers


def number(name: str, value: Any, *, above: float | None = None, low: float | None = None) -> float:
    """Return `value` as a finite float, or say what is wrong with the argument `name`.

    It may be any real number or a NumPy array of no dimensions; it must be greater than `above`
    and at least `low`. A TypeError tells of a wrong kind, a ValueError of a wrong value.
    """
    if type(value) is not float:
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value[()]
        if isinstance(value, NO_NUMBER) or not isinstance(value, numbers.Real):
            raise TypeError(f"{name} must be a number, not {what(value)}")
    try:
        x = float(value) + 0.0  # -0.0 becomes 0.0
    except OverflowError:
        x = math.inf
    if not math.isfinite(x) or (above is not None and x <= above) or (low is not None and x < low):
        bound = f" above {above:g}" if above is not None else f", at least {low:g}" if low is not None else ""
        unit = f" {UNITS[name]}" if UNITS.get(name) else ""
        raise ValueError(f"{name} must be a finite number{bound}; got {x:.12g}{unit}")
    return x


def array(
    name: str, value: Any, shape: tuple[int, ...] | None = None, *, ndim: int | None = 1, dtype: Any = float
) -> np.ndarray:
    """Return `value` as a finite array of `dtype` that the caller must not change.

    It may be any sequence or array of real numbers, integer or floating, with the given shape or, where that
    is None, with `ndim` axes (None: any). A TypeError tells of a wrong kind, a ValueError of the rest.
    """
    try:
        a = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must be a regular array of numbers: {error}") from None
    if a.dtype.kind not in "iuf" or _holds_bool(value):
        raise TypeError(f"{name} must hold real numbers, not {what(value)} with entries of {a.dtype}")
    if shape is not None and a.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}; got {a.shape}")
    if shape is None and ndim is not None and a.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes; got {a.ndim}, shape {a.shape}")
    a = a.astype(dtype, copy=False)
    if not np.isfinite(a).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(a))[0])
        raise ValueError(f"{name} must be finite everywhere; got {a[where]} at index {where}")
    return a


def integer(name: str, value: Any, *, low: int) -> int:
    """Return `value` as an int of at least `low`; floats and booleans are refused."""
    if isinstance(value, NO_NUMBER) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number (int), not {what(value)}")
    if value < low:
        raise ValueError(f"{name} must be at least {low}; got {value}")
    return int(value)


def _holds_bool(value: Any) -> bool:
    """Tell whether a list, of lists or not, holds a truth value, which NumPy takes for 0 or 1."""
    listed = isinstance(value, list | tuple)
    return any(map(_holds_bool, value)) if listed else isinstance(value, bool | np.bool_)


def many(value: Any) -> bool:
    """Tell whether an argument is a sequence or an array, and not one number."""
    return getattr(value, "ndim", 1 if isinstance(value, Sequence) and not isinstance(value, str) else 0) > 0


def pair(name: str, value: Any, wanted: str, *, low: int) -> tuple[int, int]:
    """Return two whole numbers, each at least `low`: a shape or a cell, as `wanted` says."""
    if not many(value):
        raise TypeError(f"{name} must be {wanted}, two whole numbers, not {what(value)}")
    if len(value) != 2:
        raise ValueError(f"{name} must be {wanted}, two whole numbers; got {value!r}")
    return integer(f"{name}[0]", value[0], low=low), integer(f"{name}[1]", value[1], low=low)


def what(value: Any) -> str:
    """Name a value of the wrong kind in a message: its type, and itself where that is short."""
    text = repr(value)
    return f"{type(value).__name__} {text}" if len(text) < 40 else type(value).__name__


def steps_up(x: Any, dt: float) -> Any:
    """Turn times into numbers of steps, rounding up: the refractory period and input spikes.

    Parameters
    ----------
    x
        ms, a number or an array, at least 0.
    dt
        ms.

    Returns
    -------
    int, or float array of whole numbers (a time far beyond the run may exceed every int type)
        x / dt rounded up; a quotient within 1e-9 · max(1, x/dt) of a whole number is that number.
    """
    if many(x):
        with np.errstate(over="ignore", invalid="ignore"):
            q = np.asarray(x, float) / dt
            near = np.rint(q)
            return np.where(np.abs(q - near) <= 1e-9 * np.maximum(1.0, q), near, np.ceil(q))
    steps: float = min(float(x) / dt, 2.0**62)
    return round(steps) if abs(steps - round(steps)) <= 1e-9 * max(1.0, steps) else math.ceil(steps)


def steps_whole(name: str, x: Any, dt: float, *, low: int = 0) -> int:
    """Turn a time that must be a whole number of steps into that number.

    Raises
    ------
    ValueError
        If x / dt is not whole (by the rule of `steps_up`) or below `low` steps; the message names
        the nearest time that would do.
    """
    x = number(name, x, low=0.0)
    q = x / dt
    if q > 2.0**53:
        raise MemoryError(f"{name} = {x:g} ms at dt = {dt:g} ms is {q:.3g} steps, more than can be counted")
    n = round(q)
    if abs(q - n) > 1e-9 * max(1.0, q) or n < low:
        raise ValueError(
            f"{name} must be a whole number of steps of dt = {dt:g} ms, at least {low}; got {x:.12g} ms, "
            f"the nearest that is: {float(f'{max(n, low) * dt:.12g}')!r} ms"
        )
    return n


def memory_limit() -> int:
    """Return how many bytes a run may take: half the machine's memory, 4 GiB where it isn't told."""
    try:
        page, pages = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 4 * 2**30
    return page * pages // 2 if page > 0 and pages > 0 else 4 * 2**30


def check_memory(
    run: str, size: float, remedy: str = "a shorter run, a larger dt, a smaller grid or fewer frames"
) -> None:
    """Raise MemoryError with a remedy if `run` would take `size` bytes, more than `memory_limit` allows."""
    limit = memory_limit()
    if size > limit:
        raise MemoryError(
            f"{run} would take {min(size, 1e300) / 2**30:.3g} GiB, more than half of this machine's memory "
            f"({limit / 2**30:.3g} GiB): take {remedy}"
        )


def bounded(what: str, result: float, **given: float) -> float:
    """Return a result that is at most `LARGEST`, either way; else raise ValueError.

    Parameters
    ----------
    what
        What the result is.
    result
        The result, or one that stands for several.
    **given
        The arguments that it comes from, which the message names.
    """
    if not abs(result) <= LARGEST:
        values = ", ".join(f"{name} = {value:.6g}" for name, value in given.items())
        raise ValueError(f"{what} must be at most {LARGEST:g}, either way; got {result:g} from {values}")
    return result


def each(name: str, value: Any, f: Callable[[float], float], *, above: float | None = None) -> Any:
    """Apply a formula to a number or to every entry of an array."""
    if not many(value):
        return f(number(name, value, above=above))
    values = array(name, value, ndim=None)
    return np.array([f(number(name, x, above=above)) for x in values.ravel()]).reshape(values.shape)


def generator(seed: "int | np.random.Generator") -> "np.random.Generator":
    """Return the numpy Generator of a seed; a Generator is used as it is."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(integer("seed", seed, low=0))
