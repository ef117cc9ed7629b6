"""Who is who: a CSV file that says what the students are called in the course, and what elsewhere.

The lists that the systems give will do, and so will nbgrader's own: Moodle's grading worksheet or list of participants,
Canvas' exported gradebook, Gradescope's roster, the file of ``nbgrader db student import``.
"""

import csv
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.beside.errors import WrongUse
from autograder.grading.submissions import UnreadableSubmission, require_name
from autograder.lms.hand_ins import HandIn, KnownBy

STUDENT = (
    "student id",
    "username",
    "login",
    "login id",
    "sis login id",
    "sis user id",
    "id number",
    "sid",
    "id",
    "student",
    "email address",
    "email",
    "canvas id",
)
"""Headings of the column that says what a student is called in the course: the first that is filled for everybody."""
_NAME = ""
"""In the place of a heading: whatever a name is made from."""
_FULL = ("full name", "fullname", "student name", "name", "student")
_FIRST, _LAST = ("first name", "firstname"), ("last name", "lastname", "surname")
_IDENTIFIER, _HANDED_IN = "identifier", "last modified (submission)"
"""Of Moodle's worksheet: a word and the participant's number, and a time."""
_OF_SOMEBODY = (*STUDENT, *_FULL, *_FIRST, *_LAST)

Row = dict[str, str]
"""What a student's row says, by the headings in small letters and with blanks for "_"."""


def read_table(file: Path) -> list[list[str]]:
    """The rows of a CSV file, as Excel and the systems write it; WrongUse if it is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        top = text.partition("\n")[0]
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=top.count), strict=True))
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is not in UTF-8 (byte {error.start}): save it as CSV UTF-8") from error
    except csv.Error as error:
        raise WrongUse(f"{file} is no CSV file: {error}") from error
    return [row for row in rows if any(cell.strip() for cell in row)]


class Roster:
    """The students in a CSV file; WrongUse names the column and the value that are wrong in it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        top, *rows = read_table(file) or [[]]
        headings = [re.sub(r"[\s_]+", " ", heading).strip().casefold() for heading in top]
        if "section" in headings and {"student", "lastname"} & set(headings):  # Canvas': its ID is the number of a user
            headings = ["canvas id" if heading == "id" else heading for heading in headings]
        self.written_as = dict(zip(headings, top, strict=True))
        self.lines = [dict(zip(headings, (cell.strip() for cell in row), strict=False)) for row in rows]
        self.rows = [
            row for row in self.lines if not self.has_points(row) and any(row.get(one) for one in _OF_SOMEBODY)
        ]
        there = [heading for heading in STUDENT if heading in headings]
        if not there:
            raise WrongUse(
                f"{file} has no column that says who a student is, such as Username, ID number, SIS Login ID or Email "
                f"address (there is: {', '.join(top) or 'nothing'})"
            )
        of_all = [heading for heading in there if all(row.get(heading) for row in self.rows)]
        self.column = (of_all or there)[0]
        self._require_names()
        self._known: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            for key in self._keys(row):
                self._known.setdefault(key, []).append(row)

    def has_points(self, row: Row) -> bool:
        """Whether a row is Canvas' that says what can be reached, and is nobody's."""
        return "points possible" in next(iter(row.values()), "").casefold()

    def find(self, hand_in: HandIn) -> Row:
        """Whose a hand-in is; :class:`UnreadableSubmission` if it is nobody's here, or could be somebody else's."""
        names = (hand_in.name, *hand_in.or_names)
        return self._only(_headed(hand_in.known_by), *([(_NAME, _plain(name))] for name in names))

    def student(self, student: str, known_by: KnownBy = ()) -> Row:
        """The row of one who is called so in the course; raised is the same."""
        return self._only(_headed(known_by), [(heading, student.casefold()) for heading in STUDENT])

    def _only(self, *several: list[tuple[str, str]]) -> Row:
        for keys in several:
            found = {row[self.column]: row for key in keys for row in self._known.get(key, ())}
            if len(found) > 1:
                raise UnreadableSubmission(f"could be {' or '.join(found)} in {self.file}")
            if found:
                return next(iter(found.values()))
        raise UnreadableSubmission(f"not in {self.file}")

    def handed_in(self, hand_in: HandIn) -> datetime | None:
        """When it was handed in, in UTC, as Moodle's worksheet for this assignment says; None if it does not.

        The worksheet has the time of some clock on a wall: it is taken for one of this machine's. ValueError says that
        it cannot be read: another language, or a day that could be a month.
        """
        row = self.find(hand_in)
        said = row.get(_HANDED_IN, "")
        participant = _cell(_IDENTIFIER, row.get(_IDENTIFIER, ""))
        mine = any(_IDENTIFIER in headings and known == participant for headings, known in hand_in.known_by)
        if not mine or not said.strip("-"):
            return None
        try:
            if re.search(r"\d[./]\d", said):
                raise ValueError
            return parse_utc(said.replace(",", "")).astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError) as error:
            raise ValueError(
                f"{self.written_as[_HANDED_IN]} is {said!r}, which is not understood: no lateness"
            ) from error

    def _require_names(self) -> None:
        seen: set[str] = set()
        for row in self.rows:
            said = row.get(self.column, "")
            cells = ", ".join(cell for cell in row.values() if cell)[:80]
            who = f"{self.file}: {self.written_as[self.column]} of {cells}"
            if not said:
                raise WrongUse(f"{who} is empty")
            if said.casefold() in seen:
                raise WrongUse(f"{who} is there twice")
            seen.add(said.casefold())
            try:
                require_name(said)
            except UnreadableSubmission as why:
                raise WrongUse(f"{who} is {said!r}, {why}") from None

    def _keys(self, row: Row) -> set[tuple[str, str]]:
        full = next((row[one] for one in _FULL if row.get(one)), "")
        first, last = (next((row[one] for one in some if row.get(one)), "") for some in (_FIRST, _LAST))
        swapped = "".join(reversed(full.split(",")))
        names = {_plain(name) for name in (full, swapped, first + last, last + first)} - {""}
        return {(heading, _cell(heading, said)) for heading, said in row.items()} | {(_NAME, name) for name in names}


def _headed(known_by: KnownBy) -> list[tuple[str, str]]:
    return [(heading, said.casefold()) for headings, said in known_by for heading in headings if said]


def _cell(heading: str, said: str) -> str:
    return re.sub(r"\D", "", said) if heading == _IDENTIFIER else said.casefold()


def _plain(name: str) -> str:
    """A name without what one system writes in it and the other does not."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold())
