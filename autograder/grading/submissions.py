"""What students handed in: found in the course folder, and read with care."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.beside.check import RECORD_SUFFIX
from autograder.beside.errors import UserError

LARGEST = 20 << 20
"""Bytes of a notebook that is read. What is larger holds pictures or data, and the code in it is a few kilobytes."""

MOST_CELLS = 2000
MOST_FILES = 500
"""Files and folders that may lie beside a notebook, at any depth."""
_NAME = re.compile(r"[\w.@+-]+")
"""nbgrader searches for a student by the name as a pattern: "*" would be everybody."""


class UnreadableSubmission(UserError, ValueError):
    """A submission that cannot be graded, with the reason in one line."""


@dataclass(frozen=True)
class Handed:
    """One student's folder for an assignment, and the notebook in it."""

    student: str
    folder: Path
    notebook: Path


def find(course: Path, assignment: str) -> Iterator[Handed]:
    """Every student's folder for an assignment, in the order of their names."""
    for folder in sorted((course / "submitted").glob(f"*/{assignment}")):
        yield Handed(folder.parent.name, folder, folder / f"{assignment}.ipynb")


def taken(handed: Handed) -> bytes:
    """What was handed in as a notebook, not read yet; :class:`UnreadableSubmission` if it is none that can be taken."""
    path = handed.notebook
    if path.is_symlink():
        raise UnreadableSubmission(f"{path.name} is a link; hand in the file itself")
    if not path.is_file():
        there = sorted(one.name for one in handed.folder.iterdir()) if handed.folder.is_dir() else []
        raise UnreadableSubmission(f"no file {path.name} (there is: {', '.join(there) or 'nothing'})")
    _require_few_plain_files(handed.folder)
    size = path.stat().st_size
    if size > LARGEST:
        raise UnreadableSubmission(
            f"{path.name} has {size >> 20} MB, more than {LARGEST >> 20}: clear its outputs and hand it in again"
        )
    return path.read_bytes()


def read(handed: Handed) -> NotebookNode:
    """The notebook that was handed in; :class:`UnreadableSubmission` says why if there is none that can be read."""
    return notebook_in(taken(handed), handed.notebook.name)


def notebook_in(data: bytes, name: str) -> NotebookNode:
    """The notebook in a file called ``name``; :class:`UnreadableSubmission` says why if there is none."""
    if data.startswith(codecs.BOM_UTF8):
        raise UnreadableSubmission(
            f"{name} begins with a byte order mark, as some Windows editors leave it: open it in Jupyter, or "
            "save it as UTF-8 without BOM, and hand it in again"
        )
    try:
        notebook = nbformat.reads(data.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (UnicodeDecodeError, json.JSONDecodeError, nbformat.reader.NotJSONError) as error:
        raise UnreadableSubmission(f"{name} is no notebook: it does not hold JSON ({_first_line(error)})") from error
    except Exception as error:  # nbformat lets KeyError, AttributeError and others of its own out
        raise UnreadableSubmission(f"{name} is no valid notebook ({_first_line(error)})") from error
    if len(notebook.cells) > MOST_CELLS:
        raise UnreadableSubmission(f"{name} has {len(notebook.cells)} cells, more than {MOST_CELLS}")
    return notebook


def files_beside(*folders: Path) -> dict[str, bytes]:
    """The files that lie in the folders of a notebook, by their places there: what it may read when it runs.

    A folder is a place that ends with "/". Notebooks, links, records of the public questions and the autograder itself
    are left out. Of two things with one name the first counts.
    """
    found: dict[str, Path] = {}
    for folder in (folder for folder in folders if folder.is_dir()):
        for path in sorted(folder.iterdir()):
            if path.suffix != ".ipynb" and path.name != "autograder" and not path.is_symlink():
                found.setdefault(path.name, path)
    files = {}
    for top in found.values():
        for path in [top, *sorted(top.rglob("*"))] if top.is_dir() else [top]:
            if path.is_dir() and not path.is_symlink():
                files[f"{path.relative_to(top.parent)}/"] = b""
            elif path.is_file() and not path.is_symlink() and not path.name.endswith(RECORD_SUFFIX):
                files[str(path.relative_to(top.parent))] = path.read_bytes()
    return files


def _require_few_plain_files(folder: Path) -> None:
    """Each file is shown to the sandbox by itself, and nbgrader copies them all: pipes and sockets it waits for."""
    for count, path in enumerate(folder.rglob("*"), 1):
        if not (path.is_symlink() or path.is_file() or path.is_dir()):
            raise UnreadableSubmission(f"{path.relative_to(folder)} is a pipe or a device; hand in files only")
        if count > MOST_FILES:
            raise UnreadableSubmission(
                f"more than {MOST_FILES} files lie beside {folder.name}.ipynb: hand in only what it reads"
            )


def _first_line(error: Exception) -> str:
    said = str(error).strip().splitlines()
    return said[0][:200] if said else type(error).__name__
