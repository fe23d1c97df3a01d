"""Times taken in turns, and the tables that show them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Target:
    """A promise: `what` takes at most `ratio` times as long as `against`."""

    what: str
    against: str
    ratio: float


@dataclass(frozen=True)
class Table:
    """What to measure: works that do the same job, or a bound for it.

    Each work does `repeats` units of the job; the table shows the time of one, in `unit`.
    """

    title: str
    works: dict[str, Work]
    targets: list[Target]
    repeats: int = 1
    rounds: int = 31
    unit: str = "ms"


UNITS = {"s": 1.0, "ms": 1e3, "µs": 1e6, "ns": 1e9}


def interleaved(works: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """Time every work once a round, after one round that isn't counted; return seconds.

    In turns, so that a machine that slows down for a while slows all of them alike.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for counted in [False] + [True] * rounds:
        for name, work in works.items():
            start = time.perf_counter()
            work()
            stop = time.perf_counter()
            if counted:
                times[name].append(stop - start)
    return times


def ratio(times: dict[str, list[float]], what: str, against: str) -> float:
    """Return the median over the rounds of one work's time over another's."""
    return statistics.median(a / b for a, b in zip(times[what], times[against], strict=True))


def show(table: Table) -> bool:
    """Measure and print a table; tell whether every target is met."""
    times = interleaved(table.works, table.rounds)
    first = next(iter(table.works))
    width = max(map(len, table.works))
    print(f"\n{table.title}  (medians of {table.rounds} rounds)")
    for name in table.works:
        each = statistics.median(times[name]) / table.repeats * UNITS[table.unit]
        print(f"  {name:<{width}}  {each:9.3f} {table.unit}  {ratio(times, name, first):7.2f} × {first}")
    met = True
    for target in table.targets:
        found = ratio(times, target.what, target.against)
        met &= found <= target.ratio
        verdict = "met" if found <= target.ratio else "MISSED"
        print(f"  {verdict}: {target.what} / {target.against} = {found:.2f}, at most {target.ratio:g}")
    return met
