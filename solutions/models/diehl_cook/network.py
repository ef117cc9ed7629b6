"""The network of the chapter on digits, put together from the parts that you write there."""

from collections.abc import Callable
from typing import Any

import numpy as np


class DigitNetwork:
    """Inputs, synapses that learn, and neurons that silence each other and get tired: one step at a time.

    Parameters
    ----------
    poisson_fire, synapses, neurons, thresholds, weights, all_but_own : the parts, as the chapter defines them.
    rng : where the input spikes come from.
    inhibition, floor : a spike pushes all other neurons down by the first, and never below the second.
    first_only : of several neurons that reach their thresholds in one step, only the first fires. The others are at
        their thresholds when its inhibition strikes them.
    learning : whether weights and thresholds change.
    """

    def __init__(
        self,
        poisson_fire: Callable,
        synapses: Any,
        neurons: Any,
        thresholds: Any,
        weights: Any,
        all_but_own: Callable,
        rng: np.random.Generator,
        inhibition: float = 1.0,
        floor: float = -1.0,
        first_only: bool = True,
        learning: bool = True,
    ):
        self.poisson_fire, self.all_but_own, self.rng = poisson_fire, all_but_own, rng
        self.synapses, self.neurons, self.thresholds, self.weights = synapses, neurons, thresholds, weights
        self.inhibition, self.floor, self.first_only, self.learning = inhibition, floor, first_only, learning

    def reset(self) -> None:
        """Forget the image before: all that is fast. Weights and thresholds stay."""
        self.synapses.voltage = np.zeros(self.neurons.n)
        self.neurons.reset()
        self.neurons.v_th = self.thresholds.v_th + self.thresholds.extra
        self.weights.reset()

    def step(self, image: np.ndarray, max_rate: float) -> np.ndarray:
        """One step with an image of pixels from 0 to 1: 1 for each neuron that fires, 0 for the others."""
        dt = self.neurons.t_step
        return self.receive(self.poisson_fire(image, self.rng, max_rate, 1, dt))

    def receive(self, spikes: np.ndarray) -> np.ndarray:
        """One step with given input spikes, 0 or 1/dt each."""
        neurons = self.neurons
        current = self.synapses.step(spikes @ self.weights.w / len(spikes))
        fired = np.asarray(neurons.step(current)) > 0
        if self.first_only and fired.sum() > 1:
            fired = self._first_of(fired)
        pushed = neurons.voltage - self.inhibition * np.asarray(self.all_but_own(fired * 1.0))
        neurons.voltage = np.where(fired.any(), np.maximum(pushed, self.floor), neurons.voltage)
        if self.learning:
            self.weights.step(spikes, fired)
            neurons.v_th = self.thresholds.step(fired)
        return fired * 1.0

    def normalise(self, mean: float) -> None:
        """Scale all weights onto each neuron to this mean: who gains here must give there."""
        self.weights.w *= mean / self.weights.w.mean(axis=0)

    def _first_of(self, fired: np.ndarray) -> np.ndarray:
        """Who fired first has the least of its refractory period left. The others go back to their thresholds."""
        first = int(np.argmin(np.where(fired, self.neurons.refractory_time, np.inf)))
        late = fired.copy()
        late[first] = False
        self.neurons.voltage[late] = self.neurons.v_th[late]
        self.neurons.refractory_time[late] = 0
        return fired & ~late
