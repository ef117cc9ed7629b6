"""Which hand-ins are to be graded: what is new or changed, or whom the instructor has named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from autograder import exercises
from autograder.beside.errors import WrongUse
from autograder.beside.words import FINGERPRINT, VERDICT, by_grade_id, check_id, essay_id, said_of
from autograder.grading import course_folder, submissions
from autograder.grading.course_folder import NoCourse
from autograder.grading.one import Submission
from autograder.grading.steps import submission_in
from autograder.grading.submissions import Handed, UnreadableSubmission
from autograder.grading.unused import require_worked_on
from autograder.reference.digest import digest
from autograder.room.limits import Limits


class NobodyChosen(WrongUse, LookupError):
    """A student or an exercise that was named is not there."""


@dataclass(frozen=True)
class Choice:
    """Whom to grade: ``students``, and of them who ``only_failed``; all if nothing is said.

    Of ``exercises`` the verdicts are made anew, and all others stay as they are. Who is unchanged is graded only
    ``again``, and then run again too.
    """

    students: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    only_failed: bool = False
    again: bool = False

    def among(self, handed_in: Iterable[Handed], chapter: str, course: Path) -> list[Handed]:
        """The hand-ins that are chosen; :class:`NobodyChosen` if somebody or something named is not there."""
        here = {handed.student: handed for handed in handed_in}
        asked = [exercise.name for exercise in exercises.load(chapter).exercises]
        for kind, named, there in (("hand-in of", self.students, here), ("exercise", self.exercises, asked)):
            if missing := [name for name in named if name not in there]:
                raise NobodyChosen(
                    f"{chapter} has no {kind} {', '.join(missing)}; there is: {', '.join(there)[:300] or 'nobody'}"
                )
        chosen = [here[name] for name in dict.fromkeys(self.students or here)]
        if self.only_failed:
            names = self.exercises or asked
            chosen = [
                one for one in chosen if _failed(course_folder.graded_notebook(course, chapter, one.student), names)
            ]
        return chosen


def _failed(graded: NotebookNode | None, names: Iterable[str]) -> bool:
    """Whether somebody could not be graded, or one of these exercises is not passed."""
    cells = by_grade_id(graded.cells) if graded else {}
    statuses = [said_of(cells[name]).get(VERDICT, {}).get("status") for name in map(check_id, names) if name in cells]
    return graded is None or any(status != "passed" for status in statuses)


def chosen(
    course: Path, chapter: str, handed_in: list[Handed], limits: Limits, choice: Choice
) -> Iterator[tuple[str, Submission | UnreadableSubmission | None]]:
    """Each student with what is to be graded, None if it is graded already, or why it cannot be."""
    released = course_folder.released(course, chapter)
    _require_current(released, chapter, course)
    made_from, environment = digest(chapter), digest(chapter, judged=False)
    for handed in handed_in:
        try:
            data = submissions.taken(handed)
            require_worked_on(handed, data, released)
            submission = submission_in(course, chapter, handed.student, handed.notebook, data, made_from)
            submission = replace(submission, limits=limits, environment=environment)
            before = course_folder.graded_file(course, chapter, handed.student)
            graded = course_folder.graded_notebook(course, chapter, handed.student)
            if graded is not None and choice.exercises:
                submission = replace(submission, only=choice.exercises, before=before.read_bytes())
            if graded is not None and said_of(graded)[FINGERPRINT] == submission.fingerprint and not choice.again:
                yield handed.student, None
            else:
                kept = course_folder.kept_file(course, chapter, handed.student)
                yield handed.student, replace(submission, kept=b"" if choice.again else _read(kept))
        except UnreadableSubmission as error:
            yield handed.student, error


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _require_current(released: NotebookNode, chapter: str, course: Path) -> None:
    """:class:`NoCourse` if the chapter's exercises and essays or their points are not those that were released."""
    cells = by_grade_id(released.cells)
    given = {name: cell.metadata.nbgrader.points for name, cell in cells.items() if cell.metadata.nbgrader.grade}
    now = exercises.load(chapter)
    asked = {check_id(one.name): one.points for one in now.exercises}
    asked |= {essay_id(one.name): one.points for one in now.essays}
    if given != asked:
        raise NoCourse(f"{chapter} has changed since its release: autograder release {chapter} --course {course}")
