"""A submitted notebook made whole again: the released cells as they were released, each of them once.

Students delete, copy, move, merge and edit the cells that grade them, and editors lose what names a cell. nbgrader
takes this ill: a duplicate stops the whole class, a deleted check is neither right nor wrong, an essay beside its cell
is 0. Here each comes back, and what the student wrote stays.
"""

import json
import re
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

LOOK_NEAR = "(Nothing is written in this cell. What stands near it may be the answer, and will be read.)"
"""Stands in an essay's cell that was left as it was, or is gone, so that somebody looks."""


def restored(submitted: NotebookNode, released: NotebookNode) -> NotebookNode:
    """``submitted`` with the graded cells of ``released`` in it, each once and after the cell it grades.

    What was added to a locked cell stands in a cell of its own before it. A cell that only draws a figure, and is as it
    was released, is marked so: it is not run when graded.
    """
    official = by_grade_id(released.cells)
    texts = {cell.source for cell in released.cells if cell.cell_type == "markdown"}
    drawings = {cell.source for cell in released.cells if "figure" in cell.metadata.get("tags", [])}
    notebook = _writable(submitted)
    notebook.metadata = deepcopy(released.metadata)
    names = _names(notebook.cells, official)
    cleaned = [_cleaned(cell, name, official) for cell, name in zip(notebook.cells, names, strict=True)]
    notebook.cells = _each_once([cell for cells in cleaned for cell in cells], official)
    left = MOST_TEXT
    for cell in notebook.cells:
        if cell.cell_type != "code" and cell.source not in texts:
            cell.source = harmless(cell.source, cell.get("attachments", {}), left)
            left -= len(cell.source)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source in drawings and not grade_id(cell):
            cell.metadata[OURS] = {ONLY_DRAWS: True}
    for cell in official.values():
        if checked_by(cell):
            _put_in_place(notebook.cells, cell, after=checked_by(cell))
    _put_essays_in_place(notebook.cells, released.cells)
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


def _names(cells: list[NotebookNode], official: dict[str, NotebookNode]) -> list[str]:
    """The grade id of each cell, or "": by its metadata, by its own id, or because it is as it was released."""
    names = [next((name for name in (grade_id(cell), cell.get("id")) if name in official), "") for cell in cells]
    missing = {name: cell for name, cell in official.items() if name not in names}
    for place, cell in enumerate(cells):
        alike = (name for name, one in missing.items() if _reads(cell) == _reads(one))
        if not names[place] and (name := next(alike, "")):
            names[place] = name
            del missing[name]
    return names


def _reads(cell: NotebookNode) -> tuple[str, str]:
    return cell.cell_type, _plain(cell.source)


def _plain(source: str) -> str:
    """A text without what editors change by themselves: blanks and ends of lines."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _cleaned(cell: NotebookNode, name: str, official: dict[str, NotebookNode]) -> list[NotebookNode]:
    """The cell as it is kept: what was added to a locked one comes first, as a cell of its own."""
    cell.metadata = NotebookNode()
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    if not name:
        return [cell]
    graded = deepcopy(official[name])
    if graded.metadata.nbgrader.locked:
        cell.source = _added(cell.source, official)
        return [cell, graded] if cell.source.strip() else [graded]
    graded.source = cell.source
    if cell.get("attachments") and graded.cell_type == "markdown":
        graded.attachments = cell.attachments
    return [graded]


def _added(source: str, official: dict[str, NotebookNode]) -> str:
    """A text without the lines that stand in locked cells."""
    for cell in official.values():
        if cell.metadata.nbgrader.locked:
            source = re.sub(rf"^{re.escape(cell.source.strip())}\s*$", "", source, flags=re.MULTILINE)
    return source.strip("\n")


def _each_once(cells: list[NotebookNode], official: dict[str, NotebookNode]) -> list[NotebookNode]:
    """Of several cells with one grade id the last that is written in keeps it; the code of the others stays."""

    def written(place: int) -> bool:
        cell = cells[place]
        return bool(grade_id(cell)) and _plain(cell.source) not in ("", _plain(official[grade_id(cell)].source))

    keeps = {grade_id(cells[place]): place for place in sorted(range(len(cells)), key=written)}
    kept = []
    for place, cell in enumerate(cells):
        if grade_id(cell) and keeps[grade_id(cell)] != place:
            if cell.metadata.nbgrader.locked:
                continue
            del cell.metadata["nbgrader"]
        kept.append(cell)
    return kept


def _put_in_place(cells: list[NotebookNode], cell: NotebookNode, after: str) -> None:
    """Make sure that ``cell`` is there, not before the cell called ``after``; what is missing comes back there."""
    places = {grade_id(one): place for place, one in enumerate(cells) if grade_id(one)}
    target = places.get(after, -1)
    if grade_id(cell) not in places:
        cells.insert(target + 1 if after in places else len(cells), deepcopy(cell))
    elif places[grade_id(cell)] < target:
        cells.insert(target, cells.pop(places[grade_id(cell)]))


def _put_essays_in_place(cells: list[NotebookNode], released: list[NotebookNode]) -> None:
    """Make sure that each essay is there, and says :data:`LOOK_NEAR` where its answer may stand beside it."""
    given = {_plain(cell.source) for cell in released} - {""}
    essays = [(place, cell) for place, cell in enumerate(released) if is_essay(cell)]
    look = set()
    for number, essay in essays:
        if grade_id(essay) not in map(grade_id, cells):
            places = {grade_id(cell) or _plain(cell.source): place for place, cell in enumerate(cells)}
            around = [places.get(grade_id(cell) or _plain(cell.source)) for cell in released]
            behind = (place for place in around[number + 1 :] if place is not None)
            cells.insert(next(behind, len(cells)), deepcopy(essay))
            if None in around[max(number - 1, 0) : number]:  # merged with what stood before it, or gone with it
                look.add(grade_id(essay))
    for _, essay in essays:
        place = [grade_id(cell) for cell in cells].index(grade_id(essay))
        if _plain(cells[place].source) == _plain(essay.source):
            is_near = grade_id(essay) in look or _stands_near(cells, place, given)
            cells[place].source = LOOK_NEAR if is_near else essay.source


def _stands_near(cells: list[NotebookNode], place: int, given: set[str]) -> bool:
    """Whether anything that was not released stands between an essay and the code or the other answers around it."""
    for around in (reversed(cells[:place]), cells[place + 1 :]):
        for cell in around:
            source = _plain(cell.source)
            if not checked_by(cell) and (grade_id(cell) or (cell.cell_type == "code" and source in given)):
                break
            if source and source not in given:
                return True
    return False


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
