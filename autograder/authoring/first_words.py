"""The words of the glossary, linked where a chapter first uses them: a Sphinx extension.

The sources of the pages stay free of it, and so do the notebooks. What a word is, ``book/glossary.md`` says.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

from autograder.authoring import plan

GLOSSARY = "book/glossary"
NOT_PROSE = (nodes.title, nodes.literal, nodes.reference, nodes.table, nodes.caption, nodes.citation, nodes.math)
"""Where no word is linked: headings, code, links, tables and formulas; nor is one in a title, or below a figure."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("doctree-resolved", _link_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def words_of(glossary: nodes.document) -> dict[str, tuple[str, str]]:
    """Every word of the glossary, in small letters, with the places of its entry and of itself."""
    words: dict[str, tuple[str, str]] = {}
    for entries in glossary.findall(addnodes.glossary):
        for entry in entries.findall(nodes.definition_list_item):
            terms = [term for term in entry.children if isinstance(term, nodes.term)]
            words |= {term.astext().lower(): (terms[0]["ids"][0], term["ids"][0]) for term in terms}
    return words


def finder(words: dict[str, tuple[str, str]]) -> re.Pattern:
    """What finds a word in a text, in the singular or the plural; of two that begin alike the longer one."""
    longest_first = sorted(words, key=len, reverse=True)
    any_of = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<![\w-])({any_of})(?:e?s)?(?![\w-])", re.IGNORECASE)


def _link_words(app: Any, doctree: nodes.document, docname: str) -> None:
    if not plan.chapter_of(docname) or GLOSSARY not in app.env.found_docs:
        return
    words = words_of(app.env.get_doctree(GLOSSARY))
    find, seen = finder(words), set()
    for text in list(_prose(doctree)):
        parts, end = [], 0
        for match in find.finditer(text):
            entry, place = words[" ".join(match.group(1).lower().split())]
            if entry not in seen:
                seen.add(entry)
                link = make_refnode(app.builder, docname, GLOSSARY, place, nodes.Text(match.group()))
                link["classes"].append("first-word")
                parts += [nodes.Text(text[end : match.start()]), link]
                end = match.end()
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(text[end:])])


def _prose(doctree: nodes.document) -> Iterator[nodes.Text]:
    """The running text of a page, in its order."""
    for paragraph in doctree.findall(nodes.paragraph):
        if not re.match(r"Figure \d", paragraph.astext()):
            _join_lines(paragraph)
            for text in paragraph.findall(nodes.Text):
                if not any(_is_no_prose(one) for one in _above(text)):
                    yield text


def _is_no_prose(element: nodes.Element) -> bool:
    is_title = isinstance(element, nodes.emphasis) and re.match(r"[A-Z]\S*\s", element.astext())  # *Time surfaces*
    return bool(is_title) or isinstance(element, NOT_PROSE) or "cell" in element.get("classes", [])


def _join_lines(paragraph: nodes.paragraph) -> None:
    """Make one text of those that only a line's end parts, or a word of two would not be found across it."""
    for element in paragraph.findall(nodes.TextElement):
        parts: list[nodes.Node] = []
        for kind, group in groupby(element.children, type):
            texts = list(group)
            parts += [nodes.Text("".join(texts))] if kind is nodes.Text else texts
        element.children = []
        element.extend(parts)


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node
