"""Learning with a layer of spiking neurons: a loss, a step of it for a batch, and epochs of such steps."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.layer import METHODS, STANDARD, Neurons, Run, Weights, forward
from solutions.models.adjoint.recordings import Events, some


def loss_and_gradient(
    weights: Weights,
    events: Events,
    targets: NDArray,
    n_steps: int,
    neurons: Neurons = STANDARD,
    *,
    method: str = "eventprop",
    gain: float = 10.0,
    emphasis: ArrayLike = 1.0,
    push: Callable[[NDArray, int], ArrayLike] | None = None,
) -> tuple[float, Weights, Run]:
    """The cross-entropy of a batch, its gradient, and what the network did.

    The loss is the mean over the recordings of -log softmax(s)[target] with s = gain * (mean over the steps of
    emphasis * voltage).

    Parameters
    ----------
    targets : the class of each recording. method : the way back, "eventprop" or "surrogate".
    gain : how many units of s a unit of voltage is worth. emphasis : one number, or one for each step.
    push : of another loss, whose value is then not known (nan): from gain * voltage of one recording, shape (steps,
        classes), and its target the push on it, -dL/d(gain * voltage), of the same shape.
    """
    if method not in METHODS:
        raise ValueError(f"method is {method!r}, and {' or '.join(METHODS)} is expected")
    run = forward(weights, events, n_steps, neurons, keep=method == "surrogate")
    size, _, n_classes = run.voltage.shape
    if len(targets) != size or not (np.min(targets) >= 0 and np.max(targets) < n_classes):
        raise ValueError(f"targets have to be {size} classes from 0 to {n_classes - 1}, and they are {targets}")
    if push is not None:
        pushes = [push(gain * one, int(target)) for one, target in zip(run.voltage, targets, strict=True)]
        error = (-gain / size * np.array(pushes)).astype(run.voltage.dtype)
        return float("nan"), METHODS[method](weights, events, run, error, neurons), run
    per_step = (gain / n_steps * np.broadcast_to(emphasis, n_steps)).astype(run.voltage.dtype)
    score = np.matmul(per_step, run.voltage)
    score -= score.max(axis=1, keepdims=True)
    error = np.exp(score)
    total = error.sum(axis=1, keepdims=True)
    own = np.arange(size), targets
    loss = (np.log(total[:, 0]) - score[own]).mean()
    error /= total
    error[own] -= 1
    gradient = METHODS[method](weights, events, run, error / size, neurons, per_step)
    return float(loss), gradient, run


class Adam:
    """Kingma & Ba (2015, arXiv:1412.6980): each weight takes steps of about ``rate``, whatever its gradient's size.

        m <- 0.9 m + 0.1 g        s <- 0.999 s + 0.001 g^2        w <- w - rate m / sqrt(s)

    with m and s divided by what they can have reached after so many steps, 1 - 0.9^n and 1 - 0.999^n.
    """

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


class Epoch(NamedTuple):
    """How training stands after an epoch: its number, mean loss, share told right and hidden spikes per recording."""

    number: int
    loss: float
    right: float
    spikes: float
    weights: Weights


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
    push: Callable[[NDArray, int], ArrayLike] | None = None,
    hidden: bool = True,
    seed: int = 0,
) -> Iterator[Epoch]:
    """Train a copy of the weights, and tell after each epoch how it goes. The rate falls to 0 along half a cosine.

        rate in epoch n of N = rate (1 + cos(pi (n - 1) / N)) / 2

    The loss is that of ``loss_and_gradient``. Without ``hidden`` only the readouts learn.
    """
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
            one, gradient, run = loss_and_gradient(
                weights, heard, targets[which], n_steps, neurons, method=method, gain=gain, emphasis=emphasis, push=push
            )
            if not hidden:
                gradient.hidden[:] = 0
            optimizer.step(weights, gradient, rate * cooling)
            loss += one * len(which)
            right += int((answers(run.voltage, emphasis) == targets[which]).sum())
            spikes += int(run.n_spikes.sum())
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
