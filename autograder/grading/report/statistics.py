"""What the points of a class say of its exercises."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.grading.report.results import NO_GRADE, NOT_TRIED, Row

FEWEST = 10
"""Students without whom a discrimination says nothing: with fewer, one student more would turn it round."""


@dataclass(frozen=True)
class Item:
    """An exercise or essay: how many tried it and how many did not, and of those who tried what it tells."""

    name: str
    tried: int
    left: int
    difficulty: float | None
    discrimination: float | None
    missed: list[tuple[str, int]]


def items(found: list[Row], names: Sequence[str]) -> list[Item]:
    """Each exercise and essay in ``names``, with the criteria that were missed, most missed first.

    Who was not graded, or had no such cell, is in none of the numbers.
    """
    mine: dict[str, list[Row]] = {}
    for row in found:
        mine.setdefault(row.student, []).append(row)
    return [_item(name, found, mine) for name in names]


def totals(found: list[Row]) -> list[float]:
    """The points of each student who was graded, lateness reckoned in."""
    points: dict[str, float] = {}
    for row in found:
        if row.points is not None and row.status not in NO_GRADE:
            points[row.student] = points.get(row.student, 0) + row.points
    return list(points.values())


def difficulty(shares: Sequence[float]) -> float | None:
    """The mean share of the points, from 0 (nobody has any) to 1 (everybody has all); None of nobody."""
    return float(np.mean(shares)) if len(shares) else None


def discrimination(points: Sequence[float], rest: Sequence[float]) -> float | None:
    """Whether who does well in the rest does well here: the correlation of both, from -1 to 1.

    Where there are all points or none it is the point-biserial correlation

        r = (M1 - M0) / s * sqrt(p * q)

    with the mean M1 of ``rest`` over the share p of students who passed, M0 over the share q = 1 - p of those who did
    not, and the standard deviation s over all. None if fewer than :data:`FEWEST` students tried, or if all of them have
    the same here or in the rest: then nothing is known.
    """
    if len(points) < FEWEST or len(set(points)) < 2 or len(set(rest)) < 2:
        return None
    with np.errstate(all="ignore"):
        found = float(np.corrcoef(points, rest)[0, 1])
    return max(-1.0, min(found, 1.0)) if np.isfinite(found) else None


def _item(name: str, found: list[Row], mine: dict[str, list[Row]]) -> Item:
    there = [row for row in found if row.exercise == name and row.status not in NO_GRADE]
    tried = [row for row in there if row.status not in NOT_TRIED]
    marked = [row for row in tried if row.points is not None]
    rest = [_share([one for one in mine[row.student] if one.exercise != name]) for row in marked]
    both = [(row.points, other) for row, other in zip(marked, rest, strict=True) if other is not None]
    return Item(
        name,
        len(tried),
        len(there) - len(tried),
        difficulty([share for row in marked if (share := _share([row])) is not None]),
        discrimination([points or 0 for points, _ in both], [other for _, other in both]),
        Counter(says for row in tried for says in row.missed).most_common(),
    )


def _share(mine: list[Row]) -> float | None:
    """The share of the points that are known: an essay that nobody has marked yet is neither right nor wrong."""
    known = [row for row in mine if row.points is not None and row.status not in NO_GRADE and row.max_points]
    most = sum(row.max_points for row in known)
    return sum(row.points or 0 for row in known) / most if most else None
