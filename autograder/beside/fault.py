"""One answer held against the case it answers: what is wrong with it, in a sentence.

Measured first, if the exercise measures something in it, and looked at in part, if its criterion asks for a part.
"""

from typing import Any

from autograder import probes
from autograder.beside.compare import Names, difference, largest, plain, shape, shown_shape
from autograder.beside.records import Answer, AnsweredCase, Record, RecordedCriterion

NO_ANSWER = "no answer"
TOO_DEEP = "Python ends a recursion after 1000 calls or so, and an input may be longer: a loop has no end of that kind"
NOT_OF_THE_FORM = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError)


class NoSuchParts(ValueError):
    """An answer has not the parts that were asked for; the message says so to the student."""


def measured(record: Record, case: AnsweredCase, given: Answer) -> Answer:
    """What is judged of an answer: itself, or what its exercise measures in it."""
    measure = record.get("measure")
    if not measure or "raised" in given:
        return given
    try:
        return {"answer": plain(probes.named(measure)(case["inputs"], given["answer"]))}
    except NOT_OF_THE_FORM as error:
        return {"raised": type(error).__name__, "says": str(error)[:300]}


def places_of(record: Record, criterion: RecordedCriterion) -> Names:
    """What a place along each axis of an answer is called, if anything is said of that."""
    return criterion.get("places") or record.get("places", ())


def part_of(record: Record, criterion: RecordedCriterion, answer: Any) -> Any:
    """What a criterion looks at: an answer, or one of its parts. Raises :class:`NoSuchParts` where it has not those."""
    return _part(record, criterion.get("part", ""), answer)


def _part(record: Record, part: str, answer: Any) -> Any:
    names = record.get("parts", [])
    if not part:
        return answer
    parts = parts_in(record, answer)
    if parts is None:
        where = "columns of" if record.get("columns") else "parts,"
        raise NoSuchParts(f"{shown_shape(answer)} came back, expected {len(names)} {where} {' and '.join(names)}")
    return parts[names.index(part)]


def parts_in(record: Record, answer: Any) -> list | None:
    """The parts of an answer, each by itself; None if it has not as many as are asked for."""
    count = len(record.get("parts", []))
    if record.get("columns") and isinstance(answer, list):
        rows = [answer] if shape(answer) == (count,) else answer
        return [list(column) for column in zip(*rows, strict=True)] if shape(rows) == (len(rows), count) else None
    return answer if isinstance(answer, list) and len(answer) == count else None


def from_parts(record: Record, parts: list) -> Any:
    """An answer that has these parts."""
    return [list(row) for row in zip(*parts, strict=True)] if record.get("columns") else parts


def scales(record: Record) -> dict[str, float]:
    """For each criterion the size of what its answers are made of, against which rounding is nothing."""
    by_name = {criterion["name"]: criterion for criterion in record["criteria"]}
    found = dict.fromkeys(by_name, 0.0)
    for case in record["cases"]:
        name = case["criterion"]
        expected = part_of(record, by_name[name], case["expected"])
        found[name] = max(found[name], case.get("scale", 0.0), largest(expected))
    return found


def faults_of(record: Record, given: dict[int, Answer]) -> list[str]:
    """What is wrong with the answer to each case; "" where nothing is."""
    by_name, scale = {criterion["name"]: criterion for criterion in record["criteria"]}, scales(record)
    return [
        fault(record, by_name[case["criterion"]], case, given.get(n), scale[case["criterion"]])
        for n, case in enumerate(record["cases"])
    ]


def fault(
    record: Record, criterion: RecordedCriterion, case: AnsweredCase, given: Answer | None, scale: float = 0.0
) -> str:
    """What is wrong with an answer to a case; "" if nothing is."""
    if given is None:
        return NO_ANSWER
    if "raised" in given:
        return in_words(given)
    try:
        if criterion["holds"]:
            return probes.named(criterion["holds"])(case["inputs"], part_of(record, criterion, given["answer"]))
        for name in [criterion["part"]] if criterion.get("part") else record.get("parts") or [""]:
            expected, answer = (_part(record, name, one) for one in (case["expected"], given["answer"]))
            found = difference(expected, answer, criterion["tolerance"], scale, places_of(record, criterion))
            if found:
                return f"{name}: {found.says}" if name else found.says
        return ""
    except NoSuchParts as error:
        return str(error)
    except NOT_OF_THE_FORM:
        return "what came back is not of the form that was asked for"


def in_words(raised: Answer) -> str:
    """An error as its name and what it says."""
    said = f"{raised['raised']}: {raised['says']}" if raised.get("says") else raised["raised"]
    return f"{said}; {TOO_DEEP}" if raised["raised"] == RecursionError.__name__ else said
