"""Nothing that ships earns a point when it is called as the answer to an exercise."""

from typing import Any

import pytest
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.words import check_id
from autograder.exercises import chapter_names, load
from autograder.grading import judge
from autograder.grading.workers import result, side_by_side
from autograder.proving.shipped import earned_by, shipped
from autograder.room.limits import Limits

pytestmark = pytest.mark.slow

EXERCISES = [(name, one.name) for name in chapter_names() for one in load(name).exercises]


def earned_by_what_ships(chapter: str, exercise: str) -> dict[str, float]:
    return earned_by(shipped(), load(chapter).exercise(exercise))


def earned_by_wrapper(chapter: str, exercise: str, through: str) -> dict[str, float]:
    names: dict[str, Any] = {}
    exec(through, names)
    return earned_by({"the wrapper": names[exercise]}, load(chapter).exercise(exercise))


@pytest.fixture(scope="module")
def elsewhere():
    """A process apart: what is interrupted in the middle may keep a lock, and whoever wants it next would wait."""
    with side_by_side(1, renewed_after=10) as (call, _):
        yield lambda function, *arguments: result(call(300, function, *arguments))


@pytest.mark.parametrize(("chapter", "exercise"), EXERCISES)
def test_nothing_that_ships_earns_a_point_as_the_answer(elsewhere, chapter, exercise):
    assert elsewhere(earned_by_what_ships, chapter, exercise) == {}


def test_the_sweep_would_find_an_answer():
    exercise = load("leaky_integrator").exercise("leaky_integrator")
    assert earned_by({"the reference": exercise.reference}, exercise) == {"the reference": exercise.points}
    assert len(shipped()) > 100


EVERY = 4
"""In the room, which takes its time, each callable is asked of one in so many exercises: above, of all."""
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
    asked_of = {exercise: calls[number % EVERY :: EVERY] for number, exercise in enumerate(exercises)}
    cells = [new_code_cell(FETCH)]
    for exercise, some in asked_of.items():
        checks = [new_code_cell(f'check("{exercise.name}", {call})') for call in some]
        for cell in checks:
            cell.metadata["nbgrader"] = {"grade_id": check_id(exercise.name)}
        cells += checks
    asked = judge.challenge(load(chapter), "beside")
    seconds = {check_id(exercise.name): 5.0 for exercise in exercises}
    limits = Limits(notebook_seconds=1200)
    ran = iter(run(new_notebook(cells=cells), asked, seconds, (folder,), limits).cells[1:])
    earned, answered = {}, 0
    for exercise, some in asked_of.items():
        for call in some:
            answers = judge.answers_in(new_notebook(cells=[next(ran)]), exercise)
            answered += bool(answers.cases)
            points = judge.judge(exercise, "beside", answers).points
            earned |= {f"{exercise.name} by {call}": points} if points else {}
    assert not earned
    assert answered >= sum(map(len, asked_of.values())) / 2, "they are there, and are asked"


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
def test_a_thin_wrapper_around_the_model_earns_nothing(elsewhere, exercise, through):
    assert elsewhere(earned_by_wrapper, *exercise.split("-"), through) == {}
