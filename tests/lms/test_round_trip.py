"""Out of the learning management system and back: collected, graded, and what it imports is what nbgrader says."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from made_zips import CHAPTER, made, moodle
from marked import exported, mark, opened

from autograder.authoring import sample_class
from autograder.beside.errors import WrongUse
from autograder.grading import whole_class
from autograder.grading.course_folder import CONFIG
from autograder.lms.collecting import COLLECTED, collect
from autograder.lms.feedback import give
from autograder.lms.grades import write

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
AUTOGRADER = Path(sys.executable).with_name("autograder")

CLASS = {
    "perfect": "on time",
    "double_tau": "on time",
    "untouched": "on time",
    "half_done": "late",
    "no_leak": "on time",
}
TIMES = {"on time": "Tuesday, 9 June 2026, 10:00 AM", "late": "Thursday, 11 June 2026, 2:14 PM"}
GRADEBOOK = """Student,ID,SIS User ID,SIS Login ID,Section,1. Leaky integrator (77),Other (78),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,19,10,(read only)
"Perfect, Ada",501,u501,perfect,A,,7,1
"=HYPERLINK(""http://x"")",502,u502,double_tau,A,3,7,1
"Touched, Un",503,u503,untouched,"@A",,7,1
"Done, Half",504,u504,half_done,A,,7,1
"Leak, No",505,u505,no_leak,A,EX,7,1
"Absent, Al",506,u506,absent,A,2,7,1
"""


@pytest.fixture(scope="module")
def course(released_chapter, tmp_path_factory) -> Path:
    """A class collected from Moodle, graded, and marked but for one."""
    folder = tmp_path_factory.mktemp("round_trip")
    course = Path(shutil.copytree(released_chapter, folder / "course"))
    (course / CONFIG).write_text((course / CONFIG).read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with opened(course) as book:
        book.update_or_create_assignment(CHAPTER, duedate="2026-06-10 12:00:00 UTC")
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in CLASS))
    lines = ['Identifier,"Full name",Username,"Email address","Last modified (submission)"']
    packed = {}
    for number, (student, when) in enumerate(CLASS.items(), start=1):
        handed_in = course / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
        packed[moodle(f"Student {number}", number)] = handed_in.read_bytes()
        lines.append(f'"Participant {number}","Student {number}",{student},{student}@uni.edu,"{TIMES[when]}"')
    shutil.rmtree(course / "submitted")
    (folder / "worksheet.csv").write_text("\n".join(lines))
    (folder / "gradebook.csv").write_text(GRADEBOOK)
    assert sorted(collect(made(folder, packed), course, roster=folder / "worksheet.csv").new) == sorted(CLASS)
    graded = whole_class.grade(CHAPTER, course)
    assert sorted(graded.now) == sorted(CLASS)
    mark(course, 3, "perfect", "half_done", "no_leak")
    return course


def table(file: Path) -> list[list[str]]:
    with file.open(newline="") as text:
        return list(csv.reader(text))


def test_moodle_reads_what_nbgrader_says_and_nothing_of_whom_it_does_not(course):
    written = write(CHAPTER, course, "moodle", course.parent / "worksheet.csv")
    (who, title), *rows = table(written.file)
    assert (who, title) == ("Email address", "The leaky integrator")
    said = exported(course)
    assert said["half_done"] == 0 < said["perfect"], "late is late"
    assert {one.removesuffix("@uni.edu"): float(points) for one, points in rows} == {
        one: said[one] for one in CLASS if one != "double_tau"
    }
    assert written.open == {"double_tau": "essay_negative_voltage to be marked"}
    assert written.said["half_done"].startswith("late by 1 day") and not written.left_out


def test_canvas_reads_what_nbgrader_says_beside_what_it_exported(course):
    written = write(CHAPTER, course, "canvas", course.parent / "gradebook.csv")
    top, possible, *rows = table(written.file)
    assert top == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "1. Leaky integrator (77)"]
    assert possible == ["Points Possible", "", "", "", "", "19"]
    said, read = exported(course), {row[3]: row[5] for row in rows}
    assert {one: float(read[one]) for one in ("perfect", "untouched", "half_done")} == {
        one: said[one] for one in ("perfect", "untouched", "half_done")
    }
    assert read["double_tau"] == "3" and read["absent"] == "2", "what is not known stays as it was"
    assert read["no_leak"] == "EX" and "EX in Canvas, which stays" in written.left_out["no_leak"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [row[1] for row in rows] == ["501", "502", "503", "504", "505", "506"], "by which Canvas knows them"


def test_an_assignment_that_is_not_in_the_export_is_added_under_the_chapter_s_title(course, tmp_path):
    export = tmp_path / "export.csv"
    export.write_text(GRADEBOOK.replace("1. Leaky integrator (77)", "Homework 1 (77)"))
    written = write(CHAPTER, course, "canvas", export)
    assert written.heading == "The leaky integrator" and table(written.file)[1][-1] == "20"
    assert write(CHAPTER, course, "canvas", export, column="Homework 1").heading == "Homework 1 (77)"
    export.write_text(GRADEBOOK.replace("Other (78)", "Leaky integrator again (78)"))
    with pytest.raises(WrongUse, match="several columns that could be leaky_integrator: say --column"):
        write(CHAPTER, course, "canvas", export)


@pytest.mark.parametrize(
    ("system", "text", "says"),
    [
        ("canvas", "Username\nperfect\n", "is no gradebook as Canvas exports it: no ID, or no Section"),
        ("moodle", "student_id\nperfect\n", "has no Email address, ID number or Username of everybody"),
        ("moodle", "Town\nperfect\n", "has no column that says who a student is"),
    ],
)
def test_a_list_that_the_system_would_not_know_is_one_line(course, tmp_path, system, text, says):
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(WrongUse, match=says):
        write(CHAPTER, course, system, tmp_path / "list.csv")


def test_the_command_says_whose_grade_is_not_in_the_file(course, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("Username,ID number\nperfect,-1+1\nhalf_done,2\nuntouched,3\ndouble_tau,4\n")
    words = ["grades", CHAPTER, "--course", course, "--for", "moodle", "--roster", roster]
    done = subprocess.run([AUTOGRADER, *words], capture_output=True, text=True)
    assert done.returncode == 1 and "reports/leaky_integrator_moodle.csv (2, as The leaky integrator)" in done.stdout
    assert "double_tau has no grade yet: essay_negative_voltage to be marked" in done.stderr
    assert "perfect is not in it: -1+1 would be a formula in a spreadsheet; type in" in done.stderr
    assert f"no_leak is not in it: not in {roster}; has" in done.stderr
    assert "SubmittedAssignment" not in done.stderr and "the grades of no_leak, perfect are not in it" in done.stderr
    assert "-1+1" not in (course / "reports" / f"{CHAPTER}_moodle.csv").read_text()


def as_moodle_reads(file: Path) -> dict[int, dict[str, bytes]]:
    """What Moodle makes of a zip of feedback: by participant the files, with their places.

    In a place the first part that holds name, participant, kind and plugin between "_" says whose the rest of it is.
    """
    found: dict[int, dict[str, bytes]] = {}
    with ZipFile(file) as archive:
        for place in archive.namelist():
            parts = place.split("/")
            top = parts[0].split("_", 4)
            assert top[2:4] == ["assignsubmission", "file"] and len(parts) > 1
            found.setdefault(int(top[1]), {})["/".join([*top[4:], *parts[1:]]).lstrip("/")] = archive.read(place)
    return found


def test_feedback_is_packed_under_the_names_that_moodle_gave(course, tmp_path):
    file = tmp_path / "feedback.zip"
    done = subprocess.run(
        [AUTOGRADER, "feedback", CHAPTER, "--course", course, "--zip", file], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    pages = as_moodle_reads(file)
    assert set(pages) == set(range(1, len(CLASS) + 1))
    for number, student in enumerate(CLASS, start=1):
        page = course / "feedback" / student / CHAPTER / f"{CHAPTER}.html"
        assert pages[number] == {f"{CHAPTER}.html": page.read_bytes()}
    assert b"not marked yet" in pages[2][f"{CHAPTER}.html"] and b"not marked yet" not in pages[1][f"{CHAPTER}.html"]
    assert f"({len(CLASS)} pages)" in done.stdout


def test_without_moodle_there_is_no_zip_for_it(course, tmp_path):
    other = shutil.copytree(course, tmp_path / "course")
    (other / COLLECTED).unlink()
    with pytest.raises(WrongUse, match="was collected from Moodle"):
        give(CHAPTER, other, tmp_path / "feedback.zip")
    assert not (tmp_path / "feedback.zip").exists()
