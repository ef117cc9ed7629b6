r"""Leaky integrate-and-fire neurons in a compiled loop, with the same numbers as the chapter's readable function.

.. math:: v \leftarrow v + (i - v) / \tau, \qquad \text{a spike where } v \ge \theta\text{, and then } v \leftarrow 0

in steps of one. Lapicque (1907), translated by Brunel & van Rossum, Biol. Cybern. 97 (2007),
doi:10.1007/s00422-007-0189-6; Gerstner, Kistler, Naud & Paninski, *Neuronal Dynamics* (2014), section 1.3,
doi:10.1017/CBO9781107447615.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.compiled import compiled


class LIFNeurons:
    """Leaky integrate-and-fire neurons that do not hear each other, compiled.

    A second call goes on where the one before it ended. So a long recording, or one of a million neurons, can be handed
    over in pieces, and only a piece of it has to fit into memory.

    Parameters
    ----------
    tau : the time constant, in steps.
    threshold : the voltage at which a neuron fires, after which it is 0; math.inf for never.

    Attributes
    ----------
    voltage_ : the voltages after the last step, shape (N,), float64; None before the first call.

    Examples
    --------
    >>> import numpy as np
    >>> from solutions import LIFNeurons
    >>> currents = np.random.default_rng(0).uniform(0, 3, (1000, 200))
    >>> neurons = LIFNeurons(tau=20, threshold=1)
    >>> spikes, voltages = neurons.run(currents)
    >>> spikes.shape, int(spikes.sum())
    ((1000, 200), 8948)

    To know how often each one fires, no more is kept than one number for each:

    >>> neurons.reset()
    >>> counts = sum(neurons.count(piece) for piece in np.split(currents, 10))
    >>> np.array_equal(counts, spikes.sum(axis=0))
    True
    """

    def __init__(self, tau: float, threshold: float) -> None:
        self.tau, self.threshold = float(tau), float(threshold)
        self.voltage_: NDArray[np.float64] | None = None

    def reset(self) -> None:
        """Back to the beginning: all voltages are 0."""
        self.voltage_ = None

    def run(self, input_data: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Spikes and voltages at each step.

        Parameters
        ----------
        input_data : the input current at each step, shape (T,), or (T, N) for N neurons. float32 is read as it lies
            there; the sums are float64.

        Returns
        -------
        output : the spikes at each step, 1 or 0, in the shape of input_data, float64.
        membrane : the voltages after each step and its reset, in the same shape, float64.
        """
        current, columns, voltage = self._ready(input_data)
        output, membrane = np.empty(columns.shape), np.empty(columns.shape)
        _follow(columns, voltage, self.tau, self.threshold, output, membrane)
        return output.reshape(current.shape), membrane.reshape(current.shape)

    def count(self, input_data: ArrayLike) -> NDArray[np.int64]:
        """How many spikes each neuron fires, shape (N,), or () for one; input_data as in :meth:`run`."""
        current, columns, voltage = self._ready(input_data)
        counts = np.zeros(columns.shape[1], np.int64)
        _count(columns, voltage, self.tau, self.threshold, counts)
        return counts.reshape(current.shape[1:])

    def _ready(self, input_data: ArrayLike) -> tuple[NDArray, NDArray, NDArray[np.float64]]:
        """The currents as they were given, the same as (steps, neurons), and the voltages to go on from."""
        current = np.asarray(input_data)
        if current.dtype != np.float32:
            current = current.astype(np.float64, copy=False)
        if not current.ndim:
            raise ValueError("one number was given as the current, and a row of them is expected, one for each step")
        columns = np.ascontiguousarray(current).reshape(len(current), int(np.prod(current.shape[1:])))
        if self.voltage_ is None:
            self.voltage_ = np.zeros(columns.shape[1])
        if len(self.voltage_) != columns.shape[1]:
            raise ValueError(
                f"currents of {columns.shape[1]} neurons were given, and there are {len(self.voltage_)}: "
                f"reset() begins with others"
            )
        return current, columns, self.voltage_


@compiled
def _follow(current, voltage, tau, threshold, output, membrane):
    for step in range(len(current)):
        flows, fires, stays = current[step], output[step], membrane[step]  # rows: numba vectorizes a loop over them
        for n in range(len(voltage)):
            reached = voltage[n] + (flows[n] - voltage[n]) / tau
            fires[n] = reached >= threshold
            voltage[n] = 0.0 if reached >= threshold else reached
            stays[n] = voltage[n]


@compiled
def _count(current, voltage, tau, threshold, counts):
    for step in range(len(current)):
        flows = current[step]
        for n in range(len(voltage)):
            reached = voltage[n] + (flows[n] - voltage[n]) / tau
            counts[n] += reached >= threshold
            voltage[n] = 0.0 if reached >= threshold else reached
