"""What a search engine or a message shows of a page before anybody opens it: a Sphinx extension.

A chapter is described by its question, any other page by its first sentence. There is no picture among it: its address
would have to be a whole one, and the book does not know where it is published.
"""

import re
from html import escape
from typing import Any

from docutils import nodes

from autograder.authoring import plan


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("html-page-context", _describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def description(pagename: str, doctree: nodes.document) -> str:
    """What a page is about, in a sentence without markup."""
    if chapter := plan.chapter_of(pagename):
        return re.sub(r"[*`]", "", plan.question(chapter))
    paragraphs = (one for one in doctree.findall(nodes.paragraph) if any(one.findall(nodes.Text)))  # no picture alone
    text = " ".join(next(paragraphs).astext().split())
    sentence = re.match(r".+?[.?!](?= |$)", text)
    return sentence.group() if sentence else text


def _describe(app: Any, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    if doctree is None:  # the index and the search are not written by anybody
        return
    about = description(pagename, doctree)
    tags = {
        'name="description"': about,
        'property="og:title"': app.env.titles[pagename].astext(),
        'property="og:description"': about,
        'property="og:type"': "article",
        'property="og:site_name"': app.config.html_title,
        'name="twitter:card"': "summary",
    }
    context["metatags"] += "".join(f'\n<meta {name} content="{escape(said)}">' for name, said in tags.items())
