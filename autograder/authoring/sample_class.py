"""A class of made-up students who hand in the first chapter: who they are stands in ``sample_class.toml``."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.beside.words import by_grade_id, grade_id
from autograder.reference.files import write_whole

CHAPTER = "leaky_integrator"


def _without(name: str) -> Callable[[NotebookNode], None]:
    def edit(notebook: NotebookNode) -> None:
        notebook.cells = [cell for cell in notebook.cells if grade_id(cell) != name]

    return edit


def _check_edited(notebook: NotebookNode) -> None:
    cell = by_grade_id(notebook.cells)[f"check_{CHAPTER}"]
    cell.source = "8.0"
    cell.metadata.nbgrader.points = 100


def _check_duplicated(notebook: NotebookNode) -> None:
    cell = deepcopy(by_grade_id(notebook.cells)[f"check_{CHAPTER}"])
    cell.id = "a-copy"
    notebook.cells.insert(0, cell)


_EDITS: dict[str, Callable[[NotebookNode], None]] = {
    "none": lambda notebook: None,
    "without check_leaky_integrator": _without(f"check_{CHAPTER}"),
    "without leaky_integrator": _without(CHAPTER),
    "check edited": _check_edited,
    "check duplicated": _check_duplicated,
}
"""What was done to a notebook besides writing in it."""


@dataclass(frozen=True)
class SampleStudent:
    """Who hands in what: the texts of the cells, those they leave as released left out, and what else was done."""

    name: str
    right: dict[str, str]
    writes: dict[str, str] = field(default_factory=dict)
    leaves: tuple[str, ...] = ()
    edit: str = "none"
    harmless: bool = True

    def work_in(self, notebook: NotebookNode) -> None:
        """Do to a released notebook what this student does."""
        cells = by_grade_id(notebook.cells)
        for name, text in (self.right | self.writes).items():
            if name not in self.leaves:
                cells[name].source = text.strip()
        _EDITS[self.edit](notebook)


def _class() -> tuple[SampleStudent, ...]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(SampleStudent(right=told["right"], **student) for student in told["students"])


CLASS = _class()


def hand_in(course: Path, students: tuple[SampleStudent, ...] = CLASS) -> None:
    """Lay the class's notebooks into the course folder, as if they had been collected."""
    release = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    for student in students:
        notebook = nbformat.read(release, as_version=4)
        student.work_in(notebook)
        write_whole(course / "submitted" / student.name / CHAPTER / f"{CHAPTER}.ipynb", nbformat.writes(notebook))
