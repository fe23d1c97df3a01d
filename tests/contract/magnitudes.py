"""What the public functions are called with at magnitudes from 1e-300 to 1e300, and what they may return.

`ARGUMENTS` has a strategy for each function's arguments, `MAY` the results that docstrings promise not to be
finite, `NO_NUMBERS` what takes or makes no numbers of its own. A new public function stands in one of them.
"""

import math
from collections.abc import Callable
from dataclasses import fields
from types import ModuleType
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

import lifcore
from lifcore import LIF, Grid, Run1D, Run2D, inputs, measures, plots, schemes, theory

MODULES = lifcore, inputs, measures, plots, schemes, theory
# Records that functions return, and what draws; their own tests hold those.
NO_NUMBERS = {
    *(Run1D, Run2D, schemes.SchemeRun, plots.SymbolTable),
    *(plots.figure, plots.show, plots.to_png, plots.label),
    *(getattr(plots, name) for name in plots.__all__ if name.startswith(("plot_", "draw_"))),
    plots.compare,
}


def public(modules: tuple[ModuleType, ...] = MODULES) -> set[Callable]:
    """Return the public functions and classes of modules: those in `__all__`, else those made there."""
    found = set()
    for module in modules:
        names = getattr(module, "__all__", None) or [
            name
            for name, x in vars(module).items()
            if getattr(x, "__module__", "") == module.__name__ and not name.startswith("_")
        ]
        found |= {getattr(module, name) for name in names if callable(getattr(module, name))}
    return found


# A magnitude: as often one from life as one from far. Drawn from a list, since an example has many of them.
LIFE = [1.0, 0.1, 20.0, 8.0, 0.5]
FAR = [m * 10.0**e for e in (0, 5, 12, 30, 38, 50, 100, 154, 200, 299, 300) for m in (1.0, 3.7)][2:-1]
FAR += [1 / x for x in FAR]
POSITIVE = st.sampled_from(LIFE * 7 + FAR)
LOW_0 = st.sampled_from([0.0, 0.0] + LIFE * 7 + FAR)
ANY = st.sampled_from([0.0, 0.0] + LIFE * 14 + FAR + [-x for x in LIFE * 7 + FAR])
GRAY = st.sampled_from([0.0, 0.5, 1.0, 1e-300, 255.0])
SEED = st.integers(0, 9)
LEGAL = {"r_m": POSITIVE, "tau_m": POSITIVE, "tau_th": POSITIVE, "t_ref": LOW_0, "th_jump": LOW_0}
FIELDS = {f.name: LEGAL.get(f.name, ANY) for f in fields(LIF)}
SOME = st.lists(st.sampled_from(list(FIELDS)), max_size=8)


@st.composite
def neurons(draw: Any, fixed: bool = False) -> LIF:
    """Draw a neuron, some of whose parameters are not those from life."""
    given = {name: draw(FIELDS[name]) for name in draw(SOME)}
    if fixed:
        given["th_jump"] = 0.0
    try:
        return LIF(**given)
    except ValueError:  # v_reset isn't below v_th
        assume(False)


def or_list(numbers: st.SearchStrategy) -> st.SearchStrategy:
    """Draw a number or a list of a few."""
    return st.one_of(numbers, st.lists(numbers, max_size=3))


def call(**strategies: st.SearchStrategy) -> st.SearchStrategy:
    """Draw the arguments of a call."""
    return st.fixed_dictionaries(strategies)


@st.composite
def timed(draw: Any, **strategies: st.SearchStrategy) -> dict[str, Any]:
    """Draw the arguments of a call and a few steps of time, or any duration."""
    dt = draw(POSITIVE)
    duration = draw(st.one_of(st.integers(0, 40).map(lambda n: n * dt), LOW_0))
    return {"duration": duration, "dt": dt} | {name: draw(value) for name, value in strategies.items()}


@st.composite
def neuron_calls(draw: Any, current: bool = True) -> dict[str, Any]:
    """Draw a call of `simulate_1d` or `simulate_exact`."""
    args = draw(timed(neuron=neurons(), v_start=st.none() | ANY, th_start=st.none() | ANY))
    args["current"] = draw(st.one_of(ANY, ANY.map(lambda i: lambda t: np.linspace(-i, i, t.size))))
    spikes = st.one_of(LOW_0, st.integers(0, 40).map(lambda k: k * args["dt"]))
    args["input_spikes"] = draw(st.lists(spikes, max_size=4))
    m = len(args["input_spikes"])
    args["input_weights"] = draw(st.one_of(ANY, st.lists(ANY, min_size=m, max_size=m)))
    return args


@st.composite
def maps(draw: Any, shape: tuple[int, int]) -> Any:
    """Draw a number, or a map of some that differ."""
    a, b = draw(ANY), draw(ANY)
    return draw(st.sampled_from([a, np.linspace(0, 1, shape[0] * shape[1]).reshape(shape) * a + b]))


@st.composite
def grids(draw: Any) -> dict[str, Any]:
    """Draw the arguments of a `Grid`."""
    args: dict[str, Any] = {"shape": draw(st.sampled_from([(2, 3), (1, 1), (3, 1)]))}
    args |= draw(call(neuron=neurons(), dt=POSITIVE, boundary=st.sampled_from(["open", "torus"])))
    args |= draw(
        call(dtype=st.sampled_from([float, np.float32]), engine=st.sampled_from(["numpy", "sparse"]))
    )
    for name in ("v_start", "th_start"):
        args[name] = draw(st.one_of(st.none(), maps(args["shape"])))
    args["kernel"] = draw(st.one_of(st.none(), maps((3, 3)).filter(np.ndim)))
    args["delay"] = draw(st.one_of(st.integers(1, 4).map(lambda n: n * args["dt"]), POSITIVE))
    return args


@st.composite
def grid_calls(draw: Any) -> dict[str, Any]:
    """Draw a call of `simulate_2d`."""
    args = draw(grids())
    args |= {"current": draw(maps(args["shape"])), "record_every": draw(st.one_of(st.none(), POSITIVE))}
    args["duration"] = draw(st.one_of(st.integers(0, 20).map(lambda n: n * args["dt"]), LOW_0))
    if draw(st.booleans()):
        args["record_every"] = args["dt"]
    args["input_spikes"] = [
        (k * args["dt"], 0, 0, w) for k, w in draw(st.lists(st.tuples(SEED, ANY), max_size=4))
    ]
    return args


def stepped(kicks: Any, current: Any, **arguments: Any) -> list[np.ndarray]:
    """Make a grid, step it and return its state."""
    grid = Grid(**arguments)
    for _ in range(3):
        grid.step(kicks, current)
    return [grid.v, grid.th, np.array(grid.t)]


@st.composite
def steps(draw: Any) -> dict[str, Any]:
    """Draw a grid and what it is stepped with."""
    args = draw(grids())
    return args | {"kicks": draw(st.none() | maps(args["shape"])), "current": draw(maps(args["shape"]))}


@st.composite
def runs(draw: Any, *kinds: type) -> Any:
    """Draw a run, at any scale of time, in which some neuron fires."""
    dt = draw(POSITIVE)
    neuron = LIF(tau_m=8 * dt, t_ref=draw(st.sampled_from([0.0, 2 * dt])))
    drive = draw(st.sampled_from([0.0, 3.0, 30.0]))
    try:
        if draw(st.sampled_from(kinds)) is Run1D:
            simulate = draw(st.sampled_from([lifcore.simulate_1d, lifcore.simulate_exact]))
            return simulate(neuron, duration=draw(st.integers(0, 40)) * dt, dt=dt, current=drive)
        spikes = [(0, 0, 0, 30.0), (dt, 1, 2, 30.0)]
        kernel = lifcore.neighbors(draw(st.sampled_from([0.0, 30.0])))
        time = {"duration": 20 * dt, "dt": dt, "delay": dt}
        return lifcore.simulate_2d(
            neuron, shape=(2, 3), kernel=kernel, current=drive, input_spikes=spikes, **time
        )
    except ValueError:  # dt is beyond what such a run can have
        assume(False)


RUN = runs(Run1D, Run2D)
CELL = st.tuples(st.integers(0, 1), st.integers(0, 2))
N = neurons()
FIXED = neurons(fixed=True)
SCHEME = st.sampled_from(schemes.SCHEMES)
REST = st.sampled_from(list(schemes.RESTS))
ARGUMENTS: dict[Callable, st.SearchStrategy] = {
    LIF: call(**FIELDS),
    lifcore.simulate_1d: neuron_calls(),
    lifcore.simulate_exact: neuron_calls(),
    Grid: grids(),
    stepped: steps(),
    lifcore.simulate_2d: grid_calls(),
    lifcore.neighbors: call(weight=ANY, n=st.sampled_from([4, 8, 10**300])),
    lifcore.surround: call(
        center=ANY, radius=LOW_0, inhibition=LOW_0, inhibition_radius=POSITIVE | st.floats(1.0, 9.0)
    ),
    inputs.step: timed(start=LOW_0, stop=LOW_0, amplitude=ANY),
    inputs.ramp: timed(start=LOW_0, stop=LOW_0, final=ANY),
    inputs.sine: timed(mean=ANY, amplitude=ANY, frequency=LOW_0),
    inputs.noise: timed(neuron=N, mean=ANY, sigma_v=LOW_0, seed=SEED),
    inputs.regular: call(duration=LOW_0, rate=LOW_0, start=LOW_0),
    inputs.poisson: call(duration=LOW_0, rate=LOW_0, seed=SEED),
    inputs.from_image: call(
        image=st.lists(st.tuples(GRAY, GRAY), min_size=1, max_size=3),
        shape=st.tuples(st.integers(1, 4), st.sampled_from([1, 3, 10**6, 10**300])), low=ANY, high=ANY,
    ),
    measures.rate: call(run=RUN, start=LOW_0),
    measures.isi: call(run=runs(Run1D)),
    measures.cv: call(run=runs(Run1D)),
    measures.speed: call(run=runs(Run2D), start=CELL, stop=CELL),
    measures.outcome: call(run=runs(Run2D)),
    measures.outcomes: call(run=runs(Run2D), cols=st.sampled_from([1, 3, 10**300])),
    measures.since_last_spike: call(run=runs(Run2D), t=LOW_0),
    measures.spiral_centers: call(run=runs(Run2D)),
    plots.symbol_table: call(neuron=N, weight=ANY, dt=POSITIVE),
    schemes.decay_factor: call(tau_m=POSITIVE, dt=POSITIVE, scheme=SCHEME),
    schemes.effective_tau: call(tau_m=POSITIVE, dt=POSITIVE),
    schemes.simulate_scheme: timed(neuron=FIXED, current=ANY, scheme=SCHEME, rest=REST),
    schemes.grid_interval: call(
        neuron=FIXED, current=or_list(ANY), dt=POSITIVE, scheme=SCHEME, mean=st.booleans()
    ),
    schemes.crossing: call(neuron=N, v=ANY, current=ANY),
    schemes.float_spikes: call(t_ref=LOW_0, dt=POSITIVE, n=st.sampled_from([0, 50, 10**12, 10**300])),
    theory.rheobase: call(n=N),
    theory.rate: call(n=FIXED, current=or_list(ANY)),
    theory.latency: call(n=N, current=or_list(ANY)),
    theory.strength_duration: call(n=N, width=or_list(POSITIVE)),
    theory.current_for_rate: call(n=FIXED, rate=or_list(POSITIVE)),
    theory.adaptive_period: call(n=N, current=or_list(ANY)),
    theory.pair_gap: call(n=N, weight=or_list(ANY)),
}  # fmt: skip
NAN, INF = math.isnan, math.isinf
MAY = {
    schemes.grid_interval: [INF],
    schemes.crossing: [INF],
    theory.latency: [INF],
    theory.adaptive_period: [INF],
    theory.pair_gap: [INF, NAN],
    measures.cv: [NAN],
    measures.speed: [INF, NAN],
    measures.since_last_spike: [NAN],
    lifcore.simulate_2d: [NAN],  # the first spike of who never fired
}
