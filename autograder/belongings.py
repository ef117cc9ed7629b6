"""What a notebook needs beside it, and what to install for it: read off its imports."""

import ast
import sys
from pathlib import Path

from nbformat import NotebookNode

from autograder.chapters import BOOK, HANDED_OUT
from autograder.execution import OURS

ALWAYS = ("jupyterlab", "ipywidgets", "matplotlib")
INSTALLED_AS = {"sklearn": ("scikit-learn",), "brian2": ("brian2", '"numpy<2.4"')}
"""What pip calls a package that is imported by another name. Brian2 2.9 does not import with numpy 2.4."""
ON_REQUEST = {"h5py", "pooch"}
"""Needed only by who asks for recordings of people; the error then says so."""


def files(notebook: NotebookNode) -> list[Path]:
    """What of the book lies beside a notebook: the modules that it needs, by name, and what Brian2 reads there."""
    names = _reached(notebook)
    modules = [path for name in sorted(names) if (path := BOOK / f"{name}.py").is_file()]
    return [*modules, BOOK / "brian_preferences"] if "brian2" in names else modules


def packages(notebook: NotebookNode) -> list[str]:
    """What to name to ``pip install`` for a notebook and the modules beside it."""
    beside = {path.stem for path in BOOK.glob("*.py")} | {"autograder", "IPython", "matplotlib_inline"}
    names = _reached(notebook) - beside - ON_REQUEST - set(sys.stdlib_module_names)
    needed = {part for name in names for part in INSTALLED_AS.get(name, (name,))}
    if "brian2" in needed:
        needed.discard("numpy")
    return [*ALWAYS, *sorted(needed - set(ALWAYS), key=lambda name: name.strip('"'))]


def _reached(notebook: NotebookNode) -> set[str]:
    """All that a notebook imports, and that the modules of the book which it imports import in turn."""
    reached, waiting = set(), _imported_in(notebook)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        if (path := BOOK / f"{name}.py").is_file():
            waiting |= _imported(path.read_text()) - reached
    return reached


def _imported_in(notebook: NotebookNode) -> set[str]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = [part for cell in cells for part in (cell.source, cell.metadata.get(OURS, {}).get(HANDED_OUT, ""))]
    return {name for source in sources for name in _imported(source)}


def _imported(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
