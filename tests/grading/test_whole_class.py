"""A class graded: the same by every way, again and again, and by nobody twice at once."""

import csv
import fcntl
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.converters import Autograde

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import FINGERPRINT, OURS, UNSCORED
from autograder.exercises import UnknownChapter
from autograder.grading import course_folder, feedback, report, whole_class
from autograder.grading.course_folder import NbgraderFailed, NoCourse
from autograder.grading.one import grade_one
from autograder.grading.steps import submission_in, waiting
from autograder.grading.whole_class import GradebookLocked
from autograder.room import walls
from autograder.room.limits import Limits

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
BIN = Path(sys.executable).parent


@pytest.fixture
def copied(graded_course, tmp_path) -> Path:
    """The graded course, elsewhere: a course is a folder that can be moved."""
    return Path(shutil.copytree(graded_course, tmp_path / "course"))


@pytest.fixture
def small(released_chapter, tmp_path) -> Path:
    """A course with three of the class, not graded yet."""
    shutil.copytree(released_chapter, tmp_path / "course")
    hand_in(tmp_path / "course", "perfect", "no_leak", "double_tau")
    return tmp_path / "course"


def hand_in(folder, *names):
    sample_class.hand_in(folder, tuple(one for one in sample_class.CLASS if one.name in names))


def scores(folder) -> dict[str, float]:
    subprocess.run([BIN / "nbgrader", "export"], cwd=folder, check=True, capture_output=True)
    with (folder / "grades.csv").open() as table:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(table)}


def points(folder) -> dict[str, float]:
    found = {}
    for row in report.rows(CHAPTER, folder):
        found[row.student] = found.get(row.student, 0) + (row.points or 0)
    return found


def nbgrader(folder, *words, check=True):
    return subprocess.run([BIN / "nbgrader", *words], cwd=folder, check=check, capture_output=True, text=True)


def test_nbgrader_s_own_gradebook_has_the_scores_of_the_report(graded_course, copied):
    assert scores(copied) == points(graded_course)


def test_nbgrader_s_own_autograde_gives_the_same_scores(copied):
    before = scores(copied)
    some = "[dhpu]*"  # right, wrong, half done, untouched, deleted, doubled, patched
    graded = {path: path.stat().st_mtime_ns for path in copied.glob(f"autograded/{some}/*/*.ipynb")}
    nbgrader(copied, "autograde", CHAPTER, "--force", f"--student={some}")
    assert len(graded) > 6 and all(path.stat().st_mtime_ns > then for path, then in graded.items())
    assert scores(copied) == before


def test_grading_again_changes_nothing_and_runs_nothing(copied):
    before = scores(copied)
    again = whole_class.grade(CHAPTER, copied)
    assert again.now == [] and sorted(again.kept) == sorted(before)
    assert scores(copied) == before


def test_only_what_was_handed_in_anew_is_graded_again(copied):
    hand_in(copied, "perfect")
    shutil.copy(
        copied / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb",
        copied / "submitted" / "no_leak" / CHAPTER / f"{CHAPTER}.ipynb",
    )
    assert whole_class.grade(CHAPTER, copied).now == ["no_leak"]
    assert points(copied)["no_leak"] == 16


def test_a_process_pool_grades_as_threads_do(small):
    with ProcessPoolExecutor(2) as pool:
        whole_class.grade(CHAPTER, small, executor=pool)
    assert points(small) == {"perfect": 16, "no_leak": 8, "double_tau": 8}


def test_two_students_have_different_challenges_and_the_seed_is_in_the_feedback(graded_course):
    seeds = {row.student: row.seed for row in report.rows(CHAPTER, graded_course) if row.exercise == "leaky_integrator"}
    assert len(set(seeds.values())) == len(seeds)
    page = graded_course / "feedback" / "double_tau" / CHAPTER / f"{CHAPTER}.html"
    assert seeds["double_tau"] in page.read_text()


def test_unreadable_submissions_are_named_and_cost_the_others_nothing(small):
    def submit(student, text):
        folder = small / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{CHAPTER}.ipynb").write_text(text)

    submit("no_json", "{ this is no notebook")
    submit("a_list", "[1, 2, 3]")
    submit("huge", "x" * (Limits().output * 3))
    (small / "submitted" / "empty_folder" / CHAPTER).mkdir(parents=True)
    graded = whole_class.grade(CHAPTER, small)
    assert set(graded.ungraded) == {"no_json", "a_list", "huge", "empty_folder"}
    assert all("\n" not in reason for reason in graded.ungraded.values())
    assert graded.now == ["double_tau", "no_leak", "perfect"]
    assert not (small / "autograded" / "no_json").exists()


def test_a_notebook_without_a_kernel_is_graded_as_any_other(small):
    path = small / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.clear()
    nbformat.write(notebook, path)
    whole_class.grade(CHAPTER, small)
    assert points(small)["perfect"] == 16


def test_a_locked_gradebook_is_one_line_and_nothing_is_graded(small):
    with sqlite3.connect(small / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookLocked, match=r"gradebook\.db: database is locked"):
            whole_class.grade(CHAPTER, small)
    assert not list((small / "autograded").glob("*/*"))
    assert len(whole_class.grade(CHAPTER, small).now) == 3


def test_two_do_not_grade_in_one_course_at_once(small):
    with (small / ".grading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(GradebookLocked, match="another process is grading"):
            whole_class.grade(CHAPTER, small)


def test_control_c_leaves_whole_students_and_the_next_run_goes_on(small):
    hand_in(small, "endless_loop", "untouched", "perfect_with_numpy", "raises")
    run = subprocess.Popen(
        [BIN / "autograder", "grade", CHAPTER, "--course", small, "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(list((small / "autograded").glob("*/*/*.ipynb"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=10)
    assert run.returncode == 130
    assert "goes on from here" in said and "Traceback" not in said
    done = {path.parent.parent.name for path in (small / "autograded").glob("*/*/*.ipynb")}
    assert 2 <= len(done) < 7  # the third may have been under way
    graded = whole_class.grade(CHAPTER, small)
    assert done <= set(graded.kept)
    assert points(small) == {
        "perfect": 16,
        "perfect_with_numpy": 16,
        "no_leak": 8,
        "double_tau": 8,
        "endless_loop": 8,
        "raises": 8,
        "untouched": 0,
    }
    assert not waiting


def below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, children) for one in (child, *below(child))]


def test_who_is_killed_leaves_no_process_and_what_it_leaves_the_next_run_removes(small, tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    run = [BIN / "autograder", "grade", CHAPTER, "--course", small, "--workers", "1"]
    environment = os.environ | {"TMPDIR": str(temporary)}
    killed = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    deadline = time.monotonic() + 60
    while not list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    workers = below(killed.pid)
    killed.kill()
    killed.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    subprocess.run(run, check=True, capture_output=True, env=environment)
    assert not list(temporary.iterdir())
    assert points(small) == {"perfect": 16, "no_leak": 8, "double_tau": 8}


def test_a_notebook_that_is_half_written_or_has_no_scores_yet_is_graded_again(copied):
    before = points(copied)
    torn, unsealed = (copied / "autograded" / one / CHAPTER / f"{CHAPTER}.ipynb" for one in ("perfect", "no_leak"))
    torn.write_bytes(torn.read_bytes()[:5000])
    notebook = nbformat.read(unsealed, as_version=4)
    notebook.metadata[OURS] = {UNSCORED: notebook.metadata[OURS][FINGERPRINT]}  # as it is until the scores are saved
    nbformat.write(notebook, unsealed)
    assert whole_class.grade(CHAPTER, copied).now == ["no_leak", "perfect"]
    assert points(copied) == before


class Interrupted(ThreadPoolExecutor):
    """Ctrl-C comes while the second submission is handed over."""

    given = 0

    def submit(self, *work):
        self.given += 1
        if self.given == 2:
            raise KeyboardInterrupt
        return super().submit(*work)


def test_an_interrupt_ends_one_run_of_grade_and_the_next_in_the_same_process_goes_on(small):
    with Interrupted(1) as executor, pytest.raises(KeyboardInterrupt):
        whole_class.grade(CHAPTER, small, executor=executor)
    graded = whole_class.grade(CHAPTER, small)
    assert graded.now == ["double_tau", "no_leak", "perfect"] and not graded.ungraded
    assert points(small) == {"perfect": 16, "no_leak": 8, "double_tau": 8}


def test_what_was_graded_and_is_gone_before_nbgrader_takes_it_is_an_error_and_not_graded_again(small):
    with pytest.raises(NbgraderFailed, match=r"graded notebook nowhere of perfect is gone; grade again"):
        course_folder.run_converter(Autograde, small, CHAPTER, "perfect", key="nowhere")
    assert not list((small / "autograded").glob("*/*"))


def test_one_submission_is_graded_by_a_function_of_its_arguments_alone(small):
    handed_in = small / "submitted" / "double_tau" / CHAPTER / f"{CHAPTER}.ipynb"
    submission = submission_in(small, CHAPTER, "double_tau", handed_in, handed_in.read_bytes())
    shutil.rmtree(small)
    one, other = grade_one(submission), grade_one(pickle.loads(pickle.dumps(submission)))
    assert [(found.exercise, found.status, found.misconception) for found in one.verdicts][1] == (
        "leaky_integrator",
        "wrong",
        "double_tau",
    )
    assert (one.notebook, one.verdicts) == (other.notebook, other.verdicts)


def test_an_assignment_that_is_no_chapter_is_graded_by_nbgrader_as_ever(small):
    source = small / "source" / "midterm"
    source.mkdir()
    metadata = {
        "schema_version": 3,
        "grade_id": "sum",
        "grade": False,
        "solution": True,
        "locked": False,
        "task": False,
    }
    test = metadata | {"grade_id": "test_sum", "grade": True, "solution": False, "locked": True, "points": 3}
    written = "def total(a, b):\n    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(written, metadata={"nbgrader": metadata}),
            nbformat.v4.new_code_cell("assert total(1, 2) == 3", metadata={"nbgrader": test}),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, source / "midterm.ipynb")
    nbgrader(small, "generate_assignment", "midterm")
    right, wrong = small / "submitted" / "ann" / "midterm", small / "submitted" / "bob" / "midterm"
    for folder, solution in ((right, "def total(a, b): return a + b"), (wrong, "def total(a, b): return a")):
        folder.mkdir(parents=True)
        handed = nbformat.read(small / "release" / "midterm" / "midterm.ipynb", as_version=4)
        handed.cells[0].source = solution
        nbformat.write(handed, folder / "midterm.ipynb")
    nbgrader(small, "autograde", "midterm")
    nbgrader(small, "generate_feedback", "midterm")
    found = scores(small)
    assert (found["ann"], found["bob"]) == (3, 0)


def test_a_wrong_name_or_folder_is_said_before_anything_is_done(small, tmp_path):
    with pytest.raises(UnknownChapter, match=r"unknown chapter 'leaky'.*leaky_integrator"):
        whole_class.grade("leaky", small)
    with pytest.raises(NoCourse, match="is no course"):
        course_folder.require_course(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
def test_root_grades_a_course_that_root_has_made_and_no_other(small, monkeypatch):
    monkeypatch.delenv(walls.AS_ROOT)
    settings = small / course_folder.CONFIG
    said = settings.read_text()
    assert "c.GradeSubmission.as_root = True" in said
    settings.write_text(said.replace("c.GradeSubmission.as_root = True", ""))
    with pytest.raises(walls.NotAsRoot, match="grade as another user, or say --as-root"):
        whole_class.grade(CHAPTER, small)
    settings.write_text(said)
    assert len(whole_class.grade(CHAPTER, small).now) == 3


def test_a_page_that_takes_too_long_costs_only_itself(copied, monkeypatch):
    graded = copied / "autograded" / "no_leak" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = nbformat.read(graded, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell(" ".join(f"$x_{{{n}}}$" for n in range(60_000))))
    graded.chmod(0o644)
    nbformat.write(notebook, graded)
    pages = [copied / "feedback" / student / CHAPTER / f"{CHAPTER}.html" for student in ("no_leak", "perfect")]
    for page in pages:
        page.unlink()
    monkeypatch.setattr(feedback, "COMPUTING", 2)
    without = whole_class.give_feedback(copied, CHAPTER, ["no_leak", "perfect"])
    assert [(who, why.rpartition("TooMuchWork: ")[2]) for who, why in without.items()] == [
        ("no_leak", "making the feedback page took more than 2 seconds of computing")
    ]
    assert [page.exists() for page in pages] == [False, True]
