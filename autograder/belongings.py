"""What a notebook needs beside it, and what to install for it: read off its imports."""

import ast
import sys
from pathlib import Path

from nbformat import NotebookNode

from autograder.chapters import BOOK, HANDED_OUT, PROJECT
from autograder.execution import OURS

MODELS = PROJECT / "solutions" / "models"
"""The one part of ``solutions`` that ships."""
ALWAYS = ("jupyterlab", "ipywidgets", "matplotlib")
INSTALLED_AS = {"sklearn": ("scikit-learn",), "brian2": ("brian2", '"numpy<2.4"')}
"""What pip calls a package that is imported by another name. Brian2 2.9 does not import with numpy 2.4."""
ON_REQUEST = {"h5py", "pooch"}
"""Needed only by who asks for recordings of people; the error then says so."""


def files(notebook: NotebookNode) -> dict[str, Path]:
    """What of the project lies beside a notebook: the modules that it needs, by their places there."""
    reached = _reached(notebook)
    needed = {name: path for name in sorted(reached) for path in _files_of(name)}
    beside = {_place(path): path for path in needed.values()}
    for path in list(beside.values()):  # a package is read from its top
        for folder in path.parents:
            if folder.is_relative_to(MODELS) and (folder / "__init__.py").is_file():
                beside[_place(folder / "__init__.py")] = folder / "__init__.py"
    return dict(sorted(beside.items()))


def packages(notebook: NotebookNode) -> list[str]:
    """What to name to ``pip install`` for a notebook and the modules beside it."""
    reached = _reached(notebook)
    ours = {_top(name) for name in reached if _files_of(name)} | {"autograder", "IPython", "matplotlib_inline", "rich"}
    names = {_top(name) for name in reached} - ours - ON_REQUEST - set(sys.stdlib_module_names)
    needed = {part for name in names for part in INSTALLED_AS.get(name, (name,))}
    if "brian2" in needed:
        needed.discard("numpy")
    return [*ALWAYS, *sorted(needed - set(ALWAYS), key=lambda name: name.strip('"'))]


def _top(name: str) -> str:
    return name.partition(".")[0]


def _place(path: Path) -> str:
    """Where a file lies in a student's folder: the book's beside the notebook, a model's in its package."""
    return str(path.relative_to(MODELS.parents[1] if path.is_relative_to(MODELS) else BOOK))


def _files_of(name: str) -> list[Path]:
    """The files of the module called ``name``, if it is one that ships."""
    root = MODELS.parents[1] if name.startswith("solutions.models") else BOOK
    path = root.joinpath(*name.split("."))
    return [one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()]


def _reached(notebook: NotebookNode) -> set[str]:
    """All that a notebook imports, and that the modules which it imports from here import in turn."""
    reached, waiting = set(), _imported_in(notebook)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        for path in _files_of(name):
            waiting |= _imported(path.read_text()) - reached
    return reached


def _imported_in(notebook: NotebookNode) -> set[str]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = [part for cell in cells for part in (cell.source, cell.metadata.get(OURS, {}).get(HANDED_OUT, ""))]
    return {name for source in sources for name in _imported(source)}


def _imported(source: str) -> set[str]:
    """The modules that a text imports; of ``from a import b`` both a and a.b, which may be one."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
