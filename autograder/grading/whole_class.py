"""A class graded: submissions side by side, each by :func:`grade_one`; then nbgrader takes them one after the other."""

import fcntl
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde, GenerateFeedback

from autograder import exercises
from autograder.beside.errors import UserError
from autograder.beside.words import FINGERPRINT, OURS, by_grade_id, check_id, checked_by
from autograder.grading import course_folder, submissions
from autograder.grading.course_folder import NbgraderFailed, NoCourse, run_converter
from autograder.grading.one import Graded, Submission
from autograder.grading.steps import submission_in
from autograder.grading.submissions import UnreadableSubmission
from autograder.grading.workers import side_by_side, work
from autograder.reference.digest import digest
from autograder.reference.files import write_whole
from autograder.room import walls
from autograder.room.process import Stop
from solutions.models.progress import watched


class GradebookLocked(UserError, RuntimeError):
    """Another process is writing to the gradebook, or grading in the same course."""


@dataclass
class Outcome:
    """What became of a class: students graded now, kept as they were, and those who could not be, with the reason."""

    now: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    ungraded: dict[str, str] = field(default_factory=dict)


def grade(
    chapter: str,
    course: Path,
    *,
    workers: int | None = None,
    unsafe: bool = False,
    as_root: bool = False,
    executor: Executor | None = None,
    progress: bool = False,
) -> Outcome:
    """Grade every submission of a chapter that is new or changed, or whose exercises have changed.

    ``executor`` runs :func:`grade_one`, for instance ``distributed.Client.get_executor()``. Without it ``workers``
    processes do, as many as there are processors; each imports the main module, so a script calls this under
    ``if __name__ == "__main__"``. ``progress`` shows a bar. Each student is whole in the gradebook before the next, so
    that a stopped run goes on where it was.

    Raises NoCourse, UnknownChapter, NotAsRoot, NoSandbox, :class:`GradebookLocked`, NbgraderFailed.
    """
    course_folder.require_released(course, chapter)
    if not unsafe:
        walls.require_bubblewrap()
        walls.require_not_root(as_root)
    outcome = Outcome()
    runs: dict[Future[Graded], tuple[str, str]] = {}
    with _alone(course), _workers(workers, executor) as (own, given_up):
        try:
            for student, submission in _waiting(course, chapter, outcome):
                runs[own.submit(work, submission, unsafe)] = student, submission.fingerprint()
            for run in watched(as_completed(runs), len(runs), lambda run: f"graded {runs[run][0]}", show=progress):
                if given_up and given_up.is_set():
                    raise KeyboardInterrupt
                student, key = runs.pop(run)  # with what it has made: a class may be large
                try:
                    _take(course, chapter, student, key, run.result(), unsafe)
                    outcome.now.append(student)
                except UnreadableSubmission as error:
                    outcome.ungraded[student] = str(error)
                except Exception as error:  # one student's must not become everybody's
                    _require_gradebook(course)
                    why = " ".join(str(error).split()) or type(error).__name__
                    outcome.ungraded[student] = f"grading failed: {why}"
        finally:
            for run in runs:
                run.cancel()
    outcome.now.sort()
    return outcome


def give_feedback(course: Path, chapter: str, students: list[str]) -> dict[str, str]:
    """nbgrader's feedback pages for graded students of a chapter; returns those who have none, with the reason."""
    without = {}
    for student in students:
        try:
            run_converter(GenerateFeedback, course, chapter, student)
        except NbgraderFailed as error:
            without[student] = str(error)
    return without


@contextmanager
def _workers(count: int | None, executor: Executor | None) -> Iterator[tuple[Executor, Stop | None]]:
    """Who grades; an ``executor`` from elsewhere ends what it is at in its own time."""
    if executor is not None:
        yield executor, None
        return
    with side_by_side(count) as (own, given_up):
        yield own, given_up


def _take(course: Path, chapter: str, student: str, key: str, graded: Graded, unsafe: bool) -> None:
    """Let nbgrader take a graded notebook."""
    waiting = course_folder.run_file(course, key)
    write_whole(waiting, nbformat.writes(graded.notebook))
    try:
        run_converter(Autograde, course, chapter, student, unsafe=unsafe, key=key)
    finally:
        waiting.unlink(missing_ok=True)


def _waiting(course: Path, chapter: str, outcome: Outcome) -> Iterator[tuple[str, Submission]]:
    _require_current(course_folder.released(course, chapter), chapter, course)
    made_from = digest(chapter)
    for handed in submissions.find(course, chapter):
        try:
            data = submissions.taken(handed)
        except UnreadableSubmission as error:
            outcome.ungraded[handed.student] = str(error)
            continue
        submission = submission_in(course, chapter, handed.student, handed.notebook, data, made_from)
        graded = course_folder.graded_notebook(course, chapter, handed.student)
        if graded is not None and graded.metadata.get(OURS, {}).get(FINGERPRINT) == submission.fingerprint():
            outcome.kept.append(handed.student)
        else:
            yield handed.student, submission


def _require_current(released: NotebookNode, chapter: str, course: Path) -> None:
    """:class:`NoCourse` if the chapter's exercises or their points are not those that were released."""
    cells = by_grade_id(released.cells)
    given = {name: cell.metadata.nbgrader.points for name, cell in cells.items() if checked_by(cell)}
    asked = {check_id(one.name): one.points for one in exercises.load(chapter).exercises}
    if given != asked:
        raise NoCourse(f"{chapter} has changed since its release: autograder release {chapter} --course {course}")


@contextmanager
def _alone(course: Path) -> Iterator[None]:
    """While this process grades no other does, and nobody holds the gradebook when it begins."""
    with (course / ".grading").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GradebookLocked(f"another process is grading in {course}; wait until it is done") from None
        _require_gradebook(course)
        yield


def _require_gradebook(course: Path) -> None:
    gradebook = sqlite3.connect(course / "gradebook.db", timeout=2)
    try:
        gradebook.execute("BEGIN IMMEDIATE")
        gradebook.rollback()
    except sqlite3.OperationalError as error:
        raise GradebookLocked(f"{course / 'gradebook.db'}: {error}; close what uses it and run again") from None
    finally:
        gradebook.close()
