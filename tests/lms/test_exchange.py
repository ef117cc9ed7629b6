"""nbgrader's own exchange, with its own commands: a folder that two students and their teacher share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from made_zips import CHAPTER

from autograder.authoring.sample_class import CLASS
from autograder.grading import report, whole_class

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
BIN = Path(sys.executable).parent
ANN, BOB = (next(one for one in CLASS if one.name == name) for name in ("perfect", "no_leak"))
COURSE, NOTEBOOK = "learning_to_spike", f"{CHAPTER}.ipynb"


class Exchange:
    """A folder of an exchange, a course that uses it, and a home for each student."""

    def __init__(self, root: Path, released: Path) -> None:
        self.root, self.folder = root, root / "exchange"
        self.folder.mkdir()
        self.folder.chmod(0o777)
        self.course = Path(shutil.copytree(released, root / "course"))

    def teacher(self, *words: str) -> None:
        self._nbgrader(self.course, os.environ, *words)

    def student(self, name: str, *words: str) -> None:
        home = self.home(name)
        home.mkdir(exist_ok=True)
        who = f"--CourseDirectory.student_id={name}"  # the system has one user; nbgrader would ask it for the name
        env = {**os.environ, "HOME": str(home), "JUPYTERHUB_USER": name}
        self._nbgrader(home, env, *words, f"--course={COURSE}", who)

    def home(self, name: str) -> Path:
        return self.root / name

    def _nbgrader(self, folder: Path, env, *words: str) -> None:
        command = [BIN / "nbgrader", *words, f"--Exchange.root={self.folder}"]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr


def together(do: Callable[[str], None]) -> None:
    with ThreadPoolExecutor() as both:
        list(both.map(do, ("ann", "bob")))


def test_two_students_fetch_submit_and_read_their_own_feedback(released_chapter, tmp_path):
    exchange = Exchange(tmp_path, released_chapter)
    works = {"ann": ANN, "bob": BOB}
    exchange.teacher("release_assignment", CHAPTER)

    def fetch_and_submit(name: str) -> None:
        exchange.student(name, "fetch_assignment", CHAPTER)
        place = exchange.home(name) / CHAPTER / NOTEBOOK
        notebook = nbformat.read(place, as_version=4)
        works[name].work_in(notebook)
        nbformat.write(notebook, place)
        exchange.student(name, "submit", CHAPTER)

    together(fetch_and_submit)
    exchange.teacher("collect", CHAPTER)
    graded = whole_class.grade(CHAPTER, exchange.course)
    assert graded.now == ["ann", "bob"] and not graded.ungraded and not graded.unused
    rows = {(row.student, row.exercise): row for row in report.rows(CHAPTER, exchange.course)}
    assert rows["ann", "leaky_integrator"].status == "passed"
    assert rows["bob", "leaky_integrator"].misconception == "no_leak"

    assert whole_class.give_feedback(exchange.course, CHAPTER, graded.now) == {}
    exchange.teacher("release_feedback", CHAPTER)
    together(lambda name: exchange.student(name, "fetch_feedback", CHAPTER))
    for name in works:
        (page,) = (exchange.home(name) / CHAPTER / "feedback").glob(f"*/{CHAPTER}.html")
        assert page.read_bytes() == (exchange.course / "feedback" / name / CHAPTER / f"{CHAPTER}.html").read_bytes()

    exchange.student("bob", "submit", CHAPTER)
    exchange.teacher("collect", CHAPTER, "--update")
    again = whole_class.grade(CHAPTER, exchange.course)
    assert (again.now, again.kept) == (["bob"], ["ann"]), "handed in anew, and by one alone"
