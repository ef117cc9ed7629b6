"""A printed page has everything in it that can be unfolded on the screen."""

import re

import pytest

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true })"
FOLDED = "document.querySelectorAll('details:not([open])').length"


def sheets(page) -> int:
    """How many sheets of paper a page takes."""
    return sheets_of(page.pdf())


def sheets_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("chapter", ["leaky_integrator", "lif_filters"])
def test_all_folds_are_open_on_paper_and_shut_again_afterwards(chapter, site, page):
    page.goto(f"{site}/book/{chapter}.html", wait_until="networkidle")
    shut = page.evaluate(FOLDED)
    printed = sheets(page)
    assert page.evaluate(FOLDED) == shut > 5
    page.evaluate(OPEN_ALL)
    assert sheets(page) == printed


def test_what_is_unfolded_for_paper_is_there_at_once(site, page):
    page.goto(f"{site}/book/lif_filters.html", wait_until="networkidle")
    page.emulate_media(media="print")
    late = page.evaluate("""() => {
        const folds = [...document.querySelectorAll("details:not([open])")];
        for (const fold of folds) fold.open = true;
        const inside = folds.flatMap((fold) => [...fold.children]);
        const late = inside.filter((one) => getComputedStyle(one).opacity !== "1");
        return [folds.length, late.map((one) => one.className)];
    }""")
    assert late[0] > 5 and late[1] == []


def test_paper_is_light_and_the_screen_is_dark_again_afterwards(site, browser):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/book/leaky_integrator.html", wait_until="networkidle")
    theme = "document.documentElement.dataset.theme"
    page.evaluate(f"addEventListener('beforeprint', () => {{ window.onPaper = {theme} }})")
    page.pdf()
    assert page.evaluate("[window.onPaper, " + theme + "]") == ["light", "dark"]
    context.close()


def test_the_folds_make_a_difference_that_would_be_seen(site, page):
    page.route("**/printing*.js*", lambda route: route.abort())
    page.goto(f"{site}/book/lif_filters.html", wait_until="networkidle")
    folded = sheets(page)
    page.evaluate(OPEN_ALL)
    assert sheets(page) > folded + 1
