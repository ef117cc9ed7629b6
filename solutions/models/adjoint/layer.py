"""A layer of spiking neurons and its gradient, for many recordings at a time: quick enough to train while one looks on.

Events drive a hidden layer of leaky integrate-and-fire neurons, their spikes drive leaky readouts that never fire.
Time goes in steps, but nothing is rounded to them. Between events the equations are solved exactly; an event enters at
its own time, wherever it falls in a step; and where a voltage crosses the threshold inside a step, the time is found on
the straight line between the voltages at its two ends. So a spike moves smoothly when a weight changes, and two ways
back are possible through the same network:

``eventprop``
    The adjoint of Wunderlich & Pehle (2021, doi:10.1038/s41598-021-91786-z), whose jump at a spike is here the exact
    derivative of what a step does. It agrees with finite differences at *every* step size, and with the adjoint in
    continuous time in the limit of small ones.
``surrogate``
    Backpropagation through all steps, with a smooth bump in place of the derivative of the spike, as Zenke & Ganguli
    (2018, doi:10.1162/neco_a_01086) have it.

Both carry a_V = dL/dV and a_I = dL/dI from the end to the start. Those are the adjoints of the chapter in another unit:
a_V = -tau_m lambda_V and a_I = -tau_s lambda_I.

The loops over neurons are compiled by numba. A batch is cut into ``SHARES`` parts, which threads work on side by side
and whose gradients are added in a fixed order: the same seed gives the same weights on any number of cores.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solutions.models.adjoint import kernels
from solutions.models.adjoint.recordings import Events
from solutions.models.compiled import THREADS

SHARES = 4
"""Parts of a batch: a fixed number, so that sums are the same on all machines."""
_pool = ThreadPoolExecutor(THREADS)


class Neurons(NamedTuple):
    """What all neurons of a network share: time constants and step in milliseconds, threshold."""

    tau_m: float = 20.0
    tau_s: float = 5.0
    theta: float = 1.0
    dt: float = 1.0


STANDARD = Neurons()


class Weights(NamedTuple):
    """``hidden`` (channels, hidden neurons) and ``out`` (hidden neurons, classes). A gradient has the same form."""

    hidden: NDArray
    out: NDArray


class Run(NamedTuple):
    """What a network did with a batch.

    ``voltage`` of the readouts after each step (recordings, steps, classes). Hidden spikes: ``n_spikes`` of each
    recording, and for each of these its ``step``, its ``neuron``, and in ``at`` how long before the end of the step it
    happened (ms) and how much this time changes with the voltage at the end and at the start of the step. ``membrane``
    (recordings, steps, hidden) only if a surrogate gradient is to be taken: before the reset.
    """

    voltage: NDArray
    n_spikes: NDArray
    step: NDArray
    neuron: NDArray
    at: NDArray
    membrane: NDArray

    def spike_times(self, dt: float) -> list[NDArray]:
        """The times of all hidden spikes (ms), an array for each recording."""
        ends = (self.step + 1) * dt - self.at[:, :, 0]
        return [row[:count] for row, count in zip(ends, self.n_spikes, strict=True)]


def initial(n_channels: int, n_hidden: int, n_classes: int, seed: int, mean: float, spread: float) -> Weights:
    """Random weights to begin with, those of the hidden layer normal with this mean and standard deviation."""
    rng = np.random.default_rng([seed, n_hidden])
    hidden = rng.normal(mean, spread, (n_channels, n_hidden))
    return Weights(hidden.astype(np.float32), rng.normal(0, 0.1, (n_hidden, n_classes)).astype(np.float32))


# Forward


def forward(weights: Weights, events: Events, n_steps: int, neurons: Neurons = STANDARD, keep: bool = False) -> Run:
    """Let the network run for ``n_steps`` steps. ``keep`` the membrane too, for a surrogate gradient.

        tau_m dV/dt = -V + I        tau_s dI/dt = -I        a hidden V that reaches theta spikes and starts again from 0

    Events after the last step are not heard. Raises ValueError for a channel that has no weight.
    """
    hidden, out = _checked(weights)
    if len(events.channels) and not 0 <= events.channels.min() <= events.channels.max() < len(hidden):
        bad = events.channels.max() if events.channels.max() >= len(hidden) else events.channels.min()
        raise ValueError(f"an event is in channel {bad}, and the weights know channels 0 to {len(hidden) - 1}")
    if n_steps < 1:
        raise ValueError(f"n_steps is {n_steps}, and at least one step is needed")
    fixed = _constants(neurons, hidden.dtype)
    arrivals = _arrivals(events, n_steps, neurons, hidden.dtype)
    size, n_hidden = len(events.first) - 1, hidden.shape[1]
    run = Run(
        np.empty((size, n_steps, out.shape[1]), hidden.dtype),
        np.empty(size, np.int64),
        np.empty((size, n_steps * n_hidden), np.int32),  # as many as there could be; memory that is never
        np.empty((size, n_steps * n_hidden), np.int32),  # written to is never taken
        np.empty((size, n_steps * n_hidden, 3), hidden.dtype),
        np.empty((size, n_steps, n_hidden) if keep else (0, 0, 0), hidden.dtype),
    )
    _shared(size, lambda a, b: kernels.forward(a, b, hidden, out, events.first, arrivals, fixed, run))
    return run


def _checked(weights: Weights) -> Weights:
    hidden, out = weights
    if hidden.ndim != 2 or out.ndim != 2 or hidden.shape[1] != out.shape[0]:
        raise ValueError(f"weights of shapes {hidden.shape} and {out.shape} do not fit: (n, m) and (m, k) are expected")
    if hidden.dtype != out.dtype or hidden.dtype not in (np.float32, np.float64):
        raise ValueError(f"weights are {hidden.dtype} and {out.dtype}; both float32 or both float64 are expected")
    return Weights(np.ascontiguousarray(hidden), np.ascontiguousarray(out))


def _constants(neurons: Neurons, dtype: np.dtype) -> tuple:
    tau_m, tau_s, theta, dt = neurons
    if not (tau_m > tau_s > 0 and theta > 0 and dt > 0):
        raise ValueError(f"tau_m > tau_s > 0, theta > 0 and dt > 0 are expected, and they are {tuple(neurons)}")
    lift = tau_s / (tau_m - tau_s)
    values = (np.exp(-dt / tau_m), np.exp(-dt / tau_s), lift * (np.exp(-dt / tau_m) - np.exp(-dt / tau_s)))
    return tuple(dtype.type(value) for value in (*values, tau_m, tau_s, theta, dt, lift))


def _arrivals(events: Events, n_steps: int, neurons: Neurons, dtype: np.dtype) -> tuple[NDArray, ...]:
    """Of each event: its channel, its step, and what a weight of 1 adds to I and V at the end of this step."""
    tau_m, tau_s, _theta, dt = neurons
    step = np.minimum(events.times / dt + 1e-9, n_steps).astype(np.int32)  # 0.3 / 0.1 is step 3, not 2.9999999999999996
    left = (step + 1) * dt - events.times
    decay, slow = np.exp(-left / tau_s), np.exp(-left / tau_m)
    return events.channels, step, decay.astype(dtype), (tau_s / (tau_m - tau_s) * (slow - decay)).astype(dtype)


def _shared(size: int, work: Callable[[int, int], object]) -> list:
    bounds = [size * part // SHARES for part in range(SHARES + 1)]
    return list(_pool.map(work, bounds[:-1], bounds[1:]))


# Backward


def eventprop(
    weights: Weights,
    events: Events,
    run: Run,
    error: NDArray,
    neurons: Neurons = STANDARD,
    emphasis: NDArray | None = None,
) -> Weights:
    """dL/dw of all weights by the adjoint: only spikes and events are touched.

        dL/dw = sum over what arrives of a_I = -tau_s sum of lambda_I

    Parameters
    ----------
    run : what ``forward`` gave for these weights and events.
    error : dL/dvoltage of the readouts, shape (recordings, steps, classes). With ``emphasis``: dL/dscore, shape
        (recordings, classes), where the score of a class is the sum over the steps of emphasis * voltage.
    emphasis : shape (steps,).
    """
    return _backward(kernels.eventprop, weights, events, run, error, neurons, emphasis)


def surrogate(
    weights: Weights,
    events: Events,
    run: Run,
    error: NDArray,
    neurons: Neurons = STANDARD,
    emphasis: NDArray | None = None,
    beta: float = 10.0,
) -> Weights:
    """An estimate of dL/dw with a smooth bump of steepness ``beta`` in place of the derivative of a spike.

        d spike / dV = 1 / (1 + beta |V - theta| / theta)^2

    The other parameters are those of :func:`eventprop`; ``run`` has to come from ``forward(..., keep=True)``.
    """
    if not run.membrane.size:
        raise ValueError("a surrogate gradient needs the membrane: run forward(..., keep=True)")
    return _backward(kernels.surrogate, weights, events, run, error, neurons, emphasis, weights.out.dtype.type(beta))


METHODS: dict[str, Callable[..., Weights]] = {"eventprop": eventprop, "surrogate": surrogate}


def _backward(
    kernel: Callable,
    weights: Weights,
    events: Events,
    run: Run,
    error: NDArray,
    neurons: Neurons,
    emphasis: NDArray | None,
    *more: float,
) -> Weights:
    hidden, out = _checked(weights)
    size, n_steps, n_classes = run.voltage.shape
    if emphasis is None:
        if np.shape(error) != run.voltage.shape:
            raise ValueError(
                f"error has shape {np.shape(error)}; that of the voltage, {run.voltage.shape}, is expected"
            )
        emphasis = np.ones(n_steps)
    elif np.shape(error) != (size, n_classes) or np.shape(emphasis) != (n_steps,):
        raise ValueError(
            f"error has shape {np.shape(error)} and emphasis {np.shape(emphasis)}; {(size, n_classes)} and "
            f"{(n_steps,)} are expected"
        )
    error = np.ascontiguousarray(error, dtype=hidden.dtype).reshape(size, -1, n_classes)
    emphasis = np.ascontiguousarray(emphasis, dtype=hidden.dtype)
    arrivals, fixed = _arrivals(events, n_steps, neurons, hidden.dtype), _constants(neurons, hidden.dtype)

    def work(begin: int, end: int) -> Weights:
        part = Weights(np.zeros_like(hidden), np.zeros_like(out))
        kernel(begin, end, out, events.first, arrivals, fixed, run, error, emphasis, *part, *more)
        return part

    total, *parts = _shared(size, work)
    for part in parts:
        total.hidden[:] += part.hidden
        total.out[:] += part.out
    return total
