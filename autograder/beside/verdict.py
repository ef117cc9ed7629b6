"""What the answers to an exercise say: criteria met, points, the misconception they look like.

The judge that grades uses the same lines as the check at home. A *record* is plain data made from an exercise by
``autograder.reference.record``: its criteria, its cases with the expected answers, and what each misconception answers.

No dataclass: a student waits for ``check`` to be imported, and a fifth of that was their module.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from autograder.beside.compare import Names
from autograder.beside.errors import shown
from autograder.beside.fault import NO_ANSWER, NoSuchParts, faults_of, in_words, measured, part_of, places_of
from autograder.beside.habits import COST, HABITS, SWAPPED, habits, in_order
from autograder.beside.naming import named
from autograder.beside.records import Answer, AnsweredCase, Record, RecordedCriterion

STATUSES = {
    "passed": "every criterion met",
    "partly": "some criteria met",
    "wrong": "no criterion met",
    "raised": "the code raised an error",
    "timed out": "the code did not come to an end in time",
    "crashed": "the process that ran the code died",
    "out of memory": "the code asked for more memory than there is",
    "too much output": "the code printed more than can be kept",
    "cell missing": "the cell to write in is gone from the notebook, and nothing else defines the name",
    "not attempted": "nothing written yet",
    **HABITS,
}
"""Every way an exercise can end, with what it means."""


class CriterionVerdict(NamedTuple):
    """One line of the verdict: what is asked, whether it is met, and if not, what came instead."""

    says: str
    points: float
    met: bool
    instead: str = ""


class Verdict(NamedTuple):
    """The outcome of one exercise, and of its first case that differs the two answers with what it asked."""

    exercise: str
    status: str
    points: float
    max_points: float
    criteria: tuple[CriterionVerdict, ...] = ()
    habits: tuple[str, ...] = ()
    message: str = ""
    misconception: str = ""
    misconception_says: str = ""
    axes: tuple[str, str] = ("place", "value")
    places: Names = ()
    case: str = ""
    expected: Any = None
    answer: Any = None
    seed: str = ""

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON can hold it, without the two answers of the picture."""
        criteria = [criterion._asdict() for criterion in self.criteria]
        return self._asdict() | {"criteria": criteria, "expected": None, "answer": None}


class Answers:
    """What a student's object gave: ``cases[n]`` is ``{"answer": ...}`` or ``{"raised": type, "says": message}``.

    ``ended`` names what stopped the questions before the last case ("timed out", "crashed", ...), if anything did, and
    ``says`` is the error or the reason in a line.
    """

    def __init__(self, cases: dict[int, Answer] | None = None, ended: str = "", says: str = "") -> None:
        self.cases, self.ended, self.says = cases or {}, ended, says


def verdict(record: Record, answers: Answers, seed: str = "", ended: Mapping[str, str] | None = None) -> Verdict:
    """Hold the answers against a record: points for each criterion all of whose cases agree.

    Answers to cases that the record does not have count for nothing: anyone may have sent them. ``ended`` is how other
    exercises of the same work ended, by their names.
    """
    raw = answers.cases
    asked = {n: measured(record, case, raw[n]) for n, case in enumerate(record["cases"]) if n in raw}
    given = in_order(record, asked)
    faults = faults_of(record, given)
    criteria = tuple(_criterion(criterion, record["cases"], faults, ended or {}) for criterion in record["criteria"])
    swapped = given is not asked
    bad_habits = habits(record, raw) + ([SWAPPED] if swapped else [])
    points = sum(criterion.points for criterion in criteria if criterion.met)
    max_points = sum(criterion["points"] for criterion in record["criteria"])
    status, message = _status(Answers(given, answers.ended, answers.says), points, max_points)
    misconception = named(record, asked, faults_of(record, asked)) if swapped else ""
    misconception = misconception or ("" if points == max_points else named(record, given, faults))
    if bad_habits:
        status = bad_habits[0] if points == max_points else status
        points = max(points - COST, 0.0)
    return Verdict(
        exercise=record["exercise"],
        status=status,
        points=points,
        max_points=max_points,
        criteria=criteria,
        habits=tuple(f"{HABITS[habit]} (-{COST:g})" for habit in bad_habits),
        message=shown(message),
        misconception=misconception,
        misconception_says=record["misconceptions"].get(misconception, ""),
        seed=seed,
        **_to_draw(record, given, faults),
    )


def _to_draw(record: Record, given: dict[int, Answer], faults: list[str]) -> dict[str, Any]:
    """Of the first case that differs what it asked and the two answers, or the part of them that it looks at."""
    axes = (record["axes"][0], record["axes"][1])
    for case, fault, answer in zip(record["cases"], faults, map(given.get, range(len(faults))), strict=True):
        if fault and answer and "answer" in answer:
            criterion = next(one for one in record["criteria"] if one["name"] == case["criterion"])
            with suppress(NoSuchParts):
                both = [part_of(record, criterion, one) for one in (case["expected"], answer["answer"])]
                axes = (axes[0], criterion.get("part") or axes[1])
                drawn = {"case": case["says"], "expected": both[0], "answer": both[1]}
                return drawn | {"axes": axes, "places": places_of(record, criterion)}
    return {"axes": axes}


def _criterion(
    criterion: RecordedCriterion, cases: list[AnsweredCase], faults: list[str], ended: Mapping[str, str]
) -> CriterionVerdict:
    both = zip(cases, faults, strict=True)
    mine = [(case["says"], fault) for case, fault in both if case["criterion"] == criterion["name"]]
    says, fault = next(((says, fault) for says, fault in mine if fault), ("", ""))
    instead = "" if fault in ("", NO_ANSWER) else shown(f"{says}: {fault}")
    needs = criterion.get("needs", "")
    if instead and ended.get(needs, "passed") != "passed":
        instead += f" (this builds on {needs}, which is not right yet: mend that first)"
    return CriterionVerdict(criterion["says"], criterion["points"], not fault, instead)


def _status(answers: Answers, points: float, max_points: float) -> tuple[str, str]:
    if points == max_points:
        return "passed", ""
    if answers.ended:
        return answers.ended, answers.says
    raised = [case for case in answers.cases.values() if "raised" in case]
    kinds = {case["raised"] for case in raised}
    if raised and kinds == {"NotImplementedError"} and len(raised) == len(answers.cases):
        return "not attempted", ""
    if "MemoryError" in kinds and not points:
        return "out of memory", "MemoryError"
    if points:
        return "partly", ""
    if 2 * len(raised) > len(answers.cases):
        return "raised", in_words(raised[0])
    return "wrong", ""
