"""A function written with lists, in the page, is handed lists in a notebook too."""

import numpy as np

from autograder.beside.check import answers_to
from autograder.beside.lists import with_lists
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import load
from autograder.reference.record import PUBLIC_SEED, record

EXERCISE = load("leaky_integrator").exercise("leaky_integrator")
RECORD = record(EXERCISE, PUBLIC_SEED)


def leaky_integrator(input_data, tau):
    """Right with lists, and wrong with arrays: there ``level`` is one array, changed at each step."""
    if isinstance(input_data[0], list):
        channels = [leaky_integrator(list(channel), tau) for channel in zip(*input_data, strict=True)]
        return [list(row) for row in zip(*channels, strict=True)]
    level, levels = 0, []
    for current in input_data:
        level += (current - level) / tau
        levels.append(level)
    return levels


def changes_its_input(input_data, tau):
    """Right, and of no use to whoever wants the current afterwards."""
    levels = leaky_integrator(input_data, tau)
    input_data[:] = levels
    return levels


def points(function) -> float:
    return verdict(RECORD, Answers(dict(answers_to(RECORD, function)))).points


def test_it_earns_what_it_earns_where_there_is_no_numpy():
    assert points(leaky_integrator) < EXERCISE.points
    assert points(with_lists(leaky_integrator)) == EXERCISE.points
    assert points(leaky_integrator) < EXERCISE.points, "each function is asked in its own way"


def test_what_it_does_to_its_inputs_is_seen_as_in_the_page():
    assert points(with_lists(changes_its_input)) == EXERCISE.points - 1


def test_whoever_calls_it_with_an_array_may():
    columns = np.ones((3, 2))
    assert with_lists(leaky_integrator)(columns, tau=np.float64(2)) == leaky_integrator(columns.tolist(), 2)
    assert with_lists(leaky_integrator).__name__ == "leaky_integrator"


def test_what_is_no_function_stays_what_it_is():
    assert with_lists([1]) == [1]
