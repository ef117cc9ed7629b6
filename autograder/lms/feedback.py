"""Feedback out: the pages, made anew, and as the zip that Moodle takes."""

from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED

from autograder.beside.errors import WrongUse
from autograder.grading import gradebook, whole_class
from autograder.grading.course_folder import TIMESTAMP, require_released
from autograder.grading.submissions import plain_files
from autograder.lms import moodle
from autograder.lms.collecting import collected
from autograder.reference.files import write_whole, zipped
from autograder.room.folders import lay_out, own_folder


@dataclass
class Given:
    """The students who have a page now, those of them whose page is in the zip, and who has none, with the reason."""

    pages: list[str]
    packed: list[str] = field(default_factory=list)
    without: dict[str, str] = field(default_factory=dict)


def give(chapter: str, course: Path, zip_file: Path | None = None, *, progress: bool = False) -> Given:
    """Make the feedback pages of all who are graded, and if ``zip_file`` is said pack them for Moodle.

    In the zip a page lies under the name that the hand-in has in Moodle's own zip, as "Upload multiple feedback files
    in a zip" wants it: so there are those who were collected from Moodle. ``progress`` shows a bar.

    Raises WrongUse, NoCourse, UnknownChapter, NbgraderFailed.
    """
    require_released(course, chapter)
    remembered = collected(course).get(chapter, {})
    called = {one: there["called"] for one, there in remembered.items() if there["from"] == moodle.NAME}
    if zip_file and not called:
        raise WrongUse(
            f"nothing of {chapter} was collected from Moodle, so it has no names for a zip: autograder collect"
        )
    students = sorted(gradebook.marks(course, chapter))
    without = whole_class.give_feedback(course, chapter, students, progress=progress)
    given = Given([one for one in students if one not in without], without=without)
    if zip_file:
        given.packed = [one for one in given.pages if one in called]
        with own_folder() as folder:
            for student in given.packed:
                page = plain_files(course / "feedback" / student / chapter, bool)
                page.pop(TIMESTAMP, None)  # nbgrader's own
                lay_out(page, folder / called[student])
            write_whole(zip_file, zipped(folder, compression=ZIP_DEFLATED))
    return given
