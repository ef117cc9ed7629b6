"""Where the project's own files lie: the pages of the book, and the modules that they import."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BOOK = PROJECT / "book"


def page(name: str) -> Path:
    """The source of the page called ``name``."""
    return BOOK / f"{name}.md"


def title(chapter: str) -> str:
    """What a chapter is called: the heading of its page."""
    headings = (line for line in page(chapter).read_text(encoding="utf-8").splitlines() if line.startswith("# "))
    return next(headings).removeprefix("# ").strip()
