"""nbgrader's gradebook of a course, wherever its settings put it: the one place that says what a grade is."""

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from autograder.beside.errors import UserError
from autograder.grading.course_folder import COURSE_ID, NbgraderFailed, NoCourse, settings


class GradebookLocked(UserError, RuntimeError):
    """Another process is writing to the gradebook, or grading in the same course."""


@dataclass(frozen=True)
class Mark:
    """What one cell earned; ``points`` is None where nobody has marked it, ``to_see`` whether somebody is to look."""

    points: float | None
    by_hand: bool
    to_see: bool


@dataclass(frozen=True)
class Marks:
    """What a student has for a chapter: a mark for each graded cell, by its grade id, and what lateness costs."""

    cells: dict[str, Mark]
    seconds_late: float
    penalty: float


def address(course: Path) -> URL:
    """Where the gradebook is."""
    return make_url(CourseDirectory(config=settings(course)).db_url)


def marks(course: Path, chapter: str) -> dict[str, Marks]:
    """What each student has for a chapter, as ``nbgrader export`` says it; :class:`NbgraderFailed` if it is not known.

    A cell that was not there when a student handed in has no mark.
    """
    url = address(course)
    if (file := _file(url)) and not file.is_file():
        return {}
    try:
        with _opened(url) as gradebook:
            return {one.student.id: _marks(one) for one in gradebook.assignment_submissions(chapter)}
    except DatabaseError as error:
        raise NbgraderFailed(f"{_shown(url)} cannot be read: {error.orig}") from error
    except (SQLAlchemyError, ImportError) as error:
        raise NbgraderFailed(f"{_shown(url)} (CourseDirectory.db_url) cannot be opened: {error}") from error


def _marks(submitted: SubmittedAssignment) -> Marks:
    cells = {}
    for grade in (grade for notebook in submitted.notebooks for grade in notebook.grades):
        by_hand = grade.manual_score is not None
        known = by_hand or grade.auto_score is not None
        cells[grade.name] = Mark(grade.score if known else None, by_hand, grade.needs_manual_grade)
    penalty = sum(notebook.late_submission_penalty or 0 for notebook in submitted.notebooks)
    return Marks(cells, submitted.total_seconds_late, min(penalty, submitted.score))


def require_chapter(course: Path, chapter: str) -> None:
    """The gradebook knows the chapter: else :class:`NoCourse`, since it was released with another."""
    url = address(course)
    with _opened(url) as gradebook:
        try:
            gradebook.find_notebook(chapter, chapter)
        except MissingEntry:
            raise NoCourse(
                f"{chapter} is not in the gradebook {_shown(url)}: autograder release {chapter} --course {course}"
            ) from None


def require_unlocked(course: Path) -> None:
    """Nobody holds the gradebook: else :class:`GradebookLocked`."""
    url = address(course)
    try:
        if file := _file(url):
            gradebook = sqlite3.connect(file, timeout=2)
            try:
                gradebook.execute("BEGIN IMMEDIATE")
                gradebook.rollback()
            finally:
                gradebook.close()
        else:
            create_engine(url, poolclass=NullPool).connect().close()
    except sqlite3.DatabaseError as error:
        cure = "; close what uses it and run again" if "locked" in str(error) else ""
        raise GradebookLocked(f"{_shown(url)}: {error}{cure}") from None
    except (SQLAlchemyError, ImportError) as error:
        why = getattr(error, "orig", error)
        raise GradebookLocked(f"{_shown(url)}: {why}; see CourseDirectory.db_url in nbgrader_config.py") from None


def renew_penalties(course: Path, chapter: str, students: Iterable[str]) -> list[str]:
    """What lateness costs, reckoned again for whoever was or is late; returns those for whom it is another now."""
    before = marks(course, chapter)
    late = [one for one in students if one in before and (before[one].seconds_late or before[one].penalty)]
    if not late:
        return []
    step = AssignLatePenalties(config=settings(course))
    step.log = logging.Logger("nbgrader", logging.CRITICAL)
    place = {"notebook": chapter, "assignment": chapter, "db_url": address(course).render_as_string(False)}
    for student in late:
        step.preprocess(new_notebook(), {"nbgrader": place | {"student": student}})
    after = marks(course, chapter)
    return [one for one in late if after[one].penalty != before[one].penalty]


def _opened(url: URL) -> Gradebook:
    return Gradebook(url.render_as_string(hide_password=False), COURSE_ID)


def _file(url: URL) -> Path | None:
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _shown(url: URL) -> str:
    return str(_file(url) or url)
