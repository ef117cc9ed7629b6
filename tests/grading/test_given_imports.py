"""What a chapter imports is loaded before anybody's work is touched; where it fails, one line says what to do."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import released_imports
from autograder.grading.given_imports import NotImportable, load_imports
from autograder.grading.one import Submission
from autograder.grading.submissions import files_beside
from autograder.room.limits import Limits

pytestmark = pytest.mark.sandbox


def load(course, chapter, limits):
    folder = course / "release" / chapter
    released = (folder / f"{chapter}.ipynb").read_bytes()
    load_imports(Submission(chapter, released, released, "", "", files_beside(folder), limits), unsafe=False)


def test_a_chapter_of_torch_loads_and_too_little_memory_for_it_is_said(released_course):
    load(released_course, "delays", Limits())
    with pytest.raises(NotImportable, match=r"^delays cannot be graded: 'import torch' .*the limit of memory .*100 MB"):
        load(released_course, "delays", Limits(memory=100 << 20))


def test_a_cell_that_is_to_be_completed_and_does_not_parse_yet_imports_nothing():
    cells = [new_code_cell("import json\nanswer = # your code"), new_code_cell("import numpy as np")]
    released = nbformat.writes(new_notebook(cells=cells)).encode()
    assert released_imports.lines(released, "none") == ("import numpy as np",)
    assert "numpy" in released_imports.modules(released, "none")


def test_time_that_does_not_suffice_is_said():
    released = nbformat.writes(new_notebook(cells=[new_code_cell("import forever")])).encode()
    beside, limits = {"forever.py": b"while True: pass"}, Limits(cell_seconds=0.4)
    with pytest.raises(NotImportable, match=r"'import forever' .*\(timed out: .*the limit of time .*0.4 seconds"):
        load_imports(Submission("none", released, released, "", "", beside, limits), unsafe=False)


def test_addresses_that_do_not_suffice_are_said(released_course):
    """Where a machine has a limit of its own on them: what torch with CUDA once met in every room."""
    code = (
        "import pathlib, resource, sys\nfrom grading.test_given_imports import Limits, load\n"
        "resource.setrlimit(resource.RLIMIT_AS, (450 << 20,) * 2)\nload(pathlib.Path(sys.argv[1]), 'delays', Limits())"
    )
    command = [sys.executable, "-c", code, released_course]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert re.search(r"'import torch' does not load .*failed to map segment.*or that of addresses", done.stderr)


def test_a_package_that_is_not_in_the_room_ends_the_run_in_one_line_and_nobody_is_touched(released_chapter, tmp_path):
    course = shutil.copytree(released_chapter, tmp_path / "course")
    path = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    released = nbformat.read(path, as_version=4)
    released.cells.insert(0, new_code_cell("%matplotlib inline\nimport of_no_package"))
    nbformat.write(released, path)
    command = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--course", course, "--as-root"]
    nobody = subprocess.run(command, capture_output=True, text=True)
    assert "0 graded, 0 unchanged" in nobody.stderr, "who grades nobody need not have it"
    sample_class.hand_in(course, sample_class.CLASS[:2])
    before = sorted(course.rglob("*"))
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    [said] = [line for line in done.stderr.splitlines() if "cannot be graded" in line]
    assert "'import of_no_package' does not load where its submissions run (ModuleNotFoundError: No module " in said
    assert "install it into" in said and "Traceback" not in done.stderr
    assert sorted(course.rglob("*")) == before
