"""The steps that a released course puts into nbgrader's own autograde."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Comment, Grade
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool, Dict, Enum, List, Unicode

from autograder.beside.errors import UserError
from autograder.beside.words import AS_BEFORE, FINGERPRINT, OURS, UNSCORED, by_grade_id, said_of
from autograder.exercises import chapter_names
from autograder.grading import course_folder
from autograder.grading.course_settings import PACKAGES, limits_in
from autograder.grading.one import Submission
from autograder.grading.submissions import Handed, files_beside, taken
from autograder.grading.workers import work_alone
from autograder.reference.digest import digest
from autograder.room.limits import BUBBLEWRAP, IMAGE, ROOMS
from autograder.room.walls import require_not_root


class GradeLost(UserError, LookupError):
    """What ``autograder grade`` has graded is not there for nbgrader to take."""


waiting: dict[str, NotebookNode] = {}
"""What ``autograder grade`` has graded and nbgrader is about to take, by the fingerprints of the submissions."""


class CourseStep(NbGraderPreprocessor):
    """A step that knows the course folder. An assignment that is no chapter of this book passes untouched."""

    course = Unicode(help="The course folder.").tag(config=True)


SEEN = (".gif", ".jpeg", ".jpg", ".png", ".txt", ".webp")
"""Files beside a notebook that go to ``autograded`` and feedback: no browser runs them. Texts are nbgrader's own."""


class GradeSubmission(CourseStep):
    """Before all else, the graded notebook in the place of the submitted one: restored, run, and judged.

    What ``autograder grade`` has graded already travels along by its ``key``; without one it is graded here. The
    pictures beside it go along; :class:`Scored` says that the gradebook has the scores.
    """

    unsafe = Bool(False, help="Run without bubblewrap. Only for submissions you trust.").tag(config=True)
    as_root = Bool(False, help="Grade as root too: a way out of the walls would then cost the machine.").tag(
        config=True
    )
    limits = Dict(help="What each submission may take, where it differs from autograder.room.limits.Limits.").tag(
        config=True
    )
    room = Enum(ROOMS, BUBBLEWRAP, help="What makes the walls around students' code.").tag(config=True)
    image = Unicode(IMAGE, help="The image in which it runs, where those are a container's.").tag(config=True)
    packages = List(Unicode(), [*PACKAGES], help="What students may count on where they are graded.").tag(config=True)
    key = Unicode(help="The fingerprint of a submission that is graded already.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names, course = resources["nbgrader"], Path(self.course)
        student, assignment = names["student"], names["assignment"]
        folder = course / "submitted" / student / assignment
        if self.key:
            if self.key not in waiting:
                raise GradeLost(f"the graded notebook {self.key} of {student} is gone; grade again")
            nb, beside = waiting[self.key], files_beside(course / "release" / assignment, folder)
        else:
            require_not_root(self.as_root or self.unsafe)
            handed = Handed(student, folder, folder / f"{names['notebook']}.ipynb")
            submission = submission_in(course, assignment, student, handed.notebook, taken(handed))
            submission = replace(submission, limits=limits_in(self.config))
            nb, beside = work_alone(submission, self.unsafe).notebook, submission.beside
        resources["outputs"] = {place: beside[place] for place in beside if place.lower().endswith(SEEN)}
        nb.metadata[OURS] = {UNSCORED: nb.metadata[OURS][FINGERPRINT]}
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """The scores into the gradebook: of the cells that are in the notebook, whether or not the release has others.

    nbgrader knows the cells that were released when a student first handed in. And a mark given by hand is to be looked
    at again if the text is another one than was marked, not whenever the notebook is graded again.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        self._there = by_grade_id(nb.cells).keys()
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell: NotebookNode, resources: dict, cell_index: int) -> tuple[NotebookNode, dict]:
        if cell_index == 0:
            self._match_rows()
        return super().preprocess_cell(cell, resources, cell_index)

    def _match_rows(self) -> None:
        submitted = self.gradebook.find_submission_notebook(self.notebook_id, self.assignment_id, self.student_id)
        notebook = submitted.notebook
        kinds = (
            (Grade, notebook.grade_cells, submitted.grades),
            (Comment, notebook.solution_cells, submitted.comments),
        )
        for kind, cells, rows in kinds:
            known = {row.cell_id for row in rows}
            for row in list(rows) if self.assignment_id in chapter_names() else ():  # what is deleted is restored there
                if row.name not in self._there and (row.manual_score if kind is Grade else row.manual_comment) is None:
                    self.gradebook.db.delete(row)
            for cell in cells:
                if cell.name in self._there and cell.id not in known:
                    self.gradebook.db.add(kind(cell_id=cell.id, notebook=submitted))
        self.gradebook.db.commit()

    def _add_score(self, cell: NotebookNode, resources: dict) -> None:
        place = (cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*place) if said_of(cell).get(AS_BEFORE) else None
        looked_at = grade is not None and not grade.needs_manual_grade
        super()._add_score(cell, resources)
        if grade is not None and looked_at:
            grade.needs_manual_grade = False
            self.gradebook.db.commit()


class Scored(NbGraderPreprocessor):
    """After all else: only what nbgrader was not stopped at is known by its fingerprint."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.metadata[OURS] = {FINGERPRINT: nb.metadata[OURS][UNSCORED]}
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
    beside = files_beside(release, path.parent)
    everything = {path.name: handed_in, **beside}
    whole = [(place, sha256(content).hexdigest()) for place, content in sorted(everything.items())]
    return Submission(
        assignment,
        handed_in,
        (release / path.name).read_bytes(),
        course_folder.challenge_seed(course, assignment, student, json.dumps(whole).encode()),
        made_from,
        beside,
    )
