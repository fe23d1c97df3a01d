"""Outlines of nerve cells: tapering tubes, grown as trees and melted into one smooth curve."""

import math
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from contourpy import contour_generator

Tube = np.ndarray  # (m, 3): x, y and radius along a center line


def curve(*points: Sequence[float], n: int = 12) -> Tube:
    """Return a tube through the points (x, y, radius), n steps from one to the next (Catmull-Rom)."""
    p = np.array([points[0], *points, points[-1]], float)
    s = np.linspace(0, 1, n, endpoint=False)[:, None]
    pieces = [
        b + s * (c - a) / 2 + s**2 * (a - 2.5 * b + 2 * c - d / 2) + s**3 * (1.5 * (b - c) + (d - a) / 2)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack([*pieces, p[-1:]])


class Tree:
    """Dendrites that fork within wedges around a center, so that no two of them cross."""

    def __init__(self, center: tuple[float, float], reach: float, *, seed: int) -> None:
        self.center, self.reach, self.random = center, reach, Random(seed)
        self.tubes: list[Tube] = []

    def at(self, distance: float, angle: float, radius: float) -> tuple[float, float, float]:
        """Return the point (x, y, radius) at a distance and an angle (degrees, clockwise from right)."""
        phi = math.radians(angle)
        return (
            self.center[0] + distance * math.cos(phi),
            self.center[1] + distance * math.sin(phi),
            radius,
        )

    def trunk(self, angle: float, spread: float, *, body: float, radius: float, reach: float = 1.0) -> None:
        """Grow one dendrite from inside a body of that radius, within angle ± spread."""
        flare = ((0.5, 2.2), (0.95, 1.5), (1.3, 1.1))
        root = [self.at(far * body, angle, wide * radius) for far, wide in flare]
        self._grow(root, 1.3 * body, angle, spread, radius, reach * self.reach)

    def _grow(
        self, path: list[Any], distance: float, angle: float, spread: float, radius: float, reach: float
    ) -> None:
        rng = self.random
        last = radius < 2.0 or reach - distance < 0.22 * self.reach
        step = max(reach - distance, 0.17 * reach) if last else rng.uniform(0.13, 0.3) * reach
        end = 0.7 if last else 0.84 * radius
        sway = rng.choice((-1, 1)) * rng.uniform(0.1, 0.22) * spread
        for part, bend in ((0.5, sway), (1.0, 0.2 * sway)):
            path = [*path, self.at(distance + part * step, angle + bend, radius + part * (end - radius))]
        self.tubes.append(curve(*path, n=10))
        if last:
            return
        # Rall 1959: the radii to the power 3/2 add up at a fork.
        share = rng.uniform(0.3, 0.7)
        for part, side in ((share, -1), (1 - share, 1)):
            child = (path[-1][0], path[-1][1], end * part ** (2 / 3))
            turn = side * spread * (1 - part)
            length = reach * rng.uniform(0.88, 1.04)
            self._grow([path[-2], child], distance + step, angle + turn, spread * part, child[2], length)


def spines(rng: Random, tube: Tube, spacing: float) -> list[Tube]:
    """Return the small spines of a dendrite, on either side in turn."""
    found, side = [], 1
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(tube[:, :2], axis=0).T))))
    at = spacing * rng.uniform(0.6, 1.2)
    while at < along[-1] - 4:
        i = int(np.searchsorted(along, at))
        (x, y, r), (dx, dy) = tube[i], tube[i, :2] - tube[i - 1, :2]
        nx, ny = side * -dy / math.hypot(dx, dy), side * dx / math.hypot(dx, dy)
        long = r + rng.uniform(3, 5)
        found.append(np.array([[x, y, 0.6], [x + nx * long, y + ny * long, 1.5]]))
        side, at = -side, at + spacing * rng.uniform(0.6, 1.4)
    return found


class Field:
    """The signed distance to a shape (negative inside), sampled on a grid of points."""

    def __init__(self, box: tuple[float, float, float, float], pitch: float = 2.0) -> None:
        left, top, right, bottom = box
        self.x = np.arange(left, right + pitch, pitch)
        self.y = np.arange(top, bottom + pitch, pitch)[:, None]
        self.d = np.full((self.y.size, self.x.size), 1e3)

    def add(self, tube: Tube, melt: float) -> None:
        """Join a tube to the shape; `melt` is how far the corner between them is filled."""
        far = tube[:, 2].max() + melt + 10
        (left, top, _), (right, bottom, _) = tube.min(axis=0) - far, tube.max(axis=0) + far
        rows = slice(*np.searchsorted(self.y[:, 0], (top, bottom)))
        cols = slice(*np.searchsorted(self.x, (left, right)))
        near = np.full_like(self.d[rows, cols], 1e3)
        for (x, y, r), (u, v, q) in zip(tube[:-1], tube[1:], strict=True):
            px, py = self.x[cols] - x, self.y[rows] - y
            s = np.clip((px * (u - x) + py * (v - y)) / ((u - x) ** 2 + (v - y) ** 2), 0, 1)
            np.minimum(near, np.hypot(px - s * (u - x), py - s * (v - y)) - (r + s * (q - r)), out=near)
        self.d[rows, cols] = _melted(self.d[rows, cols], near, melt)

    def cut(self, beyond: np.ndarray, melt: float) -> None:
        """Take away where `beyond`, a distance on the grid, is positive, with a rounded edge."""
        self.d = -_melted(-self.d, -beyond, melt)

    def outline(self, tolerance: float = 0.25) -> np.ndarray:
        """Return the shape's longest outline, (m, 2), as few points as the tolerance needs."""
        self.d[[0, -1]] = self.d[:, [0, -1]] = 1.0  # what leaves the grid is closed at its edge
        lines = contour_generator(self.x, self.y[:, 0], self.d).lines(0.0)
        line = max((np.asarray(line) for line in lines), key=len)[:-1]
        far = int(np.argmax(np.hypot(*(line - line[0]).T)))
        halves = line[: far + 1], np.vstack((line[far:], line[:1]))
        return np.vstack([_thinned(half, tolerance)[:-1] for half in halves])


def _melted(a: np.ndarray, b: np.ndarray, melt: float) -> np.ndarray:
    """Return the minimum of two distances, rounded off where they differ by less than `melt`."""
    overlap = np.maximum(melt - np.abs(a - b), 0.0)
    return np.minimum(a, b) - overlap**2 / (4 * melt)


def _thinned(line: np.ndarray, tolerance: float) -> np.ndarray:
    """Return the points of a line that keep it within the tolerance (Douglas and Peucker 1973)."""
    (x, y), (u, v) = line[0], line[-1]
    off = np.abs((line[:, 0] - x) * (v - y) - (line[:, 1] - y) * (u - x)) / math.hypot(u - x, v - y)
    i = int(np.argmax(off))
    if off[i] <= tolerance:
        return line[[0, -1]]
    return np.vstack((_thinned(line[: i + 1], tolerance)[:-1], _thinned(line[i:], tolerance)))
