"""Delays and weights learned together, through neurons that fire: torch, and a surrogate for the slope of a spike."""

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from solutions.models.delays.two_ears import ANGLES, sounds

REACH = 12
"""Delays lie between -REACH and REACH steps."""


def bar(name: str) -> Callable[[Iterable], Iterable]:
    """A progress bar for a loop, gone when it is done; none in the published page, where nobody waits."""
    if os.environ.get("LEARNING_TO_SPIKE_PAGE"):
        return iter
    from rich.progress import track

    return lambda epochs: track(epochs, name, transient=True)


class Fired(torch.autograd.Function):
    """1 where the input is above 0; backwards the slope of a sigmoid five times as steep as the plain one."""

    @staticmethod
    def forward(ctx, above: Tensor) -> Tensor:
        ctx.save_for_backward(above)
        return (above > 0).to(above.dtype)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        (above,) = ctx.saved_tensors
        sigmoid = torch.sigmoid(5 * above)
        return gradient * 5 * sigmoid * (1 - sigmoid)


def shifted(spikes: Tensor, delays: Tensor) -> Tensor:
    """Trains (B, T) after each of K delays, between two steps in shares: (T, B, K), differentiable in the delays."""
    steps = torch.arange(spikes.shape[1])[:, None]
    delays = delays.clamp(-REACH, REACH)
    whole = delays.detach().floor()
    part = delays - whole
    padded = functional.pad(spikes, (REACH + 1, REACH + 1))
    places = steps - whole.long() + REACH + 1  # (T, K)
    early, late = padded[:, places], padded[:, places - 1]
    return ((1 - part) * early + part * late).transpose(0, 1)


def coincidence_counts(spikes: Tensor, delays: Tensor, tau: float = 3.0, threshold: float = 0.5) -> Tensor:
    """How often each of K neurons fires: (B, K). Two leaky traces each; their product at the threshold is a spike.

    spikes : (B, 2, T). A spike sets both traces of its neuron back to 0.
    """
    keep = float(np.exp(-1 / tau))
    moved = shifted(spikes[:, 1], delays)
    first = spikes[:, 0].T[:, :, None].expand(moved.shape)
    one = two = fired = torch.zeros(moved.shape[1:])
    total = torch.zeros(moved.shape[1:])
    for arrived, other in zip(first, moved, strict=True):
        one = (keep * one + arrived) * (1 - fired)
        two = (keep * two + other) * (1 - fired)
        fired = Fired.apply(one * two - threshold)
        total = total + fired
    return total


class Trained(NamedTuple):
    """What one training gave: the loss of each epoch on fresh sounds, and the loss and accuracy on 2000 others."""

    losses: np.ndarray
    test_loss: float
    accuracy: float
    delays: np.ndarray
    weights: np.ndarray


def train(
    seed: int,
    learns_delays: bool = True,
    learns_weights: bool = True,
    epochs: int = 52,
    batch: int = 200,
    span: float = 1.0,
    delay_rate: float = 0.3,
    weight_rate: float = 0.03,
    gain: float = 0.5,
    tau: float = 3.0,
    threshold: float = 0.5,
    progress=iter,
) -> Trained:
    """Cross-entropy of 36 directions, from 36 coincidence neurons whose spike counts are weighted.

    Delays start between -span and span; at first each direction hears ``gain`` times its own neuron and no other. An
    epoch is one batch of sounds that never come again.
    """
    rng = np.random.default_rng(seed)
    classes = len(ANGLES)
    delays = torch.tensor(rng.uniform(-span, span, classes), dtype=torch.float32, requires_grad=learns_delays)
    weights = (gain * torch.eye(classes)).requires_grad_(learns_weights)
    bias = torch.zeros(classes, requires_grad=learns_weights)
    learned = [{"params": [delays], "lr": delay_rate}] if learns_delays else []
    learned += [{"params": [weights, bias], "lr": weight_rate}] if learns_weights else []
    optimizer = torch.optim.Adam(learned)
    losses = []

    def loss_of(spikes, labels):
        counts = coincidence_counts(torch.as_tensor(spikes, dtype=torch.float32), delays, tau, threshold)
        sums = counts @ weights + bias
        return functional.cross_entropy(sums, torch.as_tensor(labels)), sums

    for _ in progress(range(epochs)):
        loss, _ = loss_of(*sounds(batch, rng))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    spikes, labels = sounds(2000, np.random.default_rng(seed + 10_000))
    with torch.no_grad():
        loss, sums = loss_of(spikes, labels)
    accuracy = float((sums.argmax(1).numpy() == labels).mean())
    return Trained(np.array(losses), float(loss), accuracy, delays.detach().numpy(), weights.detach().numpy())
