"""Moodle: its zip of all submissions.

"Download all submissions" packs ``Full Name_PARTICIPANT_assignsubmission_file/`` with the student's files in it; before
Moodle 4.1 the folder's name ended with "_", and without "Download submissions in folders" it stands before each file's
name. A "_" in a name is a blank there, so the first one ends it. Texts written online are
``..._assignsubmission_onlinetext``. The zip does not know when anything was handed in: the grading worksheet does
(MoodleDocs: Assignment settings, Using Assignment; in Moodle's source mod/assign: classes/downloader.php,
feedback/file/importziplib.php, feedback/offline).
"""

import re
from zipfile import ZipFile

from autograder.lms.archive import Packed
from autograder.lms.hand_ins import HandIn

NAME = "Moodle"
TOP = re.compile(r"(?P<name>[^_]*)_(?P<participant>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)")
"""What stands at the top of the zip."""
IDENTIFIER = "identifier"
"""The worksheet's column that says "Participant 123", in the language of the site."""


def hand_ins(files: list[Packed], archive: ZipFile) -> list[HandIn]:
    """What each participant handed in."""
    found: dict[str, HandIn] = {}
    for one in files:
        top, _, within = one.place.partition("/")
        known = TOP.fullmatch(top)
        if known is None:
            continue
        called = f"{known['name']}_{known['participant']}_assignsubmission_file_"
        hand_in = found.setdefault(
            called, HandIn(called, known["name"], known_by=(((IDENTIFIER,), known["participant"]),))
        )
        hand_in.files.append(Packed(within or known["rest"], one.info))
    return list(found.values())
