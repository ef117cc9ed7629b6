"""The seed of a challenge: it belongs to what was handed in, and nobody knows it who has not the course's secret."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.beside.words import ANSWER_MIME, check_id
from autograder.exercises import chapter_names, load
from autograder.grading import course_folder, judge
from autograder.grading.steps import submission_in

MADE_FROM = ("secret", "lif_filters", "ann", b"{}")


def test_the_same_hand_in_has_the_same_seed_whenever_it_is_graded():
    assert judge.seed(*MADE_FROM) == judge.seed(*MADE_FROM)


@pytest.mark.parametrize(("place", "other"), [*enumerate(("another", "delays", "bob", b"{} "))])
def test_another_secret_assignment_student_or_hand_in_has_another_seed(place, other):
    changed = [*MADE_FROM]
    changed[place] = other
    assert judge.seed(*changed) != judge.seed(*MADE_FROM)


@pytest.mark.parametrize("chapter", chapter_names())
def test_who_hands_in_anew_is_asked_anew(chapter):
    seeds = [judge.seed("secret", chapter, "ann", handed_in) for handed_in in (b"first", b"second")]
    first, second = (judge.challenge(load(chapter), seed) for seed in seeds)
    alike = [name for name in first if first[name] == second[name]]
    assert alike == (["input_data"] if chapter == "leaky_integrator" else [])


def test_a_submission_s_seed_is_that_of_all_that_is_handed_in_and_no_record_lies_beside_it(tmp_path):
    release, handed_in = tmp_path / "release" / "essay", tmp_path / "submitted" / "ann" / "essay"
    for folder in (release, handed_in, handed_in / "data"):
        folder.mkdir(parents=True)
        (folder / "essay.recorded.json").write_text("{}")
        (folder / "table.csv").write_text("")
    (release / "essay.ipynb").write_bytes(b"released")
    (tmp_path / course_folder.SECRET).write_text("secret")
    path = handed_in / "essay.ipynb"
    first, again, second = (submission_in(tmp_path, "essay", "ann", path, one) for one in (b"one", b"one", b"two"))
    assert first.seed == again.seed != second.seed
    (handed_in / "data" / "table.csv").write_text("what was asked")
    assert submission_in(tmp_path, "essay", "ann", path, b"one").seed != first.seed
    assert sorted(first.beside) == ["data/", "data/table.csv", "table.csv"]


def test_too_little_memory_is_out_of_memory_in_torch_s_own_words_too():
    """As torch 2.13 says it."""
    says = "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to ..."
    error = new_output("error", ename="RuntimeError", evalue=says, traceback=[])
    [exercise, *_] = load("leaky_integrator").exercises
    notebook = new_notebook(cells=[new_code_cell(metadata={"nbgrader": {"grade_id": exercise.name}}, outputs=[error])])
    answers = judge.answers_in(notebook, exercise)
    assert (answers.ended, answers.says) == ("out of memory", f"MemoryError: {says}")
    given = {"exercise": exercise.name, "case": 0, "raised": "RuntimeError", "says": says}
    check = new_code_cell(metadata={"nbgrader": {"grade_id": check_id(exercise.name)}})
    check.outputs = [new_output("display_data", {ANSWER_MIME: given})]
    assert judge.answers_in(new_notebook(cells=[check]), exercise).cases[0]["raised"] == "MemoryError"
