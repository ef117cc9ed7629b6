"""Delays learned sample by sample and step by step, the way one writes it first: the yardstick of ``delays.py``.

It follows the steps of *Learning delays (v2)*, the notebook that the chapter is about, in words of its own: every
sample of a batch carries a copy of its spikes for every class, the traces are advanced step by step through torch's
record of operations, and the loss is added up sample by sample. A positive shift here *advances* a spike, as there.
"""

import numpy as np
import torch


class Shifted(torch.nn.Module):
    """Learnable shifts of all inputs but the first, whole in the forward pass."""

    def __init__(self, start: np.ndarray, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.shifts = torch.nn.Parameter(torch.FloatTensor(start))

    def forward(self, spikes: torch.Tensor) -> torch.Tensor:
        first, others = spikes[:, :1], spikes[:, 1:]
        samples, inputs, classes, steps = others.shape
        shifts = Whole.apply(self.shifts, self.limit)
        line = torch.FloatTensor(np.linspace(-1, 1, steps))
        places = ((line + 2 / (steps - 1) * shifts[None, :, :, None] + 1.0) * (steps - 1)) * 0.5
        places = places.expand(samples, inputs, classes, steps)
        before = torch.floor(torch.round(places, decimals=4)).type(torch.int64)
        after = before + 1
        beyond = int(after.max()) + 1 - steps
        padded = torch.cat((others, torch.zeros(samples, inputs, classes, beyond)), dim=3)
        where = (
            torch.arange(samples)[:, None, None, None],
            torch.arange(inputs)[None, :, None, None],
            torch.arange(classes)[None, None, :, None],
        )
        moved = (after - places) * padded[(*where, before)] + (places - before) * padded[(*where, after)]
        return torch.cat((first, moved), dim=1)


class Whole(torch.autograd.Function):
    """Rounded and clamped forwards; backwards as if nothing had happened."""

    @staticmethod
    def forward(ctx, shifts, limit):
        return torch.round(torch.clamp(shifts, min=-limit, max=limit))

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


def coincidences(layer: Shifted, spikes: torch.Tensor, tau: float) -> torch.Tensor:
    """Per sample and class: the trace of the first input times that of each other, summed over inputs and time."""
    spikes = layer(spikes)
    traces = torch.zeros(spikes.shape)
    for step in range(spikes.shape[3] - 1):
        traces[:, :, :, step] = float(np.exp(-1 / tau)) * traces[:, :, :, step - 1] + spikes[:, :, :, step]
    products = torch.mul(traces[:, 1:], traces[:, :1])
    return torch.sum(torch.sum(products, dim=1), dim=2)


def batch_of(patterns: np.ndarray, size: int) -> tuple[torch.Tensor, list[int]]:
    """Samples drawn one by one, the spikes copied for every class: (size, inputs, classes, steps)."""
    chosen = [int(np.random.choice(len(patterns))) for _ in range(size)]
    classes = len(patterns)
    copies = [np.repeat(patterns[one][:, None, :], classes, axis=1) for one in chosen]
    return torch.Tensor(np.array(copies)), chosen


def train(patterns, layer, rate, tau, size, stop, decay=0.0, epochs=4000):
    """The losses until one falls below ``stop``. With a decay tau shrinks, and the target is the latest maximum."""
    optimizer = torch.optim.SGD([layer.shifts], lr=rate)
    best = np.zeros(len(patterns))
    losses = []
    for _ in range(epochs):
        spikes, chosen = batch_of(patterns, size)
        sums = coincidences(layer, spikes, tau)
        highest = torch.amax(sums, dim=1).detach()
        for sample, label in enumerate(chosen):
            if decay or best[label] < highest[sample]:
                best[label] = highest[sample]
        loss = 0
        for sample, label in enumerate(chosen):
            loss += (sums[sample, label] - best[label]) ** 2 / size
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if decay:
            tau = tau * float(np.exp(-decay)) if tau >= 2 else 2.0
        losses.append(loss.item())
        if losses[-1] < stop:
            break
    return losses
