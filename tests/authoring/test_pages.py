"""The published book, as a reader's browser gets it: self-contained, readable, and without a solution."""

import gzip
import html
import io
import re
from pathlib import Path

import nbformat
import pytest
from matplotlib.image import imread
from solution_regions import telling_lines

PROJECT = Path(__file__).resolve().parents[2]
BOOK = PROJECT / "book"
PHONE = {"width": 390, "height": 844}
CHAPTERS = [page.stem for page in sorted(BOOK.glob("*.md")) if ":tags: [exercise]" in page.read_text()]
AS_FILES = ("leaky_integrator", "delays")
"""Chapters that are tried without a server, and without scripts: the others are made in the same way."""

needs_browser = pytest.mark.browser


@pytest.fixture(scope="session")
def pages(built_book) -> list[str]:
    """Every page but the first, which only leads to the introduction, and the theme's templates."""
    names = {page.relative_to(built_book).as_posix() for page in built_book.rglob("*.html")}
    return sorted(name for name in names if name != "index.html" and not name.startswith("_static/"))


def texts(folder: Path):
    """Every file of ``folder`` that holds text, as ``(path, text)``."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield path, path.read_text()
            except UnicodeDecodeError:
                continue


def bare(text: str) -> str:
    """``text`` without markup, entities and white space: what is left of a line of code however it is dressed."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def solution_lines() -> set[str]:
    """Every line between a solution's markers that is long enough to say something, bare."""
    return {bare(line) for line in telling_lines() if len(bare(line)) >= 12}


def test_no_line_of_a_solution_is_published(built_book):
    lines = solution_lines()
    assert len(lines) >= 8
    for path, text in texts(built_book):
        squeezed = ("".join(text.split()), bare(text))
        leaked = [line for line in lines if any(line in form for form in squeezed)]
        assert not leaked, f"{path.relative_to(built_book)} shows {leaked}"


def test_the_exercises_are_shown_as_stubs(built_book):
    for chapter in CHAPTERS:
        page = (built_book / "book" / f"{chapter}.html").read_text()
        names = re.findall(rf"from solutions\.{chapter} import (\w+)", (BOOK / f"{chapter}.md").read_text())
        assert page.count("tag_exercise") == len(names)
        assert bare(page).count("raiseNotImplementedError()") == len(names)
        assert "fromsolutions" not in re.sub("fromsolutions[./]models", "", bare(page))


def test_no_page_tells_where_it_was_built(built_book):
    for path, text in texts(built_book):
        for place in (PROJECT, built_book.parents[2], Path.home()):
            assert f"{place}/" not in text, f"{path.relative_to(built_book)} names {place}"


def test_no_line_of_a_page_is_lost_for_beginning_with_a_percent_sign():
    lost = {
        f"{page.name}: {line}"
        for page in BOOK.glob("*.md")
        for line in re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M).splitlines()
        if line.lstrip().startswith("%") and not line.startswith("% the table ")  # of how_good, which is written anew
    }
    assert not lost


def test_no_page_source_is_published(built_book):
    assert not (built_book / "_sources").exists()
    assert not list(built_book.rglob("*.md"))


def test_a_page_is_not_heavy(built_book, pages):
    for name in pages:
        assert (built_book / name).stat().st_size < 500_000


def test_a_page_is_under_a_megabyte_before_figures_as_a_server_sends_it(built_book, pages):
    """With all stylesheets, scripts and fonts that its HTML names."""
    for name in pages:
        text = (built_book / name).read_text()
        named = re.findall(r'<(?:link|script)\b[^>]*?\b(?:href|src)="([^"#?]+\.(?:css|js|mjs|woff2))\b', text)
        files = {(built_book / name).resolve(), *(((built_book / name).parent / one).resolve() for one in named)}
        assert len(files) > 5, f"{name} names too few files: the pattern is wrong"
        weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
        assert weight < 1_000_000, f"{name}: {weight} bytes"


def test_mathjax_is_only_where_there_are_formulas(built_book, pages):
    for name in pages:
        text = (built_book / name).read_text()
        loads = bool(re.search(r'<script[^>]*src="[^"]*mathjax/', text))
        assert loads == bool(re.search(r'class="[^"]*\bmath\b', text)), name


@pytest.fixture(scope="module")
def opened(browser):
    """Open a page in a window of its own; gives it with what it asked for in vain, or elsewhere, and what it said."""
    window = browser.new_context()

    def open_page(address: str, root: str) -> tuple:
        page, complaints = window.new_page(), []
        page.on("request", lambda request: request.url.startswith((root, "data:")) or complaints.append(request.url))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{root}/{address}", wait_until="networkidle")
        return page, complaints

    yield open_page
    window.close()  # with what moves in its pages


@pytest.fixture(scope="module")
def visits(site, pages, opened) -> dict[str, tuple]:
    """Every page of the book, opened once."""
    return {name: opened(name, site) for name in pages}


@pytest.fixture(scope="module")
def visits_to_files(built_book, opened) -> dict[str, tuple]:
    """And some once more as a file, without a server."""
    pages = ["index.html", *(f"book/{name}.html" for name in ("introduction", "glossary", *AS_FILES))]
    return {name: opened(name, built_book.as_uri()) for name in pages}


@needs_browser
@pytest.mark.parametrize("visited", ["visits", "visits_to_files"])
def test_a_page_loads_whole_and_asks_no_other_host(visited, request):
    opened_pages = request.getfixturevalue(visited)
    assert {name: complaints for name, (_, complaints) in opened_pages.items() if complaints} == {}


@needs_browser
def test_mathematics_is_rendered(visits):
    for page, _ in visits.values():
        formulas = page.locator(".math").count()
        if formulas:
            page.wait_for_selector("mjx-container")
            assert page.locator("mjx-container").count() == formulas
            assert page.locator("mjx-merror").count() == 0


def test_every_figure_shows_something(built_book):
    executed = [
        nbformat.read(path, as_version=4) for path in built_book.parent.glob(".jupyter_cache/executed/*/*.ipynb")
    ]
    drawn = [
        [
            cell
            for cell in notebook.cells
            if {"figure"} == {"figure", "skip-execution"} & {*cell.metadata.get("tags", [])}
        ]
        for notebook in executed
    ]
    assert sum(bool(figures) for figures in drawn) >= len(CHAPTERS)
    assert all(cell.outputs for figures in drawn for cell in figures)


@needs_browser
def test_every_image_says_what_it_shows(visits):
    for name, (page, _) in visits.items():
        alts = page.locator("main img").evaluate_all("images => images.map(image => image.alt.trim())")
        too_short = [alt for alt in alts if len(alt) <= 20 or re.fullmatch(r"\S+\.(svg|png|jpe?g)", alt)]
        assert not too_short, name


@needs_browser
@pytest.mark.parametrize(
    ("visited", "chapter"),
    [*(("visits", one) for one in CHAPTERS), *(("visits_to_files", one) for one in AS_FILES)],
)
def test_a_slider_is_moved_with_the_keyboard(visited, chapter, request):
    page, _ = request.getfixturevalue(visited)[f"book/{chapter}.html"]
    page.bring_to_front()
    for slider in page.locator(".slider").all():
        control = slider.get_by_role("slider")
        shown = slider.locator("img:visible")
        alts = [image.get_attribute("alt") for image in slider.locator("img").all()]
        assert len(set(alts)) == len(alts) > 1
        stops = [float(image.get_attribute("data-value")) for image in slider.locator("img").all()]
        assert stops == sorted(stops)
        control.focus()
        for key, place in (("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", len(alts) - 1)):
            control.press(key)
            assert shown.count() == 1
            assert shown.get_attribute("alt") == alts[place]
            assert control.get_attribute("aria-valuetext") == slider.locator("output").inner_text()
            assert control.get_attribute("aria-valuetext") == shown.get_attribute("data-value")
            assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0, "once it is there"


@needs_browser
def test_without_scripts_a_slider_is_the_frame_it_begins_at(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for chapter in AS_FILES:
        page.goto(f"{site}/book/{chapter}.html")
        sliders = page.locator(".slider").all()
        assert sliders
        for slider in sliders:
            assert slider.locator("img:visible").count() == 1, chapter
            assert not slider.locator("input").is_visible(), chapter
    context.close()


@needs_browser
def test_a_phone_shows_a_page_at_its_width(visits):
    for name, (page, _) in visits.items():
        page.set_viewport_size(PHONE)
        page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


@needs_browser
def test_on_a_phone_panels_in_a_row_stand_below_each_other_and_keep_their_shape(visits):
    page, _ = visits["book/lif_filters.html"]
    page.bring_to_front()
    for window, is_narrow in ((PHONE, True), ({"width": 1280, "height": 900}, False)):
        page.set_viewport_size(window)
        figure = page.locator("picture img").first
        figure.scroll_into_view_if_needed()
        chosen = "([one, narrow]) => one.currentSrc.endsWith('.narrow.svg') === narrow"
        page.wait_for_function(chosen, arg=[figure.element_handle(), is_narrow])
        as_drawn = figure.evaluate("one => one.decode().then(() => one.naturalWidth / one.naturalHeight)")
        assert figure.evaluate("one => one.width / one.height") == pytest.approx(as_drawn, rel=0.02)
        assert (as_drawn < 1) == is_narrow
        note = page.locator("picture").first.evaluate("one => getComputedStyle(one, '::after').content")
        assert ("side by side" in note) == is_narrow


@needs_browser
def test_on_a_phone_a_figure_opens_larger_than_it_was_drawn_and_closes_again(visits):
    page, _ = visits["book/lif_filters.html"]
    page.bring_to_front()
    page.set_viewport_size(PHONE)
    output = page.locator(".cell_output:has(img:visible)").first
    figure, larger = output.locator("img"), output.locator("dialog img")
    small, opens = figure.bounding_box()["width"], output.get_by_role("button", name="Enlarge the figure")
    for click in (opens.click, figure.first.click):
        click()
        assert larger.get_attribute("alt") == figure.first.get_attribute("alt")
        assert larger.bounding_box()["width"] > larger.evaluate("image => image.naturalWidth") > small
        page.keyboard.press("Escape")
        larger.wait_for(state="detached")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not opens.is_visible()


@needs_browser
def test_in_the_dark_theme_a_figure_stands_on_the_ground_of_its_page_unless_it_stays_as_drawn(visits):
    page, _ = visits["book/diehl_cook.html"]
    page.emulate_media(color_scheme="dark")
    corners = {}
    for as_drawn, figure in (
        (True, page.locator(".tag_as-drawn .cell_output img:visible").first),
        (False, page.locator(".cell:not(.tag_as-drawn) .cell_output img:visible").first),
    ):
        corners[as_drawn] = 255 * imread(io.BytesIO(figure.screenshot()))[12, 20, :3]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert max(abs(one - int(two)) for one, two in zip(corners[False], re.findall(r"\d+", ground), strict=True)) <= 3
    assert min(corners[True]) > 250


@needs_browser
def test_the_first_page_leads_to_the_introduction(built_book, page):
    page.goto(f"{built_book.as_uri()}/index.html")
    page.wait_for_url("**/book/introduction.html")


@needs_browser
def test_the_search_finds_a_word_of_a_chapter(site, page):
    page.goto(f"{site}/search.html?q=bucket")
    page.wait_for_selector("#search-results a")
