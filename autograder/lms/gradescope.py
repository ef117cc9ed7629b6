"""Gradescope: its export of submissions.

"Export Submissions" packs ``assignment_1_export/submission_123/`` with the files, and beside these folders
``submission_metadata.yml``: for each folder its ``:submitters``, of a group several, with ``:name``, ``:sid`` and
``:email``, and its ``:created_at``. The keys are a Ruby program's (Gradescope Help Center: Exporting Submission
Data).
"""

import re
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import yaml
from nbgrader.utils import parse_utc

from autograder.beside.errors import WrongUse
from autograder.lms.archive import Packed, unpacked
from autograder.lms.hand_ins import HandIn

NAME = "Gradescope"
METADATA = "submission_metadata.yml"
TOP = re.compile(r"submission_\d+|submission_metadata\.yml")
"""What stands at the top of the zip."""
_SID = ("sid", "student id", "username", "id number", "sis user id", "id")
_EMAIL = ("email", "email address", "sis login id", "username")
"""Of a roster, the columns under which a submitter may stand."""


def hand_ins(files: list[Packed], archive: ZipFile) -> list[HandIn]:
    """What each submitter handed in, what a group did for each of them. WrongUse if the zip does not say who is who."""
    told = _metadata([one for one in files if one.place == METADATA], archive)
    found = []
    for top in dict.fromkeys(one.place.partition("/")[0] for one in files if "/" in one.place):
        if not TOP.fullmatch(top):
            continue
        mine = [one.within(f"{top}/") for one in files if one.place.startswith(f"{top}/")]
        about = told.get(top)
        about = about if isinstance(about, dict) else {}
        submitters = about.get(":submitters")
        for who in submitters if isinstance(submitters, list) and submitters else [{}]:
            sid, email, name = (_text(who, key) for key in (":sid", ":email", ":name"))
            known_by = ((_SID, sid), (_EMAIL, email))
            found.append(HandIn(top, name, known_by, sid or email or name, _time(about), files=mine))
    return found


def _metadata(files: list[Packed], archive: ZipFile) -> dict[Any, Any]:
    if not files:
        raise WrongUse(f"there is no {METADATA} in the zip, which says who is who: export the submissions again")
    try:
        told = yaml.load(unpacked(archive, files)[METADATA], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise WrongUse(f"{METADATA} in the zip cannot be read: {error}") from error
    return told if isinstance(told, dict) else {}


def _text(who: Any, key: str) -> str:
    value = who.get(key) if isinstance(who, dict) else None
    return str(value).strip() if value is not None else ""


def _time(about: dict[Any, Any]) -> datetime | None:
    said = about.get(":created_at")
    try:
        return parse_utc(said) if isinstance(said, str | datetime) else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
