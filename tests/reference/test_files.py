"""Files and folders that are there whole or not at all."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.reference.files import folder_made_whole, write_whole


@pytest.fixture
def small_files_only():
    """A disk that is full after 1000 bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def there(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@given(content=st.binary(max_size=200) | st.text(max_size=200))
def test_what_was_written_is_read_again(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("files") / "new" / "folder" / "file"
    write_whole(path, content)
    assert path.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    assert os.listdir(path.parent) == ["file"]


def test_a_file_can_be_read_by_all_and_written_by_its_owner(tmp_path):
    write_whole(tmp_path / "file", "text")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


def test_the_same_content_again_leaves_the_file_alone_and_another_replaces_it(tmp_path):
    path = tmp_path / "file"
    write_whole(path, "one")
    before = path.stat()
    write_whole(path, "one")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    write_whole(path, "two")
    assert there(tmp_path) == {"file": "two"}


@pytest.mark.parametrize("size", [2_000, 200_000])  # fails when the file is closed; fails when it is written
def test_on_a_full_disk_the_old_file_stays_and_nothing_else(tmp_path, small_files_only, size):
    write_whole(tmp_path / "file", "old")
    with pytest.raises(OSError, match="too large"):
        write_whole(tmp_path / "file", "x" * size)
    assert there(tmp_path) == {"file": "old"}


@pytest.mark.parametrize("content", [5, "\ud800"])
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, content):
    with pytest.raises((TypeError, UnicodeEncodeError)):
        write_whole(tmp_path / "file", content)
    assert there(tmp_path) == {}


def test_a_folder_takes_its_place_when_it_is_full_and_not_before(tmp_path):
    with folder_made_whole(tmp_path / "deep" / "folder") as folder:
        (folder / "a").write_text("1")
        assert not (tmp_path / "deep" / "folder").exists()
    assert there(tmp_path) == {"deep/folder/a": "1"}
    assert stat.S_IMODE((tmp_path / "deep" / "folder").stat().st_mode) == 0o755


def test_a_new_folder_replaces_the_old_one_with_all_that_was_in_it(tmp_path):
    for name in ("old", "new"):
        with folder_made_whole(tmp_path / "folder") as folder:
            (folder / name).write_text(name)
    assert there(tmp_path) == {"folder/new": "new"}
    assert os.listdir(tmp_path) == ["folder"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("before", [{}, {"folder/a": "old"}])
def test_a_folder_given_up_leaves_what_was_there_before(tmp_path, error, before):
    for name, text in before.items():
        write_whole(tmp_path / name, text)
    with pytest.raises(error), folder_made_whole(tmp_path / "folder") as folder:
        (folder / "a").write_text("half")
        raise error
    assert there(tmp_path) == before
    assert os.listdir(tmp_path) == list({name.partition("/")[0] for name in before})


def test_if_the_new_folder_cannot_take_its_place_the_old_one_gets_it_back(tmp_path):
    write_whole(tmp_path / "folder" / "a", "old")
    with pytest.raises(FileNotFoundError), folder_made_whole(tmp_path / "folder") as folder:
        folder.rmdir()
    assert there(tmp_path) == {"folder/a": "old"}
    assert os.listdir(tmp_path) == ["folder"]


def test_a_process_killed_while_it_writes_leaves_the_old_content(tmp_path):
    write_whole(tmp_path / "file", "old")
    code = """
import sys
from pathlib import Path
from autograder.reference.files import write_whole
for n in range(10**9):
    write_whole(Path(sys.argv[1]), str(n % 10) * 1_000_000)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "file")]) as writer:
        deadline = time.monotonic() + 20
        while (tmp_path / "file").stat().st_size == 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        writer.kill()
    text = (tmp_path / "file").read_text()
    assert len(text) == 1_000_000 and len(set(text)) == 1
