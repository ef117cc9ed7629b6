"""What an event-driven network did, known at every moment, and the losses of it.

Between two events the voltage of a neuron is the difference of two exponentials, one slow and one fast. Their heights
after each event say all: no time step, and so no error of one. Times are in ms.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

TAU_M, TAU_S = 20.0, 5.0
LIFT = TAU_S / (TAU_M - TAU_S)
"""What a unit of current adds to both exponentials."""
LOSSES = ("average", "sum", "weighted")

_PLACES, _SHARES = np.polynomial.legendre.leggauss(12)
_LONGEST = 10.0
"""A longer time without events is cut into pieces for the integrals, in ms."""


@dataclass(frozen=True)
class Run(ABC):
    """The events in their order, and the voltages between them: V = slow exp(-t / tau_m) - fast exp(-t / tau_s).

    ``times`` begins with 0 and ends with the duration, and ``senders`` has -1 for these two. ``currents`` has, for each
    hidden spike, the current of the neuron that spikes just before it, and 0 for other events.
    """

    n_in: int
    n_hidden: int
    n_out: int
    times: NDArray[np.float64]
    senders: NDArray[np.int64]
    currents: NDArray[np.float64]

    @property
    def spikes(self) -> list[tuple[float, int]]:
        """The spikes of the hidden neurons: when, and which."""
        pairs = zip(self.times.tolist(), self.senders.tolist(), strict=True)
        return [(when, sender - self.n_in) for when, sender in pairs if sender >= self.n_in]

    def voltages(self, moments: ArrayLike) -> NDArray[np.float64]:
        """The voltages of all neurons at some moments, a row for each."""
        return self._voltages(np.asarray(moments, dtype=float), 0)

    @abstractmethod
    def _voltages(self, moments: NDArray[np.float64], begin: int) -> NDArray[np.float64]:
        """The same of the neurons from ``begin`` on, hidden ones before outputs."""

    def loss(self, target: int, shape: str = "sum") -> float:
        """The cross-entropy of output ``target``, of one of three shapes, without a grid: sums have become integrals.

        With T the duration, and -log softmax(scores)[target] of

            "average"   the voltages, at each moment; then the mean over time,
            "sum"       the mean voltages over time,
            "weighted"  the mean over time of exp(-t / T) times the voltages.

        (Nowotny, Turner & Knight 2025, doi:10.1088/2634-4386/ada852.) Raises ValueError for another shape, and for a
        target that is no output.
        """
        return self.loss_and_pushes(target, shape)[0]

    def loss_and_pushes(self, target: int, shape: str) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """The loss, some moments, and -dL/dV of each output there: an integral is a sum over well-chosen moments."""
        if shape not in LOSSES:
            raise ValueError(f"shape is {shape!r}, expected one of {', '.join(LOSSES)}")
        if not 0 <= target < self.n_out:
            raise ValueError(f"target is {target}, expected one of the outputs 0 to {self.n_out - 1}")
        moments, share = self._nodes()
        share = share / self.times[-1]
        outputs = self._voltages(moments, self.n_hidden)
        ahead = outputs - outputs[:, [target]]
        if shape == "average":
            behind = np.logaddexp.reduce(ahead, axis=1, keepdims=True)
            value = share @ behind[:, 0]
        else:
            share = share * (np.exp(-moments / self.times[-1]) if shape == "weighted" else 1.0)
            ahead = share @ ahead
            behind = value = np.logaddexp.reduce(ahead)
        push = np.broadcast_to(-np.exp(ahead - behind), outputs.shape).copy()
        push[:, target] += 1
        return float(value), moments, share[:, None] * push

    def _nodes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where, and with which share, a function that is smooth between events has to be read for its integral.

        By the rule of Gauss and Legendre.
        """
        edges = [
            np.linspace(a, b, 1 + int(np.ceil((b - a) / _LONGEST)))
            for a, b in zip(self.times, self.times[1:], strict=False)
        ]
        start = np.concatenate([edge[:-1] for edge in edges if len(edge) > 1])
        length = np.concatenate([np.diff(edge) for edge in edges if len(edge) > 1])
        moments = start[:, None] + length[:, None] * (1 + _PLACES) / 2
        return moments.ravel(), (length[:, None] * _SHARES / 2).ravel()


@dataclass(frozen=True)
class KeptRun(Run):
    """A run that keeps the heights ``_slow`` and ``_fast`` just after each event: a row for it, a column a neuron."""

    _slow: NDArray[np.float64]
    _fast: NDArray[np.float64]

    def _voltages(self, moments: NDArray[np.float64], begin: int) -> NDArray[np.float64]:
        at = np.clip(np.searchsorted(self.times, moments, side="right") - 1, 0, len(self.times) - 2)
        since, slow, fast = (moments - self.times[at])[:, None], self._slow[:, begin:], self._fast[:, begin:]
        return slow[at] * np.exp(-since / TAU_M) - fast[at] * np.exp(-since / TAU_S)
