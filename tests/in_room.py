"""A notebook run in the room, for the tests: what is not said is as a submission has it."""

from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.submissions import files_beside
from autograder.room import notebook as room
from autograder.room.limits import Limits

LOADED = ["numpy"]
"""What a template loads before, as for every submission; without it each room loads for itself."""


def run(
    notebook: NotebookNode, asked=None, seconds=None, folders: tuple[Path, ...] = (), limits=None, **more
) -> NotebookNode:
    """The notebook as it comes out, with the files of ``folders`` beside it."""
    beside, packages = files_beside(*folders), tuple(LOADED)
    return room.run(notebook, asked or {}, seconds or {}, beside, limits or Limits(), packages=packages, **more)
