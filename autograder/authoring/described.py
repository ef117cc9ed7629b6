"""What a search engine or a message shows of a page before anybody opens it: a Sphinx extension.

A page of a chapter is described by its question, any other page by its first sentence. A picture among it has to have
a whole address. So there is one only where ``html_baseurl`` says where the book is published.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes

from autograder.authoring import plan
from autograder.authoring.card import card
from autograder.reference.files import write_whole

CARDS = "_static/cards"


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("html-page-context", _describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def description(pagename: str, doctree: nodes.document) -> str:
    """What a page is about, in a sentence without markup."""
    if plan.chapter_of(pagename):
        return re.sub(r"[*`]", "", plan.question(pagename.removeprefix("book/")))
    paragraphs = (one for one in doctree.findall(nodes.paragraph) if any(one.findall(nodes.Text)))  # no picture alone
    text = " ".join(next(paragraphs).astext().split())
    sentence = re.match(r".+?[.?!](?= |$)", text)
    return sentence.group() if sentence else text


def _describe(app: Any, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    if doctree is None:  # the index and the search are not written by anybody
        return
    about, title = description(pagename, doctree), app.env.titles[pagename].astext()
    tags = {
        'name="description"': about,
        'property="og:title"': title,
        'property="og:description"': about,
        'property="og:type"': "article",
        'property="og:site_name"': app.config.html_title,
        'name="twitter:card"': "summary",
    }
    if published := app.config.html_baseurl.rstrip("/"):
        place = f"{CARDS}/{pagename.replace('/', '-')}.png"
        write_whole(Path(app.outdir) / place, card(title, about, app.config.html_title))
        tags |= {
            'property="og:url"': f"{published}/{pagename}.html",
            'property="og:image"': f"{published}/{place}",
            'property="og:image:alt"': f"{title}. {about}",
            'name="twitter:card"': "summary_large_image",
        }
    context["metatags"] += "".join(f'\n<meta {name} content="{escape(said)}">' for name, said in tags.items())
