"""How each student did in each exercise and essay: a row for each, and the table of them."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from autograder import exercises
from autograder.beside.errors import shown
from autograder.beside.words import SLOW, VERDICT, check_id, essay_id, said_of
from autograder.exercises import Chapter
from autograder.grading import gradebook, submissions
from autograder.grading.course_folder import TIMESTAMP, graded_notebook, handed_in_at, require_released
from autograder.grading.gradebook import Mark, Marks
from autograder.grading.steps import submission_in
from autograder.grading.submissions import Handed, UnreadableSubmission

NOT_GRADED = "not graded"
UNREADABLE = "unreadable"
TO_BE_MARKED, TO_SEE, MARKED, NOT_ATTEMPTED = "to be marked", "to be looked at again", "marked", "not attempted"
NOT_THERE = "not there when it was handed in"
HAND_IN = "hand-in"
"""In the place of an exercise: what is to be said of a hand-in as a whole, and the points that lateness costs."""
COLUMNS = ("student", "exercise", "status", "points", "max_points", "misconception", "message", "seed")

NOT_TRIED = (NOT_ATTEMPTED, "cell missing")
NO_GRADE = (NOT_GRADED, UNREADABLE, NOT_THERE)


@dataclass(frozen=True)
class Row:
    """How one student did in one exercise or essay; ``points`` is None where nobody has marked it yet.

    The sum of a student's points is what ``nbgrader export`` says. ``seconds`` says how long the check computed, where
    that is more than half of what it may.
    """

    student: str
    exercise: str
    status: str
    points: float | None
    max_points: float
    misconception: str = ""
    message: str = ""
    seed: str = ""
    missed: tuple[str, ...] = ()
    seconds: float = 0


def rows(chapter_name: str, course: Path) -> list[Row]:
    """Every student who handed in, with every exercise and essay of the chapter, and ``HAND_IN`` where there is news.

    Raises UnknownChapter, NoCourse, NbgraderFailed.
    """
    chapter = exercises.load(chapter_name)
    require_released(course, chapter_name)
    marks = gradebook.marks(course, chapter_name)
    return [
        row
        for handed in submissions.find(course, chapter_name)
        for row in _rows_of(handed, chapter, course, marks.get(handed.student))
    ]


def as_csv(found: list[Row]) -> str:
    """The rows under ``COLUMNS``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([csv_cell(getattr(row, name)) for name in COLUMNS] for row in found)
    return text.getvalue()


def csv_cell(value: str | float | None) -> str:
    """A cell of a table. What a student wrote is text: a spreadsheet would run what begins like a formula."""
    if not isinstance(value, str):
        return "" if value is None else f"{value:g}"
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _rows_of(handed: Handed, chapter: Chapter, course: Path, marks: Marks | None) -> list[Row]:
    student = handed.student
    notebook = graded_notebook(course, chapter.name, student)
    said = [said_of(cell) for cell in (notebook.cells if notebook else ()) if VERDICT in said_of(cell)]
    verdicts = {one[VERDICT]["exercise"]: one[VERDICT] | {"seconds": one.get(SLOW, 0)} for one in said}
    news, reason = _news(handed, course, chapter.name, {verdict["seed"] for verdict in verdicts.values()})
    cells = {one.name: (check_id(one.name), one.points) for one in chapter.exercises}
    cells |= {essay_id(one.name): (essay_id(one.name), one.points) for one in chapter.essays}
    found = []
    for name, (cell, points) in cells.items():
        mark = marks.cells.get(cell) if marks else None
        row = Row(student, name, news if reason else NOT_GRADED, None, points, message=reason)
        is_essay = cell == name
        if notebook and marks and (is_essay or name in verdicts or not mark):
            row = _exercise_row(student, verdicts[name]) if name in verdicts else replace(row, message="")
            row = replace(row, status=_status(mark, verdicts.get(name)))
        found.append(replace(row, points=mark.points if mark else None))
    hand_in = [f"{news}: the grade is of the one before"] if news and notebook else []
    hand_in += [f"late by {timedelta(seconds=round(marks.seconds_late))}"] if marks and marks.seconds_late else []
    if not reason and (handed.folder / TIMESTAMP).is_file() and not handed_in_at(handed.folder):
        hand_in.append(f"{TIMESTAMP} says no time")
    if hand_in:
        lost = -marks.penalty if marks and marks.penalty else None
        found.append(Row(student, HAND_IN, ", ".join(hand_in), lost, 0, message=reason))
    return found


def _news(handed: Handed, course: Path, chapter: str, seeds: set[str]) -> tuple[str, str]:
    """What has become of a hand-in since it was graded with these seeds, and why; both are "" if nothing has."""
    status = NOT_GRADED
    try:
        data = submissions.taken(handed)
        seed = submission_in(course, chapter, handed.student, handed.notebook, data, made_from="").seed
        status = UNREADABLE
        submissions.notebook_in(data, handed.notebook.name)
    except UnreadableSubmission as error:
        return status, str(error)
    return "handed in anew and not graded yet" if seeds - {seed} else "", ""


def _status(mark: Mark | None, verdict: dict[str, Any] | None) -> str:
    if mark is None:
        return NOT_THERE
    if mark.by_hand and mark.to_see:
        return TO_SEE
    if verdict:
        return verdict["status"]
    return MARKED if mark.by_hand else TO_BE_MARKED if mark.points is None else NOT_ATTEMPTED


def _exercise_row(student: str, verdict: dict[str, Any]) -> Row:
    said = {name: verdict[name] for name in (*COLUMNS, "seconds") if name in verdict}
    tried = verdict["criteria"] if verdict["status"] not in NOT_TRIED else ()
    missed = tuple(criterion["says"] for criterion in tried if not criterion["met"])
    return Row(**said | {"student": student, "message": shown(verdict["message"])}, missed=missed)


def total(mine: list[Row]) -> str:
    """A student's points, and of how many where it is not all: who had no such cell cannot have its points."""
    points = f"{sum(row.points or 0 for row in mine):g}"
    missing = sum(row.max_points for row in mine if row.status == NOT_THERE)
    return f"{points} of {sum(row.max_points for row in mine) - missing:g}" if missing else points
