"""What a text of Python imports, followed through the project's own modules."""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from autograder.reference import places
from solutions import MODELS


def reached(sources: Iterable[str]) -> tuple[set[Path], set[str]]:
    """The project's files that texts import, those that these import in turn, and so on; and the packages of others.

    A package is called by its first name, as in ``sklearn``. Raises SyntaxError for a text that is no Python.
    """
    files, modules = _followed(sources)
    return files, {name.partition(".")[0] for name in modules}


def modules_of_others(sources: Iterable[str]) -> set[str]:
    """All that texts, and the project's files they import, import of others; of ``from a import b`` both a and a.b."""
    return _followed(sources)[1]


def _followed(sources: Iterable[str]) -> tuple[set[Path], set[str]]:
    files: set[Path] = set()
    modules: set[str] = set()
    waiting = {name for source in sources for name in _imported(source)}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = file_of(name)
        if path is not None and path not in files:
            files.add(path)
            waiting |= _imported(path.read_text(encoding="utf-8")) - seen
        elif path is None and not _file_or_folder(name.partition(".")[0]):
            modules.add(name)
    return files, modules


def file_of(module: str) -> Path | None:
    """The file of one of the project's modules, by its dotted name; the book's have short ones. None for any other."""
    path = _file_or_folder(module)
    if path is not None and path.is_dir():
        path = path / "__init__.py"
    return path if path is not None and path.is_file() else None


def _file_or_folder(module: str) -> Path | None:
    parts = module.split(".")
    for root in (places.BOOK, places.PROJECT):
        folder = root.joinpath(*parts)
        if folder.with_suffix(".py").is_file():
            return folder.with_suffix(".py")
        if parts[0] in ("autograder", "solutions") and folder.is_dir():
            return folder
    return None


@cache
def _imported(source: str) -> frozenset[str]:
    """The modules that a text imports; of ``from a import b`` both a and a.b, which may be one."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "solutions":
            models = [MODELS[alias.name][0] for alias in node.names if alias.name in MODELS]
            names |= {"solutions", *(f"solutions.models.{where}" for where in models)}
            names |= {f"solutions.{where.partition('.')[0]}" for where in models}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)
