"""nbgrader's feedback page as a student wants it: their work and what is said of it, and nothing to scroll past.

The page stands alone: formulas are MathML, so it asks no other host for a script.
"""

import re
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from autograder.beside.words import SCHEME, VERDICT, grade_id, said_of
from autograder.grading.course_folder import released
from autograder.grading.restoring import WORD_JOINER
from autograder.grading.steps import CourseStep

_CODE_OR_FORMULA = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>[^$\s](?:[^$]*[^$\s])?)\$", re.S
)
_LEADS_ELSEWHERE = re.compile(r"\\(href|style|class|unicode)\b")
_ATTACHMENT = re.compile(r"!\[([^\]]*)\]\(attachment:([^)\s]+)\)")
_HINT = re.compile(r"<details>.*?</details>\n*", re.S)
_MATHJAX = re.compile(r"<!-- Load mathjax -->.*?<!-- End of mathjax configuration -->", re.S)


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
                cell.source = _without_lost_pictures(cell, with_mathml(_HINT.sub("", cell.source)))
        nb.cells = kept
        return nb, resources


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML without the script it would load from elsewhere."""

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:  # type: ignore[override] # nbconvert's own exporter returns text too
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return _MATHJAX.sub("", page), resources


def with_mathml(text: str) -> str:
    """Markdown with each ``$formula$`` as MathML; what is code, or cannot be read as a formula, stays as it is."""

    def replaced(match: re.Match) -> str:
        formula = match["display"] or match["inline"]
        if formula is None or _LEADS_ELSEWHERE.search(formula):
            return match[0]
        try:
            return convert(formula.replace(WORD_JOINER, "").strip(), display="block" if match["display"] else "inline")
        except Exception:  # a student's dollar signs need not hold a formula, and the converter raises all sorts
            return match[0]

    return _CODE_OR_FORMULA.sub(replaced, text)


def _without_lost_pictures(cell: NotebookNode, text: str) -> str:
    """The text with the name of a picture in the place of one that was not handed in along with it."""
    there = cell.get("attachments", {})
    return _ATTACHMENT.sub(lambda match: match[0] if match[2] in there else match[1], text)


def _shown(cell: NotebookNode) -> NotebookNode:
    """A graded cell; under a verdict the bare score that nbgrader reads is left out."""
    if VERDICT in said_of(cell):
        cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
    return cell
