"""A chapter's source as the notebook that nbgrader releases from, with every solution in it."""

from importlib import import_module

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring import citations, unfolding
from autograder.authoring.numbered import said
from autograder.beside.words import HANDED_OUT, OURS, check_id, essay_id, grade_id
from autograder.exercises import Chapter, Essay, load
from autograder.reference import places
from autograder.reference.definition import definition


def solved_notebook(name: str) -> NotebookNode:
    """The chapter called ``name`` with every solution in it, as ``nbgrader generate_assignment`` takes it.

    Raises :class:`UnreadableChapter` if an exercise has no cell, no check cell, or more than one of either, and if the
    text names an exercise, an essay or a source that there is not.
    """
    try:
        return _solved(load(name))
    except KeyError as error:
        raise unfolding.UnreadableChapter(f"{name}: {error.args[0]}") from error


def _solved(chapter: Chapter) -> NotebookNode:
    name = chapter.name
    notebook = _of_all_pages(name)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    written = citations.written_out([cell.source for cell in texts], places.BOOK / "references.bib")
    for cell, source in zip(texts, written, strict=True):
        cell.source = source
    taken = [cell for cell in notebook.cells if not unfolding.is_tagged(cell, "only-page")]
    cells = [new for cell in taken for new in _graded_cells(cell, chapter)]
    for number, cell in enumerate(cells):
        cell.id = grade_id(cell) or f"{name}-{number}"
    notebook.cells = cells
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(name="python3", display_name="Python 3 (ipykernel)", language="python"),
        language_info=NotebookNode(name="python"),
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _require_each_once(notebook, chapter)
    return notebook


def _of_all_pages(chapter: str) -> NotebookNode:
    """A chapter's pages as one notebook, with one list of what they cite."""
    *before, last = (jupytext.read(path, fmt="md:myst") for path in places.pages(chapter))
    cells = [cell for page in before for cell in page.cells if not citations.BIBLIOGRAPHY.search(cell.source)]
    last.cells = [*cells, *last.cells]
    return last


def _graded_cells(cell: NotebookNode, chapter: Chapter) -> list[NotebookNode]:
    if unfolding.is_tagged(cell, "exercise"):
        exercise = unfolding.exercise_in(cell, chapter)
        text = unfolding.without_annotations(definition(exercise.module, exercise.name))
        head = new_markdown_cell(f"**{said(chapter.name, exercise.name)}**")
        return [head, new_code_cell(text, metadata=unfolding.nbgrader_metadata(exercise.name, solution=True))]
    if unfolding.is_tagged(cell, "check"):
        exercise = chapter.exercise(unfolding.matched(unfolding.CHECK_CALL, cell, 'check("name", name)').group(1))
        metadata = unfolding.nbgrader_metadata(check_id(exercise.name), points=exercise.points, grade=True, locked=True)
        return [new_code_cell(cell.source, metadata=metadata)]
    if unfolding.is_tagged(cell, "earlier"):
        earlier, name = unfolding.imported(cell)
        text = unfolding.without_annotations(definition(import_module(f"solutions.{earlier}"), name))
        return [new_code_cell(text, metadata={OURS: {HANDED_OUT: unfolding.fetching(earlier, name)}})]
    if cell.cell_type == "markdown":
        if "essay" in cell.metadata:
            return [new_markdown_cell(cell.source), _essay_cell(chapter.essay(cell.metadata["essay"]))]
        return [new_markdown_cell(cell.source)]
    tags = cell.metadata.get("tags", [])
    kept: dict[str, object] = {"tags": ["figure"]} if "figure" in tags else {}
    if {"hide-input", "remove-input", "hide-cell"} & set(tags):
        kept["jupyter"] = {"source_hidden": True}
    return [new_code_cell(cell.source, metadata=kept)]


def _essay_cell(essay: Essay) -> NotebookNode:
    metadata = unfolding.nbgrader_metadata(essay_id(essay.name), points=essay.points, grade=True, solution=True)
    return new_markdown_cell(essay.scheme, metadata=metadata)


def _require_each_once(notebook: NotebookNode, chapter: Chapter) -> None:
    there = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    wanted = [name for one in chapter.exercises for name in (one.name, check_id(one.name))]
    wanted += [essay_id(essay.name) for essay in chapter.essays]
    if sorted(there) != sorted(wanted):
        wrong = sorted({name for name in there + wanted if there.count(name) != wanted.count(name)})
        raise unfolding.UnreadableChapter(f"{chapter.name}: cells missing, or there more than once: {', '.join(wrong)}")
