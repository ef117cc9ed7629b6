"""What goes wrong on an instructor's evening: one clear line, nothing lost, and the same command goes on from there."""

import errno
import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report, whole_class
from autograder.grading.whole_class import GradebookLocked

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
SCORES = {"perfect": 16, "no_leak": 8, "double_tau": 8}


def autograder(*words: object) -> list[str]:
    return [sys.executable, "-m", "autograder", *map(str, words)]


@pytest.fixture
def said(capsys, monkeypatch):
    """Gives the one line with which a command ends that fails."""

    def run(*words: object, code: int = 1) -> str:
        monkeypatch.setattr(sys, "argv", ["autograder", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        return the_line(capsys.readouterr().err, end.value.code, code)

    return run


def the_line(stderr: str, code: int, expected: int) -> str:
    lines = [line for line in stderr.splitlines() if "━" not in line]  # a bar of progress
    assert code == expected and len(lines) == 1, stderr
    return lines[0]


def points(course: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in report.rows(CHAPTER, course):
        found[row.student] = found.get(row.student, 0) + (row.points or 0)
    return found


def contents(folder: Path) -> dict[str, str]:
    """What is in each file of a folder, in short."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def until_one_is_graded(course: Path) -> None:
    deadline = time.monotonic() + 60
    while not list(course.glob("autograded/*/*/*.ipynb")) and time.monotonic() < deadline:
        time.sleep(0.02)


@contextmanager
def mounted(folder: Path, *options: str):
    """A disk at a folder, where the system lets us."""
    done = subprocess.run(["mount", *options, folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"who may mount nothing cannot try this: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, leave: int = 0) -> None:
    """Fill a disk to the end, also while others write to it."""
    with (folder / "filler").open("ab", buffering=0) as filler:
        while (left := shutil.disk_usage(folder).free - leave) > 0:
            try:
                filler.write(bytes(left))
            except OSError as error:  # who writes at the same time was quicker
                if error.errno != errno.ENOSPC:
                    raise
                return


@pytest.fixture
def small(released_chapter, tmp_path) -> Path:
    """A course on a small disk of its own, with three of the class, not graded yet."""
    course = tmp_path / "course"
    course.mkdir()
    with mounted(course, "-t", "tmpfs", "-o", "size=20m", "tmpfs"):
        shutil.copytree(released_chapter, course, dirs_exist_ok=True)
        sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in SCORES))
        yield course


def test_a_disk_that_gets_full_while_a_class_is_graded_ends_the_run_and_what_was_there_is_whole(said, small):
    filling = threading.Thread(target=lambda: (until_one_is_graded(small), fill(small)))
    filling.start()
    line = said("grade", CHAPTER, "--course", small)
    filling.join()
    assert f"No space left on device: '{small}'; the disk is full: make room, and run the same command again" in line
    fill(small)  # what was half-written is gone, which made room
    before = contents(small)
    for words in (["grade", CHAPTER], ["report", CHAPTER], ["release", CHAPTER]):
        assert "; the disk is full: make room" in said(*words, "--course", small), words
    assert contents(small) == before
    (small / "filler").unlink()
    graded = whole_class.grade(CHAPTER, small)
    assert not graded.ungraded and 0 < len(graded.kept) < len(SCORES)
    assert points(small) == SCORES


def test_a_disk_that_can_only_be_read_is_said_by_every_command(said, small):
    before = contents(small)
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    for words in (["grade", CHAPTER], ["report", CHAPTER], ["release", CHAPTER]):
        line = said(*words, "--course", small)
        assert f"Read-only file system: '{small}/" in line and "; what is there can only be read: copy it" in line
    assert contents(small) == before


def test_a_full_folder_for_temporary_files_is_nobody_s_fault(small, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    with mounted(tmp_path / "tmp", "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        fill(tmp_path / "tmp", leave=1 << 16)
        monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
        done = subprocess.run(autograder("grade", CHAPTER, "--course", small), capture_output=True, text=True)
    assert f"No space left on device: '{tmp_path / 'tmp'}'" in the_line(done.stderr, done.returncode, 1)
    assert not (small / "autograded").exists()


def test_a_second_who_grades_is_turned_away_and_the_first_goes_on(said, small):
    first = subprocess.Popen(
        autograder("grade", CHAPTER, "--course", small), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with (small / ".grading").open("w") as lock:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(lock, fcntl.LOCK_UN)
                time.sleep(0.2)
            except BlockingIOError:
                break
    line = said("grade", CHAPTER, "--course", small)
    assert line == f"autograder: another process is grading in {small}; wait until it is done"
    assert first.wait(60) == 0
    assert points(small) == SCORES


def test_a_gradebook_that_somebody_locks_while_a_class_is_graded_ends_the_run_and_nobody_is_to_blame(small):
    over = threading.Event()

    def lock_it() -> None:
        until_one_is_graded(small)
        with sqlite3.connect(small / "gradebook.db") as other:
            other.execute("BEGIN EXCLUSIVE")
            over.wait(60)

    locking = threading.Thread(target=lock_it)
    locking.start()
    with pytest.raises(GradebookLocked, match=r"gradebook\.db: database is locked; close what uses it and run again"):
        whole_class.grade(CHAPTER, small)
    over.set()
    locking.join()
    graded = whole_class.grade(CHAPTER, small)
    assert not graded.ungraded
    assert points(small) == SCORES


def test_a_course_that_is_moved_or_broken_works_or_says_what_is_wrong(said, graded_course, tmp_path):
    moved = Path(shutil.copytree(graded_course, tmp_path / "here")).rename(tmp_path / "there")
    before = points(graded_course)
    assert whole_class.grade(CHAPTER, moved).now == []
    assert points(moved) == before
    assert "is no course: make one with" in said("grade", CHAPTER, "--course", moved / "submitted", code=2)
    assert "is no course: make one with" in said("report", CHAPTER, "--course", moved.parent, code=2)
    settings, gradebook = moved / "nbgrader_config.py", moved / "gradebook.db"
    written = settings.read_text()
    for wrong, why in (("c.X = (", "SyntaxError: '(' was never closed"), ("c.X = y", "NameError: name 'y' is not")):
        settings.write_text(f"{written}\n{wrong}\n")
        for command in ("grade", "report", "release"):
            assert f"{settings} cannot be run: {why}" in said(command, CHAPTER, "--course", moved, code=2)
    settings.write_text(written)
    marks = gradebook.read_bytes()
    gradebook.write_bytes(b"a table of something else, in a format of its own")
    for command in ("grade", "report"):
        assert "gradebook.db" in said(command, CHAPTER, "--course", moved)
    gradebook.write_bytes(marks)
    shutil.move(moved / "release" / CHAPTER, tmp_path / CHAPTER)
    assert f"{CHAPTER} is not released in {moved}: autograder release" in said(
        "grade", CHAPTER, "--course", moved, code=2
    )
    shutil.move(tmp_path / CHAPTER, moved / "release" / CHAPTER)
    assert whole_class.grade(CHAPTER, moved).now == []
    assert points(moved) == before
