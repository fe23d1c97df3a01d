"""Who reaches whom: kernels, and a torus that looks the same moved, mirrored and turned."""

import numpy as np
import pytest

from lifcore import LIF, neighbors, simulate_2d, surround
from tests.physics.lively import lively, moved

SHIFTS = [(0, 1), (1, 0), (3, -2), (-7, 5), (100, 51)]
MIRRORS = [np.flipud, np.fliplr, np.rot90, np.transpose, lambda a: np.rot90(a, 2)]


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("shape", [(9, 11), (2, 3), (1, 6)])
def test_a_torus_looks_the_same_from_everywhere(shift, shape):
    rng = np.random.default_rng(3)
    kernel = rng.integers(-20, 60, (3, 5)) / 8
    run, given = lively(rng, shape, kernel=kernel)

    def move(a):
        return np.roll(a, shift, (0, 1))

    other, _ = lively(rng, shape, kernel=kernel, **moved(given, move))
    assert run.counts.sum() > 20
    assert other.counts.tolist() == move(run.counts).tolist()
    np.testing.assert_array_equal(other.first_spike, move(run.first_spike))
    for frame, moved_frame in zip(run.v_frames, other.v_frames, strict=True):
        assert moved_frame.tolist() == move(frame).tolist()


@pytest.mark.parametrize("move", MIRRORS)
@pytest.mark.parametrize("torus", [True, False])
def test_mirrors_and_turns(move, torus):
    rng = np.random.default_rng(4)
    kernel = rng.integers(-20, 60, (3, 5)) / 8
    run, given = lively(rng, (9, 11), kernel=kernel, torus=torus)
    other, _ = lively(rng, (9, 11), kernel=move(kernel), torus=torus, **moved(given, move))
    assert run.counts.sum() > 20
    assert other.counts.tolist() == move(run.counts).tolist()
    np.testing.assert_array_equal(other.first_spike, move(run.first_spike))
    for frame, moved_frame in zip(run.th_frames, other.th_frames, strict=True):
        assert moved_frame.tolist() == move(frame).tolist()


@pytest.mark.parametrize("offset", [(-1, -1), (-1, 0), (0, 1), (1, 1), (0, 2), (-1, -2)])
def test_a_kernel_entry_is_the_jump_that_the_neighbor_there_causes(offset):
    kernel = np.zeros((3, 5))
    kernel[1 + offset[0], 2 + offset[1]] = 7.0
    # The cell at (4, 4) - offset has the one that fires, (4, 4), as its neighbor at that offset.
    run = simulate_2d(LIF(v_reset=-70), shape=(9, 9), duration=1, kernel=kernel, input_spikes=[(0, 4, 4, 99)])
    expected = np.full((9, 9), -70.0)
    expected[4 - offset[0], 4 - offset[1]] = -63.0
    np.testing.assert_allclose(run.v, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("boundary", "v"), [("open", [0, 1, -1]), ("torus", [1, 2, -1])])
def test_an_offset_that_wraps_onto_the_same_neuron_twice_counts_twice(boundary, v):
    run = simulate_2d(
        LIF(v_rest=0, v_reset=-1, v_th=50, tau_m=1e9, t_ref=0),
        shape=(1, 3),
        duration=1,
        kernel=[[1.0, 1, 0, 1, 0]],
        boundary=boundary,
        input_spikes=[(0, 0, 2, 99.0)],
    )
    # The cell that fires, 2, is two to the left of cell 4, which is 1, and one to the right of cell 1.
    np.testing.assert_allclose(run.v[0], v, rtol=0, atol=1e-6)


@pytest.mark.parametrize(("n", "times"), [(4, 4), (8, 8)])
def test_on_a_torus_of_one_cell_every_neighbor_is_the_cell_itself(n, times):
    run = simulate_2d(
        LIF(v_rest=0, v_reset=-1, v_th=99, tau_m=1e9, t_ref=0),
        shape=(1, 1),
        duration=1,
        kernel=neighbors(1.0, n),
        boundary="torus",
        input_spikes=[(0, 0, 0, 100.0)],
    )
    np.testing.assert_allclose(run.v, times - 1, rtol=0, atol=1e-6)


@pytest.mark.parametrize("weights", ["equal", "different"])
def test_more_neighbors_than_a_byte_counts(weights):
    kernel = np.full((17, 17), 0.01)
    if weights == "different":
        kernel[0, 0] = 0.02
    fire = np.full((1, 17, 17), 99.0)
    run = simulate_2d(
        LIF(v_rest=0, v_reset=-1, v_th=50, tau_m=1e9, t_ref=0),
        shape=(17, 17),
        duration=1,
        kernel=kernel,
        boundary="torus",
        input_spikes=lambda t: fire[0] * (t == 0),
    )
    np.testing.assert_allclose(run.v, kernel.sum() - 1, rtol=0, atol=1e-6)


def test_kernels_of_neighbors_and_of_a_surround():
    assert neighbors(2.0).tolist() == [[0, 2, 0], [2, 0, 2], [0, 2, 0]]
    assert neighbors(-1, 8).tolist() == [[-1, -1, -1], [-1, 0, -1], [-1, -1, -1]]
    kernel = surround(3.0, 1, 0.5, 2)
    assert kernel.tolist() == [
        [0, 0, -0.5, 0, 0],
        [0, -0.5, 3, -0.5, 0],
        [-0.5, 3, 0, 3, -0.5],
        [0, -0.5, 3, -0.5, 0],
        [0, 0, -0.5, 0, 0],
    ]
    assert surround(1.0, 1.5, 0.0, 2.9).shape == (5, 5)
    assert surround(1.0, 1.5, 0.0, 2.9)[1, 1] == 1.0
