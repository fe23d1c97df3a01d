"""Random neurons, inputs and grids for the tests that hold for any of them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lifcore import LIF


def examples(count):
    """Return hypothesis settings that draw the same `count` examples in every run."""
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=slow
    )


def hundredths(low, high):
    """Return numbers from low to high, whole hundredths, which are easy to read when a test fails."""
    return st.integers(round(low * 100), round(high * 100)).map(lambda i: i / 100)


time_steps = st.sampled_from([0.05, 0.1, 0.2, 0.25, 0.3, 0.7, 1.0])
seeds = st.integers(0, 2**32 - 1)


@st.composite
def neurons(draw, adapting=True):
    """Draw a neuron; at rest above its threshold now and then."""
    v_reset = draw(hundredths(-80, -50))
    return LIF(
        v_rest=draw(hundredths(-80, -45)),
        v_reset=v_reset,
        v_th=v_reset + draw(hundredths(1, 30)),
        r_m=draw(hundredths(0.5, 20)),
        tau_m=draw(hundredths(0.5, 40)),
        t_ref=draw(st.one_of(st.just(0.0), hundredths(0, 6))),
        th_jump=draw(st.one_of(st.just(0.0), hundredths(0, 10))) if adapting else 0.0,
        tau_th=draw(hundredths(0.5, 200)),
    )


def currents_of(neuron, rng, size):
    """Return currents (nA) that bring V now below and now above the threshold."""
    v_inf = neuron.v_th + rng.uniform(-20, 15) + 10 * rng.standard_normal(size)
    return (v_inf - neuron.v_rest) / neuron.r_m


def start_of(neuron, rng, shape):
    """Return v and th (mV) at sample 0; v may lie above th."""
    v = neuron.v_reset + rng.uniform(-10, 25, shape)
    return v, neuron.v_th + rng.uniform(-0.9, 1.0, shape) * (neuron.v_th - neuron.v_reset)


def kernel_of(neuron, rng, kind):
    """Return a kernel (mV): none, few equal weights, or any weights on any odd sides."""
    theta = neuron.v_th - neuron.v_reset
    if kind == "none":
        return None
    sides = rng.choice([1, 3, 5], 2)
    if kind == "equal":
        return rng.integers(0, 2, sides) * rng.uniform(0.2, 1.5) * theta
    return rng.uniform(-0.5, 1.2, sides) * theta
