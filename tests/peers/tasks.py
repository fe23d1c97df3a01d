"""What every simulator is given, and what lifcore makes of it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lifcore import LIF, simulate_1d, simulate_2d


@dataclass(frozen=True, eq=False)
class Task:
    """One neuron (a sheet of 1×1) or a sheet, in the words of `simulate_2d`.

    `current` is a number, a map (rows, cols) or, for one neuron, a value for each of the n steps.
    No input comes at time 0: the others know no sample 0 that could be tested.
    """

    neuron: LIF = field(default_factory=LIF)
    n: int = 1000  # steps
    dt: float = 0.1
    current: Any = 0.0
    events: Any = ()  # rows time, row, column, weight
    v_start: Any = None
    th_start: Any = None
    shape: tuple[int, int] = (1, 1)
    kernel: Any = None
    delay: float = 1.0
    boundary: str = "open"

    @property
    def cells(self) -> int:
        """How many neurons there are."""
        return self.shape[0] * self.shape[1]

    @property
    def varies(self) -> bool:
        """Whether the current changes from step to step."""
        return np.ndim(self.current) == 1

    @property
    def adapts(self) -> bool:
        """Whether the threshold moves."""
        return self.neuron.th_jump > 0 or self.th_start is not None

    @property
    def n_ref(self) -> int:
        """The refractory period in steps."""
        return int(np.ceil(self.neuron.t_ref / self.dt - 1e-9))

    @property
    def n_delay(self) -> int:
        """The delay in steps."""
        return round(self.delay / self.dt)

    def start(self) -> tuple[np.ndarray, np.ndarray]:
        """Return V and V_t at sample 0, (cells,) mV each."""
        v = self.neuron.v_rest if self.v_start is None else self.v_start
        th = self.neuron.v_th if self.th_start is None else self.th_start
        return np.resize(np.asarray(v, float), self.cells), np.resize(np.asarray(th, float), self.cells)

    def arrivals(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return sample, cell, mV of the input spikes; what meets at one place and time is added up."""
        time, row, col, weight = np.reshape(self.events, (-1, 4)).T
        sample = np.ceil(time / self.dt - 1e-9).astype(int)
        places, which = np.unique(
            sample * self.cells + (row * self.shape[1] + col).astype(int), return_inverse=True
        )
        sums = np.bincount(which, weight, minlength=places.size)
        inside = places < (self.n + 1) * self.cells
        return *np.divmod(places[inside], self.cells), sums[inside]

    def wires(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return source, target (cells) and weight, mV, of each synapse."""
        rows, cols = self.shape
        row, col = np.indices(self.shape)
        parts = []
        for a, b in [] if self.kernel is None else np.argwhere(self.kernel):
            # a target sees the source at this offset from itself
            r, c = row + a - len(self.kernel) // 2, col + b - len(self.kernel[0]) // 2
            there = np.full(self.shape, True)
            if self.boundary == "torus":
                r, c = r % rows, c % cols
            else:
                there = (r >= 0) & (r < rows) & (c >= 0) & (c < cols)
            target = (row * cols + col)[there]
            parts.append((((r * cols) + c)[there], target, np.full(target.size, self.kernel[a, b])))
        if not parts:
            return np.empty(0, int), np.empty(0, int), np.empty(0)
        source, target, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
        return source, target, weight


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a simulator made of a task.

    Attributes
    ----------
    spikes
        (k, 2), rows sample, cell, in order.
    v, th
        (n+1, cells), mV; `th` is None where the simulator has no such variable.
    """

    spikes: np.ndarray
    v: np.ndarray
    th: np.ndarray | None


def in_order(samples: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Return spikes as rows sample, cell, sorted."""
    order = np.lexsort((cells, samples))
    return np.column_stack((samples[order], cells[order])).astype(int)


def lifcore(task: Task, engine: str = "auto") -> Outcome:
    """Run a task in lifcore."""
    n, start = task.n + 1, {"v_start": task.v_start, "th_start": task.th_start}
    steps: dict[str, Any] = {"duration": task.n * task.dt, "dt": task.dt}
    events = np.reshape(task.events, (-1, 4)).astype(float)
    if task.shape == (1, 1):
        run = simulate_1d(
            task.neuron,
            **steps,
            **start,
            current=task.current,
            input_spikes=events[:, 0],
            input_weights=events[:, 3],
        )
        samples = np.rint(run.spikes / task.dt)
        return Outcome(in_order(samples, np.zeros(samples.size)), run.v.reshape(n, 1), run.th.reshape(n, 1))
    sheet = simulate_2d(
        task.neuron,
        **steps,
        **start,
        shape=task.shape,
        kernel=task.kernel,
        delay=task.delay,
        boundary=task.boundary,
        current=task.current,
        input_spikes=events,
        record_every=task.dt,
        engine=engine,
    )
    cells = sheet.spikes[:, 1] * task.shape[1] + sheet.spikes[:, 2]
    spikes = in_order(np.rint(sheet.spikes[:, 0] / task.dt), cells)
    return Outcome(spikes, sheet.v_frames.reshape(n, -1), sheet.th_frames.reshape(n, -1))
