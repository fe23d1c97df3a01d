"""Answers to the exercises of notebook 08: right ones in five forms each, and the usual wrong ones."""

import math

import numpy as np

from lifcore import LIF, adaptive_period, simulate_1d, simulate_exact, theory

NEURON = LIF(v_rest=0, v_reset=0, v_th=1, r_m=1, tau_m=10, t_ref=2, th_jump=0.4, tau_th=100)
LONG = 3 * (2 + 10 * math.log(3))  # ms, three unadapted intervals at 1.5 mV
HEIGHT = 1.5 * (1 - math.exp(-(LONG - 2) / 10)) - 1  # mV, the threshold above rest after it


def make_spikes(
    *,
    leak=lambda t, now, tau_m, tau_th: math.exp(-(t - now) / tau_m),
    fall=lambda t, now, tau_m, tau_th: math.exp(-(t - now) / tau_th),
    floor=lambda v_th: v_th,
    rests=lambda gap, t_ref: gap <= t_ref,
    keeps=0.0,
    early=0.0,
    fires=lambda v, th: v >= th,
    reset=lambda v: 0.0,
    raised=lambda th, v_th, th_jump: th + th_jump,
    silent=lambda th, th_jump: th,
    clock=lambda t: t,
    finish=lambda spikes, times: spikes,
):
    """Return a loop for exercise 08.loop, right unless a part is replaced."""

    def my_spikes(times, w, tau_m, tau_th, v_th, th_jump, t_ref):
        v, th, now, spikes = 0.0, v_th, 0.0, []
        for t in times:
            th = floor(v_th) + (th - floor(v_th)) * fall(t, now, tau_m, tau_th)
            resting = spikes and rests(t - spikes[-1], t_ref)
            v = (v + (0.0 if resting else early * w)) * leak(t, now, tau_m, tau_th)
            now = clock(t)
            if resting:
                v, th = v + keeps * w, silent(th, th_jump)
                continue
            v += (1 - early) * w
            if fires(v, th):
                spikes.append(t)
                v, th = reset(v), raised(th, v_th, th_jump)
            else:
                th = silent(th, th_jump)
        return finish(spikes, times)

    return my_spikes


def simulated(simulate):
    """Return a loop that lets a simulation do the work."""

    def my_spikes(times, w, tau_m, tau_th, v_th, th_jump, t_ref):
        neuron = LIF(0, 0, v_th, tau_m=tau_m, tau_th=tau_th, th_jump=th_jump, t_ref=t_ref)
        return simulate(neuron, duration=400, input_spikes=times, input_weights=w).spikes

    return my_spikes


def mutating(times, *parameters):
    spikes = make_spikes()(times, *parameters)
    times.clear()
    return spikes


RIGHT = {
    "08.steady_rate": [
        44.92456,
        np.float32(44.92456),
        1000 / adaptive_period(NEURON, 3),
        [1000 / np.diff(simulate_exact(NEURON, duration=500, current=3).spikes)[-1]],
        np.array(44.9),
    ],
    "08.jump": [
        HEIGHT * math.expm1(LONG / 100),
        0.2204,
        np.float32(0.22044),
        np.array([0.2204]),
        [HEIGHT * (math.exp(LONG / 100) - 1)],
    ],
    "08.silence_gap": [
        100 * math.log(2.5),
        91.6,
        np.float32(91.629),
        np.array([[91.63]]),
        -100 * math.log(0.4),
    ],
    "08.loop": [
        make_spikes(),
        make_spikes(finish=lambda spikes, times: np.array(spikes, np.float32)),
        make_spikes(finish=lambda spikes, times: tuple(int(t) for t in spikes)),
        simulated(simulate_1d),
        simulated(simulate_exact),
    ],
}

# Exercise -> (wrong answer, a word of the hint that it must get, which no other answer gets)
WRONG = {
    "08.steady_rate": [
        (22.2595, "How many such intervals"),
        (0.0449246, "per ms"),
        (165.162, "fixed threshold"),
        (1000 / np.diff(simulate_exact(NEURON, duration=50, current=3).spikes)[0], "isn't tired yet"),
        (16.887, "half the drive"),
        (1000 / adaptive_period(LIF(0, 0, 1, 1, 10, 0, 0.4, 100), 3), "doesn't rest"),
        (1000 / adaptive_period(LIF(0, 0, 1, 1, 10, 2, 0.4, 10), 3), "as fast as V"),
        (44.843, "a grid rounds"),
        (100.0, "long enough"),
        ("44.9", "quotation marks"),
    ],
    "08.jump": [
        (HEIGHT, "Which jump"),
        (HEIGHT * math.exp(LONG / 100), "the last jump only"),
        (HEIGHT * math.expm1(LONG / 10), "its own time constant"),
        ((HEIGHT + 1) * math.expm1(LONG / 100), "not from 0"),
        ((1.5 * (1 - 3**-3) - 1) * math.expm1(30 * math.log(3) / 100), "is missing"),
        ((1.5 * (1 - math.exp(-LONG / 10)) - 1) * math.expm1(LONG / 100), "V doesn't rise"),
        (
            (1.5 * (1 - math.exp(-(LONG / 9 - 2) / 10)) - 1) * math.expm1(LONG / 900),
            "a third of the unadapted",
        ),
        (0.279683, "drive of 3"),
        (0.22044 / 3, "divided by three"),
        (0.222, "1 part in 1000"),
        (0.4, "You know both intervals"),
    ],
    "08.silence_gap": [
        (-91.629, "upside down"),
        (39.794, "base 10"),
        (0.91629, "units of tau_th"),
        (0.091629, "seconds"),
        (916.29, "steps"),
        (9.1629, "Which τ is its own"),
        (93.629, "isn't added"),
        (100 * math.log(1.25), "not toward 0"),
        (100 * math.log(6), "not by w"),
        (60, "straight line"),
        (69.315, "still above w"),
        (92.5, "solve 1"),
        (120, "left of the jump"),
        (theory.pair_gap, "function"),
    ],
    "08.loop": [
        (make_spikes(raised=lambda th, v_th, th_jump: th), "never moves"),
        (make_spikes(fires=lambda v, th: v > th), "exactly to the threshold"),
        (make_spikes(fall=lambda *a: 1.0), "only rises"),
        (make_spikes(floor=lambda v_th: 0.0), "toward 0"),
        (make_spikes(raised=lambda th, v_th, th_jump: v_th + th_jump), "begins anew"),
        (make_spikes(silent=lambda th, th_jump: th + th_jump), "at every input"),
        (make_spikes(fall=lambda t, now, tau_m, tau_th: math.exp((now - t) / tau_m)), "of its own"),
        (
            make_spikes(
                leak=lambda t, now, tau_m, tau_th: math.exp((now - t) / tau_th),
                fall=lambda t, now, tau_m, tau_th: math.exp((now - t) / tau_m),
            ),
            "changed places",
        ),
        (make_spikes(clock=lambda t: 0.0), "not since 0"),
        (make_spikes(leak=lambda *a: 1.0), "Nothing leaks"),
        (make_spikes(early=1.0), "Decay first"),
        (make_spikes(reset=lambda v: v), "goes on from where it was"),
        (make_spikes(rests=lambda gap, t_ref: False), "never rests"),
        (make_spikes(keeps=1.0), "still collects"),
        (make_spikes(rests=lambda gap, t_ref: gap < t_ref), "is still lost"),
        (make_spikes(finish=lambda spikes, times: [times.index(t) for t in spikes]), "places"),
        (mutating, "changes the list"),
        (make_spikes(finish=lambda spikes, times: len(spikes)), "a list of times"),
        (make_spikes(finish=lambda spikes, times: spikes[:-1] or spikes), "of 6 cases"),
        ([10.0, 110.0], "Give the function itself"),
    ],
}
