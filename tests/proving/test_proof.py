"""The autograder is as good as the kept measure says: a fixed part of it is made again, and nothing is worse."""

import copy
import json

import pytest

from autograder.exercises import chapter_names, load
from autograder.proving import proof, table
from autograder.proving.attempts import KINDS, attempts, equivalent
from autograder.proving.corpus import BadCorpus
from autograder.reference import places

KEPT = table.read(table.KEPT)
FEW = 4
"""So many attempts of a kind are tried here on each exercise, always the same ones."""


@pytest.mark.slow
def test_nothing_is_worse_than_what_is_kept():
    found = proof.prove(chapter_names(), 1, sample=FEW)
    assert proof.worse(found, KEPT) == []


def test_every_exercise_has_its_row_and_the_page_shows_it():
    assert {(chapter, exercise) for chapter, exercise, _ in proof.rows(KEPT)} == {
        (name, exercise.name) for name in chapter_names() for exercise in load(name).exercises
    }
    text = places.page(table.PAGE).read_text()
    assert table.with_table(text, KEPT) == text, "make plan"


def test_a_row_can_be_read():
    for _, exercise, row in proof.rows(KEPT):
        cells = table.cells(exercise, row)
        assert len(cells) == len(table.COLUMNS) and cells[0] == exercise
        assert set(proof.FAULTS) <= set(row)


@pytest.mark.parametrize("fault", proof.FAULTS)
def test_what_is_worse_is_named(fault):
    worse = copy.deepcopy(KEPT)
    worse["delays"]["exercises"]["delayed"][fault]["something new"] = "why"
    (line,) = proof.worse(worse, KEPT)
    assert line == f"delays, delayed: {proof.FAULTS[fault]}: something new: why"
    assert proof.worse(KEPT, worse) == []


def test_a_chapter_that_was_not_measured_before_is_not_worse():
    before = {name: part for name, part in KEPT.items() if name != "delays"}
    assert proof.worse(KEPT, before) == []


def test_what_is_kept_besides_stays(tmp_path):
    path = tmp_path / "kept.json"
    whole, right = {"checks": 3, "mutants": 5}, {"checks": 1000}
    table.keep({"one": {"made": {"on": "monday"}, "exercises": {"a": whole, "b": whole}}}, path)
    table.keep({"two": {"made": {}, "exercises": {"c": right}}}, path)
    table.keep({"one": {"made": {"on": "tuesday"}, "exercises": {"b": right}}}, path)
    assert json.loads(path.read_text()) == {
        "one": {"made": {"on": "monday"}, "exercises": {"a": whole, "b": whole | right}},
        "two": {"made": {}, "exercises": {"c": right}},
    }


@pytest.mark.parametrize("name", chapter_names())
def test_every_mutant_that_is_right_still_is_there_and_says_why(name):
    for reasons in equivalent(load(name)).values():
        assert all(len(reason) > 10 and reason.endswith(".") for reason in reasons.values())


def test_a_mutant_that_is_gone_is_missed(tmp_path):
    (tmp_path / "delays").mkdir()
    (tmp_path / "delays" / "equivalent.toml").write_text('[delayed]\n"x: 1 -> 2" = "It was once."\n')
    with pytest.raises(BadCorpus, match=r"delayed has no mutant 'x: 1 -> 2' any more"):
        equivalent(load("delays"), tmp_path)


def test_an_exercise_is_tried_in_every_way():
    found = attempts(load("leaky_integrator"))
    assert {one.kind for one in found} >= set(KINDS) - {"cheat"}
    assert len({(one.exercise, one.kind, one.name) for one in found}) == len(found)


def test_right_answers_alone_are_tried_with_many_seeds_and_nothing_else():
    found = proof.prove(["leaky_integrator"], 30, exercises=["exact_leaky_integrator"], right_alone=True, sample=3)
    ((_, exercise, row),) = proof.rows(found)
    assert exercise == "exact_leaky_integrator"
    assert row == {"right": 3, "checks": 90, "refused": {}}
