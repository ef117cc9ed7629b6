"""What a page is about is said to whoever shows it without opening it."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from matplotlib.image import imread

from autograder.authoring import plan
from autograder.authoring.card import PIXELS, card
from autograder.reference import places

SAID = ("description", "og:title", "og:description", "og:type", "og:site_name", "twitter:card")


@pytest.fixture(scope="module")
def said(built_book) -> dict[str, dict[str, str]]:
    """For each page that somebody wrote what it says of itself."""
    found = {}
    for path in sorted((built_book / "book").glob("*.html")):
        head = BeautifulSoup(path.read_text("utf-8"), "html.parser").head
        tags = [(tag.get("name") or tag.get("property"), tag["content"]) for tag in head.find_all("meta", content=True)]
        names = [name for name, _ in tags]
        assert all(names.count(name) == 1 for name in SAID), path.name
        found[path.stem] = dict(tags)
    return found


def test_a_page_of_a_chapter_is_described_by_its_question(said):
    for page in plan.pages_of(plan.planned()):
        question = plan.question(page).replace("*", "")
        assert said[page]["description"] == said[page]["og:description"] == question


def test_no_two_pages_say_the_same_and_none_says_it_with_markup_or_at_length(said):
    texts = [one["description"] for one in said.values()]
    assert len({*texts}) == len(texts) > len(plan.planned())
    assert all(20 < len(text) < 250 and not {*"*`$<"} & {*text} for text in texts)


def test_a_title_is_the_page_s_own_and_nothing_leads_to_another_host(said):
    for page in said.values():
        assert page["og:title"] and page["og:site_name"] == "Learning to Spike"
        assert not any("://" in page[name] for name in SAID)
        assert not {"og:image", "og:url"} & page.keys()


def test_on_a_card_nothing_reaches_the_edge():
    written = [(places.title(page), plan.question(page)) for page in plan.pages_of(plan.planned())]
    for title, about in [*written, ("Warm wet words " * 9, "$ " * 400)]:
        shown = imread(BytesIO(card(title, about, "Learning to Spike")), format="png")
        height, width = shown.shape[:2]
        assert (width, height) == PIXELS
        assert shown[:, : width // 50].min() == shown[:, -width // 50 :].min() == 1, title
        assert shown[: height // 50].min() == shown[-height // 50 :].min() == 1, title
        assert shown[..., :3].min() < 0.1
