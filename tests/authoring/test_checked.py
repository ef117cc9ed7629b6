"""The front page names a mistake, and it is the check that does it."""

import pytest
from bs4 import BeautifulSoup
from test_pages import PHONE

from autograder.authoring.checked import said_at_home
from autograder.exercises import load

EXERCISE = load("leaky_integrator").exercise("leaky_integrator")


def test_what_the_front_page_shows_is_what_the_check_says_to_the_answer_that_it_shows(built_book):
    page = BeautifulSoup((built_book / "book" / "introduction.html").read_text("utf-8"), "html.parser")
    (card,) = page.select(".checked")
    telling, whole = (code.get_text() for code in card.select("pre"))
    assert telling.strip() in whole
    given = said_at_home("leaky_integrator", "leaky_integrator", whole)
    assert given.misconception and given.points == 0
    shown, in_full = card.select(".verdict")
    assert in_full.find_parent("details") and not shown.find_parent("details")
    for text in (shown.get_text(), in_full.get_text()):
        assert given.misconception_says in text and "0 of 8 points" in text
    assert len(in_full.select("img, svg")) == 1 and EXERCISE.criteria[0].says[1:] in in_full.get_text()


@pytest.mark.browser
@pytest.mark.parametrize("window", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_the_mistake_is_named_on_the_first_screen(window, site, page):
    page.set_viewport_size(window)
    page.goto(f"{site}/book/introduction.html")
    place = page.get_by_text("This looks like a known misreading.").first.bounding_box()
    assert place["y"] + place["height"] <= window["height"]
