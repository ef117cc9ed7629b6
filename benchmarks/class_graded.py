"""Classes of ordinary submissions graded here and with plain nbgrader: side by side, on the same processors.

    python benchmarks/class_graded.py [STUDENTS[,STUDENTS...] [PLAIN]]

Classes of each size are graded here, each in a process of its own; PLAIN of the students are graded by plain nbgrader
too, 8 if it is not said. It runs every notebook in a kernel, without walls and one after the other; a check that
raises there costs all points of its exercise. So exercises that earn a part of their points here are left out of the
comparison of scores. What counts is the ratio of the times for one student.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Gradebook

from autograder.authoring import release, sample_class
from autograder.grading.whole_class import grade
from autograder.room.walls import AS_ROOT

CHAPTER = sample_class.CHAPTER
ORDINARY = ("perfect", "one_step_late", "untouched", "half_done", "double_tau", "no_leak", "raises", "wrong_shape")
PLAIN = 'c.CourseDirectory.course_id = "plain"\nc.ExecutePreprocessor.kernel_name = "python3"\n'


def a_class(released: Path, course: Path, size: int) -> Path:
    """A copy of the ``released`` course in which so many have handed in."""
    shutil.copytree(released, course)
    by_name = {student.name: student for student in sample_class.CLASS}
    sample_class.hand_in(course, tuple(by_name[name] for name in ORDINARY))
    first = [course / "submitted" / name for name in ORDINARY]
    for number in range(size):
        shutil.copytree(
            first[number % len(first)], course / "submitted" / f"{first[number % len(first)].name}_{number}"
        )
    for folder in first:
        shutil.rmtree(folder)
    return course


def scores(course: Path) -> dict[str, dict[str, float | None]]:
    with closing(Gradebook(f"sqlite:///{course / 'gradebook.db'}")) as gradebook:
        return {
            one.student.id: {grade.name: grade.auto_score for grade in one.notebooks[0].grades if grade.cell.max_score}
            for one in gradebook.assignment_submissions(CHAPTER)
        }


def used() -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime


class Here(NamedTuple):
    """Of one class: how many are graded, seconds a student, of which the grading process computes, and its memory."""

    graded: int
    seconds: float
    computed: float
    megabytes: int


def graded_here(course: Path, students: int) -> Here:
    begun, computed = time.perf_counter(), used()
    outcome = grade(CHAPTER, course)
    seconds, computed = time.perf_counter() - begun, used() - computed
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return Here(len(outcome.now), seconds / students, computed / students, memory)


def main() -> None:
    sizes = [int(size) for size in (sys.argv[1] if len(sys.argv) > 1 else "16").split(",")]
    plainly = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    os.environ[AS_ROOT] = "1"
    with tempfile.TemporaryDirectory() as temporary:
        released = Path(temporary, "released")
        release.release([CHAPTER], released)
        here = {}
        for size in sizes:
            course = a_class(released, Path(temporary, f"ours{size}"), size)
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                here[size] = one = alone.submit(graded_here, course, size).result()
            print(
                f"here, {size:4} students  {one.seconds:.3f} s a student, of which the grading process computes",
                end=" ",
            )
            print(f"{one.computed:.3f} s; {one.megabytes} MB in it; {one.graded} graded", flush=True)
        plain = a_class(released, Path(temporary, "plain"), plainly)
        (plain / "nbgrader_config.py").write_text(PLAIN)
        begun = time.perf_counter()
        command = [str(Path(sys.executable).with_name("nbgrader")), "autograde", CHAPTER]
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(command, cwd=plain, env=environment, capture_output=True, check=True)
        there = (time.perf_counter() - begun) / plainly
        mine, theirs = scores(course), scores(plain)
    print(f"plain nbgrader       {there:.3f} s a student")
    print(f"ratio                {', '.join(f'{there / one.seconds:.1f} ({size})' for size, one in here.items())}")
    points = {name: max(one[name] or 0 for one in mine.values()) for name in next(iter(mine.values()))}
    pairs = [(mine[who][name], theirs[who][name], points[name]) for who in theirs if who in mine for name in points]
    same = [one == other for one, other, most in pairs if one in (0, most)]
    print(f"same scores          {sum(same)} of {len(same)} that have all points of an exercise or none")


if __name__ == "__main__":
    main()
