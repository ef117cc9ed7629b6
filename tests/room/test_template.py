"""Rooms entered by copies of a process that has loaded their packages."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.room import template

pytestmark = pytest.mark.sandbox
IS_LOADED = "import sys; print('numpy' in sys.modules)\n"


def printed(source: str) -> str:
    (cell,) = run(new_notebook(cells=[new_code_cell(source)])).cells
    return "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs)


@pytest.fixture
def loader():
    """The process that has loaded, begun anew for a test."""
    for one in filter(None, template._templates.values()):
        one.close()
    template._templates.clear()
    assert printed(IS_LOADED) == "True\n"
    return template._templates[("numpy",)]._process


def test_what_one_notebook_does_to_a_package_no_other_sees():
    look = "import numpy; print(hasattr(numpy, 'left')); numpy.left = 1; open('/tmp/left', 'w').write('here')\n"
    look += "import os; print(os.listdir('/tmp'))"
    first, second = printed(look), printed(look)
    assert first == second and first.startswith("False\n") and "'left'" in first


def test_no_two_draw_the_same_numbers():
    draw = "import numpy, random; print(numpy.random.random(), random.random())"
    assert len({number for _ in range(3) for number in printed(draw).split()}) == 6


def test_one_that_dies_takes_no_other_along(loader):
    assert "ended with code 3" in printed("import os; os._exit(3)")
    assert "ended with code -11" in printed("import os; os.kill(os.getpid(), 11)")
    assert printed(IS_LOADED) == "True\n" and loader.poll() is None


def test_what_cannot_be_loaded_before_is_missed_where_it_is_imported(monkeypatch):
    monkeypatch.setattr("in_room.LOADED", ["numpy", "no_such_package"])
    assert "no_such_package" in printed("import no_such_package")
    assert printed(IS_LOADED) == "True\n"


def test_what_a_package_has_opened_it_finds_again(monkeypatch):
    """Brian2 opens a log when it is imported, and writes to it and looks for it when an error is shown."""
    monkeypatch.setattr("in_room.LOADED", ["brian2", "torch"])
    assert printed("import sys; print({'brian2', 'torch'} <= sys.modules.keys())") == "True\n"
    warn = "import brian2, tempfile; brian2.BrianLogger('a').debug('b'); print(tempfile.gettempdir()); 1/0"
    assert printed(warn) == "/tmp\ndivision by zero"


def test_where_it_is_gone_or_none_can_enter_rooms_load_for_themselves(loader):
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    assert [printed(IS_LOADED) for _ in range(2)] == ["False\n"] * 2
    assert template._templates[("numpy",)] is None
    template._templates.clear()
    assert printed(IS_LOADED) == "True\n"


def test_nothing_is_left_of_it_when_its_worker_ends():
    code = """
import os
from room.test_template import IS_LOADED, printed, template
assert printed(IS_LOADED) == "True\\n"
print(template._templates[("numpy",)]._process.pid, flush=True)
os._exit(0)
"""
    tests = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=tests, stdout=subprocess.PIPE, text=True, check=True)
    over = time.monotonic() + 10
    while Path(f"/proc/{done.stdout.strip()}").exists():
        assert time.monotonic() < over
        time.sleep(0.05)
    assert done.stdout.strip().isdigit()
