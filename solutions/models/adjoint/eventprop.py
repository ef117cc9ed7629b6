r"""A layer of spiking neurons, trained by the adjoint method: quick enough to train while one looks on.

Events drive a hidden layer of leaky integrate-and-fire neurons, their spikes drive leaky readouts that never fire:

    tau_m dV/dt = -V + I        tau_s dI/dt = -I        a hidden V that reaches theta spikes and starts again from 0

Time goes in steps, but nothing is rounded to them. Between events the equations are solved exactly; an event enters at
its own time, wherever it falls in a step; and where a voltage crosses the threshold inside a step, the time is found on
the straight line between the voltages at its two ends. So a spike moves smoothly when a weight changes, and two ways
back are possible through the same network:

``eventprop``
    The adjoint of Wunderlich & Pehle (2021, doi:10.1038/s41598-021-91786-z), whose jump at a spike is here the exact
    derivative of what a step does. It agrees with finite differences at *every* step size, and with the adjoint in
    continuous time in the limit of small ones.
``surrogate``
    Backpropagation through all steps, with a smooth bump in place of the derivative of the spike: 1 / (1 + beta |V -
    theta| / theta)^2, as Zenke & Ganguli (2018, doi:10.1162/neco_a_01086) have it.

Both carry a_V = dL/dV and a_I = dL/dI from the end to the start. Those are the adjoints of the chapter in another unit:
a_V = -tau_m lambda_V and a_I = -tau_s lambda_I.

The loops over neurons are compiled by numba. A batch is cut into ``SHARES`` parts, which threads work on side by side
and whose gradients are added in a fixed order: the same seed gives the same weights on any number of cores.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

try:
    from numba import njit
except ImportError:
    raise ImportError("the networks of this chapter are compiled by numba: pip install numba") from None

SHARES = 4
"""Parts of a batch: a fixed number, so that sums are the same on all machines."""
_pool = ThreadPoolExecutor(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1))  # as other libraries have it


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


class Events(NamedTuple):
    """A batch of recordings: event ``first[b]`` to ``first[b + 1]`` belong to recording b, in the order of time."""

    times: NDArray
    channels: NDArray
    first: NDArray


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


def events_of(recordings: list[tuple[ArrayLike, ArrayLike]]) -> Events:
    """A batch of recordings, each a pair of times (ms, from 0) and channels."""
    if not recordings:
        raise ValueError("a batch needs at least one recording, and the list is empty")
    times, channels = [], []
    for number, (when, where) in enumerate(recordings):
        when, where = np.asarray(when, dtype=float), np.asarray(where)
        if when.ndim != 1 or when.shape != where.shape:
            raise ValueError(f"recording {number}: {when.shape} times and {where.shape} channels; one each is expected")
        if when.size and not (np.isfinite(when).all() and when.min() >= 0):
            raise ValueError(f"recording {number}: times have to be finite and not before 0, and one is {when.min()}")
        order = np.argsort(when, kind="stable")
        times.append(when[order])
        channels.append(where[order])
    first = np.concatenate([[0], np.cumsum([len(one) for one in times])])
    return Events(np.concatenate(times), np.concatenate(channels).astype(np.int32), first.astype(np.int64))


def events_of_raster(raster: ArrayLike, dt: float = 1.0) -> Events:
    """A batch from an array (recordings, steps, channels) that is 1 where there is an event, at the start of a step."""
    raster = np.asarray(raster)
    if raster.ndim != 3:
        raise ValueError(f"raster has shape {raster.shape}; (recordings, steps, channels) is expected")
    flat = np.flatnonzero(raster != 0)  # many times quicker from truth values than from floats
    recording, step = np.divmod(flat // raster.shape[2], raster.shape[1])
    first = np.searchsorted(recording, np.arange(len(raster) + 1))
    return Events(step * dt, (flat % raster.shape[2]).astype(np.int32), first)


def some(events: Events, which: NDArray) -> Events:
    """The batch of these recordings only."""
    length = np.diff(events.first)[which]
    first = np.concatenate([[0], np.cumsum(length)])
    place = np.arange(first[-1]) + np.repeat(events.first[:-1][which] - first[:-1], length)
    return Events(events.times[place], events.channels[place], first)


# Forward


def forward(weights: Weights, events: Events, n_steps: int, neurons: Neurons = STANDARD, keep: bool = False) -> Run:
    """Let the network run for ``n_steps`` steps. ``keep`` the membrane too, for a surrogate gradient.

    Events after the last step are not heard. Raises ValueError for a channel that has no weight.
    """
    hidden, out = _checked(weights)
    if len(events.channels) and not 0 <= events.channels.min() <= events.channels.max() < len(hidden):
        bad = events.channels.max() if events.channels.max() >= len(hidden) else events.channels.min()
        raise ValueError(f"an event is in channel {bad}, and the weights know channels 0 to {len(hidden) - 1}")
    if n_steps < 1:
        raise ValueError(f"n_steps is {n_steps}, and at least one step is needed")
    fixed = _constants(neurons, hidden.dtype)
    step, decay, rise = _arrivals(events, n_steps, neurons, hidden.dtype)
    size, n_hidden = len(events.first) - 1, hidden.shape[1]
    run = Run(
        np.empty((size, n_steps, out.shape[1]), hidden.dtype),
        np.empty(size, np.int64),
        np.empty((size, n_steps * n_hidden), np.int32),  # as many as there could be; memory that is never
        np.empty((size, n_steps * n_hidden), np.int32),  # written to is never taken
        np.empty((size, n_steps * n_hidden, 3), hidden.dtype),
        np.empty((size, n_steps, n_hidden) if keep else (0, 0, 0), hidden.dtype),
    )
    _shared(
        size, lambda a, b: _forward(a, b, hidden, out, events.channels, events.first, step, decay, rise, fixed, run)
    )
    return run


def _checked(weights: Weights) -> Weights:
    hidden, out = weights
    if hidden.ndim != 2 or out.ndim != 2 or hidden.shape[1] != out.shape[0]:
        raise ValueError(f"weights of shapes {hidden.shape} and {out.shape} do not fit: (n, m) and (m, k) are expected")
    if hidden.dtype != out.dtype or hidden.dtype not in (np.float32, np.float64):
        raise ValueError(f"weights are {hidden.dtype} and {out.dtype}; both float32 or both float64 are expected")
    return Weights(np.ascontiguousarray(hidden), np.ascontiguousarray(out))


def _constants(neurons: Neurons, dtype: type) -> tuple:
    tau_m, tau_s, theta, dt = neurons
    if not (tau_m > tau_s > 0 and theta > 0 and dt > 0):
        raise ValueError(f"tau_m > tau_s > 0, theta > 0 and dt > 0 are expected, and they are {tuple(neurons)}")
    lift = tau_s / (tau_m - tau_s)
    values = (np.exp(-dt / tau_m), np.exp(-dt / tau_s), lift * (np.exp(-dt / tau_m) - np.exp(-dt / tau_s)))
    return tuple(dtype.type(value) for value in (*values, tau_m, tau_s, theta, dt, lift))


def _arrivals(events: Events, n_steps: int, neurons: Neurons, dtype: type) -> tuple[NDArray, ...]:
    """Of each event: its step, and what a weight of 1 adds to I and V at the end of this step."""
    tau_m, tau_s, _theta, dt = neurons
    step = np.minimum(events.times / dt + 1e-9, n_steps).astype(np.int32)  # 0.3 / 0.1 is step 3, not 2.9999999999999996
    left = (step + 1) * dt - events.times
    decay, slow = np.exp(-left / tau_s), np.exp(-left / tau_m)
    return step, decay.astype(dtype), (tau_s / (tau_m - tau_s) * (slow - decay)).astype(dtype)


def _shared(size: int, work: Callable[[int, int], object]) -> list:
    bounds = [size * part // SHARES for part in range(SHARES + 1)]
    return list(_pool.map(work, bounds[:-1], bounds[1:]))


@njit(nogil=True)
def _forward(begin, end, hidden, out, channels, first, step, decay, rise, fixed, run):
    keep_m, keep_s, lifted, tau_m, tau_s, theta, dt, lift = fixed
    voltage, n_spikes, spike_step, spike_neuron, at, membrane = run
    n_steps, n_out, n_hidden = voltage.shape[1], voltage.shape[2], hidden.shape[1]
    v, i = np.empty_like(hidden[0]), np.empty_like(hidden[0])
    before = np.empty_like(v)
    v_out, i_out = np.empty_like(out[0]), np.empty_like(out[0])
    for b in range(begin, end):
        v[:], i[:], v_out[:], i_out[:] = 0, 0, 0, 0
        event, last, count = first[b], first[b + 1], 0
        for t in range(n_steps):
            for j in range(n_hidden):
                before[j] = v[j]
                v[j] = keep_m * v[j] + lifted * i[j]
                i[j] *= keep_s
            for o in range(n_out):
                v_out[o] = keep_m * v_out[o] + lifted * i_out[o]
                i_out[o] *= keep_s
            while event < last and step[event] == t:
                row, to_i, to_v = hidden[channels[event]], decay[event], rise[event]
                for j in range(n_hidden):
                    i[j] += row[j] * to_i
                    v[j] += row[j] * to_v
                event += 1
            if membrane.size:
                membrane[b, t] = v
            for j in range(n_hidden):
                if v[j] >= theta:
                    climbed = v[j] - before[j]
                    if before[j] < theta:
                        left = dt * (v[j] - theta) / climbed
                        at[b, count, 1] = (dt - left) / climbed
                        at[b, count, 2] = left / climbed
                    else:  # two spikes in a step: the second waits for the next one to begin
                        left = dt
                        at[b, count, 1] = 0
                        at[b, count, 2] = 0
                    at[b, count, 0] = left
                    spike_step[b, count], spike_neuron[b, count] = t, j
                    count += 1
                    slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                    v[j] -= theta * slow
                    row = out[j]
                    for o in range(n_out):
                        i_out[o] += row[o] * fast
                        v_out[o] += row[o] * (lift * (slow - fast))
            for o in range(n_out):
                voltage[b, t, o] = v_out[o]
        n_spikes[b] = count


# Backward


def eventprop(weights: Weights, events: Events, run: Run, error: NDArray, neurons: Neurons = STANDARD) -> Weights:
    """dL/dw of all weights, from ``error`` = dL/dvoltage, by the adjoint: only spikes and events are touched."""
    return _backward(_eventprop, weights, events, run, error, neurons, ())


def surrogate(
    weights: Weights, events: Events, run: Run, error: NDArray, neurons: Neurons = STANDARD, beta: float = 10.0
) -> Weights:
    """An estimate of dL/dw with a smooth bump of steepness ``beta`` in place of the derivative of a spike."""
    if not run.membrane.size:
        raise ValueError("a surrogate gradient needs the membrane: run forward(..., keep=True)")
    return _backward(_surrogate, weights, events, run, error, neurons, (weights.out.dtype.type(beta),))


def _backward(kernel, weights, events, run, error, neurons, more) -> Weights:
    hidden, out = _checked(weights)
    if np.shape(error) != run.voltage.shape:
        raise ValueError(f"error has shape {np.shape(error)}; that of the voltage, {run.voltage.shape}, is expected")
    error = np.ascontiguousarray(error, dtype=hidden.dtype)
    step, decay, rise = _arrivals(events, error.shape[1], neurons, hidden.dtype)
    fixed = _constants(neurons, hidden.dtype)

    def work(begin: int, end: int) -> Weights:
        part = Weights(np.zeros_like(hidden), np.zeros_like(out))
        kernel(begin, end, out, events.channels, events.first, step, decay, rise, fixed, run, error, *part, *more)
        return part

    parts = _shared(len(error), work)
    return Weights(sum(part.hidden for part in parts), sum(part.out for part in parts))


@njit(nogil=True)
def _eventprop(begin, end, out, channels, first, step, decay, rise, fixed, run, error, d_hidden, d_out):
    keep_m, keep_s, lifted, tau_m, tau_s, theta, _dt, lift = fixed
    _voltage, n_spikes, spike_step, spike_neuron, at, _membrane = run
    n_steps, n_out, n_hidden = error.shape[1], error.shape[2], d_hidden.shape[1]
    a_v, a_i = np.empty_like(d_hidden[0]), np.empty_like(d_hidden[0])
    earlier = np.empty_like(a_v)  # what a spike says to the voltage at the start of its step
    o_v, o_i = np.empty_like(out[0]), np.empty_like(out[0])
    for b in range(begin, end):
        a_v[:], a_i[:], o_v[:], o_i[:] = 0, 0, 0, 0
        event, spike = first[b + 1] - 1, n_spikes[b] - 1
        while event >= first[b] and step[event] >= n_steps:
            event -= 1
        for t in range(n_steps - 1, -1, -1):
            for o in range(n_out):
                o_v[o] += error[b, t, o]
            earlier[:] = 0
            while spike >= 0 and spike_step[b, spike] == t:
                j, left = spike_neuron[b, spike], at[b, spike, 0]
                slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                rising = lift * (slow - fast)
                later = a_v[j] * theta * slow / tau_m  # dL/d(left): a later spike is reset later,
                for o in range(n_out):  # and heard later
                    d_out[j, o] += o_i[o] * fast + o_v[o] * rising
                    later += out[j, o] * (o_v[o] * lift * (fast / tau_s - slow / tau_m) - o_i[o] * fast / tau_s)
                a_v[j] += later * at[b, spike, 1]
                earlier[j] = later * at[b, spike, 2]
                spike -= 1
            while event >= first[b] and step[event] == t:
                row, to_i, to_v = d_hidden[channels[event]], decay[event], rise[event]
                for j in range(n_hidden):
                    row[j] += a_i[j] * to_i + a_v[j] * to_v
                event -= 1
            for j in range(n_hidden):
                a_i[j] = keep_s * a_i[j] + lifted * a_v[j]
                a_v[j] = keep_m * a_v[j] + earlier[j]
            for o in range(n_out):
                o_i[o] = keep_s * o_i[o] + lifted * o_v[o]
                o_v[o] *= keep_m


@njit(nogil=True)
def _surrogate(begin, end, out, channels, first, step, decay, rise, fixed, run, error, d_hidden, d_out, beta):
    keep_m, keep_s, lifted, tau_m, tau_s, theta, _dt, lift = fixed
    _voltage, n_spikes, spike_step, spike_neuron, at, membrane = run
    n_steps, n_out, n_hidden = error.shape[1], error.shape[2], d_hidden.shape[1]
    a_v, a_i = np.empty_like(d_hidden[0]), np.empty_like(d_hidden[0])
    blame = np.empty_like(a_v)
    o_v, o_i = np.empty_like(out[0]), np.empty_like(out[0])
    across = np.ascontiguousarray(out.T)
    for b in range(begin, end):
        a_v[:], a_i[:], o_v[:], o_i[:] = 0, 0, 0, 0
        event, spike = first[b + 1] - 1, n_spikes[b] - 1
        while event >= first[b] and step[event] >= n_steps:
            event -= 1
        for t in range(n_steps - 1, -1, -1):
            for o in range(n_out):
                o_v[o] += error[b, t, o]
            while spike >= 0 and spike_step[b, spike] == t:
                j, left = spike_neuron[b, spike], at[b, spike, 0]
                slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                for o in range(n_out):
                    d_out[j, o] += o_i[o] * fast + o_v[o] * lift * (slow - fast)
                spike -= 1
            for j in range(n_hidden):  # what one spike more would do: it is reset, and it is heard
                blame[j] = -theta * a_v[j]
            for o in range(n_out):
                row, heard = across[o], o_i[o]
                for j in range(n_hidden):
                    blame[j] += row[j] * heard
            for j in range(n_hidden):
                away = 1 + beta * abs(membrane[b, t, j] / theta - 1)
                a_v[j] += blame[j] / (theta * away * away)
            while event >= first[b] and step[event] == t:
                row, to_i, to_v = d_hidden[channels[event]], decay[event], rise[event]
                for j in range(n_hidden):
                    row[j] += a_i[j] * to_i + a_v[j] * to_v
                event -= 1
            for j in range(n_hidden):
                a_i[j] = keep_s * a_i[j] + lifted * a_v[j]
                a_v[j] *= keep_m
            for o in range(n_out):
                o_i[o] = keep_s * o_i[o] + lifted * o_v[o]
                o_v[o] *= keep_m


# Learning


class Epoch(NamedTuple):
    """How training stands after an epoch: its number, mean loss, share told right and hidden spikes per recording."""

    number: int
    loss: float
    right: float
    spikes: float
    weights: Weights


METHODS = {"eventprop": eventprop, "surrogate": surrogate}


def initial(n_channels: int, n_hidden: int, n_classes: int, seed: int, mean: float, spread: float) -> Weights:
    """Random weights to begin with, those of the hidden layer normal with this mean and standard deviation."""
    rng = np.random.default_rng([seed, n_hidden])
    hidden = rng.normal(mean, spread, (n_channels, n_hidden))
    return Weights(hidden.astype(np.float32), rng.normal(0, 0.1, (n_hidden, n_classes)).astype(np.float32))


def cross_entropy(voltage: NDArray, targets: NDArray, gain: float, emphasis: ArrayLike = 1.0) -> tuple[float, NDArray]:
    """-log softmax(s)[target] of s = gain * (mean over the steps of emphasis * voltage), and its gradient.

    Parameters
    ----------
    voltage : of the readouts, (recordings, steps, classes). targets : the class of each recording.
    gain : how many units of s a unit of voltage is worth. emphasis : one number, or one for each step.

    Returns
    -------
    The mean over all recordings, and dL/dvoltage in the shape of the voltage.
    """
    size, n_steps, n_classes = voltage.shape
    if len(targets) != size or not (np.min(targets) >= 0 and np.max(targets) < n_classes):
        raise ValueError(f"targets have to be {size} classes from 0 to {n_classes - 1}, and they are {targets}")
    per_step = (gain / n_steps * np.broadcast_to(emphasis, n_steps)).astype(voltage.dtype)
    score = np.matmul(per_step, voltage)
    score -= score.max(axis=1, keepdims=True)
    share = np.exp(score)
    total = share.sum(axis=1, keepdims=True)
    own = np.arange(size), targets
    loss = (np.log(total[:, 0]) - score[own]).mean()
    share /= total
    share[own] -= 1
    return float(loss), per_step[:, None] * (share / size)[:, None, :]


class Adam:
    """Kingma & Ba (2015, arXiv:1412.6980): each weight takes steps of about ``rate``, whatever its gradient's size."""

    def __init__(self, weights: Weights):
        self.mean = [np.zeros_like(one) for one in weights]
        self.square = [np.zeros_like(one) for one in weights]
        self.count = 0

    def step(self, weights: Weights, gradient: Weights, rate: float) -> None:
        """Change the weights, in place."""
        self.count += 1
        rate = rate * np.sqrt(1 - 0.999**self.count) / (1 - 0.9**self.count)
        for one, slope, mean, square in zip(weights, gradient, self.mean, self.square, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            # the usual 1e-8 is too much here: the loss of a long recording changes by 1e-7 for a unit of some weights
            one -= one.dtype.type(rate) * mean / (np.sqrt(square) + one.dtype.type(1e-15))


def train(
    weights: Weights,
    events: Events,
    targets: NDArray,
    n_steps: int,
    neurons: Neurons = STANDARD,
    *,
    method: str = "eventprop",
    epochs: int = 40,
    batch: int = 50,
    rate: float = 0.005,
    gain: float = 10.0,
    emphasis: ArrayLike = 1.0,
    seed: int = 0,
) -> Iterator[Epoch]:
    """Train a copy of the weights, and tell after each epoch how it goes. The rate falls to 0 along half a cosine."""
    if method not in METHODS:
        raise ValueError(f"method is {method!r}, and {' or '.join(METHODS)} is expected")
    weights = Weights(*(one.copy() for one in weights))
    rng, optimizer = np.random.default_rng([seed, 1]), Adam(weights)
    batches = max(1, len(targets) // batch)
    for number in range(1, epochs + 1):
        loss = right = spikes = 0.0
        cooling = (1 + np.cos(np.pi * (number - 1) / epochs)) / 2
        for which in np.array_split(rng.permutation(len(targets)), batches):
            heard = some(events, which)
            run = forward(weights, heard, n_steps, neurons, keep=method == "surrogate")
            one, error = cross_entropy(run.voltage, targets[which], gain, emphasis)
            optimizer.step(weights, METHODS[method](weights, heard, run, error, neurons), rate * cooling)
            loss += one * len(which)
            right += (answers(run.voltage, emphasis) == targets[which]).sum()
            spikes += run.n_spikes.sum()
        now = Weights(*(one.copy() for one in weights))
        yield Epoch(number, loss / len(targets), right / len(targets), spikes / len(targets), now)


def answers(voltage: NDArray, emphasis: ArrayLike = 1.0) -> NDArray:
    """The class whose readout is highest on average."""
    return np.matmul(np.broadcast_to(emphasis, voltage.shape[1]).astype(voltage.dtype), voltage).argmax(axis=1)


def classify(
    weights: Weights, events: Events, n_steps: int, neurons: Neurons = STANDARD, emphasis: ArrayLike = 1.0
) -> NDArray:
    """Which class the network takes each recording for."""
    parts = np.array_split(np.arange(len(events.first) - 1), len(events.first) // 500 + 1)  # bounds the memory
    runs = (forward(weights, some(events, part), n_steps, neurons) for part in parts)
    return np.concatenate([answers(run.voltage, emphasis) for run in runs])
