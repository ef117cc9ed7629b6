"""The door for nbgrader: ``nbgrader_config.py`` of every released course calls :func:`configure`."""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as nbgrader
from traitlets.config import Config

from autograder.authoring.release import HandOut
from autograder.grading.feedback import FeedbackExporter, KeepWhatIsGraded
from autograder.grading.steps import GradeSubmission, SealGrade


def configure(c: Config, course: Path) -> None:
    """Settings under which nbgrader's own commands grade as ``autograder grade`` does."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):  # nbgrader calls alembic by its name
        os.environ["PATH"] = programs + os.pathsep + os.environ["PATH"]
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = "learning_to_spike"
    for step in (GradeSubmission, KeepWhatIsGraded):
        c[step.__name__].course = str(course)
    c.GenerateAssignment.preprocessors.insert(0, HandOut)
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
        nbgrader.SaveAutoGrades,
        nbgrader.AssignLatePenalties,
        nbgrader.CheckCellMetadata,
        SealGrade,
    ]
    c.GenerateFeedback.preprocessors = [KeepWhatIsGraded, nbgrader.GetGrades, CSSHTMLHeaderPreprocessor]
    c.GenerateFeedback.exporter_class = FeedbackExporter
