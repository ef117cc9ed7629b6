"""Nobody can know an answer before he knows the question: what answers one seed earns nothing under another.

A forger who writes answers without a working function has what was recorded for students, and what a question to an
earlier notebook of his was answered with. He has not the questions that he is asked: those belong to the seed.
"""

from functools import cache

import pytest

from autograder.beside.check import answer
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import chapter_names, load
from autograder.reference.record import PUBLIC_SEED, record

EXERCISES = [pytest.param(one, id=one.name) for name in chapter_names() for one in load(name).exercises]
SEEDS = [PUBLIC_SEED, "0", "1", "2", "3", "4"]

KNOWN_TO_EVERYBODY = {
    "input_data": "a thousand ones are asked for, whoever asks: to write them down is the exercise, and no function is",
}
"""Exercises whose whole answer is one and the same for any seed, and why that is fair."""

recorded_for = cache(record)


@cache
def answered(exercise, seed):
    """What the reference hands over to the questions of a seed: raw, as it leaves the room."""
    cases = recorded_for(exercise, seed, misreadings=False)["cases"]
    return {n: answer(exercise.probe, exercise.reference, case["inputs"]) for n, case in enumerate(cases)}


def met(exercise, cases, seed):
    known = recorded_for(exercise, seed, misreadings=False)
    found = verdict(known, Answers(cases)).criteria
    return {one["name"] for one, criterion in zip(known["criteria"], found, strict=True) if criterion.met}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_answers_to_one_seed_meet_no_criterion_of_another(exercise):
    names = {one.name for one in exercise.criteria}
    for given in SEEDS:
        for asked in SEEDS:
            alike = given == asked or exercise.name in KNOWN_TO_EVERYBODY
            assert met(exercise, answered(exercise, given), asked) == (names if alike else set()), (given, asked)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_recorded_for_students_meets_no_criterion_of_a_graded_challenge(exercise):
    recorded = enumerate(recorded_for(exercise, PUBLIC_SEED, misreadings=False)["cases"])
    public = {n: {"answer": case["expected"]} for n, case in recorded}
    for asked in SEEDS[1:]:
        assert exercise.name in KNOWN_TO_EVERYBODY or not met(exercise, public, asked), asked


CONSTANTS = [0, 0.0, 1, 0.5, -1, True, None, "inf", "nan", [], [0], [1], [0, 0], [1, 1], [[0]], {}, "passed"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_constant_meets_a_criterion(exercise):
    for seed in SEEDS[:2]:
        everywhere = range(len(recorded_for(exercise, seed, misreadings=False)["cases"]))
        for one in CONSTANTS:
            same = {n: {"answer": one} for n in everywhere}
            assert exercise.name in KNOWN_TO_EVERYBODY or not met(exercise, same, seed), one


def test_what_everybody_knows_is_one_exercise_of_all():
    assert len(KNOWN_TO_EVERYBODY) == 1
    assert set(KNOWN_TO_EVERYBODY) < {parameter.id for parameter in EXERCISES}
