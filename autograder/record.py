"""An exercise put to its reference and to each of its misconceptions: what answers are held against."""

import ast
import inspect
import json
import warnings
from collections.abc import Iterable
from dataclasses import asdict
from random import Random
from types import ModuleType
from typing import Any

from autograder import probes
from autograder.compare import plain
from autograder.exercises import Case, Exercise, Misconception


class StaleMisconception(ValueError):
    """The text that a misconception changes is not, or not just once, in the reference."""


def record(exercise: Exercise, seed: str, *, misreadings: bool = True) -> dict[str, Any]:
    """The exercise with the cases drawn from ``seed``, as plain data: the record that ``verdict`` reads.

    Without ``misreadings`` the misconceptions are left out, which saves running each of them.
    """
    probe = _asked_once(probes.named(exercise.probe))
    cases = list(drawn(exercise, seed))
    misread = {one.name: misreading(exercise, one) for one in exercise.misconceptions} if misreadings else {}
    return {
        "exercise": exercise.name,
        "probe": exercise.probe,
        "axes": list(exercise.axes),
        "criteria": [asdict(criterion) for criterion in exercise.criteria],
        "misconceptions": {one.name: one.says for one in exercise.misconceptions if one.name in misread},
        "cases": [
            {
                "criterion": case.criterion,
                "says": case.says,
                "inputs": case.inputs,
                "expected": _recorded(
                    probe(exercise.reference, case.inputs) if case.expected is None else case.expected
                ),
                "misread": {name: _answer(probe, changed, case.inputs) for name, changed in misread.items()},
            }
            for case in cases
        ],
    }


def questions(exercise: Exercise, seed: str) -> dict[str, Any]:
    """What the student's process may know of a record: the probe and the inputs, and no answer."""
    cases = [{"inputs": case.inputs} for case in drawn(exercise, seed)]
    return {"exercise": exercise.name, "probe": exercise.probe, "cases": cases}


def drawn(exercise: Exercise, seed: str) -> Iterable[Case]:
    """The cases of an exercise for a seed; two exercises share no random numbers."""
    return exercise.cases(Random(f"{seed} {exercise.name}"))


def _asked_once(probe: Any) -> Any:
    """The probe, putting to nobody the same question twice: several criteria may look at one answer."""
    answers = {}

    def ask(thing: Any, inputs: dict) -> Any:
        asked = id(thing), json.dumps(inputs)
        if asked not in answers:
            answers[asked] = probe(thing, inputs)
        return answers[asked]

    return ask


def _answer(probe: Any, thing: Any, inputs: dict) -> dict:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a misreading may well run away to infinity
            return {"answer": _recorded(probe(thing, inputs))}
    except Exception as error:
        return {"raised": type(error).__name__}


def _recorded(value: Any) -> Any:
    """A reference's answer as data, with as many digits as any comparison looks at: students download them all."""

    def rounded(answer: Any) -> Any:
        if isinstance(answer, list):
            return [rounded(part) for part in answer]
        return float(f"{answer:.7g}") if isinstance(answer, float) else answer

    return rounded(plain(value))


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
    last = max(node.end_lineno for node in binding)
    while "\n".join(lines[first - 1 : last]).count("### BEGIN SOLUTION") > _ends(lines[first - 1 : last]):
        last += 1
        if last > len(lines):
            raise LookupError(f"{module.__name__}, {name!r}: a solution begins and has no ### END SOLUTION")
    return "\n".join(lines[first - 1 : last])


def _ends(lines: list[str]) -> int:
    return sum("### END SOLUTION" in line for line in lines)


def _bound_by(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def misreading(exercise: Exercise, misconception: Misconception) -> Any:
    """The reference with a misconception's changes made to its text.

    Raises :class:`StaleMisconception` if a change does not fit the text exactly once.
    """
    text = changed = definition(exercise.module, exercise.name)
    for old, new in misconception.changes:
        if changed.count(old) != 1:
            times = changed.count(old)
            raise StaleMisconception(f"{exercise.name}, {misconception.name}: {old!r} stands {times} times in the text")
        changed = changed.replace(old, new)
    module = ModuleType(f"{exercise.module.__name__}.{misconception.name}")
    exec(inspect.getsource(exercise.module).replace(text, changed), module.__dict__)
    return getattr(module, exercise.name)
