"""How long ``check`` takes at home, beside what it may take at most, and beside Otter's check of the same exercise.

python benchmarks/check_at_home.py [--rounds ROUNDS] [--keep]

Of each chapter the table has the exercise that takes longest, for a right and for a wrong answer. Otter puts the same
questions of ONE to the same function and compares with the same numbers to the same tolerance; it knows nothing of
misconceptions. Before anything is measured, both have to accept the reference and to refuse a misreading of it.
"""

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from how_fast import TABLES, Cell
from side_by_side import Times, alternately, compared, main, not_there

from autograder import exercises
from autograder.beside import check
from autograder.probes import unwrapped
from autograder.reference import places
from autograder.reference.definition import misreading
from autograder.reference.record import PUBLIC_SEED, record, write_records

ALLOWED = 0.3
ONE = "leaky_integrator"
"""The exercise that both check."""


def ours(name: str, thing: Any) -> Callable[[], bool]:
    """Check an exercise, out of sight: whether it is passed."""

    def step() -> bool:
        with redirect_stdout(io.StringIO()), suppress(check.NotYet):
            check.check(name, thing)
            return True
        return False

    return step


def otter(exercise: exercises.Exercise, thing: Any, folder: Path) -> Callable[[], bool]:
    """The same by Otter, which keeps its tests, and writes a log, in a folder."""
    notebook = import_module("otter").Notebook
    cases = [
        {"code": _doctest(exercise.name, case["inputs"], case["expected"]), "hidden": False, "locked": False}
        for case in record(exercise, PUBLIC_SEED, misreadings=False)["cases"]
    ]
    test = {"name": exercise.name, "points": 1, "suites": [{"cases": cases, "scored": True, "type": "doctest"}]}
    (folder / f"{exercise.name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    grader = notebook(tests_dir=str(folder))
    return lambda: grader.check(exercise.name, global_env={exercise.name: thing}).grade == 1


def _doctest(name: str, inputs: dict[str, Any], expected: Any) -> str:
    given = {key: unwrapped(value) for key, value in inputs.items()}
    lines = [
        "import numpy as np",
        f"given = {given!r}",
        "given = {key: np.array(value) if isinstance(value, list) else value for key, value in given.items()}",
        f"bool(np.allclose({name}(**given), {expected!r}, rtol=1e-4, atol=1e-9))",
    ]
    return "\n".join(f">>> {line}" for line in lines) + "\nTrue"


def measure(rounds: int) -> Iterator[Cell]:
    right, wrong, other = TABLES["check_at_home"].columns
    for name in exercises.chapter_names():
        chapter = exercises.load(name)
        with records_of(chapter):
            for column, which in ((right, lambda one: one.reference), (wrong, last_misreading)):
                steps = {one.name: ours(one.name, which(one)) for one in chapter.exercises}
                times = alternately(steps, rounds, f"{name}, {column}")
                yield longest(times, {"row": places.title(name), "column": column})
        yield {"row": places.title(name), "column": other, "says": ""}
    yield from beside_otter(rounds)


@contextmanager
def records_of(chapter: exercises.Chapter) -> Iterator[Path]:
    """The folder of a student who works on a chapter: its recorded answers lie there, and no others."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        write_records(chapter, Path(folder))
        os.environ[check.RECORDED] = folder
        yield Path(folder)


def beside_otter(rounds: int) -> Iterator[Cell]:
    *_, mine, others = TABLES["check_at_home"].rows
    right, wrong, column = TABLES["check_at_home"].columns
    yield from ({"row": row, "column": empty, "says": ""} for row in (mine, others) for empty in (right, wrong))
    exercise = exercises.load(ONE).exercise(ONE)
    with records_of(exercises.load(ONE)) as folder:
        steps = {mine: ours(ONE, exercise.reference)}
        try:
            steps[others] = otter(exercise, exercise.reference, folder)
            refuses = ours(ONE, last_misreading(exercise)), otter(exercise, last_misreading(exercise), folder)
            assert all(step() for step in steps.values()), "the reference is refused"
            assert not any(step() for step in refuses), "a misreading is accepted"
        except ImportError as error:
            yield from not_there(others, [column], error)
        yield from compared(alternately(steps, rounds, ONE), mine, column)


def last_misreading(exercise: exercises.Exercise) -> Any:
    return misreading(exercise, exercise.misconceptions[-1])  # all others are compared before it


def longest(times: dict[str, Times], cell: Cell) -> Cell:
    """Of the exercise that takes longest, the share of what it may take."""
    shares = max(([taken / ALLOWED for taken in one.wall] for one in times.values()), key=median)
    return cell | {"value": median(shares), "low": min(shares), "high": max(shares)}


if __name__ == "__main__":
    main("check_at_home", measure, ("numpy", "torch", "brian2", "otter-grader"))
