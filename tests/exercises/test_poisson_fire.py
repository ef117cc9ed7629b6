"""How often chance misleads the check of ``poisson_fire``: computed, and not tried."""

import math
from random import Random

import pytest
from scipy.stats import binom, norm

from autograder.exercises import load
from autograder.probes.diehl_cook import CHANCE

EXERCISE = load("diehl_cook").exercise("poisson_fire")
SEEDS = range(20)


def rows(seed):
    """For each row of pixels whose spikes are counted how many draws there are, and the chance in each."""
    for case in EXERCISE.cases(Random(seed)):
        given = case.inputs
        if given["part"] == "counts":
            for value in given["values"]:
                trials = given["pixels"] * given["n_steps"]
                yield trials, value / given["max_value"] * given["max_rate"] * given["dt"]


def refused(trials, chance, actual):
    """How often a row is refused whose pixels spike with the chance ``actual``."""
    spread, expected = CHANCE * math.sqrt(trials * chance * (1 - chance)), trials * chance
    least, most = math.ceil(expected - spread), math.floor(expected + spread)
    return binom.cdf(least - 1, trials, actual) + binom.sf(most, trials, actual)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_right_is_refused_less_than_once_in_a_million_checks(seed):
    together = 3 * sum(case.inputs["part"] == "spikes" for case in EXERCISE.cases(Random(seed)))
    assert sum(refused(*row, row[1]) for row in rows(seed)) + together * 2 * norm.sf(CHANCE) < 1e-6


@pytest.mark.parametrize("factor", [0.9, 1.1])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_rate_that_is_ten_percent_off_is_refused_99_times_in_100(seed, factor):
    passes = math.prod(1 - refused(trials, chance, factor * chance) for trials, chance in rows(seed))
    assert passes < 0.01
