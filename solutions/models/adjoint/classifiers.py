"""Classifiers of recordings, with the conventions of scikit-learn: a layer of spiking neurons, trained."""

from collections.abc import Sequence
from numbers import Integral
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted

from solutions.models.adjoint.layer import Neurons, initial
from solutions.models.adjoint.learning import Epoch, classify, train
from solutions.models.adjoint.nir_graph import to_nir
from solutions.models.adjoint.recordings import events_of
from solutions.models.progress import watched

if TYPE_CHECKING:
    from nir import NIRGraph

SHAPES = ("sum", "weighted")


class _SpikingClassifier(ClassifierMixin, BaseEstimator):
    method: ClassVar[str]

    def __init__(
        self,
        n_hidden: int = 120,
        *,
        duration: float = 50.0,
        dt: float = 1.0,
        tau_m: float = 20.0,
        tau_s: float = 5.0,
        threshold: float = 1.0,
        shape: str = "sum",
        gain: float = 10.0,
        epochs: int = 30,
        batch_size: int = 50,
        rate: float = 0.01,
        weight_mean: float = 1.5,
        weight_spread: float = 3.0,
        random_state: int | np.random.RandomState | None = None,
        verbose: bool = False,
    ) -> None:
        self.n_hidden = n_hidden
        self.duration = duration
        self.dt = dt
        self.tau_m = tau_m
        self.tau_s = tau_s
        self.threshold = threshold
        self.shape = shape
        self.gain = gain
        self.epochs = epochs
        self.batch_size = batch_size
        self.rate = rate
        self.weight_mean = weight_mean
        self.weight_spread = weight_spread
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, recordings: Sequence[tuple[ArrayLike, ArrayLike]], labels: ArrayLike) -> Self:
        """Learn to tell recordings.

        Parameters
        ----------
        recordings : a pair for each: the times of its events, in ms from 0, and the channel of each, from 0.
        labels : the class of each recording, of any type.

        Returns
        -------
        The classifier itself.
        """
        for name in ("n_hidden", "epochs", "batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, and at least 1 is expected")
        if self.shape not in SHAPES:
            raise ValueError(f"shape is {self.shape!r}, expected one of {', '.join(SHAPES)}")
        events, labels = events_of(recordings), np.asarray(labels)
        if labels.shape != (len(recordings),):
            raise ValueError(f"labels have shape {labels.shape}; one for each of {len(recordings)} recordings expected")
        if not len(events.channels) or events.channels.min() < 0:
            found = f"channel {events.channels.min()}" if len(events.channels) else "no event at all"
            raise ValueError(f"recordings have {found}; events in channels from 0 are expected")
        self.classes_, targets = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"labels are all {self.classes_[0]!r}, and at least two classes are expected")
        self.n_channels_ = int(events.channels.max()) + 1
        seed = self.random_state
        if not isinstance(seed, Integral):
            seed = check_random_state(seed).randint(2**31)
        begun = initial(
            self.n_channels_, self.n_hidden, len(self.classes_), int(seed), self.weight_mean, self.weight_spread
        )
        epochs = train(
            begun,
            events,
            targets,
            self._n_steps(),
            self._neurons(),
            method=self.method,
            epochs=self.epochs,
            batch=self.batch_size,
            rate=self.rate,
            gain=self.gain,
            emphasis=self._emphasis(),
            seed=int(seed),
        )
        self.history_ = list(watched(epochs, self.epochs, self._say, show=self.verbose))
        self.weights_ = self.history_[-1].weights
        return self

    def predict(self, recordings: Sequence[tuple[ArrayLike, ArrayLike]]) -> NDArray:
        """The class of each recording: that whose readout has the highest voltage, on average.

        Raises ValueError for an event in a channel that was not learned from, and scikit-learn's NotFittedError before
        ``fit``.
        """
        check_is_fitted(self)
        said = classify(self.weights_, events_of(recordings), self._n_steps(), self._neurons(), self._emphasis())
        return self.classes_[said]

    def to_nir(self) -> "NIRGraph":
        """The trained network for simulators and chips: :func:`solutions.models.adjoint.nir_graph.to_nir`.

        Raises scikit-learn's NotFittedError before ``fit``, and ImportError without the package ``nir``.
        """
        check_is_fitted(self)
        return to_nir(self.weights_, self._neurons())

    def _n_steps(self) -> int:
        return round(self.duration / self.dt)

    def _neurons(self) -> Neurons:
        return Neurons(self.tau_m, self.tau_s, self.threshold, self.dt)

    def _emphasis(self) -> NDArray[np.float64]:
        steps = np.arange(self._n_steps())
        return np.exp(-steps / len(steps)) if self.shape == "weighted" else np.ones(len(steps))

    @staticmethod
    def _say(epoch: Epoch) -> str:
        return f"epochs: loss {epoch.loss:.3f}, {epoch.right:.1%} right, {epoch.spikes:.0f} hidden spikes each"


class EventPropClassifier(_SpikingClassifier):
    """A layer of spiking neurons and a readout for each class, trained by the exact gradient.

    The neurons and the gradient are those of :mod:`solutions.models.adjoint.layer` (Wunderlich & Pehle 2021,
    doi:10.1038/s41598-021-91786-z); the steps are Adam's, and their rate falls to 0 along half a cosine.

    Parameters
    ----------
    n_hidden : how many spiking neurons.
    duration, dt : how long the network listens to a recording, and its step, in ms. Later events are not heard. Events
        and spikes have their own times within a step.
    tau_m, tau_s : the time constants of membranes and synapses, in ms, tau_m the larger.
    threshold : the voltage at which a neuron spikes.
    shape : of the loss. "sum" is the cross-entropy of the mean voltages; "weighted" that of the mean of voltages times
        exp(-t / duration), which keeps a network talking where recordings end in silence (Nowotny, Turner & Knight
        2025, doi:10.1088/2634-4386/ada852).
    gain : what the voltages are multiplied by in the loss.
    epochs, batch_size, rate : how often all recordings are learned from, how many at a time, and Adam's learning rate
        at first.
    weight_mean, weight_spread : of the normal distribution that the weights of the hidden layer are first drawn from.
        Every neuron should spike now and then: one that is silent has no gradient.
    random_state : a whole number draws the same weights and batches again.
    verbose : show a progress bar.

    Attributes
    ----------
    classes_ : the classes, sorted.
    n_channels_ : how many channels there are.
    weights_ : ``hidden`` (channels, neurons) and ``out`` (neurons, classes).
    history_ : of each epoch its ``number``, ``loss``, the share of recordings told ``right``, the ``spikes`` of hidden
        neurons per recording, and the ``weights`` after it.

    Examples
    --------
    Points of the Yin-Yang figure, each as five spikes:

    >>> from solutions import EventPropClassifier
    >>> from solutions.models.adjoint.yin_yang import latencies, yin_yang
    >>> points, parts = yin_yang(2000, seed=0)
    >>> network = EventPropClassifier(epochs=10, rate=0.02, random_state=0).fit(latencies(points), parts)
    >>> asked, asked_parts = yin_yang(1000, seed=1000)
    >>> said = network.predict(latencies(asked))
    >>> network.score(latencies(asked), asked_parts) > 0.9
    True
    """

    method = "eventprop"


class SurrogateClassifier(_SpikingClassifier):
    """The same network as :class:`EventPropClassifier`, trained by a surrogate gradient.

    All steps are kept, and on the way back a spike is taken for a smooth function of the voltage, whose slope is a bump
    around the threshold (Zenke & Ganguli 2018, doi:10.1162/neco_a_01086). That is not the gradient of anything, but it
    sees neurons that are *about* to spike. Parameters and attributes are those of :class:`EventPropClassifier`.

    Examples
    --------
    >>> from solutions import SurrogateClassifier
    >>> from solutions.models.adjoint.yin_yang import latencies, yin_yang
    >>> points, parts = yin_yang(2000, seed=0)
    >>> network = SurrogateClassifier(epochs=10, rate=0.02, random_state=0).fit(latencies(points), parts)
    >>> asked, asked_parts = yin_yang(1000, seed=1000)
    >>> said = network.predict(latencies(asked))
    >>> network.score(latencies(asked), asked_parts) > 0.9
    True
    """

    method = "surrogate"
