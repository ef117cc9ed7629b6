"""What a released notebook imports, loaded in the room before anybody's work is: where it fails, everybody would."""

import sys
from collections.abc import Iterable
from importlib.util import find_spec

from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.errors import UserError
from autograder.grading import released_imports
from autograder.grading.one import Submission
from autograder.room.limits import BUBBLEWRAP, Limits
from autograder.room.notebook import run

_NO_MEMORY = ("MemoryError", "out of memory", "allocate memory")


class NotImportable(UserError, ImportError):
    """What a chapter imports does not load where it is graded."""


def not_installed(packages: Iterable[str]) -> list[str]:
    """Those of the packages that are not here."""
    return [name for name in packages if find_spec(name) is None]


def load_imports(submission: Submission, unsafe: bool) -> None:
    """Load what the release of ``submission`` imports, beside what was released; nothing of a student's is read.

    What the chapter's questions need to be put belongs to it. Raises :class:`NotImportable` for the first that does not
    load, with the reason and the cure; and NoSandbox.
    """
    lines = released_imports.lines(submission.released, submission.assignment)
    notebook = new_notebook(cells=[new_code_cell(line) for line in lines])
    for cell in run(notebook, {}, {}, submission.beside, submission.limits, unsafe=unsafe).cells:
        for error in (one for one in cell.outputs if one.output_type == "error"):
            said = f"{error.ename}: {error.evalue}"
            cure = _cure(error.ename, said, submission.limits)
            why = f"'{cell.source}' does not load where its submissions run ({said})"
            raise NotImportable(f"{submission.assignment} cannot be graded: {why}; {cure}")


def _cure(name: str, said: str, limits: Limits) -> str:
    memory = f"raise the limit of memory (GradeSubmission.limits['memory'], now {limits.memory >> 20} MB)"
    if "failed to map segment" in said:
        return f"{memory}, or that of addresses, if this machine has one (ulimit -v)"
    if any(word in said for word in _NO_MEMORY):
        return memory
    if name == "timed out":
        return f"raise the limit of time (GradeSubmission.limits['cell_seconds'], now {limits.cell_seconds:g} seconds)"
    if name == "ModuleNotFoundError":
        there = sys.prefix if limits.room == BUBBLEWRAP else f"the image {limits.image}"
        return f"install it into {there}; if it is the course's own, release the chapter again"
    return f"if it does not load in {sys.executable} either, install it there anew; else {memory}"
