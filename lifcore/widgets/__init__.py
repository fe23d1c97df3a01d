"""Explorers: pictures with sliders; and the same pictures without widgets, to print.

The functions of each scene, such as `explore_spike` and `draw_spike`, stand in its module in
`lifcore.widgets.scenes` and are found there when they are asked for here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from lifcore.widgets.outcomes import draw_outcomes
from lifcore.widgets.scenes import NAMES, gather

__all__ = ["draw_outcomes", "progress"]  # and what the scenes bring

VERBS = ("explore_", "debug_", "draw_")  # with which the names of the scenes' functions begin

Item = TypeVar("Item")


def functions(names: Iterable[str] = NAMES) -> dict[str, Callable[..., Any]]:
    """Return the functions of scenes by name, of all scenes unless told which."""
    brought = [vars(module) for module in gather(names).values()]
    return {name: thing for things in brought for name, thing in things.items() if name.startswith(VERBS)}


def __getattr__(name: str) -> Callable[..., Any]:
    if name.startswith(VERBS):
        scene = name.partition("_")[2]
        for names in ([scene] if scene in NAMES else [], NAMES):  # if its own has it, no other is loaded
            if name in functions(names):
                return functions(names)[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *functions()})


def progress(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Go through a sequence and show how far it has come.

    Parameters
    ----------
    items
        What to go through.
    what
        What they are, such as "rows".

    Yields
    ------
    object
        The items, in order.
    """
    from lifcore.widgets.bar import show_bar  # and with it ipywidgets, which the pictures don't need

    yield from show_bar(items, what)
