"""An exercise put to its reference and to each of its misconceptions: what answers are held against."""

import json
import warnings
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any, cast

from autograder import probes
from autograder.beside.check import RECORD_SUFFIX, SMALL
from autograder.beside.compare import plain
from autograder.beside.records import Answer, AnsweredCase, Asked, Question, Record, RecordedCriterion
from autograder.exercises import Case, Chapter, Exercise
from autograder.reference import places
from autograder.reference.definition import misreading
from autograder.reference.digest import digest
from autograder.reference.files import made_by_one, write_whole

PUBLIC_SEED = "public"
"""The seed of the public cases. What is drawn from any other is never written down for students."""


def record(exercise: Exercise, seed: str, *, misreadings: bool = True) -> Record:
    """The exercise with the cases drawn from ``seed``, as plain data: the record that ``verdict`` reads.

    Without ``misreadings`` the misconceptions are left out, which saves running each of them.
    """
    ask = _asked_once(exercise)
    cases = list(drawn(exercise, seed))
    misread = {
        one.name: [misreading(exercise, one, number) for number in range(len(one.readings))]
        for one in (exercise.misconceptions if misreadings else ())
    }
    return {
        "exercise": exercise.name,
        "probe": exercise.probe,
        "measure": exercise.measure,
        "axes": list(exercise.axes),
        "parts": list(exercise.parts),
        "columns": exercise.columns,
        "places": plain(exercise.places),
        "criteria": [cast(RecordedCriterion, plain(asdict(criterion))) for criterion in exercise.criteria],
        "again": asked_again(exercise, cases),
        "misconceptions": {one.name: one.says for one in exercise.misconceptions if one.name in misread},
        "cases": [_answered(case, ask, exercise.reference, misread) for case in cases],
    }


def write_records(chapter: Chapter, folder: Path) -> Path:
    """Write the records of a chapter's public cases into ``folder``, for ``check``: who checks there knows no solution.

    The file is touched only if its text changes. In a checkout the records are kept for as long as the chapter is made
    from the same: it takes seconds to put every question to every misreading.
    """
    path = folder / f"{chapter.name}{RECORD_SUFFIX}"
    write_whole(path, _kept(chapter) if (places.PROJECT / "_config.yml").is_file() else _records(chapter))
    return path


def _kept(chapter: Chapter) -> str:
    """The records in the checkout, made by the first process that asks for them."""
    kept = places.PROJECT / "_build" / "records" / f"{chapter.name}-{digest(chapter.name)}.json"
    if not kept.is_file():
        with made_by_one(kept) as missing:
            if missing:
                write_whole(kept, _records(chapter))
    return kept.read_text(encoding="utf-8")


def _records(chapter: Chapter) -> str:
    records = {one.name: record(one, PUBLIC_SEED) for one in chapter.exercises}
    return json.dumps(records, allow_nan=False, separators=(",", ":"))


def questions(exercise: Exercise, seed: str) -> Asked:
    """What the student's process may know of a record: the probe and the inputs, and no answer."""
    cases = list(drawn(exercise, seed))
    asked: list[Question] = [{"inputs": case.inputs} for case in cases]
    return {"exercise": exercise.name, "probe": exercise.probe, "cases": asked, "again": asked_again(exercise, cases)}


def asked_again(exercise: Exercise, cases: list[Case]) -> int | None:
    """The case that is asked once more at the end, to see what is kept between calls: the first small one."""
    if not exercise.again or not any(case.inputs for case in cases):
        return None
    sizes = [len(json.dumps(case.inputs)) for case in cases]
    return next((n for n, size in enumerate(sizes) if size <= SMALL), sizes.index(min(sizes)))


def drawn(exercise: Exercise, seed: str) -> Iterable[Case]:
    """The cases of an exercise for a seed; two exercises share no random numbers."""
    return exercise.cases(Random(f"{seed} {exercise.name}"))


def _asked_once(exercise: Exercise) -> Callable[[Any, dict], Any]:
    """The probe and the measure, putting to nobody the same question twice: several criteria may look at one answer."""
    probe = probes.named(exercise.probe)
    answers: dict[tuple[int, str], Any] = {}

    def ask(thing: Any, inputs: dict) -> Any:
        asked = id(thing), json.dumps(inputs)
        if asked not in answers:
            given = probe(thing, inputs)
            answers[asked] = probes.named(exercise.measure)(inputs, plain(given)) if exercise.measure else given
        return answers[asked]

    return ask


def _answered(
    case: Case, ask: Callable[[Any, dict], Any], reference: Any, misread: dict[str, list[Any]]
) -> AnsweredCase:
    expected = _recorded(ask(reference, case.inputs) if case.expected is None else case.expected)

    def otherwise(answer: Answer) -> Answer:
        return {} if answer == {"answer": expected} else answer

    return {
        "criterion": case.criterion,
        "says": case.says,
        "inputs": case.inputs,
        "scale": case.scale,
        "expected": expected,
        "misread": {
            name: [otherwise(_answer(ask, one, case.inputs)) for one in forms] for name, forms in misread.items()
        },
    }


def _answer(ask: Callable[[Any, dict], Any], thing: Any, inputs: dict) -> Answer:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a misreading may well run away to infinity
            return {"answer": _recorded(ask(thing, inputs))}
    except Exception as error:
        return {"raised": type(error).__name__}


def _recorded(value: Any) -> Any:
    """A reference's answer as data, with no more digits than any comparison looks at: students download them all."""

    def rounded(answer: Any) -> Any:
        if isinstance(answer, list):
            return [rounded(part) for part in answer]
        number = float(f"{answer:.7g}") if isinstance(answer, float) else answer
        return int(number) if isinstance(number, float) and number.is_integer() else number

    return rounded(plain(value))
