"""nbgrader's feedback page as a student wants it: their work and what is said of it, and nothing to scroll past.

The page stands alone: formulas are MathML, so it needs no script, and runs none.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades

from autograder.beside.words import SCHEME, VERDICT, grade_id, said_of
from autograder.grading.course_folder import released
from autograder.grading.markdown import WORD_JOINER
from autograder.grading.steps import CourseStep
from autograder.grading.workers import computing_for

COMPUTING = 30
"""Seconds that a page may compute: an ordinary one takes half of one."""
_CODE_OR_FORMULA = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>[^$\s](?:[^$]*[^$\s])?)\$", re.S
)
_HINT = re.compile(r"<details>.*?</details>\n*", re.S)
_MATHJAX = re.compile(r"<!-- Load mathjax -->.*?<!-- End of mathjax configuration -->", re.S)
_IN_THE_LIST = re.compile(r'(<li><a href="#(?:check|essay)_(\w+)">)(?:Test cell|Written response)<')
_NO_SCRIPT = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: 'self' file:; font-src data:\">"
)


class KeepWhatIsGraded(CourseStep):
    """Leaves of a graded notebook the tasks, the student's own cells, and the verdicts.

    The chapter's text and figures go, and so does what stood beside the essays for the grader.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        known = {cell.source for cell in released(Path(self.course), names["assignment"], names["notebook"]).cells}
        kept: list[NotebookNode] = []
        task = None
        for cell in nb.cells:
            if grade_id(cell):
                if task is not None and cell.metadata.nbgrader.solution:
                    kept.append(task)
                    task = None
                kept.append(_shown(cell))
            elif said_of(cell).get(SCHEME):
                continue
            elif cell.source in known:
                task = cell if cell.cell_type == "markdown" else task
            else:
                kept.append(cell)
        for cell in kept:
            if cell.cell_type == "markdown":
                cell.source = with_mathml(_HINT.sub("", cell.source))
        nb.cells = kept
        return nb, resources


class GradesToBeShown(GetGrades):
    """nbgrader's grades in the notebook; what nobody has marked yet is said to be so, and is not counted."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        self._of, self._open = 0.0, 0.0
        nb, resources = super().preprocess(nb, resources)
        more = f", and {self._open:g} not marked yet" if self._open else ""
        resources["nbgrader"]["max_score"] = f"{self._of:g}{more}"
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        said = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(said.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        if grade.manual_score is None and grade.auto_score is None:
            said.score = "not marked yet"
            self._open += said.points
        else:
            self._of += said.points
            if grade.manual_score is not None and grade.needs_manual_grade:
                said.score = f"{said.score:g}, to be looked at again"


def as_number(value: Any) -> Any:
    """In the place of a template's ``float``: what is said in words stays."""
    return value if isinstance(value, str) else float(value)


def rounded(value: Any, digits: int = 0) -> Any:
    """In the place of a template's ``round``: what is said in words stays."""
    return value if isinstance(value, str) else round(value, digits)


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML without the script it would load from elsewhere, and with the word that no other may run.

    nbgrader's list of what is graded calls exercises and essays by their names.
    """

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:  # type: ignore[override] # nbconvert's own exporter returns text too
        with computing_for(COMPUTING, "making the feedback page"):
            page, resources = super().from_notebook_node(nb, resources, **kw)
        return _IN_THE_LIST.sub(r"\1\2<", _MATHJAX.sub(_NO_SCRIPT, page)), resources


def with_mathml(text: str) -> str:
    """Markdown with each ``$formula$`` as MathML; what is code, or cannot be read as a formula, stays as it is."""

    def replaced(match: re.Match) -> str:
        formula = match["display"] or match["inline"]
        if formula is None:
            return match[0]
        display = "block" if match["display"] else "inline"
        try:
            tree = convert_to_element(formula.replace(WORD_JOINER, "").strip(), display=display)
        except Exception:  # a student's dollar signs need not hold a formula, and the converter raises all sorts
            return match[0]
        for part in tree.iter():
            part.text = unescape(part.text or "")  # the converter's own writing would let <tags> of a \\text through
        return tostring(tree, encoding="unicode")

    return _CODE_OR_FORMULA.sub(replaced, text)


def _shown(cell: NotebookNode) -> NotebookNode:
    """A graded cell; under a verdict the bare score that nbgrader reads is left out."""
    if VERDICT in said_of(cell):
        cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
    return cell
