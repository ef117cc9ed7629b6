"""The gate before nbgrader's own commands: what `nbgrader collect` and `nbgrader autograde` take of what is handed in.

nbgrader copies whatever lies beside a notebook, follows links, and shows names as they are. Here it gets what
:mod:`autograder.grading.submissions` lets through, and copies none of it itself.
"""

import io
import logging
import shutil
import tempfile
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile, ZipFile

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin
from tornado.log import LogFormatter

from autograder.beside.errors import UserError, shown
from autograder.exercises import chapter_names
from autograder.grading.course_folder import handed_in_at, released
from autograder.grading.course_settings import limits_in
from autograder.grading.given_imports import load_imports
from autograder.grading.steps import submission_in
from autograder.grading.submissions import (
    MOST_BYTES,
    MOST_FILES,
    Handed,
    UnreadableSubmission,
    handed_in,
    plain_files,
    taken,
)
from autograder.grading.unused import other_notebooks, require_worked_on
from autograder.grading.workers import COMPUTING, computing_for, work_alone
from autograder.room.folders import lay_out
from autograder.room.walls import require_not_root

_NOTHING = nbformat.writes(new_notebook())
MOST_STUDENTS = 100
"""Of whom an LMS's archive may hold as much as each may hand in."""


class TakenExporter(NotebookExporter):
    """nbgrader makes its exporter when it has found the submissions and not begun with any: here some are left out.

    Of the others it copies no file: :class:`autograder.grading.steps.GradeSubmission` has what is to be seen.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        autograde = cast(Autograde, self.parent)
        autograde.coursedir = copy(autograde.coursedir)  # the formgrader has one for all it does
        autograde.coursedir.ignore = ["*"]
        autograde.coursedir.get_existing_timestamp = handed_in_at
        for folder in map(Path, list(autograde.assignments)):
            try:
                handed_in(folder.parent.name, folder, lambda place: False)
                if other_notebooks(folder, folder.name):
                    handed = Handed(folder.parent.name, folder, folder / f"{folder.name}.ipynb")
                    require_worked_on(handed, taken(handed), released(Path(autograde.coursedir.root), folder.name))
            except UnreadableSubmission as why:
                del autograde.assignments[str(folder)]
                self.log.error("%s is not graded: %s", shown(folder.parent.name), why)
        if not autograde.assignments:
            raise NbGraderException("nothing that can be graded")
        for assignment in {Path(folder).name for folder in autograde.assignments} & {*chapter_names()}:
            self._require_imports(autograde, assignment)

    def _require_imports(self, autograde: Autograde, chapter: str) -> None:
        """Where what the chapter imports does not load, nobody is graded, unless that is known by a ``key``."""
        how, course = autograde.config.GradeSubmission, Path(autograde.coursedir.root)
        if how.get("key"):
            return
        release = course / "release" / chapter / f"{chapter}.ipynb"
        try:
            require_not_root(bool(how.get("as_root") or how.get("unsafe")))
            nobody_s = submission_in(course, chapter, "", release, release.read_bytes(), made_from="")
            limited = replace(nobody_s, limits=limits_in(autograde.config))
            work_alone(limited, bool(how.get("unsafe")), load_imports)
        except UserError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def from_notebook_node(self, *notebook: Any, **more: Any) -> tuple[Any, dict]:
        """One that takes too long costs only itself."""
        with computing_for(COMPUTING, "taking what was graded"):
            return super().from_notebook_node(*notebook, **more)

    def from_file(self, file_stream: Any, resources: Any = None, **more: Any) -> tuple[NotebookNode, dict]:
        """GradeSubmission reads what was handed in, and in a process that may be stopped."""
        if cast(Autograde, self.parent)._sanitizing:
            file_stream = io.StringIO(_NOTHING)
        return super().from_file(file_stream, resources, **more)


class Collect(ExchangeCollect):
    """Collects from folders that are the students': copies what was read, once, and says in a file what was refused."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        try:
            files = plain_files(Path(src), bool)
        except UnreadableSubmission as why:
            self.log.error("%s is not collected: %s", src, why)
            files = {"refused.txt": str(why).encode()}
        with tempfile.TemporaryDirectory() as temporary:
            lay_out(files, Path(temporary, "copy"))
            super().do_copy(str(Path(temporary, "copy")), dest, log)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Of a folder whose name does not say who and when, an odd student's: nbgrader would collect nothing at all."""
        try:
            return super()._path_to_record(path)
        except Exception:  # what nbgrader and dateutil raise is theirs
            name = Path(path).name
            return {"username": f"[{name}]", "filename": name, "timestamp": datetime.min}


class Unpack(ExtractorPlugin):
    """What an LMS's archive holds, for `nbgrader zip_collect`: the zips of students in it too, and none within those.

    Each of theirs, and each file, may become as large as what is collected; what is larger stays packed, and is said.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        for path in sorted(path for path in Path(archive_path).rglob("*") if path.is_file() and not path.is_symlink()):
            target = Path(extracted_path, path.relative_to(archive_path))
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix.lower() == ".zip":
                self._unpack(path, target.with_suffix(""), students=MOST_STUDENTS)
            else:
                shutil.copy(path, target)

    def _unpack(self, archive: Path, target: Path, students: int = 1) -> None:
        try:
            with ZipFile(archive) as opened:
                files = [one for one in opened.infolist() if not one.is_dir()]
                most, size = students * MOST_FILES, students * MOST_BYTES
                if len(files) > most or sum(one.file_size for one in files) > size:
                    raise UnreadableSubmission(f"more than {most} files or {size >> 20} MB in it")
                for one in files:
                    if one.file_size > MOST_BYTES:
                        self.log.error(
                            "%s in %s is not unpacked: more than %s MB", one.filename, archive, MOST_BYTES >> 20
                        )
                    elif (place := Path(opened.extract(one, target))).suffix.lower() == ".zip" and students > 1:
                        self._unpack(place, place.with_suffix(""))
        except (BadZipFile, UnreadableSubmission, RuntimeError, OSError) as why:
            self.log.error("%s is not unpacked: %s", archive, why)


class Printable(LogFormatter):
    """nbgrader's log, with the names in it as a terminal can show them."""

    def format(self, record: logging.LogRecord) -> str:
        lines = record.getMessage().split("\n")
        record.msg, record.args = "\n".join(map(shown, lines)), None
        return super().format(record)
