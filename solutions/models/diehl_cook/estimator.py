"""What the readable and the compiled digit network share: they learn without labels, get names, and answer."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from solutions.models.diehl_cook.settings import Pace, Settings
from solutions.models.progress import watched

READOUTS = ("vote", "proportions", "linear")
QUESTIONS = 1 << 40  # images that are asked about draw their spikes from other numbers than those learned from


class DigitEstimator(ClassifierMixin, BaseEstimator):
    """A network that looks at images, and is told afterwards what they are called.

    A subclass says how: ``_start(n_inputs)`` makes a fresh network, ``_show(images, pace, first)`` shows images and
    gives the spike counts; it holds ``weights_`` and ``extra_``.
    """

    settings: Settings | None
    passes: int
    readout: str
    random_state: int | None
    verbose: bool
    label_neurons: Callable | None
    vote: Callable | None
    weights_: Any
    extra_: Any

    def start(self, n_inputs: int) -> Self:
        """A fresh network for images of so many pixels: random weights, and thresholds as they begin."""
        self.settings_ = self.settings or Settings()
        fresh = np.random.SeedSequence().entropy if self.random_state is None else self.random_state
        if not isinstance(fresh, int | np.integer) or fresh < 0:
            raise ValueError(f"random_state is {self.random_state!r}: expected a whole number from 0 on, or None")
        self.seed_, self.n_features_in_, self.n_seen_ = int(fresh), n_inputs, 0
        self._rng = np.random.default_rng(self.seed_)
        s = self.settings_
        weights = 0.01 + 0.3 * self._rng.random((n_inputs, s.neurons))
        self._start(weights * ((s.mean_weight or 0.1) / weights.mean(axis=0)))
        self.extra_ = np.full(s.neurons, s.theta_start)
        return self

    def take_over(self, other: "DigitEstimator") -> Self:
        """Begin with what another network, the twin of this one say, has learned, and with the names it was given."""
        self.start(other.n_features_in_)
        if other.weights_.shape != self.weights_.shape:
            raise ValueError(f"other has {other.weights_.shape[1]} neurons: expected {self.weights_.shape[1]}")
        self.weights_, self.extra_ = other.weights_.astype(self.weights_.dtype), other.extra_.copy()
        for name in ("n_seen_", "classes_", "neuron_labels_", "readout_"):
            if hasattr(other, name):
                setattr(self, name, getattr(other, name))
        return self

    def fit(
        self,
        images: ArrayLike,
        y: None = None,
        *,
        every: int = 250,
        watch: Callable[[Any, NDArray, NDArray], str | None] | None = None,
        checkpoint: str | os.PathLike | None = None,
    ) -> Self:
        """Learn from images, ``passes`` times each; nobody asks for their labels.

        Parameters
        ----------
        images : shape (images, pixels), values from 0 to 1. Each pass is in an order of its own, drawn from the seed.
        y : not looked at; scikit-learn passes it.
        every, watch : after every so many images ``watch(network, which, counts)`` is called with the numbers of these
            images and the spikes they caused; what it returns is written beside the bar.
        checkpoint : a file, in which the state is saved as often. A training that was killed and is begun again goes
            on from there, and ends the same.

        Sets ``weights_`` (pixels, neurons), ``extra_``, what the neurons' thresholds have grown by, ``n_seen_``, the
        images learned from, and ``spikes_per_image_``, of the images that this call has shown.
        """
        images = self._checked(images)
        if self.passes < 1 or every < 1 or not len(images):
            have = f"passes is {self.passes}, every is {every}, and there are {len(images)} images"
            raise ValueError(f"{have}: expected 1 or more of each")
        self.start(images.shape[1])
        path = Path(checkpoint) if checkpoint else None
        if path and path.exists():
            self._take_up(path, images)
        n, done = self.passes * len(images), self.n_seen_
        spikes: list[NDArray] = []
        steps = self._training(images, every, watch, path, spikes)
        for _ in watched(steps, -(-(n - done) // every), str, show=self.verbose):
            pass
        self.spikes_per_image_ = np.concatenate(spikes) if spikes else np.zeros(0, int)
        return self

    def _training(
        self, images: NDArray, every: int, watch: Callable | None, path: Path | None, spikes: list[NDArray]
    ) -> Iterator[str]:
        orders = [np.random.default_rng((self.seed_, k)).permutation(len(images)) for k in range(self.passes)]
        order = np.concatenate(orders)
        pace = self.settings_.pace(len(order))
        done, begun = self.n_seen_, perf_counter()
        while self.n_seen_ < len(order):
            which = order[self.n_seen_ :][:every]
            now = slice(self.n_seen_, self.n_seen_ + len(which))
            counts = self._show(images[which], pace.of(now), self.n_seen_)
            self.n_seen_ += len(which)
            spikes.append(counts.sum(axis=1))
            if path:
                self._save(path, images)
            said = watch(self, which, counts) if watch else None
            speed = (self.n_seen_ - done) / (perf_counter() - begun)
            yield f"{self.n_seen_} images, {speed:.0f} images/s" + (f", {said}" if said else "")

    def respond(self, images: ArrayLike) -> NDArray[np.int16]:
        """How often each neuron fires for each image, with weights and thresholds frozen: shape (images, neurons).

        NotFittedError if the network has not learned anything.
        """
        self._needs("n_features_in_", "fit(images)")
        return self._show(self._checked(images, self.n_features_in_), None, QUESTIONS)

    def label(self, images: ArrayLike, labels: ArrayLike) -> Self:
        """Give the neurons names: look who fires at images whose ``labels`` are known, whole numbers from 0 on.

        With the readout "vote" it sets ``neuron_labels_``, by the part label_neurons; with the others ``readout_``,
        shape (neurons + 1, classes): what a spike says for each class, and what silence does.
        """
        counts, labels = self.respond(images), np.asarray(labels)
        if labels.shape != (len(counts),):
            raise ValueError(f"labels has shape {labels.shape}: expected ({len(counts)},), one for each image")
        if not np.issubdtype(labels.dtype, np.integer) or labels.min(initial=0) < 0 or not len(labels):
            raise ValueError(f"labels has values like {labels[:1]}: expected whole numbers from 0 on")
        self._name(counts, labels)
        return self

    def predict(self, images: ArrayLike) -> NDArray[np.int64]:
        """The class of each image, by the readout: "vote" is the part of that name, -1 where no named neuron fires."""
        self._needs("neuron_labels_" if self.readout == "vote" else "readout_", "label(images, labels)")
        return self._read(self.respond(images))

    def _name(self, counts: NDArray, labels: NDArray) -> None:
        if self.readout not in READOUTS:
            raise ValueError(f"readout is {self.readout!r}: expected one of {', '.join(READOUTS)}")
        n_classes = int(labels.max()) + 1
        self.classes_ = np.arange(n_classes)
        if self.readout == "vote":
            if self.label_neurons is None or self.vote is None:
                raise ValueError("label_neurons or vote is None: set_params(label_neurons=..., vote=...) hands them in")
            self.neuron_labels_ = np.asarray(self.label_neurons(counts, labels, n_classes))
            return
        truth = np.eye(n_classes)[labels]
        spikes = np.column_stack([counts.astype(float), np.ones(len(counts))])
        if self.readout == "linear":  # least squares, kept small by a ridge
            self.readout_ = np.linalg.solve(spikes.T @ spikes + 10 * np.eye(spikes.shape[1]), spikes.T @ truth)
        else:  # of each neuron's spikes the share that belongs to each class, as if all classes were as frequent
            shares = spikes.T @ (truth / np.maximum(truth.sum(axis=0), 1))
            self.readout_ = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
            self.readout_[-1] = 0

    def _read(self, counts: NDArray) -> NDArray[np.int64]:
        if self.readout == "vote" and self.vote is not None:
            return np.asarray(self.vote(counts, self.neuron_labels_, len(self.classes_)))
        return (counts @ self.readout_[:-1] + self.readout_[-1]).argmax(axis=1)

    def _start(self, weights: NDArray) -> None:
        raise NotImplementedError

    def _show(self, images: NDArray, pace: Pace | None, first: int) -> NDArray[np.int16]:
        """Spike counts; learning from each image at its pace, if there is one. The first has this number."""
        raise NotImplementedError

    def _needs(self, attribute: str, call: str) -> None:
        if not hasattr(self, attribute):
            raise NotFittedError(f"this {type(self).__name__} is not ready: call {call} first")

    @staticmethod
    def _checked(images: ArrayLike, n_inputs: int | None = None) -> NDArray[np.float32]:
        images = np.ascontiguousarray(images, dtype=np.float32)
        if images.ndim != 2 or n_inputs not in (None, images.shape[1]):
            raise ValueError(f"images has shape {images.shape}: expected (images, {n_inputs or 'pixels'})")
        if not (images.min(initial=0) >= 0 and images.max(initial=0) <= 1):
            raise ValueError("images has values outside 0 to 1: divide by the value of a full pixel")
        return images

    def _save(self, path: Path, images: NDArray) -> None:
        beside = path.with_name(path.name + ".part.npz")  # a kill while writing leaves the last one whole
        told = np.array([self.seed_, *images.shape])
        np.savez(beside, weights=self.weights_, extra=self.extra_, seen=self.n_seen_, told=told)
        os.replace(beside, path)

    def _take_up(self, path: Path, images: NDArray) -> None:
        with np.load(path) as saved:
            same = saved["told"].tolist() == [self.seed_, *images.shape]
            if not same or saved["weights"].shape != self.weights_.shape:
                raise ValueError(f"{path} is the checkpoint of another training: another seed, size or set of images")
            self.weights_, self.extra_ = saved["weights"], saved["extra"]
            self.n_seen_ = int(saved["seen"])
