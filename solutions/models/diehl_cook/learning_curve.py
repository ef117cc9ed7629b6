"""How often a network that is still learning would have been right."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


class LearningCurve:
    """To be handed to ``fit`` as ``watch``: how often the network would have been right so far.

    The labels are used only to say so: neurons are named by what they did in the stretches before.

    Parameters
    ----------
    labels : the class of each image that ``fit`` learns from.
    label_neurons, vote : the parts, as the chapter defines them.
    stretches : by how many stretches (each as long as ``every`` says) the next one is judged.

    ``points`` is a list of (images seen, share of the last stretch that was right).
    """

    def __init__(self, labels: ArrayLike, *, label_neurons: Callable, vote: Callable, stretches: int = 8):
        self.labels, self.stretches = np.asarray(labels), stretches
        self.label_neurons, self.vote = label_neurons, vote
        self.points: list[tuple[int, float]] = []
        self._before: list[tuple[NDArray, NDArray]] = []

    def __call__(self, network: Any, which: NDArray, counts: NDArray) -> str:
        """Judge one stretch, and say it in words for the bar."""
        said = ""
        if self._before:
            known, labels = (np.concatenate(part) for part in zip(*self._before, strict=True))
            n_classes = int(self.labels.max()) + 1
            named = self.label_neurons(known, labels, n_classes)
            right = float(np.mean(self.vote(counts, named, n_classes) == self.labels[which]))
            self.points.append((network.n_seen_, right))
            said = f"{right:.0%} right"
        self._before = [*self._before, (counts, self.labels[which])][-self.stretches :]
        return said
