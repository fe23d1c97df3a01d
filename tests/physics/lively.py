"""A sheet with everything on it: drive, noise, jumps of the threshold."""

import numpy as np

from lifcore import LIF, simulate_2d


def lively(rng, shape, *, kernel, torus=True, **inputs):
    """Run a sheet for 40 ms from a random start; weights in eighths, so that sums are exact."""
    given = {
        "v_start": rng.uniform(-70, -45, shape),
        "current": rng.uniform(0, 2.5, shape),
        "kicks": rng.integers(0, 200, (401, *shape)) / 8 * (rng.random((401, *shape)) < 0.02),
        **inputs,
    }
    run = simulate_2d(
        LIF(th_jump=2.0, tau_th=20.0),
        shape=given["v_start"].shape,
        duration=40,
        kernel=kernel,
        boundary="torus" if torus else "open",
        current=given["current"],
        input_spikes=lambda t: given["kicks"][round(t / 0.1)],
        v_start=given["v_start"],
        record_every=4.0,
    )
    return run, given


def moved(given, move):
    """Return the inputs of `lively` after a shift, a mirror or a turn of the sheet."""
    return {
        "v_start": move(given["v_start"]),
        "current": move(given["current"]),
        "kicks": np.array([move(kicks) for kicks in given["kicks"]]),
    }
