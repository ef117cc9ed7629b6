"""The words that all parts of the autograder share: names of cells, keys of their metadata, types of their outputs."""

from collections.abc import Iterable
from typing import Any

OURS = "learning_to_spike"
"""The key of a cell's or notebook's metadata that holds what this project says of it, under one of the keys below."""
VERDICT = "verdict"
HANDED_OUT = "handed_out"
"""What a cell of the source says in the release."""
FINGERPRINT, UNSCORED = "fingerprint", "unscored"
"""Of a graded notebook: what its grade was made from; and the same until the gradebook has its scores."""
ADDED = "added"
"""Of a released notebook: the grade ids of cells that an earlier release did not have."""
SCHEME = "scheme"
"""Of a cell that stands beside an essay for whoever marks it."""
AS_BEFORE = "as_before"
"""Of an essay in a graded notebook: it says what it said when it was graded before."""
ONLY_DRAWS = "only_draws"
"""Of a cell that draws a figure and is as it was released: it is not run when graded."""
ENDED, SAYS = "ended", "says"
"""Of a cell that was cut off: a status, and the reason."""
SLOW = "slow"
"""Of a check cell: the seconds that it computed, where they are more than half of what it may."""

ANSWER_MIME = "application/vnd.learning-to-spike.answer+json"
"""An output of this type carries ``{"exercise", "case", "answer" or "raised" and "says"}`` to the judge."""

_CHECK, _ESSAY = "check_", "essay_"


def check_id(exercise: str) -> str:
    """The grade id of the cell that checks an exercise. The cell that is written in has the exercise's own name."""
    return _CHECK + exercise


def essay_id(essay: str) -> str:
    """The grade id of the cell in which an essay is written."""
    return _ESSAY + essay


def checked_by(cell: Any) -> str:
    """The exercise that a cell checks; "" for any other cell."""
    name = grade_id(cell)
    return name.removeprefix(_CHECK) if name.startswith(_CHECK) else ""


def is_essay(cell: Any) -> bool:
    """Whether an essay is written in a cell."""
    return grade_id(cell).startswith(_ESSAY)


def grade_id(cell: Any) -> str:
    """What nbgrader calls a cell; "" if it has no name, or one that is none."""
    graded = cell["metadata"].get("nbgrader")
    name = graded.get("grade_id", "") if isinstance(graded, dict) else ""
    return name if isinstance(name, str) else ""


def by_grade_id(cells: Iterable[Any]) -> dict[str, Any]:
    """The cells that have a name, by it; of several with one name the first."""
    found: dict[str, Any] = {}
    for cell in cells:
        if grade_id(cell):
            found.setdefault(grade_id(cell), cell)
    return found


def said_of(cell: Any) -> dict[str, Any]:
    """What this project says of a cell, to be read."""
    said = cell["metadata"].get(OURS)
    return said if isinstance(said, dict) else {}
