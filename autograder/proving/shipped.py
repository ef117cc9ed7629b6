"""What students are given, called as the answer to an exercise: nothing of it may earn a point."""

import contextlib
import importlib
import inspect
import pkgutil
import tempfile
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from numba import njit

import autograder.beside
import autograder.probes
import solutions.models
from autograder.beside.check import answer
from autograder.beside.records import Record
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import Exercise
from autograder.grading.workers import TooMuchWork, computing_for
from autograder.proving.trying import recorded, undisturbed

PATIENCE = 0.5
"""Seconds for one answer: what is meant as one takes a few milliseconds."""


@cache
def shipped() -> dict[str, Any]:
    """Every function and class that ships, private ones and methods too, called as in "package.module:Class.method"."""
    found: dict[str, Any] = {}
    for package in (solutions.models, autograder.beside, autograder.probes):
        for module in _modules(package):
            for name, thing in vars(module).items():
                if callable(thing) and getattr(thing, "__module__", "") == module.__name__:
                    found[f"{module.__name__}:{name}"] = thing
                    if inspect.isclass(thing):
                        methods = inspect.getmembers(thing, inspect.isfunction)
                        found |= {f"{module.__name__}:{name}.{one}": method for one, method in methods}
    return found


def earned_by(things: dict[str, Any], exercise: Exercise, seed: str = "beside") -> dict[str, float]:
    """The points of each of some things as the answer to an exercise; those that earn nothing are left out."""
    known = recorded(exercise, seed, False)
    _make_numba_ready()
    with undisturbed(), tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        answered = {name: _hasty_answers(thing, known) for name, thing in things.items()}
    points = {name: verdict(known, one).points for name, one in answered.items() if _says_anything(one)}
    return {name: earned for name, earned in points.items() if earned}


def _hasty_answers(thing: Any, known: Record) -> Answers:
    """What a thing answers; of a criterion whose first case it does not answer, nothing more is asked."""
    answers, given_up = Answers(), set()
    for number, case in enumerate(known["cases"]):
        if case["criterion"] not in given_up:
            with contextlib.suppress(TooMuchWork), computing_for(PATIENCE, "answering", by_the_clock=True):
                answers.cases[number] = answer(known["probe"], thing, case["inputs"])
            if "answer" not in answers.cases.get(number, {}):
                given_up.add(case["criterion"])
    return answers


@cache
def _make_numba_ready() -> None:
    """Once in a process: a first compilation that is interrupted leaves a numba that compiles nothing any more."""
    njit(lambda n: len(range(n)))(1)


def _says_anything(answers: Answers) -> bool:
    """Nearly all of what ships raises an error at each question, which a verdict need not be made of."""
    return any("answer" in one for one in answers.cases.values())


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)
