"""A chapter released: the nbgrader course, and the folder a student downloads."""

import os
import secrets
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import NbGraderPreprocessor, SaveCells
from traitlets.config import Config

from autograder import exercises
from autograder.authoring import plan
from autograder.authoring.notebook import solved_notebook
from autograder.beside.kit import pack_kit
from autograder.beside.words import ADDED, HANDED_OUT, OURS, by_grade_id, said_of
from autograder.grading import course_folder
from autograder.grading.course_folder import CONFIG, SECRET, NbgraderFailed, NoCourse, run_converter, settings
from autograder.grading.course_settings import packages_in
from autograder.reference import places
from autograder.reference.digest import distributions
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


STEPS = [HandOut, *GenerateAssignment().preprocessors]
"""What makes of a notebook with every solution in it the one that is handed out."""


def handed_out(chapter: str) -> NotebookNode:
    """A chapter's notebook as it is released, without a course; raises UnreadableChapter."""
    notebook = solved_notebook(chapter)
    for step in STEPS:
        if step is not SaveCells:  # there is no gradebook
            notebook, _ = step().preprocess(notebook, {})
    return notebook


class SaveMoreCells(SaveCells):
    """Before a release: its cells in the gradebook. nbgrader takes no other cells once something is handed in.

    Here cells may come besides: what was graded stays, and who has none of them has no grade for them
    (:class:`autograder.grading.steps.SaveGrades`). None may go, since its grades would go along.
    """

    def _create_notebook(self, nb: NotebookNode) -> None:
        place = (self.notebook_id, self.assignment_id)
        try:
            notebook = self.gradebook.find_notebook(*place)
        except MissingEntry:
            notebook = None
        if notebook and notebook.submissions:
            gone = sorted({cell.name for cell in notebook.source_cells} - self.new_source_cells.keys())
            if gone:
                raise NbgraderFailed(
                    f"{self.assignment_id} is released without {', '.join(gone)}, and {len(notebook.submissions)} have "
                    "grades there: put that back under its name, or release into another course"
                )
            for kind in ("grade", "solution", "task", "source"):
                for name, cell in getattr(self, f"new_{kind}_cells").items():
                    getattr(self.gradebook, f"update_or_create_{kind}_cell")(name, *place, **cell)
        super()._create_notebook(nb)


def release(chapters: list[str], folder: Path, progress: bool = False) -> None:
    """Make or renew the course in ``folder`` and release the chapters in it; ``progress`` shows a bar.

    A chapter's source and release are renewed together at the end, or not at all.
    Raises UnknownChapter, :class:`NoCourse` if the folder holds something else, :class:`NbgraderFailed`.
    """
    loaded = [exercises.load(name) for name in chapters]
    _lay_foundation(folder)
    course = folder.resolve()
    for chapter in watched(loaded, len(loaded), lambda chapter: f"releasing {chapter.name}", show=progress):
        places_of = [course / step / chapter.name for step in ("source", "release")]
        with folder_made_whole(places_of[0]) as source, folder_made_whole(places_of[1]) as released:
            notebook = solved_notebook(chapter.name)
            if added := _added(course, chapter.name, notebook):
                notebook.metadata[OURS] = {ADDED: added}
            nbformat.write(notebook, source / f"{chapter.name}.ipynb")
            _lay_beside_notebook(chapter, notebook, source)
            folders = {"source_directory": str(source.parent), "release_directory": str(released.parent)}
            run_converter(GenerateAssignment, course, chapter.name, folders=folders)
        _hand_out(course, chapter.name, packages_for(notebook))


def _added(course: Path, chapter: str, notebook: NotebookNode) -> list[str]:
    """The grade ids that an earlier release did not have: who was handed that one out has no such cells."""
    try:
        before = course_folder.released(course, chapter)
    except FileNotFoundError:
        return []
    names = by_grade_id(notebook.cells).keys()
    return sorted(names & {*said_of(before).get(ADDED, []), *(names - by_grade_id(before.cells).keys())})


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


def _hand_out(course: Path, chapter: str, packages: list[str]) -> None:
    """The student's folder and the same as a zip, which is the same to the byte each time."""
    target = course / "students" / chapter
    with folder_made_whole(target) as folder:
        shutil.copytree(course / "release" / chapter, folder, dirs_exist_ok=True)
        _lay_readme(chapter, folder, packages, settings(course))
    write_whole(target.with_suffix(".zip"), zipped(target, f"{chapter}/", ZIP_DEFLATED))


def student_zip(chapter: str) -> bytes:
    """The zip of a student's folder as a course without settings of its own has it, in a tenth of the time."""
    with TemporaryDirectory() as name:
        folder, notebook = Path(name), solved_notebook(chapter)
        nbformat.write(handed_out(chapter), folder / f"{chapter}.ipynb")
        _lay_beside_notebook(exercises.load(chapter), notebook, folder)
        _lay_readme(chapter, folder, packages_for(notebook), Config())
        return zipped(folder, f"{chapter}/", ZIP_DEFLATED)


def _lay_readme(chapter: str, folder: Path, packages: list[str], said_by_course: Config) -> None:
    graded_with = ", ".join(packages_in(said_by_course))
    said = {
        "title": places.title(chapter),
        "time": ", then ".join(plan.time(page) for page in plan.pages_of([chapter])),
        "packages": " ".join(packages),
        "graded_with": graded_with,
    }
    write_whole(folder / "README.txt", FOR_STUDENTS.read_text("utf-8").format(chapter=chapter, **said))


def files_beside(notebook: NotebookNode) -> dict[str, Path]:
    """The project's files that a notebook needs beside it, by their places there: what draws, models, and pictures."""
    files, _ = reached(_texts(notebook))
    models = places.PROJECT / "solutions" / "models"
    beside = {path.name: path for path in files if path.parent == places.BOOK}
    for path in (path for path in files if path.is_relative_to(models)):
        packages = [folder / "__init__.py" for folder in path.parents if folder.is_relative_to(models)]
        beside |= {str(one.relative_to(places.PROJECT)): one for one in (path, *packages)}
    shown = "".join(cell.source for cell in notebook.cells)
    beside |= {f"images/{one.name}": one for one in places.BOOK.glob("images/*") if f"(images/{one.name})" in shown}
    return dict(sorted(beside.items()))


def packages_for(notebook: NotebookNode) -> list[str]:
    """What to name to ``pip install`` for a notebook and what lies beside it."""
    _, imported = reached(_texts(notebook))
    brought_by = distributions()
    needed = {name.lower() for package in imported for name in brought_by.get(package, ())} - ON_REQUEST - COMES_ALONG
    older = {extra for name, extra in OLDER.items() if name in needed}
    if older:
        needed.discard("numpy")
    return [*ALWAYS, *sorted(needed - set(ALWAYS)), *sorted(older)]


def _texts(notebook: NotebookNode) -> list[str]:
    """The code of a notebook, as its author and as its students have it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [text for cell in cells for text in (cell.source, said_of(cell).get(HANDED_OUT, ""))]
