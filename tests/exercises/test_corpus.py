"""The corpora: what is right earns every point, in the sandbox too, and what is wrong does not.

What attacks is in ``tests/grading/test_hostile.py``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from corpus import right, wrong
from corpus.asked import CHAPTER, asked
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.habits import HABITS
from autograder.grading import judge
from autograder.room.walls import Limits

pytestmark = pytest.mark.slow

SEEDS = ("one student", "another")
FULL = {exercise.name: exercise.points for exercise in CHAPTER.exercises}

# What the wrong ones earn, and what they are told. What is not listed earns nothing and is not known by name.
EARNS = {
    "input_data": {
        "zeros": (1, "zeros"),
        "counts": (1, "counts"),
        "one": (0, "single_number"),
        "one float": (0, "single_number"),
        "one in a list": (1, ""),
        "a thousand": (0, "single_number"),
        "999": (1, ""),
        "transposed": (1, ""),
        "almost one": (1, ""),
        "noise": (1, ""),
        "one zero among them": (1, ""),
        "a step": (1, ""),
        "tens": (1, ""),
        "minus": (1, ""),
        "not a number": (1, ""),
    },
    "leaky_integrator": {
        "double tau": (0, "double_tau"),
        "no leak": (0, "no_leak"),
        "no leak, no tau": (0, "sum_of_inputs"),
        "leak feeds": (0, "leak_feeds"),
        "wrong sign": (0, "wrong_sign"),
        "minus the change": (0, "wrong_sign"),
        "forgets itself": (0, "forgets_itself"),
        "tau multiplies": (0, "tau_multiplies"),
        "tau as decay": (0, "tau_as_decay"),
        "decays, input whole": (0, "input_unscaled"),
        "input unscaled": (0, "input_unscaled"),
        "missing brackets": (0, "input_unscaled"),
        "exact step": (0, "exact_step"),
        "backward": (0, "backward_euler"),
        "tau plus one": (0, "backward_euler"),  # the same formula
        "next current": (3, ""),
        "current of the step before": (0, "one_step_late"),
        "starts with zero": (0, "starts_with_zero"),
        "only the last": (0, "only_last"),
        "one step late": (0, "one_step_late"),
        "starts with zero, cut": (0, "one_step_late"),
        "starts at the input": (0, "starts_at_input"),
        "first step free": (0, "starts_at_input"),
        "squeezed too much": (6, ""),
        "transposed": (6, ""),
        "across channels": (6, "across_channels"),
        "channels added": (6, "channels_added"),
        "channels averaged": (6, ""),
        "first channel only": (6, ""),
        "one row only": (6, ""),
        "for two channels": (6, ""),
        "arrays only": (7, ""),
        "the same array": (0, "same_array"),
        "whole numbers": (7, "whole_numbers_stored"),
        "clamped at zero": (3, ""),
        "clamped at one": (4, ""),
        "absolute": (3, ""),
        "fires at one": (4, ""),
        "not for tau of one": (7, ""),
        "not for one step": (5, ""),
        "not below zero": (3, ""),
        "cumulative sum": (0, "no_leak"),
        "for a constant current": (3, ""),
        "each current by itself": (3, ""),
        "remembers by length": (3, ""),
        "changes its input": (6, "whole_numbers_stored"),
        "for a hundred steps": (5, ""),
        "a tau below one is taken for one": (7, ""),
        "changes its input, if it is an array of floats": (7, ""),
        "changes what it returned before": (7, ""),
    },
    "exact_leaky_integrator": {
        "euler": (0, "euler"),
        "euler without dt": (0, "euler_of_one"),
        "growing": (0, "growing"),
        "dt ignored": (2, "step_ignored"),
        "tau ignored": (0, "tau_ignored"),
        "upside down": (0, "upside_down"),
        "parts swapped": (0, "swapped_parts"),
        "input whole": (0, "input_unscaled"),
        "input by dt over tau": (0, "half_exact"),
        "scaled twice": (0, "scaled_twice"),
        "one step late": (0, "one_step_late"),
        "whole dt": (2, ""),
        "longer steps refused": (3, ""),
        "starts at the input": (0, "starts_at_input"),
        "starts with zero": (0, "starts_with_zero"),
        "only the last": (0, "only_last"),
        "tau and dt the other way round": (0, "upside_down"),
        "whole numbers": (3, "whole_numbers_stored"),
        "one channel": (5, ""),
        "channels added": (5, "channels_added"),
        "across channels": (5, "across_channels"),
        "the same array": (0, "same_array"),
        "nothing for steps of zero": (3, ""),
    },
}
LUCKY = {"third order": 3, "euler when it is stable": 3}
"""Wrong ones that are within the tolerance for short steps, and the most they may earn in any draw."""
NOT_SEEN = {
    "recursion, too deep for a thousand steps": "the longest case is shorter than Task 0's own input",
}
"""Wrong ones that earn everything, and why."""


@pytest.mark.parametrize("exercise", FULL)
def test_what_is_right_earns_every_point(exercise):
    for name, source in right.ALL[exercise].items():
        for seed in SEEDS:
            found = asked(exercise, source, seed)
            missed = [one.instead for one in found.criteria if not one.met]
            assert (found.status, found.points) == ("passed", FULL[exercise]), (name, seed, found.message, missed)


@pytest.mark.parametrize("exercise", FULL)
def test_what_is_wrong_earns_what_it_should_and_is_called_by_its_name(exercise):
    wanted = dict.fromkeys(wrong.ALL[exercise], (0, "")) | EARNS[exercise]
    assert set(wanted) == set(wrong.ALL[exercise]), "a name in the table that is not in the corpus"
    for name in set(wanted) - set(NOT_SEEN) - set(LUCKY):
        for seed in SEEDS:
            found = asked(exercise, wrong.ALL[exercise][name], seed)
            assert (found.points, found.misconception) == wanted[name], (name, seed, found.message)
            assert found.status in ("wrong", "partly", "raised", "not attempted", *HABITS), (name, seed)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.xfail(strict=True, reason=NOT_SEEN[n])) for n in NOT_SEEN]
)
def test_what_is_wrong_and_not_seen_yet(name):
    assert asked("leaky_integrator", wrong.LEAKY_INTEGRATOR[name]).points < FULL["leaky_integrator"]


@pytest.mark.parametrize("name", LUCKY)
def test_what_is_right_for_some_inputs_is_not_lucky_with_all(name):
    for seed in map(str, range(20)):
        assert asked("exact_leaky_integrator", wrong.EXACT_LEAKY_INTEGRATOR[name], seed).points <= LUCKY[name]


def test_what_is_partly_right_earns_the_same_whatever_the_seed():
    for seed in map(str, range(6)):
        for exercise in ("leaky_integrator", "exact_leaky_integrator"):
            for name, (points, _) in EARNS[exercise].items():
                if points:
                    found = asked(exercise, wrong.ALL[exercise][name], seed)
                    assert found.points == points, (name, seed)


# --- in the sandbox

RIGHT = {
    "input_data": "input_data = [1] * 1000",
    "leaky_integrator": right.LEAKY_INTEGRATOR["loop over a list"],
    "exact_leaky_integrator": right.EXACT_LEAKY_INTEGRATOR["loop over a list"],
}


def handed_in(cells: dict[str, str], more: tuple[str, ...] = ()):
    """A notebook that holds only what is graded, with the given cells over the right ones, and ``more`` before them."""
    notebook = new_notebook(cells=[new_code_cell("import numpy as np"), *map(new_code_cell, more)])
    for name, source in (RIGHT | cells).items():
        check_cell = new_code_cell(f'check("{name}", {name})')
        for cell, grade_id in ((new_code_cell(source.strip()), name), (check_cell, f"check_{name}")):
            cell.metadata["nbgrader"] = {"grade_id": grade_id}
            notebook.cells.append(cell)
    return notebook


def graded(cells: dict[str, str], more: tuple[str, ...] = ()):
    """The verdicts by exercise."""
    seconds = dict.fromkeys([name for one in FULL for name in (one, f"check_{one}")], 60.0)
    limits = Limits(cell_seconds=60, notebook_seconds=300)
    outcome = run(handed_in(cells, more), judge.challenge(CHAPTER, "seed"), seconds, limits=limits)
    return {one.name: judge.judge(one, "seed", judge.answers_in(outcome, one)) for one in CHAPTER.exercises}


def side_by_side(work: dict) -> dict:
    """Each piece of work done, as many at a time as there are processors; what went wrong stands in its place."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begun = {name: pool.submit(one) for name, one in work.items()}
        return {name: one.exception() or one.result() for name, one in begun.items()}


STYLES = (
    "torch that learns",
    "a torch module",
    "numpy's own numbers in a list",
    "prints a lot",
    "warns",
    "in place",
    "no numpy, channel by channel",
    "something like a series",
)
ONLY_IN_A_NOTEBOOK = {
    "awaits": "import asyncio\nawait asyncio.sleep(0.01)\n" + RIGHT["leaky_integrator"],
    "runs a loop of its own": """
import asyncio
async def step(v, i, tau):
    return v + (i - v) / tau
async def run(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = await step(v, i, tau)
        out.append(v)
    return out
def leaky_integrator(input_data, tau):
    return asyncio.run(run(input_data, tau))
""",
    "timed by a magic": "%%time\n" + RIGHT["leaky_integrator"].strip(),
    "drawn by a magic": "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n"
    + RIGHT["leaky_integrator"],
    "with threads": RIGHT["leaky_integrator"].replace("def leaky_integrator", "def one")
    + """
from concurrent.futures import ThreadPoolExecutor
def leaky_integrator(input_data, tau):
    with ThreadPoolExecutor(2) as pool:
        return pool.submit(one, input_data, tau).result()
""",
}


@pytest.fixture(scope="module")
def written():
    sources = {name: right.LEAKY_INTEGRATOR[name] for name in STYLES} | ONLY_IN_A_NOTEBOOK
    work = {name: partial(graded, {"leaky_integrator": source}) for name, source in sources.items()}
    work["helpers in other cells"] = partial(
        graded,
        {"leaky_integrator": "def leaky_integrator(x, tau):\n    return integrate(x, 1 / tau)"},
        (
            "def step(v, i, h):\n    return v + h * (i - v)",
            "def integrate(x, h):\n    v = 0\n    return [v := step(v, i, h) for i in x]",
        ),
    )
    work["written by a cell magic"] = partial(
        graded,
        {"leaky_integrator": "from mine import leaky_integrator"},
        ("%%writefile mine.py\n" + RIGHT["leaky_integrator"].strip(),),
    )
    return side_by_side(work)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", (*STYLES, *ONLY_IN_A_NOTEBOOK, "helpers in other cells", "written by a cell magic"))
def test_what_is_right_earns_every_point_in_the_sandbox_too(written, name):
    found = written[name]
    assert {one.exercise: one.points for one in found.values()} == FULL, [one.message for one in found.values()]
