"""A snippet asked and judged as in a graded notebook, through JSON, but in this process and without a notebook."""

import contextlib
import io
import json
import sys
import warnings
from functools import cache
from typing import Any

import numpy as np

from autograder.beside import check
from autograder.beside.verdict import Answers, Verdict, verdict
from autograder.exercises import load
from autograder.reference.record import record

CHAPTER = load("leaky_integrator")


@cache
def recorded(exercise: str, seed: str) -> dict[str, Any]:
    """What the answers to the challenge of ``seed`` are held against."""
    return record(CHAPTER.exercise(exercise), seed)


def asked(exercise: str, source: str, seed: str = "a student's") -> Verdict:
    """The verdict on what ``source`` defines; what it prints and what it warns of is left out."""
    known, answers = recorded(exercise, seed), Answers()
    limit = sys.getrecursionlimit()
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        names = {"np": np, "__name__": "__main__"}
        exec(compile(source.strip(), exercise, "exec"), names)
        answers.cases = dict(check.answers_to(known, names[exercise]))
    sys.setrecursionlimit(limit)
    answers.cases = {int(number): given for number, given in json.loads(json.dumps(answers.cases)).items()}
    return verdict(known, answers, seed)
