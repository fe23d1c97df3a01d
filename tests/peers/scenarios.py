"""The neurons and the sheets that every simulator runs: away from ties, which rounding would decide."""

import numpy as np

from lifcore import LIF, inputs, neighbors, surround
from tests.peers.tasks import Task

PURE = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, r_m=1.0, tau_m=10.0, t_ref=0.0)  # without dimensions
ADAPTIVE = LIF(th_jump=3.0, tau_th=40.0)
QUIET = {"below rheobase", "negative weights only"}  # nobody fires


def train(*spikes):
    """Return input spikes (time, weight) of the one neuron."""
    return [(time, 0, 0, weight) for time, weight in spikes]


def poisson(seed, rate, weights):
    """Return Poisson input of the one neuron, 100 ms, weights drawn between two bounds."""
    times = inputs.poisson(100.0, rate=rate, seed=seed)
    drawn = np.random.default_rng(seed).uniform(*weights, times.size)
    return train(*zip(times, drawn, strict=True))


def noise(dt=0.1, n=1000):
    """Return a noisy current that makes the neuron fire now and then."""
    return inputs.noise(LIF(), n * dt, dt, mean=2.0, sigma_v=4.0, seed=5)


CELLS = {
    "constant": Task(current=2.5),
    "below rheobase": Task(current=1.99),
    "strong": Task(current=10.0),
    "step": Task(current=inputs.step(100, 0.1, start=20, stop=70, amplitude=3.0)),
    "ramp": Task(current=inputs.ramp(100, 0.1, start=10, stop=80, final=4.0)),
    "sine": Task(current=inputs.sine(100, 0.1, mean=2.0, amplitude=1.5, frequency=40)),
    "noise": Task(current=noise()),
    "a pair": Task(events=train((10.0, 12.0), (13.0, 12.0), (50.0, 12.0))),
    "several at once": Task(events=train((10.0, 7.1), (10.0, 7.2), (10.0, 7.3), (40.0, 9.0), (40.0, 9.0))),
    "off the grid": Task(events=train((10.03, 12.0), (12.98, 12.0), (99.95, 30.0))),
    "poisson": Task(events=poisson(1, 900, (2.0, 6.0))),
    "negative weights": Task(events=poisson(2, 1500, (-4.0, 8.0))),
    "negative weights only": Task(events=train((5.0, -3.0), (6.0, -9.0))),
    "input and current": Task(current=1.7, events=poisson(3, 300, (1.0, 5.0))),
    "input and noise": Task(current=noise(), events=poisson(4, 300, (-5.0, 5.0))),
    "no refractory period": Task(LIF(t_ref=0.0), current=3.0, events=poisson(5, 200, (3.0, 25.0))),
    "refractory, on the grid": Task(LIF(t_ref=3.7), current=4.0),
    "refractory, off the grid": Task(LIF(t_ref=3.74), current=4.0),
    "input lost while refractory": Task(LIF(t_ref=6.0), events=poisson(6, 800, (5.0, 18.0))),
    "starts above the threshold": Task(current=2.3, v_start=-45.0),
    "starts below rest": Task(current=2.3, v_start=-83.3),
    "reset below rest": Task(LIF(v_reset=-80.0, tau_m=20.0), current=2.6),
    "small step": Task(LIF(t_ref=1.02), dt=0.05, current=noise(0.05)),
    "large step": Task(LIF(t_ref=2.1), dt=0.25, n=400, current=3.1, events=poisson(7, 200, (-3.0, 9.0))),
    "without dimensions": Task(PURE, current=1.37, events=train((33.0, 0.31))),
    "adaptive": Task(ADAPTIVE, current=4.0),
    "adaptive, noise": Task(LIF(th_jump=5.0, tau_th=15.0, t_ref=0.0), current=noise() + 1.0),
    "adaptive, input": Task(ADAPTIVE, events=poisson(8, 1500, (-2.0, 7.0))),
    "adaptive, large step": Task(LIF(th_jump=1.0, tau_th=250.0, t_ref=2.1), dt=0.25, n=400, current=5.0),
    "threshold on its way back": Task(LIF(tau_th=20.0), current=2.2, th_start=-35.0),
}

DRAWN = np.random.default_rng(11)
SHAPE = (9, 8)
CURRENTS = DRAWN.uniform(1.2, 2.6, SHAPE)
RAIN = np.column_stack(  # input of each neuron's own: times, places and weights
    (DRAWN.uniform(0.1, 40, 400), *DRAWN.integers(0, [[9], [8]], (2, 400)), DRAWN.uniform(-6, 14, 400))
)
SPARK = [(0.5, 4, 3, 30.0)]
FRONT = [(0.5, row, 0, 30.0) for row in range(9)]
CUT = [(4.5, row, 4, -25.0) for row in range(5, 9)]  # takes from the lower half of the front what it needs
DIAGONAL = [(0.5, 2 + i, 1 + i, 30.0) for i in range(5)]
LOPSIDED = DRAWN.uniform(-1.0, 4.0, (3, 5))


def sheet(neuron=LIF(), n=400, **words):  # noqa: B008  a frozen record
    """Return a sheet of the usual shape."""
    return Task(neuron, n, **({"shape": SHAPE} | words))


GRIDS = {
    "4 neighbors, a delay of one step": sheet(kernel=neighbors(22.0), delay=0.1, events=SPARK, n=100),
    "8 neighbors on a torus": sheet(kernel=neighbors(22.0, 8), boundary="torus", events=SPARK),
    "a diagonal fills its square": sheet(kernel=neighbors(13.0), events=DIAGONAL),
    "a cut front": sheet(LIF(t_ref=3.0), kernel=neighbors(21.0), events=FRONT + CUT, boundary="torus"),
    "surround": sheet(kernel=surround(5.0, 1.5, 1.5, 3.2), current=CURRENTS),
    "surround on a torus": sheet(
        kernel=surround(6.0, 1.0, 1.0, 2.5), boundary="torus", current=CURRENTS, delay=0.7, events=RAIN
    ),
    "each its own input": sheet(kernel=neighbors(3.0, 8), events=RAIN, delay=1.5),
    "each its own current, no coupling": sheet(current=CURRENTS),
    "refractory, off the grid": sheet(LIF(t_ref=4.03), kernel=neighbors(9.0, 8), events=RAIN, delay=0.3),
    "no refractory period": sheet(LIF(t_ref=0.0), kernel=neighbors(4.0), events=RAIN, current=1.4, n=300),
    "lopsided, wraps twice": sheet(
        shape=(4, 3), kernel=LOPSIDED, boundary="torus", current=CURRENTS[:4, :3], delay=0.4
    ),
    "large step, each starts elsewhere": sheet(
        LIF(t_ref=2.1), n=200, dt=0.25, kernel=neighbors(6.0), current=CURRENTS, v_start=-70 + 7 * CURRENTS
    ),
    "adaptive": sheet(ADAPTIVE, kernel=neighbors(24.0, 8), boundary="torus", events=FRONT + RAIN.tolist()),
    "adaptive, surround": sheet(
        LIF(th_jump=2.0, tau_th=15.0, t_ref=1.03), kernel=surround(4.0, 1.5, 1.0, 3.2), current=CURRENTS
    ),
    "each its own threshold": sheet(
        LIF(tau_th=30.0), kernel=neighbors(5.0), current=CURRENTS, th_start=-55 + 5 * CURRENTS, events=RAIN
    ),
}
