"""One submission graded: a pure function of what was handed in, what was released, the chapter and the seed.

It reads, restores, runs and judges. It runs in a thread, in another process, or on another machine: all that it needs
comes along as its argument, and all that it made is what it returns.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder.beside.display import as_html, as_text
from autograder.beside.verdict import Verdict
from autograder.beside.words import (
    FINGERPRINT,
    ONLY_DRAWS,
    OURS,
    SCHEME,
    SLOW,
    VERDICT,
    by_grade_id,
    check_id,
    essay_id,
    grade_id,
    said_of,
)
from autograder.exercises import Essay, chapter_names, load
from autograder.grading import judge, released_imports
from autograder.grading.executed import executed
from autograder.grading.restoring import not_there, restored
from autograder.grading.submissions import notebook_in
from autograder.room.limits import Limits
from autograder.room.notebook import run
from autograder.room.process import Stop


@dataclass(frozen=True)
class Submission:
    """All that a grade depends on.

    ``handed_in`` and ``released`` are notebooks, as files; ``digest`` stands for what a chapter's grades are made from;
    ``beside`` are the files in the notebook's folder, by their places there. An ``assignment`` that is no chapter of
    the book has no questions: its cells are run, and nbgrader scores them.

    ``only`` are the exercises to be judged, all if none is named; the others have their verdicts from ``before``, the
    notebook as it was graded, if that was of the same hand-in. ``kept`` is what this code did when it was last run: it
    counts in the same ``environment``, which stands for whatever it was asked and run with.
    """

    assignment: str
    handed_in: bytes
    released: bytes
    seed: str
    digest: str
    beside: dict[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    only: tuple[str, ...] = ()
    before: bytes = b""
    kept: bytes = b""
    environment: str = ""

    @cached_property
    def files(self) -> list[tuple[str, str]]:
        """What lies beside, by its hash."""
        return [(place, sha256(content).hexdigest()) for place, content in sorted(self.beside.items())]

    @cached_property
    def fingerprint(self) -> str:
        """Another one for any other grade that there could be. It travels along, and nobody computes it again."""
        notebooks = [sha256(notebook).hexdigest() for notebook in (self.handed_in, self.released)]
        others = [self.assignment, notebooks, self.seed, self.digest, self.files, self.limits.as_json(), *self.only]
        return sha256(json.dumps(others).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Graded:
    """The executed notebook, where the output of each check cell is the verdict and nbgrader's score; the verdicts.

    ``kept`` is what the code did, for the next who judges it.
    """

    notebook: NotebookNode
    verdicts: tuple[Verdict, ...] = ()
    kept: bytes = b""


def grade_one(submission: Submission, *, unsafe: bool = False, stop: Stop | None = None) -> Graded:
    """Grade one submission.

    ``unsafe`` runs it without walls; once ``stop`` is set the run ends with :class:`Stopped`. Raises
    UnreadableSubmission if there is nothing that can be read, and NoSandbox.
    """
    name = submission.assignment
    chapter = load(name) if name in chapter_names() else None
    handed_in = notebook_in(submission.handed_in, f"{name}.ipynb")
    released = nbformat.reads(submission.released.decode(), as_version=4)
    missing = not_there(handed_in, released)
    released.cells = [cell for cell in released.cells if grade_id(cell) not in missing]
    whole = restored(handed_in, released)
    exercises = [one for one in (chapter.exercises if chapter else ()) if check_id(one.name) not in missing]
    asked = judge.challenge(chapter, submission.seed) if chapter else {}
    seconds = {check_id(one.name): one.seconds for one in exercises}
    of = [whole, asked, seconds, submission.files, submission.limits.as_json(), submission.environment, unsafe]
    notebook, kept = executed(
        of,
        submission.kept,
        lambda: run(
            whole,
            asked,
            seconds,
            submission.beside,
            submission.limits,
            unsafe=unsafe,
            stop=stop,
            packages=released_imports.modules(submission.released, name),
        ),
    )
    cells = by_grade_id(notebook.cells)
    before = _judged_before(submission, cells)
    exercises = [one for one in exercises if check_id(one.name) not in before]
    verdicts: tuple[Verdict, ...] = ()
    for one in exercises:
        ended = {found.exercise: found.status for found in verdicts}
        verdicts += (judge.judge(one, submission.seed, judge.answers_in(notebook, one), ended),)
    for grade, cell in before.items():
        cells[grade].metadata[OURS], cells[grade].outputs = cell.metadata[OURS], cell.outputs
    for found in verdicts:
        _write_verdict(cells[check_id(found.exercise)], found)
    for essay in chapter.essays if chapter else ():
        if essay_id(essay.name) not in missing:
            _lay_out_scheme(notebook, essay)
    for cell in notebook.cells:
        if said_of(cell).get(ONLY_DRAWS):
            cell.outputs = [new_output("stream", name="stdout", text="(figures are not drawn when graded)\n")]
    notebook.metadata[OURS] = {FINGERPRINT: submission.fingerprint}
    return Graded(notebook, verdicts, kept)


def _judged_before(submission: Submission, cells: dict[str, NotebookNode]) -> dict[str, NotebookNode]:
    """The check cells, as they were judged, of the exercises that are not to be judged anew."""
    if not submission.only or not submission.before:
        return {}
    earlier = by_grade_id(nbformat.reads(submission.before.decode(), as_version=4).cells)
    anew = {check_id(name) for name in submission.only}
    return {
        name: cell
        for name, cell in earlier.items()
        if name in cells.keys() - anew and said_of(cell).get(VERDICT, {}).get("seed") == submission.seed
    }


def _write_verdict(cell: NotebookNode, found: Verdict) -> None:
    slow = {name: said for name, said in said_of(cell).items() if name == SLOW}
    cell.metadata[OURS] = {VERDICT: found.as_data(), **slow}
    shown = {"text/html": as_html(found), "text/plain": as_text(found)}
    score = {"text/plain": repr(float(found.points))}
    cell.outputs = [
        new_output("display_data", shown),
        new_output("execute_result", score, execution_count=cell.execution_count),
    ]


def _lay_out_scheme(notebook: NotebookNode, essay: Essay) -> None:
    place = notebook.cells.index(by_grade_id(notebook.cells)[essay_id(essay.name)])
    text = f"**Marking scheme, {essay.points:g} points (students do not see this)**\n\n{essay.scheme}"
    scheme = new_markdown_cell(text, id=f"scheme-{essay.name}", metadata={OURS: {SCHEME: True}})
    notebook.cells.insert(place, scheme)
