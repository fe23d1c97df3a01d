"""Large kernels, whose neighbors are counted by Fourier transforms, against the sum entry by entry."""

import numpy as np
import pytest

from lifcore import LIF, engine, simulate_2d, surround
from lifcore.sheet import coupling
from lifcore.sheet.coupling import Coupling, few

LOPSIDED = np.where(np.add.outer(np.arange(13), 2 * np.arange(21)) % 5 < 3, 0.7, -0.3)
MANY = (np.add.outer(np.arange(25), np.arange(25)) % 6 - 2.5) / 10  # more than one transform can count


@pytest.mark.parametrize("boundary", ["open", "torus"])
@pytest.mark.parametrize("shape", [(40, 37), (9, 50), (5, 4)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("kernel", [surround(2.3, 3, 0.4, 8), LOPSIDED, MANY])
def test_the_sum_is_that_of_the_entries(monkeypatch, kernel, dtype, shape, boundary):
    assert not few(kernel)
    sent = np.random.default_rng(5).random(shape) < 0.2
    by_transforms, one_by_one = np.empty((2, *shape), dtype)
    Coupling(kernel, shape, boundary, np.dtype(dtype)).add_up(sent, by_transforms)
    monkeypatch.setattr(coupling, "ENTRIES", 10**6)
    Coupling(kernel, shape, boundary, np.dtype(dtype)).add_up(sent, one_by_one)
    near = 1e-9 if dtype is np.float64 else 1e-5
    np.testing.assert_allclose(
        by_transforms, one_by_one, rtol=0, atol=near * max(1, np.abs(one_by_one).max())
    )
    assert by_transforms.any()


def test_one_transform_counts_what_its_digits_hold():
    assert [len(group) for group in coupling.grouped(MANY)] == [4, 2]
    assert [len(group) for group in coupling.grouped(LOPSIDED)] == [2]


def test_kernel_alone_decides():
    i = np.arange(-15, 16)
    assert few(np.exp(-(np.add.outer(i**2, i**2)) / 50))  # smooth: its weights are distinct
    assert few(surround(2.0, 2, 0.5, 3))
    assert not few(np.ones((11, 11)))
    assert not few(surround(2.0, 3, 0.5, 8))


@pytest.mark.skipif(not engine.present(), reason="numba is not installed: pip install numba")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("boundary", ["open", "torus"])
def test_both_dense_engines_agree_bit_for_bit(boundary, dtype):
    rng = np.random.default_rng(1)
    given = {
        "neuron": LIF(th_jump=2.0, tau_th=20.0),
        "shape": (33, 47),
        "duration": 30.0,
        "kernel": surround(1.1, 4, 0.3, 9),
        "boundary": boundary,
        "current": 1.6 + rng.random((33, 47)),
        "input_spikes": [(t, t, t, 20.0) for t in range(20)],
        "dtype": dtype,
    }
    mine, plain = (simulate_2d(**given, engine=name) for name in ("numba", "numpy"))
    assert plain.spikes.size > 1000
    for name in ("spikes", "v", "th"):
        assert getattr(mine, name).tobytes() == getattr(plain, name).tobytes()
