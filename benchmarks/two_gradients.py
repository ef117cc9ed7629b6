"""Networks that learn by exact gradients and by a surrogate, many at once: what ``weights_or_delays.py`` compares."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from timed_words import Task, Words
from torch.nn.functional import cross_entropy

from solutions.models.adjoint.run import TAU_M
from solutions.models.weights_and_delays.dense import NARROW, DenseNetworks, raster_of
from solutions.models.weights_and_delays.exact import ExactNetworks, Heard
from solutions.weights_and_delays import surrogate_spike

METHODS = ("exact", "surrogate")
NARROWEST = 0.5
"""The width of a kernel at the end of learning, in steps of 1 ms; at first it is an eighth of the longest delay."""


class Kind(NamedTuple):
    """What learns, whether there are delays at all, and whether delays that learn cost hidden neurons."""

    weights: bool
    delays: bool
    delayed: bool
    delays_cost: bool = True

    def n_hidden(self, task: Task) -> int:
        """How many hidden neurons make about as many learned numbers as the task wants; for nothing delays may come."""
        counted = self.weights * (task.n_in + task.n_out) + self.delays * self.delays_cost * task.n_in
        return round(task.numbers / counted)

    def numbers(self, task: Task) -> int:
        """How many numbers learn: weights, and delays from inputs to hidden neurons."""
        return self.n_hidden(task) * (self.weights * (task.n_in + task.n_out) + self.delays * task.n_in)


KINDS = {
    "weights, no delays": Kind(True, False, False),
    "weights, fixed random delays": Kind(True, False, True),
    "delays, fixed random weights": Kind(False, True, True),
    "weights and delays": Kind(True, True, True),
    "weights and delays, as many neurons": Kind(True, True, True, delays_cost=False),
}


class Learned(NamedTuple):
    """What came of each seed (a row) at each rate (a column), and the CPU seconds that all of them took to learn.

    Shares of validation and test words that are recognised, and hidden spikes of a test word.
    """

    validation: list[list[float]]
    test: list[list[float]]
    spikes: list[list[float]]
    seconds: float


def learned(task: Task, kind: Kind, method: str, rates: Sequence[float], seeds: Sequence[int]) -> Learned:
    """Train a network for each seed and each rate, all at once, and ask them words that they have not learned from.

    Adam's rate falls to 0 along half a cosine. It is that of weights; delays change ten times as much, in ms. The
    score of an output is the integral of its voltage divided by tau_m.
    """
    drawn = [task.draw(seed) for seed in seeds]
    train, validation, test = (_for_each_rate(part, len(rates)) for part in zip(*drawn, strict=True))
    networks, hear = _networks(task, kind, method, len(rates), seeds)
    begun, rng = time.process_time(), np.random.default_rng([0, 10])
    learning = [networks.weights_in, networks.weights_out] * kind.weights + [networks.delays] * kind.delays
    share = torch.tensor(rates, dtype=torch.float64).repeat(len(seeds))[:, None, None]
    optimizer = torch.optim.Adam(learning, lr=1.0)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, task.epochs)
    for width in np.geomspace(max(task.longest / 8, NARROWEST), NARROWEST, task.epochs).tolist():
        shuffled = rng.permutation(train.said.shape[1])
        for some in np.array_split(shuffled, -(-len(shuffled) // task.batch)):
            words = Words(*(column[:, some] for column in train))
            scores = hear(words, width if kind.delays else NARROW).scores
            optimizer.zero_grad()
            (cross_entropy(scores.flatten(0, 1), words.said.flatten(), reduction="sum") / len(some)).backward()
            before = [one.detach().clone() for one in learning]
            optimizer.step()
            with torch.no_grad():  # Adam's step has the size of its rate: of 1, each network takes the share of its own
                for now, old in zip(learning, before, strict=True):
                    now.copy_(old + share * (10 if now is networks.delays else 1) * (now - old))
                networks.delays.clamp_(0.0, task.longest)
        falling.step()
    seconds = time.process_time() - begun

    def told(words: Words) -> tuple[list, list]:
        with torch.no_grad():
            heard = hear(words, NARROW)
        right = (heard.scores.argmax(dim=2) == words.said).double().mean(dim=1)
        return tuple(one.reshape(len(seeds), -1).tolist() for one in (right, heard.counts.sum(dim=2).mean(dim=1)))

    return Learned(told(validation)[0], *told(test), seconds)


def _for_each_rate(parts: Sequence[Words], n_rates: int) -> Words:
    """The words of each seed, as often as there are rates: a network's words in a row."""
    most = max(words.times.shape[1] for words in parts)
    rows = []
    for times, senders, said in parts:
        more = ((0, 0), (0, most - times.shape[1]))
        row = np.pad(times, more, constant_values=np.inf), np.pad(senders, more), said
        rows += [row] * n_rates
    return Words(*(torch.tensor(np.array(column)) for column in zip(*rows, strict=True)))


def _networks(
    task: Task, kind: Kind, method: str, n_rates: int, seeds: Sequence[int]
) -> tuple[torch.nn.Module, Callable[[Words, float], Heard]]:
    """The networks before they learn, the same for both methods, and how they hear words with kernels of a width."""
    n_hidden, firsts = kind.n_hidden(task), []
    for seed in seeds:
        rng = np.random.default_rng([seed, 8])
        weights = rng.normal(*task.first, (task.n_in, n_hidden)), rng.normal(0.0, 1.0, (n_hidden, task.n_out))
        firsts += [(*weights, rng.uniform(0.0, task.longest, (task.n_in, n_hidden)) * kind.delayed)] * n_rates
    first = [np.array(one) for one in zip(*firsts, strict=True)]
    gain = task.duration / TAU_M
    if method == "exact":
        exact = ExactNetworks(*first)

        def hear(words: Words, width: float) -> Heard:
            scores, counts = exact(words.times, words.senders, task.duration)
            return Heard(gain * scores, counts)

        return exact, hear
    dense = DenseNetworks(*first, task.longest * kind.delayed, surrogate_spike=surrogate_spike)

    def hear_in_steps(words: Words, width: float) -> Heard:
        scores, counts = dense(raster_of(words.times, words.senders, task.n_in, task.duration), width)
        return Heard(gain * scores, counts)

    return dense, hear_in_steps
