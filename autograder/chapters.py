"""A chapter's source unfolded: into the page of the book, and into the notebook that nbgrader releases from.

A chapter is one text notebook, ``book/<chapter>.md``. In it an exercise is the import of its reference, tagged
``exercise``; unfolding puts the text of the reference in its place. The import of what an earlier chapter asked for is
tagged ``earlier``: a student brings their own. Cells tagged ``figure`` only draw, and an essay is a text cell
introduced by ``+++ {"essay": name}``.
"""

import ast
import re
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import ClearSolutions

from autograder import citations, recorded
from autograder.check import RECORDED
from autograder.execution import OURS
from autograder.exercises import Chapter, Essay, Exercise, load
from autograder.record import definition

PROJECT = Path(__file__).resolve().parents[1]
BOOK = PROJECT / "book"
HANDED_OUT = "handed_out"
"""The key of the cell metadata for what a cell of the source says in the release."""
PAGE = "LEARNING_TO_SPIKE_PAGE"
"""Environment variable: set where the cells run for the static page, which has no kernel to redraw anything."""

_REFERENCE_IMPORT = re.compile(r"from solutions\.(\w+) import (\w+)\s*")
_CHECK_CALL = re.compile(r'check\("(\w+)", (\w+)\)\s*')


class UnreadableChapter(ValueError):
    """A chapter's source does not keep to the form that can be unfolded."""


def read_page(text: str) -> NotebookNode:
    """The notebook that the book runs and shows for a page's source; the reader named in ``_config.yml``.

    The stub is shown and not run; the reference runs out of sight, so that every figure shows what "done" looks like.
    """
    notebook = jupytext.reads(text, fmt="md:myst")
    chapter = _chapter_of(notebook)
    if chapter is None:
        return notebook
    cells = [_setup_cell(chapter)]
    for cell in notebook.cells:
        if _is(cell, "exercise"):
            exercise = _exercise_in(cell, chapter)
            cells += _shown_and_run(cell, _stub(exercise), "exercise", *([] if exercise.in_page else ["only-notebook"]))
        elif _is(cell, "earlier"):
            cells += _shown_and_run(cell, _fetching(*_imported(cell)), "earlier")
        elif "essay" in cell.metadata:
            essay = chapter.essay(cell.metadata.pop("essay"))
            cell.source += f"\n\n*An answer in words, {essay.points:g} points, marked by hand.*"
            cells.append(cell)
        else:
            cells.append(cell)
    notebook.cells = cells
    return notebook


def _shown_and_run(cell: NotebookNode, text: str, *tags: str) -> list[NotebookNode]:
    """What stands in the page in the place of a cell, and the cell itself, out of sight."""
    shown = new_code_cell(text, metadata={"tags": [*tags, "skip-execution"]})
    return [shown, new_code_cell(cell.source, metadata={"tags": ["remove-cell"]})]


def solved_notebook(name: str) -> NotebookNode:
    """The chapter called ``name`` with every solution in it, as ``nbgrader generate_assignment`` takes it.

    Raises :class:`UnreadableChapter` if an exercise has no cell, no check cell, or more than one of either, and if the
    text names an exercise, an essay or a source that there is not.
    """
    try:
        return _solved(load(name))
    except KeyError as error:
        raise UnreadableChapter(f"{name}: {error.args[0]}") from error


def _solved(chapter: Chapter) -> NotebookNode:
    name = chapter.name
    notebook = jupytext.read(BOOK / f"{name}.md", fmt="md:myst")
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    written = citations.written_out([cell.source for cell in texts], BOOK / "references.bib")
    for cell, source in zip(texts, written, strict=True):
        cell.source = source
    cells = [new for cell in notebook.cells for new in _graded_cells(cell, chapter)]
    for number, cell in enumerate(cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"{name}-{number}")
    notebook.cells = cells
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(name="python3", display_name="Python 3 (ipykernel)", language="python"),
        language_info=NotebookNode(name="python"),
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _require_each_once(notebook, chapter)
    return notebook


def _graded_cells(cell: NotebookNode, chapter: Chapter) -> list[NotebookNode]:
    if _is(cell, "exercise"):
        exercise = _exercise_in(cell, chapter)
        text = _without_annotations(definition(exercise.module, exercise.name))
        return [new_code_cell(text, metadata=_nbgrader(exercise.name, solution=True))]
    if _is(cell, "check"):
        exercise = chapter.exercise(_matched(_CHECK_CALL, cell, 'check("name", name)').group(1))
        metadata = _nbgrader(f"check_{exercise.name}", points=exercise.points, grade=True, locked=True)
        return [new_code_cell(cell.source, metadata=metadata)]
    if _is(cell, "earlier"):
        earlier, name = _imported(cell)
        text = _without_annotations(definition(import_module(f"solutions.{earlier}"), name))
        return [new_code_cell(text, metadata={OURS: {HANDED_OUT: _fetching(earlier, name)}})]
    if cell.cell_type == "markdown":
        if "essay" in cell.metadata:
            return [new_markdown_cell(cell.source), _essay_cell(chapter.essay(cell.metadata["essay"]))]
        return [new_markdown_cell(cell.source)]
    tags = cell.metadata.get("tags", [])
    metadata = {"tags": ["figure"]} if "figure" in tags else {}
    if {"hide-input", "remove-input", "hide-cell"} & set(tags):
        metadata["jupyter"] = {"source_hidden": True}
    return [new_code_cell(cell.source, metadata=metadata)]


def _fetching(earlier: str, name: str) -> str:
    """What stands in a student's notebook in the place of what they wrote in an earlier chapter."""
    return f"""\
# Your own {name} goes in here. Run this cell to fetch it from your
# {earlier}.ipynb; or write or paste it in the place of these lines.
from earlier import fetch

fetch("{earlier}", "{name}")"""


def _essay_cell(essay: Essay) -> NotebookNode:
    metadata = _nbgrader(f"essay_{essay.name}", points=essay.points, grade=True, solution=True)
    return new_markdown_cell(essay.scheme, metadata=metadata)


def _nbgrader(grade_id: str, *, points: float = 0, grade: bool = False, solution: bool = False, locked: bool = False):
    cell = dict(schema_version=3, grade_id=grade_id, grade=grade, solution=solution, locked=locked, task=False)
    return {"nbgrader": cell | ({"points": points} if grade else {})}


def _stub(exercise: Exercise) -> str:
    """What a student is given: the definition with nbgrader's own stub where the solution was."""
    text = _without_annotations(definition(exercise.module, exercise.name))
    notebook = NotebookNode(
        cells=[new_code_cell(text, metadata=_nbgrader(exercise.name, solution=True))],
        metadata=NotebookNode(kernelspec=NotebookNode(language="python")),
    )
    cleared, _ = ClearSolutions().preprocess(notebook, {})
    return cleared.cells[0].source


def _without_annotations(text: str) -> str:
    """A definition without its type hints: a notebook's code does not import the names they need."""
    lines = text.splitlines()
    spans = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg) and node.annotation:
            start = node.col_offset + len(node.arg)
            spans.append((node.lineno, start, node.annotation.end_lineno, node.annotation.end_col_offset))
        if isinstance(node, ast.FunctionDef) and node.returns:
            start = lines[node.returns.lineno - 1].rindex("->", 0, node.returns.col_offset)
            start = len(lines[node.returns.lineno - 1][:start].rstrip())
            spans.append((node.returns.lineno, start, node.returns.end_lineno, node.returns.end_col_offset))
    for first, start, last, end in sorted(spans, reverse=True):
        lines[first - 1 : last] = [lines[first - 1][:start] + lines[last - 1][end:]]
    return "\n".join(lines)


def _setup_cell(chapter: Chapter) -> NotebookNode:
    """The hidden first cell of a page; its digest makes the execution cache see a changed solution."""
    records = recorded.write(chapter, PROJECT / "_build" / "recorded")
    source = (
        f"# made from {digest()}\n"
        "import os\n"
        f'os.environ["{PAGE}"] = "1"\n'
        f'os.environ["{RECORDED}"] = "../{records.parent.relative_to(PROJECT)}"'
    )
    return new_code_cell(source, metadata={"tags": ["remove-cell"]})


def digest() -> str:
    """A digest of all that stands behind the figures and checks of a page."""
    files = [*sorted(BOOK.glob("*.py")), *sorted((PROJECT / "solutions").rglob("*.py"))]
    files += sorted((PROJECT / "autograder").rglob("*.py"))
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _chapter_of(notebook: NotebookNode) -> Chapter | None:
    names = {_imported(cell)[0] for cell in notebook.cells if _is(cell, "exercise")}
    if len(names) > 1:
        raise UnreadableChapter(f"the exercises of one page come from one module, not from {', '.join(sorted(names))}")
    return load(names.pop()) if names else None


def _exercise_in(cell: NotebookNode, chapter: Chapter) -> Exercise:
    return chapter.exercise(_imported(cell)[1])


def _imported(cell: NotebookNode) -> tuple[str, str]:
    """The chapter and the name in the import of a reference."""
    return _matched(_REFERENCE_IMPORT, cell, "from solutions.chapter import name").groups()


def _matched(form: re.Pattern, cell: NotebookNode, words: str) -> re.Match:
    found = form.fullmatch(cell.source)
    if not found:
        raise UnreadableChapter(f"a cell tagged {cell.metadata.tags} holds {cell.source!r}, expected {words!r}")
    return found


def _is(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def _require_each_once(notebook: NotebookNode, chapter: Chapter) -> None:
    there = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    wanted = [name for one in chapter.exercises for name in (one.name, f"check_{one.name}")]
    wanted += [f"essay_{essay.name}" for essay in chapter.essays]
    if sorted(there) != sorted(wanted):
        wrong = sorted({name for name in there + wanted if there.count(name) != wanted.count(name)})
        raise UnreadableChapter(f"{chapter.name}: cells missing, or there more than once: {', '.join(wrong)}")
