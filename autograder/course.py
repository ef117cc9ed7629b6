"""A chapter released: the nbgrader course, and the folder a student downloads."""

import logging
import os
import secrets
import shutil
import sys
import warnings
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import nbformat
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.converters import BaseConverter, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    GetGrades,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from sqlalchemy.exc import SAWarning
from traitlets.config import Config, PyFileConfigLoader

from autograder import belongings, exercises, recorded
from autograder.chapters import BOOK, solved_notebook
from autograder.feedback import FeedbackExporter, KeepWhatIsGraded
from autograder.files import folder_made_whole, write_whole
from autograder.preprocessors import SECRET, HandOut, JudgeAnswers, RestoreCells, RunInSandbox
from autograder.sandbox import pack_kit

CONFIG = '''"""The settings of this course for nbgrader. `autograder release` made them and leaves them alone now."""

from pathlib import Path

from autograder.course import configure

c = get_config()  # noqa: F821
configure(c, Path(__file__).resolve().parent)
'''

FOR_STUDENTS = """Learning to Spike: {title}

Open {chapter}.ipynb in JupyterLab and keep it in this folder: the cells that check your work need what lies beside it.

    pip install {packages}
    jupyter lab {chapter}.ipynb
"""


class NoCourse(ValueError):
    """The folder is not a course made by ``autograder release``."""


class NbgraderFailed(RuntimeError):
    """nbgrader gave up; the message is the line that says why."""


def configure(c: Config, course: Path) -> None:
    """Settings under which nbgrader's own commands grade as ``autograder grade`` does."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):  # nbgrader calls alembic by its name
        os.environ["PATH"] = programs + os.pathsep + os.environ["PATH"]
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = "learning_to_spike"
    for step in (RestoreCells, RunInSandbox, JudgeAnswers, KeepWhatIsGraded):
        c[step.__name__].course = str(course)
    c.GenerateAssignment.preprocessors.insert(0, HandOut)
    c.Autograde.sanitize_preprocessors = [
        ClearOutput,
        RestoreCells,
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        RunInSandbox,
        JudgeAnswers,
        LimitOutput,
        SaveAutoGrades,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    c.GenerateFeedback.preprocessors = [KeepWhatIsGraded, GetGrades, CSSHTMLHeaderPreprocessor]
    c.GenerateFeedback.exporter_class = FeedbackExporter


def require_course(folder: Path) -> Path:
    """The folder, resolved; :class:`NoCourse` if nothing was released there."""
    if not (folder / SECRET).is_file() or not (folder / "nbgrader_config.py").is_file():
        raise NoCourse(f"{folder} is no course: make one with  autograder release --course {folder}")
    return folder.resolve()


def require_released(course: Path, chapter: str) -> None:
    """:class:`NoCourse` if the chapter is not released in the course; UnknownChapter if there is none of that name."""
    exercises.load(chapter)
    if not (course / "release" / chapter / f"{chapter}.ipynb").is_file():
        raise NoCourse(f"{chapter} is not released in {course}: autograder release {chapter} --course {course}")


def release(chapters: list[str], folder: Path) -> None:
    """Make or renew the course in ``folder`` and release the chapters in it.

    Raises UnknownChapter, :class:`NoCourse` if the folder holds something else, :class:`NbgraderFailed`.
    """
    loaded = [exercises.load(name) for name in chapters]
    _lay_foundation(folder)
    course = folder.resolve()
    for chapter in loaded:
        with folder_made_whole(course / "source" / chapter.name) as source:
            notebook = solved_notebook(chapter.name)
            nbformat.write(notebook, source / f"{chapter.name}.ipynb")
            _lay_beside_notebook(chapter, notebook, source)
        run_converter(GenerateAssignment, course, chapter.name)
        _hand_out(course, chapter.name, belongings.packages(notebook))


def _lay_foundation(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NoCourse(f"{folder} is a file; a course is a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SECRET).is_file():
        raise NoCourse(f"{folder} is not empty and no course; take an empty folder or a new name")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / SECRET).exists():
        write_whole(folder / SECRET, secrets.token_hex(32), mode=0o600)
    if not (folder / "nbgrader_config.py").exists():
        write_whole(folder / "nbgrader_config.py", CONFIG)


def _lay_beside_notebook(chapter: exercises.Chapter, notebook: NotebookNode, folder: Path) -> None:
    """What the notebook needs to run and to check at home."""
    recorded.write(chapter, folder)
    pack_kit(folder)
    for place, path in belongings.files(notebook).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / place)
    shutil.copytree(BOOK / "images", folder / "images")


def _hand_out(course: Path, chapter: str, packages: list[str]) -> None:
    """The student's folder and the same as a zip, which is the same to the byte each time."""
    target = course / "students" / chapter
    with folder_made_whole(target) as folder:
        shutil.copytree(course / "release" / chapter, folder, dirs_exist_ok=True)
        text = FOR_STUDENTS.format(chapter=chapter, title=exercises.words(chapter), packages=" ".join(packages))
        write_whole(folder / "README.txt", text)
    archive = target.with_suffix(".zip.new")
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for path in sorted(path for path in target.rglob("*") if path.is_file()):
            entry = ZipInfo(f"{chapter}/{path.relative_to(target)}")
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, path.read_bytes(), ZIP_DEFLATED)
    archive.replace(target.with_suffix(".zip"))


def run_converter(kind: type[BaseConverter], course: Path, assignment: str, student: str = "*", **run: bool) -> None:
    """Run one of nbgrader's converters in the course, quietly and over what it made before.

    ``run`` are settings of :class:`RunInSandbox`. Raises :class:`NbgraderFailed` with nbgrader's reason if it gives up.
    """
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.RunInSandbox.update(run)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    converter = kind(coursedir=CourseDirectory(config=config), config=config)
    converter.force = True
    said = _Said()
    converter.log = logging.Logger("nbgrader", logging.WARNING)
    converter.log.addHandler(said)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader 0.9.6 makes them, and nobody here can act on them
            converter.start()
    except Exception as error:
        raise NbgraderFailed(said.reason() or str(error)) from error


class _Said(logging.Handler):
    """Keeps what nbgrader logs, to find the line that says what went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().strip().splitlines()

    def reason(self) -> str:
        """The last line of the traceback, which holds the error; else the first line logged."""
        errors = [
            line for line in self.lines if line and not line.startswith((" ", "Traceback", "There was", "Please"))
        ]
        return errors[-1] if errors else ""
