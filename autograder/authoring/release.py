"""A chapter released: the nbgrader course, and the folder a student downloads."""

import os
import secrets
import shutil
from importlib import metadata
from pathlib import Path
from zipfile import ZIP_DEFLATED

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import exercises
from autograder.authoring.notebook import solved_notebook
from autograder.beside.kit import pack_kit
from autograder.beside.words import HANDED_OUT, OURS, said_of
from autograder.grading.course_folder import CONFIG, SECRET, NoCourse, run_converter
from autograder.reference import places
from autograder.reference.files import folder_made_whole, write_whole, zipped
from autograder.reference.imports import reached
from autograder.reference.record import write_records
from solutions.models.progress import watched

COURSE_SETTINGS = Path(__file__).with_name("course_settings.txt")
FOR_STUDENTS = Path(__file__).with_name("for_students.txt")
"""What a new course has as ``nbgrader_config.py``, and the README.txt of a student's folder."""

MADE_BY_ROOT = """
# Root has made this course, so root may grade it, as in a container without other users. Outside of one a way out of
# the walls would cost the whole machine: take this line out, and root is refused.
c.GradeSubmission.as_root = True
"""
"""What stands besides in a course that root has made."""

ALWAYS = ("jupyterlab", "ipywidgets", "matplotlib")
OLDER = {"brian2": '"numpy<2.4"'}
"""What a package wants besides itself. Brian2 2.9 does not import with numpy 2.4."""
ON_REQUEST = {"h5py", "pooch"}
"""Needed only by who asks for recordings of people; the error then says so."""
COMES_ALONG = {"ipython", "matplotlib-inline", "rich"}


class HandOut(NbGraderPreprocessor):
    """Before a release: a cell that says another thing to students than in the source says it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        for cell in nb.cells:
            cell.source = cell.metadata.pop(OURS, {}).get(HANDED_OUT, cell.source)
        return nb, resources


def release(chapters: list[str], folder: Path, progress: bool = False) -> None:
    """Make or renew the course in ``folder`` and release the chapters in it; ``progress`` shows a bar.

    Raises UnknownChapter, :class:`NoCourse` if the folder holds something else, :class:`NbgraderFailed`.
    """
    loaded = [exercises.load(name) for name in chapters]
    _lay_foundation(folder)
    course = folder.resolve()
    for chapter in watched(loaded, len(loaded), lambda chapter: f"releasing {chapter.name}", show=progress):
        with folder_made_whole(course / "source" / chapter.name) as source:
            notebook = solved_notebook(chapter.name)
            nbformat.write(notebook, source / f"{chapter.name}.ipynb")
            _lay_beside_notebook(chapter, notebook, source)
        run_converter(GenerateAssignment, course, chapter.name)
        _hand_out(course, chapter.name, packages_for(notebook))


def _lay_foundation(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NoCourse(f"{folder} is a file; a course is a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SECRET).is_file():
        raise NoCourse(f"{folder} is not empty and no course; take an empty folder or a new name")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / SECRET).exists():
        write_whole(folder / SECRET, secrets.token_hex(32), mode=0o600)
    if not (folder / CONFIG).exists():
        write_whole(folder / CONFIG, COURSE_SETTINGS.read_text("utf-8") + (MADE_BY_ROOT if os.geteuid() == 0 else ""))


def _lay_beside_notebook(chapter: exercises.Chapter, notebook: NotebookNode, folder: Path) -> None:
    """What the notebook needs to run and to check at home."""
    write_records(chapter, folder)
    pack_kit(folder)
    for place, path in files_beside(notebook).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / place)
    shutil.copytree(places.BOOK / "images", folder / "images")


def _hand_out(course: Path, chapter: str, packages: list[str]) -> None:
    """The student's folder and the same as a zip, which is the same to the byte each time."""
    target = course / "students" / chapter
    with folder_made_whole(target) as folder:
        shutil.copytree(course / "release" / chapter, folder, dirs_exist_ok=True)
        text = FOR_STUDENTS.read_text("utf-8")
        text = text.format(chapter=chapter, title=places.title(chapter), packages=" ".join(packages))
        write_whole(folder / "README.txt", text)
    write_whole(target.with_suffix(".zip"), zipped(target, f"{chapter}/", ZIP_DEFLATED))


def files_beside(notebook: NotebookNode) -> dict[str, Path]:
    """The project's files that a notebook needs beside it, by their places there: what draws, and whole models."""
    files, _ = reached(_texts(notebook))
    models = places.PROJECT / "solutions" / "models"
    beside = {path.name: path for path in files if path.parent == places.BOOK}
    for path in (path for path in files if path.is_relative_to(models)):
        packages = [folder / "__init__.py" for folder in path.parents if folder.is_relative_to(models)]
        beside |= {str(one.relative_to(places.PROJECT)): one for one in (path, *packages)}
    return dict(sorted(beside.items()))


def packages_for(notebook: NotebookNode) -> list[str]:
    """What to name to ``pip install`` for a notebook and what lies beside it."""
    _, imported = reached(_texts(notebook))
    brought_by = metadata.packages_distributions()
    needed = {name.lower() for package in imported for name in brought_by.get(package, ())} - ON_REQUEST - COMES_ALONG
    older = {extra for name, extra in OLDER.items() if name in needed}
    if older:
        needed.discard("numpy")
    return [*ALWAYS, *sorted(needed - set(ALWAYS)), *sorted(older)]


def _texts(notebook: NotebookNode) -> list[str]:
    """The code of a notebook, as its author and as its students have it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [text for cell in cells for text in (cell.source, said_of(cell).get(HANDED_OUT, ""))]
