"""The judge: stands away from the student's code, knows what is right, and trusts nothing that comes from there."""

import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256

from nbformat import NotebookNode

from autograder.beside.records import Answer, Asked
from autograder.beside.verdict import Answers, Verdict, verdict
from autograder.beside.words import ANSWER_MIME, ENDED, SAYS, by_grade_id, check_id, checked_by, said_of
from autograder.exercises import Chapter, Exercise
from autograder.reference.record import questions, record

NO_MEMORY = MemoryError.__name__
_UNKNOWN = re.compile(r"(?:name '|nothing is called )(\w+)")
_CELL_NAME = re.compile(r"\(<ipython-input-[^>]*>, line (\d+)\)")


def seed(secret: str, assignment: str, student: str, handed_in: bytes) -> str:
    """The seed of the challenge to a hand-in: nobody without the course's secret can know its inputs beforehand.

    Who has seen the questions to one knows none of those to the next: whatever changes, in the notebook or in a file
    beside it, changes them all.
    """
    of = json.dumps([assignment, student, sha256(handed_in).hexdigest()])
    return hmac.new(secret.encode(), of.encode(), "sha256").hexdigest()[:16]


def challenge(chapter: Chapter, seed: str) -> dict[str, Asked]:
    """The questions of every exercise of a chapter, without an answer to any."""
    return {exercise.name: questions(exercise, seed) for exercise in chapter.exercises}


def judge(exercise: Exercise, seed: str, answers: Answers, ended: Mapping[str, str] | None = None) -> Verdict:
    """The verdict on answers to the challenge of ``seed``. The misconceptions are run only if something is wrong.

    ``ended`` is how the other exercises of the submission ended.
    """
    found = verdict(record(exercise, seed, misreadings=False), answers, seed, ended)
    if found.points < found.max_points and any("answer" in given for given in answers.cases.values()):
        found = verdict(record(exercise, seed), answers, seed, ended)
    return found


def answers_in(notebook: NotebookNode, exercise: Exercise) -> Answers:
    """What an executed notebook answers to an exercise, and what kept it from answering if something did."""
    cells = by_grade_id(cell for cell in notebook.cells if cell.cell_type == "code")
    written, check_cell = cells.get(exercise.name), cells.get(check_id(exercise.name))
    answers = Answers(_handed_over(check_cell, exercise.name))
    if ended := _cut_off(check_cell):
        answers.ended, answers.says = ended
    elif not answers.cases:
        answers.ended, answers.says = _why_not(written, check_cell, exercise.name)
    answers.says += _cause(notebook, check_cell, answers.says)
    for _, given in sorted(answers.cases.items()):
        if given.get("raised") == "NameError":
            given["says"] += _cause(notebook, check_cell, given["says"])
            break
    return answers


def _cause(notebook: NotebookNode, check_cell: NotebookNode | None, says: str) -> str:
    """Which cell failed first, and why, if an unknown name is the fault: of those before it, one that has the name."""
    if check_cell is None or not (unknown := _UNKNOWN.search(says)):
        return ""
    before = notebook.cells[: notebook.cells.index(check_cell)]
    found = [(cell, _error(cell)) for cell in before if cell.cell_type == "code" and not checked_by(cell)]
    failed = [
        (cell.source.strip().split("\n")[0][:60], ": ".join(filter(None, error)))
        for cell, error in sorted(found, key=lambda one: not re.search(rf"\b{unknown[1]}\b", one[0].source))
        if error and error[0] != "NotImplementedError" and f"name '{unknown[1]}'" not in error[1]
    ]
    return f'; the cell that begins "{failed[0][0]}" failed before: {failed[0][1]}' if failed else ""


def _cut_off(cell: NotebookNode | None) -> tuple[str, str] | None:
    said = said_of(cell) if cell is not None else {}
    return (said[ENDED], said[SAYS]) if said.get(ENDED) else None


def _why_not(written: NotebookNode | None, check_cell: NotebookNode | None, name: str) -> tuple[str, str]:
    """Why a check cell that ran to its end has no answers."""
    if ended := _cut_off(written):
        return ended
    own = _error(written)
    if own and own[0] == "NotImplementedError":
        return "not attempted", ""
    if own:
        return "out of memory" if own[0] == NO_MEMORY else "raised", ": ".join(part for part in own if part)
    asked = _error(check_cell)
    if asked and asked[0] == "NameError" and repr(name) in asked[1]:
        return (
            ("cell missing", asked[1])
            if written is None
            else ("raised", f"nothing is called {name} when the cell has run")
        )
    return "raised", ": ".join(part for part in asked if part) if asked else "the check gave no answer"


def _handed_over(cell: NotebookNode | None, exercise: str) -> dict[int, Answer]:
    cases: dict[int, Answer] = {}
    for output in cell.outputs if cell else ():
        given = output.get("data", {}).get(ANSWER_MIME)
        if isinstance(given, dict) and given.get("exercise") == exercise and type(given.get("case")) is int:
            if "answer" in given:
                cases[given["case"]] = {"answer": given["answer"]}
            elif "raised" in given:
                says = str(given.get("says", ""))[:400]
                cases[given["case"]] = {"raised": _kind(str(given["raised"])[:80], says), "says": says}
    return cases


def _error(cell: NotebookNode | None) -> tuple[str, str] | None:
    for output in cell.outputs if cell else ():
        if output.output_type == "error":
            said = _CELL_NAME.sub(r"(line \1)", output.evalue).splitlines()
            says = said[0] if said else ""
            return _kind(" ".join(output.ename.split())[:80], says), says
    return None


def _kind(name: str, says: str) -> str:
    """The name of an error. Torch has none of its own for too little memory, only words."""
    return NO_MEMORY if "can't allocate memory" in says else name
