"""What a released notebook imports, and what its questions need to be put: known without running anything."""

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from autograder.beside.words import ONLY_DRAWS, said_of
from autograder.grading.restoring import restored
from autograder.reference.imports import modules_of_others, reached


@lru_cache(maxsize=1)
def lines(released: bytes, chapter: str) -> tuple[str, ...]:
    """The imports of a released notebook of a chapter, and those of its probes, each a line, as they come."""
    notebook = nbformat.reads(released.decode(), as_version=4)
    return tuple(dict.fromkeys([*_imports(restored(notebook, notebook)), *_imports_to_ask(chapter)]))


@lru_cache(maxsize=1)
def modules(released: bytes, chapter: str) -> tuple[str, ...]:
    """The modules of others that are loaded by the time its first check is asked."""
    names = modules_of_others(lines(released, chapter))
    return tuple(sorted(name for name in names if name.partition(".")[0] not in sys.stdlib_module_names))


def _imports(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "code" and not said_of(cell).get(ONLY_DRAWS):
            with suppress(SyntaxError):  # a line to be completed, say: such a cell imports nothing
                for part in ast.parse(TransformerManager().transform_cell(cell.source)).body:
                    if isinstance(part, ast.Import | ast.ImportFrom):
                        yield ast.unparse(part)


def _imports_to_ask(chapter: str) -> list[str]:
    packages = reached([f"import autograder.probes.{chapter}"])[1]
    return [f"import {name}" for name in sorted(packages - sys.stdlib_module_names - {"autograder"})]
