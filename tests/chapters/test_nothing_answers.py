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
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

import autograder.beside
import autograder.probes
import solutions.models
from autograder.beside.check import answer
from autograder.beside.verdict import Answers, verdict
from autograder.beside.words import check_id
from autograder.exercises import chapter_names, load
from autograder.grading import judge
from autograder.reference.record import record
from autograder.room.walls import Limits

pytestmark = pytest.mark.slow

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
    """Every function and class that ships, private ones and methods too, called as in "package.module:Class.method"."""
    found = {}
    for package in (solutions.models, autograder.beside, autograder.probes):
        for module in modules(package):
            for name, thing in vars(module).items():
                if callable(thing) and getattr(thing, "__module__", "") == module.__name__:
                    found[f"{module.__name__}:{name}"] = thing
                    if inspect.isclass(thing):
                        methods = inspect.getmembers(thing, inspect.isfunction)
                        found |= {f"{module.__name__}:{name}.{one}": method for one, method in methods}
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


FETCH = """
from importlib import import_module

def shipped(module, *names):
    thing = import_module(module)
    for name in names:
        thing = getattr(thing, name)
    return thing
"""


@pytest.mark.sandbox
@pytest.mark.parametrize("chapter", chapter_names())
def test_nor_does_what_lies_beside_the_notebook_in_the_room(chapter, released_course):
    folder = released_course / "release" / chapter
    modules_and_names = [name.split(":") for name in sorted(shipped()) if name.startswith("solutions.models")]
    calls = [
        f"shipped({module!r}, *{name.split('.')!r})"
        for module, name in modules_and_names
        if (folder / f"{module.replace('.', '/')}.py").is_file()
    ]
    exercises = load(chapter).exercises
    cells = [new_code_cell(FETCH)]
    for exercise in exercises:
        checks = [new_code_cell(f'check("{exercise.name}", {call})') for call in calls]
        for cell in checks:
            cell.metadata["nbgrader"] = {"grade_id": check_id(exercise.name)}
        cells += checks
    asked = judge.challenge(load(chapter), "beside")
    seconds = {check_id(exercise.name): 5.0 for exercise in exercises}
    limits = Limits(notebook_seconds=1200)
    ran = iter(run(new_notebook(cells=cells), asked, seconds, (folder,), limits).cells[1:])
    earned, answered = {}, 0
    for exercise in exercises:
        for call in calls:
            answers = judge.answers_in(new_notebook(cells=[next(ran)]), exercise)
            answered += bool(answers.cases)
            points = judge.judge(exercise, "beside", answers).points
            earned |= {f"{exercise.name} by {call}": points} if points else {}
    assert not earned
    assert answered >= len(exercises) * len(calls) / 2, "they are there, and are asked"


# The four that once had an answer beside them: without the student's part, the model has nothing to say


@pytest.mark.parametrize(
    ("exercise", "through"),
    [
        (
            "adjoint-next_spike",
            """
from solutions.models.adjoint.event_driven import EventDrivenNetwork

def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    network = EventDrivenNetwork(1, 1, 1, weights=[[I, 0], [0, 0]], threshold=threshold)
    return network.run([0.0], [0], duration=1000.0).spikes[0][0]
""",
        ),
        (
            "delays-delayed",
            """
import torch
from solutions.models.delays.layer import DelayLayer

def delayed(spikes, delays):
    layer = DelayLayer(len(delays), max_delay=100, rounded=False, initial=delays, dtype=torch.float64,
                       delayed=None, delay_slope=None, round_straight_through=None)
    return layer(torch.as_tensor(spikes)).detach()
""",
        ),
        (
            "delays-coincidences",
            """
import numpy as np
from solutions.models.delays.delay_lines import landscape

def coincidences(spikes, tau, every_pair=False):
    return float(landscape(np.transpose(spikes), tau, 0, coincidences=None).sum())
""",
        ),
        (
            "delays-ear_probabilities",
            """
from solutions.models.delays.two_ears import TwoEars

def ear_probabilities(angle, phase, hertz, steps):
    return TwoEars(1, [angle], hertz, steps, ear_probabilities=None, coincidences=None, delayed=None, delay_slope=None)
""",
        ),
    ],
)
def test_a_thin_wrapper_around_the_model_earns_nothing(exercise, through, undisturbed):
    chapter, _, name = exercise.partition("-")
    names: dict[str, Any] = {}
    exec(through, names)
    known = record(load(chapter).exercise(name), "beside", misreadings=False)
    assert verdict(known, answers_of(names[name], known)).points == 0
