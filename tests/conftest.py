"""What the tests share."""

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from serving import serving

from autograder.authoring import paper, release, sample_class, wheels
from autograder.exercises import chapter_names, load
from autograder.grading import whole_class
from autograder.reference.files import made_by_one
from autograder.reference.record import write_records
from autograder.room import walls

PROJECT = Path(__file__).resolve().parents[1]
LONGEST = (
    "test_whole_class",
    "test_command_line",
    "test_cluster",
    "test_mishaps",
    "test_diehl_cook",
    "test_new_chapter",
    "test_proof",
    "test_nothing_answers",
    "test_unfolding",
    "test_corpus",
    "test_sample_class",
    "test_spiking_autoencoder",
    "test_release",
    "test_delays",
    "test_live_cells",
    "test_pages",
)
"""Modules of tests that come before the short ones, so that no process is left alone with one at the end. The last two
wait for the book, which has half of the time to be built."""

AS_NEW = """
    try {
      if (!sessionStorage.getItem("begun")) localStorage.clear();
      sessionStorage.setItem("begun", "yes");
    } catch { /* a page that may keep nothing */ }
"""
"""Before a window's first page: what another window has kept goes."""

# As many processes as processors run side by side. If each had as many threads for its matrices besides, they would
# spend most of their time waiting for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

os.environ[walls.AS_ROOT] = "1"  # in a container everybody is root, and what is tried here is ours

# The book of the tests has no packages, also where somebody has fetched some.
os.environ[wheels.ELSEWHERE] = str(PROJECT / "_build" / "no_wheels")

settings.register_profile("course", deadline=None)  # a shared machine pauses now and then
settings.load_profile("course")


def without(needed: str) -> None:
    """Leave a test out for want of ``needed``, which says how to get it; in CI nothing may be left out."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(needed)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.get_closest_marker("sandbox"):
        try:
            walls.require_bubblewrap()
        except walls.NoSandbox as error:
            without(str(error))


def made_once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name`` that ``make`` fills, made by the first of a run's processes that asks for it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, done = root / name, root / f"{name}.done"
    with made_by_one(done) as missing:
        if missing:
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def records(tmp_path_factory) -> Path:
    """The records of every chapter, made by one process before the others want them."""

    def make(folder: Path) -> None:
        for name in chapter_names():
            write_records(load(name), folder)

    return made_once(tmp_path_factory, "records", make)


@pytest.fixture(scope="session")
def released_course(tmp_path_factory, records) -> Path:
    """A course with every chapter released. Read it; to change something, copy it."""
    return made_once(tmp_path_factory, "released_course", partial(release.release, chapter_names()))


@pytest.fixture(scope="session")
def released_chapter(tmp_path_factory) -> Path:
    """A course with the sample class's chapter released alone. Read it; to change something, copy it."""
    return made_once(tmp_path_factory, "released_chapter", partial(release.release, [sample_class.CHAPTER]))


@pytest.fixture(scope="session")
def graded_course(tmp_path_factory, released_chapter) -> Path:
    """A course with the whole sample class graded and given feedback. Read it; to change something, copy it."""

    def make(folder: Path) -> None:
        shutil.copytree(released_chapter, folder)
        sample_class.hand_in(folder)
        graded = whole_class.grade(sample_class.CHAPTER, folder)
        whole_class.give_feedback(folder, sample_class.CHAPTER, graded.now)

    return made_once(tmp_path_factory, "graded_course", make)


def build_book(tmp_path_factory) -> Path:
    """The book built with every warning taken as an error, by the first who asks."""

    def make(folder: Path) -> None:
        build = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "--all", "-W", "--keep-going"]
        done = subprocess.run([*build, "--path-output", folder], cwd=PROJECT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        assert "without encryption" not in done.stdout + done.stderr, "a kernel warns at each page"
        assert os.cpu_count() == 1 or " .. book/" in done.stdout, "pages were read one after the other"

    return made_once(tmp_path_factory, "book", make) / "_build" / "html"


@pytest.fixture(scope="session")
def built_book(tmp_path_factory) -> Path:
    """The folder of the book's pages, newly built."""
    return build_book(tmp_path_factory)


def pytest_collection_modifyitems(items):
    """What needs the book is marked, and what takes long comes first."""
    for item in items:
        if "built_book" in item.fixturenames:
            item.add_marker("book")
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONGEST)))


def pytest_collection_finish(session):
    """One process has the book built while the others are at their first tests, if anybody asks for it.

    And all that is loaded by now will stay: who looks for garbage, as Brian2 does before each run, need not look there.
    """
    gc.collect()
    gc.freeze()
    first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0" and not session.config.option.collectonly
    if first and any(item.get_closest_marker("book") for item in session.items):
        folders = session.config._tmp_path_factory
        threading.Thread(target=lambda: build_book(folders), daemon=True).start()
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.nice(5)  # of this thread and those to come: the book, which others will wait for, goes before


@pytest.fixture(scope="session")
def site(built_book):
    """The address at which the book is served."""
    with serving(built_book) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    chromium = paper.chromium()
    if not chromium:
        without("Chromium is not here: apt-get install chromium (Debian), then run this again")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reader(browser):
    """A browser in which Python has been started before: what it keeps of that start serves the pages of all tests."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(reader):
    """A page in a browser that has kept no answer yet."""
    page = reader.new_page()
    page.add_init_script(AS_NEW)
    yield page
    for left in reader.pages:
        left.close()
