"""Neurons on a grid, one step at a time: `Grid`."""

from typing import Any

import numpy as np

from lifcore.neuron import LIF
from lifcore.sheet.constants import Checked, Sheet
from lifcore.sheet.dense import Dense, read_only
from lifcore.sheet.events import Events
from lifcore.sheet.pick import Picker
from lifcore.sheet.relay import Relay

TOGETHER = 2**16  # neurons that NumPy steps before it tells who fired


class Grid:
    """Neurons on a grid that excite or inhibit their neighbors, stepped by hand.

    Parameters
    ----------
    neuron
        The parameters, the same for every neuron.
    shape
        (rows, cols).
    dt
        ms, the time step.
    kernel
        mV, an odd-sided 2-D array of weights: ``kernel[c+dr, c+dc]``, c the center, is the jump
        that a spike of the neighbor at (row+dr, col+dc) causes. None: no coupling.
    delay
        ms from a spike to the jumps it causes, a whole number of steps, at least one.
    boundary
        "open" (nothing beyond the edge) or "torus" (edges joined; an offset that wraps onto the
        same neuron twice counts twice).
    v_start, th_start
        mV at sample 0, a number or (rows, cols); None: ``v_rest`` and ``v_th``.
    dtype
        float (64 bits) or numpy.float32, half the memory and fewer digits: a V near -70 mV is off by up to
        5e-6 mV · tau_m / dt, 4e-4 mV for the defaults; spikes may come a step sooner or later.
    engine
        "auto": the fastest for the work at hand. "numpy", "numba" (compiled; the same bits) and
        "sparse" (updates only the neurons that a spike reaches; V within 1e-9 mV) force one.

    Attributes
    ----------
    v, th : ndarray, (rows, cols)
        Membrane potential and threshold, mV, after the spikes' resets; read-only views.
    fired : ndarray of bool, (rows, cols)
        Who fired at this sample; a read-only view, valid until the next step.
    t : float
        Time, ms.
    steps : int
        Steps taken.

    Notes
    -----
    V equal to the threshold fires; a cell is held for the N samples after its spike's own, N = ``t_ref`` / dt
    rounded up, while its threshold decays; what arrives at the last of them is lost: see `LIF`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, value or shape.
    ImportError
        If ``engine="numba"`` is asked for where numba is not installed.
    MemoryError
        If the grid would take more than half of the machine's memory.
    """

    def __init__(
        self,
        neuron: LIF = LIF(),  # noqa: B008  a frozen record
        shape: tuple[int, int] = (64, 64),
        *,
        dt: float = 0.1,
        kernel: Any = None,
        delay: float = 1.0,
        boundary: str = "open",
        v_start: Any = None,
        th_start: Any = None,
        dtype: Any = float,
        engine: str = "auto",
    ) -> None:
        sheet = Sheet(neuron, shape, dt, kernel, delay, boundary, v_start, th_start, dtype, engine)
        self.neuron, self.dt, self.shape, self.kernel = sheet.neuron, sheet.dt, sheet.shape, sheet.kernel
        self.delay, self.boundary, self.dtype, self.engine = sheet.delay, boundary, sheet.dtype, engine
        self.sheet, self.ahead = sheet, 1  # steps that are known to come
        self.reset()

    def reset(self) -> None:
        """Return to sample 0."""
        self.steps = 0
        self._dense = Dense(self.sheet)
        self._engine: Dense | Relay = self._dense  # whoever steps the neurons
        self._picker = Picker(self.sheet)

    def take_over(self, other: "Grid") -> None:
        """Go on from the sample at which another grid of the same shape stands.

        V, V_t, the spikes under way and who is held are taken from it; of several spikes of a cell that
        are under way the last. Where this grid's delay is shorter, what is overdue arrives at the next step;
        where its refractory period is another, neurons are held that much longer or shorter.

        Parameters
        ----------
        other
            The other grid; it may have been stepped by any engine, and stays as it is.
        """
        if other.shape != self.shape:
            raise ValueError(f"other must be a grid of {self.shape}; got one of {other.shape}")
        (old := other._engine).settle()
        n_delay, longer = self.sheet.n_delay, self.sheet.n_ref - other.sheet.n_ref
        sent: list[list[np.ndarray]] = [[] for _ in range(n_delay)]
        seen = np.zeros(self.sheet.cells, bool)
        for ago, cells in enumerate(reversed(old.sent())):
            last = cells[~seen[cells]]
            seen[last] = True
            sent[max(n_delay - 1 - ago, 0)].append(last)
        held = [(last + longer, cells) for last, cells in old.held() if last + longer > other.steps]
        self.reset()
        self.steps, dense = other.steps, self._dense
        self.sheet.adapts |= bool((other.th != self.neuron.v_th).any())
        dense.v[...], dense.th[...] = other.v, other.th
        dense.take_over(self.steps, [np.concatenate([np.empty(0, np.intp), *parts]) for parts in sent], held)

    def drive(self, current: Any) -> Checked:
        """Check a current and return where it drives V, as `step` and `advance` take it."""
        return Checked(self.sheet.v_inf(current))

    def start(self, kicks: np.ndarray, arrives: np.ndarray) -> None:
        """Let the input spikes of time 0 act on sample 0: kicks in mV, tested where `arrives`."""
        self._dense.v += kicks
        self._dense.reset(self._dense.test(arrives))

    def step(self, kicks: Any = None, current: Any = 0.0) -> np.ndarray:
        """Take one step: decay, input, threshold, reset.

        Parameters
        ----------
        kicks
            mV, external input at the sample on which the step ends: a number or (rows, cols).
        current
            nA, held during the step: a number or (rows, cols).

        Returns
        -------
        ndarray of bool, (rows, cols)
            Who fired: a read-only view, valid until the next step.
        """
        kicks, v_inf = self.sheet.kicks(kicks), self.sheet.v_inf(current)
        engine = self._pick(v_inf, kicks is not None or isinstance(v_inf, np.ndarray))
        self.steps += 1
        if isinstance(engine, Relay):  # compiled or sparse: the same step
            engine.advance(1, v_inf, kicks)
        else:
            self.step_in_numpy(engine, kicks, v_inf)
        return self.fired

    def step_in_numpy(self, engine: Dense, kicks: Any, v_inf: Any) -> None:
        """Take one step of neurons that `engine` keeps: decay, input, threshold, reset."""
        v, th, v_th, engine.steps = engine.v, engine.th, self.neuron.v_th, self.steps
        decay, decay_th = self.sheet.decay, self.sheet.decay_th

        # 1. decay
        v -= v_inf
        engine.flush(v)
        v *= decay
        v += v_inf
        if self.sheet.adapts:
            th -= v_th
            engine.flush(th)
            th *= decay_th
            th += v_th

        # 2. input; what arrives at a refractory neuron is lost
        put = engine.put(kicks)
        if put is not None:
            v += put
        engine.hold()

        # 3. test  4. reset
        fired = engine.test()
        engine.reset(fired)
        self._picker.stepped()

    def advance(self, m: int, drive: Checked, events: Events) -> tuple[np.ndarray, np.ndarray]:
        """Take up to m steps; return the spikes of each step taken, and the cells that fired.

        Parameters
        ----------
        m
            At least 1.
        drive
            mV, where the current drives V.
        events
            Input spikes: how many up to each step, their cells (flat indices) in order, their mV.
        """
        v_inf, maps = drive.value, m == 1 and isinstance(drive.value, np.ndarray)
        (ends, cells, weights), start = events, 0
        fired: list[np.ndarray] = []
        for end in ends[: -(-TOGETHER // self.sheet.cells)].tolist():
            engine = self._pick(v_inf, maps)
            if isinstance(engine, Relay) and fired:
                break
            if isinstance(engine, Relay):
                counts, who = engine.advance(m, v_inf, None, events)
                self.steps += counts.size
                return counts, who
            self.steps += 1
            self.ahead -= 1
            self.step_in_numpy(engine, (cells[start:end], weights[start:end]) if start < end else None, v_inf)
            fired.append(engine.last)
            start = end
        return np.array([who.size for who in fired]), np.concatenate(fired)

    def _pick(self, v_inf: Any, maps: bool) -> Dense | Relay:
        """Let the engine that is right for the next steps take the neurons over."""
        kind, old, dense = self._picker.kind(self._engine, self.ahead, v_inf, maps), self._engine, self._dense
        if kind is not type(old) or old.worn:
            old.settle()
            sent, held = old.sent(), old.held()
            if kind is Dense:
                dense.take_over(self.steps, sent, held)
                self._engine = dense
            else:
                self._engine = kind(self.sheet, self.steps, dense.v, dense.th, sent, held)
        return self._engine

    @property
    def v(self) -> np.ndarray:
        """Membrane potential, mV."""
        self._engine.settle()
        return read_only(self._dense.v)

    @property
    def th(self) -> np.ndarray:
        """Threshold, mV."""
        self._engine.settle()
        return read_only(self._dense.th)

    @property
    def fired(self) -> np.ndarray:
        """Who fired at this sample."""
        return read_only(self._engine.fired)

    @property
    def t(self) -> float:
        """Time, ms."""
        return self.steps * self.dt
