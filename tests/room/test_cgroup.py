"""A room is in a cgroup where systemd gives one. Systemd itself is not here: a program of its name stands for it."""

import os
import sys

import pytest
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.room import cgroup
from autograder.room.limits import Limits

pytestmark = pytest.mark.sandbox
GIVES = """#!/bin/sh
echo "$@" >> {log}
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""
REFUSES = "#!/bin/sh\necho $@ >> {log}\necho Failed to connect to bus >&2\nexit 1\n"
CLOSES = GIVES.replace(
    'exec "$@"',
    f"exec {sys.executable} -c 'import os, sys; os.closerange(3, 999); os.execv(sys.argv[1], sys.argv[1:])' \"$@\"",
)


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """Puts a ``systemd-run`` of this text before any other; returns what it was called with."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    cgroup.given.cache_clear()

    def install(text):
        program, log = tmp_path / "systemd-run", tmp_path / "log"
        log.touch()
        program.write_text(text.format(log=log))
        program.chmod(0o755)
        return log

    yield install
    cgroup.given.cache_clear()


def printed(source: str) -> str:
    (cell,) = run(new_notebook(cells=[new_code_cell(source)]), limits=Limits(memory=1 << 30, threads=90)).cells
    return "".join(output.get("text", "") for output in cell.outputs)


def test_where_there_is_one_it_holds_the_room_s_memory_and_threads_and_the_room_knows_nothing_of_it(systemd):
    log = systemd(GIVES)
    assert printed("import os; print('XDG_RUNTIME_DIR' in os.environ, 'in the room')") == "False in the room\n"
    tried, room = log.read_text().splitlines()
    folders = 3 * Limits().scratch
    assert f"--property=MemoryMax={(1 << 30) + folders + (64 << 20)} " in room
    assert "--property=MemorySwapMax=0 --property=TasksMax=100 -- /usr/bin/env -i prlimit" in room
    assert "/bin/cat" in tried and ("--user" in room) == (os.geteuid() != 0)


@pytest.mark.parametrize("text", [REFUSES, CLOSES], ids=["refused", "what is open is closed"])
def test_where_there_is_none_the_room_is_as_it_was(systemd, text):
    log = systemd(text)
    assert printed("print('in the room')") == "in the room\n"
    assert len(log.read_text().splitlines()) == 1
