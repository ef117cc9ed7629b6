"""A gradebook in PostgreSQL, as ``CourseDirectory.db_url`` names it: Debian's server, really run."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from conftest import without
from nbgrader.api import Gradebook
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from autograder.authoring import sample_class
from autograder.authoring.release import release
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import gradebook, report
from autograder.grading.course_folder import CONFIG
from autograder.grading.gradebook import GradebookLocked
from autograder.grading.whole_class import grade

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of an empty database, and the server's process."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        without("PostgreSQL is not here: apt-get install postgresql (Debian), then run this again")
    folder = tmp_path_factory.mktemp("postgresql")
    someone = {}
    if os.geteuid() == 0:  # whom the server refuses
        nobody = pwd.getpwnam("nobody")
        someone = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        for path in (folder, *folder.parents):
            if path != Path("/tmp") and path.is_relative_to("/tmp"):
                path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(folder, "nobody")
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = [programs[-1] / "initdb", "--auth=trust", "--username=teacher", "--no-sync", "--pgdata", data]
    subprocess.run(run, check=True, capture_output=True, **someone)
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
    run = [programs[-1] / "postgres", "-D", data, "-p", str(port)]
    run += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log, subprocess.Popen(run, stdout=log, stderr=log, **someone) as process:
        url = f"postgresql://teacher@127.0.0.1:{port}/postgres"
        try:
            wait_for(create_engine(url))
            yield url, process
        finally:
            process.send_signal(signal.SIGQUIT)  # without waiting for anybody


def wait_for(engine: Engine) -> None:
    for _ in range(300):
        try:
            return engine.connect().close()
        except OperationalError:
            time.sleep(0.1)
    pytest.fail("the server has not come up in 30 seconds")


def test_grades_are_there_and_nowhere_else_and_a_server_that_is_gone_is_one_line(server, tmp_path):
    url, process = server
    course = tmp_path / "course"
    course.mkdir()
    release([], course)
    with (course / CONFIG).open("a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    release([CHAPTER], course)
    students = {"perfect": 16, "no_leak": 8}
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in students))
    assert grade(CHAPTER, course).now == sorted(students)
    with Gradebook(url, "learning_to_spike") as book:
        assert {one.student.id: one.score for one in book.assignment_submissions(CHAPTER)} == students
    rows = report.rows(CHAPTER, course)
    assert {name: sum(row.points or 0 for row in rows if row.student == name) for name in students} == students
    assert grade(CHAPTER, course).kept == sorted(students)
    assert not list(course.glob("*.db"))
    process.send_signal(signal.SIGQUIT)
    process.wait(30)
    with pytest.raises(GradebookLocked, match=r"db_url in nbgrader_config\.py") as error:
        gradebook.require_unlocked(course)
    assert "\n" not in str(error.value)
