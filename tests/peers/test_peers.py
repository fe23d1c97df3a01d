"""Brian2 and NEST fire at the same samples as lifcore, and V and V_t are the same at each."""

import numpy as np
import pytest

from lifcore import engine
from tests.peers.scenarios import CELLS, GRIDS, QUIET
from tests.peers.tasks import lifcore

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs are no failures of ours


def runs(tasks):
    """Return every simulator with every task that it has words for: NEST's threshold stays."""
    names = [
        (peer, name)
        for peer in ("brian2", "nest")
        for name in tasks
        if peer == "brian2" or not tasks[name].adapts
    ]
    return pytest.mark.parametrize(("peer", "name"), names, indirect=["peer"])


def compare(ours, theirs):
    """Hold two outcomes against each other: every spike, and every neuron at every sample."""
    assert ours.spikes.tolist() == theirs.spikes.tolist()
    np.testing.assert_allclose(theirs.v, ours.v, rtol=0, atol=1e-9)
    if theirs.th is not None:
        np.testing.assert_allclose(theirs.th, ours.th, rtol=0, atol=1e-9)


@runs(CELLS)
def test_one_neuron(peer, name):
    ours = lifcore(CELLS[name])
    assert (len(ours.spikes) > 0) == (name not in QUIET)
    compare(ours, peer.run(CELLS[name]))


@runs(GRIDS)
def test_sheet(peer, name):
    theirs = peer.run(GRIDS[name])
    assert len(theirs.spikes) > 5
    for kind in ["numpy", "sparse", *["numba"] * engine.present()]:
        compare(lifcore(GRIDS[name], kind), theirs)
