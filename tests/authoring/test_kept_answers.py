"""What a reader writes in the pages is kept, found again in later chapters, and taken to the notebook and back."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect
from test_live_cells import EXACT_STEPS, LOADING, ONES, STEPS, Cell

from autograder.authoring.release import handed_out
from autograder.beside.words import by_grade_id, checked_by, said_of
from autograder.exercises import load
from autograder.grading import report
from autograder.proving.corpus import CORPUS

CHAPTER = "leaky_integrator"
SURFACE = "def time_surface(spikes, tau):\n    return leaky_integrator(spikes, tau)"
KEPT = "learning-to-spike"
FIRES = "lif_filters/right/lists_no_numpy/leaky_integrate_and_fire"

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(page, site):
    """Open a chapter in a browser that has kept some things, by their places: ``chapter__exercise``."""

    def opened(chapter: str, **things: str):
        page.goto(f"{site}/book/introduction.html")
        for place, text in things.items():
            page.evaluate(
                "([key, text]) => localStorage.setItem(key, text)", [f"{KEPT}/{place.replace('__', '/')}", text]
            )
        page.goto(f"{site}/book/{chapter}.html")
        return page

    return opened


def taken(page, folder: Path) -> Path:
    """The notebook that the page hands out, saved."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as notebook").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def put(page, path: Path) -> str:
    """Load a notebook into the page; what it says to that."""
    status = page.locator(".live-notebook").get_by_role("status")
    before = status.inner_text()
    page.locator("input[type=file]").set_input_files(path)
    expect(status).not_to_have_text(before)
    return status.inner_text()


# Earlier answers


def test_an_earlier_chapter_s_answer_is_taken_from_what_the_browser_keeps(visit):
    page = visit(
        "time_surfaces",
        leaky_integrator__leaky_integrator=STEPS,
        lif_filters__leaky_integrate_and_fire=(CORPUS / f"{FIRES}.py").read_text(),
    )
    expect(page.get_by_text("In this page it is here already: your leaky_integrator")).to_be_visible()
    Cell(page, "time_surface").run(SURFACE, "passed")
    fires = "def spiking_time_surface(*inputs):\n    return leaky_integrate_and_fire(*inputs)[0]"
    Cell(page, "spiking_time_surface").run(fires, "passed")


def test_without_one_a_sentence_leads_to_where_it_is_written_and_back_again(visit):
    page = visit("time_surfaces", leaky_integrator__leaky_integrator="def f():\n    raise NotImplementedError()")
    expect(page.get_by_text("You have not written leaky_integrator in this browser yet")).to_be_visible()
    cell = Cell(page, "time_surface").run(SURFACE, "^This needs leaky_integrator, which is not written yet. Go to")
    cell.exercise.get_by_role("link", name="Go to leaky_integrator in “The leaky integrator”").click()
    there = Cell(page, "leaky_integrator")
    expect(there.exercise).to_be_in_viewport()
    there.write(STEPS)
    page.go_back()
    expect(page.get_by_text("In this page it is here already: your leaky_integrator")).to_be_visible()
    Cell(page, "time_surface").open().press("Run & check")
    Cell(page, "time_surface").ends("passed")


def test_after_a_reload_an_exercise_finds_what_stands_above_it_and_what_that_calls(visit):
    function, by_channel = STEPS.split("def by_channel")
    page = visit(
        CHAPTER,
        leaky_integrator__input_data=f"def by_channel{by_channel}\n{ONES}",
        leaky_integrator__leaky_integrator=function,
    )
    Cell(page, "exact_leaky_integrator").run(EXACT_STEPS, "6 of 6 points, passed")


def test_an_earlier_answer_that_does_not_run_is_named_with_its_error_and_no_other_matters(visit):
    page = visit(
        CHAPTER,
        leaky_integrator__input_data="while True: pass",
        leaky_integrator__leaky_integrator="def leaky_integrator(input_data, tau:",
    )
    cell = Cell(page, "exact_leaky_integrator")
    cell.run(
        "exact_leaky_integrator = leaky_integrator", "^This needs leaky_integrator, which raises SyntaxError. Go to"
    )
    assert "leaky_integrator(input_data, tau:" in cell.exercise.locator(".live-raised").inner_text()
    cell.run(STEPS + EXACT_STEPS, "passed")
    cell.run(f"{EXACT_STEPS}\nprint(input_data)", "^Stopped after 10 seconds: does a loop never end in input_data")


def test_the_names_that_stand_above_are_those_of_the_notebook_s_first_cell(visit):
    page = visit(CHAPTER)
    cell = Cell(page, "input_data").run(f"print(math.pi)\n{ONES}", "raised NameError")
    cell.run(f"plt.plot()\n{ONES}", "raised ModuleNotFoundError")
    assert "matplotlib isn't in the page" in cell.exercise.locator(".live-raised").inner_text()
    page = visit("lif_filters")
    Cell(page, "firing_rate").run("print(math.pi, cmath.pi)\nfiring_rate = None", "of 4 points|points")
    assert "3.14" in Cell(page, "firing_rate").exercise.locator(".live-printed").inner_text()


# Versions


def test_each_checked_text_is_among_the_earlier_versions_with_what_it_earned(visit):
    page = visit(CHAPTER)
    cell = Cell(page, "input_data").run("input_data = [0] * 1000", "of 2 points")
    cell.run(ONES, "2 of 2 points, passed")
    page.reload()
    expect(cell.exercise.get_by_text("It earned 2 of 2 points, passed.")).to_be_visible()
    cell.open()
    cell.exercise.get_by_text("Earlier versions (1)").click()
    cell.exercise.get_by_role("button", name=re.compile("of 2 points, (wrong|partly)")).click()
    assert cell.text() == "input_data = [0] * 1000"
    expect(cell.code).to_be_focused()
    page.keyboard.press("Control+z")
    assert cell.text() == ONES
    cell.press("Reset")
    expect(cell.exercise.get_by_text("Earlier versions (2)")).to_be_visible()
    for n in range(7):
        cell.write(f"# {n}")
        cell.press("Reset")
    expect(cell.exercise.get_by_text("Earlier versions (5)")).to_be_visible()


# The notebook


def test_the_page_hands_out_the_released_notebook(built_book, released_chapter):
    published = nbformat.read(built_book / "_static" / "live" / f"{CHAPTER}.ipynb", as_version=4)
    assert published == nbformat.read(released_chapter / "release" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    assert published == handed_out(CHAPTER)


@pytest.mark.sandbox
@pytest.mark.slow
def test_the_downloaded_notebook_is_graded_with_the_points_that_the_page_showed(visit, released_chapter, tmp_path):
    page = visit(CHAPTER)
    shown = {}
    for name, text in (
        ("input_data", "input_data = [0] * 1000"),
        ("leaky_integrator", STEPS),
        ("exact_leaky_integrator", EXACT_STEPS.replace("-dt / tau", "-1 / tau")),
    ):
        cell = Cell(page, name).run(text, "points")
        shown[name] = float(re.search(r"([\d.]+) of", cell.status.inner_text()).group(1))
    assert len(set(shown.values())) == 3, "full, some, and other points"
    course = Path(shutil.copytree(released_chapter, tmp_path / "course"))
    handed_in = course / "submitted" / "reader" / CHAPTER
    handed_in.mkdir(parents=True)
    taken(page, handed_in)
    grade = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--course", course]
    subprocess.run(grade, check=True, capture_output=True)
    graded = {row.exercise: row.points for row in report.rows(CHAPTER, course) if row.exercise in shown}
    assert graded == shown


def test_an_earlier_chapter_s_answer_stands_in_the_downloaded_notebook_and_nothing_else_has_changed(visit, tmp_path):
    page = visit("time_surfaces", leaky_integrator__leaky_integrator=STEPS, time_surfaces__time_surface=SURFACE)
    filled = nbformat.read(taken(page, tmp_path), as_version=4)
    expect(page.locator(".live-notebook")).to_contain_text("time_surfaces.ipynb is on its way, with 2 answers in it")
    given = handed_out("time_surfaces")
    other = [(now, was) for now, was in zip(filled.cells, given.cells, strict=True) if now != was]
    assert [now.source for now, _ in other] == [STEPS, SURFACE]
    assert 'fetch("leaky_integrator", "leaky_integrator")' in other[0][1].source
    assert all({**now, "source": ""} == {**was, "source": ""} for now, was in other)
    assert filled.metadata == given.metadata


def test_what_was_downloaded_can_be_loaded_in_another_browser(visit, browser, tmp_path, site):
    page = visit(CHAPTER, leaky_integrator__input_data=ONES, leaky_integrator__leaky_integrator=STEPS)
    path = taken(page, tmp_path)
    elsewhere = browser.new_context()
    page = elsewhere.new_page()
    page.goto(f"{site}/book/{CHAPTER}.html")
    mine = Cell(page, "input_data").open()
    mine.write("# mine")
    says = put(page, path)
    assert says.startswith(f"2 answers loaded from {CHAPTER}.ipynb: input_data, leaky_integrator.")
    assert mine.text() == ONES
    mine.exercise.get_by_text("Earlier versions (1)").click()
    mine.exercise.get_by_role("button", name="not checked").click()
    assert mine.text() == "# mine"
    assert Cell(page, "leaky_integrator").open().text() == STEPS
    assert put(page, path).startswith("1 answer loaded")
    elsewhere.close()


def test_of_a_foreign_notebook_only_the_text_of_this_chapter_s_exercises_is_taken_and_shown_as_text(visit, tmp_path):
    page = visit(CHAPTER)
    evil = "input_data = '''<img src=x onerror=document.title=1></textarea><script>document.title=1</script>'''"
    notebook = json.loads(nbformat.writes(handed_out(CHAPTER)))
    for cell in notebook["cells"]:
        cell["outputs"] = [{"data": {"text/html": evil}}]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "input_data":
            cell["source"] = evil
    code = {"cell_type": "code"}
    notebook["cells"] += [
        code | {"id": "__proto__", "source": "1", "metadata": {"nbgrader": {"grade_id": "__proto__"}}},
        code | {"source": ["1"], "metadata": {"nbgrader": {"grade_id": "time_surface"}}},
        code | {"source": [["1"]], "metadata": {"nbgrader": {"grade_id": "leaky_integrator"}}},
        code | {"source": "x" * 100_001, "metadata": {"nbgrader": {"grade_id": "exact_leaky_integrator"}}},
        code | {"source": "1", "metadata": {"nbgrader": {"grade_id": {"constructor": 1}}}},
        {"cell_type": "markdown", "source": "1", "metadata": {"nbgrader": {"grade_id": "leaky_integrator"}}},
        None,
        5,
    ]
    path = tmp_path / "<b>evil.ipynb"
    path.write_text(json.dumps(notebook))
    title = page.title()
    assert put(page, path).startswith("1 answer loaded from <b>evil.ipynb: input_data.")
    keys = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('learning-to-spike'))")
    assert keys == [f"{KEPT}/{CHAPTER}/input_data"]
    cell = Cell(page, "input_data").open()
    assert cell.text() == evil
    cell.press("Reset")
    cell.exercise.get_by_text("Earlier versions (1)").click()
    assert page.title() == title
    assert page.locator("main img[src=x]").count() == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no json", "is no notebook: choose the file leaky_integrator.ipynb."),
        ("[" * 200_000, "is no notebook"),
        ("null", "is no notebook"),
        ('{"cells": {}}', "is no notebook"),
        ('{"cells": []}', "has no exercise of this chapter in it"),
        (" " * 20_000_001, "is larger than 20 MB: clear its outputs"),
    ],
    ids=["text", "deep", "null", "cells", "empty", "large"],
)
def test_a_file_that_is_no_notebook_is_refused_in_a_sentence(text, says, visit, tmp_path):
    path = tmp_path / "some.ipynb"
    path.write_text(text)
    assert says in put(visit(CHAPTER), path)


def test_a_notebook_that_is_missing_is_said(visit):
    page = visit(CHAPTER)
    page.route("**/live/*.ipynb", lambda route: route.fulfill(status=404, body=""))
    page.get_by_role("button", name="Download as notebook").click()
    expect(page.locator(".live-notebook")).to_contain_text(
        "The notebook did not load: 404 for live/leaky_integrator.ipynb."
    )


# Progress


def test_progress_is_counted_over_the_book_in_the_sidebar_and_on_the_front_page(visit, site):
    page = visit("introduction")
    assert "You have not begun" in page.locator("#progress").inner_text()
    assert page.locator(".progress-mark", has_text=re.compile(".")).count() == 0
    in_page = [one.name for one in load(CHAPTER).exercises if one.in_page == ()]
    others = in_page[1:]
    texts = {f"{CHAPTER}__{name}": "x" for name in others}
    page = visit(CHAPTER, **texts, **{f"{place}__passed": "yes" for place in texts})
    Cell(page, "input_data").run(ONES, "passed")
    mark = page.get_by_role("navigation", name="Main").get_by_role("link", name="The leaky integrator")
    expect(mark).to_contain_text("done")
    Cell(page, "input_data").press("Reset")
    expect(mark).to_contain_text(f"{len(others)} of {len(in_page)}")
    page.keyboard.press("Control+z")
    expect(mark).to_contain_text("done")
    page.goto(f"{site}/book/introduction.html")
    front = page.locator("#progress")
    expect(front).to_contain_text(f"{len(in_page)} of ")
    expect(front).to_contain_text("1 of ")
    expect(front.get_by_role("progressbar", name="exercises done")).to_have_attribute("value", str(len(in_page)))
    front.get_by_role("link").click()
    expect(Cell(page, "leaky_integrate_and_fire").exercise).to_be_in_viewport(timeout=LOADING)


def test_a_browser_that_keeps_nothing_says_so_and_the_notebook_can_be_taken_all_the_same(visit, tmp_path):
    page = visit(CHAPTER)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.reload()
    cell = Cell(page, "input_data").open()
    cell.write(ONES)
    expect(cell.exercise.get_by_text("This browser keeps nothing for a page")).to_be_visible()
    cells = by_grade_id(nbformat.read(taken(page, tmp_path), as_version=4).cells)
    assert cells["input_data"].source == ONES
    assert not any(said_of(cell) for cell in cells.values()) and any(map(checked_by, cells.values()))
