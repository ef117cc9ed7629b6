"""One answer held against the case it answers: what is wrong with it, in a sentence.

Measured first, if the exercise measures something in it, and looked at in part, if its criterion asks for a part.
"""

from typing import Any

from autograder import probes
from autograder.beside.compare import difference, largest, plain, shown_shape
from autograder.beside.records import Answer, AnsweredCase, Record, RecordedCriterion

NO_ANSWER = "no answer"
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


def part_of(record: Record, criterion: RecordedCriterion, answer: Any) -> Any:
    """What a criterion looks at: an answer, or one of its parts. Raises :class:`NoSuchParts` where it has not those."""
    part, parts = criterion.get("part"), record.get("parts", [])
    if not part:
        return answer
    if not isinstance(answer, list) or len(answer) != len(parts):
        raise NoSuchParts(f"{shown_shape(answer)} came back where {' and '.join(parts)} are asked for, in this order")
    return answer[parts.index(part)]


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
        answer = part_of(record, criterion, given["answer"])
        if criterion["holds"]:
            return probes.named(criterion["holds"])(case["inputs"], answer)
        expected = part_of(record, criterion, case["expected"])
        found = difference(expected, answer, criterion["tolerance"], scale, record.get("places", ()))
        return "" if found is None else found.says
    except NoSuchParts as error:
        return str(error)
    except NOT_OF_THE_FORM:
        return "what came back is not of the form that was asked for"


def in_words(raised: Answer) -> str:
    """An error as its name and what it says."""
    return f"{raised['raised']}: {raised['says']}" if raised.get("says") else raised["raised"]
