"""What the most hostile student hands in: one folder a scenario, named for what it does.

``scenario.toml`` holds

says : what it is, in one sentence.
chapter : what it is handed in for.
cells : by grade id the text of a cell; the others hold the reference solution. The line ``# the reference`` in a text
    stands for what is right.
again, again_beside : cells, and files beside, that are handed in once more when all is graded; ``{printed}`` in them
    stands for what the first hand-in printed.
first, last : own cells before and after all others, as text or as a table of a cell's fields, ``times`` over.
metadata : by grade id what is put into the metadata of a cell; "notebook" is that of the notebook.
without : grade ids of cells that are gone.
edits : ``old``, ``new`` and ``times``: changes to the text of the notebook's file, ``new`` so many times over.
bytes, times : what the notebook's file holds instead, so many times over.
beside : files in the notebook's folder, by their places there; what lies in ``shared`` comes along if it is named.
make : what no repository can hold: a ``link`` ``to`` a place, a ``copy`` ``of`` one, a ``sparse`` file of so many
    ``bytes``, a ``pipe``, a ``socket``, or ``files`` so many ``times`` over, ``deep`` in folders. ``{course}``,
    ``{chapter}``, ``{other}`` (another student) and ``{outside}`` (a folder of the teacher's) are filled in. The name
    of ``files`` may have bytes written as in an address, ``%FF``.
student : a name other than the folder's, written in the same way.
limits : those that the class is graded under, as :class:`autograder.room.limits.Limits`.
earns : by exercise the status ("this or that") and the points; the others earn all their points.
ungraded : what ``grade`` says, as a pattern, if it cannot be graded.
may_be_ungraded : the same, where it may be graded as well.
never : ``printed``, words that no output of the student's may hold; ``shown``, words that stand in no page or table
    that is made of it; ``written``, places that may not be there afterwards.
"""

import json
import os
import shutil
import socket
import tomllib
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring.notebook import solved_notebook
from autograder.beside.words import HANDED_OUT, by_grade_id, grade_id, said_of
from autograder.exercises import load

FOLDER = Path(__file__).parent
SHARED = FOLDER / "shared"
ORDINARY = ("ann_does_it_right", "zoe_leaves_one_out")
"""Two who share the class with those who attack."""
_DRAWS = ("matplotlib", "figures", "house_style", "solutions.models")
MARK = "written by {}, for the teacher alone"
"""Stands in what the ordinary two hand in: nobody else may have it."""


@dataclass(frozen=True)
class Scenario:
    """What is handed in, what it should earn, and what may not have happened."""

    name: str
    says: str
    chapter: str
    cells: dict[str, str] = field(default_factory=dict)
    again: dict[str, str] = field(default_factory=dict)
    again_beside: dict[str, str] = field(default_factory=dict)
    first: tuple[str | dict[str, Any], ...] = ()
    last: tuple[str | dict[str, Any], ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    edits: tuple[dict[str, Any], ...] = ()
    bytes: str = ""
    times: int = 1
    beside: dict[str, str] = field(default_factory=dict)
    make: tuple[dict[str, Any], ...] = ()
    student: str = ""
    limits: dict[str, float] = field(default_factory=dict)
    earns: dict[str, tuple[str, float]] = field(default_factory=dict)
    ungraded: str = ""
    may_be_ungraded: str = ""
    never: dict[str, list[str]] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """The name of the student's folder."""
        return os.fsdecode(unquote_to_bytes(self.student)) or self.name

    @property
    def shows(self) -> bool:
        """Whether pages are made of it: where something may come through that a browser or a reader takes ill."""
        markdown = any(not isinstance(cell, str) and "cell_type" in cell for cell in (*self.first, *self.last))
        essays = any(name.startswith("essay_") for name in self.cells)
        return bool(essays or markdown or self.make or self.student or self.never.get("shown"))

    def hand_in(self, course: Path, outside: Path, printed: str | None = None) -> None:
        """Lay the notebook and what belongs to it into the course folder; once more if something was ``printed``."""
        folder = course / "submitted" / self.who / self.chapter
        folder.mkdir(parents=True, exist_ok=True)
        cells, beside = dict(self.cells), dict(self.beside)
        if printed is not None:
            cells |= {name: text.replace("{printed}", printed) for name, text in self.again.items()}
            beside |= {place: text.replace("{printed}", printed) for place, text in self.again_beside.items()}
        told = " ".join([*cells.values(), *map(str, self.first + self.last)])
        for path in (one for one in SHARED.iterdir() if one.stem in told):
            shutil.copy(path, folder)
        for place, text in beside.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text(text)
        notebook = folder / f"{self.chapter}.ipynb"
        text = self.bytes * self.times if self.bytes else self._notebook(cells)
        notebook.write_bytes(text.encode(errors="surrogateescape"))
        places = {"course": course, "chapter": self.chapter, "other": ORDINARY[0], "outside": outside}
        for thing in self.make:
            filled = {key: one.format(**places) if isinstance(one, str) else one for key, one in thing.items()}
            _make(folder, **filled)

    def _notebook(self, cells: dict[str, str]) -> str:
        notebook = bare_notebook(self.chapter)
        named = by_grade_id(notebook.cells)
        for name, text in cells.items():
            named[name].source = text.strip().replace("# the reference", named[name].source)
        for name, data in self.metadata.items():
            (notebook if name == "notebook" else named[name]).metadata.update(nbformat.from_dict(data))
        kept = [cell for cell in notebook.cells if grade_id(cell) not in self.without]
        own = [[one for cell in some for one in _own(cell)] for some in (self.first, self.last)]
        notebook.cells = [*kept[:1], *own[0], *kept[1:], *own[1]]
        text = json.dumps(notebook, indent=1)
        for edit in self.edits:
            assert edit["old"] in text, f"{self.name}: no {edit['old']!r} in the notebook"
            text = text.replace(edit["old"], edit["new"] * edit.get("times", 1), 1)
        return text


def _own(cell: str | dict[str, Any]) -> list[NotebookNode]:
    fields: dict[str, Any] = {"source": cell} if isinstance(cell, str) else deepcopy(cell)
    times = fields.pop("times", 1)
    new = new_markdown_cell if fields.pop("cell_type", "code") == "markdown" else new_code_cell
    return [new(**nbformat.from_dict(deepcopy(fields))) for _ in range(times)]


def _make(folder: Path, **what: Any) -> None:
    place = next(what[kind] for kind in ("link", "copy", "sparse", "pipe", "socket", "files") if kind in what)
    path = folder / place if place not in (".", "..") else (folder if place == "." else folder.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "link" in what:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(what["to"])
    elif "copy" in what:
        shutil.copy(what["of"], path)
    elif "sparse" in what:
        path.touch()
        os.truncate(path, what["bytes"])
    elif "pipe" in what:
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    elif "socket" in what:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket has no room for a long path
        socket.socket(socket.AF_UNIX).bind(path.name)
        os.chdir(here)
    else:
        for number in range(what["times"]):
            name = os.fsdecode(unquote_to_bytes(place)).replace("#", str(number))
            one = folder.joinpath(*["d"] * what.get("deep", 0), name)
            one.parent.mkdir(parents=True, exist_ok=True)
            one.touch()


@cache
def _bare(chapter: str) -> str:
    notebook = solved_notebook(chapter)
    imports = next(cell for cell in notebook.cells if cell.cell_type == "code")
    lines = [
        line for line in imports.source.splitlines() if "brian2" in line or not any(word in line for word in _DRAWS)
    ]
    graded = [cell for cell in notebook.cells if grade_id(cell) or said_of(cell).get(HANDED_OUT)]
    notebook.cells = [new_code_cell("\n".join(lines), id="imports"), *graded]
    return nbformat.writes(notebook)


def bare_notebook(chapter: str) -> NotebookNode:
    """A solved notebook of nothing but what is graded and what that imports: all that a student cannot do without."""
    return nbformat.reads(_bare(chapter), as_version=4)


def left_out(chapter: str) -> str:
    """The exercise that the second of the ordinary two leaves as released: the last, on which no other stands."""
    return load(chapter).exercises[-1].name


def hand_in_ordinary(course: Path, chapter: str) -> None:
    """Lay in the notebooks of the ordinary two."""
    for student in ORDINARY:
        notebook = bare_notebook(chapter)
        if student == ORDINARY[1]:
            by_grade_id(notebook.cells)[left_out(chapter)].source = "raise NotImplementedError"
        notebook.cells.append(new_markdown_cell(MARK.format(student)))
        folder = course / "submitted" / student / chapter
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{chapter}.ipynb")


def _scenario(folder: Path) -> Scenario:
    told = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    return Scenario(
        folder.name, **{key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    )


SCENARIOS = {path.parent.name: _scenario(path.parent) for path in sorted(FOLDER.glob("*/scenario.toml"))}
