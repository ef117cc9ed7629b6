"""What a class got right and wrong: a table, a CSV file, and one HTML page."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from nbgrader.api import Gradebook, MissingEntry

from autograder import exercises, submissions
from autograder.course import require_released
from autograder.execution import OURS
from autograder.exercises import Chapter
from autograder.files import write_whole
from autograder.grading import graded_notebook
from autograder.preprocessors import VERDICT_KEY
from autograder.submissions import UnreadableSubmission
from autograder.verdict import STATUSES

NOT_GRADED = "not graded"
UNREADABLE = "unreadable"
COLUMNS = ("student", "exercise", "status", "points", "max_points", "misconception", "message", "seed")

_SHADES = {"passed": "#009E73", "partly": "#E69F00", "wrong": "#D55E00", "not attempted": "#999999"}
_OTHER_SHADE = "#CC79A7"


@dataclass(frozen=True)
class Row:
    """How one student did in one exercise or essay; ``points`` is None where nobody has marked it yet."""

    student: str
    exercise: str
    status: str
    points: float | None
    max_points: float
    misconception: str = ""
    message: str = ""
    seed: str = ""
    missed: tuple[str, ...] = ()


def rows(chapter_name: str, course: Path) -> list[Row]:
    """Every student who handed in, with every exercise and essay of the chapter.

    Raises UnknownChapter and NoCourse.
    """
    chapter = exercises.load(chapter_name)
    require_released(course, chapter_name)
    found: list[Row] = []
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
        for handed in submissions.find(course, chapter_name):
            found += _rows_of(handed, chapter, course, gradebook)
    return found


def as_csv(found: list[Row]) -> str:
    """The rows under ``COLUMNS``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_csv_cell(getattr(row, name)) for name in COLUMNS] for row in found)
    return text.getvalue()


def _csv_cell(value: str | float | None) -> str | float:
    """What a student wrote is text: a spreadsheet would run a cell that begins like a formula."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def write(chapter_name: str, course: Path) -> tuple[Path, Path]:
    """Write ``reports/<chapter>.csv`` and ``.html`` in the course folder; returns both paths."""
    found = rows(chapter_name, course)
    folder = course / "reports"
    table, page = folder / f"{chapter_name}.csv", folder / f"{chapter_name}.html"
    write_whole(table, as_csv(found))
    write_whole(page, as_page(exercises.load(chapter_name), found, course))
    return table, page


def _rows_of(handed: submissions.Handed, chapter: Chapter, course: Path, gradebook: Gradebook) -> list[Row]:
    status, message = NOT_GRADED, ""
    try:
        submissions.read(handed)
        notebook = graded_notebook(course, chapter.name, handed.student)
    except UnreadableSubmission as error:
        notebook, status, message = None, UNREADABLE, str(error)
    if notebook is None:
        asked = [(one.name, one.points) for one in chapter.exercises]
        asked += [(f"essay_{one.name}", one.points) for one in chapter.essays]
        return [Row(handed.student, name, status, None, points, message=message) for name, points in asked]
    verdicts = [
        cell.metadata[OURS][VERDICT_KEY] for cell in notebook.cells if VERDICT_KEY in cell.metadata.get(OURS, {})
    ]
    found = [
        Row(
            handed.student,
            one["exercise"],
            one["status"],
            one["points"],
            one["max_points"],
            one["misconception"],
            one["message"],
            one["seed"],
            tuple(criterion["says"] for criterion in one["criteria"] if not criterion["met"]),
        )
        for one in verdicts
    ]
    return found + [_essay_row(handed.student, essay, chapter.name, gradebook) for essay in chapter.essays]


def _essay_row(student: str, essay: exercises.Essay, chapter: str, gradebook: Gradebook) -> Row:
    name = f"essay_{essay.name}"
    try:
        grade = gradebook.find_grade(name, chapter, chapter, student)
    except MissingEntry:
        return Row(student, name, NOT_GRADED, None, essay.points)
    if grade.manual_score is not None:
        return Row(student, name, "marked", grade.manual_score, essay.points)
    if grade.auto_score is not None:
        return Row(student, name, "not attempted", grade.auto_score, essay.points)
    return Row(student, name, "to be marked", None, essay.points)


def as_page(chapter: Chapter, found: list[Row], course: Path) -> str:
    """One page that needs nothing else: where the class stands, what it misread, and every student."""
    students = list(dict.fromkeys(row.student for row in found))
    names = [*(one.name for one in chapter.exercises), *(f"essay_{one.name}" for one in chapter.essays)]
    parts = [_overview(name, [row for row in found if row.exercise == name]) for name in names]
    parts.append(_misreadings(chapter, found))
    parts.append(_table(chapter, names, students, found, course))
    title = f"{exercises.words(chapter.name)}: the class"
    count = f"{len(students)} submission{'' if len(students) == 1 else 's'}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1><p>{count}.</p>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _overview(name: str, mine: list[Row]) -> str:
    order = ["passed", "marked", "partly", "wrong", "to be marked", "not attempted", *STATUSES, NOT_GRADED, UNREADABLE]
    statuses = Counter(row.status for row in mine)
    bar, legend = "", ""
    for status in dict.fromkeys(order):
        if statuses[status]:
            shade = _SHADES.get(status, _OTHER_SHADE)
            bar += f'<span style="flex:{statuses[status]};background:{shade}">{statuses[status]}</span>'
            legend += f'<li><i style="background:{shade}"></i>{statuses[status]} {status}</li>'
    missed = Counter(says for row in mine for says in row.missed)
    lines = "".join(f"<li>{count} of {len(mine)} miss: {escape(says)}</li>" for says, count in missed.most_common())
    return (
        f'<section><h2>{escape(name)}</h2><div class="bar" aria-hidden="true">{bar}</div>'
        f'<ul class="legend">{legend}</ul>{f"<ul>{lines}</ul>" if lines else ""}</section>'
    )


def _misreadings(chapter: Chapter, found: list[Row]) -> str:
    who: dict[tuple[str, str], list[str]] = {}
    for row in found:
        if row.misconception:
            who.setdefault((row.exercise, row.misconception), []).append(row.student)
    if not who:
        return "<section><h2>What was misread</h2><p>Nothing that is known by name.</p></section>"
    says = {(one.name, slip.name): slip.says for one in chapter.exercises for slip in one.misconceptions}
    items = ""
    for key, students in sorted(who.items(), key=lambda item: (-len(item[1]), item[0])):
        items += (
            f"<li><strong>{len(students)} &times; {escape(key[1].replace('_', ' '))}</strong> in {escape(key[0])}: "
            f"{escape(says.get(key, ''))} <small>({escape(', '.join(students))})</small></li>"
        )
    return f"<section><h2>What was misread</h2><ol>{items}</ol></section>"


def _table(chapter: Chapter, names: list[str], students: list[str], found: list[Row], course: Path) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    by_place = {(row.student, row.exercise): row for row in found}
    body = ""
    for student in students:
        mine = [by_place[student, name] for name in names]
        cells = "".join(_cell(row) for row in mine)
        total = sum(row.points or 0 for row in mine)
        page = course / "feedback" / student / chapter.name / f"{chapter.name}.html"
        name = escape(student)
        if page.is_file():
            name = f'<a href="../feedback/{quote(student)}/{chapter.name}/{chapter.name}.html">{name}</a>'
        body += f'<tr><th scope="row">{name}</th>{cells}<td>{total:g}</td></tr>'
    full = sum(one.points for one in (*chapter.exercises, *chapter.essays))
    return (
        f'<section><h2>Every student</h2><div class="wide"><table><thead><tr><th scope="col">student</th>{head}'
        f'<th scope="col">points of {full:g}</th></tr></thead><tbody>{body}</tbody></table></div></section>'
    )


def _cell(row: Row) -> str:
    points = "" if row.points is None else f"{row.points:g} "
    detail = row.misconception.replace("_", " ") or row.message
    shade = _SHADES.get(row.status, _OTHER_SHADE)
    return (
        f'<td style="border-left:4px solid {shade}">{points}<span>{row.status}</span>'
        f"{f'<br><small>{escape(detail[:120])}</small>' if detail else ''}</td>"
    )


_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h1 { margin-bottom: 0; } h2 { margin: 1.6rem 0 .4rem; font-size: 1.1rem; }
.bar { display: flex; border-radius: 6px; overflow: hidden; color: #fff; text-align: center; font-weight: 600; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .4rem 0; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
td span { white-space: nowrap; } small { color: #555; }
li { margin: .2rem 0; }
"""
