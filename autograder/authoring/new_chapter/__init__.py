"""A chapter begun: the files of CONTRIBUTING's recipe, with one exercise that works.

Runs where a chapter is made.
"""

import keyword
import re
from importlib.resources import files
from pathlib import Path
from string import Template

from autograder.beside.errors import UserError, WrongUse
from autograder.proving import table
from autograder.reference.files import write_whole
from autograder.reference.places import PROJECT

PARTS = {
    "solutions/{}.py": "solution.txt",
    "autograder/exercises/{}.py": "exercises.txt",
    "book/{}.md": "page.txt",
    "tests/corpus/{}/right/counted/firing_rate.py": "right.txt",
    "tests/corpus/{}/wrong/from_intervals/firing_rate.py": "wrong.txt",
}
"""Where each file of a chapter stands, and the text beside this one that it is begun with."""
AFTER = "  - file: book/models\n"
"""The line of ``_toc.yml`` before which a chapter stands: the pages from here on are none."""


class NotBegun(UserError, OSError):
    """A chapter cannot be begun here."""


def begin(chapter: str, project: Path = PROJECT) -> list[Path]:
    """Write what a chapter begins with into a checkout, and return the new files.

    Raises ``WrongUse`` for a name that is none, and :class:`NotBegun` where something of that name is there already, or
    no checkout is.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", chapter) or keyword.iskeyword(chapter):
        raise WrongUse(f"{chapter!r} is no name of a chapter: expected small letters, digits and _, as in spike_trains")
    toc = project / "_toc.yml"
    if not toc.is_file() or AFTER not in toc.read_text(encoding="utf-8"):
        raise NotBegun(f"{project} has no _toc.yml with the line {AFTER.strip()!r}: begin a chapter in a checkout")
    new = {project / place.format(chapter): part for place, part in PARTS.items()}
    if there := [path for path in new if path.exists()]:
        raise NotBegun(f"{there[0]} is there already: take another name, or go on with that chapter")
    title = chapter.replace("_", " ").capitalize()
    for path, part in new.items():
        text = files(__package__).joinpath(part).read_text(encoding="utf-8")
        write_whole(path, Template(text).substitute(chapter=chapter, title=title))
    write_whole(toc, toc.read_text(encoding="utf-8").replace(AFTER, f"  - file: book/{chapter}\n{AFTER}"))
    table.keep({chapter: {"made": {}, "exercises": {}}}, project / "book" / table.KEPT.name)
    return [*new]
