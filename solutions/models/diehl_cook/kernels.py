"""The loops of the digit network, compiled: some hundred times as fast as the readable one.

What makes it fast: nothing is done for a silent input. The potentials of all synapses of a neuron fade alike, so
one number per neuron stands for their sum (a filter is linear). A trace is computed when somebody asks for it; weights
are touched when their neuron fires. What is left for every step is one multiplication and one addition per neuron.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import DTypeLike

from solutions.models.diehl_cook.settings import Settings

TRIES = 20  # an image at which the network stays silent is given up after so many


def compiled(function: Callable) -> Callable:
    """Compile at the first call, and keep the result beside the file where that can be written."""
    try:
        return njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # no place to keep it: in the room where notebooks are graded, say
        return njit(error_model="numpy")(function)


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


@compiled
def _uniform(state):
    """A number between 0 and 1 from splitmix64: the state is one number, so a training can be taken up again."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def draw_spikes(chances, state, spikes):
    """Poisson spikes of all inputs, in place. Gaps between spikes are drawn, not steps."""
    heads, following, channels = spikes
    heads[:] = -1
    n = 0
    for i in range(chances.size):
        chance = min(chances[i], 0.999)
        if chance <= 0:
            continue
        scale = 1.0 / math.log(1.0 - chance)
        t = int(math.log(1.0 - _uniform(state)) * scale)
        while t < heads.size:
            channels[n] = i
            following[n] = heads[t]
            heads[t] = n
            n += 1
            t += 1 + int(math.log(1.0 - _uniform(state)) * scale)


@compiled
def follow(state, numbers, keep, somebody_rests):
    """All voltages follow their drives for one step: how many are then above their thresholds?"""
    drive, v, threshold, waiting, dt = state.drive, state.v, state.threshold, state.waiting, numbers.t_step
    over = 0
    if somebody_rests:
        for j in range(v.size):
            awake = min(max(dt - waiting[j], 0.0), dt)
            waiting[j] = max(waiting[j] - dt, 0.0)
            if awake == dt:
                v[j] = drive[j] + (v[j] - drive[j]) * keep
            else:
                v[j] = drive[j] + (v[j] - drive[j]) * v.dtype.type(math.exp(-awake / numbers.tau_rc))
            over += v[j] > threshold[j]
    else:
        for j in range(v.size):
            v[j] = drive[j] + (v[j] - drive[j]) * keep
            over += v[j] > threshold[j]
    return over


@compiled
def begin_to_rest(state, numbers, counts):
    """Who fires begins to rest and is counted: all above their thresholds, or who was there first. Who, and how many?

    -1 stands for all of them.
    """
    first, earliest, fired = -1, 0.0, 0
    for j in range(state.v.size):
        if state.v[j] > state.threshold[j]:
            since = 0.0
            gap = float(state.drive[j]) - float(state.v[j])
            if gap > 0:
                since = numbers.tau_rc * math.log((float(state.drive[j]) - float(state.threshold[j])) / gap)
            if first < 0 or since > earliest:
                first, earliest = j, since
            if not numbers.first_only:
                # who slept for a part of this step cannot have been there before it woke
                state.waiting[j] = numbers.tau_ref - min(since, numbers.t_step)
                counts[j] += 1
                fired += 1
    if not numbers.first_only:
        return -1, fired
    state.waiting[first] = numbers.tau_ref - min(earliest, numbers.t_step)
    counts[first] += 1
    return first, 1


@compiled
def learn_late_input(w, i, t, state, numbers, spoke):
    """An input spikes after neurons have: its weights to them sink."""
    kind = w.dtype.type
    for j in spoke:
        trace = state.y[j] * math.exp((state.y_at[j] - t) * numbers.t_step / numbers.tau_minus)
        w[i, j] = max(w[i, j] - kind(numbers.a_minus * trace), kind(0))


@compiled
def learn_spike(w, j, t, state, numbers, eta):
    """A neuron fires: the weights of the inputs that spiked before grow."""
    kind = w.dtype.type
    for i in range(state.x.size):
        if state.x[i] > 0:
            fades = math.exp((state.x_at[i] - t) * numbers.t_step / numbers.tau_plus)
            w[i, j] = min(w[i, j] + kind(eta * state.x[i] * fades), kind(1))
    state.y[j] = 1.0
    state.y_at[j] = t
