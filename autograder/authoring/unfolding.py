"""The cells of a chapter's source, and what unfolds from them: for the page and for the notebook alike.

A chapter is one text notebook, ``book/<chapter>.md``, or two that make one (:func:`autograder.reference.places.pages`).
In it an exercise is the import of its reference, tagged ``exercise``; unfolding puts the text of the reference in its
place. The import of what an earlier chapter asked for is tagged ``earlier``: a student brings their own. Cells tagged
``figure`` only draw, those tagged ``only-page`` are in no notebook, and an essay is a text cell introduced by ``+++
{"essay": name}``.
"""

import ast
import re

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearSolutions

from autograder.beside.errors import UserError
from autograder.exercises import Chapter, Exercise
from autograder.reference.definition import definition

REFERENCE_IMPORT = re.compile(r"from solutions\.(\w+) import (\w+)\s*")
MODEL_IMPORT = re.compile(r"from solutions import (\w+)\s*")
CHECK_CALL = re.compile(r'check\("(\w+)", (\w+)\)\s*')


class UnreadableChapter(UserError, ValueError):
    """A chapter's source does not keep to the form that can be unfolded."""


def is_tagged(cell: NotebookNode, tag: str) -> bool:
    """Whether a cell has a tag."""
    return tag in cell.metadata.get("tags", [])


def imported(cell: NotebookNode) -> tuple[str, str]:
    """The chapter and the name in the import of a reference."""
    chapter, name = matched(REFERENCE_IMPORT, cell, "from solutions.chapter import name").groups()
    return chapter, name


def matched(form: re.Pattern[str], cell: NotebookNode, words: str) -> re.Match[str]:
    """The match of a cell's text with the form that its tag asks for, which is shown as ``words``."""
    found = form.fullmatch(cell.source)
    if not found:
        raise UnreadableChapter(f"a cell tagged {cell.metadata.tags} holds {cell.source!r}, expected {words!r}")
    return found


def exercise_in(cell: NotebookNode, chapter: Chapter) -> Exercise:
    """The exercise whose reference a cell imports."""
    return chapter.exercise(imported(cell)[1])


def fetching(earlier: str, name: str) -> str:
    """What stands in a student's notebook in the place of what they wrote in an earlier chapter."""
    return f"""\
# Your own {name} goes in here. Run this cell to fetch it from your
# {earlier}.ipynb; or write or paste it in the place of these lines.
from autograder.beside.earlier import fetch

fetch("{earlier}", "{name}")"""


def nbgrader_metadata(
    grade_id: str, *, points: float = 0, grade: bool = False, solution: bool = False, locked: bool = False
) -> dict[str, dict[str, object]]:
    """The metadata by which nbgrader knows a cell."""
    cell = dict(schema_version=3, grade_id=grade_id, grade=grade, solution=solution, locked=locked, task=False)
    return {"nbgrader": cell | ({"points": points} if grade else {})}


def stub(exercise: Exercise) -> str:
    """What a student is given: the definition with nbgrader's own stub where the solution was."""
    text = without_annotations(definition(exercise.module, exercise.name))
    notebook = NotebookNode(
        cells=[new_code_cell(text, metadata=nbgrader_metadata(exercise.name, solution=True))],
        metadata=NotebookNode(kernelspec=NotebookNode(language="python")),
    )
    cleared, _ = ClearSolutions().preprocess(notebook, {})
    return cleared.cells[0].source


def without_annotations(text: str) -> str:
    """A definition without its type hints: a notebook's code does not import the names they need."""
    lines = text.splitlines()
    hints: list[tuple[int, int, ast.expr]] = []  # from which line and column each is left out
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg) and node.annotation:
            hints.append((node.lineno, node.col_offset + len(node.arg), node.annotation))
        if isinstance(node, ast.FunctionDef) and node.returns:
            before, _, _ = lines[node.returns.lineno - 1][: node.returns.col_offset].rpartition("->")
            hints.append((node.returns.lineno, len(before.rstrip()), node.returns))
    for first, start, hint in sorted(hints, key=lambda one: one[:2], reverse=True):
        last = hint.end_lineno or first
        lines[first - 1 : last] = [lines[first - 1][:start] + lines[last - 1][hint.end_col_offset :]]
    return "\n".join(lines)
