"""What a class got right and wrong: a table, a CSV file, and one HTML page."""

import csv
import io
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import DatabaseError

from autograder import exercises
from autograder.beside.errors import shown
from autograder.beside.verdict import STATUSES
from autograder.beside.words import VERDICT, essay_id, said_of
from autograder.exercises import Chapter
from autograder.grading import submissions
from autograder.grading.course_folder import NbgraderFailed, graded_notebook, require_released
from autograder.grading.submissions import UnreadableSubmission
from autograder.reference import places
from autograder.reference.files import write_whole

NOT_GRADED = "not graded"
UNREADABLE = "unreadable"
COLUMNS = ("student", "exercise", "status", "points", "max_points", "misconception", "message", "seed")

_SHADES = {"passed": "#009E73", "partly": "#E69F00", "wrong": "#D55E00", "not attempted": "#999999"}
_OTHER_SHADE = "#CC79A7"
_TEMPLATES = Environment(
    loader=PackageLoader("autograder.grading", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@dataclass(frozen=True)
class Row:
    """How one student did in one exercise or essay; ``points`` is None where nobody has marked it yet."""

    student: str
    exercise: str
    status: str
    points: float | None
    max_points: float
    misconception: str = ""
    message: str = ""
    seed: str = ""
    missed: tuple[str, ...] = ()


def rows(chapter_name: str, course: Path) -> list[Row]:
    """Every student who handed in, with every exercise and essay of the chapter.

    Raises UnknownChapter and NoCourse.
    """
    chapter = exercises.load(chapter_name)
    require_released(course, chapter_name)
    path = course / "gradebook.db"
    found: list[Row] = []
    try:
        with Gradebook(f"sqlite:///{path}", "learning_to_spike") if path.is_file() else nullcontext() as gradebook:
            for handed in submissions.find(course, chapter_name):
                found += _rows_of(handed, chapter, course, gradebook)
    except DatabaseError as error:
        raise NbgraderFailed(f"{path} cannot be read: {error.orig}") from error
    return found


def as_csv(found: list[Row]) -> str:
    """The rows under ``COLUMNS``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_csv_cell(getattr(row, name)) for name in COLUMNS] for row in found)
    return text.getvalue()


def _csv_cell(value: str | float | None) -> str | float:
    """What a student wrote is text: a spreadsheet would run a cell that begins like a formula."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def write(chapter_name: str, course: Path) -> tuple[Path, Path]:
    """Write ``reports/<chapter>.csv`` and ``.html`` in the course folder; returns both paths."""
    found = rows(chapter_name, course)
    folder = course / "reports"
    table, page = folder / f"{chapter_name}.csv", folder / f"{chapter_name}.html"
    write_whole(table, as_csv(found))
    write_whole(page, as_page(exercises.load(chapter_name), found, course))
    return table, page


def _rows_of(handed: submissions.Handed, chapter: Chapter, course: Path, gradebook: Gradebook | None) -> list[Row]:
    status, message, notebook = NOT_GRADED, "", None
    try:
        data = submissions.taken(handed)
        status = UNREADABLE
        submissions.notebook_in(data, handed.notebook.name)
        status, notebook = NOT_GRADED, graded_notebook(course, chapter.name, handed.student)
    except UnreadableSubmission as error:
        message = str(error)
    verdicts = [said_of(cell)[VERDICT] for cell in (notebook.cells if notebook else ()) if VERDICT in said_of(cell)]
    found = {verdict["exercise"]: _exercise_row(handed.student, verdict) for verdict in verdicts}
    for essay in chapter.essays:
        if notebook and gradebook:
            found[essay_id(essay.name)] = _essay_row(handed.student, essay, chapter.name, gradebook)
    asked = {one.name: one.points for one in chapter.exercises}
    asked |= {essay_id(one.name): one.points for one in chapter.essays}
    return [
        found.get(name) or Row(handed.student, name, status, None, points, message=message)
        for name, points in asked.items()
    ]


def _exercise_row(student: str, verdict: dict[str, Any]) -> Row:
    said = {name: verdict[name] for name in COLUMNS if name in verdict}
    missed = tuple(criterion["says"] for criterion in verdict["criteria"] if not criterion["met"])
    return Row(**said | {"student": student, "message": shown(verdict["message"])}, missed=missed)


def _essay_row(student: str, essay: exercises.Essay, chapter: str, gradebook: Gradebook) -> Row:
    name = essay_id(essay.name)
    try:
        grade = gradebook.find_grade(name, chapter, chapter, student)
    except MissingEntry:
        return Row(student, name, NOT_GRADED, None, essay.points)
    if grade.manual_score is not None:
        return Row(student, name, "marked", grade.manual_score, essay.points)
    if grade.auto_score is not None:
        return Row(student, name, "not attempted", grade.auto_score, essay.points)
    return Row(student, name, "to be marked", None, essay.points)


def as_page(chapter: Chapter, found: list[Row], course: Path) -> str:
    """One page that needs nothing else: where the class stands, what it misread, and every student."""
    students = list(dict.fromkeys(row.student for row in found))
    names = [*(one.name for one in chapter.exercises), *(essay_id(one.name) for one in chapter.essays)]
    by_place = {(row.student, row.exercise): row for row in found}
    return _TEMPLATES.get_template("report.html.j2").render(
        title=f"{places.title(chapter.name)}: the class",
        overviews=[_overview(name, [row for row in found if row.exercise == name]) for name in names],
        misreadings=_misreadings(chapter, found),
        names=names,
        students=[_student(one, [by_place[one, name] for name in names], chapter.name, course) for one in students],
        full=sum(one.points for one in chapter.exercises) + sum(one.points for one in chapter.essays),
        shade=lambda status: _SHADES.get(status, _OTHER_SHADE),
    )


def _overview(name: str, mine: list[Row]) -> dict[str, Any]:
    order = ["passed", "marked", "partly", "wrong", "to be marked", "not attempted", *STATUSES, NOT_GRADED, UNREADABLE]
    statuses = Counter(row.status for row in mine)
    missed = Counter(says for row in mine for says in row.missed)
    counts = [(status, statuses[status]) for status in dict.fromkeys(order) if statuses[status]]
    return {"name": name, "counts": counts, "of": len(mine), "missed": missed.most_common()}


def _misreadings(chapter: Chapter, found: list[Row]) -> list[dict[str, Any]]:
    who: dict[tuple[str, str], list[str]] = {}
    for row in found:
        if row.misconception:
            who.setdefault((row.exercise, row.misconception), []).append(row.student)
    says = {(one.name, slip.name): slip.says for one in chapter.exercises for slip in one.misconceptions}
    return [
        {"exercise": key[0], "name": key[1].replace("_", " "), "says": says.get(key, ""), "students": students}
        for key, students in sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _student(name: str, mine: list[Row], chapter: str, course: Path) -> dict[str, Any]:
    page = Path("feedback", name, chapter, f"{chapter}.html")
    link = f"../{quote(page.as_posix())}" if (course / page).is_file() else ""
    return {"name": name, "link": link, "rows": mine, "total": sum(row.points or 0 for row in mine)}
