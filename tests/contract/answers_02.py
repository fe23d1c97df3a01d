"""Functions that students write for the exercises of notebook 02."""

import numpy as np

from lifcore.exercises.worked import yours


def in_arrays(v, th, v_infs, kicks, decay, v_reset, n_ref):
    v_out, spikes, until = np.full(len(v_infs) + 1, float(v)), [], 0
    for k in range(1, v_out.size):
        if k > until:
            v_out[k] = v_infs[k - 1] + (v_out[k - 1] - v_infs[k - 1]) * decay + kicks[k]
            if v_out[k] >= th:
                spikes.append(np.int64(k))
                v_out[k], until = v_reset, k + n_ref
        else:
            v_out[k] = v_reset
    return spikes, v_out


def plain_subtract(input_samples, w, n, decay, v_th):
    v, spikes = 0.0, []
    for k in range(1, n + 1):
        v = v * decay + w * input_samples.count(k)
        if v >= v_th:
            spikes.append(k)
            v = v - v_th
    return spikes


RIGHT = {"02.rest": [in_arrays]}
WRONG = {}
STEP, RESET, REST = (yours("02")[f"02.{id}"].ours for id in ("step", "reset", "rest"))
HEAD = "def my_loop(v, th, v_infs, kicks, decay, v_reset, n_ref, hold={}):"
PLAIN = {
    "02.step": (STEP, []),
    "02.reset": (RESET, ["for k in range(0, len(kicks)):"]),  # nothing arrives at sample 0
    # Any sample before the first; V that is held stands at v_reset.
    "02.rest": (REST, [HEAD.format("-2"), HEAD.format("-0"), "v = v"]),
    "02.subtract": (plain_subtract, ["for k in range(0, n + 1):"]),  # nothing arrives at sample 0
}
