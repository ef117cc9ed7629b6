"""Ordinary submissions graded here, by plain nbgrader and by Otter, and how the time of one grows with the class.

python benchmarks/class_graded.py [--rounds ROUNDS] [--keep]

Each grader is a process that is started for the class. Nbgrader runs every notebook in a kernel, without walls and one
after the other. Otter does so too (``otter run``, which needs no containers), and asks what the check asks of the
functions of the chapter. Before anything is measured, all three have to be of one mind: who has all points of an
exercise here has them there, and who has none has none. Plain nbgrader knows no part of an exercise, so those that earn
one here are left out.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, closing
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from check_at_home import otter
from how_fast import TABLES, Cell
from nbgrader.api import Gradebook
from side_by_side import OwnClock, alternately, compared, main, not_there, ratio, taken

from autograder import exercises
from autograder.authoring import release, sample_class
from autograder.room.walls import AS_ROOT

CHAPTER = sample_class.CHAPTER
ORDINARY = ("perfect", "one_step_late", "untouched", "half_done", "double_tau", "no_leak", "raises", "wrong_shape")
PLAIN = 'c.CourseDirectory.course_id = "plain"\nc.ExecutePreprocessor.kernel_name = "python3"\n'
BY_OTTER = """
import glob, os, sys
from otter.run import main

for path in sorted(glob.glob("submitted/*/*/*.ipynb")):
    os.makedirs(into := os.path.join("otter", path.split(os.sep)[1]))
    main(path, autograder=sys.argv[1], output_dir=into, no_logo=True)
"""
SIZES = (25, 100, 400)
"""Classes of ours whose times are compared."""

Scores = dict[str, dict[str, bool | None]]
"""For each student and exercise whether all points are earned, or none; None for a part of them."""


def a_class(released: Path, course: Path, size: int) -> Path:
    """A copy of the ``released`` course in which so many have handed in."""
    shutil.copytree(released, course)
    by_name = {student.name: student for student in sample_class.CLASS}
    sample_class.hand_in(course, tuple(by_name[name] for name in ORDINARY))
    first = [course / "submitted" / name for name in ORDINARY]
    for number in range(size):
        one = first[number % len(first)]
        shutil.copytree(one, course / "submitted" / f"{one.name}_{number}")
    for folder in first:
        shutil.rmtree(folder)
    return course


def ours(course: Path, *words: str) -> None:
    started(course, "-m", "autograder", "grade", CHAPTER, "--course", str(course), "--as-root", *words)


def plainly(course: Path) -> None:
    (course / "nbgrader_config.py").write_text(PLAIN)
    started(course, "-m", "nbgrader", "autograde", CHAPTER)


def by_otter(course: Path, tests: Path) -> None:
    started(course, "-c", BY_OTTER, str(tests))


def started(folder: Path, *words: str) -> None:
    """A process of this Python that has to end well."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", AS_ROOT: "1"}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def tests_for_otter(course: Path, place: Path) -> Path:
    """The zip that Otter grades by: a test for each function of the chapter, and what students have beside them."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # where it writes its log
        functions = [one for one in exercises.load(CHAPTER).exercises if callable(one.reference)]
        for exercise in functions:
            otter(exercise, exercise.reference, Path(folder))
        with ZipFile(place, "w") as packed:
            for exercise in functions:
                packed.write(Path(folder, f"{exercise.name}.py"), f"tests/{exercise.name}.py")
            beside = course / "release" / CHAPTER
            for path in (one for one in beside.rglob("*") if one.is_file() and one.suffix != ".ipynb"):
                packed.write(path, Path("files", path.relative_to(beside)))
    return place


def in_gradebook(course: Path) -> Scores:
    """What ours and plain nbgrader have found."""
    with closing(Gradebook(f"sqlite:///{course / 'gradebook.db'}")) as gradebook:
        return {
            one.student.id: {
                grade.name.removeprefix("check_"): {grade.cell.max_score: True, 0: False}.get(grade.auto_score)
                for grade in one.notebooks[0].grades
                if grade.cell.max_score and grade.name.startswith("check_")
            }
            for one in gradebook.assignment_submissions(CHAPTER)
        }


def by_otter_found(course: Path) -> Scores:
    """What Otter has written down."""
    found: Scores = {}
    for path in (course / "otter").glob("*/results.json"):
        tests = [one for one in json.loads(path.read_text())["tests"] if "max_score" in one]
        found[path.parent.name] = {one["name"].split(" ")[0]: one["score"] == one["max_score"] for one in tests}
    return found


def require_same(mine: Scores, theirs: Scores) -> int:
    """How many exercises both have judged, all of them alike."""
    pairs = [
        (student, exercise, mine[student][exercise], said)
        for student, one in theirs.items()
        for exercise, said in one.items()
        if mine[student].get(exercise) is not None
    ]
    assert not [pair for pair in pairs if pair[2] != pair[3]], [pair for pair in pairs if pair[2] != pair[3]]
    return len(pairs)


def measure(rounds: int) -> Iterator[Cell]:
    mine, alone, plain, others = TABLES["class_graded"].rows
    column, *growth = TABLES["class_graded"].columns
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        release.release([CHAPTER], folder / "released")
        graders: dict[str, Callable[[Path], None]] = {mine: ours, plain: plainly}
        graders[alone] = lambda course: ours(course, "--workers", "1")
        try:
            graders[others] = partial(by_otter, tests=tests_for_otter(folder / "released", folder / "tests.zip"))
        except ImportError as error:
            yield from not_there(others, [column], error)
        found = {}
        for name, grade in graders.items():
            grade(course := a_class(folder / "released", folder / "asked" / name.replace(" ", "_"), len(ORDINARY)))
            found[name] = by_otter_found(course) if name == others else in_gradebook(course)
        assert all(require_same(found[mine], theirs) >= len(ORDINARY) for theirs in found.values())
        steps = {name: partial(on_a_copy, grade, folder) for name, grade in graders.items()}
        yield from compared(alternately(steps, rounds, f"{len(ORDINARY)} submissions"), plain, column)
        yield from ({"row": row, "column": size, "says": ""} for row in (alone, plain, others) for size in growth)
        times = [on_a_copy(ours, folder, size).seconds / size for size in SIZES]  # once: it takes minutes
        for size, one in zip(growth, times, strict=True):
            yield {"row": mine, "column": size} | ratio([one], times[:1])


def on_a_copy(grade: Callable[[Path], None], folder: Path, size: int = len(ORDINARY)) -> OwnClock:
    """Grade a class that nobody has graded: the seconds of that alone."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        course = a_class(folder / "released", Path(place, "course"), size)
        seconds, _ = taken(lambda: grade(course))
        return OwnClock(seconds, None)


if __name__ == "__main__":
    main("class_graded", measure, ("nbgrader", "otter-grader"), rounds=5)
