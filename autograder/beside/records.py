"""What travels as JSON between those who ask, those who answer and those who judge."""

from typing import Any, TypedDict

from autograder.beside.compare import Names


class Question(TypedDict):
    """What one case puts to an object."""

    inputs: dict[str, Any]


class Asked(TypedDict):
    """All questions of an exercise, without an answer to any: what the room knows of it.

    The case whose number is ``again`` is asked once more at the end.
    """

    exercise: str
    probe: str
    cases: list[Question]
    again: int | None


class Answer(TypedDict, total=False):
    """What an object gave to one question: an answer as plain data, or what it raised."""

    answer: Any
    raised: str
    says: str


class AnsweredCase(TypedDict):
    """A question with the answers to it, measured: the reference's, and each misconception's in each reading.

    A reading that answers as the reference does has an empty one: students download them all.
    """

    criterion: str
    says: str
    inputs: dict[str, Any]
    scale: float
    expected: Any
    misread: dict[str, list[Answer]]


class RecordedCriterion(TypedDict):
    """As :class:`autograder.exercises.Criterion`."""

    name: str
    points: float
    says: str
    tolerance: float
    holds: str
    part: str
    needs: str
    places: Names


class Record(TypedDict):
    """An exercise with the answers to all its questions: what a verdict is made from."""

    exercise: str
    probe: str
    measure: str
    axes: list[str]
    parts: list[str]
    columns: bool
    places: Names
    criteria: list[RecordedCriterion]
    misconceptions: dict[str, str]
    again: int | None
    cases: list[AnsweredCase]


def read_as(case: AnsweredCase, name: str, number: int) -> Answer:
    """What a misconception answers to a case in one of its readings."""
    return case["misread"][name][number] or {"answer": case["expected"]}
