"""A task in Brian2.

What differs from lifcore:

- Brian2 names a step by the time at which it begins. Its step i is our step from sample i to i+1, so a
  spike that it reports at i·dt is ours of sample i+1, and a monitor that records at the end of step i
  holds our sample i+1.
- Its usual order is decay, threshold, synapses, reset: an input spike is tested one step late. Ours is
  `ORDER`.
- In `ORDER` the spikes of a step are handed to the synapses in the next one: a delay of D steps here is
  D-1 there. External spikes come before the synapses, at "start", and act in their own step.
- `refractory` is a time that begins with the step of the spike itself, which is over when the neuron
  fires: our N steps are N+1 there.
- "(unless refractory)" holds V; it also makes synapses leave a refractory neuron's V alone.
- v, th and weights are plain numbers, in mV; r_m times the current in nA is mV too. Times have units.
"""

from dataclasses import dataclass
from typing import Any

import brian2 as b2
import numpy as np

from tests.peers.tasks import Outcome, Task, in_order

ORDER = ["start", "groups", "synapses", "thresholds", "resets", "end"]
MEMBRANE = "dv/dt = (v_rest - v + r_m * current) / tau_m : 1 (unless refractory)"
THRESHOLD = "dth/dt = (v_th - th) / tau_th : 1"
STEADY, CHANGING = "current : 1 (constant)", "current = drive(t) : 1"


@dataclass(frozen=True, eq=False)
class Model:
    """A network, what it is made of, and what it records."""

    network: Any
    neurons: Any
    spikes: Any
    trace: Any


def build(task: Task, *, record: bool = True) -> Model:
    """Put a task into Brian2's words; `record` v and th of all neurons at each step."""
    neuron, (v, th), sources = task.neuron, task.start(), []
    clock = b2.Clock(dt=task.dt * b2.ms, name="clock*")
    adapts = task.adapts
    names = {
        "v_rest": neuron.v_rest,
        "v_reset": neuron.v_reset,
        "v_th": neuron.v_th,
        "r_m": neuron.r_m,
        "tau_m": neuron.tau_m * b2.ms,
        "th_jump": neuron.th_jump,
        "tau_th": neuron.tau_th * b2.ms,
    }
    if task.varies:
        names["drive"] = b2.TimedArray(task.current, dt=task.dt * b2.ms)
    equations = [MEMBRANE, CHANGING if task.varies else STEADY, *[THRESHOLD] * adapts]
    neurons = b2.NeuronGroup(
        task.cells,
        "\n".join(equations),
        method="exact",
        threshold="v >= th" if adapts else "v >= v_th",
        reset="v = v_reset; th += th_jump" if adapts else "v = v_reset",
        refractory=(task.n_ref + 1) * task.dt * b2.ms,
        namespace=names,
        clock=clock,
        name="neurons*",
    )
    neurons.v = v
    if adapts:
        neurons.th = th
    if not task.varies:
        neurons.current = np.ravel(task.current)

    source, target, weight = task.wires()
    if source.size:
        sources.append(_synapses(neurons, neurons, source, target, weight, clock))
        sources[-1].delay = (task.n_delay - 1) * task.dt * b2.ms
    sample, cell, weight = task.arrivals()
    if sample.size:
        # a source for each cell and weight
        (to, w), which = np.unique([cell, weight], axis=1, return_inverse=True)
        times = (sample - 1) * task.dt * b2.ms
        given = b2.SpikeGeneratorGroup(to.size, which, times, when="start", clock=clock, name="given*")
        sources += [given, _synapses(given, neurons, np.arange(to.size), to.astype(int), w, clock)]
    spikes = b2.SpikeMonitor(neurons, name="spikes*")
    recorded = ["v", "th"] if adapts else ["v"]
    trace = (
        b2.StateMonitor(neurons, recorded, record=True, when="end", clock=clock, name="trace*")
        if record
        else None
    )
    network = b2.Network(neurons, *sources, spikes, *([trace] if record else []))
    network.schedule = ORDER
    return Model(network, neurons, spikes, trace)


def _synapses(source: Any, target: Any, i: Any, j: Any, weight: np.ndarray, clock: Any) -> Any:
    """Connect i with j; equal weights are one number."""
    if (weight == weight[0]).all():
        weight, model = weight[:1], "w : 1 (shared, constant)"
    else:
        model = "w : 1 (constant)"
    synapses = b2.Synapses(source, target, model, on_pre="v_post += w", clock=clock, name="synapses*")
    synapses.connect(i=i, j=j)
    synapses.w = weight if weight.size > 1 else float(weight[0])
    return synapses


def run(task: Task) -> Outcome:
    """Run a task by Brian2's NumPy code, which needs no compiler."""
    b2.prefs.codegen.target = "numpy"
    model = build(task)
    model.network.run(task.n * task.dt * b2.ms)
    v, th = task.start()
    samples = np.rint(model.spikes.t / (task.dt * b2.ms)) + 1
    traces = [
        np.vstack((begin, getattr(model.trace, name).T)) if hasattr(model.trace, name) else None
        for name, begin in (("v", v), ("th", th))
    ]
    return Outcome(in_order(samples, np.asarray(model.spikes.i)), *traces)
