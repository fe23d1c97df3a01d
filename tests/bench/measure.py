"""Times taken in turns, and the tables that show them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Own:
    """What a work returns that times itself: the seconds of the part that is to be compared."""

    seconds: float


Work = Callable[[], object]
BOUNDS = ("memory",)  # works that are what a machine can do at best: the best of their rounds counts


@dataclass(frozen=True)
class Target:
    """A promise: `what` takes at most `ratio` times as long as `against`."""

    what: str
    against: str
    ratio: float


@dataclass(frozen=True)
class Table:
    """What to measure: works that do the same job, or a bound for it.

    Each work does `repeats` units of the job; the table shows the time of one, in `unit`. Targets that
    speak of a work that isn't there, for want of a package, are left out.
    """

    title: str
    works: dict[str, Work]
    targets: list[Target] = field(default_factory=list)
    repeats: int = 1
    rounds: int = 31
    unit: str = "ms"
    note: str = ""


UNITS = {"s": 1.0, "ms": 1e3, "µs": 1e6, "ns": 1e9}


def interleaved(works: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """Time every work once a round; return seconds.

    In turns, so that a machine that slows down for a while slows all of them alike, and every second round
    the other way round; each is run once before it is timed, so that the caches hold what it uses and not
    what another left there. All results are kept until the end, as whoever asks for results keeps them: one
    that is thrown away would leave its memory to the next, which then takes no new pages.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    kept: list[object] = []
    for turn in range(rounds):
        for name, work in list(works.items())[:: -1 if turn % 2 else 1]:
            before = work()
            start = time.perf_counter()
            found = work()
            stop = time.perf_counter()
            times[name].append(found.seconds if isinstance(found, Own) else stop - start)
            kept += before, found
    return times


def ratio(times: dict[str, list[float]], what: str, against: str) -> float:
    """Return the median over the rounds of one work's time over another's; over the best of a bound's."""
    below = [min(times[against])] * len(times[against]) if against in BOUNDS else times[against]
    return statistics.median(a / b for a, b in zip(times[what], below, strict=True))


def show(table: Table, rounds: int | None = None) -> tuple[str, bool]:
    """Measure a table, in at most so many rounds; return it as Markdown, and whether targets are met."""
    rounds = min(table.rounds, rounds or table.rounds)
    times = interleaved(table.works, rounds)
    first = next(iter(table.works))
    width = max(map(len, table.works))
    lines = [f"### {table.title}", "", f"Medians of {rounds} rounds. {table.note}".rstrip(), ""]
    lines += [f"| {'':{width}} | {table.unit:>10} | × {first} |", f"| {'-' * width} | ---------: | ---: |"]
    for name in table.works:
        each = (min if name in BOUNDS else statistics.median)(times[name]) / table.repeats * UNITS[table.unit]
        lines.append(f"| {name:{width}} | {each:10.4g} | {ratio(times, name, first):.3g} |")
    met, verdicts = True, []
    for target in table.targets:
        if {target.what, target.against} <= times.keys():
            found = ratio(times, target.what, target.against)
            met &= found <= target.ratio
            verdict = "met" if found <= target.ratio else "MISSED"
            verdicts.append(
                f"- {verdict}: {target.what} / {target.against} = {found:.3g}, at most {target.ratio:.3g}"
            )
    return "\n".join([*lines, *[""] * bool(verdicts), *verdicts]), met
