"""What an exercise is, and where each chapter's exercises are found.

Runs where a chapter is made and where it is graded, and never where a student's code runs.
A module of this package named as its chapter holds ``CHAPTER``, a :class:`Chapter`. Here stands what is right to ask;
what is right to answer is in ``solutions``, and how to ask is in ``autograder.probes``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from autograder.beside.compare import RELATIVE_TOLERANCE, Names
from autograder.beside.errors import WrongUse


@dataclass(frozen=True)
class Criterion:
    """One thing that must hold, with points of its own. ``says`` completes "the exercise ...".

    Answers are held against the expected ones within ``tolerance`` of each number. Where many answers are right there
    is a condition instead: ``holds`` names a function ``(inputs, answer) -> fault`` of ``autograder.probes``, as a
    probe is named; it returns "" or a sentence that says what is wrong. ``part`` is one of the exercise's ``parts``:
    then only that part of an answer is looked at. ``needs`` names an earlier exercise of the chapter that a right
    answer calls: where that one is not right, a criterion that is not met says so. ``places`` are as the exercise's,
    where the answers that count for this criterion have other axes.
    """

    name: str
    points: float
    says: str
    tolerance: float = RELATIVE_TOLERANCE
    holds: str = ""
    part: str = ""
    needs: str = ""
    places: Names = ()


@dataclass(frozen=True)
class Case:
    """One question: the inputs for the probe, and the criterion the answer counts for.

    ``expected`` is what the inputs were made from, where that is known and the reference could only estimate it.
    ``scale`` is the size of what is added up to the answer, where what is left of it may be nothing: of two terms of 40
    whose difference is 1e-17 it is 40. It counts for all cases of its criterion. Without it the largest answer that
    these expect is taken.
    """

    criterion: str
    says: str
    inputs: dict[str, Any]
    expected: Any = None
    scale: float = 0.0


Changes = tuple[tuple[str, str], ...]
"""What stands in a text, and what takes its place: one after the other, each found exactly once."""


@dataclass(frozen=True)
class Misconception:
    """A known wrong reading: changes to the reference's text, and what a good teacher says to it.

    ``also`` holds other forms in which students write it, and whose answers are other numbers: each is changes to the
    reference's text too, or a whole definition that takes its place.
    """

    name: str
    says: str
    changes: Changes
    also: tuple[Changes | str, ...] = ()

    @property
    def readings(self) -> tuple[Changes | str, ...]:
        """All its forms; the one of ``changes`` is the first."""
        return (self.changes, *self.also)


@dataclass(frozen=True)
class Exercise:
    """Something the student writes that is checked by questions.

    A probe hands over what came back as it is. Where a number made from it is looked at, ``measure`` names a function
    ``(inputs, answer) -> number`` of ``autograder.probes``, which the judging side applies: where a student's code runs
    nobody computes what is judged. At least one case of each criterion is drawn such that its answer cannot be known
    without its inputs: what answers one seed meets no criterion of another (tests/exercises/test_replays.py).

    ``name`` is the name the reference has in ``module`` and the student's object has in the notebook. ``cases(rng)``
    yields the edge cases always and random ones besides. ``axes`` are the words under and beside the picture of an
    answer, and ``seconds`` of computing are what the check may take when graded. ``in_page`` names
    the packages of Pyodide without which it cannot be written in the published page: ("numpy",). Most need none: lists
    do. None is for what no package there has: the page then offers no live cell.

    ``parts`` are the names of what comes back side by side, in the order asked for: ("voltage", "spikes"); with
    ``columns`` they are the columns of one array, (N, 2) in this case. ``places``
    are the names of a place along each axis of an answer, or of a part of it: ("step", "channel"). Where each place has
    a name of its own, a tuple of them stands for the axis.

    ``again`` is False where a question takes seconds, or chance answers it: then none is asked once more, to see what
    is kept between calls.
    """

    name: str
    module: ModuleType
    probe: str
    criteria: tuple[Criterion, ...]
    cases: Callable[[Random], Iterable[Case]]
    misconceptions: tuple[Misconception, ...] = ()
    measure: str = ""
    axes: tuple[str, str] = ("place", "value")
    seconds: float = 10.0
    in_page: tuple[str, ...] | None = ()
    parts: tuple[str, ...] = ()
    columns: bool = False
    places: Names = ()
    again: bool = True

    @property
    def points(self) -> float:
        return sum(criterion.points for criterion in self.criteria)

    @property
    def reference(self) -> Any:
        return getattr(self.module, self.name)


@dataclass(frozen=True)
class Essay:
    """A question answered in words and marked by hand. The question stands in the book under the same name."""

    name: str
    points: float
    scheme: str = field(repr=False)


@dataclass(frozen=True)
class Chapter:
    """The exercises and essays of one chapter, in the order of the book."""

    name: str
    exercises: tuple[Exercise, ...]
    essays: tuple[Essay, ...] = ()

    def exercise(self, name: str) -> Exercise:
        """The exercise called ``name``; KeyError, naming those there are, if there is none."""
        return _called(name, self.exercises, f"exercise in chapter {self.name}")

    def essay(self, name: str) -> Essay:
        """The essay called ``name``; KeyError, naming those there are, if there is none."""
        return _called(name, self.essays, f"essay in chapter {self.name}")


class UnknownChapter(WrongUse, LookupError):
    """There is no chapter of that name."""


def chapter_names() -> list[str]:
    """The chapters that have exercises, by the modules of this package."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def load(chapter: str) -> Chapter:
    """The chapter called ``chapter``; :class:`UnknownChapter`, naming those there are, if there is none."""
    if chapter not in chapter_names():
        raise UnknownChapter(f"unknown chapter {chapter!r}: there is {', '.join(chapter_names())}")
    return import_module(f"{__name__}.{chapter}").CHAPTER


def _called(name: str, things: tuple, what: str) -> Any:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(f"no {what} is called {name!r}: there is {', '.join(thing.name for thing in things) or 'none'}")


def decimals(rng: Random, low: float, high: float) -> float:
    """A random number with three decimals: short to read in feedback and to record."""
    return round(rng.uniform(low, high), 3)


def shuffled(rng: Random, values: Sequence) -> list:
    """The values in an order that only the seed knows: where zeros stand among them, for instance."""
    return rng.sample(values, len(values))
