"""Currents and spike trains: their shapes, their statistics, their seeds."""

import math

import numpy as np
import pytest

from lifcore import LIF, from_image, noise, poisson, ramp, regular, simulate_1d, sine, step


def test_step_flows_from_start_to_stop():
    assert step(1.0, 0.1, start=0.3, stop=0.7, amplitude=2.5).tolist() == [0] * 3 + [2.5] * 4 + [0] * 3
    assert step(1.0, 0.1, start=0.25, stop=0.7, amplitude=-1).tolist() == [0] * 3 + [-1] * 4 + [0] * 3
    assert step(0.3, 0.1, start=0.0, stop=9.0, amplitude=1).tolist() == [1, 1, 1]
    assert step(0.3, 0.1, start=0.1, stop=0.1, amplitude=1).tolist() == [0, 0, 0]


def test_ramp_rises_evenly_and_stays():
    expected = [0, 0, 0, 1, 2, 3, 4, 4, 4, 4]
    np.testing.assert_allclose(ramp(1.0, 0.1, start=0.2, stop=0.6, final=4.0), expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ramp(0.4, 0.1, start=0, stop=0.4, final=-4.0), [0, -1, -2, -3])


def test_sine_of_one_period():
    current = sine(10.0, 0.5, mean=1.0, amplitude=2.0, frequency=100.0)
    np.testing.assert_allclose(current, 1 + 2 * np.sin(2 * np.pi * np.arange(20) / 20), rtol=0, atol=1e-12)
    # Through the membrane, a low-pass filter, it swings by R / √(1 + (2πfτ)²).
    run = simulate_1d(
        LIF(v_th=1e6), duration=200, dt=0.01,
        current=sine(200, 0.01, mean=1.0, amplitude=2.0, frequency=100.0),
    )  # fmt: skip
    swing = np.ptp(run.v[-1000:]) / 2
    assert swing == pytest.approx(20.0 / math.hypot(1, 2 * math.pi * 0.1 * 8), rel=1e-3)


@pytest.mark.parametrize("dt", [0.1, 1.0])
@pytest.mark.parametrize("sigma_v", [0.5, 4.0])
def test_noise_moves_the_free_membrane_by_sigma_v_at_any_dt(dt, sigma_v):
    neuron = LIF(v_th=1e6, tau_m=4.0)
    duration = 40_000 * dt
    current = noise(neuron, duration, dt, mean=1.5, sigma_v=sigma_v, seed=1)
    v = simulate_1d(neuron, duration=duration, dt=dt, current=current).v[round(40 / dt) :]
    independent = duration / (2 * 4.0)
    assert np.std(v) == pytest.approx(sigma_v, rel=4 / math.sqrt(2 * independent))
    assert np.mean(v) == pytest.approx(-55.0, abs=4 * sigma_v / math.sqrt(independent))
    # The current itself is known far better: white, Gaussian, of this standard deviation.
    a = math.exp(-dt / 4.0)
    sd = sigma_v / 10.0 * math.sqrt((1 + a) / (1 - a))
    assert np.std(current) == pytest.approx(sd, rel=0.02)
    z = (current - 1.5) / sd
    assert abs(np.mean(z[1:] * z[:-1])) < 0.02
    assert np.mean(abs(z) < 1) == pytest.approx(0.6827, abs=0.01)


def test_no_noise_is_the_mean():
    assert noise(LIF(), 1.0, 0.1, mean=2.0, sigma_v=0.0, seed=0).tolist() == [2.0] * 10


def test_regular_train():
    assert regular(50.0, rate=100.0).tolist() == [0, 10, 20, 30, 40]
    assert regular(50.0, rate=100.0, start=3.0).tolist() == [3, 13, 23, 33, 43]
    assert regular(50.1, rate=100.0).size == 6
    assert regular(10.0, rate=100.0, start=10.0).size == 0
    assert regular(10.0, rate=0.0).size == 0
    assert regular(10.0, rate=100.0, start=50.0).size == 0
    assert regular(0.3, rate=10_000.0).size == 3  # 0.3 / 0.1 is not 2.9999999999999996 here


def test_poisson_has_its_rate_and_exponential_gaps():
    duration, hertz = 1e6, 40.0
    spikes = poisson(duration, rate=hertz, seed=7)
    expected = duration * hertz / 1000
    assert abs(spikes.size - expected) < 4 * math.sqrt(expected)
    assert np.all(np.diff(spikes) >= 0)
    assert 0 <= spikes[0] < spikes[-1] <= duration
    gaps = np.sort(np.diff(spikes))
    assert np.std(gaps) / np.mean(gaps) == pytest.approx(1.0, abs=0.02)
    shares = np.arange(1, gaps.size + 1) / gaps.size
    distance = np.max(abs(shares - (1 - np.exp(-gaps * hertz / 1000))))
    assert distance * math.sqrt(gaps.size) < 1.63  # Kolmogorov and Smirnov, 1 %
    counts, _ = np.histogram(spikes, bins=2000, range=(0, duration))
    assert np.var(counts) / np.mean(counts) == pytest.approx(1.0, abs=0.15)


def test_the_number_of_poisson_spikes_varies():
    sizes = [poisson(1000, rate=50, seed=seed).size for seed in range(400)]
    assert np.mean(sizes) == pytest.approx(50, abs=4 * math.sqrt(50 / 400))
    assert np.var(sizes) == pytest.approx(50, rel=0.3)
    assert poisson(1000, rate=0, seed=1).size == 0
    assert poisson(0, rate=50, seed=1).size == 0


@pytest.mark.parametrize(
    "draw",
    [
        lambda seed: noise(LIF(), 10, 0.1, mean=0, sigma_v=1, seed=seed),
        lambda seed: poisson(1000, rate=50, seed=seed),
    ],
)
def test_the_same_seed_gives_the_same_array(draw):
    assert draw(3).tolist() == draw(3).tolist() == draw(np.random.default_rng(3)).tolist()
    assert draw(3).tolist() != draw(4).tolist()
    assert draw(np.int64(3)).tolist() == draw(3).tolist()
    generator = np.random.default_rng(3)
    assert draw(generator).tolist() != draw(generator).tolist()  # a Generator goes on
    before = np.random.get_state()[1].tolist()
    draw(3)
    assert np.random.get_state()[1].tolist() == before


def test_an_image_becomes_a_map_of_area_averages():
    image = np.arange(24.0).reshape(4, 6) / 24
    blocks = image.reshape(2, 2, 3, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(from_image(image, (2, 3), low=0, high=1), blocks, rtol=0, atol=1e-12)
    np.testing.assert_allclose(from_image(image, (4, 6), low=0, high=1), image, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        from_image([[0.0, 0.3, 0.9]], (1, 2), low=0, high=1), [[0.1, 0.7]], rtol=0, atol=1e-12
    )
    wide = from_image([[0.0, 1.0]], (2, 4), low=-1, high=3)
    np.testing.assert_allclose(wide, [[-1, -1, 3, 3]] * 2, rtol=0, atol=1e-12)
    odd = from_image(image, (3, 5), low=2, high=7)
    assert odd.mean() == pytest.approx(2 + 5 * image.mean(), abs=1e-12)


def test_an_image_may_be_in_bytes():
    gray = np.array([[0, 51], [102, 255]], np.uint8)
    expected = [[1.0, 1.2], [1.4, 2.0]]
    for image in (gray, gray.astype(float), gray.tolist(), gray / 255):
        np.testing.assert_allclose(from_image(image, (2, 2), low=1, high=2), expected, rtol=0, atol=1e-12)
    dark = np.array([[0, 1]], np.uint8)
    np.testing.assert_allclose(from_image(dark, (1, 2), low=0, high=255), [[0, 1]], rtol=0, atol=1e-12)
