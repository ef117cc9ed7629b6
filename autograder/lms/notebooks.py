"""Which of the files that a student handed in is the notebook, and what lies beside it."""

import re
from pathlib import PurePosixPath

from autograder.exercises import chapter_names
from autograder.grading.course_folder import TIMESTAMP
from autograder.grading.submissions import UnreadableSubmission
from autograder.grading.unused import meant
from autograder.lms.archive import Packed, unpacked_zip
from autograder.lms.hand_ins import HandIn

_AGAIN = re.compile(r"-\d+(?=\.\w+$)")
"""What Canvas puts at the end of a name that was there already."""


def last_files(hand_in: HandIn, chapter: str) -> list[Packed]:
    """The files, and of those that came again under a name with a number only the last."""
    if not hand_in.in_order:
        return hand_in.files
    files = [*{one.place: one for one in hand_in.files}.values()]
    again = [one for one in files if _AGAIN.sub("", one.place).casefold() in (f"{chapter}.ipynb", f"{chapter}.zip")]
    return [one for one in files if one not in again[:-1]]


def as_graded(files: dict[str, bytes], chapter: str) -> tuple[dict[str, bytes], str]:
    """The files with the notebook under the chapter's name at the top, and its own name if that says nothing.

    Of a zip among them and no notebook it is what is in the zip. The notebook is the one called like the chapter, or
    the only one; :class:`UnreadableSubmission` if there are several, or none.
    """
    packed_again = [place for place in files if place.casefold().endswith(".zip")]
    if len(packed_again) == 1 and not any(map(_is_notebook, files)):
        files |= unpacked_zip(files.pop(packed_again[0]), packed_again[0])
    notebooks = sorted(filter(_is_notebook, files), key=lambda place: place.count("/"))
    likely = {place: meant([place], chapter_names()) for place in notebooks}
    some = [place for place in notebooks if PurePosixPath(place).name == f"{chapter}.ipynb"]
    some = some or [place for place in notebooks if likely[place] == chapter] or notebooks
    some = [place for place in some if place.count("/") == some[0].count("/")]
    if len(some) != 1:
        there = ", ".join(some or files)[:200] or "nothing"
        raise UnreadableSubmission(f"{'several notebooks' if some else 'no notebook'} (there is: {there})")
    (notebook,) = some
    if likely[notebook] not in ("", chapter):
        raise UnreadableSubmission(f"{notebook} looks like {likely[notebook]}, not {chapter}")
    around = notebook.removesuffix(PurePosixPath(notebook).name)
    found = {f"{chapter}.ipynb": files.pop(notebook)}
    for place in sorted(files, key=lambda one: not one.startswith(around)):
        found.setdefault(place.removeprefix(around), files[place])
    found.pop(TIMESTAMP, None)  # a student's own: when it came they do not say
    return found, "" if likely[notebook] else notebook


def _is_notebook(place: str) -> bool:
    return place.casefold().endswith(".ipynb")
