"""What the compiled loops of the digit network are handed: its numbers, its state, its input spikes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from solutions.models.diehl_cook.settings import Settings


class Numbers(NamedTuple):
    """What the loops need to know of the :class:`~solutions.models.diehl_cook.settings.Settings`, by the same names."""

    n_steps: int
    t_step: float
    max_rate: float
    enough: int
    tau_s: float
    tau_rc: float
    tau_ref: float
    inhibition: float
    floor: float
    first_only: bool
    plus: float
    sinks: float
    tau_plus: float
    tau_minus: float
    a_minus: float
    mean_weight: float
    tau_inhibition: float
    cells: bool

    @classmethod
    def of(cls, settings: Settings, cells: bool) -> "Numbers":
        """With ``cells`` a spike reaches the others through inhibitory cells, which do not know who was first."""
        known: dict[str, Any] = {
            name: kind(getattr(settings, name)) for name, kind in cls.__annotations__.items() if name != "cells"
        }
        return cls(**known | {"first_only": settings.first_only and not cells}, cells=cells)


class Spikes(NamedTuple):
    """Input spikes as one linked list for each step: ``heads[t]``, then ``following``; -1 ends it."""

    heads: np.ndarray
    following: np.ndarray
    channels: np.ndarray  # which input


class State(NamedTuple):
    """All that a network has in mind while it is shown an image."""

    drive: np.ndarray
    v: np.ndarray
    threshold: np.ndarray
    waiting: np.ndarray  # of the refractory period
    own: np.ndarray  # the potential that a neuron's own inhibitory cell has left at all others
    x: np.ndarray  # traces of the inputs, as they were
    x_at: np.ndarray  # at this step
    y: np.ndarray  # and of the neurons
    y_at: np.ndarray


def blank_state(n_inputs: int, neurons: int, dtype: DTypeLike) -> State:
    """Room for the state of a network."""
    sizes = {"x": n_inputs, "x_at": n_inputs, "y": neurons, "y_at": neurons}
    traces = {name: np.zeros(size) for name, size in sizes.items()}
    return State(**{name: np.zeros(neurons, dtype) for name in State._fields if name not in sizes}, **traces)


def listed(raster: np.ndarray) -> Spikes:
    """Input spikes given as an array (steps, inputs), > 0 where one is, in the order that the loops take."""
    steps, inputs = np.nonzero(raster)
    heads, following = np.full(len(raster), -1, np.int32), np.empty(len(steps), np.int32)
    for k, step in enumerate(steps):
        following[k], heads[step] = heads[step], k
    return Spikes(heads, following, inputs.astype(np.int32))
