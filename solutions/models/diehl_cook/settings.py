"""The numbers of the digit network, one set for its readable and its compiled version."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np


class Pace(NamedTuple):
    """How fast a network learns from an image, or from each of several: numbers, or arrays of shape (images,)."""

    a_plus: Any
    homeostasis: Any  # 1: thresholds rise by ``plus`` and sink with ``tau_theta``; 0.5: half as fast, both

    def of(self, which: Any) -> "Pace":
        """The pace of one image, or of some."""
        return Pace(self.a_plus[which], self.homeostasis[which])


@dataclass(frozen=True)
class Settings:
    """The network's numbers: times in seconds, rates in hertz, voltages in units of the resting threshold.

    After Diehl & Cook, Front. Comput. Neurosci. 9:99 (2015), doi:10.3389/fncom.2015.00099; the paper's volts and
    conductances are replaced by voltages without a unit and by a push.
    """

    neurons: int = 400
    max_rate: float = 63.75  # of a full pixel
    seconds: float = 0.35  # how long an image is shown
    pause: float = 0.15  # without an image, in which thresholds sink on
    enough: int = 5  # spikes, before the network may go on
    t_step: float = 0.001
    tau_s: float = 0.005  # synapse
    tau_rc: float = 0.05  # membrane
    tau_ref: float = 0.005
    inhibition: float = 1.0  # how far a spike pushes all others down
    floor: float = -1.0  # no farther than here
    first_only: bool = True  # of several neurons that get there in one step, only the first fires
    theta_plus: float = 0.02  # what a spike adds to its neuron's threshold, where there are 400 neurons
    theta_start: float = 0.0  # what has been added to all thresholds before the first image
    tau_theta: float = 1e4
    homeostasis_end: float = 1.0  # at the end of the training thresholds rise and sink only so fast: 0.1, a tenth
    tau_plus: float = 0.02
    tau_minus: float = 0.02
    a_plus: float = 0.01
    a_plus_end: float = 0.01  # at the end of the training
    a_minus: float = 0.0
    mean_weight: float = 0.1  # kept so by the normalisation; 0: no normalisation
    max_delay: float = 0.0  # of the synapses from the inputs, drawn at random from 0 to this; compiled network only
    # Where there are inhibitory cells:
    excitation: float = 0.02  # the area of the current from a neuron's spike to its cell: this much times 1 second
    tau_cell: float = 0.01  # the cell's membrane
    tau_cell_ref: float = 0.002
    tau_inhibition: float = 0.002  # the synapses from the cell to the other neurons

    def __post_init__(self) -> None:
        for name in ("neurons", "max_rate", "seconds", "t_step", "tau_s", "tau_rc", "tau_theta", "tau_inhibition"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} is {getattr(self, name)}: expected more than 0")
        if self.tau_ref < self.t_step:
            raise ValueError(f"tau_ref is {self.tau_ref} s: expected at least one step, {self.t_step} s")
        if not 0 < self.homeostasis_end <= 1:
            raise ValueError(f"homeostasis_end is {self.homeostasis_end}: expected more than 0 and at most 1")
        if self.floor > 0:
            raise ValueError(f"floor is {self.floor}: expected at most 0, where a voltage begins")

    @property
    def n_steps(self) -> int:
        """How many steps an image is shown."""
        return round(self.seconds / self.t_step)

    @property
    def plus(self) -> float:
        """What one spike adds to its neuron's threshold, theta_plus n / 400 for n neurons.

        The more neurons there are, the rarer is each one's turn, and the more it adds.
        """
        return self.theta_plus * self.neurons / 400

    def pace(self, n_images: int) -> Pace:
        """The pace of a training with so many images: both numbers go straight from their beginning to their end."""
        return Pace(
            np.linspace(self.a_plus, self.a_plus_end, n_images), np.linspace(1.0, self.homeostasis_end, n_images)
        )

    @property
    def sinks(self) -> float:
        """What is left of the extra part of a threshold after one image and the pause: exp(-(both) / tau_theta)."""
        return math.exp(-(self.seconds + self.pause) / self.tau_theta)


def for_mnist(neurons: int, **changes: Any) -> Settings:
    """Settings for the large digits: thresholds that sink within 6000 images, and the fewer neurons, the slower.

    With fewer neurons each one's turn comes more often, and each stands for more images. It gets less tired by each
    (:attr:`Settings.plus`), learns less from each, and in the end a tenth of that.
    """
    rate = 0.01 * min(1.0, neurons / 400) ** 0.5
    end = rate if neurons >= 400 else rate / 10
    return Settings(**{"neurons": neurons, "tau_theta": 3000.0, "a_plus": rate, "a_plus_end": end} | changes)


def for_bright_mnist(neurons: int, **changes: Any) -> Settings:
    """Settings for large digits that :func:`~solutions.models.diehl_cook.digits.equally_bright` has scaled.

    A full pixel stands for a rate at which one try is mostly enough. A spike pushes the others as far down as they go,
    whatever the thresholds have risen to: so an image belongs to a few neurons. And the training calms down: it ends
    with an eighth of its rate of learning, and with thresholds that rise and sink a sixteenth as fast. The more neurons
    there are, the more each learns from the few images that are its own.
    """
    rate = 0.01 * (neurons / 100) ** 0.5
    calm = {"a_plus": rate, "a_plus_end": rate / 8, "homeostasis_end": 1 / 16}
    return for_mnist(neurons, **{"max_rate": 200.0, "inhibition": 3.0} | calm | changes)
