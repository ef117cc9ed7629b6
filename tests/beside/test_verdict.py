"""What answers say: points by criterion, a status that names the outcome, the misconception they look like."""

import json
import sys
from random import Random
from types import ModuleType

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.beside.check import answer
from autograder.beside.compare import flat
from autograder.beside.records import read_as
from autograder.beside.verdict import STATUSES, Answers, verdict
from autograder.exercises import chapter_names, load
from autograder.reference.record import misreading, record

EXERCISE = load("leaky_integrator").exercise("leaky_integrator")
RECORD = record(EXERCISE, "a seed")
CASES = RECORD["cases"]
PLACES = range(len(CASES))


def nested(levels):
    answer = 9.0
    for _ in range(levels):
        answer = [answer]
    return answer


def answers_of(thing) -> Answers:
    return Answers({n: answer(RECORD["probe"], thing, case["inputs"]) for n, case in enumerate(CASES)})


def right() -> dict[int, dict]:
    return {n: {"answer": case["expected"]} for n, case in enumerate(CASES)}


def misread(name) -> dict[int, dict]:
    return {n: dict(read_as(case, name, 0)) for n, case in enumerate(CASES)}


def places_of(criterion) -> set[int]:
    return {n for n, case in enumerate(CASES) if case["criterion"] == criterion}


def test_the_reference_passes_with_all_points_and_nothing_to_say():
    found = verdict(RECORD, answers_of(EXERCISE.reference), seed="a seed")
    assert (found.status, found.points, found.max_points) == ("passed", EXERCISE.points, EXERCISE.points)
    assert all(criterion.met and not criterion.instead for criterion in found.criteria)
    assert (found.misconception, found.misconception_says, found.message, found.case) == ("", "", "", "")
    assert found.seed == "a seed"


@given(wrong=st.sets(st.sampled_from(PLACES), min_size=1))
def test_a_criterion_is_met_if_all_its_cases_are_right_and_points_are_those_of_the_met(wrong):
    cases = right() | {n: {"answer": None} for n in wrong}
    found = verdict(RECORD, Answers(cases))
    met = [not places_of(one["name"]) & wrong for one in RECORD["criteria"]]
    assert [one.met for one in found.criteria] == met
    assert found.points == sum(one["points"] for one, is_met in zip(RECORD["criteria"], met, strict=True) if is_met)
    assert found.status == ("partly" if any(met) else "wrong")


@given(answered=st.sets(st.sampled_from(PLACES)))
def test_no_answer_is_never_a_right_answer(answered):
    found = verdict(RECORD, Answers({n: one for n, one in right().items() if n in answered}))
    for one, criterion in zip(RECORD["criteria"], found.criteria, strict=True):
        assert criterion.met == (places_of(one["name"]) <= answered)
        assert not criterion.instead


JUNK = st.one_of(
    st.fixed_dictionaries({"answer": st.one_of(st.none(), st.floats(), st.text(), st.lists(st.integers()))}),
    st.fixed_dictionaries({"raised": st.text(), "says": st.text()}),
)


@given(cases=st.dictionaries(st.one_of(st.integers(), st.booleans(), st.sampled_from(PLACES)), JUNK, max_size=12))
@example(cases={999: {"answer": 1.0}})
@example(cases={-1: {"answer": 1.0}})
@example(cases={**right(), 999: {"raised": "NotImplementedError", "says": ""}})
def test_answers_to_cases_that_were_not_asked_count_for_nothing(cases):
    asked = {n: one for n, one in cases.items() if n in PLACES}
    assert verdict(RECORD, Answers(cases)) == verdict(RECORD, Answers(asked))


# The status


@pytest.mark.parametrize("ended", ["timed out", "crashed", "out of memory", "too much output", "cell missing"])
def test_what_stopped_the_questions_is_the_status_and_what_was_right_before_counts(ended):
    answered = {n: one for n, one in right().items() if CASES[n]["criterion"] == "charges"}
    found = verdict(RECORD, Answers(answered, ended, "why"))
    assert (found.status, found.message) == (ended, "why")
    assert found.points == 3
    assert verdict(RECORD, Answers(right(), ended, "why")).status == "passed"


def test_an_untouched_stub_is_not_attempted_and_not_wrong():
    def stub(input_data, tau):
        raise NotImplementedError()

    assert verdict(RECORD, answers_of(stub)).status == "not attempted"
    assert verdict(RECORD, answers_of(...)).status == "not attempted"


def test_a_stub_left_only_in_one_branch_is_an_attempt():
    cases = right() | {n: {"raised": "NotImplementedError", "says": ""} for n in places_of("channels")}
    assert verdict(RECORD, Answers(cases)).status == "partly"


def test_code_that_raises_everywhere_raised_and_the_message_says_what():
    def fails(input_data, tau):
        return input_data[len(input_data)]

    found = verdict(RECORD, answers_of(fails))
    assert found.status == "raised"
    assert found.message.startswith("IndexError: ")
    assert "return input_data[len(input_data)]" in found.message


def test_too_little_memory_everywhere_is_out_of_memory():
    def greedy(input_data, tau):
        raise MemoryError

    assert verdict(RECORD, answers_of(greedy)).status == "out of memory"
    once = right() | {0: {"raised": "MemoryError", "says": ""}}
    assert verdict(RECORD, Answers(once)).status == "partly"


def test_an_error_in_one_case_costs_one_criterion_and_is_shown_with_its_case():
    one = min(places_of("edges"))
    found = verdict(RECORD, Answers(right() | {one: {"raised": "ZeroDivisionError", "says": "by zero"}}))
    missed = [criterion for criterion in found.criteria if not criterion.met]
    assert found.status == "partly"
    assert [criterion.instead for criterion in missed] == [f"{CASES[one]['says']}: ZeroDivisionError: by zero"]


@given(
    cases=st.dictionaries(st.sampled_from(PLACES), JUNK),
    ended=st.sampled_from(["", "timed out", "crashed", "raised", "not attempted"]),
)
def test_every_outcome_has_a_name_and_points_between_none_and_all(cases, ended):
    found = verdict(RECORD, Answers(cases, ended))
    assert found.status in STATUSES
    assert 0 <= found.points <= found.max_points
    assert (found.points == found.max_points) == all(one.met for one in found.criteria)
    json.dumps(found.as_data())


def test_a_criterion_that_builds_on_another_exercise_says_so_where_that_one_is_wrong():
    needy = RECORD | {"criteria": [one | {"needs": "input_data"} for one in RECORD["criteria"]]}
    wrong = Answers({n: {"answer": 7.0} for n in PLACES})
    said = [one.instead for one in verdict(needy, wrong, ended={"input_data": "partly"}).criteria]
    assert all("this builds on input_data, which is not right yet" in one for one in said)
    for ended in ({}, {"input_data": "passed"}, {"another": "wrong"}):
        assert not any("builds on" in one.instead for one in verdict(needy, wrong, ended=ended).criteria)


def test_a_recursion_that_is_too_deep_is_explained():
    def deep_one(input_data, tau):
        return deep_one(input_data, tau)

    assert "a loop has no end of that kind" in verdict(RECORD, answers_of(deep_one)).message


# A criterion that is a condition, or has a tolerance


@pytest.fixture
def conditional(monkeypatch):
    """A record with one case, whose answer has to be larger than an input."""

    def larger(inputs, answer):
        return "" if sum(flat(answer)) > inputs["than"] else "that is not larger"

    probe = ModuleType("autograder.probes.of_a_test")
    probe.larger = larger
    monkeypatch.setitem(sys.modules, probe.__name__, probe)
    return {
        "exercise": "size",
        "probe": "call",
        "axes": ["place", "value"],
        "criteria": [{"name": "large", "points": 2, "says": "is large", "tolerance": 0, "holds": "of_a_test.larger"}],
        "misconceptions": {},
        "cases": [{"criterion": "large", "says": "larger than 3", "inputs": {"than": 3}, "expected": 4, "misread": {}}],
    }


def test_a_condition_takes_every_answer_for_which_it_holds(conditional):
    for right_answer in (4, 100.0, [2, 2]):
        assert verdict(conditional, Answers({0: {"answer": right_answer}})).status == "passed"
    found = verdict(conditional, Answers({0: {"answer": 3.0}}))
    assert (found.status, found.criteria[0].instead) == ("wrong", "larger than 3: that is not larger")


@pytest.mark.parametrize(
    "answer", [None, "spike", {"not data": "set"}, [None], nested(900)], ids=lambda one: str(one)[:9]
)
def test_a_condition_on_what_has_not_its_form_is_not_met(conditional, answer):
    found = verdict(conditional, Answers({0: {"answer": answer}}))
    assert (found.status, found.points) == ("wrong", 0)
    assert "not of the form that was asked for" in found.criteria[0].instead


# What is measured in a raw answer by those who judge it


@pytest.fixture
def measured(conditional, monkeypatch):
    """The same record, where the sum of an answer is looked at."""

    def total(inputs, answer):
        if not answer:
            raise ValueError("some numbers are asked for")
        return sum(flat(answer))

    monkeypatch.setattr(sys.modules["autograder.probes.of_a_test"], "total", total, raising=False)
    return conditional | {"measure": "of_a_test.total"}


def test_what_is_judged_and_shown_of_a_raw_answer_is_what_is_measured_in_it(measured):
    assert verdict(measured, Answers({0: {"answer": [1, 2, 1]}})).status == "passed"
    found = verdict(measured, Answers({0: {"answer": [1, 1]}}))
    assert (found.status, found.answer) == ("wrong", 2)


def test_what_cannot_be_measured_is_said_to_be_as_if_it_had_been_raised(measured):
    found = verdict(measured, Answers({0: {"answer": []}}))
    assert (found.status, found.message) == ("raised", "ValueError: some numbers are asked for")


MEASURED = [pytest.param(one, id=one.name) for name in chapter_names() for one in load(name).exercises if one.measure]


@pytest.mark.parametrize("exercise", MEASURED)
@pytest.mark.parametrize(
    "junk",
    [
        None,
        "spike",
        1e999,
        {},
        [],
        [[]],
        [[[]]],
        [{}],
        ["nan"],
        [["nan"]],
        [[["nan"], [1]]],
        [[0, 1], [2]],
        nested(900),
    ],
    ids=lambda one: str(one)[:12],
)
def test_whatever_comes_instead_of_a_raw_answer_is_judged_and_earns_nothing(exercise, junk):
    known = record(exercise, "a seed", misreadings=False)
    found = verdict(known, Answers({n: {"answer": junk} for n in range(len(known["cases"]))}))
    assert found.points == 0 and found.status in ("wrong", "raised")


def test_each_criterion_has_a_tolerance_of_its_own():
    loose = [one | {"tolerance": 0.1 if one["name"] == "charges" else one["tolerance"]} for one in RECORD["criteria"]]
    off = {n: {"answer": (1.05 * np.array(case["expected"])).tolist()} for n, case in enumerate(CASES)}
    found = verdict(RECORD | {"criteria": loose}, Answers(off))
    assert [one.met for one in found.criteria] == [one["name"] == "charges" for one in RECORD["criteria"]]


# The misconception


@pytest.mark.parametrize("one", EXERCISE.misconceptions, ids=lambda one: one.name)
def test_answers_of_a_misconception_name_it_with_its_sentence(one):
    found = verdict(RECORD, answers_of(misreading(EXERCISE, one)))
    assert (found.misconception, found.misconception_says) == (one.name, one.says)


def test_a_misconception_in_part_of_the_answers_is_named_if_it_explains_most_of_what_is_wrong():
    cases = misread("double_tau") | {min(places_of("channels")): {"answer": None}}
    assert verdict(RECORD, Answers(cases)).misconception == "double_tau"


def test_answers_half_of_one_misconception_and_half_of_another_are_called_neither():
    cases = misread("double_tau")
    cases |= {n: misread("no_leak")[n] for n in places_of("follows") | places_of("channels")}
    assert verdict(RECORD, Answers(cases)).misconception == ""


@given(seed=st.integers())
def test_wrong_answers_of_no_system_look_like_no_misconception(seed):
    draw = Random(seed)
    cases = {n: {"answer": [draw.uniform(-9, 9) for _ in range(30)]} for n in PLACES}
    assert verdict(RECORD, Answers(cases)).misconception == ""


def test_a_misconception_that_raises_explains_neither_code_that_raises_nor_any_answer():
    raises = {n: {"raised": "ValueError", "says": ""} for n in PLACES}
    cases = [case | {"misread": {"double_tau": [{"raised": "ValueError"}]}} for case in CASES]
    known = RECORD | {"misconceptions": {"double_tau": "..."}, "cases": cases}
    assert verdict(known, Answers(raises)).misconception == ""
    assert verdict(known, Answers({n: {"answer": 0.0} for n in PLACES})).misconception == ""


def test_without_recorded_misreadings_none_is_named():
    plain = record(EXERCISE, "a seed", misreadings=False)
    found = verdict(plain, Answers(misread("double_tau")))
    assert (found.misconception, found.status) == ("", "wrong")


# The picture


def test_the_first_case_that_differs_is_kept_with_both_answers_to_be_drawn():
    first, second = sorted(places_of("follows"))
    wrong = {n: {"answer": [0.5] * 30} for n in (first, second)}
    found = verdict(RECORD, Answers(right() | wrong))
    assert (found.case, found.expected, found.answer) == (CASES[first]["says"], CASES[first]["expected"], [0.5] * 30)
    raised = verdict(RECORD, Answers(right() | wrong | {first: {"raised": "ValueError", "says": ""}}))
    assert raised.case == CASES[second]["says"]


def test_a_verdict_as_data_holds_no_expected_answer():
    data = verdict(RECORD, Answers(misread("double_tau"))).as_data()
    assert data["expected"] is None and data["answer"] is None
    assert data["misconception"] == "double_tau"
