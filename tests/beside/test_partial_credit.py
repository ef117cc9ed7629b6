"""Partial credit never goes down as work gets better: to mend one criterion never lowers a score, whatever else is."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.beside.verdict import Answers, verdict
from autograder.exercises import load
from autograder.proving.trying import answers_of
from autograder.reference.record import record

ASKED = {
    "leaky_integrator": ("leaky_integrator",),
    "lif_filters": ("leaky_integrate_and_fire", "euler_gain", "firing_rate"),
    "delays": ("delayed", "coincidences", "delay_change"),
    "adjoint": ("jump", "loss_push"),
    "time_surfaces": ("last_event_surface", "thumbnail"),
}
EXERCISES = [pytest.param(load(name).exercise(one), id=one) for name, those in ASKED.items() for one in those]
WRONG = [
    None,
    {"answer": None},
    {"answer": 0.0},
    {"answer": "nan"},
    {"answer": []},
    {"answer": [[1.0], [2.0, 3.0]]},
    {"answer": {"not data": "generator"}},
    {"raised": "ValueError", "says": "no"},
    {"raised": "NotImplementedError", "says": ""},
    {"raised": "MemoryError", "says": ""},
]
"""What may come back to any question; None is no answer at all."""


@cache
def known(exercise):
    return record(exercise, "credit")


@cache
def right(exercise):
    return answers_of(exercise.reference, known(exercise)).cases


def judged(exercise, cases):
    answered = {n: dict(one) for n, one in cases.items() if one is not None}
    return verdict(known(exercise), Answers(answered))


@pytest.mark.parametrize("exercise", EXERCISES)
@settings(max_examples=60)
@given(data=st.data())
def test_to_mend_a_criterion_never_lowers_a_score(exercise, data):
    cases = known(exercise)["cases"]
    names = sorted({case["criterion"] for case in cases})
    given = {}
    for n, case in enumerate(cases):
        misread = [one | {"says": ""} for forms in case["misread"].values() for one in forms if one]
        given[n] = data.draw(st.sampled_from([right(exercise)[n], *misread, *WRONG]), label=case["says"])
    before, left = judged(exercise, given), data.draw(st.permutations(names))
    for name in left:
        given |= {n: right(exercise)[n] for n, case in enumerate(cases) if case["criterion"] == name}
        after = judged(exercise, given)
        assert after.points >= before.points
        if not before.habits:  # parts that were read in another order are read as they came once most of them are right
            assert all(new.met for old, new in zip(before.criteria, after.criteria, strict=True) if old.met)
        before = after
    assert before.points == exercise.points


@pytest.mark.parametrize("exercise", EXERCISES)
@settings(max_examples=30)
@given(data=st.data())
def test_to_mend_a_single_case_never_lowers_a_score(exercise, data):
    cases = known(exercise)["cases"]
    given = {n: data.draw(st.sampled_from([right(exercise)[n], *WRONG])) for n in range(len(cases))}
    n = data.draw(st.sampled_from(range(len(cases))))
    assert judged(exercise, given | {n: right(exercise)[n]}).points >= judged(exercise, given).points
