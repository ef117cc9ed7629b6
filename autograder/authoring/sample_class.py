"""A class of made-up students who hand in the first chapter: who they are stands in ``sample_class.toml``."""

import tomllib
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.beside.words import by_grade_id, grade_id
from autograder.reference.files import write_whole

CHAPTER = "leaky_integrator"


@dataclass(frozen=True)
class SampleStudent:
    """Who hands in what: the texts of the cells, but of those they leave as released.

    They may also have deleted cells, copied one, or written other points for themselves into one.
    """

    name: str
    right: dict[str, str]
    writes: dict[str, str] = field(default_factory=dict)
    leaves: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    claims: dict[str, float] = field(default_factory=dict)
    harmless: bool = True

    def work_in(self, notebook: NotebookNode) -> None:
        """Do to a released notebook what this student does."""
        cells = by_grade_id(notebook.cells)
        for name, text in (self.right | self.writes).items():
            if name not in self.leaves:
                cells[name].source = text.strip()
        for name, points in self.claims.items():
            cells[name].metadata.nbgrader.points = points
        copied = [NotebookNode(deepcopy(cells[name]), id="a-copy") for name in self.copies]
        notebook.cells = [*copied, *(cell for cell in notebook.cells if grade_id(cell) not in self.deletes)]


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
