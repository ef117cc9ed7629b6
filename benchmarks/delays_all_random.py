"""Two switches of *Learning delays (v2)*, tried: MULTIPLY_ALL, and ALL_RANDOM_FLAG, "unsolvable for now".

    python benchmarks/delays_all_random.py

With MULTIPLY_ALL every two of the three inputs count, not only those with the first one. With ALL_RANDOM_FLAG each
detector has spikes of its own in every sample, all drawn by chance. A detector has two whole delays, so all that its
sums can be is a table, and what no delays can do can be told without any learning: two classes exclude each other if
there are no delays for their two detectors with which each of them wins its own sample against the other.
"""

import numpy as np
from numpy.typing import NDArray

from solutions import toy_problem
from solutions.delays import coincidences
from solutions.models.delays.delay_lines import landscape

Array = NDArray[np.float64]
CLASSES, LIMIT = np.arange(20), 19


def all_random(seed: int = 0) -> Array:
    """The spikes of ALL_RANDOM_FLAG, drawn as there: (sample, detector, input, step)."""
    draw = np.random.RandomState(seed)
    draw.choice([0, 1], size=(3, 20, 20), p=[0.7, 0.3])  # the patterns of the other problems
    patterns = draw.choice([0, 1], size=(20, 3, 20, 20), p=[0.7, 0.3]).transpose(0, 2, 1, 3)
    return np.pad(patterns.astype(float), ((0, 0), (0, 0), (0, 0), (40, 19)))


def same_patterns() -> Array:
    """The spikes of the first toy problem in the same form: all detectors hear the same."""
    return np.repeat(toy_problem("same patterns").spikes[:, None], 20, axis=1)


def sums(spikes: Array, multiply_all: bool, tau: float = 10) -> Array:
    """The sum of every detector for every two delays, one step beyond LIMIT too: (sample, detector, delay, delay)."""
    limit = LIMIT + 1
    first = landscape(spikes, tau, limit, coincidences=coincidences)
    table = first[:, :, 0, :, None] + first[:, :, 1, None, :]
    if multiply_all:
        between = landscape(spikes[:, :, 1:], tau, 2 * limit, coincidences=coincidences)[:, :, 0]
        delays = np.arange(2 * limit + 1)
        table = table + between[:, :, delays - delays[:, None] + 2 * limit]  # only their difference counts
    return table


def excluding(table: Array) -> NDArray[np.bool_]:
    """Which two classes exclude each other, whatever the delays: (class, class)."""
    apart, table = np.zeros((len(CLASSES), len(CLASSES)), dtype=bool), table[:, :, 1:-1, 1:-1]
    for one in CLASSES:
        for other in CLASSES[:one]:
            wins, loses = table[one, one].ravel(), table[other, one].ravel()  # of the one's detector, for each delays
            theirs, against = table[other, other].ravel(), table[one, other].ravel()
            order = np.argsort(against)
            best = np.concatenate([[-np.inf], np.maximum.accumulate(theirs[order])])  # with so small a sum for the one
            possible = best[np.searchsorted(against[order], wins, side="right")] >= loses
            apart[one, other] = apart[other, one] = not possible.any()
    return apart


def most_together(apart: NDArray[np.bool_]) -> int:
    """The largest number of classes of which no two exclude each other."""

    def largest(left: frozenset[int]) -> int:
        crowded = max(left, key=lambda one: apart[one, list(left)].sum(), default=None)
        if crowded is None or not apart[crowded, list(left)].any():
            return len(left)
        friends = left - {crowded} - set(np.flatnonzero(apart[crowded]).tolist())
        return max(largest(left - {crowded}), 1 + largest(friends))

    return largest(frozenset(CLASSES.tolist()))


def trained(table: Array, seed: int, epochs: int = 4000, rate: float = 0.2) -> tuple[int, float, int]:
    """Classes that win their own sample in the end, the loss, and the epochs; descended as in ``learn_delays``."""
    draw = np.random.RandomState(seed)
    delays, highest = -draw.randint(1, LIMIT, size=(20, 2)).astype(float), np.zeros(20)
    losses: list[float] = []
    while len(losses) < epochs and not (losses and losses[-1] < 1e-6):
        at = np.rint(np.clip(delays, -LIMIT, LIMIT)).astype(int) + LIMIT + 1
        behind = at - 1
        now = table[:, CLASSES, at[:, 0], at[:, 1]]
        highest = np.maximum(highest, now.max(axis=1))
        short = np.diagonal(now) - highest
        share = np.bincount(draw.choice(20, 500), minlength=20) / 500
        losses.append(float((share * short**2).sum()))
        own = table[CLASSES, CLASSES]
        here = own[CLASSES, at[:, 0], at[:, 1]]
        slopes = here[:, None] - np.stack(
            [own[CLASSES, behind[:, 0], at[:, 1]], own[CLASSES, at[:, 0], behind[:, 1]]], axis=1
        )
        delays -= rate * 2 * (share * short)[:, None] * slopes
    return int((np.diagonal(now) >= now.max(axis=1) - 1e-9).sum()), losses[-1], len(losses)


def main() -> None:
    for name, spikes in (("same patterns", same_patterns()), ("ALL_RANDOM_FLAG", all_random())):
        for multiply_all in (False, True):
            table = sums(spikes, multiply_all)
            apart = excluding(table)
            print(f"{name}, MULTIPLY_ALL = {multiply_all}")
            print(f"  {apart.sum() // 2} pairs of classes exclude each other; at most {most_together(apart)} of 20 win")
            for seed in range(5):
                right, loss, epochs = trained(table, seed)
                print(f"  trained, seed {seed}: {right} of 20 win their own sample, loss {loss:.3g} in epoch {epochs}")


if __name__ == "__main__":
    main()
