"""What students handed in: found in the course folder, and read with care.

A hand-in is an ordinary name and plain files, not too many and not too large; anything else is refused whole, before it
is read. No link is followed, at any level: each folder is opened once and what is in it through it, so that nothing can
take its place meanwhile. A hard link is a plain file: it shows nothing that a copy would not.
"""

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.beside.check import RECORD_SUFFIX
from autograder.beside.errors import UserError, shown
from autograder.grading.reading import as_utf8, notebook_of, text_of, without_outputs

LARGEST = 20 << 20
"""Bytes of a notebook that is read, its outputs not counted: the code in it is a few kilobytes."""

MOST_CELLS = 2000
MOST_BRACKETS = 100_000
"""Of JSON in a notebook, those in its texts counted: each may become a kilobyte when it is read."""
MOST_FILES = 500
"""Files and folders that may be handed in, at any depth."""
MOST_BYTES = 100 << 20
"""Bytes of all files together, holes in them counted: as many as nbgrader collects."""
NOT_HANDED_IN = ("__pycache__", "__MACOSX", "node_modules")
"""What programs leave beside a notebook, as they do in what begins with a dot, and in virtual environments."""
LONGEST_PLACE = 500
"""Characters in the place of a file: with the course folder's it stays below what the system opens."""

_NAME = re.compile(r"\w[\w.@+-]*( [\w.@+-]+)*")
"""Of a student. nbgrader searches by it as a pattern, where "*" is everybody, and exports it into a table, where a cell
that begins with = + - @ is a formula."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What moves the cursor of a terminal, ends a line, or is not UTF-8."""
_UNFOLLOWED = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class UnreadableSubmission(UserError, ValueError):
    """A submission that cannot be graded, with the reason in one line."""


@dataclass(frozen=True)
class Handed:
    """One student's folder for an assignment, and the notebook in it; ``student`` is the name as it can be shown."""

    student: str
    folder: Path
    notebook: Path


def find(course: Path, assignment: str) -> Iterator[Handed]:
    """Every student's folder for an assignment, in the order of their names, and every link in a student's place."""
    for student in sorted((course / "submitted").glob("*")):
        folder = student / assignment
        if student.is_symlink() or os.path.lexists(folder):
            yield Handed(shown(student.name), folder, folder / f"{assignment}.ipynb")


def taken(handed: Handed) -> bytes:
    """What was handed in as a notebook, not read yet; :class:`UnreadableSubmission` if it is none that can be taken."""
    name = handed.notebook.name
    found = handed_in(handed.student, handed.folder, lambda place: place == name)
    if name not in found:
        todo = "; unpack, move or rename what was meant" if found else ""
        raise UnreadableSubmission(f"no file {name} (there is: {', '.join(sorted(found))[:200] or 'nothing'}){todo}")
    return found[name]


def handed_in(student: str, folder: Path, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The :func:`plain_files` in a student's folder; :class:`UnreadableSubmission` for an odd name too."""
    require_name(student)
    for one in (folder.parent, folder):
        if one.is_symlink():
            raise UnreadableSubmission(f"{one.name} is a link; hand in the folder itself")
    return plain_files(folder, wanted)


def require_name(student: str) -> None:
    """:class:`UnreadableSubmission` if no student can be called so.

    A name has letters and digits of any script and _ to begin with, then . @ + - and single blanks as well.
    """
    if not _NAME.fullmatch("".join("a" if unicodedata.category(one)[0] in "LMN" else one for one in student)):
        raise UnreadableSubmission("not a student's name: letters, digits, _ and, within, . @ + - are")


def plain_files(folder: Path, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """All that lies in a folder, by its place there: the bytes of the files that are ``wanted``, of the others none.

    The place of a folder ends with "/". :class:`UnreadableSubmission` if anything there is no plain file or folder, or
    it is too much.
    """
    found: dict[str, bytes] = {}
    size = 0
    try:
        for place, handle in _opened(folder) if folder.is_dir() else ():
            length = 0 if place.endswith("/") else os.fstat(handle).st_size
            size += length
            if len(found) == MOST_FILES:
                raise UnreadableSubmission(f"more than {MOST_FILES} files: hand in only what the notebook reads")
            if length > MOST_BYTES and place.endswith(".ipynb"):
                raise UnreadableSubmission(_too_large(place, length, MOST_BYTES))
            if size > MOST_BYTES:
                raise UnreadableSubmission(f"more than {MOST_BYTES >> 20} MB: hand in only what the notebook reads")
            found[place] = b""
            if length and wanted(place):
                with open(handle, "rb", closefd=False) as file:
                    found[place] = file.read(length)
    except OSError as error:
        raise UnreadableSubmission(f"{error.filename} cannot be read: {error.strerror}") from error
    return found


def _opened(name: Path | str, within: int | None = None, place: str = "") -> Iterator[tuple[str, int]]:
    """Each file and folder in a folder, with its place there; it is open until the next one is asked for."""
    handle = os.open(name, _UNFOLLOWED, dir_fd=within)
    try:
        if place.endswith("/") and (_holds(handle, "pyvenv.cfg") or _holds(handle, "conda-meta")):
            return
        if place:
            yield place, handle
        if place and not place.endswith("/"):
            return
        with os.scandir(handle) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in NOT_HANDED_IN:
                    continue
                inside = place + entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.is_symlink():
                    raise UnreadableSubmission(f"{inside} is a link; hand in the file itself")
                if not is_folder and not entry.is_file(follow_symlinks=False):
                    raise UnreadableSubmission(f"{inside} is a pipe or a device, no file; hand in files only")
                if _CONTROLS.search(inside) or len(inside) > LONGEST_PLACE:
                    raise UnreadableSubmission(f"{inside[:50]}: give it a shorter name, or one without odd characters")
                yield from _opened(entry.name, handle, f"{inside}/" if is_folder else inside)
    finally:
        os.close(handle)


def _holds(folder: int, name: str) -> bool:
    with suppress(OSError):
        return bool(os.stat(name, dir_fd=folder, follow_symlinks=False))
    return False


def read(handed: Handed) -> NotebookNode:
    """The notebook that was handed in; :class:`UnreadableSubmission` says why if there is none that can be read."""
    return notebook_in(taken(handed), handed.notebook.name)


def notebook_in(data: bytes, name: str) -> NotebookNode:
    """The notebook in a file called ``name``; :class:`UnreadableSubmission` says why if there is none."""
    try:
        data = without_outputs(as_utf8(data))
        if len(data) > LARGEST:
            raise UnreadableSubmission(_too_large(name, len(data), LARGEST))
        if data.count(b"{") + data.count(b"[") > MOST_BRACKETS:
            raise UnreadableSubmission(f"{name} has too many parts: hand in only the cells that are asked for")
        notebook = notebook_of(json.loads(text_of(data)))
    except UnreadableSubmission:
        raise
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UnreadableSubmission(f"{name} is no notebook: it does not hold JSON ({_first_line(error)})") from error
    except Exception as error:  # JSON that is nested too deeply, numbers that are too long
        raise UnreadableSubmission(f"{name} is no valid notebook ({_first_line(error)})") from error
    if len(notebook.cells) > MOST_CELLS:
        raise UnreadableSubmission(f"{name} has {len(notebook.cells)} cells, more than {MOST_CELLS}")
    return notebook


def files_beside(*folders: Path) -> dict[str, bytes]:
    """The :func:`plain_files` of a notebook's folders: what it may read when it runs.

    Notebooks, the public records and the autograder itself are left out. Of two things with one name the first counts.
    """
    files: dict[str, bytes] = {}
    for folder in folders:
        there = {"autograder", *(place.split("/")[0] for place in files)}

        def is_new(place: str, there: set[str] = there) -> bool:
            top = place.split("/")[0]
            return top not in there and not top.endswith(".ipynb") and not place.endswith(RECORD_SUFFIX)

        inside = plain_files(folder, is_new)
        files |= {place: inside[place] for place in inside if is_new(place)}
    return files


def _too_large(name: str, size: int, most: int) -> str:
    return f"{name} has {size >> 20} MB, more than {most >> 20}: clear its outputs and hand it in again"


def _first_line(error: Exception) -> str:
    said = str(error).strip().splitlines()
    return said[0][:200] if said else type(error).__name__
