"""The recipe of CONTRIBUTING.md, tried: `autograder new` begins a chapter that works, in a copy of the project."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.beside.words import by_grade_id
from autograder.exercises import chapter_names
from autograder.reference.places import PROJECT

pytestmark = pytest.mark.slow

NOT_NEEDED = shutil.ignore_patterns("__pycache__", "vendor", "static")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with one chapter more."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("autograder", "solutions", "book", "tests"):
        shutil.copytree(PROJECT / name, folder / name, ignore=NOT_NEEDED)
    for name in ("_toc.yml", "README.md", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    said = done(folder, "-m", "autograder", "new", "throwaway")
    assert len(re.findall(r"^new +\S", said, re.MULTILINE)) == 5 and "autograder prove throwaway" in said
    return folder


def python(project: Path, *words: object) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(project)}
    run = [sys.executable, *map(str, words)]
    return subprocess.run(run, cwd=project, env=environment, capture_output=True, text=True)


def done(project: Path, *words: object) -> str:
    """What a program says that ends well."""
    run = python(project, *words)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def course(project) -> Path:
    folder = project / "course"
    assert "released throwaway" in done(project, "-m", "autograder", "release", "throwaway", "--course", folder)
    return folder


def test_a_chapter_begins_with_a_line_in_the_book_and_an_empty_table(project):
    assert "  - file: book/throwaway\n  - file: book/models\n" in (project / "_toc.yml").read_text()
    kept = json.loads((project / "book" / "how_good.json").read_text())
    assert kept["throwaway"] == {"made": {}, "exercises": {}}
    done(project, "-m", "autograder.proving.table")
    page = (project / "book" / "how_good.md").read_text()
    empty = page[page.index("### Throwaway") : page.index("% the table ends")]
    assert "Not measured yet." in empty and empty.count("\n|") == 2


def test_the_table_fills_as_the_chapter_is_tried(project):
    keep = ("--json", project / "book" / "how_good.json")
    said = done(project, "-m", "autograder", "prove", "throwaway", "--seeds", 3, "--sample", 30, *keep)
    assert "firing_rate" in said
    row = json.loads((project / "book" / "how_good.json").read_text())["throwaway"]["exercises"]["firing_rate"]
    assert row["right"] == 5 and row["slips"] == 1 and row["misreadings"] == 1
    assert not (row["refused"] or row["survive"] or row["accepted"] or row["unnamed"] or row["wrongly"])
    done(project, "-m", "autograder.proving.table")
    assert "| `firing_rate` | 0 of 5 | 15 | 100 % of " in (project / "book" / "how_good.md").read_text()


def test_what_has_become_worse_fails_and_is_named(project):
    broken = project / "tests" / "corpus" / "throwaway" / "right" / "broken" / "firing_rate.py"
    broken.parent.mkdir()
    broken.write_text("def firing_rate(spike_times, duration):\n    return 0.0\n")
    kept = project / "book" / "how_good.json"
    asked = python(project, "-m", "autograder", "prove", "throwaway", "--seeds", 1, "--sample", 30, "--against", kept)
    assert asked.returncode == 1
    assert "1 worse than in" in asked.stderr and "a right answer is refused: broken" in asked.stderr
    broken.unlink()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Throw away", "'Throw away' is no name of a chapter"),
        ("class", "'class' is no name of a chapter"),
        ("leaky_integrator", "solutions/leaky_integrator.py is there already"),
    ],
)
def test_a_chapter_that_cannot_be_begun_says_why_and_writes_nothing(project, name, says):
    before = (project / "_toc.yml").read_text()
    asked = python(project, "-m", "autograder", "new", name)
    assert asked.returncode != 0 and says in asked.stderr and len(asked.stderr.splitlines()) == 1
    assert (project / "_toc.yml").read_text() == before


def test_what_is_tried_is_the_copy(project):
    where = "import autograder, solutions; print(autograder.__file__, solutions.__file__)"
    assert all(Path(path).is_relative_to(project) for path in done(project, "-c", where).split())


def test_it_is_released_with_its_answers_and_without_its_solution(course):
    with zipfile.ZipFile(course / "students" / "throwaway.zip") as archive:
        there = set(archive.namelist())
        text = "".join(archive.read(name).decode(errors="replace") for name in there)
    beside = {"throwaway.ipynb", "throwaway.recorded.json", "README.txt", "autograder/check.py"}
    assert {f"throwaway/{name}" for name in beside} <= there
    assert "Learning to Spike: Throwaway" in text
    assert "len(spike_times)" not in text and "One point each" not in text


@pytest.mark.sandbox
def test_a_right_and_a_wrong_submission_are_graded_as_they_should_be(project, course):
    release = nbformat.read(course / "release" / "throwaway" / "throwaway.ipynb", as_version=4)
    for student, answer in {"right": "len(spike_times) / duration", "wrong": "duration / len(spike_times)"}.items():
        cells = by_grade_id(release.cells)
        cells["firing_rate"].source = f"def firing_rate(spike_times, duration):\n    return {answer}"
        path = course / "submitted" / student / "throwaway" / "throwaway.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(release, path)
    done(project, "-m", "autograder", "grade", "throwaway", "--course", course)
    done(project, "-m", "autograder", "report", "throwaway", "--course", course)
    with (course / "reports" / "throwaway.csv").open() as table:
        rows = {(row["student"], row["exercise"]): row for row in csv.DictReader(table)}
    found = {student: rows[student, "firing_rate"] for student in ("right", "wrong")}
    assert [found["right"][key] for key in ("status", "points", "misconception")] == ["passed", "3", ""]
    assert [found["wrong"][key] for key in ("status", "points", "misconception")] == ["wrong", "0", "interval"]
    assert rows["right", "essay_rate_or_time"]["max_points"] == "2"


def test_its_page_unfolds(project):
    look = """
from pathlib import Path
from autograder.authoring.page import read_page
for cell in read_page(Path("book/throwaway.md").read_text()).cells:
    print(*cell.metadata.get("tags", []), "|", cell.source)
"""
    said = done(project, "-c", look)
    assert "exercise skip-execution | def firing_rate(spike_times, duration):" in said
    assert "raise NotImplementedError()" in said and "len(spike_times)" not in said
    assert "remove-cell | from solutions.throwaway import firing_rate" in said
    assert "*An answer in words, 2 points, marked by hand.*" in said


def test_the_tests_that_hold_every_chapter_hold_this_one(project):
    own = ("exercises/test_exercises.py", "exercises/test_replays.py", "reference/test_record.py")
    chosen = ["-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", "-k", "throwaway or firing_rate"]
    said = done(project, *chosen, *(f"tests/{name}" for name in own))
    assert " passed" in said and "failed" not in said


def test_the_plan_tells_that_it_is_missing_and_is_made_anew(project):
    asked = ["-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", "tests/test_plan.py"]
    before = python(project, *asked)
    assert before.returncode == 1
    assert "[Throwaway]" in before.stdout and "make plan" in before.stdout
    done(project, "-m", "autograder.authoring.plan")
    for folder, page in (("", "book/introduction.md"), ("book/", "README.md")):
        row = f"| {len(chapter_names()) + 1} | [Throwaway]({folder}throwaway.md) | How often does it speak? |"
        assert row in (project / page).read_text()
    done(project, *asked)
