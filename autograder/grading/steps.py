"""The steps that a released course puts into nbgrader's own autograde."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder.beside.errors import UserError
from autograder.beside.words import OURS, SAVED
from autograder.exercises import chapter_names
from autograder.grading import course_folder
from autograder.grading.one import Submission
from autograder.grading.submissions import files_beside
from autograder.grading.workers import work
from autograder.reference.digest import digest


class GradeLost(UserError, LookupError):
    """What ``autograder grade`` has graded is not there for nbgrader to take."""


class CourseStep(NbGraderPreprocessor):
    """A step that knows the course folder. An assignment that is no chapter of this book passes untouched."""

    course = Unicode(help="The course folder.").tag(config=True)


class GradeSubmission(CourseStep):
    """Before all else, the graded notebook in the place of the submitted one: restored, run, and judged.

    What ``autograder grade`` has graded already travels along by its ``key``; without one it is graded here.
    """

    unsafe = Bool(False, help="Run without bubblewrap. Only for submissions you trust.").tag(config=True)
    key = Unicode(help="The fingerprint of a submission that is graded already.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names, course = resources["nbgrader"], Path(self.course)
        if not self.key:
            handed_in = course / "submitted" / names["student"] / names["assignment"] / f"{names['notebook']}.ipynb"
            submission = submission_in(course, names["assignment"], names["student"], handed_in, handed_in.read_bytes())
            return work(submission, self.unsafe).notebook, resources
        graded = course_folder.run_file(course, self.key)
        if not graded.is_file():
            raise GradeLost(f"the graded notebook {graded.name} of {names['student']} is gone; grade again")
        return nbformat.read(graded, as_version=4), resources


class SealGrade(NbGraderPreprocessor):
    """After all else, a mark in the notebook that its scores are in the gradebook.

    nbgrader writes the notebook before that as well: who was killed in between has a graded notebook and no scores.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.metadata[OURS] = nb.metadata.get(OURS, {}) | {SAVED: True}
        return nb, resources


def submission_in(
    course: Path, assignment: str, student: str, path: Path, handed_in: bytes, made_from: str | None = None
) -> Submission:
    """What is to be graded of a student who ``handed_in`` the file at ``path``.

    ``made_from`` is the chapter's digest, if it is known already.
    """
    if made_from is None:
        made_from = digest(assignment) if assignment in chapter_names() else ""
    release = course / "release" / assignment
    return Submission(
        assignment,
        handed_in,
        (release / path.name).read_bytes(),
        course_folder.challenge_seed(course, assignment, student),
        made_from,
        files_beside(release, path.parent),
    )
