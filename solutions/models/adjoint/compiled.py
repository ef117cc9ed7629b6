"""The event-driven network in a compiled loop: what it does is what the readable one does.

What a run is, and its exact gradient, is in :mod:`solutions.models.adjoint.event_driven`; how the loop goes, in
:mod:`solutions.models.adjoint.event_kernels`. Times are in ms.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solutions.models.adjoint import event_kernels
from solutions.models.adjoint.event_driven import EventDrivenNetwork, InOrder, most_spikes, without_end
from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S, Run

Synapses = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]


@dataclass(frozen=True)
class ReplayedRun(Run):
    """A run of which only the events are kept. Voltages are computed from them when somebody asks."""

    _weights: NDArray[np.float64]

    def _voltages(self, moments: NDArray[np.float64], begin: int) -> NDArray[np.float64]:
        order = np.argsort(moments, kind="stable")
        lifts = np.ascontiguousarray(LIFT * self._weights[:, begin:])
        found = np.empty((len(moments), lifts.shape[1]))
        found[order] = event_kernels.voltages(
            moments[order], (self.times, self.senders), lifts, self.n_in, self.n_hidden, begin, TAU_M, TAU_S
        )
        return found


class CompiledEventDrivenNetwork(EventDrivenNetwork):
    r"""The compiled twin of :class:`solutions.models.adjoint.event_driven.EventDrivenNetwork`: the same to rounding.

    Hidden neurons and outputs follow

    .. math:: \tau_m \dot V = -V + I, \qquad \tau_s \dot I = -I, \qquad I \leftarrow I + w \text{ at each arrival}

    (Wunderlich & Pehle 2021, doi:10.1038/s41598-021-91786-z, table 1), with times in ms and numbers in float64. A
    hidden neuron spikes when it reaches the threshold, and starts again from V = 0. Spikes come in the same order as in
    the readable network; of neurons that spike at the same time the lowest comes first, and an input comes before both.
    Where neurons that are alike hear each other and their spikes fall together, rounding decides who is first, in both
    networks.

    What a run costs grows with what arrives, and hardly with how many neurons there are. Voltages are computed from the
    events when somebody asks for them.

    Parameters
    ----------
    n_in, n_hidden, n_out, weights, threshold, seed, jump : those of the readable network, with the same defaults. The
        network's ``weights`` are its own and cannot be written to: :meth:`with_weights` makes another network.
    next_spike : None: the loop solves for the times of spikes itself.

    Raises ValueError for a ``next_spike``, and for what the readable network refuses.

    Examples
    --------
    >>> from solutions import CompiledEventDrivenNetwork, EventDrivenNetwork
    >>> from solutions.models.adjoint.event_driven import random_spikes
    >>> network, readable = CompiledEventDrivenNetwork(seed=0), EventDrivenNetwork(seed=0)
    >>> times, senders = random_spikes(seed=0)
    >>> run, same = network.run(times, senders), readable.run(times, senders)
    >>> len(run.spikes), max(abs(one - other) for (one, _), (other, _) in zip(run.spikes, same.spikes)) < 1e-12
    (38, True)

    It is made for many neurons. A thousand of them, each of which hears five inputs and five others:

    >>> import numpy as np
    >>> rng, weights = np.random.default_rng(0), np.zeros((2000, 1000))
    >>> for neuron in range(1000):
    ...     weights[rng.choice(1000, 5, replace=False), neuron] = 4.0
    ...     weights[1000 + rng.choice(1000, 5, replace=False), neuron] = rng.normal(0.0, 0.8, 5)
    >>> large = CompiledEventDrivenNetwork(1000, 1000, 0, weights=weights)
    >>> spikes = large.run(rng.uniform(0, 70, 1000), np.arange(1000), duration=100.0).spikes
    >>> len(spikes)
    2939
    """

    def __init__(self, n_in: int = 8, n_hidden: int = 5, n_out: int = 3, **others: Any) -> None:
        super().__init__(n_in, n_hidden, n_out, **others)
        if self.next_spike is not None:
            raise ValueError("next_spike is given, and None is expected: the compiled loop solves for the times itself")
        self.weights.flags.writeable = False  # lists are made from them once
        self._listed: tuple[NDArray[np.float64], Synapses] | None = None

    def _follow(self, in_order: InOrder) -> Run:
        most = len(in_order[0]) + most_spikes(self.n_hidden) + 1
        when, who, currents, whole = event_kernels.run(
            in_order, self._synapses(), self.n_hidden, float(self.threshold), TAU_M, TAU_S, most
        )
        if not whole:
            raise without_end(float(when[-1]), self.n_hidden)
        return ReplayedRun(self.n_in, self.n_hidden, self.n_out, when, who, currents, self.weights)

    def _synapses(self) -> Synapses:
        """Where the synapses of each sender onto hidden neurons begin; their receivers; what each adds to a height."""
        if self._listed is None or self._listed[0] is not self.weights:
            self.weights = np.array(self.weights, dtype=float)
            self.weights.flags.writeable = False
            before, after = np.nonzero(self.weights[:, : self.n_hidden])
            first = np.searchsorted(before, np.arange(len(self.weights) + 1))
            self._listed = self.weights, (first, after.astype(np.int32), LIFT * self.weights[before, after])
        return self._listed[1]
