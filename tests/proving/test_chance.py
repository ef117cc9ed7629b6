"""How often chance misleads a check: computed, and held against what simulation can see."""

import numpy as np
import pytest

from autograder.exercises import chapter_names, load
from autograder.proving import chance
from autograder.proving.attempts import attempts

RANDOM = [
    pytest.param(one, id=one.name) for name in chapter_names() for one in load(name).exercises if chance.computed(one)
]


@pytest.mark.parametrize("exercise", RANDOM)
def test_what_is_right_is_refused_less_than_once_in_a_million_checks(exercise):
    assert 0 < chance.false_alarm(exercise) < 1e-6


@pytest.mark.parametrize("exercise", RANDOM)
def test_what_is_ten_percent_off_is_refused_99_times_in_100(exercise):
    assert chance.power(exercise) > 0.99


def test_every_exercise_with_random_answers_has_its_chances_computed():
    tried = {one.exercise for name in chapter_names() for one in attempts(load(name)) if "chance" in dict(one.head)}
    assert tried == {one.id for one in RANDOM}


@pytest.mark.parametrize("actual", [0.28, 0.3, 0.33])
def test_a_count_is_refused_as_often_as_draws_of_it_are(actual):
    counted = chance.Counted(1000, 0.3, 20.0)
    hits = np.random.default_rng(0).binomial(1000, actual, 100_000)
    assert counted.refused(actual) == pytest.approx(np.mean(abs(hits - 300) > 20), abs=0.006)
