"""Moodle: its zip of all submissions, and the grades that it imports.

"Download all submissions" packs ``Full Name_PARTICIPANT_assignsubmission_file/`` with the student's files in it; before
Moodle 4.1 the folder's name ended with "_", and without "Download submissions in folders" it stands before each file's
name. A "_" in a name is a blank there, so the first one ends it. Where teams hand in, each member has a folder, and the
team's name and "-" stand before the member's. Texts written online are
``..._assignsubmission_onlinetext``. The zip does not know when anything was handed in: the grading worksheet does
(MoodleDocs: Assignment settings, Using Assignment; in Moodle's source mod/assign: classes/downloader.php,
feedback/file/importziplib.php, feedback/offline).

A CSV file of grades has a column that says who somebody is, Email address, ID number or Username, and a column for the
grade item; which they are is chosen when it is imported. An empty grade takes away the one that was there, and one row
of nobody's stops the import (MoodleDocs: Grade import; grade/import/csv/classes/load_data.php).
"""

import re
from zipfile import ZipFile

from autograder.beside.errors import WrongUse
from autograder.grading.report import csv_cell
from autograder.lms.archive import Packed
from autograder.lms.hand_ins import HandIn, KnownBy
from autograder.lms.roster import Roster, Row
from autograder.reference import places

NAME = "Moodle"
TOP = re.compile(r"(?P<name>[^_]*)_(?P<participant>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)")
"""What stands at the top of the zip."""
IDENTIFIER = "identifier"
"""The worksheet's column that says "Participant 123", in the language of the site."""
_MAPPED = ("email address", "email", "id number", "username")
"""Headings of the columns by which Moodle knows somebody when it imports grades."""


def hand_ins(files: list[Packed], archive: ZipFile) -> list[HandIn]:
    """What each participant handed in."""
    found: dict[str, HandIn] = {}
    for one in files:
        top, _, within = one.place.partition("/")
        known = TOP.fullmatch(top)
        if known is None:
            continue
        called = f"{known['name']}_{known['participant']}_assignsubmission_file_"
        hand_in = found.setdefault(called, HandIn(called, known["name"], known_by(called)))
        hand_in.files.append(Packed(within or known["rest"], one.info))
    if len(found) > 1 and all("-" in of_team.name for of_team in found.values()):
        for of_team in found.values():
            parts = of_team.name.split("-")
            of_team.or_names = tuple("-".join(parts[begin:]) for begin in range(1, len(parts)))
    return list(found.values())


def known_by(called: str) -> KnownBy:
    """What a hand-in that is called so says of whose it is."""
    known = TOP.fullmatch(called)
    return (((IDENTIFIER,), known["participant"]),) if known else ()


def graded_table(
    roster: Roster, rows: dict[str, Row], points: dict[str, str], chapter: str, column: str
) -> tuple[list[list[str]], dict[str, str]]:
    """What Moodle imports: who, and the points. And of whom it says nothing, with the reason.

    ``rows`` are the students' in the roster, ``points`` theirs where they are known: who has none has no row.
    """
    mine = {student: row for student, row in rows.items() if student in points}
    headings = [one for one in _MAPPED if one in roster.written_as and all(row.get(one) for row in mine.values())]
    if not headings:
        raise WrongUse(
            f"{roster.file} has no Email address, ID number or Username of everybody, by which Moodle would know them "
            f"(there is: {', '.join(roster.written_as.values())})"
        )
    table, left_out = [[roster.written_as[headings[0]], column or places.title(chapter)]], {}
    for student, row in mine.items():
        who = row[headings[0]]
        if csv_cell(who) == who:
            table.append([who, points[student]])
        else:  # as text Moodle would not know it
            left_out[student] = f"{who} would be a formula in a spreadsheet; type in {points[student]} by hand"
    return table, left_out
