"""The network of the chapter on digits, put together from the parts that you write there."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solutions.models.diehl_cook.estimator import DigitEstimator
from solutions.models.diehl_cook.settings import Pace, Settings

TRIES = 100  # of one image; the last is then 5 billion times as bright as the first


class DigitNetwork(DigitEstimator):
    """Inputs, synapses that learn, and neurons that silence each other and get tired: one step at a time.

    To be read, and to be taken apart: 400 neurons need some 35 ms for an image. The same network compiled is
    :class:`~solutions.models.diehl_cook.classifier.DigitClassifier`. After Diehl & Cook, Front. Comput. Neurosci. 9:99
    (2015), doi:10.3389/fncom.2015.00099.

    Parameters
    ----------
    settings : the network's numbers; None for those of the chapter, 400 neurons.
    poisson_fire, SynapseCollection, LIF, AdaptiveThreshold, STDPWeights, all_but_own, present, label_neurons, vote :
        the parts, as the chapter defines them. A network learns without the last two, and can be given them later by
        ``set_params``.
    passes : how often each image is learned from.
    readout : how spikes are read: "vote", "proportions" or "linear".
    random_state : the same number gives the same network; None another each time.
    verbose : whether ``fit`` shows a bar.

    Examples
    --------
    It learns, with some patience; and it can go on with what its compiled twin has learned meanwhile:

    >>> from solutions import DigitClassifier, DigitNetwork
    >>> from solutions.models.diehl_cook.digits import small_digits
    >>> data = small_digits()  # 8 x 8 pixels, a quarter held out
    >>> network = DigitNetwork().fit(data.images[:8])
    >>> network.n_seen_, network.weights_.shape
    (8, (64, 400))
    >>> twin = DigitClassifier(passes=4).fit(data.images).label(data.images, data.labels)
    >>> network.take_over(twin).predict(data.test_images[:8])
    array([8, 6, 2, 5, 9, 8, 9, 3])
    >>> data.test_labels[:8]
    array([8, 6, 2, 5, 9, 8, 5, 3])
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        poisson_fire: Callable,
        SynapseCollection: Callable,
        LIF: Callable,
        AdaptiveThreshold: Callable,
        STDPWeights: Callable,
        all_but_own: Callable,
        present: Callable,
        label_neurons: Callable | None = None,
        vote: Callable | None = None,
        passes: int = 1,
        readout: str = "vote",
        random_state: int | None = 0,
        verbose: bool = False,
    ):
        self.poisson_fire, self.SynapseCollection, self.LIF = poisson_fire, SynapseCollection, LIF
        self.AdaptiveThreshold, self.STDPWeights, self.all_but_own = AdaptiveThreshold, STDPWeights, all_but_own
        self.present, self.label_neurons, self.vote = present, label_neurons, vote
        self.settings, self.passes, self.readout = settings, passes, readout
        self.random_state, self.verbose = random_state, verbose

    def _start(self, weights: NDArray) -> None:
        s = self.settings_
        if s.max_delay:
            raise ValueError(f"max_delay is {s.max_delay}: expected 0, only the compiled network has delays")
        self.synapses_ = self.SynapseCollection(s.neurons, s.tau_s, s.t_step)
        self.neurons_ = self.LIF(s.neurons, s.tau_rc, s.tau_ref, 1.0, s.t_step)
        self.thresholds_ = self._thresholds(s.plus, s.tau_theta)
        self.stdp_ = self.STDPWeights(weights, s.tau_plus, s.tau_minus, s.a_plus, s.a_minus, t_step=s.t_step)
        self.learning = False

    def _thresholds(self, plus: float, tau: float) -> Any:
        """Thresholds that rise and sink like this, and have not risen."""
        return self.AdaptiveThreshold(self.settings_.neurons, 1.0, plus, tau, self.settings_.t_step)

    @property
    def weights_(self) -> NDArray:
        """The weights, shape (pixels, neurons)."""
        return self.stdp_.w

    @weights_.setter
    def weights_(self, weights: NDArray) -> None:
        self.stdp_.w = weights

    @property
    def extra_(self) -> NDArray:
        """What the thresholds have grown by, shape (neurons,)."""
        return self.thresholds_.extra

    @extra_.setter
    def extra_(self, extra: NDArray) -> None:
        self.thresholds_.extra = extra

    def _show(self, images: NDArray, pace: Pace | None, first: int) -> NDArray[np.int16]:
        s, self.learning = self.settings_, pace is not None
        counts = np.zeros((len(images), s.neurons), np.int16)
        for number, image in enumerate(images):
            self._rng = np.random.default_rng((self.seed_, first + number))  # whatever was done in between
            self._tries = 0
            if pace is not None:
                self.stdp_.a_plus, homeostasis = pace.a_plus[number], pace.homeostasis[number]
                tau = s.tau_theta / homeostasis
                if s.homeostasis_end != 1:
                    extra = self.extra_
                    self.thresholds_ = self._thresholds(s.plus * homeostasis, tau)
                    self.extra_ = extra
            counts[number] = self.present(self, image, s.max_rate, s.n_steps, s.enough)
            if self.learning:
                self.normalise()
                self.extra_ = self.extra_ * math.exp(-s.pause / tau)
        self.learning = False
        return counts

    def reset(self) -> None:
        """Forget the image before: all that is fast. Weights and thresholds stay."""
        self._tries = getattr(self, "_tries", 0) + 1
        if self._tries > TRIES:
            raise RuntimeError(f"after {TRIES} tries, each brighter, the network is silent: is the image black?")
        s = self.settings_
        self.synapses_ = self.SynapseCollection(s.neurons, s.tau_s, s.t_step)
        self.neurons_.reset()
        self.neurons_.v_th = self.thresholds_.v_th + self.thresholds_.extra
        self.stdp_.reset()

    def step(self, image: NDArray, max_rate: float) -> NDArray:
        """One step with an image of pixels from 0 to 1: 1 for each neuron that fires, 0 for the others."""
        return self.receive(self.poisson_fire(image, self._rng, max_rate, 1, self.settings_.t_step))

    def receive(self, spikes: NDArray) -> NDArray:
        """One step with given input spikes, 0 or 1/dt each: 1 for each neuron that fires, 0 for the others.

            I -> synapses(mean over the inputs of w s)        tau_rc dv/dt = -v + I        fires at 1 + extra

        and of who fires every other neuron is pushed down by ``inhibition``, not below ``floor``.
        """
        s, neurons = self.settings_, self.neurons_
        current = self.synapses_.step(spikes @ self.weights_ / len(spikes))
        fired = self._who_fires(np.asarray(neurons.step(current)) > 0)
        pushed = neurons.voltage - s.inhibition * np.asarray(self._reaches_others(fired * 1.0))
        neurons.voltage = np.maximum(pushed, s.floor)
        if self.learning:
            self.stdp_.step(spikes, fired)
            neurons.v_th = np.asarray(self.thresholds_.step(fired / s.t_step))
        return fired * 1.0

    def normalise(self) -> None:
        """Scale all weights onto each neuron to one mean: who gains here must give there.

        w_ij <- w_ij mean_weight / (mean over the inputs of w_.j)
        """
        if self.settings_.mean_weight:
            self.weights_ = self.weights_ * (self.settings_.mean_weight / self.weights_.mean(axis=0))

    def _reaches_others(self, fired: NDArray) -> NDArray:
        """What of these spikes arrives at each neuron, as inhibition."""
        return self.all_but_own(fired)

    def _who_fires(self, over: NDArray) -> NDArray:
        """Of all above their thresholds the first: least of its refractory period is left. The others go back there."""
        if not self.settings_.first_only or over.sum() < 2:
            return over
        first = int(np.argmin(np.where(over, self.neurons_.refractory_time, np.inf)))
        late = over.copy()
        late[first] = False
        self.neurons_.voltage[late] = self.neurons_.v_th[late]
        self.neurons_.refractory_time[late] = 0
        return over & ~late


class ExcitatoryInhibitoryNetwork(DigitNetwork):
    """The same network with its inhibitory cells: one for each excitatory neuron, which alone excites it; 400 + 400.

    A cell is a LIF neuron. It inhibits all excitatory neurons but its own, through synapses with a time constant:
    the push arrives over some milliseconds instead of at once. In that time others may fire too: a cell cannot know
    who was the first, and ``settings.first_only`` has no effect. As the time constant goes to 0 this becomes
    :class:`DigitNetwork` without ``first_only``. Figure 1 of Diehl & Cook (2015), doi:10.3389/fncom.2015.00099.

    Takes what :class:`DigitNetwork` takes. Compiled it is ``DigitClassifier(inhibitory_cells=True)``.

    Examples
    --------
    >>> from solutions import DigitClassifier, ExcitatoryInhibitoryNetwork
    >>> from solutions.models.diehl_cook.digits import small_digits
    >>> data = small_digits()
    >>> network = ExcitatoryInhibitoryNetwork().fit(data.images[:8])
    >>> twin = DigitClassifier(inhibitory_cells=True, passes=4).fit(data.images).label(data.images, data.labels)
    >>> network.take_over(twin).predict(data.test_images[:8])
    array([8, 6, 2, 5, 9, 8, 5, 3])
    """

    def _start(self, weights: NDArray) -> None:
        super()._start(weights)
        s = self.settings_
        self.cells_ = self.LIF(s.neurons, s.tau_cell, s.tau_cell_ref, 1.0, s.t_step)
        self.inhibitory_synapses_ = self.SynapseCollection(s.neurons, s.tau_inhibition, s.t_step)

    def reset(self) -> None:
        """Forget the image before, the cells too."""
        super().reset()
        self.cells_.reset()
        s = self.settings_
        self.inhibitory_synapses_ = self.SynapseCollection(s.neurons, s.tau_inhibition, s.t_step)

    def _reaches_others(self, fired: NDArray) -> NDArray:
        s = self.settings_
        spikes = self.cells_.step(s.excitation / s.t_step * fired)
        return s.t_step * np.asarray(self.inhibitory_synapses_.step(self.all_but_own(spikes)))

    def _who_fires(self, over: NDArray) -> NDArray:
        return over
