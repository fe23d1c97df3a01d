"""One neuron and a grid of one neuron at once."""

import numpy as np

from lifcore import LIF, simulate_1d, simulate_2d

PLAIN = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=0)


def in_both(neuron, *, duration, dt=0.1, input_spikes=(), input_weights=1.0, current=0.0, v_start=None):
    """Run one neuron and a grid of one neuron; return the neuron's run once both agree."""
    one = simulate_1d(
        neuron,
        duration=duration,
        dt=dt,
        current=current,
        input_spikes=input_spikes,
        input_weights=input_weights,
        v_start=v_start,
    )
    weights = np.broadcast_to(input_weights, np.shape(input_spikes))
    sheet = simulate_2d(
        neuron,
        shape=(1, 1),
        duration=duration,
        dt=dt,
        current=current,
        input_spikes=[(t, 0, 0, w) for t, w in zip(input_spikes, weights, strict=True)],
        v_start=v_start,
        record_every=dt,
    )
    assert sheet.spikes[:, 0].tolist() == one.spikes.tolist()
    assert sheet.v_frames.ravel().tolist() == one.v.tolist()
    assert sheet.th_frames.ravel().tolist() == one.th.tolist()
    return one
