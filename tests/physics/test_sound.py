"""What is heard is what was fired."""

import io
import wave

import numpy as np
import pytest

from lifcore import LIF, simulate_1d, sound


def heard(data):
    """Return the samples of a WAV file, (channels, n), and its rate."""
    with wave.open(io.BytesIO(data)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return raw.reshape(-1, file.getnchannels()).T, file.getframerate()


def starts(samples, rate=8000):
    """Return the ms at which a sound begins after at least 25 ms of silence."""
    at = np.flatnonzero(samples) / rate * 1000
    return at[np.diff(at, prepend=-1e9) > 25]


def test_a_click_stands_at_each_spike():
    samples = sound.clicks([0.0, 50.0, 130.0], duration=200.0)
    assert samples.size == 8 * 220
    np.testing.assert_allclose(starts(samples), [0.125, 50.125, 130.125])  # a sine begins at 0
    assert not samples[8 * 20 : 8 * 50].any()


def test_slow_motion_stretches_the_times_and_not_the_clicks():
    samples = sound.clicks([10.0, 20.0], duration=30.0, slow=10.0)
    np.testing.assert_allclose(starts(samples), [100.125, 200.125])
    np.testing.assert_array_equal(samples[800:960], sound.clicks([0.0], duration=0.0))


def test_as_many_clicks_as_spikes():
    run = simulate_1d(LIF(), duration=1000, current=2.1)
    samples, rate = heard(sound.sound_of(run, slow=2.0))
    assert starts(samples[0], rate).size == run.spikes.size == 41


def test_silence_is_silence():
    run = simulate_1d(LIF(), duration=100, current=1.9)
    samples, _ = heard(sound.sound_of(run))
    assert samples.shape == (1, 8 * 120)
    assert not samples.any()


def test_two_runs_go_to_two_ears_for_as_long_as_the_longer_one():
    left = simulate_1d(LIF(), duration=100, current=2.1)
    right = simulate_1d(LIF(), duration=300, current=4.0)
    samples, _ = heard(sound.sound_of((left, right)))
    assert samples.shape == (2, 8 * 320)
    for channel, run in zip(samples, (left, right), strict=True):
        np.testing.assert_array_equal(channel, np.rint(32767 * sound.clicks(run.spikes, duration=300.0)))


def test_a_crowd_of_clicks_is_cut_and_not_made_softer():
    samples = sound.clicks(np.full(20, 5.0), duration=10.0)
    assert np.abs(samples).max() == 1.0
    few = sound.clicks([5.0], duration=10.0)
    assert 0.25 < np.abs(few).max() < 0.4


def test_the_player_holds_the_bytes_as_they_are():
    run = simulate_1d(LIF(), duration=100, current=2.5)
    player = sound.listen(run, slow=2.0)
    assert player.data == sound.sound_of(run, 2.0)
    assert player.mimetype == "audio/wav"
    assert not player.autoplay


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: sound.clicks([-1.0], duration=10), "spikes must lie"),
        (lambda: sound.clicks([11.0], duration=10), "spikes must lie"),
        (lambda: sound.clicks([1.0], duration=10, slow=0), "slow must be"),
        (lambda: sound.clicks([1.0], duration=10, rate=100), "rate must be at least 2000"),
        (lambda: sound.wav([1.5]), "samples must lie from -1 to 1; got up to 1.5"),
        (lambda: sound.wav(np.zeros((3, 5))), "samples must have the shape"),
    ],
)
def test_bad_input(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@pytest.mark.parametrize("run", [None, [], [1, 2], "run"])
def test_what_is_no_run(run):
    with pytest.raises(TypeError, match="run must be a Run1D"):
        sound.sound_of(run)


def test_a_sound_too_long_for_the_memory():
    with pytest.raises(MemoryError, match="a sound of"):
        sound.clicks([], duration=1e12)
