"""A page's source as the notebook that the book runs and shows: named in ``_config.yml``."""

import doctest

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

import solutions
from autograder.authoring import unfolding
from autograder.beside.check import RECORDED
from autograder.exercises import Chapter, load
from autograder.reference import places
from autograder.reference.digest import digest_of
from autograder.reference.imports import reached
from autograder.reference.record import write_records
from solutions.models.progress import PAGE

FOLDED = "What a right answer earns"
"""What stands over the verdict on the reference: folded, since nobody has written anything yet."""


def read_page(text: str) -> NotebookNode:
    """The notebook that the book runs and shows for a page's source; the reader named in ``_config.yml``.

    The stub is shown and not run; the reference runs out of sight, so that every figure shows what "done" looks like.
    The import of a model, tagged ``model``, gives way to the example in its docstring.
    """
    notebook = jupytext.reads(text, fmt="md:myst")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    if reached(code)[0]:  # else there is nothing of ours that could change
        chapter = _chapter_of(notebook)
        unfolded = [new for cell in notebook.cells for new in _page_cells(cell, chapter)]
        notebook.cells = [_setup_cell(code, chapter), *unfolded]
    return notebook


def _page_cells(cell: NotebookNode, chapter: Chapter | None) -> list[NotebookNode]:
    """What stands in the page for a cell of its source."""
    if chapter and unfolding.is_tagged(cell, "exercise"):
        exercise = unfolding.exercise_in(cell, chapter)
        return _shown_and_run(cell, unfolding.stub(exercise), ["exercise"])
    if unfolding.is_tagged(cell, "earlier"):
        return _shown_and_run(cell, unfolding.fetching(*unfolding.imported(cell)), ["earlier"])
    if unfolding.is_tagged(cell, "check"):
        cell.metadata["tags"].append("hide-output")
        cell.metadata["mystnb"] = {"code_prompt_show": FOLDED, "code_prompt_hide": FOLDED}
    if unfolding.is_tagged(cell, "model"):
        return _example(unfolding.matched(unfolding.MODEL_IMPORT, cell, "from solutions import name").group(1))
    if chapter and "essay" in cell.metadata:
        essay = chapter.essay(cell.metadata.pop("essay"))
        cell.source += f"\n\n*An answer in words, {essay.points:g} points, marked by hand.*"
    return [cell]


def _example(model: str) -> list[NotebookNode]:
    """The example in a model's docstring as cells, each to the next line that shows something."""
    sources = [""]
    for example in doctest.DocTestParser().get_examples(getattr(solutions, model).__doc__):
        sources[-1] += example.source
        sources += [""] if example.want else []
    return [new_code_cell(source.rstrip()) for source in sources if source]


def _shown_and_run(cell: NotebookNode, text: str, tags: list[str]) -> list[NotebookNode]:
    """What stands in the page in the place of a cell, and the cell itself, out of sight."""
    shown = new_code_cell(text, metadata={"tags": [*tags, "skip-execution"]})
    return [shown, new_code_cell(cell.source, metadata={"tags": ["remove-cell"]})]


def _setup_cell(code: list[str], chapter: Chapter | None) -> NotebookNode:
    """The hidden first cell of a page; its digest makes the execution cache see a changed solution."""
    lines = [f"# made from {digest_of(code, chapter.name if chapter else '')}", "import os"]
    lines.append(f'os.environ["{PAGE}"] = "1"')
    if chapter:
        records = write_records(chapter, places.PROJECT / "_build" / "recorded")
        lines.append(f'os.environ["{RECORDED}"] = "../{records.parent.relative_to(places.PROJECT)}"')
    return new_code_cell("\n".join(lines), metadata={"tags": ["remove-cell"]})


def _chapter_of(notebook: NotebookNode) -> Chapter | None:
    names = {unfolding.imported(cell)[0] for cell in notebook.cells if unfolding.is_tagged(cell, "exercise")}
    if "continues" in notebook.metadata:
        names.add(notebook.metadata["continues"])
    if len(names) > 1:
        raise unfolding.UnreadableChapter(
            f"the exercises of one page come from one module, not from {', '.join(sorted(names))}"
        )
    return load(names.pop()) if names else None
