"""Canvas: its zip of submissions.

"Download Submissions" packs ``lastfirst_USER_FILE_name.ipynb``, or ``lastfirst_LATE_USER_FILE_name.ipynb``: the
sortable name in small letters, with nothing but letters, digits and "_", the number of the user, that of the file, and
the name that the student gave it. Anonymous assignments have ``anon_`` and five letters in the place of name and user.
Of files of one name Canvas calls the later ``name-1.ipynb``, ``name-2.ipynb``. The zip knows who was late, and not by
how much (Canvas Instructor Guide: How do I download all student submissions for an assignment; in Canvas' source
lib/content_zipper.rb).
"""

import re
from zipfile import ZipFile

from autograder.lms.archive import Packed
from autograder.lms.hand_ins import HandIn

NAME = "Canvas"
TOP = re.compile(r"(?:(?P<name>\w*?)_)??(?:(?P<late>(?i:late))_)?(?P<user>\d+|anon_\w{5})_(?P<file>\d+)_(?P<rest>.+)")
"""What stands at the top of the zip."""
USER = ("canvas id", "lms_user_id")
"""Of a roster, the columns with the number of a user."""


def hand_ins(files: list[Packed], archive: ZipFile) -> list[HandIn]:
    """What each user handed in, the files in the order of their numbers."""
    found: dict[str, HandIn] = {}
    known = [(TOP.fullmatch(one.place), one.info) for one in files]
    for top, info in sorted(((top, info) for top, info in known if top), key=lambda one: int(one[0]["file"])):
        user = top["user"]
        hand_in = found.setdefault(user, HandIn(user, top["name"] or user, known_by=((USER, user),), in_order=True))
        hand_in.late = hand_in.late or bool(top["late"])
        hand_in.files.append(Packed(top["rest"], info))
    return list(found.values())
