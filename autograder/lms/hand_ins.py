"""What the systems have in common: a zip of a class is a list of hand-ins, each of somebody."""

from dataclasses import dataclass, field
from datetime import datetime

from autograder.lms.archive import Packed

KnownBy = tuple[tuple[tuple[str, ...], str], ...]
"""What is known of a student, each with the headings of a roster under which it may stand."""


@dataclass
class HandIn:
    """What somebody handed in, as a system gives it, not unpacked yet.

    ``called`` is what the system calls it, ``name`` the student's name as the zip has it, "" where it has none;
    ``or_names`` are what it may be besides, the likeliest first.
    ``without_roster`` is who they are in the course if no roster says it. ``time`` is in UTC, and None where the zip
    does not say it; ``late`` is what the system says without a time. ``in_order`` says that the files stand in the
    order in which they came.
    """

    called: str
    name: str
    known_by: KnownBy = ()
    without_roster: str = ""
    time: datetime | None = None
    late: bool = False
    in_order: bool = False
    or_names: tuple[str, ...] = ()
    files: list[Packed] = field(default_factory=list)
