"""What stays the same while a grid runs: its arguments, checked, and the factors made of them."""

import math
from typing import Any

import numpy as np

from lifcore import engine
from lifcore.given import array, check_memory, many, number, pair, steps_up, steps_whole
from lifcore.neuron import LIF, check_neuron
from lifcore.sheet.coupling import check_kernel

FLUSH_EVERY = 16  # steps between two looks for deviations that have decayed to nothing
LARGEST = {"float64": 1e300, "float32": 1e30}  # mV: sums and differences of a great many are numbers yet
ALL = 1e3  # time constants after which exp leaves 0 of a deviation
NOTHING = 1e-30  # mV; a smaller deviation would end as a denormal number, which is slow to compute with
ENGINES = "auto", "numpy", "numba", "sparse"


class Checked:
    """An argument that has passed its checks, in the form in which it is used."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Sheet:
    """The constants of a `Grid`, whose parameters these are.

    Attributes
    ----------
    n_delay, n_ref : int
        Delay and refractory period in steps.
    decay, decay_th : float
        What a step leaves of the deviations of V and of the threshold.
    rate, rate_th : float
        Time constants in a step, dt / tau_m and dt / tau_th, at most `ALL`.
    adapts : bool
        Whether the threshold ever moves.
    v_start, th_start : float or ndarray, (rows, cols)
        mV at sample 0.
    """

    def __init__(
        self,
        neuron: LIF,
        shape: Any,
        dt: Any,
        kernel: Any,
        delay: Any,
        boundary: Any,
        v_start: Any,
        th_start: Any,
        dtype: Any,
        engine_name: Any,
    ) -> None:
        check_neuron("neuron", neuron)
        _one_of("boundary", boundary, "open", "torus")
        _one_of("engine", engine_name, *ENGINES)
        if engine_name == "numba":
            engine.require()
        self.neuron, self.boundary, self.engine = neuron, boundary, engine_name
        self.dt = number("dt", dt, above=0.0)
        self.shape = pair("shape", shape, "(rows, cols)", low=1)
        self.cells = self.shape[0] * self.shape[1]
        self.dtype = _float_type(dtype)
        self.largest = LARGEST[self.dtype.name]
        for name in ("v_rest", "v_reset", "v_th", "th_jump"):
            self.fits(name, getattr(neuron, name))
        self.kernel = self.fits("kernel", check_kernel(np.zeros((1, 1)) if kernel is None else kernel))
        self.delay = number("delay", delay, above=0.0)
        uncoupled = kernel is None and delay == 1.0  # the default delay of no coupling needn't fit dt
        self.n_delay = 1 if uncoupled else steps_whole("delay", delay, self.dt, low=1)
        self.n_ref = steps_up(neuron.t_ref, self.dt)
        check_memory(f"a grid of {self.shape}", self.cells * (6 * self.dtype.itemsize + 40 + self.n_delay))
        self.v_start = self._start("v_start", neuron.v_rest if v_start is None else v_start)
        self.th_start = self._start("th_start", neuron.v_th if th_start is None else th_start)
        lowest = np.min(self.th_start)
        if lowest <= neuron.v_reset:
            raise ValueError(
                f"th_start must be above v_reset = {neuron.v_reset:.12g} mV; got {lowest:.12g} mV"
            )
        self.rate = min(self.dt / neuron.tau_m, ALL)
        self.rate_th = min(self.dt / neuron.tau_th, ALL)
        self.decay = math.exp(-self.dt / neuron.tau_m)
        self.decay_th = math.exp(-self.dt / neuron.tau_th)
        self.adapts = neuron.th_jump > 0 or bool(np.any(self.th_start != neuron.v_th))

    def _start(self, name: str, value: Any) -> Any:
        return self.fits(name, array(name, value, self.shape).copy() if many(value) else number(name, value))

    def fits(self, name: str, value: Any) -> Any:
        """Return a number or a map; refuse what is beyond the grid's type."""
        top = abs(value) if isinstance(value, float) else np.max(np.abs(value), initial=0.0)
        if not top <= self.largest:
            raise ValueError(
                f"{name} must be at most {self.largest:g} in a grid of {self.dtype}; got up to {top:g}"
            )
        return value

    def kicks(self, kicks: Any) -> Any:
        """Return the kicks of a step, mV: a float, a map of the grid's type, or None."""
        if kicks is None or isinstance(kicks, Checked):
            return kicks and kicks.value
        if not many(kicks):
            return self.fits("kicks", number("kicks", kicks))
        return self.fits("kicks", array("kicks", kicks, self.shape)).astype(self.dtype, copy=False)

    def v_inf(self, current: Any) -> Any:
        """Return where a current drives V, mV: a float, or a map of the grid's type."""
        if isinstance(current, Checked):
            return current.value
        current = array("current", current, self.shape) if many(current) else number("current", current)
        with np.errstate(over="ignore"):
            v_inf = self.neuron.v_rest + self.neuron.r_m * current
        top = abs(v_inf) if isinstance(v_inf, float) else np.max(np.abs(v_inf))
        if not top <= self.largest:
            top = np.max(np.abs(current))
            raise ValueError(
                f"current must keep r_m * current finite, at most {self.largest:g} mV in a grid of "
                f"{self.dtype}; got up to {top:g} nA"
            )
        return v_inf.astype(self.dtype, copy=False) if isinstance(v_inf, np.ndarray) else v_inf


def _float_type(dtype: Any) -> np.dtype:
    """Return the type of V and V_t, 64 or 32 bits."""
    known: list[np.dtype] = [np.dtype(np.float64), np.dtype(np.float32)]
    try:
        return known[known.index(np.dtype("None" if dtype is None else dtype))]  # NumPy takes it for float
    except (TypeError, ValueError) as error:
        raise type(error)(f"dtype must be float (64 bits) or numpy.float32; got {dtype!r}") from None


def _one_of(name: str, value: Any, *words: str) -> None:
    """Raise an error if `value` is none of the words."""
    if not isinstance(value, str) or value not in words:
        kind = ValueError if isinstance(value, str) else TypeError
        names = [f'"{word}"' for word in words]
        raise kind(f"{name} must be {', '.join(names[:-1])} or {names[-1]}; got {value!r}")
