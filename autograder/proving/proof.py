"""The measure of the autograder: what became of every attempt on every exercise, as plain data.

A *proof* has for each chapter what it was ``made`` with and a row for each of its ``exercises``: counts, and by name
whatever is not as it should be. ``worse`` says what one has that another has not.
"""

import platform
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from datetime import UTC, datetime
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from autograder.exercises import load
from autograder.grading.workers import TooMuchWork, result, side_by_side
from autograder.proving import chance
from autograder.proving.attempts import attempts, equivalent
from autograder.proving.corpus import CORPUS
from autograder.proving.shipped import earned_by, shipped
from autograder.proving.trying import Attempt, Found, seconds_of_a_check, try_on
from solutions.models.progress import watched

WRONG_SEEDS = 3
"""How many of the seeds what is wrong is tried with: it has to be refused with each."""
WRONG_TOGETHER, SEEDS_TOGETHER = 24, 25
"""How many wrong answers to an exercise, and with how many seeds, one process tries in one go; of right ones all."""
AT_LEAST, EACH = 60, 5
"""Seconds by the clock for one go, and for each attempt and seed in it; then its process is ended."""
LONGEST = 900
"""Seconds by the clock for all that ships."""
CHECKS_OF_A_PROCESS = 3000
"""After so many the next process goes on: Brian2 keeps some 0.1 MB of each, and what a process may take is bounded."""
PACKAGES = ("numpy", "torch", "brian2", "scipy")

Row = dict[str, Any]
Proof = dict[str, dict[str, Any]]


def prove(
    chapters: Sequence[str],
    seeds: int,
    *,
    corpus: Path = CORPUS,
    sample: int | None = None,
    exercises: Collection[str] = (),
    right_alone: bool = False,
    workers: int | None = None,
    progress: bool = False,
) -> Proof:
    """Try everything on the exercises of some chapters, or on those of ``exercises``; right answers with so many seeds.

    ``sample`` takes only so many attempts of a kind on each exercise, always the same ones, and leaves out what ships.
    With ``right_alone`` a row has only what became of right answers, which bears many more seeds.
    Raises ``BadCorpus`` for files of the corpus that cannot be read.
    """
    loaded = [load(name) for name in chapters]
    asked = [(of.name, one.name) for of in loaded for one in of.exercises if not exercises or one.name in exercises]
    tried = [
        one
        for chapter in loaded
        for one in _sampled(attempts(chapter, corpus), sample)
        if (one.chapter, one.exercise) in asked and (one.kind == "right" or not right_alone)
    ]
    right_still = {chapter.name: equivalent(chapter, corpus) for chapter in loaded}
    found: dict[Attempt, Found] = {one: Found() for one in tried}
    others: dict[tuple[str, str], Row] = {}
    parts = list(_in_goes(tried, seeds))
    longest = max((len(group) * len(some) for group, some in parts), default=1)
    with side_by_side(workers, max(1, CHECKS_OF_A_PROCESS // longest)) as (call, _given_up):
        besides = {call(LONGEST, _besides, *of, sample is None): of for of in asked if not right_alone}
        goes = {
            call(AT_LEAST + EACH * len(group) * len(some), try_on, group, some): (group, some) for group, some in parts
        }
        runs = as_completed([*goes, *besides])
        for run in watched(runs, len(goes) + len(besides), lambda run: _says(goes, besides, run), show=progress):
            if run in besides:
                others[besides[run]] = result(run)
                continue
            group, some = goes[run]
            for one, new in zip(group, _outcome(run, group, some, call), strict=True):
                found[one].extend(new)
    proof: Proof = {name: {"made": _made(), "exercises": {}} for name, _ in asked}
    for of in asked:
        mine = {one: what for one, what in found.items() if (one.chapter, one.exercise) == of}
        row = _right_row(mine)
        if not right_alone:
            wrong = _row(mine, right_still[of[0]].get(of[1], {}))
            row |= wrong | others[of] | {"earn": wrong["earn"] | others[of]["earn"]}
        proof[of[0]]["exercises"][of[1]] = row
    return proof


def worse(now: Proof, before: Proof) -> list[str]:
    """What is wrong in one proof and was not in another, a line each; chapters that only one has are left out."""
    lines = []
    for chapter, exercise, row in rows(now):
        known = before.get(chapter, {}).get("exercises", {}).get(exercise, {})
        for fault in (one for one in FAULTS if one in known and one in row):
            new = [name for name in row[fault] if name not in known[fault]]
            lines += [f"{chapter}, {exercise}: {FAULTS[fault]}: {name}: {row[fault][name]}" for name in new]
    return lines


def rows(proof: Proof) -> Iterator[tuple[str, str, Row]]:
    """Every row of a proof, with its chapter and its exercise."""
    for chapter, part in proof.items():
        yield from ((chapter, exercise, row) for exercise, row in part["exercises"].items())


FAULTS = {
    "refused": "a right answer is refused",
    "survive": "a mutant earns everything",
    "accepted": "a slip earns everything",
    "earn": "a cheat earns something",
    "unnamed": "a slip is no longer called by its name",
    "wrongly": "a slip is called by a wrong name",
}
"""What a row lists by name that is not as it should be."""


def _sampled(those: list[Attempt], sample: int | None) -> Iterator[Attempt]:
    """Of the attempts of a kind on an exercise every so-and-so-many-th."""
    groups: dict[tuple[str, str], list[Attempt]] = {}
    for one in those:
        groups.setdefault((one.exercise, one.kind), []).append(one)
    for group in groups.values():
        yield from group[:: -(-len(group) // sample) if sample else 1]


def _in_goes(tried: Iterable[Attempt], seeds: int) -> Iterator[tuple[list[Attempt], list[str]]]:
    groups: dict[tuple[str, str, bool], list[Attempt]] = {}
    for one in tried:
        groups.setdefault((one.chapter, one.exercise, one.kind == "right"), []).append(one)
    for (*_, right), group in groups.items():
        numbers = [str(n) for n in range(seeds if right else min(seeds, WRONG_SEEDS))]
        for some in _batched(numbers, SEEDS_TOGETHER):
            for part in _batched(group, len(group) if right else WRONG_TOGETHER):
                yield part, some


def _batched(things: list[Any], size: int) -> Iterator[list[Any]]:
    yield from (things[first : first + size] for first in range(0, len(things), size))


def _outcome(run: Future[Any], group: list[Attempt], seeds: list[str], call: Callable[..., Any]) -> list[Found]:
    """What a go found; where its process had to be ended, each attempt in it is made again by itself."""
    try:
        return result(run)
    except TooMuchWork as error:
        if len(group) == 1:
            return [Found([0.0] * len(seeds), 0, [""] * len(seeds), str(error))]
    again = [(call(AT_LEAST + EACH * len(seeds), try_on, [one], seeds), one) for one in group]
    return list(chain.from_iterable(_outcome(run, [one], seeds, call) for run, one in again))


def _besides(chapter: str, exercise: str, with_shipped: bool) -> Row:
    """What a row has besides: how often chance misleads a check, how long it takes, what ships and earns a point."""
    asked = load(chapter).exercise(exercise)
    earned = earned_by(shipped(), asked) if with_shipped else {}
    return {
        "chance": chance.computed(asked),
        "seconds": round(seconds_of_a_check(asked), 4),
        "shipped": len(shipped()) if with_shipped else 0,
        "earn": {name: f"{points:g} points" for name, points in earned.items()},
    }


def _right_row(found: dict[Attempt, Found]) -> Row:
    right = {one: what for one, what in found.items() if one.kind == "right"}
    return {
        "right": len(right),
        "checks": sum(what.seeds for what in right.values()),
        "refused": {one.name: what.why for one, what in right.items() if what.full < what.seeds},
    }


def _row(found: dict[Attempt, Found], right_still: dict[str, str]) -> Row:
    """What became of all that is wrong."""

    def of(*kinds: str) -> dict[Attempt, Found]:
        return {one: what for one, what in found.items() if one.kind in kinds}

    slips, mutants = of("slip"), of("mutant")
    wrong = of("slip", "misreading")
    alive = {one.name: what.share for one, what in mutants.items() if what.full and one.name not in right_still}
    judged = {one: what for one, what in wrong.items() if one.named is not None}
    return {
        "mutants": len(mutants),
        "equivalent": sum(one.name in right_still for one in mutants),
        "survive": alive,
        "slips": len(slips),
        "misreadings": len(of("misreading")),
        "accepted": {
            one.name: f"{what.share}: {one.says}"
            for one, what in wrong.items()
            if what.full and not dict(one.head).get("accepted")
        },
        "argued": sum(bool(dict(one.head).get("accepted")) for one in slips),
        "cheats": len(of("cheat")),
        "earn": {one.name: one.says for one, what in of("cheat").items() if what.full},
        "named": sum(all(what.names) for what in slips.values()),
        "unnamed": {one.name: one.named for one, what in judged.items() if one.named and set(what.names) - {one.named}},
        "wrongly": {
            one.name: f"{name}, and it is {one.named or 'none of those that are known'}"
            for one, what in judged.items()
            for name in sorted({*what.names} - {"", one.named})
        }
        | {
            one.name: f"with one seed {names[0]}, with another {names[1]}"
            for one, what in found.items()
            if one.named is None and len(names := sorted({*what.names} - {""})) > 1
        },
    }


def _says(goes: dict[Future[Any], Any], besides: dict[Future[Any], Any], run: Future[Any]) -> str:
    """What has just been tried, beside the bar."""
    if run in besides:
        return f"{besides[run][1]}: what ships"
    first = goes[run][0][0]
    return f"{first.exercise}: {'what is right' if first.kind == 'right' else 'what is wrong'}"


def _made() -> Row:
    versions = {name: metadata.version(name) for name in PACKAGES}
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        **versions,
    }
