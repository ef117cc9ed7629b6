"""An essay marked in the formgrader as an instructor does it: in a browser, the scheme beside the answer."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report

pytestmark = [pytest.mark.slow, pytest.mark.sandbox, pytest.mark.browser]


@pytest.fixture
def course(graded_course, tmp_path) -> Path:
    return Path(shutil.copytree(graded_course, tmp_path / "course"))


@pytest.fixture
def server(course):
    """The address of a Jupyter server in the course folder, as ``jupyter lab`` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    jupyter = Path(sys.executable).with_name("jupyter")
    quiet = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
    ]
    with (course / "server.log").open("w") as log:
        process = subprocess.Popen([jupyter, "lab", *quiet], cwd=course, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/api").close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    process.terminate()
    process.wait(timeout=20)


def test_the_essay_is_marked_beside_its_scheme_and_the_mark_is_in_the_report(course, server, page):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(CHAPTER, CHAPTER, "perfect").id
    page.goto(f"{server}/formgrader/submissions/{submission}", wait_until="load")
    assert page.get_by_text("Marking scheme, 4 points").is_visible()
    assert page.get_by_text("Zero is only where the membrane rests").is_visible()
    box = page.locator("input.score").last
    with page.expect_response(lambda response: response.request.method == "PUT" and "/api/grade/" in response.url):
        box.fill("3.5")
        box.blur()
    marked = [row for row in report.rows(CHAPTER, course) if row.status == "marked"]
    assert [(row.student, row.points) for row in marked] == [("perfect", 3.5)]
