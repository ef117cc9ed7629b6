"""Every page keeps to WCAG 2.2 AA, as far as a program can see that."""

import json

import pytest
from test_pages import PHONE

from autograder.authoring.accessible import put_right
from autograder.beside.display import as_html
from autograder.beside.verdict import STATUSES, CriterionVerdict, Verdict

DESKTOP, TABLET = {"width": 1280, "height": 900}, {"width": 820, "height": 1180}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {
    "runOnly": {"type": "tag", "values": LEVELS},
    "rules": {"label-content-name-mismatch": {"enabled": True}},  # it is new to axe, and not to WCAG
}
LAYOUT = {"runOnly": {"type": "rule", "values": ["scrollable-region-focusable", "button-name", "link-name"]}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

STILL = "*, *::before, *::after { animation: none !important; transition: none !important }"
ONE_OF_EACH = """() => {
    const seen = new Set();  // thousands of coloured words in code have a dozen colours, on three grounds
    for (const word of document.querySelectorAll(".highlight pre span")) {
        const kind = word.className + word.closest(".cell_input, .cell_output, article")?.className;
        if (seen.has(kind)) word.replaceWith(word.textContent);
        seen.add(kind);
    }
}"""
FEW = """() => {  // nor does a long table have other colours than a short one
    for (const part of [...document.querySelectorAll("mjx-container *")].slice(50)) part.remove();
    for (const row of document.querySelectorAll("tr:nth-child(n + 5)")) row.remove();
}"""

IN_ALL_COLOURS = """
from math import exp  # a comment
@staticmethod
def lazy(self): return not f"{exp(1)}" or None
class Lazier: pass
input_data = [1] * 1000"""


pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, which knows the rules."""
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError:
        pytest.skip("axe is not here: pip install --requirement requirements.txt, then run this again")
    return AXE_SCRIPT


def violations(page, rules: dict) -> list[str]:
    found = page.evaluate("rules => axe.run(document, { resultTypes: ['violations'], ...rules })", rules)["violations"]
    return [f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def prepared(page, axe: str) -> None:
    page.add_script_tag(content=axe)
    page.add_style_tag(content=STILL)
    page.evaluate(ONE_OF_EACH)


def test_no_page_breaks_a_rule_in_either_theme_at_any_width_folds_open_or_shut(site, built_book, browser, axe):
    broken = {}
    context = browser.new_context(reduced_motion="reduce")
    for path in sorted(built_book.rglob("*.html")):
        name = path.relative_to(built_book).as_posix()
        if name == "index.html" or name.startswith("_static/"):
            continue
        page = context.new_page()
        page.set_viewport_size(DESKTOP)
        page.goto(f"{site}/{name}", wait_until="networkidle")
        prepared(page, axe)
        for window, folds in ((PHONE, False), (DESKTOP, True), (TABLET, True), (PHONE, True)):
            page.set_viewport_size(window)
            page.evaluate("open => document.querySelectorAll('details').forEach(one => { one.open = open })", folds)
            page.evaluate("() => new Promise(requestAnimationFrame)")
            if faults := violations(page, LAYOUT):
                broken[name, window["width"], folds] = faults
        page.evaluate(FEW)
        for theme, rules in (("light", ALL), ("dark", CONTRAST)):
            page.emulate_media(color_scheme=theme)
            if faults := violations(page, rules):
                broken[name, theme] = faults
        page.close()
    context.close()
    assert broken == {}, json.dumps([[*map(str, place), *faults] for place, faults in broken.items()], indent=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_does_an_exercise_at_work_whatever_its_verdict(theme, site, browser, axe):
    context = browser.new_context(color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/book/introduction.html")
    criteria = (CriterionVerdict("does it", 1, True), CriterionVerdict("does more", 1, False, "at 0: 1 came back"))
    verdicts = [Verdict("input_data", status, 1, 2, criteria, misconception_says="A slip.") for status in STATUSES]
    versions = [{"source": f"input_data = [{n}]", "says": "0 of 2 points, wrong", "when": 0} for n in range(3)]
    things = {"": IN_ALL_COLOURS, "/verdict": "".join(map(as_html, verdicts)), "/says": "1 of 2 points, partly"}
    for part, text in (things | {"/versions": json.dumps(versions)}).items():
        key = f"learning-to-spike/leaky_integrator/input_data{part}"
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
    page.goto(f"{site}/book/leaky_integrator.html", wait_until="networkidle")
    page.route("**/live_worker.js", lambda route: route.abort())
    page.locator("#exercise-input_data").get_by_role("button", name="Go on").click()
    page.locator("#exercise-input_data summary").click()
    page.locator(".live-stuck:visible summary").click()
    page.get_by_role("textbox", name="Your code").wait_for()
    assert len(page.locator(".cm-line span").evaluate_all("parts => [...new Set(parts.map(one => one.className))]")) > 8
    prepared(page, axe)
    assert page.locator(".live-verdict .verdict").count() == len(STATUSES)
    assert violations(page, ALL) == []
    context.close()


def test_whoever_goes_by_the_keyboard_sees_where_they_are(site, page):
    page.goto(f"{site}/book/leaky_integrator.html", wait_until="networkidle")
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        name, outline = page.evaluate("""() => {
            const { classList, textContent } = document.activeElement;
            return [[...classList].join(" ") + textContent.trim().slice(0, 20),
                    parseFloat(getComputedStyle(document.activeElement).outlineWidth)];
        }""")
        assert outline >= 2, name
        seen.add(name)
    assert any("theme-switch-button" in name for name in seen)


def test_a_fold_is_called_by_its_own_words():
    page = '<summary aria-label="Toggle hidden content">\n<p class="collapsed">Show the source</p></summary>'
    assert put_right(page) == '<summary>\n<p class="collapsed">Show the source</p></summary>'
    assert put_right(put_right(page)) == put_right(page)
