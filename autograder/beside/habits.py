"""What is wrong with code whose answers are right: it remembers, or changes what is not its own.

One question is asked twice, first among the others and once more after all of them; then with floats for whole numbers,
to see whether they are changed. What comes of that is a student's to forge, so it can cost points and never earn any.
"""

from itertools import permutations
from typing import Any

from autograder.beside.compare import difference
from autograder.beside.fault import faults_of, from_parts, parts_in
from autograder.beside.records import Answer, Record

COST = 1.0
"""Points for one habit or for several: who mends a criterion by which another comes to light shall not lose."""

REMEMBERS, CHANGES_INPUTS, CHANGES_ANSWERS = "remembers", "changes inputs", "changes answers"
NO_COPY, SWAPPED = "cannot be copied", "parts swapped"
HABITS = {
    REMEMBERS: "asked the same once more, it answers otherwise: something is kept from one call to the next, in a name "
    "outside, a list as default value, or an attribute of the function",
    CHANGES_INPUTS: "what it is given is changed afterwards, and belongs to whoever calls it: work on a copy",
    CHANGES_ANSWERS: "an answer that it gave is changed by a later call: make a new array in each",
    NO_COPY: "a copy of the object (copy.deepcopy) does not answer as the object itself: keep in it what it needs",
    SWAPPED: "the parts come back in another order than is asked for",
}
"""What each is called as a status, and what is said to it."""


def habits(record: Record, raw: dict[int, Answer]) -> list[str]:
    """The habits that answers show, as they came: what is measured in them may be the same by chance.

    After the last case stands what asking one of them once more has shown, as ``autograder.beside.check.answers_to``
    makes it.
    """
    first, shown = record.get("again"), raw.get(len(record["cases"]), {}).get("answer")
    if first is None or not isinstance(shown, dict) or "answer" not in raw.get(first, {}):
        return []

    def other(again: Any) -> bool:
        """Whether a second answer is another; what is no answer at all says nothing."""
        if not isinstance(again, dict) or "answer" not in again:
            return isinstance(again, dict) and "raised" in again
        return difference(raw[first]["answer"], again["answer"]) is not None

    found = [REMEMBERS] if other(shown.get("again")) else [NO_COPY] if other(shown.get("copied")) else []
    if shown.get("changed"):
        found.append(CHANGES_INPUTS)
    if shown.get("filled"):
        found.append(CHANGES_ANSWERS)
    return found


def in_order(record: Record, given: dict[int, Answer]) -> dict[int, Answer]:
    """The answers with their parts in the order in which most of them are right; as they are, if that is no better."""

    def points(answers: dict[int, Answer]) -> float:
        missed = {
            case["criterion"] for case, fault in zip(record["cases"], faults_of(record, answers), strict=True) if fault
        }
        return sum(criterion["points"] for criterion in record["criteria"] if criterion["name"] not in missed)

    def reordered(order: tuple[int, ...]) -> dict[int, Answer]:
        parts = {n: parts_in(record, one.get("answer")) for n, one in given.items()}
        return given | {n: {"answer": from_parts(record, [one[k] for k in order])} for n, one in parts.items() if one}

    count = len(record.get("parts", ()))
    best, most = given, points(given) + COST if count else 0.0
    for order in list(permutations(range(count)))[1:]:
        if (earned := points(reordered(order))) > most:
            best, most = reordered(order), earned
    return best
