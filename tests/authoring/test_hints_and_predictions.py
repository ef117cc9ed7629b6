"""What a reader opens while reading: hints one by one."""

import re

import pytest
from playwright.sync_api import expect

CHAPTER = "leaky_integrator"

pytestmark = pytest.mark.browser


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}/book/{CHAPTER}.html")
    return page


def hints(page):
    """Those of the chapter's second exercise, of which there are three."""
    return page.locator("#task-1-the-leaky-integrator > details").filter(has_text=re.compile("^Hint"))


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


def test_on_paper_and_without_scripts_every_hint_is_there(chapter, browser):
    chapter.emulate_media(media="print")
    assert [hint.is_visible() for hint in hints(chapter).all()] == [True] * 3
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(chapter.url)
    assert [hint.is_visible() for hint in hints(page).all()] == [True] * 3
    context.close()
