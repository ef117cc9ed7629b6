"""A chapter released again while it is graded: what comes besides, and what was not there when it was handed in."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report
from autograder.reference.places import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
ESSAY, FIRST = "essay_second", "essay_negative_voltage"


def autograder(project: Path, *words: object) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(project)}
    run = [sys.executable, "-P", "-m", "autograder", *map(str, words), "--course", "course"]
    return subprocess.run(run, cwd=project.parent, env=environment, capture_output=True, text=True)


def write_more(project: Path) -> None:
    """A second essay in the chapter: a line in its exercises, and a section in its page."""
    module, page = project / f"autograder/exercises/{CHAPTER}.py", project / f"book/{CHAPTER}.md"
    text = module.read_text().replace("essays=(", 'essays=(Essay("second", 2, "Two points for a reason."), ', 1)
    module.write_text(text)
    section = '+++ {"essay": "second"}\n\n## Written question: one more\n\nWhy does it forget?\n\n+++\n\n'
    before, _, after = page.read_text().partition("## What this could not explain")
    page.write_text(f"{before}{section}## What this could not explain{after}")


def look(course: Path) -> dict[str, tuple]:
    """Of each student the score, the marks given by hand that are to be looked at again, and whether ESSAY is there."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
        found = {}
        for one in gradebook.assignment_submissions(CHAPTER):
            grades = {grade.name: grade for grade in one.notebooks[0].grades}
            again = grades[FIRST].manual_score is not None and grades[FIRST].needs_manual_grade
            found[one.student.id] = (one.score, again, grades[ESSAY].needs_manual_grade if ESSAY in grades else None)
        return found


@pytest.fixture(scope="module")
def story(graded_course, tmp_path_factory) -> dict:
    """What is seen at each step of a class that is graded, marked, released with more, and graded again."""
    folder = tmp_path_factory.mktemp("again")
    course, project = folder / "course", folder / "project"
    shutil.copytree(graded_course, course)
    kept = {"perfect", "double_tau", "no_leak"}
    for student in {one.name for one in sample_class.CLASS} - kept:
        shutil.rmtree(course / "submitted" / student)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
        for student in {one.name for one in sample_class.CLASS} - kept:
            gradebook.remove_submission(CHAPTER, student)
        for student in ("perfect", "no_leak"):
            grade = gradebook.find_grade(FIRST, CHAPTER, CHAPTER, student)
            grade.manual_score, grade.needs_manual_grade = 3, False
        gradebook.db.commit()
    for name in ("autograder", "book", "solutions"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_toc.yml", "pyproject.toml"):
        shutil.copy(PROJECT / name, project)
    released = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    before = released.read_bytes()
    write_more(project)
    page = project / f"book/{CHAPTER}.md"
    whole = page.read_text()
    page.write_text(whole.replace('{"essay": "negative_voltage"}', '{"essay": "negative"}'))
    module = project / f"autograder/exercises/{CHAPTER}.py"
    text = module.read_text()
    module.write_text(text.replace('name="negative_voltage"', 'name="negative"'))
    said = {"refused": autograder(project, "release", CHAPTER), "as before": released.read_bytes() == before}
    said["left behind"] = [path.name for path in course.glob("*/.*")]
    page.write_text(whole)
    module.write_text(text)
    said["not released yet"] = autograder(project, "grade", CHAPTER)
    said["released"] = autograder(project, "release", CHAPTER)
    anew = course / "submitted" / "double_tau" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = json.loads(released.read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == ESSAY:
            cell["source"] = "Since what leaks is gone."
    anew.write_text(json.dumps(notebook))
    first = json.loads((course / "submitted" / "no_leak" / CHAPTER / f"{CHAPTER}.ipynb").read_text())
    for cell in first["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == FIRST:
            cell["source"] = "Another text than was marked."
    (course / "submitted" / "no_leak" / CHAPTER / f"{CHAPTER}.ipynb").write_text(json.dumps(first))
    late = course / "submitted" / "late" / CHAPTER / f"{CHAPTER}.ipynb"
    late.parent.mkdir(parents=True)
    shutil.copy(course / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb", late)
    said["graded"] = autograder(project, "grade", CHAPTER)
    roster = project / "roster.csv"
    roster.write_text("Username\nperfect\nlate\n")
    said["grades"] = autograder(project, "grades", CHAPTER, "--for", "moodle", "--roster", str(roster))
    said["course"], said["look"] = course, look(course)
    return said


def test_a_release_that_fails_leaves_the_one_before_and_says_what_can_be_done(story):
    assert story["refused"].returncode == 1
    line = story["refused"].stderr.strip().splitlines()[-1]
    assert line.startswith("autograder: leaky_integrator is released without essay_negative_voltage, and 3 ")
    assert "put that back under its name" in line
    assert story["as before"] and not story["left behind"]


def test_what_was_written_and_not_released_yet_is_said_before_anything_is_graded(story):
    assert story["not released yet"].returncode == 2
    assert "has changed since its release" in story["not released yet"].stderr


def test_an_essay_that_comes_besides_costs_nobody_who_had_handed_in(story):
    assert story["released"].returncode == 0 and story["graded"].returncode == 0, story["graded"].stderr
    assert story["look"]["perfect"] == (19, False, None), "the mark stays, and is not to be given again"
    assert story["look"]["late"] == (16, False, None), "who had handed in, and is graded for the first time"
    assert story["graded"].stdout.count("not there when it was") == 3
    assert "19 of 20" in story["graded"].stdout
    assert "perfect: could have 20 points, not " in story["grades"].stderr


def test_who_hands_it_in_now_has_it_marked_and_another_text_is_looked_at_again(story):
    assert story["look"]["double_tau"] == (0, False, True)
    assert story["look"]["no_leak"] == (11, True, None)
    rows = {(row.student, row.exercise): row for row in report.rows(CHAPTER, story["course"])}
    assert (rows["no_leak", FIRST].status, rows["no_leak", FIRST].points) == (report.TO_SEE, 3)
    assert rows["perfect", FIRST].status == report.MARKED
