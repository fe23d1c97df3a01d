"""Spikes to be heard: one click each."""

import io
import wave
from typing import TYPE_CHECKING, Any

import numpy as np

from lifcore.given import array, check_memory, integer, number
from lifcore.lif1d import Run1D

if TYPE_CHECKING:
    from IPython.display import Audio

RATE = 8000  # samples a second
PITCH = 1.0  # kHz, of a click
FADE = 3.0  # ms, in which a click falls to 37 %
LENGTH = 20.0  # ms
LOUDNESS = 0.4  # of the loudest that there is; clicks that overlap add up


def clicks(spikes: Any, *, duration: float, slow: float = 1.0, rate: int = RATE) -> np.ndarray:
    """Return a sound with a short click at each spike.

    Parameters
    ----------
    spikes
        ms, (k,), from 0 to `duration`.
    duration
        ms.
    slow
        How many times slower than in life it is played; the clicks keep their pitch.
    rate
        Samples a second, at least 2000.

    Returns
    -------
    ndarray, (n,)
        From -1 to 1. Where clicks pile up beyond that they are cut off.
    """
    spikes = array("spikes", spikes)
    duration, slow = number("duration", duration, low=0.0), number("slow", slow, above=0.0)
    if spikes.size and not 0 <= spikes.min() <= spikes.max() <= duration:
        span = f"{spikes.min():g} to {spikes.max():g} ms"
        raise ValueError(f"spikes must lie from 0 to duration = {duration:g} ms; got {span}")
    per_ms = integer("rate", rate, low=2000) / 1000.0
    size = (duration * slow + LENGTH) * per_ms
    check_memory(f"a sound of {duration * slow:.3g} ms", 32 * size)
    t = np.arange(round(LENGTH * per_ms)) / per_ms
    click = LOUDNESS * np.exp(-t / FADE) * np.sin(2 * np.pi * PITCH * t)
    sound = np.zeros(round(size))
    for start in np.rint(spikes * slow * per_ms).astype(int):
        part = sound[start : start + click.size]
        part += click[: part.size]
    return np.clip(sound, -1.0, 1.0)


def wav(samples: Any, rate: int = RATE) -> bytes:
    """Return a sound as the bytes of a WAV file, 16 bits a sample, as loud as it is given.

    Parameters
    ----------
    samples
        From -1 to 1: (n,), or (2, n) for the left and the right ear.
    rate
        Samples a second.
    """
    sound = np.atleast_2d(array("samples", samples, ndim=None))
    if sound.ndim != 2 or sound.shape[0] > 2:
        raise ValueError(f"samples must have the shape (n,) or (2, n); got {np.shape(samples)}")
    if np.abs(sound).max(initial=0.0) > 1:
        raise ValueError(f"samples must lie from -1 to 1; got up to {np.abs(sound).max():g}")
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(sound.shape[0])
        file.setsampwidth(2)
        file.setframerate(integer("rate", rate, low=1))
        file.writeframes(np.rint(sound.T * 32767).astype("<i2").tobytes())
    return data.getvalue()


def sound_of(run: Run1D | tuple[Run1D, Run1D] | list[Run1D], slow: float = 1.0) -> bytes:
    """Return the clicks of a run, or of two, one for each ear, as the bytes of a WAV file."""
    runs = list(run) if isinstance(run, tuple | list) else [run]
    if len(runs) not in (1, 2) or not all(isinstance(one, Run1D) for one in runs):
        what = f"{len(runs)} of them" if all(isinstance(one, Run1D) for one in runs) else type(run).__name__
        raise TypeError(f"run must be a Run1D, or two for the left and the right ear; got {what}")
    duration = max(float(one.t[-1]) for one in runs)
    return wav([clicks(one.spikes, duration=duration, slow=slow) for one in runs])


def listen(run: Run1D | tuple[Run1D, Run1D] | list[Run1D], slow: float = 1.0) -> "Audio":
    """Return a player of a run's spikes, for a cell of a notebook; without spikes it is silent.

    Parameters
    ----------
    run
        What `simulate_1d` or `simulate_exact` returned; two runs go to the left and the right ear.
    slow
        How many times slower than in life.
    """
    from IPython.display import Audio

    return Audio(data=sound_of(run, slow))
