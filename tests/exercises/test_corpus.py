"""The corpora: what is right earns every point, in the sandbox too, and what is wrong does not.

Each submission is a file of ``tests/corpus/CHAPTER``; ``autograder.proving.corpus`` says how it is read, and
``autograder prove`` tries many more. What attacks is in ``tests/grading/test_hostile.py``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.habits import HABITS
from autograder.exercises import chapter_names, load
from autograder.grading import judge
from autograder.proving.corpus import CORPUS, written
from autograder.proving.trying import defined, verdict_on
from autograder.room.limits import Limits

pytestmark = pytest.mark.slow

CHAPTERS = {name: load(name) for name in chapter_names()}
SEEDS = ("one student", "another")
ALL = [(chapter, one) for chapter in CHAPTERS.values() for one in written(chapter)]


def of(kind):
    """The submissions of a kind, those for one exercise together."""
    found: dict[str, list] = {}
    for chapter, one in ALL:
        if kind == ("right" if one.right else "wrong"):
            found.setdefault(f"{chapter.name}-{one.exercise}", []).append((chapter, one))
    return [pytest.param(those, id=name) for name, those in found.items()]


def asked(chapter, one, seed):
    exercise = chapter.exercise(one.exercise)
    return verdict_on(exercise, partial(defined, chapter.name, one.exercise, one.text), seed)


def said(found):
    """All that a verdict tells a student to be wrong, a line each."""
    missed = [f"{one.says}: {one.instead}" for one in found.criteria if not one.met]
    return "\n".join([found.message, found.misconception_says, *missed])


@pytest.mark.parametrize("those", of("right"))
def test_what_is_right_earns_every_point(those):
    for chapter, one in those:
        for seed in SEEDS:
            found = asked(chapter, one, seed)
            missed = [criterion.instead for criterion in found.criteria if not criterion.met]
            full = chapter.exercise(one.exercise).points
            assert (found.status, found.points) == ("passed", full), (one.name, seed, found.message, missed)


@pytest.mark.parametrize("those", of("wrong"))
def test_what_is_wrong_earns_what_it_should_and_is_called_by_its_name(those):
    for chapter, one in those:
        if "accepted" in one.head:
            continue
        for seed in SEEDS[:1]:  # `prove` takes more
            found = asked(chapter, one, seed)
            assert found.points < found.max_points, (one.name, seed)
            assert found.status in ("wrong", "partly", "raised", "not attempted", *HABITS), (one.name, seed)
            if "earns" in one.head:
                assert found.points == float(one.head["earns"]), (one.name, seed, found.message)
            if one.named is not None:  # where the evidence is thin, no name is given
                names = {one.named} if "earns" in one.head else {one.named, ""}
                assert found.misconception in names, (one.name, seed, found.message)
            if "never said" in one.head:
                assert one.head["never said"] not in said(found), (one.name, seed, said(found))
            assert one.head.get("said", "") in said(found), (one.name, seed, said(found))


ACCEPTED = [pytest.param(chapter, one, id=one.name) for chapter, one in ALL if "accepted" in one.head]


@pytest.mark.parametrize(("chapter", "one"), ACCEPTED)
def test_what_is_wrong_and_earns_everything_says_why(chapter, one):
    assert one.head["accepted"]
    for seed in SEEDS:
        found = asked(chapter, one, seed)
        assert found.points == found.max_points, f"{one.path}: it is seen now: its line '# accepted' can go"


LUCKY = [pytest.param(chapter, one, id=one.name) for chapter, one in ALL if "at most" in one.head]


@pytest.mark.parametrize(("chapter", "one"), LUCKY)
def test_what_is_right_for_some_inputs_is_not_lucky_with_all(chapter, one):
    for seed in map(str, range(20)):
        assert asked(chapter, one, seed).points <= float(one.head["at most"])


def test_what_is_partly_right_earns_the_same_whatever_the_seed():
    for chapter, one in ALL:
        if chapter.name == "leaky_integrator" and float(one.head.get("earns", 0)):
            for seed in map(str, range(3)):
                assert asked(chapter, one, seed).points == float(one.head["earns"]), (one.name, seed)


# --- in the sandbox

CHAPTER = CHAPTERS["leaky_integrator"]
FULL = {exercise.name: exercise.points for exercise in CHAPTER.exercises}


def right(style, exercise="leaky_integrator"):
    """A text of the right corpus."""
    return (CORPUS / CHAPTER.name / "right" / style / f"{exercise}.py").read_text()


RIGHT = {
    "input_data": "input_data = [1] * 1000",
    "leaky_integrator": right("loop_over_a_list"),
    "exact_leaky_integrator": right("loop_over_a_list", "exact_leaky_integrator"),
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
    "torch_that_learns",
    "a_torch_module",
    "numpy_s_own_numbers_in_a_list",
    "prints_a_lot",
    "warns",
    "in_place",
    "no_numpy_channel_by_channel",
    "something_like_a_series",
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
def in_the_room():
    sources = {name: right(name) for name in STYLES} | ONLY_IN_A_NOTEBOOK
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
def test_what_is_right_earns_every_point_in_the_sandbox_too(in_the_room, name):
    found = in_the_room[name]
    assert {one.exercise: one.points for one in found.values()} == FULL, [one.message for one in found.values()]
