"""The steps that a released course puts into nbgrader's own autograde and generate_feedback."""

import json
from hashlib import sha256
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder import execution, exercises, judge
from autograder.chapters import HANDED_OUT, digest
from autograder.display import as_html, as_text
from autograder.execution import OURS, Submission, grade_id
from autograder.files import write_whole
from autograder.restoring import restored

SECRET = "course_secret"
"""The file in the course folder that challenges are drawn with. Nobody but the instructor may read it."""
VERDICT_KEY = "verdict"


class CourseStep(NbGraderPreprocessor):
    """A step that knows the course folder. An assignment that is no chapter of this book passes untouched."""

    course = Unicode(help="The course folder.").tag(config=True)


class HandOut(NbGraderPreprocessor):
    """Before a release: a cell that says another thing to students than in the source says it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        for cell in nb.cells:
            cell.source = cell.metadata.pop(OURS, {}).get(HANDED_OUT, cell.source)
        return nb, resources


class RestoreCells(CourseStep):
    """Before all else: the released cells come back, whatever has become of them."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        return restored(nb, released(Path(self.course), names["assignment"], names["notebook"])), resources


class RunInSandbox(CourseStep):
    """In the place of nbgrader's Execute: the notebook runs in the sandbox, with its student's own challenge.

    A run that ``autograder grade`` has made already is taken from the folder of runs.
    """

    unsafe = Bool(False, help="Run without bubblewrap. Only for submissions you trust.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        submission = submission_of(nb, Path(self.course), names["assignment"], names["student"])
        stored = run_file(Path(self.course), submission)
        if not stored.exists():
            return execution.run(submission, unsafe=self.unsafe), resources
        outcome = nbformat.read(stored, as_version=4)
        stored.unlink()
        for cell, ran in zip(nb.cells, outcome.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
                cell.metadata |= {key: value for key, value in ran.metadata.items() if key == OURS}
        return nb, resources


class JudgeAnswers(CourseStep):
    """After the run: the outputs of each check cell give way to the verdict, and to the score as nbgrader reads it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        chapter = _chapter(names["assignment"])
        if chapter is None:
            return nb, resources
        seed = challenge_seed(Path(self.course), names["assignment"], names["student"])
        for exercise in chapter.exercises:
            found = judge.judge(exercise, seed, judge.answers_in(nb, exercise))
            cell = next(one for one in nb.cells if grade_id(one) == f"check_{exercise.name}")
            cell.metadata[OURS] = {VERDICT_KEY: found.as_data()}
            shown = {"text/html": as_html(found), "text/plain": as_text(found)}
            score = {"text/plain": repr(float(found.points))}
            count = cell.execution_count
            cell.outputs = [
                new_output("display_data", shown),
                new_output("execute_result", score, execution_count=count),
            ]
        _say_that_figures_are_left_out(nb)
        _lay_out_schemes(nb, chapter)
        nb.metadata[OURS] = {"fingerprint": fingerprint(Path(self.course), names["assignment"], names["student"])}
        return nb, resources


def submission_of(nb: NotebookNode, course: Path, assignment: str, student: str) -> Submission:
    """What is to be run of a restored notebook, with the questions for this student if it is of a chapter."""
    beside = (course / "release" / assignment, course / "submitted" / student / assignment)
    chapter = _chapter(assignment)
    if chapter is None:
        return Submission(nb, {}, {}, beside)
    seconds = {f"check_{one.name}": one.seconds for one in chapter.exercises}
    questions = judge.challenge(chapter, challenge_seed(course, assignment, student))
    return Submission(nb, questions, seconds, beside)


def challenge_seed(course: Path, assignment: str, student: str) -> str:
    """The seed of a student's challenge in this course."""
    return judge.seed((course / SECRET).read_text(), assignment, student)


def run_file(course: Path, submission: Submission) -> Path:
    """Where the run of a submission is kept between the one who runs it and nbgrader; named by all it depends on."""
    cells = [(cell.cell_type, cell.source, grade_id(cell)) for cell in submission.notebook.cells]
    beside = [_beside(folder) for folder in submission.belongings]
    all_of_it = [digest(), cells, submission.questions, submission.seconds, beside]
    key = sha256(json.dumps(all_of_it).encode()).hexdigest()[:32]
    return course / "runs" / f"{key}.ipynb"


def keep_run(course: Path, submission: Submission, outcome: NotebookNode) -> None:
    """Lay the outcome of a run where :class:`RunInSandbox` finds it."""
    write_whole(run_file(course, submission), nbformat.writes(outcome))


def released(course: Path, assignment: str, notebook: str | None = None) -> NotebookNode:
    """The notebook as it was released to students."""
    return nbformat.read(course / "release" / assignment / f"{notebook or assignment}.ipynb", as_version=4)


def fingerprint(course: Path, assignment: str, student: str) -> str:
    """What a grade depends on: what was handed in, the challenge's seed, and the code that asks and judges."""
    folder = course / "submitted" / student / assignment
    others = [challenge_seed(course, assignment, student), digest(), _beside(folder)]
    return sha256((folder / f"{assignment}.ipynb").read_bytes() + json.dumps(others).encode()).hexdigest()


def _beside(folder: Path) -> list[tuple[str, int, float]]:
    """The files beside a notebook, each with what shows that it is another now."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".ipynb"]
    return [(str(file.relative_to(folder)), file.stat().st_size, file.stat().st_mtime) for file in files]


def _chapter(assignment: str) -> exercises.Chapter | None:
    return exercises.load(assignment) if assignment in exercises.chapter_names() else None


def _lay_out_schemes(nb: NotebookNode, chapter: exercises.Chapter) -> None:
    for essay in chapter.essays:
        place = next(n for n, cell in enumerate(nb.cells) if grade_id(cell) == f"essay_{essay.name}")
        text = f"**Marking scheme, {essay.points:g} points (students do not see this)**\n\n{essay.scheme}"
        nb.cells.insert(place, new_markdown_cell(text, metadata={OURS: {"scheme": True}}))


def _say_that_figures_are_left_out(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if cell.metadata.get(OURS, {}).get("only_draws"):
            cell.outputs = [new_output("stream", name="stdout", text="(figures are not drawn when graded)\n")]
