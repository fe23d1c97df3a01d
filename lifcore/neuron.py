"""The neuron's parameters, and where a constant current takes V."""

import math
from dataclasses import dataclass, fields
from typing import Any

from lifcore.given import bounded, number, what


@dataclass(frozen=True)
class LIF:
    """Parameters of a leaky integrate-and-fire neuron.

    It serves one neuron and the grid; without dimensions take ``v_rest = v_reset = 0``, ``v_th = 1``.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite, if ``r_m``, ``tau_m`` or ``tau_th`` is not above 0, if
        ``t_ref`` or ``th_jump`` is below 0, or if ``v_reset`` is not below ``v_th``.

    Notes
    -----
    Ties and roundings are conventions. A V equal to the threshold fires. On a grid of time steps ``t_ref`` is
    rounded up to N steps, and V is held for the N samples after the spike's own. The threshold decays
    meanwhile. An input spike exactly at the end of the refractory period, the last of these samples, is
    lost, as in NEST, whose issue 3309 calls that a bug; Brian2 takes it, as does the half-open reading
    t* <= t < t* + t_ref.
    """

    # fmt: off
    v_rest: float = -70.0    # mV    resting potential
    v_reset: float = -65.0   # mV    reset voltage
    v_th: float = -50.0      # mV    firing threshold (where an adaptive threshold returns to)
    r_m: float = 10.0        # MΩ    membrane resistance
    tau_m: float = 8.0       # ms    membrane time constant
    t_ref: float = 2.0       # ms    absolute refractory period
    th_jump: float = 0.0     # mV    rise of the threshold at each spike; 0: a fixed threshold
    tau_th: float = 100.0    # ms    time constant of the threshold
    # fmt: on

    def __post_init__(self) -> None:
        """Check every parameter and keep it as a plain float."""
        for f in fields(self):
            above = 0.0 if f.name in ("r_m", "tau_m", "tau_th") else None
            low = 0.0 if f.name in ("t_ref", "th_jump") else None
            value = number(f.name, getattr(self, f.name), above=above, low=low)
            object.__setattr__(self, f.name, value)  # the one way to set a field of a frozen record
        if self.v_reset >= self.v_th:
            raise ValueError(
                f"v_reset must be below v_th, else the neuron would fire for ever; got v_reset = "
                f"{self.v_reset:.12g} mV and v_th = {self.v_th:.12g} mV"
            )


def check_neuron(name: str, value: Any) -> None:
    """Raise TypeError if the argument `name` is not a LIF."""
    if not isinstance(value, LIF):
        raise TypeError(f"{name} must be a LIF, not {what(value)}")


def driven_to(neuron: LIF, current: float) -> float:
    """Return where a constant current drives V, mV: v_rest + r_m * current; refuse what is too large."""
    v_inf = neuron.v_rest + neuron.r_m * current
    return bounded("v_rest + r_m * current", v_inf, v_rest=neuron.v_rest, r_m=neuron.r_m, current=current)


def rise(neuron: LIF, v: float, current: float) -> float:
    """Return how long a constant current takes to bring V from v to v_th, ms; inf where it never does."""
    v_inf = driven_to(neuron, current)
    if v_inf <= neuron.v_th:
        return math.inf
    t = neuron.tau_m * math.log1p((neuron.v_th - v) / (v_inf - neuron.v_th))
    return bounded("the rise of V", t, current=current, v=v, v_th=neuron.v_th, tau_m=neuron.tau_m)
