"""A misconception is named where the answers leave no other, and not before."""

import pytest

from autograder.beside.verdict import Answers, verdict


def made(cases, misconceptions, points=1.0):
    """A record in short: of each criterion the cases, as what is expected and what each misconception answers.

    Several readings of one are a tuple.
    """
    return {
        "exercise": "made_up",
        "probe": "call",
        "axes": ["place", "value"],
        "criteria": [{"name": one, "points": points, "says": one, "tolerance": 1e-4, "holds": ""} for one in cases],
        "misconceptions": misconceptions,
        "cases": [
            {
                "criterion": criterion,
                "says": "a case",
                "inputs": {},
                "expected": expected,
                "misread": {
                    name: [{"answer": answer} for answer in (answers if isinstance(answers, tuple) else (answers,))]
                    for name, answers in misread.items()
                },
            }
            for criterion, mine in cases.items()
            for expected, misread in mine
        ],
    }


def called(record, *answers):
    return verdict(record, Answers({n: {"answer": one} for n, one in enumerate(answers)})).misconception


TWICE = {"twice": "It is doubled."}


def test_two_cases_that_agree_in_one_number_are_enough_and_one_is_not():
    both = [(0.3, {"twice": 0.6}), (0.5, {"twice": 1.2})]
    assert called(made({"c": both}, TWICE), 0.6, 1.2) == "twice"
    assert called(made({"c": both[:1]}, TWICE), 0.6) == ""


def test_many_numbers_of_one_answer_are_as_good_as_two_cases_and_a_spike_train_is_not():
    assert called(made({"c": [([1.0, 2.0, 3.0], {"twice": [2.0, 4.0, 6.0]})]}, TWICE), [2.0, 4.0, 6.0]) == "twice"
    assert called(made({"c": [([1, 0, 0, 1], {"twice": [0, 1, 1, 0]})]}, TWICE), [0, 1, 1, 0]) == ""


@pytest.mark.parametrize("nothing", [0.0, 1.0, "nan", "inf", [0.0] * 9, [1.0] * 9, ["nan"] * 9, 1e-17])
def test_what_any_failure_may_answer_names_nothing(nothing):
    right = [0.5] * 9 if isinstance(nothing, list) else 0.5
    assert called(made({"c": [(right, {"twice": nothing})] * 4}, TWICE), *[nothing] * 4) == ""


def test_two_that_answer_alike_are_named_only_if_they_say_the_same():
    cases = {"c": [(0.3, {"one": 0.6, "other": 0.6}), (0.5, {"one": 1.2, "other": 1.2})]}
    assert called(made(cases, {"one": "It is doubled.", "other": "It is added to itself."}), 0.6, 1.2) == ""
    assert called(made(cases, {"one": "It is doubled.", "other": "It is doubled."}), 0.6, 1.2) == "one"


def test_one_number_that_tells_two_apart_is_not_enough():
    cases = [(0.3, {"one": 0.6, "other": 0.6}), (0.5, {"one": 1.2, "other": 1.3}), (0.7, {"one": 1.4, "other": 1.4})]
    names = {"one": "It is doubled.", "other": "It is squared."}
    assert called(made({"c": cases}, names), 0.6, 1.2, 1.4) == ""
    assert called(made({"c": [*cases, (0.9, {"one": 1.8, "other": 2.8})]}, names), 0.6, 1.2, 1.4, 1.8) == "one"


def test_who_answers_rightly_where_a_misconception_is_wrong_does_not_have_it():
    cases = {"c": [(0.3, {"twice": 0.6}), (0.5, {"twice": 1.2})], "d": [(0.4, {"twice": 0.8})]}
    assert called(made(cases, TWICE), 0.6, 1.2, 0.8) == "twice"
    assert called(made(cases, TWICE), 0.6, 1.2, 0.4) == ""
    runs_away = {**cases, "d": [(0.4, {"twice": "inf"})]}
    assert called(made(runs_away, TWICE), 0.6, 1.2, 0.4) == "twice"  # another form of it may not


def test_every_reading_of_a_misconception_names_it_but_no_mixture_of_them():
    cases = [(0.3, {"twice": (0.6, 0.7)}), (0.5, {"twice": (1.2, 1.3)})]
    assert called(made({"c": cases}, TWICE), 0.6, 1.2) == called(made({"c": cases}, TWICE), 0.7, 1.3) == "twice"
    assert called(made({"c": cases}, TWICE), 0.6, 1.3) == ""
