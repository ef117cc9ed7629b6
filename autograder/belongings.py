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


def modules(notebook: NotebookNode) -> list[Path]:
    """The modules of the book that a notebook imports, and those that they import, in the order of their names."""
    found: dict[str, Path] = {}
    waiting = _imported_in(notebook)
    while waiting:
        name = waiting.pop()
        path = BOOK / f"{name}.py"
        if name not in found and path.is_file():
            found[name] = path
            waiting |= _imported(path.read_text())
    return [found[name] for name in sorted(found)]


def files(notebook: NotebookNode) -> list[Path]:
    """What of the book lies beside a notebook: the modules that it needs, and what these read when imported."""
    brian = [BOOK / "brian_preferences"] if "brian2" in packages(notebook) else []
    return [*modules(notebook), *brian]


def packages(notebook: NotebookNode) -> list[str]:
    """What to name to ``pip install`` for a notebook and the modules beside it."""
    names = _imported_in(notebook)
    for path in modules(notebook):
        names |= _imported(path.read_text())
    beside = {path.stem for path in BOOK.glob("*.py")} | {"autograder", "IPython", "matplotlib_inline"}
    names -= beside | ON_REQUEST | set(sys.stdlib_module_names)
    needed = {part for name in names for part in INSTALLED_AS.get(name, (name,))}
    if "brian2" in needed:
        needed.discard("numpy")
    return [*ALWAYS, *sorted(needed - set(ALWAYS), key=lambda name: name.strip('"'))]


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
