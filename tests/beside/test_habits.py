"""Code whose answers are right may still remember, or change what is not its own: that costs one point, and is said."""

import numpy as np
import pytest

from autograder.beside.check import answers_to
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import chapter_names, load
from autograder.probes import given
from autograder.reference.record import questions, record

EXERCISE = load("leaky_integrator").exercise("leaky_integrator")
RECORD, ASKED = record(EXERCISE, "a seed"), questions(EXERCISE, "a seed")
ALL = EXERCISE.points


def judged(thing, asked=ASKED):
    return verdict(RECORD, Answers(dict(answers_to(asked, thing))))


def test_one_question_is_asked_once_more_and_the_reference_minds_nothing_of_it():
    answers = dict(answers_to(ASKED, EXERCISE.reference))
    assert set(answers) == {*range(len(ASKED["cases"]) + 1)}
    found = verdict(RECORD, Answers(answers))
    assert (found.status, found.points, found.habits) == ("passed", ALL, ())


def changes_its_input(input_data, tau):
    answer = EXERCISE.reference(np.array(input_data), tau)
    if isinstance(input_data, np.ndarray):
        input_data *= 2
    return answer


BUFFERS: dict = {}


def fills_one_buffer(input_data, tau):
    answer = EXERCISE.reference(input_data, tau)
    buffer = BUFFERS.setdefault(answer.shape, np.empty(answer.shape))
    buffer[:] = answer
    return buffer


class Counts:
    def __init__(self):
        self.calls = 0

    def __call__(self, input_data, tau):
        self.calls += 1
        return EXERCISE.reference(input_data, tau) * (1 if self.calls <= len(ASKED["cases"]) else 2)


@pytest.mark.parametrize(
    ("thing", "status", "says"),
    [
        (changes_its_input, "changes inputs", "what it is given is changed afterwards"),
        (fills_one_buffer, "changes answers", "an answer that it gave is changed by a later call"),
        (Counts(), "remembers", "asked the same once more, it answers otherwise"),
    ],
    ids=["changes its input", "fills one buffer", "remembers"],
)
def test_a_habit_costs_one_point_and_is_a_status_of_its_own(thing, status, says):
    found = judged(thing)
    assert (found.status, found.points) == (status, ALL - 1)
    assert all(criterion.met for criterion in found.criteria)
    assert [habit.startswith(says) and habit.endswith("(-1)") for habit in found.habits] == [True]


def has_an_array(exercise):
    asked = questions(exercise, "a seed")
    again = [] if asked["again"] is None else asked["cases"][asked["again"]]["inputs"].values()
    return asked["probe"] == "call" and any(isinstance(given(one), np.ndarray) for one in again)


@pytest.mark.parametrize("name", chapter_names())
def test_who_makes_floats_of_whole_numbers_and_writes_into_them_is_told_so(name):
    for exercise in filter(has_an_array, load(name).exercises):

        def writes(*inputs, reference=exercise.reference):
            came = reference(*inputs)
            for one in inputs:
                if isinstance(one, np.ndarray):
                    np.asarray(one, dtype=float)[...] = -7
            return came

        answers = Answers(dict(answers_to(questions(exercise, "a seed"), writes)))
        assert verdict(record(exercise, "a seed", misreadings=False), answers).status == "changes inputs", exercise.name


def test_an_object_that_answers_otherwise_when_it_is_copied_is_told_so():
    exercise = load("diehl_cook").exercise("SynapseCollection")

    class Shares(exercise.reference):
        def __deepcopy__(self, memory):
            return type(self)(self.n, self.tau_s, self.t_step) if hasattr(self, "n") else 1 / 0

    found = verdict(record(exercise, "a seed"), Answers(dict(answers_to(questions(exercise, "a seed"), Shares))))
    assert (found.status, found.points) == ("cannot be copied", exercise.points - 1)


def test_several_habits_cost_no_more_than_one():
    def does_both(input_data, tau):
        answer = fills_one_buffer(input_data, tau)
        changes_its_input(input_data, tau)
        return answer

    found = judged(does_both)
    assert (found.points, len(found.habits)) == (ALL - 1, 2)


def test_what_is_forged_of_a_habit_earns_nothing_and_breaks_nothing():
    right = {n: {"answer": case["expected"]} for n, case in enumerate(RECORD["cases"])}
    place = len(RECORD["cases"])
    for shown in (None, 1, "x", [], {}, {"again": 3}, {"again": {"raised": 7}}, {"filled": 3}, {"changed": "nan"}):
        for cases in (right, {}, {0: {"answer": [9.0]}}):
            found = verdict(RECORD, Answers(cases | {place: {"answer": shown}}))
            assert found.points <= verdict(RECORD, Answers(cases)).points


# Parts in another order


def made_up_record():
    cases = [([[0.5, 0.25], [0, 1]], "voltage"), ([[0.5, 0.25], [0, 1]], "spikes")]
    return {
        "exercise": "neuron",
        "probe": "call",
        "axes": ["step", "value"],
        "parts": ["voltage", "spikes"],
        "criteria": [
            {"name": part, "points": 3, "says": f"has the {part}", "tolerance": 1e-4, "holds": "", "part": part}
            for part in ("voltage", "spikes")
        ],
        "misconceptions": {},
        "cases": [
            {"criterion": part, "says": "a case", "inputs": {}, "expected": expected, "misread": {}}
            for expected, part in cases
        ],
    }


def of_both(answer):
    return verdict(made_up_record(), Answers({n: {"answer": answer} for n in range(2)}))


def test_each_part_is_judged_for_itself():
    assert of_both([[0.5, 0.25], [0, 1]]).status == "passed"
    found = of_both([[0.5, 0.25], [1, 1]])
    assert [one.met for one in found.criteria] == [True, False]
    assert (found.points, found.axes, found.expected, found.answer) == (3, ("step", "spikes"), [0, 1], [1, 1])
    for none in ([[0.5, 0.25]], 0.5, None):
        assert "came back, expected 2 parts, voltage and spikes" in of_both(none).criteria[0].instead


def test_the_columns_of_one_array_are_parts_too():
    known = made_up_record() | {"columns": True}
    table = [[0.5, 0], [0.25, 1], [0.125, 1]]
    known["cases"] = [case | {"expected": table} for case in known["cases"]]

    def judged(answer):
        return verdict(known, Answers({n: {"answer": answer} for n in range(2)}))

    assert judged(table).status == "passed"
    assert [one.met for one in judged([[0.5, 0], [0.25, 1], [9, 1]]).criteria] == [False, True]
    assert judged([row[::-1] for row in table]).status == "parts swapped"
    assert "expected 2 columns of voltage and spikes" in judged([0.5, 0.25, 0.125]).criteria[0].instead


def test_parts_in_another_order_cost_a_point_and_not_all():
    found = of_both([[0, 1], [0.5, 0.25]])
    assert (found.status, found.points) == ("parts swapped", 5)
    assert "in another order" in found.habits[0]
