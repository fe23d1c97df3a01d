"""A task in NEST, whose `iaf_psc_delta` is our neuron with a threshold that stays.

What differs from lifcore:

- Names and units: E_L, V_reset, V_th in mV; C_m = tau_m / r_m in pF; currents in pA. It has no
  resistance of its own.
- Its order is ours: decay, input, threshold, reset. A spike bears the time of the step's end, V_m is
  recorded after the reset, and t_ref is counted in whole steps from there, as N of ours.
- Whatever travels takes at least one step: a spike sent at t acts on V_m at t + delay, as in a sheet of
  ours; a generator's current of time t drives it from t + delay on. So generators start early, while
  the neuron waits at rest, and V_m and the constant current I_e are set at the time that is our 0.
- A multimeter hands out what it has seen with a delay too: the run goes on a little past its end.
"""

from typing import Any

import nest
import numpy as np

from tests.peers.tasks import Outcome, Task, in_order


def prepare(task: Task, *, record: bool = True) -> tuple[Any, Any, int]:
    """Put a task into NEST's words, up to the time that is its 0.

    Returns
    -------
    multimeter, recorder
        The multimeter (None where nothing is to be recorded) and the spike recorder.
    lead
        Steps that have passed before our time 0.
    """
    if task.adapts:
        raise ValueError("the threshold of iaf_psc_delta doesn't move")
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.resolution = task.dt
    neuron, dt = task.neuron, task.dt
    neurons = nest.Create(
        "iaf_psc_delta",
        task.cells,
        params={
            "E_L": neuron.v_rest,
            "V_m": neuron.v_rest,
            "V_reset": neuron.v_reset,
            "V_th": neuron.v_th,
            "tau_m": neuron.tau_m,
            "C_m": neuron.tau_m / neuron.r_m * 1e3,
            "t_ref": task.n_ref * dt,
        },
    )
    ids = np.array(neurons.global_id).reshape(-1)
    far = max(1, round(1 / dt))  # steps to the devices: NEST's usual 1 ms, where dt lets it
    lead = far + 1
    device = {"weight": 1.0, "delay": far * dt}

    def times(samples: Any) -> list[float]:
        return np.round((lead - far + np.asarray(samples)) * dt, 9).tolist()

    if task.varies:
        generator = nest.Create(
            "step_current_generator",
            params={
                "amplitude_times": times(np.arange(task.n)),
                "amplitude_values": np.multiply(task.current, 1e3),
            },
        )
        nest.Connect(generator, neurons, syn_spec=device)
    sample, to, weight = task.arrivals()
    for cell in np.unique(to).tolist():
        given = {
            "spike_times": times(sample[to == cell]),
            "spike_weights": weight[to == cell].tolist(),
        }
        nest.Connect(nest.Create("spike_generator", params=given), neurons[cell], syn_spec=device)
    source, target, weight = task.wires()
    if source.size:
        wires = {"weight": weight, "delay": np.full(source.size, task.delay)}
        nest.Connect(ids[source], ids[target], "one_to_one", {"synapse_model": "static_synapse", **wires})
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder, syn_spec=device)
    multimeter = None
    if record:
        multimeter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": dt})
        nest.Connect(multimeter, neurons, syn_spec=device)
    nest.Simulate(lead * dt)
    neurons.V_m = task.start()[0].tolist()
    if not task.varies:
        neurons.I_e = np.resize(np.multiply(task.current, 1e3), task.cells).tolist()
    return multimeter, recorder, lead


def run(task: Task) -> Outcome:
    """Run a task by NEST."""
    multimeter, recorder, lead = prepare(task)
    nest.Simulate((task.n + lead + 1) * task.dt)

    seen = recorder.events
    samples = np.rint(seen["times"] / task.dt) - lead
    inside = samples <= task.n
    spikes = in_order(samples[inside], seen["senders"][inside] - 1)  # they were made first
    trace = multimeter.events
    order = np.lexsort((trace["senders"], np.rint(trace["times"] / task.dt)))
    v = trace["V_m"][order].reshape(-1, task.cells)[lead : lead + task.n]
    return Outcome(spikes, np.vstack((task.start()[0], v)), None)
