"""Canvas: its zip of submissions, and the grades that it imports.

"Download Submissions" packs ``lastfirst_USER_FILE_name.ipynb``, or ``lastfirst_LATE_USER_FILE_name.ipynb``: the
sortable name in small letters, with nothing but letters, digits and "_", the number of the user, that of the file, and
the name that the student gave it. Anonymous assignments have ``anon_`` and five letters in the place of name and user.
Of files of one name Canvas calls the later ``name-1.ipynb``, ``name-2.ipynb``. The zip knows who was late, and not by
how much (Canvas Instructor Guide: How do I download all student submissions for an assignment; in Canvas' source
lib/content_zipper.rb).

Grades are imported from the form in which Canvas exports them: Student (or LastName, FirstName), ID, SIS User ID, SIS
Login ID, Section, then a column for each assignment, "Title (123)", and a row "Points Possible". Somebody is known by
the ID first of all. Only the columns that are there are changed, and a cell that is empty takes a grade away. EX is
excused, and N/A not asked of that student (Canvas Instructor Guide: How do I import grades in the Gradebook; in
Canvas' source lib/gradebook_importer.rb and gradebook_exporter.rb).
"""

import re
from zipfile import ZipFile

from autograder import exercises
from autograder.beside.errors import WrongUse
from autograder.grading.report import csv_cell
from autograder.grading.unused import meant
from autograder.lms.archive import Packed
from autograder.lms.hand_ins import HandIn, KnownBy
from autograder.lms.roster import Roster, Row
from autograder.reference import places

NAME = "Canvas"
TOP = re.compile(
    r"(?>(?P<name>\w*?)_(?:(?P<late>(?i:late))_)?(?P<user>\d+)_(?P<file>\d+)_)(?!\d+_)(?P<rest>.+)"
    r"|(?:(?P<late_anon>(?i:late))_)?(?P<anon>anon_\w{5})_(?P<file_anon>\d+)_(?P<rest_anon>.+)"
)
"""What stands at the top of the zip. Of three numbers in a row nobody could say which two are Canvas', and which one is
the end of a name or the beginning of a file's, and a student's to choose."""
_ID, _SECTION = "canvas id", "section"
_USER = (_ID, "lms user id")
"""Of a roster, the columns with the number of a user."""
_NOT_GRADED = ("EX", "N/A")


def hand_ins(files: list[Packed], archive: ZipFile) -> list[HandIn]:
    """What each user handed in, the files in the order of their numbers."""
    found: dict[str, HandIn] = {}
    known = [(top, one.info) for one in files if (top := TOP.fullmatch(one.place))]
    for top, info in sorted(known, key=lambda one: int(one[0]["file"] or one[0]["file_anon"])):
        user = top["user"] or top["anon"]
        hand_in = found.setdefault(user, HandIn(user, top["name"] or user, known_by=known_by(user), in_order=True))
        hand_in.late = hand_in.late or bool(top["late"] or top["late_anon"])
        hand_in.files.append(Packed(top["rest"] or top["rest_anon"], info))
    return list(found.values())


def known_by(called: str) -> KnownBy:
    """What a hand-in that is called so says of whose it is."""
    return ((_USER, called),)


def graded_table(
    roster: Roster, rows: dict[str, Row], points: dict[str, str], chapter: str, column: str
) -> tuple[list[list[str]], dict[str, str]]:
    """What Canvas imports: who everybody is, and one assignment. And of whom it says nothing new, with the reason.

    ``roster`` is the exported gradebook, ``rows`` the students' in it, ``points`` theirs where they are known: who has
    none keeps what the export has, and no other assignment is in the table, for its grades may have changed since.
    """
    if not {_ID, _SECTION} <= roster.written_as.keys():
        there = ", ".join(roster.written_as.values())
        raise WrongUse(f"{roster.file} is no gradebook as Canvas exports it: no ID, or no Section (there is: {there})")
    headings = [*roster.written_as]
    end = headings.index(_SECTION) + 1
    assignment = _assignment(roster, headings[end:], chapter, column)
    known = exercises.load(chapter)
    full = f"{sum(one.points for one in known.exercises) + sum(one.points for one in known.essays):g}"
    whose = {id(row): student for student, row in rows.items()}
    heading = roster.written_as.get(assignment, column or places.title(chapter))
    table, left_out = [[*(roster.written_as[one] for one in headings[:end]), heading]], {}
    for row in roster.lines:
        student, before = whose.get(id(row), ""), row.get(assignment, "")
        if roster.has_points(row):
            before = before or full
        elif not row.get(_ID):
            continue
        elif before in _NOT_GRADED and student in points:
            left_out[student] = f"{before} in Canvas, which stays; here {points[student]}"
        who = [row.get(one, "") if one == _ID else csv_cell(row.get(one, "")) for one in headings[:end]]
        table.append([*who, before if student in left_out else points.get(student, before)])
    return table, left_out


def _assignment(roster: Roster, headings: list[str], chapter: str, column: str) -> str:
    """The heading of the chapter's column in the export, in small letters; "" if there is none yet."""
    if column:
        found = [one for one in headings if one == column.casefold() or _title(one) == column.casefold()]
    else:
        found = [
            one for one in headings if meant([re.sub(r"\W", " ", _title(one))], exercises.chapter_names()) == chapter
        ]
    if len(found) > 1:
        there = ", ".join(roster.written_as[one] for one in found)
        raise WrongUse(f"{roster.file} has several columns that could be {chapter}: say --column, one of {there}")
    return found[0] if found else ""


def _title(heading: str) -> str:
    return re.sub(r" \(\d+\)$", "", heading)
