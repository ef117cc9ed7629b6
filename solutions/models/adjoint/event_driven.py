"""A recurrent network of spiking neurons, run from event to event: no time step, and so no error of one.

Hidden neurons fire at a threshold and start again from 0. Outputs do not fire: their voltages are read. For all of them

    tau_m dV/dt = -V + I        tau_s dI/dt = -I        I -> I + w when a spike arrives

so that between two events voltages and currents are sums of two exponentials. The times of spikes are solved for, and
losses are integrated between events by the rule of Gauss and Legendre. Times are in ms.

``backward`` is EventProp (Wunderlich & Pehle 2021), but for its heart, the jump at a spike, which it is given.
``stepped`` is the same on a grid of time steps, as most programs have it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

TAU_M, TAU_S = 20.0, 5.0
_RATIO = TAU_S / (TAU_M - TAU_S)
LOSSES = ("average", "sum", "weighted")

_PLACES, _SHARES = np.polynomial.legendre.leggauss(12)
_LONGEST = 10.0
"""A longer time without events is cut into pieces for the integrals, in ms."""


@dataclass(frozen=True)
class Network:
    """``weights`` has a row for each sender, inputs before hidden neurons, and a column for each receiver, hidden
    neurons before outputs."""

    weights: np.ndarray
    n_in: int
    n_hidden: int
    threshold: float = 1.0


@dataclass(frozen=True)
class Run:
    """What happened: the events in their order, with voltages and currents just before each and just after it.

    ``times`` begins with 0 and ends with the duration; ``senders`` has -1 for these two.
    """

    times: np.ndarray
    senders: np.ndarray
    V_before: np.ndarray
    I_before: np.ndarray
    V_after: np.ndarray
    I_after: np.ndarray
    n_in: int
    n_hidden: int

    @property
    def spikes(self) -> list[tuple[float, int]]:
        """The spikes of the hidden neurons: when, and which."""
        pairs = zip(self.times, self.senders, strict=True)
        return [(float(t), int(one) - self.n_in) for t, one in pairs if one >= self.n_in]


def random_network(seed: int, n_in: int = 8, n_hidden: int = 5, n_out: int = 3, scale: float = 1.0) -> Network:
    """Random weights, strong enough for some tens of spikes in 100 ms with ``random_input``."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((n_in + n_hidden, n_hidden + n_out))
    weights[:n_in, :n_hidden] = rng.normal(1.2, 1.0, (n_in, n_hidden))
    weights[n_in:, :n_hidden] = rng.normal(0.0, 0.5, (n_hidden, n_hidden))
    weights[n_in:, n_hidden:] = rng.normal(0.0, 1.0, (n_hidden, n_out))
    return Network(scale * weights, n_in, n_hidden)


def random_input(seed: int, n_in: int = 8, each: int = 4, until: float = 70.0) -> tuple[np.ndarray, np.ndarray]:
    """Times of input spikes, and which input each comes from: ``each`` of every input, anywhere until ``until``."""
    rng = np.random.default_rng([seed, 1])
    times = np.sort(rng.uniform(0, until, n_in * each))
    return times, rng.permutation(np.repeat(np.arange(n_in), each))


def forward(network: Network, times: np.ndarray, senders: np.ndarray, duration: float = 100.0) -> Run:
    """Run the network on input spikes, from one event to the next."""
    weights, n_in, n_hidden = network.weights, network.n_in, network.n_hidden
    order = np.argsort(times, kind="stable")
    waiting = [(float(times[k]), int(senders[k])) for k in order if times[k] < duration]
    waiting.append((duration, -1))
    V, I, now = np.zeros(weights.shape[1]), np.zeros(weights.shape[1]), 0.0
    rows = [(0.0, -1, V, I, V, I)]
    while True:
        until = [
            _until(*pair, network.threshold) for pair in zip(V[:n_hidden].tolist(), I[:n_hidden].tolist(), strict=True)
        ]
        soonest = min(until, default=math.inf)
        when, sender = waiting[0]
        if now + soonest < when:
            when, sender = now + soonest, n_in + until.index(soonest)
        else:
            waiting.pop(0)
        V_before, I_before = _later(V, I, when - now)
        if sender == -1:
            rows.append((when, sender, V_before, I_before, V_before, I_before))
            break
        V, I, now = V_before.copy(), I_before + weights[sender], when
        if sender >= n_in:
            V[sender - n_in] = 0.0
        rows.append((when, sender, V_before, I_before, V, I))
    return Run(*(np.array(column) for column in zip(*rows, strict=True)), n_in, n_hidden)


def _later(V: np.ndarray, I: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Voltage and current after some time without an event."""
    keep_m, keep_s = np.exp(-time / TAU_M), np.exp(-time / TAU_S)
    return V * keep_m + _RATIO * I * (keep_m - keep_s), I * keep_s


def _until(V: float, I: float, threshold: float) -> float:
    """How long until the threshold is reached, by Newton's method kept between bounds; infinity if never.

    With x = exp(-t / tau_m) and y = exp(-t / tau_s) the voltage is slow x - fast y: it rises to one peak and falls.
    """
    slow, fast = V + _RATIO * I, _RATIO * I
    if max(V, 0.0) >= I or slow <= 0:
        return math.inf
    top = math.log(fast * TAU_M / (slow * TAU_S)) / (1 / TAU_S - 1 / TAU_M)
    if slow * math.exp(-top / TAU_M) - fast * math.exp(-top / TAU_S) < threshold:
        return math.inf
    low, high, t = 0.0, top, 0.0
    for _ in range(100):
        x, y = slow * math.exp(-t / TAU_M), fast * math.exp(-t / TAU_S)
        above, slope = x - y - threshold, y / TAU_S - x / TAU_M
        low, high = (t, high) if above < 0 else (low, t)
        new = t - above / slope if slope > 0 else high
        if not low < new < high:
            new = (low + high) / 2
        if abs(new - t) <= 1e-15 * t:
            break
        t = new
    return t


def voltages(run: Run, moments: np.ndarray) -> np.ndarray:
    """The voltages of all neurons at some moments of a run, a row for each."""
    at = np.clip(np.searchsorted(run.times, moments, side="right") - 1, 0, len(run.times) - 2)
    since = np.asarray(moments - run.times[at])[:, None]
    return _later(run.V_after[at], run.I_after[at], since)[0]


# Losses: one number for a run, and what they push the outputs with


def loss(run: Run, target: int, shape: str) -> float:
    """The cross-entropy loss of one of the four shapes, without a grid: sums over steps have become integrals."""
    return _loss_and_pushes(run, target, shape)[0]


def pushes(run: Run, target: int, shape: str) -> tuple[np.ndarray, np.ndarray]:
    """Moments, and how the loss pushes each output there, -dL/dV: an integral is a sum over well-chosen moments."""
    return _loss_and_pushes(run, target, shape)[1:]


def _loss_and_pushes(run: Run, target: int, shape: str) -> tuple[float, np.ndarray, np.ndarray]:
    if shape not in LOSSES:
        raise ValueError(f"shape is {shape!r}, expected one of {', '.join(LOSSES)}")
    wanted = np.eye(run.V_after.shape[1] - run.n_hidden)[target]
    duration = run.times[-1]
    moments, share = _nodes(run)
    share = share / duration
    outputs = voltages(run, moments)[:, run.n_hidden :]
    if shape == "average":
        value, push = _cross_entropy(outputs, wanted)
        return float(share @ value), moments, share[:, None] * push
    earlier = np.exp(-moments / duration) if shape == "weighted" else 1.0
    share = share * earlier
    value, push = _cross_entropy(share @ outputs, wanted)
    return float(value), moments, share[:, None] * push


def _cross_entropy(scores: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """-log softmax of the wanted score, and minus its derivative: along the last axis."""
    above = scores - scores.max(axis=-1, keepdims=True)
    odds = np.exp(above)
    total = odds.sum(axis=-1, keepdims=True)
    return np.log(total[..., 0]) - above @ wanted, wanted - odds / total


def _nodes(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """Where, and with which share, a function that is smooth between events has to be read for its integral."""
    edges = [
        np.linspace(a, b, 1 + int(np.ceil((b - a) / _LONGEST))) for a, b in zip(run.times, run.times[1:], strict=False)
    ]
    start = np.concatenate([edge[:-1] for edge in edges if len(edge) > 1])
    length = np.concatenate([np.diff(edge) for edge in edges if len(edge) > 1])
    moments = start[:, None] + length[:, None] * (1 + _PLACES) / 2
    return moments.ravel(), (length[:, None] * _SHARES / 2).ravel()


# The gradient


def backward(network: Network, run: Run, moments: np.ndarray, push: np.ndarray, jump: Callable) -> np.ndarray:
    """The gradient of a loss with respect to all weights, exact: backwards from event to event.

    ``jump(lambda_V, lambda_I, weights, n, current, threshold)`` gives lambda_V just before a spike of neuron n from
    that just after it.
    """
    n_in, n_hidden = run.n_in, run.n_hidden
    gradient = np.zeros_like(network.weights)
    lambda_V, lambda_I = np.zeros(network.weights.shape[1]), np.zeros(network.weights.shape[1])
    order = np.argsort(moments, kind="stable")
    moments, push = moments[order], push[order]
    bounds = np.searchsorted(moments, run.times)  # a push at an event: before or after is one, outputs do not jump
    bounds[-1] = len(moments)
    for k in range(len(run.times) - 2, -1, -1):
        start, sender = run.times[k], run.senders[k]
        lambda_V, lambda_I = _earlier(lambda_V, lambda_I, run.times[k + 1] - start)
        some = slice(bounds[k], bounds[k + 1])
        kick_V, kick_I = _earlier(push[some] / TAU_M, np.zeros_like(push[some]), (moments[some] - start)[:, None])
        lambda_V[n_hidden:] += kick_V.sum(axis=0)
        lambda_I[n_hidden:] += kick_I.sum(axis=0)
        if sender < 0:
            continue
        gradient[sender] -= TAU_S * lambda_I
        if sender >= n_in:
            row, n = network.weights[sender], sender - n_in
            before = jump(lambda_V, lambda_I, row, n, run.I_before[k, n], network.threshold)
            lambda_V = np.array(before, dtype=float)
    gradient[:n_in, n_hidden:] = 0.0  # no synapses from inputs to outputs
    return gradient


def _earlier(lambda_V: np.ndarray, lambda_I: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The adjoint some time earlier, without an event or a push in between."""
    keep_m, keep_s = np.exp(-time / TAU_M), np.exp(-time / TAU_S)
    passed_on = lambda_V * TAU_M / (TAU_M - TAU_S) * (keep_m - keep_s)
    return lambda_V * keep_m, lambda_I * keep_s + passed_on


def gradient(network: Network, times, senders, target: int, shape: str, jump: Callable, duration: float = 100.0):
    """The gradient of one loss for one input, with respect to all weights."""
    run = forward(network, times, senders, duration)
    return backward(network, run, *pushes(run, target, shape), jump)


def differences(network: Network, times, senders, target: int, step=1e-4, duration: float = 100.0) -> dict:
    """For each shape of the loss, its gradient by central differences of fourth order: each weight up and down.

    A weight is left out (nan) where so small a step makes a spike appear, or vanish, or overtake another.
    """
    order = [one for _, one in forward(network, times, senders, duration).spikes]
    slopes = {shape: np.zeros_like(network.weights) for shape in LOSSES}
    for place in zip(*np.nonzero(network.weights), strict=True):
        for far, share in ((1, 8), (-1, -8), (2, -1), (-2, 1)):
            weights = network.weights.copy()
            weights[place] += far * step
            run = forward(replace(network, weights=weights), times, senders, duration)
            same = [one for _, one in run.spikes] == order
            for shape, slope in slopes.items():
                slope[place] += share * loss(run, target, shape) / (12 * step) if same else np.nan
    return slopes


# The same on a grid, as most programs have it


def stepped(
    network: Network, times, senders, target: int, push_of: Callable, jump: Callable, dt: float, duration: float = 100.0
) -> tuple[np.ndarray, int]:
    """The gradient from a time-stepped simulation: spikes at the next step, the adjoint by Euler's step.

    Voltages and currents follow their exact formulas. ``push_of(outputs, target, dt)`` gives the push at each step.
    Returns the gradient and the number of hidden spikes.
    """
    weights, n_in, n_hidden = network.weights, network.n_in, network.n_hidden
    n_steps, n_all = round(duration / dt), weights.shape[1]
    arriving = np.zeros((n_steps, n_all))
    at = np.minimum(np.round(np.asarray(times) / dt).astype(int), n_steps - 1)
    np.add.at(arriving, at, weights[senders])
    keep_m, keep_s = np.exp(-dt / TAU_M), np.exp(-dt / TAU_S)
    passed_on = _RATIO * (keep_m - keep_s)
    V, I, outputs = np.zeros(n_all), np.zeros(n_all), np.zeros((n_steps, n_all - n_hidden))
    fired = []
    for n in range(len(arriving)):
        V = V * keep_m + passed_on * I
        I = I * keep_s
        for k in np.flatnonzero(V[:n_hidden] >= network.threshold):
            fired.append((n, int(k), I[k]))
            V[k] = 0.0
            arriving[n] += weights[n_in + k]
        I = I + arriving[n]
        outputs[n] = V[n_hidden:]
    push = np.zeros((n_steps, n_all))
    push[:, n_hidden:] = push_of(outputs, target, dt)
    heard: dict[int, list[int]] = {}
    for n, sender in zip(at, senders, strict=True):
        heard.setdefault(int(n), []).append(int(sender))
    slopes, left = np.zeros_like(weights), list(fired)
    lambda_V, lambda_I = np.zeros(n_all), np.zeros(n_all)
    for n in range(n_steps - 1, -1, -1):
        lambda_I, lambda_V = (
            lambda_I + (lambda_V - lambda_I) * dt / TAU_S,
            lambda_V + (push[n] - lambda_V) * dt / TAU_M,
        )
        while left and left[-1][0] == n:
            _, k, current = left.pop()
            slopes[n_in + k] -= TAU_S * lambda_I
            lambda_V = np.array(jump(lambda_V, lambda_I, weights[n_in + k], k, current, network.threshold))
        for sender in heard.get(n, ()):
            slopes[sender] -= TAU_S * lambda_I
    slopes[:n_in, n_hidden:] = 0.0
    return slopes, len(fired)
