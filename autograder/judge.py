"""The judge: stands away from the student's code, knows what is right, and trusts nothing that comes from there."""

import hmac
import json
import re
from typing import Any

from nbformat import NotebookNode

from autograder.cell_runner import ANSWER_MIME
from autograder.execution import OURS, grade_id
from autograder.exercises import Chapter, Exercise
from autograder.record import questions, record
from autograder.verdict import Answers, Verdict, verdict

_CELL_NAME = re.compile(r"\(<ipython-input-[^>]*>, line (\d+)\)")


def seed(secret: str, assignment: str, student: str) -> str:
    """The seed of a student's challenge: nobody without the course's secret can know its inputs beforehand."""
    return hmac.new(secret.encode(), json.dumps([assignment, student]).encode(), "sha256").hexdigest()[:16]


def challenge(chapter: Chapter, seed: str) -> dict[str, Any]:
    """The questions of every exercise of a chapter, without an answer to any."""
    return {exercise.name: questions(exercise, seed) for exercise in chapter.exercises}


def judge(exercise: Exercise, seed: str, answers: Answers) -> Verdict:
    """The verdict on answers to the challenge of ``seed``. The misconceptions are run only if something is wrong."""
    found = verdict(record(exercise, seed, misreadings=False), answers, seed)
    if found.points < found.max_points and any("answer" in given for given in answers.cases.values()):
        found = verdict(record(exercise, seed), answers, seed)
    return found


def answers_in(notebook: NotebookNode, exercise: Exercise) -> Answers:
    """What an executed notebook answers to an exercise, and what kept it from answering if something did."""
    check_cell = _cell(notebook, f"check_{exercise.name}")
    answers = Answers(_handed_over(check_cell, exercise.name))
    ended = check_cell.metadata.get(OURS, {}) if check_cell else {}
    if ended.get("ended"):
        answers.ended, answers.says = ended["ended"], ended["says"]
    elif not answers.cases:
        answers.ended, answers.says = _why_not(_cell(notebook, exercise.name), check_cell, exercise.name)
    return answers


def _why_not(written: NotebookNode | None, check_cell: NotebookNode | None, name: str) -> tuple[str, str]:
    """Why a check cell that ran to its end has no answers."""
    own = _error(written)
    if written is not None and written.metadata.get(OURS, {}).get("ended"):
        return written.metadata[OURS]["ended"], written.metadata[OURS]["says"]
    if own and own[0] == "NotImplementedError":
        return "not attempted", ""
    if own and own[0] == "MemoryError":
        return "out of memory", "MemoryError"
    if own:
        return "raised", ": ".join(part for part in own if part)
    asked = _error(check_cell)
    if asked and asked[0] == "NameError" and repr(name) in asked[1]:
        return (
            ("cell missing", "") if written is None else ("raised", f"nothing is called {name} when the cell has run")
        )
    return "raised", ": ".join(part for part in asked if part) if asked else "the check gave no answer"


def _handed_over(cell: NotebookNode | None, exercise: str) -> dict[int, dict]:
    cases = {}
    for output in cell.outputs if cell else ():
        given = output.get("data", {}).get(ANSWER_MIME)
        if isinstance(given, dict) and given.get("exercise") == exercise and type(given.get("case")) is int:
            if "answer" in given:
                cases[given["case"]] = {"answer": given["answer"]}
            elif "raised" in given:
                cases[given["case"]] = {"raised": str(given["raised"])[:80], "says": str(given.get("says", ""))[:400]}
    return cases


def _error(cell: NotebookNode | None) -> tuple[str, str] | None:
    for output in cell.outputs if cell else ():
        if output.output_type == "error":
            said = _CELL_NAME.sub(r"(line \1)", output.evalue).splitlines()
            return " ".join(output.ename.split())[:80], said[0] if said else ""
    return None


def _cell(notebook: NotebookNode, name: str) -> NotebookNode | None:
    return next((cell for cell in notebook.cells if cell.cell_type == "code" and grade_id(cell) == name), None)
