"""Where the project's own files lie: the pages of the book, and the modules that they import.

A chapter may be too long for one page. Another one goes on with it if its front matter says ``continues: chapter``;
what students get is one notebook.
"""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BOOK = PROJECT / "book"


def page(name: str) -> Path:
    """The source of the page called ``name``."""
    return BOOK / f"{name}.md"


def continued(name: str) -> str | None:
    """The chapter that a page goes on with; None if it begins one, or belongs to none."""
    front_matter, _, _ = page(name).read_text(encoding="utf-8").partition("\n---\n")
    says = re.search(r"^continues: (\w+)$", front_matter, re.MULTILINE)
    return says[1] if says else None


def pages(chapter: str) -> list[Path]:
    """The source of a chapter's page, and then of those that go on with it."""
    return [page(chapter), *(path for path in sorted(BOOK.glob("*.md")) if continued(path.stem) == chapter)]


def title(chapter: str) -> str:
    """What a chapter, or any other page, is called: its heading."""
    headings = (line for line in page(chapter).read_text(encoding="utf-8").splitlines() if line.startswith("# "))
    return next(headings).removeprefix("# ").strip()
