"""The course folder: its secret, its settings for nbgrader, and nbgrader's converters run in it."""

import logging
import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SAWarning
from tornado.log import app_log
from traitlets.config import Config, PyFileConfigLoader

from autograder import exercises
from autograder.beside.errors import UserError, WrongUse
from autograder.beside.words import FINGERPRINT, said_of
from autograder.grading import judge

app_log.addHandler(logging.NullHandler())  # nbgrader's gradebook writes there what it raises besides

SECRET = "course_secret"
"""The file in the course folder that challenges are drawn with. Nobody but the instructor may read it."""
CONFIG = "nbgrader_config.py"
COURSE_ID = "learning_to_spike"
"""What nbgrader's gradebook and its exchange call the course."""
TIMESTAMP = "timestamp.txt"
"""The file of a hand-in that says when it was handed in."""
KEPT = "executed"
"""The folder in the course folder that holds what students' code did, to be judged again without being run."""


class NoCourse(WrongUse, ValueError):
    """The folder is not a course made by ``autograder release``."""


class NbgraderFailed(UserError, RuntimeError):
    """nbgrader gave up; the message is the line that says why."""


def require_course(folder: Path) -> Path:
    """The folder, resolved; :class:`NoCourse` if nothing was released there."""
    if not (folder / SECRET).is_file() or not (folder / CONFIG).is_file():
        raise NoCourse(f"{folder} is no course: make one with  autograder release --course {folder}")
    return folder.resolve()


def require_released(course: Path, chapter: str) -> None:
    """:class:`NoCourse` if the chapter is not released in the course; UnknownChapter if there is none of that name."""
    exercises.load(chapter)
    if not (course / "release" / chapter / f"{chapter}.ipynb").is_file():
        raise NoCourse(f"{chapter} is not released in {course}: autograder release {chapter} --course {course}")


def released(course: Path, assignment: str, notebook: str | None = None) -> NotebookNode:
    """The notebook as it was released to students."""
    return nbformat.read(course / "release" / assignment / f"{notebook or assignment}.ipynb", as_version=4)


def graded_file(course: Path, chapter: str, student: str) -> Path:
    """Where nbgrader keeps a student's notebook with the verdicts in it."""
    return course / "autograded" / student / chapter / f"{chapter}.ipynb"


def kept_file(course: Path, chapter: str, student: str) -> Path:
    """Where is kept what a student's code did when it was last run."""
    return course / KEPT / student / f"{chapter}.gz"


def graded_notebook(course: Path, chapter: str, student: str) -> NotebookNode | None:
    """A student's notebook with the verdicts in it, if it was graded to the end."""
    try:
        notebook = nbformat.read(graded_file(course, chapter, student), as_version=4)
        return notebook if FINGERPRINT in said_of(notebook) else None
    except Exception:  # half of a notebook: nbformat raises all sorts
        return None


def challenge_seed(course: Path, assignment: str, student: str, handed_in: bytes) -> str:
    """The seed of the challenge to what a student of this course has handed in: another one for another notebook."""
    return judge.seed((course / SECRET).read_text(), assignment, student, handed_in)


def settings(course: Path) -> Config:
    """What ``nbgrader_config.py`` of the course sets. A gradebook at a relative place is in the course."""
    try:
        config = PyFileConfigLoader(CONFIG, path=str(course)).load_config()
    except Exception as error:  # whatever a line of it may raise
        raise NoCourse(f"{course / CONFIG} cannot be run: {type(error).__name__}: {error}") from error
    if said := config.CourseDirectory.get("db_url"):
        try:
            url = make_url(said)
        except ArgumentError:
            raise NoCourse(f"{course / CONFIG}: CourseDirectory.db_url is no address of a database: {said}") from None
        if url.get_backend_name() == "sqlite" and url.database:
            url = url.set(database=str(course / url.database))
        config.CourseDirectory.db_url = url.render_as_string(hide_password=False)
    return config


def run_converter(
    kind: type[BaseConverter],
    course: Path,
    assignment: str,
    student: str = "*",
    folders: Mapping[str, str] | None = None,
    **step: object,
) -> None:
    """Run one of nbgrader's converters in the course, quietly and over what it made before.

    ``folders`` are the course's to be used in the place of its own, by their names in ``CourseDirectory``; ``step`` are
    settings of the step ``GradeSubmission``. Raises :class:`NbgraderFailed` with nbgrader's reason if it gives up.
    """
    config = settings(course)
    config.GradeSubmission.update(step)
    config.CourseDirectory.update(folders or {})
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    converter = kind(coursedir=CourseDirectory(config=config), config=config)
    converter.force = True
    said = _Said()
    converter.log = logging.Logger("nbgrader", logging.WARNING)
    converter.log.addHandler(said)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader 0.9.6 makes them, and nobody here can act on them
            converter.start()
    except Exception as error:
        raise NbgraderFailed(said.reason() or str(error)) from error


def handed_in_at(folder: str | Path) -> datetime | None:
    """When something was handed in, as its ``timestamp.txt`` says; None if there is no such file, or no time in it.

    nbgrader 0.9.6 breaks off at what is no time, and takes the +0100 of "12:30:00 +0100" for seconds.
    """
    try:
        with Path(folder, TIMESTAMP).open() as file:
            said = file.read(100).strip()
        return parse_utc(re.sub(r" +(?=[+-]\d\d:?\d\d$)", "", said)) if said else None
    except (OSError, ValueError, TypeError, AttributeError, OverflowError):
        return None


class _Said(logging.Handler):
    """Keeps what nbgrader logs, to find the line that says what went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().strip().splitlines()

    def reason(self) -> str:
        """The last line of the traceback, which holds the error; else the first line logged."""
        errors = [
            line for line in self.lines if line and not line.startswith((" ", "Traceback", "There was", "Please"))
        ]
        return re.sub(r"^autograder[\w.]+: ", "", errors[-1]) if errors else ""
