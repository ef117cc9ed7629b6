"""Temporary folders: whoever is killed leaves one, and whoever comes next removes it."""

import subprocess
import sys
import tempfile

import pytest

from autograder.room.folders import PREFIX, own_folder, remove_abandoned

HOLD = """
from autograder.room.folders import own_folder
with own_folder() as folder:
    (folder / "a").mkdir()
    print(folder, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def holder() -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline()
    return process


def test_a_folder_is_there_for_as_long_as_its_run(temporary):
    with own_folder() as folder:
        assert folder.parent == temporary and folder.stat().st_mode & 0o777 == 0o700
    assert not list(temporary.iterdir())


def test_the_next_run_removes_what_a_killed_one_left_and_nothing_that_is_in_use(temporary):
    (temporary / "somebody else's").mkdir()
    (temporary / f"{PREFIX}link").symlink_to(temporary / "somebody else's")
    lives, dies = holder(), holder()
    dies.kill()
    dies.wait()
    assert len(list(temporary.glob(f"{PREFIX}*"))) == 3
    with own_folder() as folder:
        assert folder.is_dir() and len(list(temporary.glob(f"{PREFIX}*"))) == 3
    lives.communicate(b"\n")
    remove_abandoned()
    assert {path.name for path in temporary.iterdir()} == {"somebody else's", f"{PREFIX}link"}
