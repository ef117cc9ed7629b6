"""What every page carries for all pages there could be is cut down to what it has a use for."""

import base64
import re

import pytest
from bs4 import BeautifulSoup

from autograder.authoring.lighter import (
    ICONS,
    loaded_late,
    only_icons,
    put_beside,
    split_narrow,
    text_first,
    with_narrow,
    without_idle_mathjax,
    without_idle_models,
)

PICTURE = base64.b64encode(b"\x89PNG a picture").decode()
SCRIPT = (
    '!function(){var a={monero:[496,512,[],"f3d0","M352 384h108"],"angle-left":[256,512,[8249],"f104","M9.4 233"],'
    '"magnifying-glass":[512,512,[128269,"search"],"f002","M416 208"],atom:[512,512,[9883],"f5d2",["M1","M2"]]};'
    "go(a)}()"
)


def test_a_picture_in_a_page_lies_beside_it_once_and_is_loaded_when_it_is_shown(tmp_path):
    frame = '<img alt="a hidden neuron" {} data-value="1">'
    carried = frame.format(f'src="data:image/png;base64,{PICTURE}"')
    later = carried.replace("<img", "<img hidden")
    beside = put_beside(f"<p>{carried}</p><p>{later}</p>", tmp_path / "_images", "../_images")
    (picture,) = (tmp_path / "_images").iterdir()
    assert picture.read_bytes() == base64.b64decode(PICTURE)
    shown = frame.format(f'src="../_images/{picture.name}"')
    lazy = frame.format(f'src="../_images/{picture.name}" loading="lazy"').replace("<img", "<img hidden")
    assert beside == f"<p>{shown}</p><p>{lazy}</p>"


def test_a_figure_keeps_its_place_while_it_is_on_its_way(tmp_path):
    drawn = base64.b64encode(b'<?xml version="1.0"?><svg xmlns="s" width="460.8pt" height="237.6pt">').decode()
    beside = put_beside(f'<img src="data:image/svg+xml;base64,{drawn}">', tmp_path, "_images")
    assert re.fullmatch(r'<img src="_images/[\da-f]{16}\.svg" width="614" height="317">', beside)
    wide = put_beside(f'<img width="320" src="data:image/svg+xml;base64,{drawn}">', tmp_path, "_images")
    assert re.fullmatch(r'<img width="320" src="_images/[\da-f]{16}\.svg">', wide)


def test_mathjax_stays_where_there_is_a_formula_and_nowhere_else():
    scripts = '<script>window.MathJax = {"a": 1}</script>\n<script defer src="_static/mathjax/tex.js?v=1"></script>'
    other = '<script src="course.js"></script>'
    with_one = f'{scripts}{other}<span class="math notranslate nohighlight">\\(x\\)</span>'
    assert without_idle_mathjax(with_one) == with_one
    assert without_idle_mathjax(f'{scripts}{other}<p class="aftermath">') == f'{other}<p class="aftermath">'


def test_a_second_drawing_lies_beside_the_first_and_is_for_a_phone_also_when_the_page_is_made_lighter_again(tmp_path):
    second = '<svg width="288pt" height="432pt"></svg>'
    (tmp_path / "a.svg").write_text(f"<svg>first</svg><!-- narrow {base64.b64encode(second.encode()).decode()} -->")
    (tmp_path / "b.svg").write_text("<svg>alone</svg>")
    page = '<img alt="a" src="../_images/a.svg"><img alt="b" src="../_images/b.svg">'
    for _ in range(2):
        sizes = split_narrow(tmp_path)
        assert (tmp_path / "a.svg").read_text() == "<svg>first</svg>"
        assert (tmp_path / "a.narrow.svg").read_text() == second
        page = with_narrow(page, sizes)
        source = '<source media="(max-width: 576px)" srcset="../_images/a.narrow.svg" width="384" height="576">'
        assert page == (
            f'<picture>{source}<img alt="a" src="../_images/a.svg"></picture><img alt="b" src="../_images/b.svg">'
        )


def test_each_figure_but_the_first_is_loaded_once_it_is_near_and_keeps_its_place_until_then():
    sizes = {"a.svg": ' width="614" height="317"', "b.svg": ' width="500" height="300"', "drawn.svg": ""}
    hidden = '<img hidden alt="a width=1" src="../_images/a.svg" loading="lazy" width="614" height="317">'
    page = hidden + "".join(f'<img alt="{name}" src="../_images/{name}.svg" />' for name in ("a", "b", "drawn"))
    once = loaded_late(page, sizes)
    assert once == (
        f'{hidden}<img width="614" height="317" alt="a" src="../_images/a.svg" />'
        '<img width="500" height="300" loading="lazy" alt="b" src="../_images/b.svg" />'
        '<img alt="drawn" src="../_images/drawn.svg" />'
    )
    assert loaded_late(once, sizes) == once


def test_the_figures_of_a_page_wait_until_they_are_near(built_book):
    for page in (built_book / "book").glob("*.html"):
        pictures = re.findall(r'<img\b[^>]*src="[^"]+\.svg"[^>]*>', page.read_text("utf-8"))
        shown = [one for one in pictures if "hidden" not in re.sub('"[^"]*"', "", one).split()]
        drawn = [one for one in shown[1:] if re.search(r"/[\da-f]{16,}\.svg", one)]  # not by hand
        assert not [one for one in shown[:1] if "loading=" in one]
        assert not [one for one in drawn if ' loading="lazy"' not in one or " width=" not in one], page.name


def test_the_models_to_play_with_stay_where_there_is_one():
    scripts = "".join(
        f'<script src="../_static/{name}.js?v=1"></script>'
        for name in ("course", "explorables", "explorables/ears", "live")
    )
    with_one = f'{scripts}<div class="explorable" data-explorable="ears"></div>'
    assert without_idle_models(with_one) == with_one
    assert re.findall(r"_static/([a-z/]+)", without_idle_models(scripts)) == ["course", "live"]


def test_scripts_of_a_page_wait_for_its_text_but_for_the_one_that_is_read_within_it():
    page = '<head><script src="a.js?v=1"></script><script>let a = 1;</script><script defer src="b.js"></script>'
    page += '<script src="documentation_options.js?v=2"></script></head><script src="c.js"></script>'
    waits = page.replace('<script src="a', '<script defer src="a')
    assert text_first(page) == waits == text_first(waits)


def test_no_page_of_the_book_keeps_its_text_waiting_for_a_script(built_book):
    for page in [*built_book.glob("*.html"), *built_book.glob("book/*.html")]:
        head = BeautifulSoup(page.read_text("utf-8").partition("</head>")[0], "html.parser")
        at_once = [one["src"] for one in head.select("script[src]:not([defer])")]
        assert len(at_once) == 1 or not head.select("script[src]"), page
        assert all("documentation_options" in one for one in at_once), page


def test_of_the_icons_those_stay_that_somebody_names_by_whichever_name():
    kept = only_icons(SCRIPT, {"angle-left", "search", "lg"})
    assert '"angle-left":[' in kept and '"magnifying-glass":[' in kept
    assert "monero" not in kept and "atom" not in kept
    assert kept.startswith("!function(){var a={") and kept.endswith("};go(a)}()")
    assert only_icons("icons in another form", {"search"}) == "icons in another form"


def test_a_page_of_the_book_carries_no_picture_and_no_mathjax_without_a_formula(built_book):
    pages = {path: path.read_text("utf-8") for path in built_book.rglob("*.html")}
    assert pages and not [path.name for path, html in pages.items() if "data:image/" in html]
    with_mathjax = {path.stem for path, html in pages.items() if "mathjax/tex" in html}
    assert "leaky_integrator" in with_mathjax and not with_mathjax & {"introduction", "index", "how_good"}
    icons = (built_book / ICONS).read_text("utf-8")
    assert len(icons) < 150_000 and "monero" not in icons


@pytest.mark.browser
def test_every_icon_of_a_page_is_drawn_and_a_slider_has_its_frames(site, page):
    missing = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{site}/book/leaky_integrator.html")
    page.wait_for_selector("svg.svg-inline--fa", state="attached")
    assert not page.locator("i[class*='fa-']").count(), "every icon has become a drawing"
    assert not page.locator("svg.svg-inline--fa:has(path[d=''])").count()
    slider = page.locator(".slider").first
    slider.locator("input").focus()
    page.wait_for_function(
        "slider => [...slider.querySelectorAll('img')].every(frame => frame.complete && frame.naturalWidth)",
        arg=slider.element_handle(),
    )
    assert not missing and re.search(r"_images/[\da-f]{16}\.svg", slider.inner_html())
