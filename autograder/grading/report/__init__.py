"""What a class got right and wrong: a table, a CSV file, and one HTML page.

``results`` has a row for each student and exercise, ``statistics`` what the rows say together, ``similar`` the pairs of
hand-ins that are nearly the same, ``pictures`` draws, and ``page`` puts it all on one page.
"""

from pathlib import Path

from autograder import exercises
from autograder.exercises import Chapter
from autograder.grading.report.results import (
    COLUMNS,
    HAND_IN,
    MARKED,
    NOT_ATTEMPTED,
    NOT_GRADED,
    NOT_THERE,
    TO_BE_MARKED,
    TO_SEE,
    UNREADABLE,
    Row,
    as_csv,
    csv_cell,
    rows,
    total,
)
from autograder.reference.files import write_whole

__all__ = [
    "COLUMNS",
    "HAND_IN",
    "MARKED",
    "NOT_ATTEMPTED",
    "NOT_GRADED",
    "NOT_THERE",
    "TO_BE_MARKED",
    "TO_SEE",
    "UNREADABLE",
    "Row",
    "as_csv",
    "as_page",
    "csv_cell",
    "rows",
    "total",
    "write",
]


def write(
    chapter_name: str, course: Path, found: list[Row] | None = None, elsewhere: dict[str, str] | None = None
) -> tuple[Path, Path]:
    """Write ``reports/<chapter>.csv`` and ``.html`` in the course folder; returns both paths.

    ``found`` are the :func:`rows` and ``elsewhere`` is what is :func:`unused <autograder.grading.unused.unused>`, where
    they are known already.
    """
    found = rows(chapter_name, course) if found is None else found
    folder = course / "reports"
    table, page = folder / f"{chapter_name}.csv", folder / f"{chapter_name}.html"
    # The larger one first: on a disk without room for both there is neither.
    write_whole(page, as_page(exercises.load(chapter_name), found, course, elsewhere))
    write_whole(table, as_csv(found))
    return table, page


def as_page(chapter: Chapter, found: list[Row], course: Path, elsewhere: dict[str, str] | None = None) -> str:
    """The page of :mod:`autograder.grading.report.page`, imported only now: ``grade`` needs the rows alone."""
    from autograder.grading.report import page

    return page.as_page(chapter, found, course, elsewhere)
