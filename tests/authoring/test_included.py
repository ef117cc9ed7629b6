"""The page for instructors has what README.md and SECURITY.md say, with links that lead from there."""

import re

from bs4 import BeautifulSoup

from autograder.authoring.included import links_put_right
from autograder.reference import places

PAGE = places.page("for_instructors").read_text("utf-8")


def test_nothing_of_them_is_written_a_second_time():
    own = {line.strip() for line in PAGE.splitlines() if len(line) > 40}
    for name in ("README.md", "SECURITY.md"):
        theirs = {line.strip() for line in (places.PROJECT / name).read_text("utf-8").splitlines()}
        assert not own & theirs, name


def test_the_page_has_their_sections_whole(built_book):
    page = BeautifulSoup((built_book / "book" / "for_instructors.html").read_text("utf-8"), "html.parser").article
    shown = bare(page.get_text())
    parts = [
        ("README.md", "## Two commands", "## If you read"),
        ("README.md", "## If you teach", "## If you write"),
        ("SECURITY.md", "## Who attacks", None),
    ]
    for name, begin, end in parts:
        text = (places.PROJECT / name).read_text("utf-8")
        part = text[text.index(begin) + len(begin) : end and text.index(end)]
        sentences = [one for one in re.split(r"\n\n|(?<=[.:]) ", part) if not re.search(r"[|\[#]|^- |^    ", one)]
        assert len(sentences) > 10
        assert not [one for one in sentences if bare(re.sub(r"[`*]", "", one)) not in shown], name


def bare(text: str) -> str:
    """Letters and digits only: quotes and dashes are set otherwise in a page."""
    return re.sub(r"[\W_]", "", text)


def test_every_place_that_the_page_leads_to_is_there(built_book):
    written = built_book / "book" / "for_instructors.html"
    page = BeautifulSoup(written.read_text("utf-8"), "html.parser").article
    links = [link["href"] for link in page.find_all("a", href=True)]
    own = [one.partition("#") for one in links if "://" not in one and not one.startswith("mailto:")]
    assert {"#security", "how_good.html"} <= {*links}
    for file, _, anchor in own:
        target = (written.parent / file).resolve() if file else written
        assert target.is_file(), file
        assert not anchor or BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id=anchor), anchor


def test_what_is_in_no_page_leads_to_the_repository_or_nowhere():
    text = (
        "See [the rules](CONTRIBUTING.md), [a page](book/how_good.md), [SECURITY.md](SECURITY.md), [x](https://x.org)."
    )
    without = "See the rules, [a page](how_good.md), [](#security), [x](https://x.org)."
    assert links_put_right(text, "") == without
    there = "[the rules](https://github.com/a/b/blob/HEAD/CONTRIBUTING.md)"
    assert links_put_right(text, "https://github.com/a/b") == without.replace("the rules", there)
