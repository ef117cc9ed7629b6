"""The recipe of CONTRIBUTING.md, tried: three files and a line in _toc.yml make a chapter, in a copy of the project."""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.beside.words import by_grade_id
from autograder.reference.places import PROJECT

pytestmark = pytest.mark.slow

FILES = {
    "solutions/throwaway.py": '''\
"""The firing rate: how many spikes a neuron sends in a second."""


def firing_rate(spike_times: list[float], duration: float) -> float:
    """Spikes per second.

    Parameters
    ----------
    spike_times : when the spikes came, in seconds.
    duration : how long the neuron was watched, in seconds.
    """
    ### BEGIN SOLUTION
    return len(spike_times) / duration
    ### END SOLUTION
''',
    "autograder/exercises/throwaway.py": '''\
"""The exercises of the chapter that is thrown away."""

from collections.abc import Iterator
from random import Random

import solutions.throwaway as throwaway
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals


def _cases(rng: Random) -> Iterator[Case]:
    yield Case("few", "no spike in 2 seconds", {"spike_times": [], "duration": 2.0})
    yield Case("few", "a single spike", {"spike_times": [0.5], "duration": decimals(rng, 2, 5)})
    for spikes in (3, rng.randint(4, 9)):
        times = sorted(decimals(rng, 0, 2) for _ in range(spikes))
        yield Case("counts", f"{spikes} spikes", {"spike_times": times, "duration": decimals(rng, 2, 5)})


FIRING_RATE = Exercise(
    name="firing_rate",
    module=throwaway,
    probe="call",
    criteria=(Criterion("counts", 2, "counts spikes per second"), Criterion("few", 1, "holds for a spike or none")),
    cases=_cases,
    misconceptions=(
        Misconception(
            "interval",
            "This is the mean time between two spikes. The rate is its inverse: spikes per second.",
            (("len(spike_times) / duration", "duration / len(spike_times)"),),
        ),
    ),
)

CHAPTER = Chapter(
    name="throwaway",
    exercises=(FIRING_RATE,),
    essays=(Essay("rate_or_time", 2, "One point each: what the mean keeps, and what it loses."),),
)
''',
    "book/throwaway.md": """\
---
question: How often does it speak?
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A rate, thrown away

How much does a neuron say?

```{code-cell} ipython3
import matplotlib.pyplot as plt

from autograder.check import check
```

**Your turn.** Write `firing_rate(spike_times, duration)`.

```{code-cell} ipython3
:tags: [exercise]
from solutions.throwaway import firing_rate
```

```{code-cell} ipython3
:tags: [check]
check("firing_rate", firing_rate)
```

```{code-cell} ipython3
:tags: [figure, hide-input]
plt.plot([firing_rate([0.1] * n, 2.0) for n in range(9)], "o")
plt.xlabel("spikes in 2 seconds")
plt.ylabel("firing rate (1/s)");
```

+++ {"essay": "rate_or_time"}

## Written question

What does a rate keep of the spikes, and what does it lose?
""",
}
NOT_NEEDED = shutil.ignore_patterns("__pycache__", "vendor", "static")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with one chapter more: three files and a line."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("autograder", "solutions", "book", "tests"):
        shutil.copytree(PROJECT / name, folder / name, ignore=NOT_NEEDED)
    for name in ("_toc.yml", "README.md", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    toc = folder / "_toc.yml"
    last = "  - file: book/diehl_cook\n"
    toc.write_text(toc.read_text().replace(last, f"{last}  - file: book/throwaway\n"))
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


def test_what_is_tried_is_the_copy(project):
    where = "import autograder, solutions; print(autograder.__file__, solutions.__file__)"
    assert all(Path(path).is_relative_to(project) for path in done(project, "-c", where).split())


def test_it_is_released_with_its_answers_and_without_its_solution(course):
    with zipfile.ZipFile(course / "students" / "throwaway.zip") as archive:
        there = set(archive.namelist())
        text = "".join(archive.read(name).decode(errors="replace") for name in there)
    beside = {"throwaway.ipynb", "throwaway.recorded.json", "README.txt", "autograder/check.py"}
    assert {f"throwaway/{name}" for name in beside} <= there
    assert "Learning to Spike: A rate, thrown away" in text
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
    assert "A rate, thrown away" in before.stdout and "make plan" in before.stdout
    done(project, "-m", "autograder.authoring.plan")
    row = "| 8 | [A rate, thrown away]({}throwaway.md) | How often does it speak? |"
    assert row.format("") in (project / "book" / "introduction.md").read_text()
    assert row.format("book/") in (project / "README.md").read_text()
    done(project, *asked)
