"""Whom to grade, and what of them; and what has run is judged anew without being run."""

import gzip
import json
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import ANSWER_MIME, OURS
from autograder.grading import course_folder, report
from autograder.grading.choosing import Choice, NobodyChosen
from autograder.grading.whole_class import grade

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
NAMES = ("perfect", "no_leak", "half_done")


@pytest.fixture(scope="module")
def graded(released_chapter, tmp_path_factory) -> Path:
    course = Path(shutil.copytree(released_chapter, tmp_path_factory.mktemp("choosing") / "course"))
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in NAMES))
    assert len(grade(CHAPTER, course).now) == len(NAMES)
    return course


@pytest.fixture
def course(graded, tmp_path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def points(course: Path, student: str = "perfect") -> dict[str, float | None]:
    return {row.exercise: row.points for row in report.rows(CHAPTER, course) if row.student == student}


def answer_otherwise(course: Path, student: str = "perfect") -> None:
    """What is kept of a student's run says other things than were answered: who judges it anew, sees that."""
    path = course_folder.kept_file(course, CHAPTER, student)
    key, notebook = path.read_bytes()[:64], json.loads(gzip.decompress(path.read_bytes()[64:]))
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", ())):
        if "answer" in (given := output.get("data", {}).get(ANSWER_MIME, {})):
            given["answer"] = "another"
    path.write_bytes(key + gzip.compress(json.dumps(notebook).encode()))


def judged_otherwise_now(course: Path, student: str = "perfect") -> None:
    """As if a tolerance or a misconception had changed since a student was graded."""
    path = course_folder.graded_file(course, CHAPTER, student)
    path.chmod(0o644)
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata[OURS]["fingerprint"] = "of before"
    nbformat.write(notebook, path)


def test_what_is_judged_otherwise_now_is_judged_by_what_has_run_and_again_runs_it(course):
    answer_otherwise(course)
    assert grade(CHAPTER, course).now == []
    judged_otherwise_now(course)
    assert grade(CHAPTER, course).now == ["perfect"]
    assert points(course)["leaky_integrator"] == points(course)["exact_leaky_integrator"] == 0
    assert grade(CHAPTER, course, choice=Choice(students=("perfect",), again=True)).now == ["perfect"]
    assert points(course)["leaky_integrator"] == 8 and points(course)["exact_leaky_integrator"] == 6


def test_one_exercise_is_judged_anew_and_the_others_stay(course):
    answer_otherwise(course)
    judged_otherwise_now(course)
    assert grade(CHAPTER, course, choice=Choice(exercises=("leaky_integrator",), students=("perfect",))).now
    assert points(course)["leaky_integrator"] == 0 and points(course)["exact_leaky_integrator"] == 6
    assert grade(CHAPTER, course).now == ["perfect"], "the others are to be judged anew still"
    assert points(course)["exact_leaky_integrator"] == 0


def test_what_has_run_counts_only_for_the_same_notebook(course):
    answer_otherwise(course)
    shutil.copy(
        course / "submitted" / "half_done" / CHAPTER / f"{CHAPTER}.ipynb",
        course / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb",
    )
    assert grade(CHAPTER, course).now == ["perfect"]
    assert points(course) == points(course, "half_done")


def test_students_are_chosen_by_name_and_by_what_is_not_passed(course):
    chosen = {student: Choice(students=(student,), again=True) for student in NAMES}
    assert {student: grade(CHAPTER, course, choice=choice).now for student, choice in chosen.items()} == {
        student: [student] for student in NAMES
    }
    assert grade(CHAPTER, course, choice=Choice(only_failed=True, again=True)).now == ["half_done", "no_leak"]
    one = Choice(only_failed=True, again=True, exercises=("exact_leaky_integrator",))
    assert grade(CHAPTER, course, choice=one).now == ["half_done"]


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(students=("perfect", "nobody")), f"{CHAPTER} has no hand-in of nobody; there is: half_done, no_leak"),
        (Choice(exercises=("leaky",)), f"{CHAPTER} has no exercise leaky; there is: input_data, leaky_integrator"),
    ],
)
def test_who_or_what_is_not_there_is_named_with_what_is(graded, choice, says):
    with pytest.raises(NobodyChosen, match=says):
        grade(CHAPTER, graded, choice=choice)
