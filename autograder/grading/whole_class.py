"""A class graded: submissions side by side, each by :func:`grade_one`; then nbgrader takes them one after the other."""

import fcntl
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.converters import GenerateFeedback

from autograder.beside.words import AS_BEFORE, OURS, by_grade_id, is_essay
from autograder.grading import course_folder, gradebook, submissions
from autograder.grading.choosing import Choice, chosen
from autograder.grading.cluster import cluster
from autograder.grading.course_folder import NbgraderFailed, run_converter
from autograder.grading.course_settings import limits_in, packages_in, require_packages
from autograder.grading.given_imports import load_imports
from autograder.grading.gradebook import GradebookLocked
from autograder.grading.one import Graded, Submission
from autograder.grading.steps import waiting
from autograder.grading.submissions import UnreadableSubmission, files_beside
from autograder.grading.taking import Take
from autograder.grading.unused import unused
from autograder.grading.workers import NoWorkers, processors, result, seconds_by_the_clock, side_by_side, work
from autograder.reference.files import require_room, write_whole
from autograder.room import walls
from autograder.room.limits import Limits
from autograder.room.process import Stop
from solutions.models.progress import watched

MOST_TOGETHER = 64 << 20
"""Bytes of submissions that are in memory at a time, if it is more than one."""


@dataclass
class Outcome:
    """What became of a class: students graded now, kept as they were, and those who could not be, with the reason.

    ``other_penalty`` are those of the kept whose lateness costs another number of points now; ``unused`` is what lies
    in ``submitted/`` where nobody looks, by its place, with what can be done.
    """

    now: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    ungraded: dict[str, str] = field(default_factory=dict)
    other_penalty: list[str] = field(default_factory=list)
    unused: dict[str, str] = field(default_factory=dict)


def grade(
    chapter: str,
    course: Path,
    *,
    workers: int | None = None,
    unsafe: bool = False,
    as_root: bool = False,
    executor: Executor | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
    choice: Choice | None = None,
    progress: bool = False,
) -> Outcome:
    """Grade every submission of a chapter that is new or changed, or whose exercises have changed, or a ``choice``.

    ``executor`` runs :func:`grade_one`, or the workers of the Dask ``scheduler`` at an address do. Without them
    ``workers`` processes do, as many as there are processors; each imports the main module, so a script calls this
    under ``if __name__ == "__main__"``. ``limits`` are what each may take, if not as the course sets it. ``progress``
    shows a bar. Each student is whole in the gradebook before the next, so that a stopped run goes on where it was.

    Raises NoCourse, UnknownChapter, NobodyChosen, NotAsRoot, NoSandbox, NoContainer, NotImportable, NoWorkers,
    NoCluster, GradebookLocked, NbgraderFailed; OSError if the disk is full or can only be read.
    """
    course_folder.require_released(course, chapter)
    settings = course_folder.settings(course)
    limits = limits or limits_in(settings)
    choice = choice or Choice()
    if scheduler is None:
        require_packages(settings)
    if scheduler is None and not unsafe:
        walls.require_room(limits)
        walls.require_not_root(as_root or settings.GradeSubmission.get("as_root") is True)
    outcome = Outcome()
    runs: Runs = {}
    there = cluster(scheduler, chapter, packages_in(settings), limits, unsafe) if scheduler is not None else None
    with _alone(course), there or _workers(workers, executor, unsafe) as (begin, most, given_up):
        gradebook.require_chapter(course, chapter)
        handed_in = choice.among(submissions.find(course, chapter), chapter, course)
        new = chosen(course, chapter, handed_in, limits, choice)
        loaded = _loaded_here if executor is None and scheduler is None and not unsafe else set()
        new = _once_it_loads(new, course, chapter, begin, loaded)
        graded = _graded(new, runs, begin, most, outcome)
        try:
            for student, key, run in watched(graded, len(handed_in), _said, show=progress):
                if given_up and given_up.is_set():
                    raise KeyboardInterrupt
                try:
                    if run is not None:
                        _take(course, chapter, student, key, result(run), unsafe)
                        outcome.now.append(student)
                except NoWorkers:
                    raise
                except UnreadableSubmission as error:
                    outcome.ungraded[student] = str(error)
                except Exception as error:  # one student's must not become everybody's
                    _require_room_and_gradebook(course)
                    why = " ".join(str(error).split()) or type(error).__name__
                    outcome.ungraded[student] = f"grading failed: {why}"
        finally:
            for waits in runs:
                if not waits.running():  # what runs is told, and tidies up
                    waits.cancel()
        outcome.other_penalty = gradebook.renew_penalties(course, chapter, outcome.kept)
    refused = {Path("submitted", student, chapter).as_posix() for student in outcome.ungraded}
    lies_there = unused(course, chapter)
    outcome.unused = {one: lies_there[one] for one in lies_there if Path(one).parent.as_posix() not in refused}
    outcome.now.sort()
    return outcome


def give_feedback(course: Path, chapter: str, students: list[str], *, progress: bool = False) -> dict[str, str]:
    """nbgrader's feedback pages for graded students of a chapter; returns those who have none, with the reason.

    ``progress`` shows a bar.
    """
    without = {}
    for student in watched(students, len(students), str, show=progress):
        try:
            run_converter(GenerateFeedback, course, chapter, student)
        except NbgraderFailed as error:
            without[student] = str(error)
    return without


class _Run(NamedTuple):
    student: str
    key: str
    size: int


Begin = Callable[..., Future[Any]]
"""Starts work on a submission: :func:`work`, or what else is said."""
Runs = dict[Future[Graded], _Run]
Chosen = tuple[str, Submission | UnreadableSubmission | None]
"""A student, and what is to be graded; None if it is graded already, or why it cannot be."""


@contextmanager
def _workers(count: int | None, executor: Executor | None, unsafe: bool) -> Iterator[tuple[Begin, float, Stop | None]]:
    """How a submission is given to who grades, and how many at a time.

    An ``executor`` from elsewhere gets all of them, and ends what it is at in its own time.
    """
    if executor is not None:
        yield lambda submission, work=work: executor.submit(work, submission, unsafe), math.inf, None
        return
    with side_by_side(count) as (call, given_up):

        def begin(submission: Submission, work: Callable[..., Any] = work) -> Future[Any]:
            return call(seconds_by_the_clock(submission.limits), work, submission, unsafe)

        yield begin, 3 * (count or processors()), given_up


def _graded(
    submissions: Iterable[Chosen],
    runs: Runs,
    begin: Begin,
    most: float,
    outcome: Outcome,
) -> Iterator[tuple[str, str, Future[Graded] | None]]:
    """Each student, with the key and the run once that is done; None for whom there is nothing to do.

    At most ``most`` are in ``runs`` at a time: what was handed in, and what was made of it, may be large.
    """
    for student, submission in submissions:
        if not isinstance(submission, Submission):
            if submission is None:
                outcome.kept.append(student)
            else:
                outcome.ungraded[student] = str(submission)
            yield student, "", None
            continue
        size = len(submission.handed_in) + sum(map(len, submission.beside.values())) + len(submission.kept)
        while runs and (len(runs) >= most or sum(one.size for one in runs.values()) + size > MOST_TOGETHER):
            yield from _done(runs)
        runs[begin(submission)] = _Run(student, submission.fingerprint, size)
    while runs:
        yield from _done(runs)


def _said(step: tuple[str, str, Future[Graded] | None]) -> str:
    return f"graded {step[0]}" if step[2] else ""


def _done(runs: Runs) -> Iterator[tuple[str, str, Future[Graded] | None]]:
    for run in wait(runs, return_when=FIRST_COMPLETED).done:
        one = runs.pop(run)
        yield one.student, one.key, run


def _take(course: Path, chapter: str, student: str, key: str, graded: Graded, unsafe: bool) -> None:
    """Let nbgrader take a graded notebook."""
    before = course_folder.graded_notebook(course, chapter, student)
    said = by_grade_id(before.cells) if before else {}
    for name, cell in by_grade_id(graded.notebook.cells).items():
        if is_essay(cell) and name in said and cell.source == said[name].source:
            cell.metadata[OURS] = {AS_BEFORE: True}
    waiting[key] = graded.notebook
    try:
        run_converter(Take, course, chapter, student, unsafe=unsafe, key=key)
    finally:
        del waiting[key]
    write_whole(course_folder.kept_file(course, chapter, student), graded.kept)


_loaded_here: set[str] = set()
"""The releases, by fingerprint, that have been loaded in a room of this process."""


def _once_it_loads(
    submissions: Iterable[Chosen], course: Path, chapter: str, begin: Begin, loaded: set[str]
) -> Iterator[Chosen]:
    """The same; before the first that is to be graded, :class:`NotImportable` if what was released does not load.

    It is tried once, and not again where it is among ``loaded``.
    """
    tried = False
    for student, submission in submissions:
        if isinstance(submission, Submission) and not tried:
            tried, beside = True, files_beside(course / "release" / chapter)
            released = replace(submission, handed_in=submission.released, beside=beside)
            released = replace(released, seed="", only=(), before=b"", kept=b"")  # of nobody
            if released.fingerprint not in loaded:
                result(begin(released, load_imports))
                loaded.add(released.fingerprint)
        yield student, submission


@contextmanager
def _alone(course: Path) -> Iterator[None]:
    """While this process grades no other does, and nobody holds the gradebook when it begins."""
    with (course / ".grading").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GradebookLocked(f"another process is grading in {course}; wait until it is done") from None
        _require_room_and_gradebook(course)
        yield


def _require_room_and_gradebook(course: Path) -> None:
    """What is graded can be written, and nobody holds the gradebook: nothing of this is a student's fault."""
    for folder in (course, Path(tempfile.gettempdir())):
        require_room(folder)
    gradebook.require_unlocked(course)
