"""A chapter as PDF: printed from the built book, and found from its page."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_printing import sheets_of

from autograder.authoring import paper

CHAPTER = "leaky_integrator"


def pdf(*asked) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "autograder", "pdf", *asked], capture_output=True, text=True)


@pytest.mark.browser
def test_a_chapter_is_printed_with_its_outline_and_for_screen_readers_and_its_page_leads_to_it(built_book, tmp_path):
    book = tmp_path / "html"
    heavy = shutil.ignore_patterns("pyodide", "students", "live")
    shutil.copytree(built_book, book, ignore=heavy)
    page = book / "book" / f"{CHAPTER}.html"
    for _ in range(2):
        done = pdf(CHAPTER, "--book", book)
        assert done.returncode == 0, done.stderr
        printed = (book / "pdf" / f"{CHAPTER}.pdf").read_bytes()
        assert sheets_of(printed) > 10
        assert b"/Outlines" in printed and b"/StructTreeRoot" in printed
        (line,) = BeautifulSoup(page.read_text("utf-8"), "html.parser").select("h1 + .chapter-head")
        (link,) = [one for one in line.find_all("a") if one["href"].endswith(".pdf")]
        assert (page.parent / link["href"]).resolve() == book / "pdf" / f"{CHAPTER}.pdf"
        assert line.get_text().endswith(f"On paper: {CHAPTER}.pdf ({round(len(printed) / 1000)} kB).")


def test_nothing_but_the_line_under_the_title_is_changed_and_a_newer_link_takes_the_older_one_s_place():
    page = '<p>A</p><p class="chapter-head">Two hours. <a href="x.zip">x.zip</a> (3 kB).</p>\n<p>On paper: no</p>'
    once = paper.with_link(page, "x", 5)
    link = ' On paper: <a href="../pdf/x.pdf">x.pdf</a> (5 kB).'
    assert once == page.replace("(3 kB).</p>", f"(3 kB).{link}</p>")
    assert paper.with_link(once, "x", 7) == once.replace("(5 kB)", "(7 kB)")


@pytest.mark.browser
def test_a_page_that_is_not_there_is_said_before_anything_is_printed(tmp_path):
    done = pdf("leaky_integrator", "--book", tmp_path)
    assert done.returncode == 1 and not list(tmp_path.iterdir())
    assert "build the book first, `make book`" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.browser
def test_of_a_chapter_that_there_is_not_the_others_are_named(tmp_path):
    done = pdf("no_such", "--book", tmp_path)
    assert done.returncode == 2 and "unknown chapter 'no_such': there is adjoint, " in done.stderr


def test_without_a_browser_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(paper, "BROWSERS", ("no_such_browser",))
    with pytest.raises(paper.UserError, match="no no_such_browser, or no Playwright: apt install chromium"):
        next(paper.print_pages([CHAPTER], Path()))
