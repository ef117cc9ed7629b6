"""An essay marked in the formgrader as an instructor does it: in a browser, the scheme beside the answer."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from corpus.texts import ATTACHED, HOSTILE_TEXTS
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import by_grade_id
from autograder.grading import report, whole_class
from autograder.grading.markdown import harmless

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


def mark(page, points: str) -> None:
    """Type the points of the essay, as soon as what saves them is listening."""
    page.locator("input.score[placeholder]").first.wait_for()
    with page.expect_response(lambda response: response.request.method == "PUT" and "/api/grade/" in response.url):
        box = page.locator("input.score").last
        box.fill(points)
        box.blur()


def test_the_essay_is_marked_beside_its_scheme_and_the_mark_is_in_the_report(course, server, page):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(CHAPTER, CHAPTER, "perfect").id
    page.goto(f"{server}/formgrader/submissions/{submission}", wait_until="load")
    assert page.get_by_text("Marking scheme, 4 points").is_visible()
    assert page.get_by_text("Zero is only where the membrane rests").is_visible()
    mark(page, "3.5")
    marked = [row for row in report.rows(CHAPTER, course) if row.status == "marked"]
    assert [(row.student, row.points) for row in marked] == [("perfect", 3.5)]


CLICK_ALL = """() => {
    document.addEventListener("click", event => {
        const link = event.target.closest("a")
        if (link && /^(https?|mailto|file):$/.test(link.protocol)) event.preventDefault()
    }, true)
    for (const one of document.querySelectorAll(".text_cell_render *"))
        one.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))
}"""


def opened(page, address: str) -> set[str]:
    """The addresses that a page fetches, itself not counted, while everything in its texts is clicked; nothing runs."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address, wait_until="load")
    assert page.locator(".text_cell_render").count() > len(HOSTILE_TEXTS)
    page.evaluate(CLICK_ALL)
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert urlsplit(page.url).path.rstrip("/") == urlsplit(address).path.rstrip("/")
    return {one for one in fetched if not one.startswith("data:")} - {page.url, address}


def test_no_text_runs_fetches_or_leads_to_what_does_and_the_essay_can_still_be_marked(course, server, page, tmp_path):
    graded = course / "autograded" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = nbformat.read(graded, as_version=4)
    for number, text in enumerate(HOSTILE_TEXTS):  # as if nothing had been made harmless when it was stored
        notebook.cells.insert(1, new_markdown_cell(text, attachments=ATTACHED, id=f"attack-{number}"))
    by_grade_id(notebook.cells)["essay_negative_voltage"].source = "![](attachment:nope.png)\n\n".join(
        HOSTILE_TEXTS[-12:]
    )
    nbformat.write(notebook, graded)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(CHAPTER, CHAPTER, "perfect").id

    folder = f"{server}/formgrader/submissions/{submission}"
    fetched = opened(page, folder)
    pictures = {one for one in fetched if one.startswith(f"{folder}/")}
    assert all(urlsplit(one).path.endswith((".png", ".svg")) for one in pictures)
    others = {"/".join(one.split("/")[:5]) for one in fetched - pictures}
    formgrader_s_own = {f"{server}/formgrader/static", f"{server}/formgrader/api", f"{server}/favicon.ico"}
    assert others <= formgrader_s_own | {"https://cdnjs.cloudflare.com/ajax/libs"}
    mark(page, "2")

    whole_class.give_feedback(course, CHAPTER, ["perfect"])
    feedback = course / "feedback" / "perfect" / CHAPTER / f"{CHAPTER}.html"
    assert all(one.startswith("file:") for one in opened(page.context.new_page(), feedback.as_uri()))

    stored = [new_markdown_cell(harmless(text, ATTACHED), attachments=ATTACHED) for text in ("", *HOSTILE_TEXTS)]
    anywhere = tmp_path / "anywhere.html"
    anywhere.write_text(HTMLExporter(template_name="classic").from_notebook_node(new_notebook(cells=stored))[0])
    hosts = {urlsplit(one).netloc for one in opened(page.context.new_page(), anywhere.as_uri())}
    assert hosts <= {"", "cdnjs.cloudflare.com"}


def test_the_formgrader_runs_the_settings_of_no_other_folder(course, server):
    """One click on a link to ``/formgrader/?path=`` would run what a student calls nbgrader_config.py."""
    mark = course / "ran"
    settings = course / "submitted" / "perfect" / CHAPTER / "nbgrader_config.py"
    settings.write_text(f"open({str(mark)!r}, 'w').close()")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{server}/formgrader/?path=submitted/perfect/{CHAPTER}")
    urllib.request.urlopen(f"{server}/formgrader/").close()
    assert not mark.exists()
