"""Names and roles in the pages that a screen reader stumbles over, put right: a Sphinx extension.

They come from the packages that make the pages, and no setting reaches them. tests/authoring/test_accessibility.py
looks at the pages with axe.
"""

import re
from pathlib import Path
from typing import Any

from autograder.reference.files import write_whole

WRONG = {
    r'<summary aria-label="Toggle hidden content">': "<summary>",  # its text says what: "Show the source"
    r' role="doc-biblioentry"': ' role="listitem"',  # the old role is no part of a list
    r' title="Search" aria-label="Search"': ' title="Search"',  # its text is more: "Search Ctrl+K"
    r'(<i class="theme-switch [^>]*) title="[^"]*"': r"\1",  # icons of a button that has a name
}
"""What is to go, as patterns, and what comes in its place."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("build-finished", _put_right)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_right(html: str) -> str:
    """The text of a page with what is wrong in it put right."""
    for pattern, better in WRONG.items():
        html = re.sub(pattern, better, html)
    return html


def _put_right(app: Any, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        for page in Path(app.outdir).rglob("*.html"):
            write_whole(page, put_right(page.read_text("utf-8")))
