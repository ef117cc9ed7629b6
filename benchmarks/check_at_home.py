"""How long ``check`` takes at home for a right and for a wrong answer, beside what it may take at most.

python benchmarks/check_at_home.py [RUNS]
"""

import io
import os
import sys
import tempfile
import time
from contextlib import redirect_stdout, suppress
from pathlib import Path
from statistics import median

from autograder import exercises
from autograder.beside import check
from autograder.reference.definition import misreading
from autograder.reference.record import write_records

ALLOWED = 0.3


def seconds(name: str, thing: object) -> float:
    begun = time.perf_counter()
    with redirect_stdout(io.StringIO()), suppress(check.NotYet):
        check.check(name, thing)
    return time.perf_counter() - begun


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        os.environ[check.RECORDED] = folder
        for name in exercises.chapter_names():
            chapter = exercises.load(name)
            write_records(chapter, Path(folder))
            for exercise in chapter.exercises:
                last = misreading(exercise, exercise.misconceptions[-1])  # all others are compared before it
                right = median(seconds(exercise.name, exercise.reference) for _ in range(runs))
                wrong = median(seconds(exercise.name, last) for _ in range(runs))
                share = max(right, wrong) / ALLOWED
                print(f"{exercise.name:24} right {right:.4f} s, wrong {wrong:.4f} s: {share:.0%} of what it may take")


if __name__ == "__main__":
    main()
