"""What a course sets about grading: limits, packages, tolerance. Read by ``autograder grade`` and by nbgrader alike."""

from dataclasses import asdict

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float
from traitlets.config import Config

from autograder.grading.course_folder import CONFIG, NoCourse
from autograder.grading.given_imports import not_installed
from autograder.room.limits import ROOMS, Limits

PACKAGES = ("numpy", "scipy", "pandas", "matplotlib", "seaborn", "tqdm", "torch", "brian2")
"""What students may count on where they are graded, if the course does not say otherwise."""


class TolerantPlugin(LateSubmissionPlugin):
    """nbgrader's penalty for lateness, but for who is late by no more than a number of days."""

    days = Float(0.0, min=0, help="Days after the due date in which lateness costs nothing.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        if total_seconds_late <= self.days * 86400:
            return None
        return super().late_submission_penalty(student_id, score, total_seconds_late)


def limits_in(settings: Config) -> Limits:
    """What each submission may take, and where: what ``limits``, ``room`` and ``image`` of ``GradeSubmission`` say.

    Raises :class:`NoCourse` for a name or a value that is none.
    """
    said, known = settings.GradeSubmission.get("limits", {}), asdict(Limits())
    where_it_runs = {name: settings.GradeSubmission.get(name, known.pop(name)) for name in ("room", "image")}
    if where_it_runs["room"] not in ROOMS:
        room = where_it_runs["room"]
        raise NoCourse(f"{CONFIG}: GradeSubmission.room is {room!r}; expected one of {', '.join(ROOMS)}")
    for name, value in said.items():
        where = f"{CONFIG}: GradeSubmission.limits"
        if name not in known:
            raise NoCourse(f"{where} has {name!r}; there are {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise NoCourse(f"{where}[{name!r}] is {value!r}; expected a number above 0")
    return Limits(**{name: type(known[name])(value) for name, value in said.items()}, **where_it_runs)


def packages_in(settings: Config) -> list[str]:
    """What students may count on: ``GradeSubmission.packages``, else ``PACKAGES``."""
    return list(settings.GradeSubmission.get("packages", PACKAGES))


def require_packages(settings: Config) -> None:
    """:class:`NoCourse` if a package that students may count on is not installed."""
    if missing := not_installed(packages_in(settings)):
        raise NoCourse(
            f"not installed where submissions are graded: {', '.join(missing)}; install it, or take it out of "
            f"GradeSubmission.packages in {CONFIG}"
        )
