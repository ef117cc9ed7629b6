"""What a course sets about grading holds, and what is no setting is named."""

import shutil
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report
from autograder.grading.course_folder import CONFIG, NoCourse
from autograder.grading.course_settings import TolerantPlugin, limits_in
from autograder.grading.whole_class import grade
from autograder.room.limits import Limits

DAY = 86400


@pytest.fixture
def course(released_chapter, tmp_path) -> Path:
    course = Path(shutil.copytree(released_chapter, tmp_path / "course"))
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name == "perfect"))
    return course


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('c.GradeSubmission.limits = {"momery": 1}', "GradeSubmission.limits has 'momery'; there are cell_seconds"),
        ('c.GradeSubmission.limits = {"memory": "2 GB"}', r"limits\['memory'\] is '2 GB'; expected a number above 0"),
        ('c.GradeSubmission.room = "vm"', "GradeSubmission.room is 'vm'; expected one of bubblewrap, podman, docker"),
        ('c.GradeSubmission.packages = ["numpy", "no_such"]', "not installed where submissions are graded: no_such"),
    ],
)
def test_a_setting_that_is_none_is_named(course, line, says):
    with (course / CONFIG).open("a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(NoCourse, match=says):
        grade(CHAPTER, course)


@pytest.mark.sandbox
def test_a_limit_that_is_set_holds_and_one_that_is_changed_grades_anew(course):
    with (course / CONFIG).open("a") as file:
        file.write('\nc.GradeSubmission.limits = {"output": 5}\n')
    path = course / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb"
    path.write_text(path.read_text().replace("v = 0\\n", "print('v = 0')\\n    v = 0\\n"))
    assert grade(CHAPTER, course).now == ["perfect"]
    assert {row.status for row in report.rows(CHAPTER, course)} >= {"too much output"}
    with (course / CONFIG).open("a") as file:
        file.write("\nc.GradeSubmission.limits = {}\n")
    assert grade(CHAPTER, course).now == ["perfect"]
    assert sum(row.points or 0 for row in report.rows(CHAPTER, course)) == 16


def test_the_limits_that_are_written_into_a_new_course_are_those_that_hold(released_chapter):
    lines = [line.removeprefix("# ") for line in (released_chapter / CONFIG).read_text().splitlines()]
    begins = lines.index("c.GradeSubmission.limits = {")
    settings = Config()
    exec("\n".join(lines[begins : lines.index("}", begins) + 1]), {"c": settings})
    assert limits_in(settings) == Limits()
    assert len(settings.GradeSubmission.limits) == 5


@pytest.mark.parametrize(("late", "lost"), [(2 * DAY, None), (2 * DAY + 1, 7.0)])
def test_days_that_are_forgiven_cost_nothing(late, lost):
    plugin = TolerantPlugin(config=Config(TolerantPlugin={"days": 2, "penalty_method": "zero"}))
    assert plugin.late_submission_penalty("ann", 7.0, late) == lost
