"""The plan of the course stands in the introduction and in the README as the book has it."""

import re
from pathlib import Path

import pytest
import yaml

from autograder.authoring import plan
from autograder.authoring.unfolding import UnreadableChapter
from autograder.exercises import chapter_names
from autograder.reference import places

TOC = yaml.safe_load((places.PROJECT / "_toc.yml").read_text())
PAGES = [Path(entry["file"]).name for entry in TOC["chapters"]]
CHAPTERS = [name for name in PAGES if name in chapter_names()]
IN_CHAPTERS = plan.pages_of(CHAPTERS)

ROW = re.compile(r"\| (\d+) \| \[(.+)\]\((.+)\) \| (.+\?) \| (\w+ \w+) \|")

in_both = pytest.mark.parametrize(
    ("path", "folder"),
    [(places.page("introduction"), ""), (places.PROJECT / "README.md", "book/")],
    ids=["introduction", "README"],
)


def test_every_page_is_in_the_book_and_every_chapter_is_a_page():
    there = {path.stem for path in places.BOOK.glob("*.md")}
    assert {*PAGES, Path(TOC["root"]).name} == there
    assert sorted(CHAPTERS) == chapter_names()


def test_chapters_come_first_each_with_all_of_its_pages_and_other_pages_after_them():
    assert PAGES[: len(IN_CHAPTERS)] == IN_CHAPTERS and plan.planned() == CHAPTERS
    assert {name: plan.chapter_of(f"book/{name}") for name in PAGES} == {
        name: next((chapter for chapter in CHAPTERS if name in plan.pages_of([chapter])), None) for name in PAGES
    }
    assert len(IN_CHAPTERS) > len(CHAPTERS) and plan.chapter_of("genindex") is None


@in_both
def test_the_plan_has_every_chapter_by_its_heading_in_the_order_of_the_book(path, folder):
    rows = ROW.findall(path.read_text())
    wanted = [(str(n), places.title(name), f"{folder}{name}.md") for n, name in enumerate(CHAPTERS, 1)]
    assert [row[:3] for row in rows] == wanted, "make plan"
    assert all((path.parent / row[2]).is_file() for row in rows)


@in_both
def test_the_plan_is_as_the_pages_say_it(path, folder):
    text = path.read_text()
    assert text.count(plan.HEAD) == 1
    assert plan.with_plan(text, folder) == text, "make plan"


@in_both
def test_a_chapter_that_is_missing_comes_back_and_one_that_there_is_not_goes(path, folder):
    text = path.read_text()
    for row in re.findall(r"^\| \d.*\n", text, re.MULTILINE):
        assert plan.with_plan(text.replace(row, ""), folder) == text
    assert plan.with_plan(text.replace(plan.HEAD, f"{plan.HEAD}| 0 | [Cells](cells.md) | What? |\n"), folder) == text


def test_a_page_that_is_no_chapter_is_told_of_in_the_introduction():
    text = places.page("introduction").read_text()
    for name in set(PAGES) - set(CHAPTERS):
        assert f"[{places.title(name)}]({name}.md)" in text


def test_a_chapter_without_its_question_is_named(tmp_path, monkeypatch):
    text = places.page("lif_filters").read_text()
    (tmp_path / "lif_filters.md").write_text(re.sub(r"^question:.*\n", "", text, flags=re.MULTILINE))
    monkeypatch.setattr(places, "BOOK", tmp_path)
    with pytest.raises(UnreadableChapter, match=r"^lif_filters.md: its front matter has no line \"question:"):
        plan.question("lif_filters")
