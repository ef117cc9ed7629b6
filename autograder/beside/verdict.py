"""What the answers to an exercise say: criteria met, points, the misconception they look like.

The judge that grades uses the same lines as the check at home. A *record* is plain data made from an exercise by
``autograder.reference.record``: its criteria, its cases with the expected answers, and what each misconception answers.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from autograder import probes
from autograder.beside.compare import RELATIVE_TOLERANCE, difference, plain
from autograder.beside.errors import shown
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
}
"""Every way an exercise can end, with what it means."""

NO_ANSWER = "no answer"
_NOT_OF_THE_FORM = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError)


@dataclass(frozen=True)
class CriterionVerdict:
    """One line of the verdict: what is asked, whether it is met, and if not, what came instead."""

    says: str
    points: float
    met: bool
    instead: str = ""


@dataclass(frozen=True)
class Verdict:
    """The outcome of one exercise, and of its first case that differs the two answers with what it asked."""

    exercise: str
    status: str
    points: float
    max_points: float
    criteria: tuple[CriterionVerdict, ...] = ()
    message: str = ""
    misconception: str = ""
    misconception_says: str = ""
    axes: tuple[str, str] = ("place", "value")
    case: str = ""
    expected: Any = None
    answer: Any = None
    seed: str = ""

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON can hold it, without the two answers of the picture."""
        return asdict(self) | {"expected": None, "answer": None}


@dataclass
class Answers:
    """What a student's object gave: ``cases[n]`` is ``{"answer": ...}`` or ``{"raised": type, "says": message}``.

    ``ended`` names what stopped the questions before the last case ("timed out", "crashed", ...), if anything did, and
    ``says`` is the error or the reason in a line.
    """

    cases: dict[int, Answer] = field(default_factory=dict)
    ended: str = ""
    says: str = ""


def verdict(record: Record, answers: Answers, seed: str = "") -> Verdict:
    """Hold the answers against a record: points for each criterion all of whose cases agree.

    Answers to cases that the record does not have count for nothing: anyone may have sent them.
    """
    measure = record.get("measure", "")
    asked = {
        n: _measured(measure, case["inputs"], answers.cases[n])
        for n, case in enumerate(record["cases"])
        if n in answers.cases
    }
    answers = Answers(asked, answers.ended, answers.says)
    by_name = {criterion["name"]: criterion for criterion in record["criteria"]}
    faults = [
        _fault(by_name[case["criterion"]], case, answers.cases.get(number))
        for number, case in enumerate(record["cases"])
    ]
    criteria = tuple(_criterion(criterion, record["cases"], faults) for criterion in record["criteria"])
    points = sum(criterion.points for criterion in criteria if criterion.met)
    max_points = sum(criterion["points"] for criterion in record["criteria"])
    status, message = _status(answers, points, max_points)
    misconception = "" if points == max_points else _misconception(record, answers, faults)
    drawn = next((n for n, fault in enumerate(faults) if fault and "answer" in answers.cases.get(n, {})), None)
    return Verdict(
        exercise=record["exercise"],
        status=status,
        points=points,
        max_points=max_points,
        criteria=criteria,
        message=shown(message),
        misconception=misconception,
        misconception_says=record["misconceptions"].get(misconception, ""),
        axes=(record["axes"][0], record["axes"][1]),
        case="" if drawn is None else record["cases"][drawn]["says"],
        expected=None if drawn is None else record["cases"][drawn]["expected"],
        answer=None if drawn is None else answers.cases[drawn]["answer"],
        seed=seed,
    )


def _measured(measure: str, inputs: dict[str, Any], given: Answer) -> Answer:
    """What is judged of an answer: itself, or what its exercise measures in it."""
    if not measure or "raised" in given:
        return given
    try:
        return {"answer": plain(probes.named(measure)(inputs, given["answer"]))}
    except _NOT_OF_THE_FORM as error:
        return {"raised": type(error).__name__, "says": str(error)[:300]}


def _fault(criterion: RecordedCriterion, case: AnsweredCase, given: Answer | None) -> str:
    if given is None:
        return NO_ANSWER
    if "raised" in given:
        return _error(given)
    if not criterion["holds"]:
        found = difference(case["expected"], given["answer"], criterion["tolerance"])
        return "" if found is None else found.says
    try:
        return probes.named(criterion["holds"])(case["inputs"], given["answer"])
    except _NOT_OF_THE_FORM:
        return "what came back is not of the form that was asked for"


def _error(given: Answer) -> str:
    return f"{given['raised']}: {given['says']}" if given["says"] else given["raised"]


def _criterion(criterion: RecordedCriterion, cases: list[AnsweredCase], faults: list[str]) -> CriterionVerdict:
    both = zip(cases, faults, strict=True)
    mine = [(case["says"], fault) for case, fault in both if case["criterion"] == criterion["name"]]
    says, fault = next(((says, fault) for says, fault in mine if fault), ("", ""))
    instead = "" if fault in ("", NO_ANSWER) else shown(f"{says}: {fault}")
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
        return "raised", _error(raised[0])
    return "wrong", ""


def _misconception(record: Record, answers: Answers, faults: list[str]) -> str:
    """The misconception that explains most of what is faulty; "" if none explains more than half of it.

    A criterion is explained when the misconception answers all its cases as the student did: within a fifth of the
    criterion's tolerance, since who misreads may also compute in another way. Not every criterion has
    to be: slips come together (a missing leak, with an array that is stored twice), and naming one is better than none.
    """
    cases = record["cases"]
    faulty = []
    for criterion in record["criteria"]:
        mine = [n for n, case in enumerate(cases) if case["criterion"] == criterion["name"]]
        given = [n for n in mine if "answer" in answers.cases.get(n, {})]
        if any(faults[n] for n in given):
            faulty.append((given, max(RELATIVE_TOLERANCE, criterion["tolerance"] / 5)))
    best, most = "", len(faulty) / 2
    for name in record["misconceptions"]:
        for number in range(len(cases[0]["misread"][name])):
            explained = sum(
                all(_reads_alike(cases[n]["misread"][name][number], answers.cases[n]["answer"], near) for n in given)
                for given, near in faulty
            )
            if explained > most:
                best, most = name, explained
    return best


def _reads_alike(misread: Answer, answer: Any, tolerance: float) -> bool:
    return "answer" in misread and difference(misread["answer"], answer, tolerance) is None
