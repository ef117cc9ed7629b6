"""What a reader opens and writes down while reading: hints one by one, and predictions that are kept."""

import re

import pytest
from playwright.sync_api import expect
from test_pages import CHAPTERS

CHAPTER = "leaky_integrator"
MINE = "0, 0.5, 0.75\n<b>or so</b>"

pytestmark = pytest.mark.browser


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}/book/{CHAPTER}.html")
    return page


def hints(page):
    """Those of the chapter's second exercise, of which there are three."""
    return page.locator("#the-integrator-step-by-step > details").filter(has_text=re.compile("^Hint"))


def test_a_hint_shows_once_the_one_before_it_was_opened_also_after_a_reload(chapter):
    first, second, third = (hints(chapter).nth(n) for n in range(3))
    expect(first).to_contain_text("1 of 3")
    expect(second).to_be_hidden()
    first.locator("summary").click()
    expect(second).to_be_visible()
    expect(third).to_be_hidden()
    first.locator("summary").click()
    expect(second).to_be_visible()
    chapter.reload()
    expect(second).to_be_visible()
    expect(third).to_be_hidden()
    second.locator("summary").press("Enter")
    expect(third).to_be_visible()


def test_on_paper_and_without_scripts_every_hint_is_there_and_no_empty_field(chapter, browser):
    chapter.emulate_media(media="print")
    assert [hint.is_visible() for hint in hints(chapter).all()] == [True] * 3
    assert chapter.get_by_text("Write it down").locator("visible=true").count() == 0
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(chapter.url)
    assert [hint.is_visible() for hint in hints(page).all()] == [True] * 3
    assert page.get_by_text("Write it down").count() == 0
    context.close()


def test_a_prediction_is_kept_and_stands_beside_what_came_true(chapter):
    section = chapter.locator("#from-a-slope-to-a-step")
    compare = section.locator("details", has_text="Compare your prediction")
    compare.locator("summary").click()
    expect(section.get_by_text("You predicted:")).to_be_hidden()
    compare.locator("summary").click()
    field = section.get_by_label("Your prediction", exact=True)
    expect(field).to_be_hidden()
    section.get_by_text("Write it down").press("Enter")
    field.focus()
    chapter.keyboard.type(MINE)
    chapter.reload()
    expect(field).to_have_value(MINE)
    expect(field).to_be_visible()
    compare.locator("summary").click()
    expect(compare.locator(".prediction-beside")).to_have_text(f"You predicted: {MINE}", use_inner_text=True)
    chapter.emulate_media(media="print")
    expect(field).to_be_visible()
    chapter.emulate_media(media="screen")
    field.fill("")
    chapter.reload()
    expect(field).to_be_hidden()
    assert chapter.evaluate("Object.keys(localStorage).filter(key => key.includes('predicted'))") == []


def test_every_prediction_of_the_book_has_a_field_of_its_own_and_every_comparison_one_that_it_shows(site, page):
    for chapter in CHAPTERS:
        page.goto(f"{site}/book/{chapter}.html")
        asked = page.locator(".bd-article p > strong:first-child", has_text=re.compile(r"^Predict\b")).count()
        names = page.locator(".prediction .live-hint").evaluate_all("hints => hints.map(hint => hint.id)")
        assert len(set(names)) == len(names) == asked > 0
        comparisons = page.locator(".bd-article summary", has_text=re.compile("^Compare your prediction"))
        assert comparisons.count() == page.locator("summary + .prediction-beside").count()
