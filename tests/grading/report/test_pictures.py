"""The pictures of the report: text in the page, that says in words what it shows and can be read when it is narrow."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from dangers import Dangers

from autograder.beside.verdict import STATUSES
from autograder.exercises import load
from autograder.grading.report import MARKED, NOT_GRADED, TO_BE_MARKED, TO_SEE, UNREADABLE, Row, as_page, pictures
from autograder.grading.report.statistics import items

CHAPTER = load("spiking_autoencoder")
NAMES = [*(one.name for one in CHAPTER.exercises), *(f"essay_{one.name}" for one in CHAPTER.essays)]


def a_class() -> list[Row]:
    """Thirty students, in whose rows is every status, and every misconception."""
    found = []
    endings = [*STATUSES, *["passed"] * 9, NOT_GRADED, UNREADABLE]
    for number in range(30):
        for place, one in enumerate(CHAPTER.exercises):
            status = endings[(number * (place + 2)) % len(endings)]
            points = {"passed": one.points, "partly": one.points / 2}.get(status, 0)
            slips = [slip.name for slip in one.misconceptions] if status == "wrong" else []
            slip = slips[number % len(slips)] if slips else ""
            missed = ("does what it should",) if status in ("wrong", "partly") else ()
            found.append(Row(f"s{number}", one.name, status, points, one.points, slip, "<b>", "seed", missed))
        for one in CHAPTER.essays:
            status = (TO_BE_MARKED, MARKED, TO_SEE)[number % 3]
            found.append(Row(f"s{number}", f"essay_{one.name}", status, None if number % 3 == 0 else 1, one.points))
    return found


def drawn(found: list[Row]) -> list[pictures.Picture]:
    return [
        pictures.of_points([1, 2, 2, 3, 20, 25], 20),
        pictures.of_endings(found, NAMES),
        pictures.of_items(items(found, NAMES)),
        pictures.of_misreadings([("no leak in leaky_integrator", 3), ("euler in exact_leaky_integrator", 1)]),
    ]


def test_a_picture_is_svg_with_words_that_runs_and_fetches_nothing():
    for picture in drawn(a_class()):
        texts = {"".join(one.itertext()) for one in ElementTree.fromstring(picture.svg.replace("xlink:", "")).iter()}
        assert any("students" in text or "share of points" in text for text in texts), "an axis says what it is of"
        assert "http" not in picture.svg and not Dangers.of(f"<body>{picture.svg}")
        assert picture.alt and picture.caption
    assert drawn(a_class()) == drawn(a_class()), "the same class gives the same page"


def test_what_is_drawn_is_said_in_words_too():
    points, endings, of_items, misread = drawn(a_class())
    assert "3 from 2 on" in points.alt and "median 2.5" in points.alt
    assert all(name in endings.alt and name in of_items.alt for name in NAMES)
    assert "no leak in leaky_integrator: 3" in misread.alt


def test_a_name_in_a_picture_is_text():
    picture = pictures.of_misreadings([("<script>alert(1)</script> $x^$", 1)])
    assert "<script>" not in picture.svg and "$x^$" in picture.svg


def test_a_class_of_nobody_and_one_that_is_not_graded_have_a_page_without_numbers(tmp_path):
    for found in ([], [Row("ann", name, NOT_GRADED, None, 4) for name in NAMES]):
        page = as_page(CHAPTER, found, tmp_path)
        assert not re.search(r"\bnan\b|\bNone\b", page) and "not known" in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 500])
def test_no_word_of_a_picture_is_cut_off_or_too_small(page, tmp_path, width):
    text = as_page(CHAPTER, a_class(), tmp_path)
    (tmp_path / "report.html").write_text(text)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside, smallest = page.evaluate("""() => {
        const outside = [], sizes = [];
        for (const svg of document.querySelectorAll("svg")) {
            const all = svg.getBoundingClientRect();
            for (const text of svg.querySelectorAll("text")) {
                const box = text.getBoundingClientRect();
                if (box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1)
                    outside.push(text.textContent);
                sizes.push(box.height);
            }
        }
        return [outside, Math.min(...sizes)];
    }""")
    assert outside == [] and smallest > 9
