"""Classes with the most hostile students there are: nobody earns what is not earned, and nobody else pays for it.

All scenarios of ``tests/corpus/hostile`` that are handed in for one chapter, under the same limits, are one class, with
two ordinary students in it.
"""

import gzip
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
import pytest
from corpus.hostile import MARK, ORDINARY, SCENARIOS, Scenario, hand_in_ordinary, left_out
from dangers import Dangers
from nbconvert.exporters import HTMLExporter

from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import ANSWER_MIME, SCHEME, VERDICT, grade_id, said_of
from autograder.exercises import load
from autograder.grading.course_folder import CONFIG, KEPT, SECRET, graded_notebook

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]

RESULTS = ("autograded", "feedback", "reports", KEPT)
CHANGES = (*RESULTS, "gradebook.db", ".grading")
"""What grading may write in a course folder."""
MOST_MEMORY = 500 << 20
MOST_SECONDS = 60
"""That one submission may be in the room, on a busy machine too."""
LARGEST_RESULT = 30 << 20
"""Bytes that are kept of one submission, notebook, files and pages."""
CANARY = "what stands in a file of the teacher's"
SHOWN = {"text/plain", "image/png", "image/jpeg"}
SECRET_OF_THE_TEACHER = {"A_SECRET_OF_THE_TEACHER": "kept-from-students"}


@dataclass
class Class:
    """Scenarios graded together: where, what came of it, and what was there before."""

    course: Path
    outside: Path
    found: dict[str, Any]
    before: dict[str, str]
    temporary: list[str]
    log: str

    def results_of(self, student: str) -> list[Path]:
        """All that was made of what one student handed in."""
        return [path for name in RESULTS for path in sorted((self.course / name / student).rglob("*"))]


def grade(course: Path, chapter: str, limits: dict[str, float], shown: list[str]) -> tuple[dict[str, Any], str]:
    """The class graded in a process of its own, and what that says."""
    to = course.parent / "found.json"
    told = {"chapter": chapter, "course": str(course), "limits": limits, "shown": shown, "to": str(to)}
    run = [sys.executable, "-m", "watched_class", json.dumps(told)]
    done = subprocess.run(run, capture_output=True, env=environment(course.parent), cwd=course.parent / "outside")
    log = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode:
        raise RuntimeError(f"grading ended with {done.returncode}: {log[-3000:]}")
    return json.loads(to.read_text()), log


def environment(folder: Path) -> dict[str, str]:
    """That of a process whose temporary files lie in ``folder/tmp``, and which has a secret."""
    (folder / "tmp").mkdir(exist_ok=True)
    top = Path(__file__).parents[1]
    found = os.pathsep.join([str(top), str(top.parent), os.environ.get("PYTHONPATH", "")])
    return os.environ | SECRET_OF_THE_TEACHER | {"TMPDIR": str(folder / "tmp"), "PYTHONPATH": found}


def state(course: Path) -> dict[str, str]:
    """What stands in the course besides results: by its place what it is, and what is in it."""
    found = {}
    for path in sorted(course.rglob("*")):
        place = path.relative_to(course)
        if place.parts[0] not in CHANGES:
            what = path.lstat()
            read = stat.S_ISREG(what.st_mode) and what.st_size < 100 << 20
            found[str(place)] = (
                f"{what.st_mode:o} {what.st_size} {sha256(path.read_bytes()).hexdigest() if read else ''}"
            )
    return found


def lay_out(released: Path, folder: Path, chapter: str, students: list[Scenario]) -> Path:
    """A course with one chapter that all have handed in, and a folder of the teacher's beside it."""
    course, outside = folder / "course", folder / "outside"
    outside.mkdir(parents=True)
    (outside / "canary.txt").write_text(CANARY)
    course.mkdir()
    for name in (SECRET, CONFIG, "gradebook.db"):
        shutil.copy2(released / name, course / name)
    for name in ("source", "release"):
        shutil.copytree(released / name / chapter, course / name / chapter)
    hand_in_ordinary(course, chapter)
    for one in students:
        one.hand_in(course, outside)
    return course


def make_class(released: Path, folder: Path, chapter: str, limits: dict[str, float], students: list[Scenario]) -> Class:
    course, outside = lay_out(released, folder, chapter, students), folder / "outside"
    shown = [one.who for one in students if one.shows] + [*ORDINARY]
    before = state(course)
    found, log = grade(course, chapter, limits, shown)
    again = [one for one in students if one.again or one.again_beside]
    for one in again:
        one.hand_in(course, outside, printed_by(graded_notebook(course, chapter, one.who)))
    if again:
        before = state(course)
        more, second = grade(course, chapter, limits, shown)
        assert sorted(more["now"]) == sorted(one.who for one in again), "who is graded already is graded again"
        found["verdicts"], found["scores"] = more["verdicts"], more["scores"]
        log += second
    return Class(course, outside, found, before, sorted(os.listdir(folder / "tmp")), log)


def printed_by(notebook) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") + "\n".join(output.get("traceback", ())) for output in outputs)


def class_of(scenario: Scenario) -> tuple[str, str]:
    return scenario.chapter, json.dumps(scenario.limits, sort_keys=True)


CLASSES = sorted({class_of(one) for one in SCENARIOS.values()})


@pytest.fixture(scope="module")
def classes(request, released_course, tmp_path_factory):
    """The class of a scenario, graded when it is first asked for, with those scenarios that are tested now."""
    asked = {getattr(item, "callspec", None) and item.callspec.params.get("name") for item in request.session.items}
    chosen = [SCENARIOS[name] for name in sorted(asked & set(SCENARIOS))] or list(SCENARIOS.values())
    made: dict[tuple[str, str], Class | Exception] = {}

    def graded(which: tuple[str, str]) -> Class:
        if which not in made:
            students = [one for one in chosen if class_of(one) == which]
            folder = tmp_path_factory.mktemp("hostile")
            try:
                made[which] = make_class(released_course, folder, which[0], json.loads(which[1]), students)
            except Exception as error:  # it would be the same, and as slow, for each of the scenarios
                made[which] = error
        found = made[which]
        if isinstance(found, Exception):
            raise found
        return found

    return graded


each_scenario = pytest.mark.parametrize("name", SCENARIOS)
each_class = pytest.mark.parametrize("which", CLASSES, ids=lambda which: "-".join(which) if which else "")


@each_scenario
def test_nobody_earns_more_or_less_than_is_earned(classes, name):
    scenario = SCENARIOS[name]
    found = classes(class_of(scenario)).found
    full = {one.name: one.points for one in load(scenario.chapter).exercises}
    refused = [says for who, says in found["ungraded"].items() if who in spellings(scenario.who)]
    if scenario.ungraded or (scenario.may_be_ungraded and refused):
        [why] = refused
        assert re.search(scenario.ungraded or scenario.may_be_ungraded, why) and len(why) < 400 and why.isprintable(), (
            why
        )
        assert scenario.who not in found["scores"]
        return
    assert scenario.who in found["now"], found["ungraded"].get(scenario.who)
    for exercise, (status, points, message) in found["verdicts"][scenario.who].items():
        may, earned = scenario.earns.get(exercise, ("passed", full[exercise]))
        assert (points, status in may.split(" or ")) == (earned, True), (exercise, status, points, message)
        assert message.isprintable() and len(message) < 1000
        assert found["scores"][scenario.who][exercise] == earned, "the gradebook has another score"


@each_scenario
def test_what_may_not_happen_did_not(classes, name):
    scenario = SCENARIOS[name]
    made = classes(class_of(scenario))
    notebook = graded_notebook(made.course, scenario.chapter, scenario.who)
    results = made.results_of(scenario.who)
    assert not any(path.is_symlink() or not (path.is_file() or path.is_dir()) for path in results)
    assert sum(path.stat().st_size for path in results) < LARGEST_RESULT
    told = b"\n".join(content(path) for path in results if path.is_file())
    secret = (made.course / SECRET).read_text()
    for word in (CANARY, secret, "root:", *map(MARK.format, ORDINARY), *SECRET_OF_THE_TEACHER.values()):
        assert word.encode() not in told, word
    for word in scenario.never.get("shown", ()):
        assert not any(word in page for page in pages(made, scenario.who)), word
    for place in scenario.never.get("written", ()):
        assert not Path(place.format(course=made.course, outside=made.outside)).exists(), place
    if notebook is None:
        return
    for word in scenario.never.get("printed", ()):
        assert word not in printed_by(notebook), printed_by(notebook)[-2000:]
    for cell in notebook.cells:
        kinds = {kind for output in cell.get("outputs", ()) for kind in output.get("data", ())}
        assert kinds <= SHOWN | ({"text/html"} if VERDICT in said_of(cell) else {ANSWER_MIME}), kinds
        assert VERDICT not in said_of(cell) or grade_id(cell).startswith("check_")
    if scenario.shows:
        for page in [HTMLExporter().from_notebook_node(without_ours(notebook))[0], *pages(made, scenario.who)]:
            assert not Dangers.of(page)


@each_class
def test_the_class_is_graded_as_if_nobody_attacked(classes, which):
    made, chapter = classes(which), which[0]
    for student in ORDINARY:
        for one in load(chapter).exercises:
            left = student == ORDINARY[1] and one.name == left_out(chapter)
            earned = ("not attempted", 0) if left else ("passed", one.points)
            assert tuple(made.found["verdicts"][student][one.name][:2]) == earned
            assert made.found["scores"][student][one.name] == earned[1]
        assert student not in made.found["without"], "no feedback"
    assert made.found["report"] == ""


@each_class
def test_nothing_is_left_behind_or_changed(classes, which):
    made = classes(which)
    after = state(made.course)
    assert {place for place in made.before.keys() | after.keys() if made.before.get(place) != after.get(place)} == set()
    assert [path.name for path in made.outside.iterdir()] == ["canary.txt"]
    assert (made.outside / "canary.txt").read_text() == CANARY
    assert made.temporary == [] and made.found["left"] == []


@each_class
def test_memory_and_time_are_bounded(classes, which):
    made = classes(which)
    assert {who: size >> 20 for who, size in made.found["memory"].items() if size > MOST_MEMORY} == {}
    assert made.found["rooms"] and max(made.found["rooms"].values()) < MOST_SECONDS


@each_class
def test_what_is_said_of_each_is_one_line_and_nothing_that_a_terminal_obeys(classes, which):
    made = classes(which)
    assert all(why.isprintable() and len(why) < 400 for why in made.found["ungraded"].values())
    assert "\x1b" not in made.log and "Traceback" not in made.log
    table = (made.course / "reports" / f"{which[0]}.csv").read_text()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", table)
    assert not re.search(r"^[=+@-]", table, re.MULTILINE)
    assert Dangers.of((made.course / "reports" / f"{which[0]}.html").read_text()) == []


def test_the_command_line_names_each_and_no_name_is_obeyed(released_course, tmp_path):
    named = [one for one in SCENARIOS.values() if one.student]
    assert len(named) > 5
    made = lay_out(released_course, tmp_path, CHAPTER, named)
    run = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--course", str(made)]
    done = subprocess.run(run, capture_output=True, env=environment(tmp_path) | {"COLUMNS": "300"}, cwd=tmp_path)
    said = (done.stdout + done.stderr).decode(errors="replace")
    graded, refused = (int(re.search(rf"(\d+) {what}", said)[1]) for what in ("graded,", "could not be graded"))
    assert done.returncode == 1 and graded >= len(ORDINARY) and graded + refused == len(ORDINARY) + len(named), said
    assert "Traceback" not in said and "\ufffd" not in said and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    assert all(re.search(rf"{student}.*passed", said) for student in ORDINARY)


def content(path: Path) -> bytes:
    """A file's bytes, unpacked if it is what a student's code did, kept under the 64 characters of its key."""
    whole = path.read_bytes()
    return gzip.decompress(whole[64:]) if path.suffix == ".gz" else whole


def spellings(student: str) -> set[str]:
    """A name as it is, and as it may be shown."""
    return {student, repr(student), repr(student)[1:-1], ascii(student)[1:-1]}


def without_ours(notebook):
    """The notebook as it is in the formgrader, but for the verdicts and schemes, which are ours."""
    notebook = nbformat.from_dict(notebook)
    notebook.cells = [one for one in notebook.cells if not {VERDICT, SCHEME} & set(said_of(one))]
    return notebook


def pages(made: Class, student: str) -> list[str]:
    return [path.read_text() for path in made.results_of(student) if path.suffix == ".html"]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a href="https://example.org/a:b">', []),
        ('<a href="#x"><a href="pictures/a.png"><a href="mailto:ann@example.org"><a href="?a=b:c">', []),
        ('<a href=" java\nscript:alert(1)">', ["href=javascript:alert(1)"]),
        ('<img src="//example.org/x.png">', ["src=//example.org/x.png"]),
        ('<img src="data:image/png;base64,AA" onerror="x">', ["onerror=x"]),
        ('<script src="x"></script>', ["<script>"]),
    ],
)
def test_a_danger_in_a_page_would_be_seen(page, found):
    assert Dangers.of(f"<body>{page}</body>") == found
