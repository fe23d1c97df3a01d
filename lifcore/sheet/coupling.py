"""How the neurons of a grid reach each other: kernels, and the sum over the neighbors' spikes."""

from typing import Any

import numpy as np

from lifcore.given import array, check_memory, integer, number

ENTRIES = 40  # of a kernel, about, that are added in the time of one Fourier transform
TAKEN = 8  # the same of taking the counts of one weight out of it
BITS = 30  # of the numbers that a transform carries; its own errors stay far below a half


class Coupling:
    """The weights of a kernel, laid out so that a neighbor is one flat offset away.

    Parameters
    ----------
    kernel
        mV, odd-sided.
    shape
        (rows, cols) of the grid.
    boundary
        "open" or "torus".
    dtype
        Type of the sums.
    """

    def __init__(self, kernel: np.ndarray, shape: tuple[int, int], boundary: str, dtype: np.dtype) -> None:
        pad = kernel.shape[0] // 2, kernel.shape[1] // 2
        wide = shape[1] + 2 * pad[1]
        entries = np.argwhere(kernel)  # in row-major order, in which the weights are added
        self.offsets = [int(i * wide + j) for i, j in entries]
        self.weights = [float(kernel[i, j]) for i, j in entries]
        self.padded = np.zeros((shape[0] + 2 * pad[0], wide), np.uint8)
        self._inside = tuple(slice(p, p + size) for p, size in zip(pad, shape, strict=True))
        # On a torus, of rows and of columns: those beyond the edge, and those that they stand for.
        self.wraps = [
            [(i, p + (i - p) % size) for i in (*range(p), *range(p + size, 2 * p + size))]
            if boundary == "torus"
            else []
            for p, size in zip(pad, shape, strict=True)
        ]
        self.total = np.zeros((shape[0], wide), sum_type(kernel, dtype))
        self.equal = self.total.dtype != dtype
        self.spectral = None if few(kernel) else Spectral(kernel, self.padded.shape)
        self._length = self.total.size - 2 * pad[1]
        self._term = np.empty(0 if self.equal else self._length, dtype)

    def add_up(self, sent: np.ndarray, out: np.ndarray) -> None:
        """Fill `out` (rows, cols), mV, with the weights of the spikes `sent`, bool of that shape."""
        padded = self.padded
        padded[self._inside] = sent
        for edge, cell in self.wraps[0]:
            padded[edge] = padded[cell]
        for edge, cell in self.wraps[1]:
            padded[:, edge] = padded[:, cell]
        if self.spectral:
            self.spectral.add_up(padded, out)
            return
        # Rows joined end to end: one addition an offset. The sums beyond the edge are not read.
        total, flat = self.total.ravel()[: self._length], padded.ravel()
        total[...] = 0
        for offset, weight in zip(self.offsets, self.weights, strict=True):
            neighbor = flat[offset : offset + self._length]
            if self.equal:
                total += neighbor
            else:
                total += np.multiply(neighbor, weight, out=self._term, dtype=out.dtype)
        out[...] = self.total[:, : out.shape[1]]
        if self.equal:
            out *= self.weights[0]


class Spectral:
    """The sum of many neighbors by Fourier transforms: the spikes under each distinct weight, counted.

    Counts are whole numbers, so several come out of one transform, as the digits of one number do. Only the
    weighing of them, in 64 bits, in order of the weights, can differ from the sum entry by entry.
    """

    def __init__(self, kernel: np.ndarray, shape: tuple[int, int]) -> None:
        size = fast(shape[0]), fast(shape[1])
        # Memory that stays: fresh pages cost as much as a transform.
        self._frame, self._sums = np.zeros((2, *size))
        self._spectrum, self._product = np.empty((2, size[0], size[1] // 2 + 1), complex)
        self._groups = []
        for digits in grouped(kernel):
            packed, used = np.zeros(kernel.shape), 0
            for weight, bits in digits:
                packed += (kernel == weight) * 2.0**used
                used += bits
            self._groups.append((np.conj(np.fft.rfft2(packed, size)), digits))

    def add_up(self, padded: np.ndarray, out: np.ndarray) -> None:
        """Fill `out`, mV, with the weights of the spikes in the padded frame."""
        spectrum, product, total = self._spectrum, self._product, np.zeros(out.shape)
        self._frame[: padded.shape[0], : padded.shape[1]] = padded
        np.fft.rfft(self._frame, axis=1, out=spectrum)
        np.fft.fft(spectrum, axis=0, out=spectrum)
        for under, digits in self._groups:
            np.multiply(spectrum, under, out=product)
            np.fft.ifft(product, axis=0, out=product)
            np.fft.irfft(product, self._sums.shape[1], axis=1, out=self._sums)
            sums = self._sums[: out.shape[0], : out.shape[1]]
            counts = np.rint(sums).astype(np.int64)
            for weight, bits in digits:
                total += weight * (counts & (1 << bits) - 1)
                counts >>= bits
        out[...] = total


def grouped(kernel: np.ndarray) -> list[list[tuple[float, int]]]:
    """Return the distinct weights of a kernel, rising, with the bits of the largest count of each.

    Those of a list are counted by one transform.
    """
    groups: list[list[tuple[float, int]]] = [[]]
    for weight, entries in zip(*np.unique(kernel[kernel != 0], return_counts=True), strict=True):
        bits = int(entries).bit_length()
        if bits + sum(taken for _, taken in groups[-1]) > BITS:
            groups.append([])
        groups[-1].append((float(weight), bits))
    return groups


def few(kernel: np.ndarray) -> bool:
    """Tell whether a kernel has so few entries that they are added one by one.

    A transform costs as much as some of them, and it takes one for the spikes and one for each group of
    weights; taking a weight's counts out of it costs less. So a smooth kernel, nearly all of whose
    weights are distinct, is added entry by entry.
    """
    groups = grouped(kernel)
    return bool(np.count_nonzero(kernel) < ENTRIES * (1 + len(groups)) + TAKEN * sum(map(len, groups)))


def fast(size: int) -> int:
    """Return the next size whose only factors are 2, 3 and 5, which are transformed fast."""
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def sum_type(kernel: np.ndarray, dtype: np.dtype) -> np.dtype:
    """Return the type that sums the spikes of neighbors: equal weights are counted and weighed once."""
    weights = kernel[kernel != 0]
    if weights.size and (weights != weights[0]).any():
        return dtype
    return np.dtype(np.uint8 if weights.size < 256 else np.uint32)


def check_kernel(kernel: Any) -> np.ndarray:
    """Return a kernel as a float array with two odd sides."""
    kernel = array("kernel", kernel, ndim=2).copy()
    if kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0:
        raise ValueError(f"kernel must have odd sides, so that it has a center; got the shape {kernel.shape}")
    return kernel


def neighbors(weight: float, n: int = 4) -> np.ndarray:
    """Return the kernel of the nearest neighbors, (3, 3), mV.

    Parameters
    ----------
    weight
        mV, the jump that a neighbor's spike causes.
    n
        4 (above, below, left, right) or 8 (the diagonals too).
    """
    weight = number("weight", weight)
    if integer("n", n, low=1) not in (4, 8):
        raise ValueError(f"n must be 4 or 8 neighbors; got {n}")
    kernel = np.full((3, 3), weight)
    kernel[1, 1] = 0.0
    if n == 4:
        kernel[::2, ::2] = 0.0
    return kernel


def surround(center: float, radius: float, inhibition: float, inhibition_radius: float) -> np.ndarray:
    """Return a kernel of excitation nearby and inhibition around it, mV.

    Parameters
    ----------
    center
        mV, the weight within `radius`, the neuron itself left out.
    radius, inhibition_radius
        Cells, Euclidean distances; ``inhibition_radius`` is the larger.
    inhibition
        mV, how much each neuron from `radius` to `inhibition_radius` takes away, at least 0.

    Returns
    -------
    ndarray, (2k+1, 2k+1), k = inhibition_radius rounded down
    """
    center, inhibition = number("center", center), number("inhibition", inhibition, low=0.0)
    radius = number("radius", radius, low=0.0)
    k = int(number("inhibition_radius", inhibition_radius, above=radius))
    side = 2 * k + 1
    kernel_size = f"a kernel of inhibition_radius = {inhibition_radius:g} cells"
    check_memory(kernel_size, 40 * side * side, "a smaller inhibition_radius")
    offsets = np.arange(-k, k + 1)
    distance = np.hypot(offsets[:, None], offsets)
    kernel = np.where(distance <= radius, center, np.where(distance <= inhibition_radius, -inhibition, 0.0))
    kernel[k, k] = 0.0
    return kernel
