"""A class graded: notebooks run side by side in sandboxes, then judged and saved one after the other by nbgrader."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde, GenerateFeedback

from autograder import execution, exercises, preprocessors, sandbox, submissions
from autograder.course import NbgraderFailed, NoCourse, require_released, run_converter
from autograder.execution import OURS, Submission, grade_id
from autograder.restoring import restored
from autograder.submissions import Handed, UnreadableSubmission


class GradebookLocked(RuntimeError):
    """Another process is writing to the gradebook, or grading in the same course."""


@dataclass
class Graded:
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
    executor: Executor | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Graded:
    """Grade every submission of a chapter that is new or changed, or whose exercises have changed.

    ``executor`` runs the notebooks, for instance ``distributed.Client.get_executor()``; without it ``workers`` threads
    do, as many as there are processors. ``tell(done, of)`` is called as they finish. Each student is whole in the
    gradebook before the next, so that a stopped run goes on where it was.

    Raises NoCourse, UnknownChapter, NoSandbox, :class:`GradebookLocked`, NbgraderFailed.
    """
    require_released(course, chapter)
    if not unsafe:
        sandbox.require_bubblewrap()
    result = Graded()
    with _alone(course):
        waiting = list(_waiting(course, chapter, result))
        own = executor or ThreadPoolExecutor(workers or os.cpu_count())
        try:
            runs = {
                own.submit(execution.run, submission, unsafe=unsafe): (handed, submission)
                for handed, submission in waiting
            }
            tell(0, len(runs))
            for done, run in enumerate(as_completed(runs), 1):
                handed, submission = runs[run]
                try:
                    preprocessors.keep_run(course, submission, run.result())
                    run_converter(Autograde, course, chapter, handed.student, unsafe=unsafe)
                    result.now.append(handed.student)
                except Exception as error:  # one student's must not become everybody's
                    _require_gradebook(course)
                    preprocessors.run_file(course, submission).unlink(missing_ok=True)
                    result.ungraded[handed.student] = f"grading failed: {' '.join(str(error).split())}"
                tell(done, len(runs))
        except BaseException:
            execution.stop_all()
            raise
        finally:
            if executor is None:
                own.shutdown(cancel_futures=True)
    result.now.sort()
    return result


def give_feedback(course: Path, chapter: str, students: list[str]) -> dict[str, str]:
    """nbgrader's feedback pages for graded students of a chapter; returns those who have none, with the reason."""
    without = {}
    for student in students:
        try:
            run_converter(GenerateFeedback, course, chapter, student)
        except NbgraderFailed as error:
            without[student] = str(error)
    return without


def graded_notebook(course: Path, chapter: str, student: str) -> NotebookNode | None:
    """A student's notebook with the verdicts in it, if it was graded."""
    path = course / "autograded" / student / chapter / f"{chapter}.ipynb"
    return nbformat.read(path, as_version=4) if path.is_file() else None


def _waiting(course: Path, chapter: str, result: Graded) -> Iterator[tuple[Handed, Submission]]:
    released = preprocessors.released(course, chapter)
    _require_current(released, chapter, course)
    for handed in submissions.find(course, chapter):
        try:
            notebook = submissions.read(handed)
        except UnreadableSubmission as error:
            result.ungraded[handed.student] = str(error)
            continue
        graded = graded_notebook(course, chapter, handed.student)
        now = preprocessors.fingerprint(course, chapter, handed.student)
        if graded is not None and graded.metadata.get(OURS, {}).get("fingerprint") == now:
            result.kept.append(handed.student)
            continue
        whole = restored(notebook, released)
        yield handed, preprocessors.submission_of(whole, course, chapter, handed.student)


def _require_current(released: NotebookNode, chapter: str, course: Path) -> None:
    """:class:`NoCourse` if the chapter's exercises or their points are not those that were released."""
    given = {
        grade_id(cell): cell.metadata.nbgrader.points for cell in released.cells if grade_id(cell).startswith("check_")
    }
    asked = {f"check_{one.name}": one.points for one in exercises.load(chapter).exercises}
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
