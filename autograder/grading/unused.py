"""What lies in ``submitted/`` and is not graded, since nobody looks there, and what was probably meant."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from nbformat import NotebookNode

from autograder.beside.errors import shown
from autograder.exercises import chapter_names
from autograder.grading.submissions import Handed, UnreadableSubmission, notebook_in, plain_files

_WORK = (".ipynb", ".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
_OF_A_CLASS = "if it is a zip of the class, move it out and take it with  autograder collect"
_MOST = 20
_NOT_THEIRS = ("__MACOSX",)


def unused(course: Path, chapter: str) -> dict[str, str]:
    """What lies elsewhere and was probably handed in for the chapter, by its place, with what can be done.

    What looks like another assignment of the course is left out, and what looks like none is not.
    """
    assignments = [*chapter_names(), *(path.name for step in ("source", "release") for path in _within(course / step))]
    found: dict[str, str] = {}
    for top in _within(course / "submitted"):
        swapped = meant([top.name], assignments)
        for path in [top] if top.is_file() else _within(top):
            if path.name in assignments and path.is_dir():
                found |= _copies(path, course) if path.name == chapter else {}
                continue
            works = [place for place in _files(path) if place.lower().endswith(_WORK)]
            likely = meant([path.name, *works], assignments) or swapped or chapter
            if works and likely == chapter:
                student = top.name if path != top and not swapped else path.name if path.is_dir() else "STUDENT"
                todo = _what_to_do(path, shown(student), chapter)
                is_class = path == top and path.suffix.lower() == ".zip"
                found[_place(path, course)] = f"{_OF_A_CLASS}; if it is one student's, {todo}" if is_class else todo
    return found


def is_as_released(handed_in: NotebookNode, released: NotebookNode) -> bool:
    """Whether nobody has written anything in a notebook."""
    given = {cell.source.strip() for cell in released.cells} | {""}
    return all(cell.source.strip() in given for cell in handed_in.cells)


def require_worked_on(handed: Handed, data: bytes, released: NotebookNode) -> None:
    """UnreadableSubmission if what was handed in is as it was released, and beside it lies another notebook."""
    others = other_notebooks(handed.folder, handed.folder.name)
    if others and is_as_released(notebook_in(data, handed.notebook.name), released):
        raise UnreadableSubmission(
            f"{handed.notebook.name} is as it was released; if {', '.join(others)[:200]} was meant, give it that name, "
            "else take it away"
        )


def other_notebooks(folder: Path, chapter: str) -> list[str]:
    """The notebooks beside the one that is graded."""
    names = [path.name for path in _within(folder) if path.suffix.lower() == ".ipynb"]
    return [name for name in names if name != f"{chapter}.ipynb"] if f"{chapter}.ipynb" in names else []


def _copies(folder: Path, course: Path) -> dict[str, str]:
    """Copies of a notebook beside it, as Jupyter and browsers call them."""
    others = [one for one in other_notebooks(folder, folder.name) if _plain(one).startswith(_plain(folder.name))]
    todo = f"{folder.name}.ipynb beside it is; leave the one that is meant, under that name"
    return {_place(folder / one, course): todo for one in others[:_MOST]}


def _place(path: Path, course: Path) -> str:
    return shown(path.relative_to(course).as_posix())


def _what_to_do(path: Path, student: str, chapter: str) -> str:
    folder = f"submitted/{student}/{chapter}/"
    if path.is_dir():
        return f"name the folder {folder} and the notebook in it {chapter}.ipynb"
    return f"move it to {folder}{chapter}.ipynb" if path.suffix.lower() == ".ipynb" else f"unpack it into {folder}"


def _within(folder: Path) -> list[Path]:
    """What is in a folder and may have been handed in; no link is followed."""
    there = sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
    return [path for path in there if not (path.is_symlink() or path.name.startswith(".") or path.name in _NOT_THEIRS)]


def _files(path: Path) -> Iterator[str]:
    if path.is_file():
        yield path.name
        return
    try:
        yield from plain_files(path, lambda place: False)
    except UnreadableSubmission:
        yield f"{path.name}.ipynb"  # too much to be looked through, or a link: somebody should look at it


def meant(names: list[str], assignments: list[str]) -> str:
    """The assignment that one of the names is like, but for case, punctuation, slips and what stands around it."""
    plain = {_plain(one): one for one in assignments}
    for name in (_plain(Path(place).stem) for place in names):
        within = [one for one in plain if one in name] or get_close_matches(name, plain, 1, cutoff=0.8)
        if within:
            return plain[max(within, key=len)]
    return ""


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())
