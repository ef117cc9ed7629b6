"""Every exercise has its number, over its cell in the page and in the notebook."""

import re
from itertools import pairwise

from bs4 import BeautifulSoup

from autograder.authoring import plan, release
from autograder.exercises import load
from autograder.reference import places

NUMBERED = {
    chapter: [f"Exercise {number}.{own}" for own, _ in enumerate(load(chapter).exercises, 1)]
    for number, chapter in enumerate(plan.planned(), 1)
}


def test_the_exercises_of_the_book_are_numbered_by_chapter_in_the_order_of_its_pages(built_book):
    for chapter, numbers in NUMBERED.items():
        texts = [(built_book / "book" / f"{page}.html").read_text("utf-8") for page in plan.pages_of([chapter])]
        stubs = [one for text in texts for one in BeautifulSoup(text, "html.parser").select(".tag_exercise")]
        assert [stub.select_one(".cell_input > .exercise-number").get_text() for stub in stubs] == numbers


def test_a_notebook_has_the_same_numbers_each_before_its_exercise():
    for chapter, numbers in NUMBERED.items():
        cells = release.handed_out(chapter).cells
        before = [one.source for one, cell in pairwise(cells) if "NotImplementedError" in cell.source]
        assert before == [f"**{number}**" for number in numbers]


def test_no_heading_brings_a_number_of_another_order():
    lines = [line for path in places.BOOK.glob("*.md") for line in path.read_text("utf-8").splitlines()]
    headings = [line for line in lines if line.startswith("##")]
    assert headings and not [one for one in headings if re.search(r"\b(Task|Exercise) \d", one)]
