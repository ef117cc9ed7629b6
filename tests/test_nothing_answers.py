"""Nothing that ships earns a point when it is called as the answer to an exercise."""

import contextlib
import importlib
import inspect
import io
import pkgutil
import signal
import warnings
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import autograder.beside
import autograder.probes
import solutions.models
from autograder.beside.check import answer
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import chapter_names, load
from autograder.reference.record import record

EXERCISES = [pytest.param(one, id=f"{name}-{one.name}") for name in chapter_names() for one in load(name).exercises]
PATIENCE = 0.5
"""Seconds for one answer: what is meant as one takes a few milliseconds."""


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """A package that ships, and all modules in it."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


@cache
def shipped() -> dict[str, Any]:
    """Every function and class that ships, private ones and methods too, by its dotted name."""
    found = {}
    for package in (solutions.models, autograder.beside, autograder.probes):
        for module in modules(package):
            for name, thing in vars(module).items():
                if callable(thing) and getattr(thing, "__module__", "") == module.__name__:
                    found[f"{module.__name__}.{name}"] = thing
                    if inspect.isclass(thing):
                        methods = inspect.getmembers(thing, inspect.isfunction)
                        found |= {f"{module.__name__}.{name}.{one}": method for one, method in methods}
    return found


class TooLong(Exception):
    """An answer did not come in time."""


@contextlib.contextmanager
def patience():
    def give_up(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answers_of(thing: Any, known: dict) -> Answers:
    """What a thing answers; of a criterion whose first case it does not answer, nothing more is asked."""
    answers, given_up = Answers(), set()
    for number, case in enumerate(known["cases"]):
        if case["criterion"] not in given_up:
            with contextlib.suppress(TooLong), patience():
                answers.cases[number] = answer(known["probe"], thing, case["inputs"])
            if "answer" not in answers.cases.get(number, {}):
                given_up.add(case["criterion"])
    return answers


@pytest.fixture
def undisturbed():
    """Whatever a function makes of inputs that were never meant for it, nobody has to read it."""
    nobody = io.StringIO()
    with (
        contextlib.redirect_stdout(nobody),
        contextlib.redirect_stderr(nobody),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize("exercise", EXERCISES)
def test_nothing_that_ships_earns_a_point_as_the_answer(exercise, undisturbed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    known = record(exercise, "beside", misreadings=False)
    earned = {name: verdict(known, answers_of(thing, known)).points for name, thing in shipped().items()}
    assert not {name: points for name, points in earned.items() if points}


def test_the_sweep_would_find_an_answer(undisturbed):
    exercise = load("leaky_integrator").exercise("leaky_integrator")
    known = record(exercise, "beside", misreadings=False)
    assert verdict(known, answers_of(exercise.reference, known)).points == exercise.points
    assert len(shipped()) > 100
