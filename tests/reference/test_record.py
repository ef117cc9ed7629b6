"""Every exercise put to its reference and to each known misreading: on the public inputs, and on any others."""

import json
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations, product
from textwrap import dedent

import numpy as np
import pytest

from autograder.beside.check import answer
from autograder.beside.compare import difference
from autograder.beside.records import read_as
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import Case, Criterion, Exercise, Misconception, chapter_names, load
from autograder.reference.definition import StaleMisconception, definition, misreading
from autograder.reference.record import PUBLIC_SEED, drawn, questions, record, write_records

EXERCISES = [pytest.param(one, id=one.name) for name in chapter_names() for one in load(name).exercises]
SEEDS = [PUBLIC_SEED, "0", "1", "2"]

recorded_for = cache(record)


def verdict_on(thing, exercise, seed):
    known = record(exercise, seed, misreadings=False)
    cases = {n: answer(known["probe"], thing, case["inputs"]) for n, case in enumerate(known["cases"])}
    return verdict(known, Answers(cases))


# The references and the misconceptions of every chapter


def read_otherwise(exercise):
    """Each misconception of an exercise in each of its readings, by number."""
    return [(slip, number) for slip in exercise.misconceptions for number in range(len(slip.readings))]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_earns_every_point_whatever_the_inputs(exercise):
    found = {seed: verdict_on(exercise.reference, exercise, seed) for seed in SEEDS}
    assert {seed: (one.status, one.points) for seed, one in found.items()} == dict.fromkeys(
        SEEDS, ("passed", exercise.points)
    )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_misconception_loses_points_and_is_called_by_its_name(exercise):
    amiss = {}
    for (slip, number), seed in product(read_otherwise(exercise), SEEDS[:2]):  # `prove` takes more
        known = recorded_for(exercise, seed)
        given = {n: {"says": ""} | read_as(case, slip.name, number) for n, case in enumerate(known["cases"])}
        found = verdict(known | {"measure": ""}, Answers(given))  # what is recorded is measured already
        named = (found.misconception, found.misconception_says) == (slip.name, slip.says)
        if found.points == exercise.points or not named:
            amiss[slip.name, number, seed] = found.points, found.misconception
    assert not amiss


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_two_misconceptions_answer_alike(exercise):
    cases = recorded_for(exercise, PUBLIC_SEED)["cases"]
    for one, other in combinations([slip.name for slip in exercise.misconceptions], 2):
        for forms in product(*(range(len(cases[0]["misread"][name])) for name in (one, other))):
            pairs = [[read_as(case, name, n) for name, n in zip((one, other), forms, strict=True)] for case in cases]
            assert any(differ(*pair) for pair in pairs), f"{one} and {other}, {forms}"


def differ(one, other):
    if "raised" in one or "raised" in other:
        return one != other
    return difference(one["answer"], other["answer"]) is not None


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_misconception_is_a_change_that_fits_the_reference_once_and_one_a_teacher_speaks_to(exercise):
    text = definition(exercise.module, exercise.name)
    for slip in exercise.misconceptions:
        assert all(one and one != text for one in slip.readings), slip.name
        assert all(text.count(old) == 1 for old, _ in slip.changes), slip.name
        assert slip.says.endswith((".", "?", "!")) and len(slip.says) < 300, slip.name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_same_seed_draws_the_same_cases_and_another_draws_others(exercise):
    once = list(drawn(exercise, "a"))
    assert once == list(drawn(exercise, "a"))
    if callable(exercise.reference):
        assert once != list(drawn(exercise, "b"))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_questions_hold_the_inputs_and_no_answer(exercise):
    asked = questions(exercise, PUBLIC_SEED)
    assert set(asked) == {"exercise", "probe", "cases", "again"}
    known = recorded_for(exercise, PUBLIC_SEED)["cases"]
    assert asked["cases"] == [{"inputs": case["inputs"]} for case in known]


def test_exercises_draw_from_random_numbers_of_their_own():
    def cases(rng):
        yield Case("c", "a number", {"value": rng.random()})

    one, other = (Exercise(name, np, "call", (Criterion("c", 1, "is"),), cases) for name in ("exp", "sin"))
    assert list(drawn(one, "seed")) != list(drawn(other, "seed"))


# What is recorded for students


@pytest.mark.parametrize("name", chapter_names())
def test_the_recorded_answers_are_json_of_every_exercise_and_no_solution_text(name, tmp_path):
    chapter = load(name)
    text = write_records(chapter, tmp_path).read_text()
    assert json.loads(text) == {one.name: recorded_for(one, PUBLIC_SEED) for one in chapter.exercises}
    for one in chapter.exercises:
        lines = {line.strip() for line in solution_of(definition(one.module, one.name))}
        assert not [line for line in lines if len(line) > 12 and line in text]


def solution_of(text):
    within = False
    for line in text.splitlines():
        if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
            within = "BEGIN" in line
        elif within:
            yield line


def test_recording_again_touches_nothing(tmp_path):
    chapter = load("leaky_integrator")
    before = write_records(chapter, tmp_path).stat().st_mtime_ns
    assert write_records(chapter, tmp_path).stat().st_mtime_ns == before


# One exercise, made up

SOURCE = """
import functools

RATE = 2
threshold = ...
### BEGIN SOLUTION
threshold = 1.0
### END SOLUTION


def twice(function):
    return lambda x: function(function(x))


@twice
@functools.cache
def scaled(x):
    '''Twice, twice.'''
    ### BEGIN SOLUTION
    return RATE * x
    ### END SOLUTION


class Neuron:
    def step(self, x):
        ### BEGIN SOLUTION
        return x
        ### END SOLUTION

    # the end of the class
    rest: float = 0


gain: float = 3
after = 1
"""


def module_of(source, folder):
    path = folder / "made_up.py"
    path.write_text(dedent(source))
    spec = spec_from_file_location("made_up", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def made_up(tmp_path):
    return module_of(SOURCE, tmp_path)


def exercise_on(module, *slips):
    def cases(rng):
        yield Case("c", "a number", {"x": rng.randint(1, 9)})

    return Exercise("scaled", module, "call", (Criterion("c", 1, "is scaled"),), cases, slips)


def test_a_definition_comes_with_its_decorators_docstring_and_markers(made_up):
    text = definition(made_up, "scaled")
    assert text.splitlines()[:2] == ["@twice", "@functools.cache"]
    assert text.splitlines()[-1].strip() == "### END SOLUTION"
    assert "Twice, twice." in text and "class" not in text


def test_a_name_bound_twice_is_defined_from_the_first_to_the_end_of_its_region(made_up):
    assert definition(made_up, "threshold").splitlines() == [
        "threshold = ...",
        "### BEGIN SOLUTION",
        "threshold = 1.0",
        "### END SOLUTION",
    ]


def test_a_class_and_an_annotated_name_are_definitions_too(made_up):
    assert definition(made_up, "Neuron").splitlines()[-1] == "    rest: float = 0"
    assert definition(made_up, "gain") == "gain: float = 3"


def test_a_name_that_is_not_bound_at_the_top_is_missed_by_name(made_up):
    for name in ("step", "functools", "nothing"):
        with pytest.raises(LookupError, match=f"made_up binds no '{name}'"):
            definition(made_up, name)


def test_a_region_without_an_end_is_an_error_and_no_endless_search(tmp_path):
    module = module_of("def f(x):\n    ### BEGIN SOLUTION\n    return x\n", tmp_path)
    with pytest.raises(LookupError, match="'f': a solution begins and has no ### END SOLUTION"):
        definition(module, "f")


def test_a_misreading_is_the_reference_with_the_change_and_leaves_the_reference_alone(made_up):
    exercise = exercise_on(made_up)
    wrong = misreading(exercise, Misconception("adds", "It adds.", (("RATE * x", "RATE + x"),)))
    assert wrong(5) == 2 + 2 + 5
    assert exercise.reference(5) == 2 * 2 * 5


@pytest.mark.parametrize("old", ["RATE / x", "e", "threshold"])  # not there, there often, only elsewhere
def test_a_change_that_no_longer_fits_the_reference_is_loud(made_up, old):
    stale = Misconception("stale", "It was once.", ((old, "pass"),))
    for attempt in (misreading, lambda exercise, slip: record(exercise_on(made_up, slip), "a seed")):
        with pytest.raises(StaleMisconception, match=r"scaled, stale: .* stands \d+ times"):
            attempt(exercise_on(made_up), stale)


def test_changes_are_made_one_after_the_other(made_up):
    slip = Misconception("both", "Both.", (("RATE * x", "RATE * x + 1"), ("x + 1", "x - 1")))
    assert misreading(exercise_on(made_up), slip)(5) == 2 * (2 * 5 - 1) - 1


def test_a_misconception_that_raises_is_recorded_as_such(made_up):
    slip = Misconception("fails", "It fails.", (("RATE * x", "RATE / 0"),))
    known = record(exercise_on(made_up, slip), "a seed")
    assert known["cases"][0]["misread"] == {"fails": [{"raised": "ZeroDivisionError"}]}


def test_a_misconception_has_an_answer_in_each_of_its_readings(made_up):
    whole = definition(made_up, "scaled").replace("RATE * x", "x - RATE")
    slip = Misconception("adds", "It adds.", (("RATE * x", "RATE + x"),), also=((("RATE * x", "x + 1"),), whole))
    (case,) = record(exercise_on(made_up, slip), "a seed")["cases"]
    assert [one["answer"] - case["inputs"]["x"] for one in case["misread"]["adds"]] == [4, 2, -4]
    assert [misreading(exercise_on(made_up), slip, number)(5) for number in range(3)] == [9, 7, 1]


def test_a_case_may_know_what_its_inputs_were_made_from(made_up):
    def cases(rng):
        yield Case("c", "made from 7", {"x": 1}, expected=np.array([7.0]))

    exercise = Exercise("scaled", made_up, "call", (Criterion("c", 1, "is"),), cases)
    assert record(exercise, "a seed")["cases"][0]["expected"] == [7.0]
