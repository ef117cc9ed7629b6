"""The number of an exercise, over its cell in the page: a Sphinx extension. The notebooks say it too."""

from typing import Any

from docutils import nodes

from autograder.authoring import plan
from autograder.authoring.unfolding import CHECK_CALL


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("doctree-resolved", _say)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _say(app: Any, doctree: nodes.document, docname: str) -> None:
    chapter = plan.chapter_of(docname)
    if not chapter:
        return
    checks = [CHECK_CALL.match(cell.astext()) for cell in _inputs(doctree, "tag_check")]
    for stub, check in zip(_inputs(doctree, "tag_exercise"), checks, strict=True):  # each has its own below it
        if check:
            stub.insert(0, nodes.paragraph("", said(chapter, check.group(1)), classes=["exercise-number"]))


def said(chapter: str, exercise: str) -> str:
    """What stands over an exercise."""
    return f"Exercise {plan.number(chapter, exercise)}"


def _inputs(doctree: nodes.document, tag: str) -> list[nodes.container]:
    """The inputs of the cells with a tag, named as the classes in the page are."""
    cells = [one for one in doctree.findall(nodes.container) if tag in one["classes"]]
    return [one for cell in cells for one in cell.findall(nodes.container) if "cell_input" in one["classes"]]
