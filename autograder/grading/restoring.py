"""A submitted notebook made whole again: the released cells as they were released, each of them once.

Students delete, copy, move and edit the cells that grade them. nbgrader takes this ill: a duplicate stops the whole
class, a deleted check is neither right nor wrong. Here each comes back, and what the student wrote stays untouched.
"""

import json
from copy import deepcopy
from itertools import count

from nbformat import NotebookNode, from_dict

from autograder.beside.words import (
    ADDED,
    ONLY_DRAWS,
    OURS,
    by_grade_id,
    check_id,
    checked_by,
    grade_id,
    is_essay,
    said_of,
)
from autograder.grading.markdown import MOST_TEXT, harmless


def restored(submitted: NotebookNode, released: NotebookNode) -> NotebookNode:
    """``submitted`` with the graded cells of ``released`` in it, each once and after the cell it grades.

    A cell that only draws a figure, and is as it was released, is marked so: it is not run when graded.
    """
    official = by_grade_id(released.cells)
    texts = {cell.source for cell in released.cells if cell.cell_type == "markdown"}
    drawings = {cell.source for cell in released.cells if "figure" in cell.metadata.get("tags", [])}
    notebook = _writable(submitted)
    notebook.metadata = deepcopy(released.metadata)
    notebook.cells = _each_once([_cleaned(cell, official) for cell in notebook.cells])
    left = MOST_TEXT
    for cell in notebook.cells:
        if cell.cell_type != "code" and cell.source not in texts:
            cell.source = harmless(cell.source, cell.get("attachments", {}), left)
            left -= len(cell.source)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source in drawings and not grade_id(cell):
            cell.metadata[OURS] = {ONLY_DRAWS: True}
    for name, cell in official.items():
        if checked_by(cell) or is_essay(cell):
            _put_in_place(notebook.cells, cell, after=checked_by(cell) or name)
    _name_each(notebook)
    return notebook


def not_there(submitted: NotebookNode, released: NotebookNode) -> set[str]:
    """The grade ids of cells that came with a later release than the one ``submitted`` was made from."""
    there = by_grade_id(submitted.cells).keys() | {cell.get("id") for cell in submitted.cells}
    added = set(said_of(released).get(ADDED, []))
    known = {name for name, cell in by_grade_id(released.cells).items() if {name, cell.id} & there}
    checks = {check_id(name) for name in known} | {
        checked_by(cell) for cell in released.cells if grade_id(cell) in known
    }
    return added - known - checks if known - added else set()


def _writable(notebook: NotebookNode) -> NotebookNode:
    """A copy in which no half of a surrogate pair is left: JSON can hold one, no file can."""
    return from_dict(json.loads(json.dumps(notebook, ensure_ascii=False).encode(errors="replace")))


def _cleaned(cell: NotebookNode, official: dict[str, NotebookNode]) -> NotebookNode:
    name = grade_id(cell)
    cell.metadata = NotebookNode()
    if name in official:
        original = official[name]
        source = original.source if original.metadata.nbgrader.locked else cell.source
        attachments = cell.get("attachments")
        cell = deepcopy(original)
        cell.source = source
        if attachments and cell.cell_type == "markdown":
            cell.attachments = attachments
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


def _each_once(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The last of several cells with one grade id keeps it; the code of the others stays, other checks go."""
    seen, kept = set(), []
    for cell in reversed(cells):
        name = grade_id(cell)
        if name in seen:
            if cell.metadata.nbgrader.locked:
                continue
            del cell.metadata["nbgrader"]
        elif name:
            seen.add(name)
        kept.append(cell)
    return kept[::-1]


def _put_in_place(cells: list[NotebookNode], cell: NotebookNode, after: str) -> None:
    """Make sure that ``cell`` is there, not before the cell called ``after``; what is missing comes back there."""
    places = {grade_id(one): place for place, one in enumerate(cells) if grade_id(one)}
    target = places.get(after, -1)
    if grade_id(cell) not in places:
        cells.insert(target + 1 if after in places else len(cells), deepcopy(cell))
    elif places[grade_id(cell)] < target:
        cells.insert(target, cells.pop(places[grade_id(cell)]))


def _name_each(notebook: NotebookNode) -> None:
    """Give every cell an id that no other has: graded cells the released one, others their own if it is free.

    Notebooks before format 4.5 have none, and copied cells share one.
    """
    notebook.nbformat, notebook.nbformat_minor = 4, max(5, notebook.nbformat_minor)
    taken = {cell.id for cell in notebook.cells if grade_id(cell)}
    for number, cell in enumerate(notebook.cells):
        if not grade_id(cell):
            if cell.get("id", "") in taken | {""}:
                cell.id = next(name for n in count(number) if (name := f"own-{n}") not in taken)
            taken.add(cell.id)
