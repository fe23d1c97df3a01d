"""The sparse step of a grid, to be compiled: V and V_t are brought up to date only where something happens.

Records and parts stand here, beside `follow`, and nothing of other modules is read: the code that is kept on
disk is known by this file alone.
"""

import math
from typing import NamedTuple

import numpy as np


class Rule(NamedTuple):
    """What happens to a neuron between two updates, and where it fires."""

    rate: float  # dt / tau_m
    rate_th: float  # dt / tau_th
    v_th: float  # mV, as are the next two
    v_reset: float
    th_jump: float
    n_ref: int
    forever: int  # the last sample that can be counted


class Neurons(NamedTuple):
    """The state, flat; samples are counted from base."""

    v: np.ndarray  # mV at `until`
    th: np.ndarray  # mV at `since`
    until: np.ndarray  # the last sample at which V is held, or of which it is
    since: np.ndarray


class Wiring(NamedTuple):
    """The kernel: where a spike's targets lie, seen from the neuron that fired, and mV."""

    rows_off: np.ndarray
    cols_off: np.ndarray
    weights: np.ndarray
    rows: int
    cols: int
    torus: bool


class Inputs(NamedTuple):
    """What comes from outside."""

    v_inf: np.ndarray  # mV, one value or one a neuron
    ends: np.ndarray  # input spikes up to the end of each step
    cells: np.ndarray  # where they arrive
    weights: np.ndarray  # mV


class Spikes(NamedTuple):
    """Who fired: the cells in order, where those under way begin and end, how many at each last sample."""

    log: np.ndarray
    ends: np.ndarray
    ring: np.ndarray


class Touched(NamedTuple):
    """Who is updated in a step."""

    mark: np.ndarray  # the last sample at which each neuron was
    put: np.ndarray  # its input, mV
    cells: np.ndarray


class Load(NamedTuple):
    """How much there is to do; what changes is an array of one."""

    awake: np.ndarray  # the cells that may fire without an event
    n_awake: np.ndarray
    beyond: np.ndarray  # updates beyond what dense steps cost
    refused: np.ndarray  # whether too many came
    dense_step: float  # what a dense step costs, in updates
    patience: float  # how many beyond are too many


def follow(
    steps: int, m: int, base: int, neurons: Neurons, rule: Rule, wiring: Wiring, inputs: Inputs,
    spikes: Spikes, touched: Touched, load: Load, counts: np.ndarray,
) -> int:  # fmt: skip
    """Take up to m steps, updating only the neurons that a spike reaches or that may fire without one.

    Fill in the spikes of each step; return how many the log had room for and the load allowed.
    """
    log, event = spikes.log, 0
    for s in range(m):
        head, first = spikes.ends
        step, slot = steps + s + 1 - base, (steps + s + 1) % spikes.ring.size
        arriving = spikes.ring[slot]
        updates = arriving * wiring.weights.size + inputs.ends[s] - event + load.n_awake[0]
        beyond = max(0.0, load.beyond[0] + updates - load.dense_step)
        if beyond > load.patience:
            load.refused[0] = True
            return s
        if first + neurons.v.size >= log.size:
            return s
        load.beyond[0] = beyond

        fired, awake = log[head : head + arriving], load.awake[: load.n_awake[0]]
        n = gather(wiring, inputs, touched, fired, event, inputs.ends[s], awake, step)
        event = inputs.ends[s]
        tail, waking = update(neurons, rule, inputs.v_inf, touched, n, load.awake, log, first, step)
        log[first:tail].sort()
        load.n_awake[0] = waking
        spikes.ring[slot] = counts[s] = tail - first
        spikes.ends[:] = head + arriving, tail
    return m


def gather(
    wiring: Wiring, inputs: Inputs, touched: Touched, fired: np.ndarray, event: int, end: int,
    awake: np.ndarray, step: int,
) -> int:  # fmt: skip
    """Touch the targets of who fired a delay ago, then where input spikes arrive, then who is awake.

    Add up what comes to each; return how many they are.
    """
    rows_off, cols_off, weights, rows, cols, torus = wiring
    mark, put, known = touched
    n, row, col, events = 0, 0, 0, fired.size + end - event
    for source in range(events + awake.size):
        spreads = source < fired.size
        if spreads:
            row = fired[source] // cols
            col = fired[source] - row * cols
        for e in range(weights.size if spreads else 1):
            if spreads:
                r, c, weight = row + rows_off[e], col + cols_off[e], weights[e]
                if torus:
                    r, c = r % rows, c % cols
                elif r < 0 or r >= rows or c < 0 or c >= cols:
                    continue
                cell = r * cols + c
            elif source < events:
                arrives = event + source - fired.size
                cell, weight = inputs.cells[arrives], inputs.weights[arrives]
            else:
                cell, weight = awake[source - events], 0.0
            if mark[cell] != step:
                mark[cell] = step
                put[cell] = 0.0
                known[n] = cell
                n += 1
            put[cell] += weight
    return n


def update(
    neurons: Neurons, rule: Rule, v_inf: np.ndarray, touched: Touched, n: int, awake: np.ndarray,
    log: np.ndarray, tail: int, step: int,
) -> tuple[int, int]:  # fmt: skip
    """Bring the n touched neurons up to this sample, let their inputs act, test and reset them.

    Append who fires to the log, and list who may fire again without an event; return where both end.
    """
    (v, th, until, since), (rate, rate_th, v_th, v_reset, th_jump, n_ref, forever) = neurons, rule
    put, level, waking = touched.put, v_inf.size == 1, 0
    for cell in touched.cells[:n]:
        inf = v_inf[0 if level else cell]
        v_now, th_now = v[cell], th[cell]
        if th_now != v_th:
            th_now = v_th + (th_now - v_th) * math.exp(-rate_th * (step - since[cell]))
        since[cell] = step
        if until[cell] < step:  # else refractory: what arrives is lost
            v_now = inf + (v_now - inf) * math.exp(-rate * (step - until[cell])) + put[cell]
            until[cell] = step
            if v_now >= th_now:
                log[tail] = cell
                tail += 1
                v_now = v_reset
                th_now += th_jump
                until[cell] = min(step + n_ref, forever)
        v[cell] = v_now
        th[cell] = th_now
        if max(v_now, inf) >= min(th_now, v_th):
            awake[waking] = cell
            waking += 1
    return tail, waking


PARTS = gather, update  # what is compiled with `follow`
