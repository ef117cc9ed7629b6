"""The page of the report: pictures, then tables, then what they do not say."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.beside.words import essay_id
from autograder.exercises import Chapter
from autograder.grading.report import pictures, statistics
from autograder.grading.report.results import HAND_IN, TO_BE_MARKED, TO_SEE, Row, total
from autograder.grading.report.similar import similar
from autograder.grading.report.statistics import Item
from autograder.grading.unused import unused
from autograder.reference import places

_TEMPLATES = Environment(
    loader=PackageLoader("autograder.grading.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def as_page(chapter: Chapter, found: list[Row], course: Path, elsewhere: dict[str, str] | None = None) -> str:
    """One page that needs nothing else: where the class stands, what it misread, and every student."""
    students = list(dict.fromkeys(row.student for row in found))
    names = [*(one.name for one in chapter.exercises), *(essay_id(one.name) for one in chapter.essays)]
    columns = [*names, *([HAND_IN] if any(row.exercise == HAND_IN for row in found) else [])]
    by_place = {(row.student, row.exercise): row for row in found}
    full = sum(one.points for one in chapter.exercises) + sum(one.points for one in chapter.essays)
    items = statistics.items(found, names)
    misreadings = _misreadings(chapter, found)
    return _TEMPLATES.get_template("report.html.j2").render(
        title=f"{places.title(chapter.name)}: the class",
        pictures=_pictures(found, items, misreadings, full),
        items=items,
        in_words=pictures.in_words,
        missed=_missed(items),
        misreadings=misreadings,
        to_be_marked=_to_be_marked(found, names),
        slow=_slow(chapter, found),
        alike=similar(course, chapter.name, students),
        unused=unused(course, chapter.name) if elsewhere is None else elsewhere,
        names=columns,
        students=[
            _student(one, [by_place.get((one, name)) for name in columns], chapter.name, course) for one in students
        ],
        full=full,
        fewest=statistics.FEWEST,
        shade=pictures.shade,
    )


def _pictures(
    found: list[Row], items: list[Item], misreadings: list[dict[str, Any]], full: float
) -> list[pictures.Picture]:
    totals, names = statistics.totals(found), [item.name for item in items]
    counts = [(f"{one['name']} in {one['exercise']}", len(one["students"])) for one in misreadings]
    drawn = [pictures.of_points(totals, full)] if totals and full else []
    drawn += [pictures.of_endings(found, names)] if found else []
    drawn += [pictures.of_items(items)] if totals else []
    return drawn + ([pictures.of_misreadings(counts)] if counts else [])


def _missed(items: list[Item]) -> list[dict[str, Any]]:
    """Every criterion that somebody missed, by the share of those who tried."""
    lines = [
        {"exercise": item.name, "says": says, "count": count, "of": item.tried}
        for item in items
        for says, count in item.missed
    ]
    return sorted(lines, key=lambda line: -line["count"] / line["of"])


def _misreadings(chapter: Chapter, found: list[Row]) -> list[dict[str, Any]]:
    who: dict[tuple[str, str], list[str]] = {}
    for row in found:
        if row.misconception:
            who.setdefault((row.exercise, row.misconception), []).append(row.student)
    says = {(one.name, slip.name): slip.says for one in chapter.exercises for slip in one.misconceptions}
    return [
        {"exercise": key[0], "name": key[1].replace("_", " "), "says": says.get(key, ""), "students": students}
        for key, students in sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _to_be_marked(found: list[Row], names: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Of each exercise or essay that waits for somebody: why, and whose it is."""
    waiting = [
        (name, status, [row.student for row in found if (row.exercise, row.status) == (name, status)])
        for name in names
        for status in (TO_BE_MARKED, TO_SEE)
    ]
    return [line for line in waiting if line[2]]


def _slow(chapter: Chapter, found: list[Row]) -> list[tuple[Row, float]]:
    """Who computed longest, by the share of the time that the check may take: that time with each."""
    may = {one.name: one.seconds for one in chapter.exercises}
    rows = [(row, may[row.exercise]) for row in found if row.exercise in may]
    slow = [(row, limit) for row, limit in rows if row.seconds or row.status == "timed out"]
    return sorted(slow, key=lambda one: -(one[0].seconds / one[1] or 1))


def _student(name: str, mine: list[Row | None], chapter: str, course: Path) -> dict[str, Any]:
    page = Path("feedback", name, chapter, f"{chapter}.html")
    link = f"../{quote(page.as_posix())}" if (course / page).is_file() else ""
    return {"name": name, "link": link, "rows": mine, "total": total([row for row in mine if row])}
