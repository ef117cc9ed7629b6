"""What stands under a chapter's title: how long it takes, what comes before it, and its folder to take home."""

import json
import re
import zipfile
from itertools import pairwise

import jupytext
import pytest
from bs4 import BeautifulSoup
from solution_regions import telling_lines

from autograder.authoring import plan, release, unfolding
from autograder.exercises import load
from autograder.reference import places

each_chapter = pytest.mark.parametrize("chapter", plan.planned())
each_page = pytest.mark.parametrize("name", plan.pages_of(plan.planned()))


@each_page
def test_the_line_says_the_time_and_leads_to_what_comes_before_and_to_the_folder_of_the_chapter(name, built_book):
    page = BeautifulSoup((built_book / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
    (head,) = page.select("h1 + .chapter-head")
    assert head.get_text().lower().startswith(plan.time(name))
    *before, folder = [(link["href"], link.get_text()) for link in head.find_all("a")]
    assert before == [(f"{one}.html", places.title(one)) for one in plan.needs(name)]
    size = (built_book / "book" / folder[0]).stat().st_size
    assert folder[1] == f"{plan.chapter_of(name)}.zip" and f"({round(size / 1000)} kB)" in head.get_text()


def test_a_page_that_goes_on_with_a_chapter_says_so_and_what_students_get_has_both(built_book):
    going_on = {*plan.pages_of(plan.planned())} - {*plan.planned()}
    assert going_on
    for name in going_on:
        page = BeautifulSoup((built_book / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
        chapter = plan.chapter_of(name)
        assert f"It goes on with {places.title(chapter)}." in page.select_one(".chapter-head").get_text()
        text = "\n\n".join(cell.source for cell in release.handed_out(chapter).cells)
        headings = [line for path in places.pages(chapter) for line in path.read_text().splitlines() if "## " in line]
        assert f"# {places.title(chapter)}" in text and f"# {places.title(name)}" in text
        assert not {line for line in headings if line not in text} and text.count("## References") == 1


@each_page
def test_the_time_stands_nowhere_else_in_the_page(name):
    text = places.page(name).read_text("utf-8").partition("\n---\n")[2]
    assert not re.search(r"\bAllow\b", text)


@each_chapter
def test_what_a_chapter_needs_comes_before_it_and_is_all_whose_code_it_fetches(chapter):
    needs = plan.needs(chapter)
    cells = [one for one in jupytext.read(places.page(chapter)).cells if unfolding.is_tagged(one, "earlier")]
    assert {unfolding.imported(cell)[0] for cell in cells} <= {*needs}
    order = [plan.planned().index(one) for one in [*needs, chapter]]
    assert all(one < other for one, other in pairwise(order))


@each_chapter
def test_a_folder_to_take_home_has_no_solution_and_no_marking_scheme(chapter, built_book):
    lines = {line for line in telling_lines() if len(line) >= 12}
    schemes = {line for essay in load(chapter).essays for line in essay.scheme.splitlines() if len(line) > 20}
    with zipfile.ZipFile(built_book / "students" / f"{chapter}.zip") as archive:
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    cells = json.loads(texts[f"{chapter}/{chapter}.ipynb"])["cells"]
    assert "raise NotImplementedError()" in "".join(text for cell in cells for text in cell["source"])
    texts[""] = "\n".join("".join(cell["source"]) for cell in cells)
    assert not {line for line in lines | schemes for text in texts.values() if line in text.replace('\\"', '"')}
    assert f"{chapter}/autograder/check.py" in texts
    shown = {f"{chapter}/images/{name}" for name in re.findall(r"\(images/([^)]+)\)", texts[""])}
    assert {name for name in texts if "/images/" in name} == shown


def test_the_folder_is_the_one_that_a_course_hands_out(released_chapter):
    (folder,) = (released_chapter / "students").glob("*.zip")
    assert release.student_zip(folder.stem) == folder.read_bytes()
