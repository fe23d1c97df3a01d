"""The program of Brian2 that the benchmarks time does the same job, in single precision."""

import importlib.util
import shutil

import numpy as np
import pytest

from tests.bench import peers, waves
from tests.peers.tasks import in_order

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(importlib.util.find_spec("brian2") is None, reason="Brian2 is not installed"),
    pytest.mark.skipif(not (shutil.which("c++") or shutil.which("g++")), reason="there is no C++ compiler"),
]


def test_spirals():
    task = waves.spirals(64, 300)
    program = peers.Program(task, record=False, dtype=np.float32)
    assert 0 < program.run().seconds < 60
    ours = waves.ours(task, "numpy")().spikes
    spikes = in_order(np.rint(ours[:, 0] / task.dt), ours[:, 1] * 64 + ours[:, 2])
    assert program.spikes().tolist() == spikes.tolist()
