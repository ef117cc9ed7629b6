"""A class's hand-ins, from a zip of a system to ``submitted/STUDENT/CHAPTER/``, where they are graded.

What is a student's in the zip concerns that student alone: who cannot be taken is said, with the reason, and the others
are. What the system calls each hand-in is kept in ``collected.json`` of the course, for grades and feedback to find
their way back.
"""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zipfile import BadZipFile, ZipFile

from autograder.beside.errors import WrongUse, shown
from autograder.exercises import chapter_names
from autograder.grading.course_folder import TIMESTAMP, handed_in_at, require_released
from autograder.grading.submissions import UnreadableSubmission, handed_in, plain_files, require_name
from autograder.grading.unused import meant
from autograder.lms import canvas, gradescope, moodle
from autograder.lms.archive import Packed, packed, unpacked
from autograder.lms.hand_ins import HandIn
from autograder.lms.notebooks import as_graded, last_files
from autograder.lms.roster import Roster
from autograder.reference.files import folder_made_whole, write_whole
from autograder.room.folders import lay_out, own_folder
from solutions.models.progress import watched

SYSTEMS: tuple[ModuleType, ...] = (moodle, canvas, gradescope)
COLLECTED = "collected.json"
"""In the course folder: by chapter and student the system and what it calls the hand-in."""
_WORK = (".ipynb", ".zip")


@dataclass
class Collected:
    """What became of a zip: students whose work is new in ``submitted/``, took the place of another, or is as it was.

    ``refused`` are those who could not be taken and ``said`` what else is to be known, each by name; ``late`` are those
    of whom the system says so, and not by how much.
    """

    chapter: str
    system: str
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def collect(
    zip_file: Path, course: Path, chapter: str = "", roster: Path | None = None, *, progress: bool = False
) -> Collected:
    """Lay what is in a zip of Moodle's, Canvas' or Gradescope's into the course.

    ``chapter`` is found in the names of the files if it is not said. ``roster`` is a CSV file that says who is who;
    without it students are called as the zip calls them. ``progress`` shows a bar.

    Raises WrongUse, NoCourse, UnknownChapter.
    """
    people = Roster(roster) if roster else None
    try:
        with ZipFile(zip_file) as archive:
            system, files = _system(packed(archive), zip_file)
            hand_ins = system.hand_ins(files, archive)
            chapter = chapter or _chapter(hand_ins, zip_file, course)
            require_released(course, chapter)
            done = Collected(chapter, system.NAME)
            strange = dict.fromkeys(top for one in files if not system.TOP.fullmatch(top := one.place.split("/")[0]))
            done.refused |= {shown(top)[:100]: f"is no hand-in that {system.NAME} packs" for top in strange}
            mine = _last_of_each(hand_ins, people, done)
            try:
                for student, hand_in in watched(mine.items(), len(mine), lambda one: one[0], show=progress):
                    try:
                        _take(student, hand_in, archive, course, done)
                    except UnreadableSubmission as why:
                        done.refused[student] = str(why)
            finally:  # stopped, it is known of those who are there
                _remember(course, done, mine)
    except (BadZipFile, UnicodeDecodeError) as error:
        raise WrongUse(f"{zip_file} is no zip: {error}") from error
    return done


def collected(course: Path) -> dict[str, dict[str, dict[str, str]]]:
    """What :func:`collect` has collected so far, by chapter and student: ``from`` where, and what it is ``called``."""
    file = course / COLLECTED
    try:
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except ValueError as error:
        raise WrongUse(f"{file} is no JSON any more ({error}): move it away, and collect again") from error


def _remember(course: Path, done: Collected, hand_ins: dict[str, HandIn]) -> None:
    known = collected(course)
    mine = known.setdefault(done.chapter, {})
    for student in (*done.new, *done.replaced, *done.unchanged):
        mine[student] = {"from": done.system, "called": hand_ins[student].called}
    write_whole(course / COLLECTED, json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def _system(files: list[Packed], zip_file: Path) -> tuple[ModuleType, list[Packed]]:
    """Which system packed some files, and the files without a folder around them all.

    What stands at the top of the zip counts, where no student writes more than a part of a name.
    """
    tops = {one.place.partition("/")[0] for one in files}
    if len(tops) == 1 and not any(system.TOP.fullmatch(*tops) for system in SYSTEMS):
        (around,) = tops
        files = [one.within(f"{around}/") for one in files]
        tops = {one.place.partition("/")[0] for one in files}
    found = Counter({system: sum(bool(system.TOP.fullmatch(top)) for top in tops) for system in SYSTEMS})
    (system, hits), *_ = found.most_common()
    if not hits:
        there = ", ".join(sorted(tops)[:3]) or "nothing"
        names = ", ".join(system.NAME for system in SYSTEMS)
        raise WrongUse(f"{zip_file} is no zip of all submissions from {names} (there is: {shown(there)[:200]})")
    return system, files


def _chapter(hand_ins: list[HandIn], zip_file: Path, course: Path) -> str:
    released = [one for one in chapter_names() if (course / "release" / one).is_dir()]
    named = [
        meant([one.place for one in hand_in.files if one.place.casefold().endswith(_WORK)], released)
        for hand_in in hand_ins
    ]
    found = Counter(one for one in named if one).most_common(1)
    chapter = found[0][0] if found else meant([zip_file.name], released) or (released[0] if len(released) == 1 else "")
    if not chapter:
        raise WrongUse(
            f"which chapter is in {zip_file}? Say --chapter, one of {', '.join(released) or 'none released'}"
        )
    return chapter


def _last_of_each(hand_ins: list[HandIn], people: Roster | None, done: Collected) -> dict[str, HandIn]:
    """Each student's hand-in, by the name in the course; the last one where there are several."""
    by_student: dict[str, list[HandIn]] = {}
    for hand_in in hand_ins:
        name = shown(hand_in.name or hand_in.called)
        try:
            student = _student(hand_in, people)
            by_student.setdefault(student, []).append(hand_in)
            if people and not hand_in.time:
                hand_in.time = people.handed_in(hand_in)
        except UnreadableSubmission as why:
            again = name in done.refused
            done.refused[f"{name} ({shown(hand_in.called)})" if again else name] = str(why)
        except ValueError as why:
            done.said[student] = str(why)
    last = {}
    for student, several in sorted(by_student.items()):
        names = ", ".join(shown(one.called) for one in several)[:200]
        times = [one.time for one in several if one.time]
        if len(several) > 1 and len(times) < len(several):
            done.refused[student] = (
                f"has {len(several)} hand-ins ({names}), and the zip does not say which is the last, or whose each is"
            )
            continue
        last[student] = max(several, key=lambda one: one.time or datetime.min)
        if len(several) > 1:
            done.said[student] = f"the last of {len(several)} hand-ins counts: {shown(last[student].called)}"
    return last


def _student(hand_in: HandIn, people: Roster | None) -> str:
    if people:
        return people.find(hand_in)[people.column]
    student = hand_in.without_roster or hand_in.name
    if not student:
        raise UnreadableSubmission("the zip does not say whose it is")
    try:
        require_name(student)
    except UnreadableSubmission as why:
        raise UnreadableSubmission(f"{why}; --roster says what students are called in the course") from None
    return student


def _take(student: str, hand_in: HandIn, archive: ZipFile, course: Path, done: Collected) -> None:
    """Lay a hand-in into the course, unless it is there already, or a later one is."""
    place = course / "submitted" / student / done.chapter
    if place.parent.is_symlink() or place.parent.is_file():
        raise UnreadableSubmission(f"{place.parent} is no folder; take it away and collect again")
    files, name = as_graded(unpacked(archive, last_files(hand_in, done.chapter)), done.chapter)
    with own_folder() as folder:
        try:
            lay_out(files, folder)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise UnreadableSubmission(f"{Path(error.filename).name} is a file and a folder in the zip") from error
        files = plain_files(folder, bool)
    before: dict[str, bytes] = {}
    with suppress(UnreadableSubmission):  # what is there is no hand-in, and can go
        before = handed_in(student, place, bool)
    stamped = {TIMESTAMP: f"{hand_in.time:%Y-%m-%d %H:%M:%S} UTC\n".encode()} if hand_in.time else {}
    there = handed_in_at(place)
    is_same = {one: before[one] for one in before if one != TIMESTAMP} == files
    if is_same and (not stamped or before.get(TIMESTAMP) == stamped[TIMESTAMP]):
        done.unchanged.append(student)
    elif before and there and hand_in.time and hand_in.time.replace(microsecond=0) < there:
        done.unchanged.append(student)
        done.said[student] = "what is in the course already was handed in later, and stays"
    else:
        with folder_made_whole(place) as new:
            lay_out(files | stamped, new)
        (done.replaced if before else done.new).append(student)
        if name:
            done.said[student] = f"{shown(name)} is taken for {done.chapter}.ipynb"
    if hand_in.late and not hand_in.time:
        done.late.append(student)
