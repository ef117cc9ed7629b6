"""What the tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from autograder import course, grading, sample_class, sandbox

settings.register_profile("course", deadline=None)  # a shared machine pauses now and then
settings.load_profile("course")


def without(needed: str) -> None:
    """Leave a test out for want of ``needed``, which says how to get it; in CI nothing may be left out."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(needed)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.get_closest_marker("sandbox"):
        try:
            sandbox.require_bubblewrap()
        except sandbox.NoSandbox as error:
            without(str(error))


@pytest.fixture(scope="session")
def graded_course(tmp_path_factory) -> Path:
    """A course with the whole sample class graded and given feedback. Read it; to change something, copy it."""
    folder = tmp_path_factory.mktemp("graded") / "course"
    course.release([sample_class.CHAPTER], folder)
    sample_class.hand_in(folder)
    graded = grading.grade(sample_class.CHAPTER, folder)
    grading.give_feedback(folder, sample_class.CHAPTER, graded.now)
    return folder
