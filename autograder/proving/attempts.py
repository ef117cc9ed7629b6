"""All that is tried on an exercise: the corpora, its misconceptions in each reading, and mutants."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises import Chapter, Exercise, Misconception
from autograder.proving.corpus import CORPUS, BadCorpus, Written, written
from autograder.proving.forms import FORMS
from autograder.proving.mutants import mutants
from autograder.proving.trying import Attempt
from autograder.reference.definition import definition

KINDS = {
    "right": "right answers: of the corpus, and the reference's in other forms",
    "slip": "wrong answers of the corpus",
    "misreading": "the misconceptions, in each of their readings",
    "mutant": "the reference with one thing in it changed",
    "cheat": "answers of the corpus that try to earn what they have not done",
}
"""What may be put to an exercise."""
EQUIVALENT = "equivalent.toml"
"""In a chapter's corpus: for each exercise the mutants that are right answers still, each with the reason."""


def attempts(chapter: Chapter, corpus: Path = CORPUS) -> list[Attempt]:
    """All attempts on a chapter's exercises; raises :class:`BadCorpus` for files that cannot be read."""
    of_files = [_of_file(chapter.name, one) for one in written(chapter, corpus)]
    return [*of_files, *(one for exercise in chapter.exercises for one in _made(chapter.name, exercise))]


def equivalent(chapter: Chapter, corpus: Path = CORPUS) -> dict[str, dict[str, str]]:
    """By exercise, which mutants are right answers still, and why; raises :class:`BadCorpus` for one that is gone."""
    path = corpus / chapter.name / EQUIVALENT
    known: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for name, reasons in known.items():
        exercise = next((one for one in chapter.exercises if one.name == name), None)
        there = mutants(definition(exercise.module, name)) if exercise else {}
        if gone := [mutant for mutant in reasons if mutant not in there]:
            raise BadCorpus(f"{path}: {name} has no mutant {gone[0]!r} any more: take the line out")
    return known


def _of_file(chapter: str, one: Written) -> Attempt:
    kind = "right" if one.right else "cheat" if "cheat" in one.head else "slip"
    says = one.head.get("slip") or one.head.get("cheat", "")
    return Attempt(chapter, one.exercise, kind, one.name, one.text, says, one.named, tuple(one.head.items()))


def _made(chapter: str, exercise: Exercise) -> Iterator[Attempt]:
    """What nobody has to write."""
    for form in FORMS:
        yield Attempt(chapter, exercise.name, "right", form, form)
    for slip in exercise.misconceptions:
        for number in range(len(slip.readings)):
            name = slip.name + (f", reading {number + 1}" if number else "")
            yield Attempt(chapter, exercise.name, "misreading", name, (slip, number), slip.says, slip.name)
    text = definition(exercise.module, exercise.name)
    for name, changed in mutants(text).items():
        yield Attempt(chapter, exercise.name, "mutant", name, (Misconception(name, "", ((text, changed),)), 0))
