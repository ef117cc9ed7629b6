"""The chapters as PDF: each page of a built book printed by Chromium, as a reader would print it, and no TeX.

All folds are open, the text can be searched and is tagged for screen readers, and the headings are its outline. Once a
page is printed, the line under its title leads to it.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from autograder.authoring import plan
from autograder.beside.errors import UserError
from autograder.exercises import load
from autograder.reference.files import write_whole

FOLDER = "pdf"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no windows, and takes a fifth less of the processor for the same pages."""
WIDE = 0.85
"""So that the widest formulas of the pages fit."""
_NUMBERED = """<div style="width: 100%; text-align: center; font-size: 8px">
    <span class="pageNumber"></span> / <span class="totalPages"></span></div>"""
_LINK = r" On paper: <a [^>]*>[^<]*</a> \(\d+ kB\)\."
_HEAD = re.compile(rf'(<p class="chapter-head">(?:(?!</p>).)*?)(?:{_LINK})?</p>', re.S)


def chromium() -> str | None:
    """The program, if it is there."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def print_pages(names: Iterable[str], book: Path) -> Iterator[str]:
    """Print chapters' pages of the book in ``book`` into ``book/pdf``; gives the name of each when it is there.

    UserError without Chromium, without Playwright, which drives it, or where a page is not there; UnknownChapter where
    there is no such chapter.
    """
    program = chromium()
    if not program or not find_spec("playwright"):
        raise UserError(
            f"no {' or '.join(BROWSERS)}, or no Playwright: apt install chromium, pip install '.[book]', then again"
        )
    pages = {name: book / "book" / f"{name}.html" for name in names}
    for name, page in pages.items():
        if not page.is_file():
            load(plan.chapter_of(name) or name)  # which says it where there is no such chapter
            raise UserError(f"there is no page {page}: build the book first, `make book`")
    return _printed(pages, book, program)


def _printed(pages: dict[str, Path], book: Path, program: str) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, path in pages.items():
            page = browser.new_page()
            page.goto(path.resolve().as_uri(), wait_until="networkidle")
            pdf = page.pdf(
                format="A4", scale=WIDE, tagged=True, outline=True, print_background=True, display_header_footer=True,
                header_template="<div></div>", footer_template=_NUMBERED,
                margin={"top": "18mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
            )  # fmt: skip
            page.close()
            write_whole(book / FOLDER / f"{name}.pdf", pdf)
            write_whole(path, with_link(path.read_text("utf-8"), name, round(len(pdf) / 1000)))
            yield name
        browser.close()


def with_link(page: str, name: str, kilobytes: int) -> str:
    """A chapter's page whose line under the title leads to what was printed, in the place of an earlier one."""
    link = rf' On paper: <a href="../{FOLDER}/{name}.pdf">{name}.pdf</a> ({kilobytes} kB).'
    return _HEAD.sub(lambda found: f"{found[1]}{link}</p>", page, count=1)
