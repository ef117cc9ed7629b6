"""Which misconception the answers of a student look like, and what is evidence enough to say so.

A name that is wrong costs a student more than none. So it is given only where the answers themselves leave no other.
"""

import math
from collections.abc import Iterator
from typing import Any

from autograder.beside.compare import RELATIVE_TOLERANCE, ROUNDING, agree, difference, flat, largest
from autograder.beside.fault import NOT_OF_THE_FORM, fault, part_of, scales
from autograder.beside.records import Answer, Record, read_as

ENOUGH = 2
"""Independent pieces of evidence against what is right, and against each other misconception."""
MANY = 3
"""Different numbers that one answer needs to be as good as two: a trace of voltages is, a spike train or a label not.

A trace that agrees in so many numbers has been computed in the same way; where all is 0 or 1, one answer in two or so
agrees by chance.
"""


def named(record: Record, given: dict[int, Answer], faults: list[str]) -> str:
    """The misconception that the answers look like; "" if that cannot be told.

    One of its readings answers as the student did, in every case of more than half of the criteria that are not met:
    slips come together, and naming one is better than none. In no case of a criterion that is met would it have given
    another number. And there is evidence, in what the student answered with ordinary numbers, that it is neither right
    nor any other misconception: ``ENOUGH`` pieces against each. Nothing is to be told from a nan or an infinity, nor
    from an answer that is nothing but 0 or nothing but 1, as whatever fails may answer; one number over and over is
    one number. What is asked for itself, and not called, is known whole: there it is enough to be alike.
    """
    return _Naming(record, given, faults).best()


class _Naming:
    def __init__(self, record: Record, given: dict[int, Answer], faults: list[str]) -> None:
        self.record, self.faults, self.scales = record, faults, scales(record)
        self.criteria = {criterion["name"]: criterion for criterion in record["criteria"]}
        self.given: dict[int, Any] = {}
        for n, case in enumerate(record["cases"]):
            if "answer" in given.get(n, {}):
                try:
                    self.given[n] = part_of(record, self.criteria[case["criterion"]], given[n]["answer"])
                except NOT_OF_THE_FORM:
                    self.given[n] = given[n]["answer"]
        asked = [[n for n, one in enumerate(record["cases"]) if one["criterion"] == name] for name in self.criteria]
        answered = [[n for n in mine if n in self.given] for mine in asked]
        self.faulty = [mine for mine in answered if any(faults[n] for n in mine)]
        self.met = [n for mine in asked if not any(faults[n] for n in mine) for n in mine]
        self.enough = ENOUGH if record["probe"] != "itself" else 0

    def best(self) -> str:
        found, most = "", len(self.faulty) / 2
        for name in self.record["misconceptions"]:
            for number in self._readings(name):
                explained = [mine for mine in self.faulty if all(self._alike(n, name, number) for n in mine)]
                if len(explained) > most and self._is_told_apart(name, number, [n for one in explained for n in one]):
                    found, most = name, len(explained)
        return found

    def _readings(self, name: str) -> range:
        return range(len(self.record["cases"][0]["misread"][name]))

    def _is_told_apart(self, name: str, number: int, explained: list[int]) -> bool:
        if any(self._would_be_seen(n, name, number) for n in self.met):
            return False
        wrong = (self._evidence(n, self._expected(n)) for n in explained if self.faults[n])
        says, alike = self.record["misconceptions"], [*explained, *self.met]
        return _reach(self.enough, wrong) and all(
            _reach(self.enough or 1, (self._evidence(n, self._misread(n, other, form)) for n in alike))
            for other in says
            if says[other] != says[name]
            for form in self._readings(other)
        )

    def _expected(self, n: int) -> Any:
        case = self.record["cases"][n]
        return part_of(self.record, self.criteria[case["criterion"]], case["expected"])

    def _misread(self, n: int, name: str, number: int) -> Any:
        """What a misconception answers to a case; an exception's name, which is like no answer, where it raises."""
        case = self.record["cases"][n]
        answer = read_as(case, name, number)
        try:
            return part_of(self.record, self.criteria[case["criterion"]], answer["answer"])
        except NOT_OF_THE_FORM:
            return {"raised": answer.get("raised", "")}

    def _near(self, n: int) -> tuple[float, float]:
        """How near a reading has to come: nearer than what is right, for who misreads may also compute otherwise."""
        criterion = self.criteria[self.record["cases"][n]["criterion"]]
        return max(RELATIVE_TOLERANCE, criterion["tolerance"] / 5), self.scales[criterion["name"]]

    def _alike(self, n: int, name: str, number: int) -> bool:
        return difference(self._misread(n, name, number), self.given[n], *self._near(n)) is None

    def _would_be_seen(self, n: int, name: str, number: int) -> bool:
        """Whether a reading would have failed in a case, and with numbers: errors and infinities are easily avoided."""
        case = self.record["cases"][n]
        answer, criterion = read_as(case, name, number), self.criteria[case["criterion"]]
        numbers = _numbers(answer.get("answer"))
        return all(map(math.isfinite, numbers or [math.inf])) and bool(
            fault(self.record, criterion, case, answer, self.scales[criterion["name"]])
        )

    def _evidence(self, n: int, other: Any) -> int:
        """What a student's answer to a case says against another one: 0, 1 or ENOUGH."""
        mine, theirs = _numbers(self.given[n]), _numbers(other)
        near, scale = self._near(n)
        if not mine:
            return int(self.given[n] != other)
        ordinary = {number for number in mine if math.isfinite(number)}
        if max(map(abs, ordinary), default=0.0) <= ROUNDING * scale or ordinary == {1.0}:
            return 0 if self.enough else int(mine != theirs)
        least = max(1e-5 * (largest(other) or 1.0), ROUNDING * scale)
        same_form = len(mine) == len(theirs)
        apart = [
            one
            for place, one in enumerate(mine)
            if math.isfinite(one) and not (same_form and agree(theirs[place], one, least, near))
        ]
        different = {f"{one:.4g}" for one in apart}
        return min(len(different), 1) if len(different) < MANY else ENOUGH


def _numbers(answer: Any) -> list[float]:
    try:
        return flat(answer)
    except (TypeError, RecursionError):
        return []


def _reach(enough: int, pieces: Iterator[int]) -> bool:
    """Whether pieces of evidence add up to enough; no more of them are looked for than are needed."""
    found = 0
    return found >= enough or any((found := found + piece) >= enough for piece in pieces)
