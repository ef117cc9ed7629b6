"""Figures that everybody can read."""

import re
from base64 import b64decode
from colorsys import rgb_to_hsv
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb

BOOK = Path(__file__).resolve().parents[2] / "book"
INK = r"ink\b|\"black\""


@pytest.fixture(autouse=True)
def beside_the_pages(monkeypatch):
    monkeypatch.syspath_prepend(BOOK)


def test_a_word_in_a_colour_can_be_read_and_is_of_that_colour():
    import figures

    assert figures.contrast_on_white((1, 1, 1)) == pytest.approx(1)
    assert figures.contrast_on_white((0, 0, 0)) == pytest.approx(21)
    assert figures.contrast_on_white(to_rgb("#767676")) == pytest.approx(4.54, abs=0.01), "as WCAG's own tables have it"
    for colour in (figures.CURRENT, figures.VOLTAGE, figures.WRONG, figures.SPIKE, figures.EXACT):
        shade = figures.ink(colour)
        assert figures.contrast_on_white(shade) >= 4.5
        assert rgb_to_hsv(*shade)[:2] == pytest.approx(rgb_to_hsv(*to_rgb(colour))[:2])


def test_no_figure_writes_a_word_in_the_colour_of_a_line():
    in_colour = re.compile(rf"\.(?:text|annotate|set_[xy]label)\([^\n]*color=(?!{INK})")
    pages = {page.name: page.read_text("utf-8") for page in BOOK.glob("*.md")}
    assert not [(name, line) for name, text in pages.items() for line in text.splitlines() if in_colour.search(line)]
    assert sum("color=ink(" in text for text in pages.values()) >= 5


def test_white_is_written_only_on_what_it_is_told_apart_from():
    for page in BOOK.glob("*.md"):
        chosen = [line for line in page.read_text("utf-8").splitlines() if '"white"' in line]
        assert all('ink = "white" if contrast_on_white(' in line and '>= 4.5 else "black"' in line for line in chosen)


def test_the_slider_of_a_notebook_draws_anew_and_leaves_no_figure_open(monkeypatch):
    monkeypatch.delenv("LEARNING_TO_SPIKE_PAGE", raising=False)
    import matplotlib.pyplot as plt
    from figures import slider

    box = slider(lambda value: plt.plot([0, value]), "value", [1, 2, 3], lambda value: f"a line up to {value}", first=2)
    control, picture = box.children
    first = picture.value
    control.value = 3
    assert 'alt="a line up to 2"' in first
    assert 'alt="a line up to 3"' in picture.value
    assert plt.get_fignums() == []


@pytest.fixture
def figure():
    import matplotlib.pyplot as plt

    yield plt.figure
    plt.close("all")


def test_panels_in_a_row_are_drawn_once_more_below_each_other_with_what_they_shared(figure):
    import figures

    row = figure(figsize=(6.4, 3))
    first, second = row.subplots(1, 2, sharey=True)
    first.set_ylabel("voltage")
    assert not second.yaxis.get_tick_params()["labelleft"]
    drawn = figures.for_page(row)
    wide, _, narrow = drawn.partition("<!-- narrow ")
    assert 'width="460.8pt" height="216pt"' in wide
    size = re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', b64decode(narrow.split()[0]))
    assert [float(one) for one in size.groups()] == pytest.approx([72 * figures.NARROW, 2 * 216])
    assert first.get_position().y0 > second.get_position().y1 and first.get_position().x0 == second.get_position().x0
    assert second.yaxis.get_tick_params()["labelleft"] and second.get_ylabel() == "voltage"


def test_a_figure_of_one_panel_of_rows_or_with_a_word_for_all_is_drawn_once(figure):
    import figures

    one, rows, titled = figure(), figure(), figure()
    one.subplots()
    rows.subplots(2, 2)
    titled.subplots(1, 2)
    titled.suptitle("for both")
    assert not [drawn for drawn in map(figures.for_page, (one, rows, titled)) if "narrow" in drawn]
