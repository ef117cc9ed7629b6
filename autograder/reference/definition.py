"""The text of a reference, and its misreadings: the same text with a misconception's changes made to it."""

import ast
import inspect
from types import ModuleType
from typing import Any

from autograder.beside.errors import UserError
from autograder.exercises import Exercise, Misconception


class StaleMisconception(UserError, ValueError):
    """The text that a misconception changes is not, or not just once, in the reference."""


def definition(module: ModuleType, name: str) -> str:
    """The text that binds ``name`` at the top of ``module``, with nbgrader's region markers, decorators and docstring.

    Raises LookupError if nothing at the top of the module binds it, or if a region in it has no end.
    """
    source = inspect.getsource(module)
    lines = source.splitlines()
    binding = [node for node in ast.parse(source).body if name in _bound_by(node)]
    if not binding:
        raise LookupError(f"{module.__name__} binds no {name!r}")
    first = min(min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]) for node in binding)
    last = max(node.end_lineno or node.lineno for node in binding)
    while (text := "\n".join(lines[first - 1 : last])).count("### BEGIN SOLUTION") > text.count("### END SOLUTION"):
        last += 1
        if last > len(lines):
            raise LookupError(f"{module.__name__}, {name!r}: a solution begins and has no ### END SOLUTION")
    return text


def _bound_by(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def misreading(exercise: Exercise, misconception: Misconception, number: int = 0) -> Any:
    """The reference in one of a misconception's readings: with its changes made to the text, or another in its place.

    Raises :class:`StaleMisconception` if a change does not fit the text exactly once.
    """
    text = changed = definition(exercise.module, exercise.name)
    reading = misconception.readings[number]
    for old, new in ((text, reading),) if isinstance(reading, str) else reading:
        if changed.count(old) != 1:
            times = changed.count(old)
            raise StaleMisconception(f"{exercise.name}, {misconception.name}: {old!r} stands {times} times in the text")
        changed = changed.replace(old, new)
    module = ModuleType(f"{exercise.module.__name__}.{misconception.name}")
    exec(inspect.getsource(exercise.module).replace(text, changed), module.__dict__)
    return getattr(module, exercise.name)
