"""The sample class, graded: what each student earns, and how it is called."""

import pytest

from autograder.authoring import sample_class
from autograder.grading import report

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]

# The input is worth 2 points, the leaky integrator 8, the exact step 6. Only what a student did wrong stands here: all
# else is passed, whatever happened in the other exercises and to the other students.
EXPECTED = {
    "perfect": {},
    "perfect_with_numpy": {},
    "perfect_with_torch": {},
    "untouched": {
        "input_data": ("not attempted", 0, ""),
        "leaky_integrator": ("not attempted", 0, ""),
        "exact_leaky_integrator": ("not attempted", 0, ""),
    },
    "half_done": {"exact_leaky_integrator": ("not attempted", 0, "")},
    "double_tau": {"leaky_integrator": ("wrong", 0, "double_tau")},
    "no_leak": {"leaky_integrator": ("wrong", 0, "no_leak")},
    "one_step_late": {"leaky_integrator": ("wrong", 0, "one_step_late")},
    "channels_first": {"leaky_integrator": ("wrong", 0, "no_leak")},
    "raises": {"leaky_integrator": ("raised", 0, "")},
    "returns_none": {"leaky_integrator": ("wrong", 0, "")},
    "wrong_shape": {"leaky_integrator": ("wrong", 0, "")},
    "endless_loop": {"leaky_integrator": ("timed out", 0, "")},
    "stubborn_loop": {"leaky_integrator": ("timed out", 0, "")},
    "exits": {"leaky_integrator": ("crashed", 0, "")},
    "prints_forever": {"leaky_integrator": ("too much output", 0, "")},
    "eats_memory": {"leaky_integrator": ("out of memory", 0, "")},
    "deleted_check": {},
    "deleted_answer": {"leaky_integrator": ("cell missing", 0, "")},
    "edited_check": {"leaky_integrator": ("wrong", 0, "")},
    "duplicated_check": {},
    "patches": {"leaky_integrator": ("wrong", 0, "")},
    "burglar": {"leaky_integrator": ("wrong", 0, "")},
}
PASSED = {
    "input_data": ("passed", 2, ""),
    "leaky_integrator": ("passed", 8, ""),
    "exact_leaky_integrator": ("passed", 6, ""),
}


@pytest.fixture(scope="module")
def rows(graded_course):
    return report.rows(sample_class.CHAPTER, graded_course)


def test_the_table_speaks_of_every_student():
    assert set(EXPECTED) == {student.name for student in sample_class.CLASS}
    assert len(EXPECTED) >= 14


@pytest.mark.parametrize("student", EXPECTED)
def test_each_student_gets_what_is_theirs(rows, student):
    found = {row.exercise: (row.status, row.points, row.misconception) for row in rows if row.student == student}
    del found["essay_negative_voltage"]
    assert found == PASSED | EXPECTED[student]


def test_an_essay_waits_for_its_reader_unless_nothing_was_written(rows):
    essays = {row.student: row.status for row in rows if row.exercise == "essay_negative_voltage"}
    silent = {"untouched", "half_done"}
    assert {name for name, status in essays.items() if status == "not attempted"} == silent
    assert {name for name, status in essays.items() if status == "to be marked"} == set(essays) - silent


def test_what_ended_a_student_s_code_is_said_in_a_line(rows):
    said = {row.student: row.message for row in rows if row.exercise == "leaky_integrator"}
    assert "no end after 5 seconds" in said["endless_loop"]
    assert "ended with code 0" in said["exits"]
    assert said["raises"].startswith("IndexError") and "return input_data[len(input_data)]" in said["raises"]
    assert "MB were printed" in said["prints_forever"]
