"""Pairs of hand-ins whose code is nearly the same, by their fingerprints, as in MOSS.

Schleimer, Wilkerson and Aiken, SIGMOD 2003, doi:10.1145/872757.872770; copydetect does it. Code becomes tokens, where
every name is the same token and spaces and comments are none, and each run of :data:`RUN` tokens is hashed. What was
released, and what many wrote alike, is left out. MOSS keeps a few of the hashes (winnowing). A class is small enough to
keep all, and the same class then gives the same pairs, however Python's hashes are salted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import combinations, groupby
from pathlib import Path

import numpy as np
from copydetect import CodeFingerprint, compare_files
from nbformat import NotebookNode

from autograder.grading.course_folder import graded_notebook, released

RUN = 25
"""Tokens in a row that count if they are the same: copydetect's own choice."""
ENOUGH = 100
"""Tokens that a pair must share, six lines or so: in fewer everybody is alike."""
NEARLY = 0.8
"""The share of the compared tokens, of at least one of the two, from which on a pair is shown."""
MOST_ALIKE = 10
"""Students: what more have written is left out, as MOSS does. In a class below forty it is a quarter, at least 3."""
LONGEST = 30_000
"""Characters that are compared of one student: three times the longest chapter's references."""
MOST_SHOWN = 20


@dataclass(frozen=True)
class Pair:
    """Two students, the tokens they share, which share of each one's that is, and both codes in marked pieces."""

    students: tuple[str, str]
    tokens: int
    shares: tuple[float, float]
    sides: tuple[list[tuple[str, bool]], list[tuple[str, bool]]]


@dataclass(frozen=True)
class Similar:
    """The pairs that are most alike, how many there are in all, and who was not compared, with the reason."""

    shown: list[Pair]
    count: int
    left_out: dict[str, str]


def similar(course: Path, chapter: str, students: Iterable[str]) -> Similar:
    """The pairs among the graded notebooks of ``students`` that are nearly the same."""
    notebooks = {one: notebook for one in students if (notebook := graded_notebook(course, chapter, one))}
    given = {cell.source for cell in released(course, chapter).cells} if notebooks else set()
    return compared({one: own_code(notebook, given) for one, notebook in notebooks.items()}, "\n".join(sorted(given)))


def own_code(notebook: NotebookNode, given: set[str]) -> str:
    """The code of the cells that are not as they were ``given``, without empty lines."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code" and cell.source not in given]
    return "\n".join(line.rstrip() for line in "\n".join(cells).splitlines() if line.strip())


def compared(codes: dict[str, str], given: str) -> Similar:
    """The pairs among ``codes``, by student, that are nearly the same in what is not ``given``.

    Code that cannot be read, or is too long, costs only itself.
    """
    left_out = {one: f"more than {LONGEST} characters" for one, code in codes.items() if len(code) > LONGEST}
    whole: dict[str, set[int]] = {}
    for one in codes.keys() - left_out.keys():
        try:
            whole[one] = _fingerprint(one, codes[one]).hashes
        except Exception as error:  # whatever a student's text does to a lexer
            left_out[one] = f"its code cannot be read ({type(error).__name__})"
    most = min(MOST_ALIKE, max(3, len(whole) // 4))
    times = Counter(run for runs in whole.values() for run in runs)
    common = _fingerprint("", given).hashes | {run for run, count in times.items() if count > most}
    prints = {one: _fingerprint(one, codes[one], common) for one in codes if one in whole}
    who: defaultdict[int, list[str]] = defaultdict(list)
    for one, of in prints.items():
        for run in of.hashes:
            who[run].append(one)
    together = {pair for students in who.values() for pair in combinations(students, 2)}
    pairs = [pair for a, b in sorted(together) if (pair := _pair(prints[a], prints[b]))]
    pairs.sort(key=lambda pair: (-max(pair.shares), -pair.tokens))
    return Similar(pairs[:MOST_SHOWN], len(pairs), left_out)


def _fingerprint(student: str, code: str, common: Iterable[int] = ()) -> CodeFingerprint:
    boilerplate = np.unique(np.array(list(common), dtype=np.int64))
    return CodeFingerprint(student, RUN, 1, boilerplate, language="python", fp=StringIO(code))


def _pair(one: CodeFingerprint, other: CodeFingerprint) -> Pair | None:
    tokens, shares, places = compare_files(one, other)
    if tokens < ENOUGH or max(shares) < NEARLY:
        return None
    first, second = (min(float(share), 1.0) for share in shares)
    sides = _marked(one.raw_code, places[0]), _marked(other.raw_code, places[1])
    return Pair((one.filename, other.filename), int(tokens), (first, second), sides)


def _marked(code: str, places: np.ndarray) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is shared."""
    shared = np.zeros(len(code), bool)
    for begin, end in places.T:
        shared[int(begin) : int(end)] = True
    pieces = groupby(zip(code, shared, strict=True), key=lambda one: bool(one[1]))
    return [("".join(letter for letter, _ in piece), is_shared) for is_shared, piece in pieces]
