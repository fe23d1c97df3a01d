"""Neurons on a grid, one step at a time: `Grid`."""

import math
from collections import deque
from typing import Any

import numpy as np

from lifcore.coupling import Coupling, check_kernel
from lifcore.neuron import LIF, array, check_memory, check_neuron, many, number, pair, steps_up, steps_whole

FLUSH_EVERY = 16  # steps between two looks for deviations that have decayed to nothing
NOTHING = 1e-30  # mV; a smaller deviation would end as a denormal number, which is slow to compute with


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
        float (64 bits) or numpy.float32.
    engine
        "auto" or "numpy".

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

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, value or shape.
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
        check_neuron("neuron", neuron)
        _one_of("boundary", boundary, "open", "torus")
        _one_of("engine", engine, "auto", "numpy")
        self.neuron, self.dt, self.boundary = neuron, number("dt", dt, above=0.0), boundary
        self.shape = pair("shape", shape, "(rows, cols)", low=1)
        self.dtype = _float_type(dtype)
        self.kernel = check_kernel(np.zeros((1, 1)) if kernel is None else kernel)
        self.delay = number("delay", delay, above=0.0)
        uncoupled = kernel is None and delay == 1.0  # the default delay of no coupling needn't fit dt
        n_delay = 1 if uncoupled else steps_whole("delay", delay, self.dt, low=1)
        cells = self.shape[0] * self.shape[1]
        check_memory(f"a grid of {self.shape}", cells * (5 * self.dtype.itemsize + 20 + n_delay))
        self._v_start = self._start_map("v_start", neuron.v_rest if v_start is None else v_start)
        self._th_start = self._start_map("th_start", neuron.v_th if th_start is None else th_start)
        if np.min(self._th_start) <= neuron.v_reset:
            raise ValueError(
                f"th_start must be above v_reset = {neuron.v_reset:g} mV; got {np.min(self._th_start):g} mV"
            )

        self._decay = math.exp(-self.dt / neuron.tau_m)
        self._decay_th = math.exp(-self.dt / neuron.tau_th)
        self._n_ref = steps_up(neuron.t_ref, self.dt)
        self._adapts = neuron.th_jump > 0 or bool(np.any(self._th_start != neuron.v_th))
        self._v, self._th, self._input, self._spare = (np.empty(self.shape, self.dtype) for _ in range(4))
        self._frames = np.empty((n_delay, *self.shape), bool)  # who fired at the last n_delay samples
        self._views = [read_only(frame) for frame in self._frames]
        self._coupling = Coupling(self.kernel, self.shape, boundary, self.dtype)
        self.reset()

    def _start_map(self, name: str, value: Any) -> Any:
        return array(name, value, self.shape).copy() if many(value) else number(name, value)

    def reset(self) -> None:
        """Return to sample 0."""
        self.steps = 0
        self._v[...] = self._v_start
        self._th[...] = self._th_start
        self._frames[...] = False
        self._counts = [0] * len(self._frames)
        self._held = np.empty(0, np.intp)  # flat indices of the refractory neurons, first to be freed first
        self._until: deque[tuple[int, int]] = deque()  # (last sample held, how many neurons)

    def start(self, kicks: np.ndarray, arrives: np.ndarray) -> None:
        """Let the input spikes of time 0 act on sample 0: kicks in mV, tested where `arrives`."""
        self._v += kicks
        self._test(arrives)

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
        if kicks is not None:
            kicks = self._checked("kicks", kicks)
        neuron, v, th = self.neuron, self._v, self._th
        current = self._checked("current", current)
        with np.errstate(over="ignore"):
            v_inf = neuron.v_rest + neuron.r_m * current
        if not np.isfinite(v_inf).all():
            top = np.max(np.abs(current))
            raise ValueError(f"current must keep r_m * current finite; got up to {top:g} nA")
        v_inf = v_inf.astype(self.dtype, copy=False) if isinstance(v_inf, np.ndarray) else v_inf
        self.steps += 1
        flush = self.steps % FLUSH_EVERY == 0

        # 1. decay
        v -= v_inf
        v *= self._decay
        if flush:
            self._flush(v)
        v += v_inf
        if self._adapts:
            th -= neuron.v_th
            th *= self._decay_th
            if flush:
                self._flush(th)
            th += neuron.v_th

        # 2. input; what arrives at a refractory neuron is lost
        oldest = self.steps % len(self._frames)  # who fired one delay ago
        if self._counts[oldest] and self._coupling.weights:
            self._coupling.add_up(self._frames[oldest], self._input)
            if kicks is not None:
                self._input += kicks
            v += self._input
        elif kicks is not None:
            v += kicks
        self._hold()

        self._test()
        return self.fired

    def _checked(self, name: str, value: Any) -> Any:
        return array(name, value, self.shape) if many(value) else number(name, value)

    def _flush(self, deviation: np.ndarray) -> None:
        """Set what has decayed to nothing to 0."""
        np.abs(deviation, out=self._spare)
        deviation.ravel()[(self._spare.ravel() < NOTHING).nonzero()[0]] = 0.0

    def _hold(self) -> None:
        """Free the neurons whose refractory period is over; keep the others at v_reset."""
        while self._until and self._until[0][0] < self.steps:
            self._held = self._held[self._until.popleft()[1] :]
        if self._held.size:
            self._v.ravel()[self._held] = self.neuron.v_reset

    def _test(self, where: np.ndarray | None = None) -> None:
        """3. Test who reaches the threshold.  4. Reset them and raise their thresholds."""
        now = self.steps % len(self._frames)
        fired = self._frames[now]
        np.greater_equal(self._v, self._th, out=fired)
        if where is not None:
            fired &= where
        cells = fired.ravel().nonzero()[0]
        self._counts[now] = cells.size
        if cells.size == 0:
            return
        self._v.ravel()[cells] = self.neuron.v_reset
        self._th.ravel()[cells] += self.neuron.th_jump
        if self._n_ref:
            self._held = np.concatenate((self._held, cells))
            self._until.append((self.steps + self._n_ref, cells.size))

    @property
    def v(self) -> np.ndarray:
        """Membrane potential, mV."""
        return read_only(self._v)

    @property
    def th(self) -> np.ndarray:
        """Threshold, mV."""
        return read_only(self._th)

    @property
    def fired(self) -> np.ndarray:
        """Who fired at this sample."""
        return self._views[self.steps % len(self._frames)]

    @property
    def t(self) -> float:
        """Time, ms."""
        return self.steps * self.dt


def read_only(a: np.ndarray) -> np.ndarray:
    """Return a view that can't be written to."""
    view = a.view()
    view.flags.writeable = False
    return view


def _float_type(dtype: Any) -> np.dtype:
    """Return the type of V and V_t, 64 or 32 bits."""
    known: list[np.dtype] = [np.dtype(np.float64), np.dtype(np.float32)]
    try:
        return known[known.index(np.dtype(dtype))]
    except (TypeError, ValueError) as error:
        raise type(error)(f"dtype must be float (64 bits) or numpy.float32; got {dtype!r}") from None


def _one_of(name: str, value: Any, first: str, second: str) -> None:
    """Raise an error if `value` is neither of two words."""
    if value not in (first, second):
        kind = ValueError if isinstance(value, str) else TypeError
        raise kind(f'{name} must be "{first}" or "{second}"; got {value!r}')
