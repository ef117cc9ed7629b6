"""Grades out: a CSV file that Moodle or Canvas imports, with what nbgrader says."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading import gradebook, report
from autograder.grading.course_folder import require_released
from autograder.grading.submissions import UnreadableSubmission
from autograder.lms import canvas, moodle
from autograder.lms.collecting import collected
from autograder.lms.roster import Roster, Row
from autograder.reference.files import write_whole

SYSTEMS = {"moodle": moodle, "canvas": canvas}


@dataclass
class Written:
    """A file of grades: how many, and under which heading.

    ``open`` are students who have no grade yet, ``left_out`` those whose grade is not in the file, ``said`` what else
    is to be known: each with the reason.
    """

    file: Path
    count: int = 0
    heading: str = ""
    open: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def write(chapter: str, course: Path, system: str, roster_file: Path, column: str = "") -> Written:
    """Write ``reports/CHAPTER_SYSTEM.csv`` in the course, for a system of ``SYSTEMS``.

    ``roster_file`` says who is who: for Canvas the gradebook that it exports. ``column`` is the assignment's heading.
    Points are nbgrader's; what lateness costs is reckoned once more, for essays may have been marked since. Who is not
    graded or marked to the end has none.

    Raises WrongUse, NoCourse, UnknownChapter, GradebookLocked, NbgraderFailed.
    """
    require_released(course, chapter)
    gradebook.require_unlocked(course)
    gradebook.renew_penalties(course, chapter, gradebook.marks(course, chapter))
    written = Written(course / "reports" / f"{chapter}_{system}.csv")
    points = _points(chapter, course, written)
    roster = Roster(roster_file)
    remembered = collected(course).get(chapter, {})
    rows: dict[str, Row] = {}
    for student in points:
        there = remembered.get(student, {})
        known_by = SYSTEMS[system].known_by(there["called"]) if there.get("from") == SYSTEMS[system].NAME else ()
        try:
            row = roster.student(student, known_by)
            if other := next((one for one in rows if rows[one] is row), ""):
                raise UnreadableSubmission(f"{other} has the same line in {roster_file}")
            rows[student] = row
        except UnreadableSubmission as why:
            written.left_out[student] = f"{why}; has {points[student]}"
    table, left_out = SYSTEMS[system].graded_table(roster, rows, points, chapter, column)
    written.left_out |= left_out
    written.heading = table[0][-1]
    written.count = len(points) - len(written.left_out)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    write_whole(written.file, text.getvalue())
    return written


def _points(chapter: str, course: Path, written: Written) -> dict[str, str]:
    """Each student's points, where all of them are known."""
    by_student: dict[str, list[report.Row]] = {}
    for row in report.rows(chapter, course):
        by_student.setdefault(row.student, []).append(row)
    points = {}
    for student, mine in by_student.items():
        graded = [row for row in mine if row.exercise != report.HAND_IN and row.status != report.NOT_THERE]
        unknown = [row for row in graded if row.points is None]
        if unknown:
            written.open[student] = ", ".join(dict.fromkeys(_why(row) for row in unknown))
            continue
        points[student] = f"{round(sum(row.points or 0 for row in mine), 2):g}"
        news = [row.status for row in mine if row.exercise == report.HAND_IN]
        news += [f"{row.exercise} {report.TO_SEE}" for row in mine if row.status == report.TO_SEE]
        if later := sum(row.max_points for row in mine if row.status == report.NOT_THERE):
            most = sum(row.max_points for row in mine)
            news.append(f"could have {most - later:g} points, not {most:g}: the rest came after the hand-in")
        if news:
            written.said[student] = "; ".join(news)
    return points


def _why(row: report.Row) -> str:
    return f"{row.exercise} {row.status}" if row.status == report.TO_BE_MARKED else row.message or row.status
