"""The Yin-Yang data set: points in a disc, and which part of the old figure each lies in, by formula.

Kriener, Göltz & Petrovici, *The Yin-Yang dataset*, NICE 2022, doi:10.1145/3517343.3517380. Small enough to learn in a
minute, and made so that no straight line will do: a classifier without a hidden layer stays near 64 %, they report. A
disc of diameter 1 around (1/2, 1/2); the two dots have a radius of 1/10. As there, the three classes are drawn equally
often, so the small dots are full of points.

For a spiking network a coordinate becomes a *time*: the larger, the later. Since a late spike has little time to be
heard, each coordinate comes twice, as it is and mirrored: (x, y, 1 - x, 1 - y). A fifth channel spikes at the start and
tells the others' time.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PARTS = ("yin", "yang", "dot")
DOT = 0.1
CHANNELS = 5
LATEST = 30.0
"""The time of the latest spike, in milliseconds."""


def part_of(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """0 in yin, 1 in yang, 2 in one of the dots, -1 outside of the disc."""
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    to_left, to_right = np.hypot(x - 0.25, y - 0.5), np.hypot(x - 0.75, y - 0.5)
    yin = (to_left <= 0.25) | ((y > 0.5) & (to_right > 0.25))
    part = np.where(np.minimum(to_left, to_right) < DOT, 2, np.where(yin, 0, 1))
    return np.where(np.hypot(x - 0.5, y - 0.5) > 0.5, -1, part)


def yin_yang(size: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Points (size, 2) between 0 and 1, and the part of each: three classes, equally likely.

    Raises ValueError if size is less than 1.
    """
    if size < 1:
        raise ValueError(f"size is {size}, and at least one point is needed")
    rng = np.random.default_rng([seed, 2022])
    labels = rng.integers(3, size=size)
    points = np.empty((size, 2))
    missing = np.arange(size)
    while len(missing):  # throw again wherever the last throw fell into another part
        thrown = rng.random((len(missing), 2))
        fits = part_of(*thrown.T) == labels[missing]
        points[missing[fits]] = thrown[fits]
        missing = missing[~fits]
    return points, labels


def latencies(points: ArrayLike) -> list[tuple[NDArray, NDArray]]:
    """Each point as a recording: five times in milliseconds, and the channel of each.

    Raises ValueError unless the points have the shape (n, 2) and lie between 0 and 1.
    """
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"points have shape {points.shape}; (n, 2) is expected")
    if points.size and not (points.min() >= 0 and points.max() <= 1):
        raise ValueError(f"coordinates lie between 0 and 1, and these from {points.min():g} to {points.max():g}")
    times = LATEST * np.hstack([points, 1 - points, np.zeros((len(points), 1))])
    return [(row, np.arange(CHANNELS)) for row in times]
