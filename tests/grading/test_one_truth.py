"""One truth about a grade: report, terminal and feedback say what `nbgrader export` says, and nothing is silent."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from marked import ESSAY, exported, mark, opened

from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import by_grade_id
from autograder.grading import gradebook, report, whole_class
from autograder.grading.course_folder import CONFIG, NoCourse
from autograder.grading.gradebook import GradebookLocked

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
BIN = Path(sys.executable).parent
NOTEBOOK = f"{CHAPTER}.ipynb"


def reported(course: Path) -> dict[str, dict[str, report.Row]]:
    found: dict[str, dict[str, report.Row]] = {}
    for row in report.rows(CHAPTER, course):
        found.setdefault(row.student, {})[row.exercise] = row
    return found


def totals(rows: dict[str, dict[str, report.Row]]) -> dict[str, float]:
    return {student: sum(row.points or 0 for row in mine.values()) for student, mine in rows.items()}


def page(course: Path, student: str) -> str:
    return (course / "feedback" / student / CHAPTER / f"{CHAPTER}.html").read_text()


def write_essay(notebook: Path, text: str) -> None:
    handed_in = nbformat.read(notebook, as_version=4)
    by_grade_id(handed_in.cells)[ESSAY].source = text
    nbformat.write(handed_in, notebook)


@pytest.fixture(scope="module")
def evening(graded_course, tmp_path_factory) -> dict:
    """An instructor's evening with one class, and what was seen at each step."""
    course = Path(shutil.copytree(graded_course, tmp_path_factory.mktemp("evening") / "course"))
    submitted = course / "submitted"
    solved = submitted / "perfect_with_numpy" / CHAPTER / NOTEBOOK
    said: dict = {"course": course}
    mark(course, 3, "perfect", "no_leak", "double_tau", "perfect_with_numpy")
    mark(course, 5, "raises", cell="check_leaky_integrator")
    said["page before"] = page(course, "perfect")
    (course / CONFIG).write_text((course / CONFIG).read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with opened(course) as book:
        book.update_or_create_assignment(CHAPTER, duedate="2026-03-01 12:00:00 UTC")
    (submitted / "perfect" / CHAPTER / "timestamp.txt").write_text("2026-03-01T13:30:00+01:00")
    (submitted / "on_time" / CHAPTER).mkdir(parents=True)
    shutil.copy(solved, submitted / "on_time" / CHAPTER)
    (submitted / "on_time" / CHAPTER / "timestamp.txt").write_text("2026-03-01 12:30:00 +0100")
    (submitted / "raises" / CHAPTER / "timestamp.txt").write_text("the day before yesterday")
    write_essay(submitted / "no_leak" / CHAPTER / NOTEBOOK, "Another text than was marked.")
    (submitted / "double_tau" / CHAPTER / NOTEBOOK).write_text("{ no notebook")
    with solved.open("a") as file:
        file.write("\n")
    said["anew"] = reported(course)["perfect_with_numpy"]

    for place in (
        "jane",
        "jill/week1",
        "jim/Leaky_Integrator",
        f"{CHAPTER}/kim",
        f"copied/{CHAPTER}",
        f"left/{CHAPTER}",
    ):
        (submitted / place).mkdir(parents=True)
        shutil.copy(solved, submitted / place)
    shutil.copy(solved, submitted / "lou (1).ipynb")
    (submitted / "jane" / "work.zip").touch()
    (submitted / "submissions.zip").touch()
    shutil.copy(course / "release" / CHAPTER / NOTEBOOK, submitted / "left" / CHAPTER)
    for name in ("copied", "left"):
        shutil.copy(solved, submitted / name / CHAPTER / f"{CHAPTER}-Copy1.ipynb")
    (submitted / "copied" / "adjoint").mkdir()
    shutil.copy(solved, submitted / "copied" / "adjoint" / "adjoint.ipynb")
    (submitted / "notes.txt").touch()

    run = [BIN / "autograder", "grade", CHAPTER, "--course", course]
    said["graded"] = subprocess.run(run, capture_output=True, text=True)
    said["rows"], said["export"] = reported(course), exported(course)
    with opened(course) as book:
        book.update_or_create_assignment(CHAPTER, duedate="2026-03-02 12:00:00 UTC")
    said["later"] = whole_class.grade(CHAPTER, course)
    said["rows later"], said["export later"] = reported(course), exported(course)
    command = [BIN / "nbgrader", "generate_feedback", CHAPTER, "--student=[npr]*"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return said


def test_report_and_terminal_say_what_nbgrader_exports(evening):
    for rows, export in (("rows", "export"), ("rows later", "export later")):
        found = totals(evening[rows])
        assert found.keys() >= evening[export].keys()
        assert {student: found[student] for student in evening[export]} == evening[export]
    assert re.search(r"perfect +│.* -19 late by .*│ 0 +│", evening["graded"].stdout)


def test_late_is_said_and_costs_what_nbgrader_says_until_the_due_date_is_another(evening):
    late = evening["rows"]["perfect"][report.HAND_IN]
    assert (late.status, late.points) == ("late by 0:30:00", -19)
    assert report.HAND_IN not in evening["rows"]["on_time"], "+0100 is an hour, not a hundred seconds"
    assert evening["rows"]["raises"][report.HAND_IN].status == "timestamp.txt says no time"
    assert "perfect" in evening["later"].kept and evening["later"].other_penalty == ["perfect"]
    assert evening["export later"]["perfect"] == 19


def test_another_essay_than_was_marked_is_to_be_looked_at_again(evening):
    essay = evening["rows"]["no_leak"][ESSAY]
    assert (essay.status, essay.points) == (report.TO_SEE, 3)
    assert evening["rows"]["perfect"][ESSAY].status == report.MARKED, "which was handed in again as it was"


def test_a_second_hand_in_that_is_unreadable_or_not_graded_yet_leaves_the_grade_and_is_said(evening):
    rows = evening["rows"]["double_tau"]
    assert rows[report.HAND_IN].status == "unreadable: the grade is of the one before"
    assert "no notebook" in rows[report.HAND_IN].message
    assert (rows["leaky_integrator"].status, rows[ESSAY].points) == ("wrong", 3)
    assert evening["anew"][report.HAND_IN].status.startswith("handed in anew and not graded yet")


def test_points_changed_by_hand_are_the_points(evening):
    assert evening["rows"]["raises"]["leaky_integrator"].points == 5


def test_feedback_has_the_mark_of_now_names_the_exercises_and_says_what_is_not_marked(evening):
    marked, again, by_hand = (page(evening["course"], one) for one in ("perfect", "no_leak", "raises"))
    assert "negative_voltage</a> (Score: not marked yet / 4.0)" in evening["page before"]
    assert "(Score: 16.0 / 16, and 4 not marked yet)" in evening["page before"]
    assert "negative_voltage</a> (Score: 3.0 / 4.0)" in marked and "(Score: 19.0 / 20)" in marked
    assert '<a href="#check_input_data">input_data</a>' in marked and "Test cell" not in marked
    assert "negative_voltage</a> (Score: 3, to be looked at again / 4.0)" in again
    assert "(Score: 13.0 / 16, and 4 not marked yet)" in by_hand


def test_what_lies_where_nobody_looks_is_said_with_what_was_meant(evening):
    said = evening["graded"].stderr
    assert evening["graded"].returncode == 1
    for place, todo in {
        f"jane/{NOTEBOOK}": f"move it to submitted/jane/{CHAPTER}/{NOTEBOOK}",
        "jane/work.zip": f"unpack it into submitted/jane/{CHAPTER}/",
        "jill/week1": f"name the folder submitted/jill/{CHAPTER}/",
        "jim/Leaky_Integrator": f"name the folder submitted/jim/{CHAPTER}/",
        f"{CHAPTER}/kim": f"name the folder submitted/kim/{CHAPTER}/",
        "lou (1).ipynb": f"move it to submitted/STUDENT/{CHAPTER}/{NOTEBOOK}",
        f"copied/{CHAPTER}/{CHAPTER}-Copy1.ipynb": "beside it is",
        "submissions.zip": "if it is a zip of the class, move it out and take it with  autograder collect",
    }.items():
        assert re.search(rf"^submitted/{re.escape(place)} is not graded: .*{re.escape(todo)}", said, re.M), place
    assert re.search(rf"^left: {NOTEBOOK} is as it was released; if {CHAPTER}-Copy1\.ipynb was meant", said, re.M)
    assert "notes.txt" not in said and "adjoint" not in said
    text = report.write(CHAPTER, evening["course"])[1].read_text()
    assert "Handed in where nobody looks" in text and "jill/week1" in text


def test_who_has_not_tried_an_exercise_has_not_missed_its_criteria(evening):
    rows = [mine["leaky_integrator"] for mine in evening["rows"].values()]
    assert any(row.status == "not attempted" for row in rows)
    assert not [row for row in rows if row.status in ("not attempted", "cell missing") and row.missed]


def test_the_gradebook_is_where_the_settings_say(graded_course, tmp_path):
    course = Path(shutil.copytree(graded_course, tmp_path / "course"))
    (course / "elsewhere").mkdir()
    (course / "gradebook.db").rename(course / "elsewhere" / "other.db")
    settings = (course / CONFIG).read_text()
    (course / CONFIG).write_text(settings + 'c.CourseDirectory.db_url = "sqlite:///elsewhere/other.db"\n')
    mark(course, 3, "perfect")
    assert reported(course)["perfect"][ESSAY].points == 3
    graded = whole_class.grade(CHAPTER, course)
    assert not graded.now and exported(course)["perfect"] == totals(reported(course))["perfect"] == 19
    assert not (course / "gradebook.db").exists()
    for url, says, error in (
        ("sqlite:///new.db", rf"not in the gradebook .*new\.db: autograder release {CHAPTER}", NoCourse),
        ("postgresql://me:secret@localhost:1/none", r"postgresql://me:\*\*\*@localhost.*db_url", GradebookLocked),
        ("nonsense", "no address of a database: nonsense", NoCourse),
    ):
        (course / CONFIG).write_text(f"{settings}c.CourseDirectory.db_url = {url!r}\n")
        with pytest.raises(error, match=says):
            whole_class.grade(CHAPTER, course)
    assert not (course / "gradebook.db").exists()


def test_a_gradebook_that_is_none_is_a_line(graded_course, tmp_path):
    shutil.copytree(graded_course, tmp_path / "course")
    (tmp_path / "course" / "gradebook.db").write_text("no database, and long enough to be looked at as one" * 100)
    with pytest.raises(GradebookLocked, match=r"gradebook\.db: file is not a database$"):
        gradebook.require_unlocked(tmp_path / "course")
