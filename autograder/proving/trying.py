"""An answer put to the questions of seeds and judged, in this process and without a room: it is ours."""

import ast
import contextlib
import io
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any

import jupytext
import numpy as np

from autograder.beside import check
from autograder.beside.records import Record
from autograder.beside.verdict import Answers, Verdict, verdict
from autograder.exercises import Exercise, Misconception, load
from autograder.grading.workers import TooMuchWork, computing_for
from autograder.proving.forms import FORMS, in_form
from autograder.reference import places
from autograder.reference.definition import misreading
from autograder.reference.imports import file_of
from autograder.reference.record import record

LEAST_SECONDS = 3.0
"""What an answer may compute for one seed, however quick the reference is."""
TIMES_SLOWER = 20
"""How much longer than the reference an answer may compute."""


@dataclass(frozen=True)
class Attempt:
    """Something that is put to an exercise's questions, and what should be made of it.

    ``kind`` is one of :data:`autograder.proving.attempts.KINDS`. ``made`` is the text of a cell, a misconception with
    the number of its reading, or a form of :data:`autograder.proving.forms.FORMS` in which the reference answers.
    ``named`` is as in :class:`autograder.proving.corpus.Written`.
    """

    chapter: str
    exercise: str
    kind: str
    name: str
    made: str | tuple[Misconception, int]
    says: str = ""
    named: str | None = None
    head: tuple[tuple[str, str], ...] = ()


@dataclass
class Found:
    """What became of an attempt with each of some seeds: its points, the name it was given, and why it fell short."""

    points: list[float] = field(default_factory=list)
    full: int = 0
    names: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def seeds(self) -> int:
        """How many there were."""
        return len(self.points)

    @property
    def share(self) -> str:
        """With how many of the seeds it earned everything."""
        return f"{self.full} of {self.seeds}"

    def extend(self, other: "Found") -> None:
        """Take over what was found with other seeds."""
        self.points += other.points
        self.full += other.full
        self.names += other.names
        self.why = self.why or other.why

    def add(self, seed: str, given: Verdict) -> None:
        """Take down one verdict more."""
        full = given.points == given.max_points
        self.points.append(given.points)
        self.full += full
        self.names.append(given.misconception)
        if not full and not self.why:
            missed = next((one.instead for one in given.criteria if not one.met and one.instead), "")
            self.why = f"seed {seed}: {given.status}; {missed or given.message}".removesuffix("; ")


def verdict_on(exercise: Exercise, make: Callable[[], Any], seed: str, names: bool = True) -> Verdict:
    """The verdict on what ``make`` returns, asked as in a graded notebook; what it prints and warns of is left out.

    Without ``names`` no misconception is looked for.
    """
    known, limit = recorded(exercise, seed, False), sys.getrecursionlimit()
    with undisturbed():
        np.random.seed(0)
        try:
            thing = make()
        except (Exception, SystemExit) as error:
            return verdict(known, Answers(ended="raised", says=f"{type(error).__name__}: {error}"), seed)
        try:
            answers = answers_of(thing, known)
        finally:
            sys.setrecursionlimit(limit)
    found = verdict(known, answers, seed)
    if names and found.points < found.max_points:
        found = verdict(recorded(exercise, seed, True), answers, seed)
    return found


def answers_of(thing: Any, known: Record) -> Answers:
    """What an object answers to a record's questions, as it leaves the room."""
    cases = json.loads(json.dumps(dict(check.answers_to(known, thing))))
    return Answers({int(n): given for n, given in cases.items()})


def try_on(attempts: Sequence[Attempt], seeds: Sequence[str]) -> list[Found]:
    """What became of attempts on one exercise with each of the seeds. One that takes too long has earned nothing."""
    found = [Found() for _ in attempts]
    over: dict[int, Answers] = {}
    exercise = load(attempts[0].chapter).exercise(attempts[0].exercise)
    names = attempts[0].kind != "right"
    _imported(attempts[0].chapter)  # and what else takes its time once: neither is theirs
    for package in ("torch", "scipy.signal", "scipy.stats"):
        import_module(package)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        limit = max(LEAST_SECONDS, TIMES_SLOWER * seconds_of_a_check(exercise))
        for seed in seeds:
            recorded(exercise, seed, names)  # the time that this takes is not theirs
            for place, attempt in enumerate(attempts):
                try:
                    if place in over:
                        raise TooMuchWork(over[place].says)
                    with computing_for(limit, "answering"):
                        given = verdict_on(exercise, partial(made, attempt), seed, names)
                except TooMuchWork as error:  # it is not tried again: the next seed would take as long
                    over[place] = Answers(ended="timed out", says=str(error))
                    given = verdict(recorded(exercise, seed, False), over[place], seed)
                found[place].add(seed, given)
    return found


@cache
def seconds_of_a_check(exercise: Exercise, seed: str = "public") -> float:
    """How long the reference takes to be asked and judged, with what it needs imported already."""
    known = recorded(exercise, seed, False)
    begun = time.perf_counter()
    with undisturbed():
        verdict(known, answers_of(exercise.reference, known))
    return time.perf_counter() - begun


def made(attempt: Attempt) -> Any:
    """The object that an attempt hands over; whatever its text raises."""
    exercise = load(attempt.chapter).exercise(attempt.exercise)
    if not isinstance(attempt.made, str):
        return misreading(exercise, *attempt.made)
    if attempt.made in FORMS:
        return in_form(exercise.reference, FORMS[attempt.made])
    return defined(attempt.chapter, attempt.exercise, attempt.made)


def defined(chapter: str, exercise: str, text: str) -> Any:
    """What a cell with ``text`` binds to the exercise's name, with what the chapter's page imports at hand.

    Raises NameError if it binds nothing, and whatever the text raises.
    """
    names = {name: thing for name, thing in _imported(chapter).items() if name != exercise}
    exec(compile(text, f"<{exercise}>", "exec"), names)
    if exercise not in names:
        raise NameError(f"nothing is called {exercise} when the cell has run")
    return names[exercise]


@cache
def _imported(chapter: str) -> dict[str, Any]:
    """What stands at hand in a chapter's notebook: all that its pages import, the references among it.

    What only draws the page's figures is not.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in (cell for path in places.pages(chapter) for cell in jupytext.read(path, fmt="md:myst").cells):
        for node in ast.parse(cell.source).body if cell.cell_type == "code" else ():
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not _draws(node):
                exec(ast.unparse(node), names)
    return names


def _draws(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import is of one of the book's own modules."""
    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    return (file_of(module or "") or places.PROJECT).is_relative_to(places.BOOK)


@lru_cache(maxsize=64)
def recorded(exercise: Exercise, seed: str, misreadings: bool) -> Record:
    """What the answers to the questions of ``seed`` are held against."""
    return record(exercise, seed, misreadings=misreadings)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Nobody reads what answers print and warn of."""
    nobody = io.StringIO()
    with contextlib.redirect_stdout(nobody), contextlib.redirect_stderr(nobody), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            yield
