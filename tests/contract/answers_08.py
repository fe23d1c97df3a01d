"""Functions that students write for the exercises of notebook 08."""

import math

from lifcore import LIF, simulate_1d, simulate_exact


def simulated(simulate, made=list):
    """Return a loop that lets a simulation do the work."""

    def my_spikes(times, w, tau_m, tau_th, v_th, th_jump, t_ref):
        neuron = LIF(0, 0, v_th, tau_m=tau_m, tau_th=tau_th, th_jump=th_jump, t_ref=t_ref)
        return made(simulate(neuron, duration=400, input_spikes=times, input_weights=w).spikes)

    return my_spikes


RIGHT = {"08.loop": [simulated(simulate_1d), simulated(simulate_exact)]}
WRONG = {
    "08.loop": [
        (simulated(simulate_exact, len), "a list of times"),
        (simulated(simulate_exact, lambda spikes: spikes[:-1] if spikes[1:].size else spikes), "of 6 cases"),
    ]
}


def plain_spikes(times, w, tau_m, tau_th, v_th, th_jump, t_ref):
    v, th, now, last, spikes = 0.0, v_th, 0.0, -math.inf, []
    for t in times:
        v = v * math.exp((now - t) / tau_m)
        th = v_th + (th - v_th) * math.exp((now - t) / tau_th)
        now = t
        if t - last > t_ref:
            v += w
            if v >= th:
                spikes.append(t)
                v, last = 0.0, t
                th += th_jump
    return spikes


STARTS = "v, th, now, last, spikes = (0.0, v_th, {}, -math.inf, [])"  # nothing decays before the first input
PLAIN = {"08.loop": (plain_spikes, [STARTS.format("1.0"), STARTS.format("-1.0")])}
