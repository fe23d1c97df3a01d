"""What the learner writes in notebook 02: a step, the reset, the rest."""

from lifcore.exercises.worked import Yours

step = Yours(
    stub="""\
def my_step(v, v_inf, decay, kick):  # all mV but decay
    # Your turn, one line: V decays toward v_inf, then kick is added
    return v""",
    hint="What shrinks by the factor `decay` is the distance to `v_inf`.",
    ours="""\
def my_step(v, v_inf, decay, kick):
    return v_inf + (v - v_inf) * decay + kick""",
)

reset = Yours(
    stub="""\
def my_spikes(kicks, decay, v_th, v_reset):  # V rests at 0 mV, there is no current
    v, spikes = 0.0, []
    for k in range(1, len(kicks)):
        v = v * decay + kicks[k]
        if v >= v_th:
            spikes.append(k)
        # Your turn: one line. Where does it stand, and how far in?
    return spikes""",
    hint="V must be below the threshold before the next sample.",
    ours="""\
def my_spikes(kicks, decay, v_th, v_reset):
    v, spikes = 0.0, []
    for k in range(1, len(kicks)):
        v = v * decay + kicks[k]
        if v >= v_th:
            spikes.append(k)
            v = v_reset
    return spikes""",
)

rest = Yours(
    stub="""\
def my_loop(v, th, v_infs, kicks, decay, v_reset, n_ref, hold=-1):
    v_out, spikes = [v], []
    for k, v_inf in enumerate(v_infs, 1):
        # Your turn: while k is not beyond hold, V stays at v_reset and the input is lost
        v = v_inf + (v - v_inf) * decay + kicks[k]
        if v >= th:
            spikes.append(k)
            v = v_reset
            # and here: which is the last sample at which V is held?
        v_out.append(v)
    return spikes, v_out""",
    hint="A spike at sample 20 with `n_ref` 5 holds V at the samples 21 to 25.",
    ours="""\
def my_loop(v, th, v_infs, kicks, decay, v_reset, n_ref, hold=-1):
    v_out, spikes = [v], []
    for k, v_inf in enumerate(v_infs, 1):
        if k <= hold:  # refractory: V is held, input is lost
            v = v_reset
        else:
            v = v_inf + (v - v_inf) * decay + kicks[k]  # 1. decay  2. input
            if v >= th:  # 3. test
                spikes.append(k)
                v = v_reset  # 4. reset
                hold = k + n_ref
        v_out.append(v)
    return spikes, v_out""",
)

YOURS = {"step": step, "reset": reset, "rest": rest}
