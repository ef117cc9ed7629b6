"""Every word of the glossary is linked where a chapter's prose first uses it, and nowhere else."""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from docutils import nodes
from sphinx import addnodes

from autograder.authoring import first_words, plan

NOT_PROSE = {"h1", "h2", "h3", "pre", "code", "table", "summary", "figure"}
LINKED = re.compile(r"glossary\.html#(.+)")


@pytest.fixture(scope="module")
def entries(built_book) -> dict[str, str]:
    """Every word of the glossary, with the place of its entry: that of the first word beside it."""
    page = BeautifulSoup((built_book / "book" / "glossary.html").read_text("utf-8"), "html.parser")
    found, entry = {}, None
    for part in page.select("dl.glossary > *"):
        if part.name == "dd":
            entry = None
        else:
            entry = entry or part["id"]
            found[part.get_text().removesuffix("#").strip().lower()] = (entry, part["id"])
    return found


def prose(built_book, page: str) -> list[NavigableString]:
    """The running text of a page, cut at its tags."""
    article = BeautifulSoup((built_book / "book" / f"{page}.html").read_text("utf-8"), "html.parser").article
    paragraphs = [one for one in article.find_all("p") if not re.match(r"Figure \d", one.get_text())]
    return [
        text
        for one in paragraphs
        if not one.find_parent(class_=["cell", "citation"])
        for text in one.find_all(string=True)
        if not any(up.name in NOT_PROSE or "math" in up.get("class", []) or is_title(up) for up in text.parents)
    ]


def is_title(tag: Tag) -> bool:
    return tag.name == "em" and tag.get_text()[:1].isupper() and len(tag.get_text().split()) > 1


@pytest.mark.parametrize("page", plan.pages_of(plan.planned()))
def test_the_first_of_each_word_is_linked_to_its_entry(page, entries, built_book):
    find = first_words.finder(entries)
    linked, unlinked = {}, set()
    for text in prose(built_book, page):
        link = text.find_parent("a")
        if link is None:
            words = [" ".join(match.group(1).lower().split()) for match in find.finditer(text)]
            assert not {word for word in words if entries[word][0] not in linked}, text
            unlinked |= {*words}
        elif match := LINKED.search(link["href"]):
            word = find.fullmatch(text).group(1).lower()
            entry, place = entries[" ".join(word.split())]
            assert match[1] == place and entry not in linked, text
            linked[entry] = text
    assert len(linked) >= 10 and unlinked


def test_there_is_no_word_that_no_chapter_uses(entries, built_book):
    find, used = first_words.finder(entries), set()
    for name in plan.pages_of(plan.planned()):
        page = BeautifulSoup((built_book / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
        used |= {entries[" ".join(one.group(1).lower().split())][0] for one in find.finditer(page.article.get_text())}
    assert {entry for entry, _ in entries.values()} - used == set()


def test_the_index_has_every_word_and_the_glossary_leads_to_it(entries, built_book):
    index = BeautifulSoup((built_book / "genindex.html").read_text("utf-8"), "html.parser").article
    places = {match[1] for link in index.find_all("a") if (match := LINKED.search(link.get("href", "")))}
    assert places == {place for _, place in entries.values()} and len(places) > 50
    glossary = BeautifulSoup((built_book / "book" / "glossary.html").read_text("utf-8"), "html.parser").article
    assert glossary.find("a", href="../genindex.html")


def test_a_word_is_found_in_the_plural_and_not_within_another():
    words = {word: ("", "") for word in ("leak", "leaky integrator", "spike", "spike train")}
    find = first_words.finder(words)
    assert find.findall("Leaky\nintegrators leak; spikes of two spike trains") == [
        "Leaky\nintegrators"[:-1],
        "leak",
        "spike",
        "spike train",
    ]
    assert not find.findall("spike-timing, leaked, two-spike")


def test_words_of_one_entry_have_one_place_and_each_its_own():
    terms = [nodes.term("", "", nodes.Text(word), ids=[f"term-{word}"]) for word in ("LIF", "neuron")]
    item = nodes.definition_list_item("", *terms, nodes.definition())
    glossary = addnodes.glossary("", nodes.definition_list("", item))
    page = nodes.section("", glossary)
    assert first_words.words_of(page) == {"lif": ("term-LIF", "term-LIF"), "neuron": ("term-LIF", "term-neuron")}
