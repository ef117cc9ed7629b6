"""The door for nbgrader: ``nbgrader_config.py`` of every released course calls :func:`configure`."""

import os
import sys
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as nbgrader
from traitlets.config import Config

from autograder.authoring.release import STEPS, SaveMoreCells
from autograder.grading.course_folder import COURSE_ID
from autograder.grading.course_settings import TolerantPlugin
from autograder.grading.feedback import FeedbackExporter, GradesToBeShown, KeepWhatIsGraded, as_number, rounded
from autograder.grading.gate import Collect, Printable, TakenExporter, Unpack
from autograder.grading.markdown import coloured, shown
from autograder.grading.steps import GradeSubmission, SaveGrades, Scored


def configure(c: Config, course: Path) -> None:
    """Settings under which nbgrader's own commands grade as ``autograder grade`` does."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):  # nbgrader calls alembic by its name
        os.environ["PATH"] = programs + os.pathsep + os.environ["PATH"]
    if formgrader := sys.modules.get("nbgrader.server_extensions.formgrader.handlers"):  # in a Jupyter server only
        formgrader.FormgraderHandler.prepare = _refuse_other_folders
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = COURSE_ID
    for step in (GradeSubmission, KeepWhatIsGraded):
        c[step.__name__].course = str(course)
    c.GenerateAssignment.preprocessors = [SaveMoreCells if step is nbgrader.SaveCells else step for step in STEPS]
    c.Application.logging_config = {
        "formatters": {"console": {"class": f"{Printable.__module__}.{Printable.__name__}"}}
    }
    c.ExchangeFactory.collect = Collect
    c.ZipCollectApp.extractor_plugin = Unpack
    c.Autograde.exporter_class = TakenExporter
    c.Autograde.sanitize_preprocessors = [
        nbgrader.ClearOutput,
        GradeSubmission,
        nbgrader.DeduplicateIds,
        nbgrader.OverwriteKernelspec,
        nbgrader.OverwriteCells,
        nbgrader.CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        nbgrader.LimitOutput,
        SaveGrades,
        nbgrader.AssignLatePenalties,
        nbgrader.CheckCellMetadata,
        Scored,
    ]
    c.AssignLatePenalties.plugin_class = TolerantPlugin
    c.HTMLExporter.filters = {"markdown2html": shown, "ansi2html": coloured, "float": as_number, "round": rounded}
    c.GenerateFeedback.force = True  # nbgrader would leave a page as it is whose marks have changed
    c.GenerateFeedback.preprocessors = [KeepWhatIsGraded, GradesToBeShown, CSSHTMLHeaderPreprocessor]
    c.GenerateFeedback.exporter_class = FeedbackExporter


async def _refuse_other_folders(handler: Any) -> None:
    """Stands before the formgrader's entry: its ``?path=`` runs the settings in any folder, one click on a link."""
    if handler.get_argument("path", ""):
        handler.send_error(403)
    else:
        await super(type(handler), handler).prepare()
