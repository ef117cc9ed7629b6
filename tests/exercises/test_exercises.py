"""The exercises of every chapter: what must hold for a question to be fair."""

import inspect
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.exercises import Chapter, UnknownChapter, chapter_names, decimals, load
from autograder.probes import unwrapped
from autograder.reference.places import title
from autograder.reference.record import PUBLIC_SEED

PROJECT = Path(__file__).resolve().parents[2]
CHAPTERS = [load(name) for name in chapter_names()]
EXERCISES = [pytest.param(one, id=one.name) for chapter in CHAPTERS for one in chapter.exercises]
ESSAYS = [pytest.param(one, id=one.name) for chapter in CHAPTERS for one in chapter.essays]
SEEDS = st.integers(0, 2**64)
NOT_DRAWN = {"input_data"}
"""What has no inputs is asked the same whoever answers."""


def test_an_unknown_chapter_is_answered_with_those_there_are():
    with pytest.raises(UnknownChapter, match=r"unknown chapter 'lif': there is .*leaky_integrator"):
        load("lif")
    for name in ("", "__init__", "../solutions", "leaky_integrator.py"):
        with pytest.raises(UnknownChapter):
            load(name)


@pytest.mark.parametrize("name", chapter_names())
def test_a_chapter_has_one_name_in_every_wing_of_the_house(name):
    assert load(name).name == name
    assert (PROJECT / "solutions" / f"{name}.py").is_file()
    assert (PROJECT / "book" / f"{name}.md").is_file()
    assert f"book/{name}" in (PROJECT / "_toc.yml").read_text()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.name)
def test_what_a_chapter_does_not_have_is_answered_with_what_it_has(chapter):
    with pytest.raises(
        KeyError, match=f"no exercise in chapter {chapter.name} is called 'x'.*{chapter.exercises[0].name}"
    ):
        chapter.exercise("x")
    with pytest.raises(KeyError, match="there is none"):
        replace(chapter, essays=()).essay("x")
    for exercise in chapter.exercises:
        assert chapter.exercise(exercise.name) is exercise
    for essay in chapter.essays:
        assert chapter.essay(essay.name) is essay


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.name)
def test_the_grade_ids_of_a_chapter_are_all_different(chapter):
    ids = [name for one in chapter.exercises for name in (one.name, f"check_{one.name}")]
    ids += [f"essay_{essay.name}" for essay in chapter.essays]
    assert len(ids) == len(set(ids))
    assert not [one.name for one in chapter.exercises if one.name.startswith(("check_", "essay_"))]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_points_of_an_exercise_are_those_of_its_criteria(exercise):
    assert exercise.points == sum(one.points for one in exercise.criteria)
    assert all(one.points > 0 and one.tolerance >= 0 for one in exercise.criteria)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_is_what_the_solutions_call_by_that_name(exercise):
    assert exercise.reference is getattr(exercise.module, exercise.name)
    assert 0 < exercise.seconds <= 60


@cache
def drawn(exercise, seed):
    return list(exercise.cases(Random(seed)))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_criterion_is_asked_about_by_some_case_and_every_case_counts_for_one(exercise):
    for seed in range(5):
        asked = {case.criterion for case in drawn(exercise, seed)}
        assert asked == {criterion.name for criterion in exercise.criteria}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_input_goes_through_json_as_it_is(exercise):
    for case in (case for seed in range(5) for case in drawn(exercise, seed)):
        assert json.loads(json.dumps(case.inputs, allow_nan=False)) == case.inputs
        assert case.says


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_student_is_asked_equally_many_cases_of_each_criterion(exercise):
    counts = [Counter(case.criterion for case in drawn(exercise, seed)) for seed in range(5)]
    assert all(count == counts[0] for count in counts)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_list_arrives_only_where_the_docstring_says_so_and_for_one_criterion(exercise):
    cases = [case for seed in range(3) for case in drawn(exercise, seed)]
    asked = {
        case.criterion for case in cases for one in case.inputs.values() if isinstance(one, dict) and "list" in one
    }
    assert len(asked) == ("a list or an array" in (inspect.getdoc(exercise.reference) or "")), asked


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_criterion_has_a_case_that_is_drawn(exercise):
    fixed = [json.dumps(case.inputs) for case in drawn(exercise, PUBLIC_SEED)]
    asked = {case.criterion for case in drawn(exercise, "a student's") if json.dumps(case.inputs) not in fixed}
    assert exercise.name in NOT_DRAWN or asked == {criterion.name for criterion in exercise.criteria}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_names_within_an_exercise_are_all_different(exercise):
    for things in (exercise.criteria, exercise.misconceptions):
        assert len({one.name for one in things}) == len(things)


@pytest.mark.parametrize("essay", ESSAYS)
def test_an_essay_has_points_and_a_scheme_that_is_never_shown_by_accident(essay):
    assert essay.points > 0 and essay.scheme.strip()
    assert "scheme" not in repr(Chapter("c", (), (essay,)))


# The edge cases of the leaky integrator: always there, whatever the random ones are


def signal(case):
    return unwrapped(case.inputs["input_data"])


@given(seed=SEEDS)
def test_task_1_always_asks_for_lists_whole_numbers_one_step_tau_1_silence_and_channels(seed):
    cases = list(load("leaky_integrator").exercise("leaky_integrator").cases(Random(seed)))
    shapes = [np.shape(signal(case)) for case in cases]
    assert (1,) in shapes and (1, 3) in shapes
    assert any(len(shape) == 2 and shape[1] == 2 for shape in shapes)
    assert any(case.inputs["tau"] == 1 for case in cases)
    assert any("list" in case.inputs["input_data"] for case in cases)
    assert any(np.asarray(signal(case)).dtype.kind == "i" for case in cases)
    assert any(signal(case)[-1] == 0 and np.min(signal(case)) < 0 for case in cases)


@given(seed=SEEDS)
def test_time_and_channels_never_have_one_length_so_that_they_cannot_be_swapped_unseen(seed):
    for name in ("leaky_integrator", "exact_leaky_integrator"):
        for case in load("leaky_integrator").exercise(name).cases(Random(seed)):
            shape = np.shape(signal(case))
            assert len(shape) == 1 or shape[0] != shape[1]


@given(seed=SEEDS)
def test_the_exact_step_is_always_asked_for_short_long_and_longer_than_two_tau(seed):
    cases = load("leaky_integrator").exercise("exact_leaky_integrator").cases(Random(seed))
    ratios = [case.inputs["dt"] / case.inputs["tau"] for case in cases if case.criterion == "any_step"]
    assert min(ratios) < 0.5 and max(ratios) > 2 and any(1 < ratio < 2 for ratio in ratios)


# Small tools


@given(seed=SEEDS, low=st.integers(-50, 50), width=st.integers(1, 50))
def test_a_random_number_has_three_decimals_and_lies_between_its_bounds(seed, low, width):
    number = decimals(Random(seed), low, low + width)
    assert low <= number <= low + width
    assert number == round(number, 3)


def test_a_chapter_is_called_as_its_page_is_headed():
    assert title("leaky_integrator") == "The leaky integrator"
    assert title("diehl_cook") == "Digits without a teacher"
