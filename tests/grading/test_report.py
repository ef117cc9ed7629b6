"""The report on a class: every student and exercise, what was misread and by how many."""

import csv
import io
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.authoring import release, sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import OURS, SLOW, by_grade_id
from autograder.exercises import load
from autograder.grading import report
from autograder.grading.course_folder import NbgraderFailed, graded_file
from autograder.grading.report import Row, results

pytestmark = pytest.mark.slow


def make_row(student: str, status: str, **more) -> Row:
    return Row(student, "leaky_integrator", status, 0, 8, **more)


@pytest.mark.sandbox
def test_the_csv_has_a_row_for_every_student_and_exercise(graded_course):
    table = list(csv.DictReader(io.StringIO(report.as_csv(report.rows(CHAPTER, graded_course)))))
    assert len(table) == len(sample_class.CLASS) * 4
    assert tuple(table[0]) == report.COLUMNS
    double = next(row for row in table if (row["student"], row["exercise"]) == ("double_tau", "leaky_integrator"))
    assert (double["status"], double["points"], double["misconception"]) == ("wrong", "0", "double_tau")


@pytest.mark.sandbox
def test_the_page_counts_each_misconception_and_links_the_feedback(graded_course):
    _, page = report.write(CHAPTER, graded_course)
    text = page.read_text()
    assert "<strong>2 &times; no leak</strong>" in text
    assert "(channels_first, no_leak)" in text
    assert 'href="../feedback/double_tau/leaky_integrator/leaky_integrator.html"' in text
    assert "http" not in text.replace("http-equiv", "")


def test_who_handed_in_and_is_not_graded_is_not_silently_nothing(tmp_path):
    release.release([CHAPTER], tmp_path / "course")
    sample_class.hand_in(tmp_path / "course", sample_class.CLASS[:1])
    broken = tmp_path / "course" / "submitted" / "zoe" / CHAPTER / f"{CHAPTER}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text("{")
    found = report.rows(CHAPTER, tmp_path / "course")
    assert {(row.student, row.status, row.points) for row in found} == {
        ("perfect", report.NOT_GRADED, None),
        ("zoe", report.UNREADABLE, None),
    }
    assert "does not hold JSON" in report.as_csv(found)


@pytest.mark.sandbox
@pytest.mark.parametrize("state", ["no gradebook", "no assignment", "no autograded", "half a feedback page"])
def test_whatever_state_the_folders_are_in_the_report_says_what_is_not_graded(graded_course, tmp_path, state):
    course = Path(shutil.copytree(graded_course, tmp_path / "course"))
    if state == "no gradebook":
        (course / "gradebook.db").unlink()
    elif state == "no assignment":
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
            gradebook.remove_assignment(CHAPTER)
    elif state == "no autograded":
        shutil.rmtree(course / "autograded")
    else:
        (course / "feedback" / "perfect" / CHAPTER / f"{CHAPTER}.html").write_text("<html")
    before = {path.name for path in course.iterdir()}
    report.write(CHAPTER, course)
    assert {path.name for path in course.iterdir()} == before | {"reports"}
    essays = {row.status for row in report.rows(CHAPTER, course) if row.exercise.startswith("essay")}
    assert (essays == {report.NOT_GRADED}) == (state != "half a feedback page")


@pytest.mark.sandbox
def test_a_gradebook_that_is_none_is_said_in_a_line(graded_course, tmp_path):
    course = Path(shutil.copytree(graded_course, tmp_path / "course"))
    (course / "gradebook.db").write_text("no database, and long enough to be looked at as one" * 100)
    with pytest.raises(NbgraderFailed, match=r"gradebook\.db cannot be read: file is not a database"):
        report.rows(CHAPTER, course)


def test_what_a_student_s_code_raised_reaches_neither_table_nor_page_with_control_characters():
    verdict = {"exercise": "e", "status": "raised", "points": 0, "max_points": 8, "criteria": []}
    row = results._exercise_row("ann", verdict | {"message": "ValueError: \x1b[2J\n\x9b"})
    assert row.message == r"ValueError: \x1b[2J\n\x9b"


@pytest.mark.sandbox
def test_a_mark_given_by_hand_is_in_the_report(graded_course, tmp_path):
    copied = shutil.copytree(graded_course, tmp_path / "course")
    with Gradebook(f"sqlite:///{copied / 'gradebook.db'}", "learning_to_spike") as gradebook:
        grade = gradebook.find_grade("essay_negative_voltage", CHAPTER, CHAPTER, "perfect")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    marked = [row for row in report.rows(CHAPTER, copied) if row.status == "marked"]
    assert [(row.student, row.points) for row in marked] == [("perfect", 3.5)]


def test_what_a_student_wrote_cannot_become_part_of_the_page(tmp_path):
    row = make_row("<script>alert(1)</script>", "raised", message="<img src=x onerror=alert(1)>")
    others = [Row(row.student, one.name, "wrong", 0, one.points) for one in load(CHAPTER).exercises[::2]]
    essay = Row(row.student, "essay_negative_voltage", "to be marked", None, 4)
    page = report.as_page(load(CHAPTER), [row, *others, essay], tmp_path)
    assert "<script>alert" not in page and "<img" not in page


def test_the_page_says_whose_answers_were_slow_and_what_waits_to_be_marked(tmp_path):
    slow = [make_row("ann", "passed", seconds=3.1), make_row("bob", "timed out"), make_row("cat", "passed")]
    essays = [Row(one, "essay_negative_voltage", "to be marked", None, 4) for one in ("ann", "bob")]
    text = report.as_page(load(CHAPTER), [*slow, *essays], tmp_path)
    assert "ann, leaky_integrator: computed 3.1 of 5 seconds" in text and "cat, leaky" not in text
    assert text.index("bob, leaky_integrator: timed out") < text.index("ann, leaky_integrator: computed")
    assert "<strong>essay_negative_voltage</strong>: 2 to be marked <small>(ann, bob)" in text
    assert "What these numbers do not say" in text


@pytest.mark.sandbox
def test_the_seconds_of_a_slow_check_come_from_the_graded_notebook(graded_course, tmp_path):
    course = Path(shutil.copytree(graded_course, tmp_path / "course"))
    path = graded_file(course, CHAPTER, "perfect")
    notebook = nbformat.read(path, as_version=4)
    by_grade_id(notebook.cells)["check_leaky_integrator"].metadata[OURS][SLOW] = 4.2
    nbformat.write(notebook, path)
    seconds = {(row.student, row.exercise): row.seconds for row in report.rows(CHAPTER, course) if row.seconds}
    assert seconds == {("perfect", "leaky_integrator"): 4.2}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_csv_is_a_formula_when_a_spreadsheet_opens_it(start):
    text = report.as_csv([make_row("ann", "raised", message=f"{start}HYPERLINK(1)")])
    cell = next(csv.DictReader(io.StringIO(text)))["message"]
    assert not cell.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.sandbox
def test_feedback_shows_the_verdict_and_keeps_the_marking_scheme(graded_course):
    page = (graded_course / "feedback" / "double_tau" / CHAPTER / f"{CHAPTER}.html").read_text()
    assert "This looks like a known misreading" in page and "The time constant counts twice" in page
    assert "<math" in page
    scheme = load(CHAPTER).essay("negative_voltage").scheme
    graded = graded_course / "autograded" / "double_tau" / CHAPTER / f"{CHAPTER}.ipynb"
    assert any(scheme in cell.source for cell in nbformat.read(graded, as_version=4).cells)
    assert not any(line in page for line in scheme.splitlines() if len(line) > 20)
    assert 'src="http' not in page
