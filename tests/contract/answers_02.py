"""Loops that students write for exercise 02.loop."""

import numpy as np


def make_loop(
    *,
    count=lambda inputs, k: inputs.count(k),
    fires=lambda v, th: v >= th,
    reset=lambda v, v_reset: v_reset,
    longer=0,
    held=lambda v, v_reset, kick: v_reset,
    update=lambda v, decay, kick: v * decay + kick,
    first=1,
    last=0,
    finish=lambda spikes, v_out: (spikes, v_out),
):
    """Return a loop for exercise 02.loop, right unless a part is replaced."""

    def my_loop(input_samples, w, n, decay, v_th, v_reset, n_ref):
        v, hold = 0.0, -1
        v_out, spikes = [v], []
        for k in range(first, n + 1 - last):
            kick = w * count(input_samples, k)
            if k <= hold:
                v = held(v, v_reset, kick)
            else:
                v = update(v, decay, kick)
                if fires(v, v_th):
                    spikes.append(k)
                    v = reset(v, v_reset)
                    hold = k + n_ref + longer
            v_out.append(v)
        return finish(spikes, v_out)

    return my_loop


def queued(input_samples, w, n, decay, v_th, v_reset, n_ref):
    """Deliver coincident inputs one a step: the published mistake."""
    v, hold, v_out, spikes, waiting = 0.0, -1, [0.0], [], 0
    for k in range(1, n + 1):
        waiting += input_samples.count(k)
        kick, waiting = (w, waiting - 1) if waiting else (0.0, 0)
        if k <= hold:
            v = v_reset
        else:
            v = v * decay + kick
            if v >= v_th:
                spikes.append(k)
                v, hold = v_reset, k + n_ref
        v_out.append(v)
    return spikes, v_out


def peaked(input_samples, w, n, decay, v_th, v_reset, n_ref):
    """Record V before the reset."""
    spikes, v_out = make_loop()(input_samples, w, n, decay, v_th, v_reset, n_ref)
    for k in spikes:
        v_out[k] = v_out[k - 1] * decay + w * input_samples.count(k)
    return spikes, v_out


def vectorized(input_samples, w, n, decay, v_th, v_reset, n_ref):
    kicks = w * np.bincount(input_samples, minlength=n + 1)[: n + 1]
    v_out, spikes, hold = np.zeros(n + 1), [], -1
    for k in range(1, n + 1):
        v_out[k] = v_reset if k <= hold else v_out[k - 1] * decay + kicks[k]
        if k > hold and v_out[k] >= v_th:
            spikes.append(np.int64(k))
            v_out[k], hold = v_reset, k + n_ref
    return np.array(spikes), v_out


def mutating(input_samples, w, n, decay, v_th, v_reset, n_ref):
    result = make_loop()(input_samples, w, n, decay, v_th, v_reset, n_ref)
    input_samples.clear()
    return result


RIGHT = {
    "02.loop": [
        make_loop(),
        vectorized,
        make_loop(finish=lambda s, v: [s, v]),
        make_loop(finish=lambda s, v: (tuple(s), np.array(v))),
        make_loop(count=lambda inputs, k: sum(i == k for i in inputs)),
    ],
}

WRONG = {
    "02.loop": [
        (make_loop(count=lambda inputs, k: k in inputs), "add up"),
        (queued, "one after the other"),
        (make_loop(fires=lambda v, th: v > th), "exactly to the threshold"),
        (make_loop(reset=lambda v, v_reset: v), "goes on from where it was"),
        (make_loop(reset=lambda v, v_reset: 0.0), "need not be"),
        (make_loop(longer=-10), "never rests"),
        (make_loop(held=lambda v, v_reset, kick: v + kick), "still collects"),
        (make_loop(longer=-1), "too short"),
        (make_loop(longer=1), "too long"),
        (make_loop(update=lambda v, decay, kick: (v + kick) * decay), "Decay first"),
        (make_loop(update=lambda v, decay, kick: v + kick), "Nothing leaks"),
        (make_loop(last=1), "before sample n"),
        (make_loop(first=0, last=1), "does your loop begin"),
        (make_loop(finish=lambda s, v: (s, v[:-3])), "one a sample"),
        (peaked, "Record V after"),
        (mutating, "changes the list"),
        (make_loop(finish=lambda s, v: s), "return two lists"),
        (make_loop(update=lambda v, decay, kick: -v), "of 6 cases"),
    ],
}
