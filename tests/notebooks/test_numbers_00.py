"""Every number that notebook 00 states in its prose, computed again and looked for in the sentence."""

import pytest

from lifcore import LIF, rheobase, simulate_1d, simulate_exact, theory
from lifcore.widgets import explore_first
from tests.notebooks.pages import INSTRUCTORS, WORDS, says, shows

NAME = "00_start_here"


def test_first_prediction():
    strong, weak = (simulate_1d(LIF(), duration=100, current=i) for i in (2.1, 1.9))
    assert says(NAME, f"fire {WORDS[strong.spikes.size]} times with 2.1 nA")
    assert says(NAME, "Not once") and weak.spikes.size == 0
    missing = LIF().v_th - (LIF().v_rest + LIF().r_m * 1.9)
    assert says(NAME, f"with 1.9 nA that is {missing:.0f} mV below the threshold")
    assert shows(NAME, f"{rheobase(LIF()):.1f}")
    assert says(NAME, "a neuron fires 40 times a second") and theory.rate(LIF(), 2.1) == pytest.approx(
        40, abs=2
    )
    assert says(NAME, "gets a tenth less current and is silent") and theory.rate(LIF(), 0.9 * 2.1) == 0


def count(explorer, **values) -> int:
    explorer.set(**values)
    return explorer.run.spikes.size


def test_things_to_find():
    assert says(NAME, "Start at 2 nA and move up in the smallest steps")
    explorer = explore_first()
    control = explorer.controls["current"]
    first = next(i for i in range(10) if count(explorer, current=2.0 + i * control.step))
    assert first == 1  # the next step up from the rheobase
    assert says(NAME, "Double the current from 3 to 6 nA")
    assert count(explorer, current=6.0) > 2 * count(explorer, current=3.0) > 0  # 22 and 10
    times = [(explorer.set(current=3.0, tau_m=tau), explorer.run.spikes[0])[1] for tau in (8.0, 12.0, 16.0)]
    assert times == sorted(times)


def test_the_twin_at_nine_tenths_of_the_current():
    current = theory.current_for_rate(LIF(), 40)
    silent = simulate_exact(LIF(), duration=10_000, dt=1, current=0.9 * current)
    assert (f"{current:.2f}", f"{0.9 * current:.2f}", silent.spikes.size) == ("2.09", "1.88", 0)
    assert f"{100 * (current / theory.rheobase(LIF()) - 1):.1f}" == "4.5"
    assert "40 times a second at 2.09 nA, which is 4.5 % above its rheobase of 2 nA" in INSTRUCTORS
    assert "A tenth less is 1.88 nA" in INSTRUCTORS
