"""How often a network that is still learning would have been right."""

from copy import copy

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.diehl_cook.estimator import DigitEstimator


class LearningCurve:
    """To be handed to ``fit`` as ``watch``: how often the network would have been right so far, read by proportions.

    The labels are used only to say so: spikes are read by what neurons did in the stretches before.

    Parameters
    ----------
    labels : the class of each image that ``fit`` learns from.
    stretches : how many stretches (each as long as ``every`` says) the next one is judged by.

    ``points`` is a list of (images seen, share of the last stretch that was right).
    """

    def __init__(self, labels: ArrayLike, stretches: int = 8):
        self.labels, self.stretches = np.asarray(labels), stretches
        self.points: list[tuple[int, float]] = []
        self._before: list[tuple[NDArray, NDArray]] = []

    def __call__(self, network: DigitEstimator, which: NDArray, counts: NDArray) -> str:
        """Judge one stretch, and say it in words for the bar."""
        said = ""
        if self._before:
            reader = copy(network).set_params(readout="proportions")
            reader._name(*(np.concatenate(part) for part in zip(*self._before, strict=True)))
            right = float(np.mean(reader._read(counts) == self.labels[which]))
            self.points.append((network.n_seen_, right))
            said = f"{right:.0%} right"
        self._before = [*self._before, (counts, self.labels[which])][-self.stretches :]
        return said
