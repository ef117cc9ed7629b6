"""Links of README.md and SECURITY.md put right where a page includes a part of them: a Sphinx extension.

There they lead from the top of the repository, here from the page.
"""

import re
from pathlib import Path
from typing import Any

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#:]+)\)")
IN_PAGE = {"SECURITY.md": "[](#security)"}
"""What stands in the including page itself, and the link that is called as the heading there."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("include-read", _put_right)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def links_put_right(text: str, repository: str) -> str:
    """A text from the top of the project with links that lead from a page; what is in no page leads to the repository.

    As long as that has no address the words stand there alone.
    """

    def put_right(link: re.Match) -> str:
        words, place = link.groups()
        if place in IN_PAGE:
            return IN_PAGE[place]
        if place.startswith("book/"):
            return f"[{words}]({place.removeprefix('book/')})"
        return f"[{words}]({repository}/blob/HEAD/{place})" if repository else words

    return LINK.sub(put_right, text)


def _put_right(app: Any, path: Path, page: str, content: list[str]) -> None:
    if path.parent == Path():
        content[0] = links_put_right(content[0], app.config.html_theme_options.get("repository_url", "").rstrip("/"))
