"""The recorded answers: what ``check`` compares with where nobody who knows the solution is near."""

import json
from pathlib import Path

from autograder.check import RECORD_SUFFIX
from autograder.exercises import Chapter
from autograder.files import write_whole
from autograder.record import record

PUBLIC_SEED = "public"
"""The seed of the public cases. What is drawn from any other is never written down for students."""


def write(chapter: Chapter, folder: Path) -> Path:
    """Record the public cases of a chapter into ``folder``; the file is touched only if its text changes."""
    records = {exercise.name: record(exercise, PUBLIC_SEED) for exercise in chapter.exercises}
    path = folder / f"{chapter.name}{RECORD_SUFFIX}"
    write_whole(path, json.dumps(records, allow_nan=False))
    return path
