"""How often chance misleads a check whose answers are random: computed, since nobody can try a million times."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from scipy.stats import binom, chi2, norm

from autograder.exercises import Exercise
from autograder.probes import diehl_cook, spiking_autoencoder

SEEDS = 20
"""With the inputs of so many seeds it is computed; the worst one counts."""
OFF = (0.9, 1.1)
"""What a rate or a share that is off is multiplied by."""


@dataclass(frozen=True)
class Counted:
    """A number of hits that is held against what is expected: so many draws, and the chance of a hit in each.

    ``spread`` is how far from the expected number it may be, in hits.
    """

    draws: int
    chance: float
    spread: float

    def refused(self, actual: float) -> float:
        """How often it is refused where the chance is ``actual``: two tails of the binomial distribution."""
        expected = self.draws * self.chance
        least, most = math.ceil(expected - self.spread), math.floor(expected + self.spread)
        return float(binom.cdf(least - 1, self.draws, actual) + binom.sf(most, self.draws, actual))


def false_alarm(exercise: Exercise) -> float:
    """How often a right answer to an exercise is refused by bad luck: an upper bound for one check, all cases of it.

    Raises KeyError for an exercise whose answers are not random.
    """
    return max(
        sum(one.refused(one.chance) for one in _counted(exercise, seed)) + _BESIDES[exercise.name](exercise, seed)
        for seed in range(SEEDS)
    )


def power(exercise: Exercise) -> float:
    """How often an answer is refused whose rate or share is 10 % off, up or down, in every case.

    Raises KeyError for an exercise whose answers are not random.
    """
    return min(
        1 - math.prod(1 - one.refused(factor * one.chance) for one in _counted(exercise, seed))
        for seed in range(SEEDS)
        for factor in OFF
    )


def computed(exercise: Exercise) -> dict[str, float]:
    """The "false alarm" and the "power" of an exercise; nothing, if its answers are not random."""
    random = exercise.name in _BESIDES
    return {"false alarm": false_alarm(exercise), "power": power(exercise)} if random else {}


def _counted(exercise: Exercise, seed: int) -> Iterator[Counted]:
    for case in exercise.cases(Random(seed)):
        yield from _COUNTED[exercise.name](case.inputs)


def _pixels(given: dict) -> Iterator[Counted]:
    draws = given["pixels"] * given["n_steps"] if given["part"] == "counts" else 0
    for value in given["values"] if draws else ():
        chance = value / given["max_value"] * given["max_rate"] * given["dt"]
        yield Counted(draws, chance, diehl_cook.CHANCE * math.sqrt(draws * chance * (1 - chance)))


def _patterns(given: dict) -> Iterator[Counted]:
    if given["part"] == "share":
        draws, chance = given["n_patterns"] * given["n_neurons"], given["active"]
        yield Counted(draws, chance, spiking_autoencoder.CHANCE * math.sqrt(draws * chance * (1 - chance)))


def _spikes_together(exercise: Exercise, seed: int) -> float:
    """Three measures of each such case are normally distributed."""
    cases = sum(case.inputs["part"] == "spikes" for case in exercise.cases(Random(seed)))
    return float(3 * cases * 2 * norm.sf(diehl_cook.CHANCE))


def _patterns_alike(exercise: Exercise, seed: int) -> float:
    """Two measures of each such case are normally distributed, and the third as chi squared."""
    rows = [case.inputs["n_patterns"] for case in exercise.cases(Random(seed)) if case.inputs["part"] == "alike"]
    uneven = sum(chi2.sf(spiking_autoencoder.UNEVEN * n, n) for n in rows)
    return float(len(rows) * 4 * norm.sf(spiking_autoencoder.CHANCE) + uneven)


_COUNTED: dict[str, Callable[[dict], Iterator[Counted]]] = {"poisson_fire": _pixels, "make_patterns": _patterns}
_BESIDES: dict[str, Callable[[Exercise, int], float]] = {
    "poisson_fire": _spikes_together,
    "make_patterns": _patterns_alike,
}
