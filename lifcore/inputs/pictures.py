"""A picture as input: one current for each neuron of a grid."""

from typing import Any

import numpy as np

from lifcore.given import array, check_memory, number, pair


def from_image(image: Any, shape: tuple[int, int], *, low: float, high: float) -> np.ndarray:
    """Return a map of currents from a gray picture: black gives `low`, white gives `high`.

    Parameters
    ----------
    image
        (height, width), gray from 0 to 1, or from 0 to 255 where an entry is above 1 or the type
        is uint8.
    shape
        (rows, cols) of the map. Each entry is the mean of the picture over its area.
    low, high
        nA.

    Returns
    -------
    ndarray, (rows, cols)
        nA.
    """
    gray = array("image", image, ndim=2)
    if gray.size == 0 or gray.min() < 0 or gray.max() > 255:
        span = f"{gray.min():g} to {gray.max():g}" if gray.size else "an empty picture"
        raise ValueError(f"image must be gray from 0 to 1 or from 0 to 255; got {span}")
    if gray.max() > 1 or getattr(image, "dtype", None) == np.uint8:
        gray = gray / 255.0
    rows, cols = pair("shape", shape, "(rows, cols)", low=1)
    height, width = gray.shape
    size = 16 * (rows * cols + rows * height + cols * width)
    check_memory(f"a map of the shape {rows, cols}", size, "a smaller shape or picture")
    mean = _area_weights(height, rows) @ gray @ _area_weights(width, cols).T
    low, high = number("low", low), number("high", high)
    return low + (high - low) * mean


def _area_weights(pixels: int, cells: int) -> np.ndarray:
    """Return (cells, pixels): how much of each cell's length lies on each pixel."""
    edges = np.linspace(0, pixels, cells + 1)
    left, right = edges[:-1, None], edges[1:, None]
    pixel = np.arange(pixels)
    overlap = np.minimum(right, pixel + 1) - np.maximum(left, pixel)
    return np.maximum(overlap, 0.0) * cells / pixels
