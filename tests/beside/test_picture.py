"""The small picture under a verdict: well-formed and told in words, whatever the answer was."""

import math
import re
from base64 import b64decode
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.beside.compare import plain
from autograder.beside.picture import ANSWER_COLOUR, EXPECTED_COLOUR, HEIGHT, LEFT, RIGHT, WIDTH, picture

AXES = ("step", "membrane voltage v")
NUMBERS = st.floats()  # nan, infinities and the largest of all among them
ANSWERS = st.one_of(
    NUMBERS, st.lists(NUMBERS, max_size=20), st.lists(st.lists(NUMBERS, min_size=2, max_size=2), max_size=9)
).map(plain)


class _Image(HTMLParser):
    def handle_starttag(self, tag, attributes):
        self.tag, self.attributes = tag, dict(attributes)


def image(drawn: str) -> dict[str, str]:
    parser = _Image()
    parser.feed(drawn)
    assert parser.tag == "img"
    return parser.attributes


def svg(drawn: str) -> ElementTree.Element:
    kind, _, data = image(drawn)["src"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(data))


def trace(drawn: str, colour: str) -> list[tuple[float, float]]:
    line = next(one for one in svg(drawn).findall(".//{*}polyline") if one.get("stroke") == colour)
    return [tuple(map(float, point.split(","))) for point in line.get("points").split()]


@given(expected=ANSWERS, answer=ANSWERS)
@example(expected=[1e308, -1e308, 0.0], answer=[1.0, 2.0])
@example(expected=[1e17] * 3, answer=[1e17] * 3)
@example(expected=[0.0] * 3, answer=["nan", "inf"])
@example(expected=[5e-324, 0.0, 0.0], answer=[1.0])
def test_every_picture_is_well_formed_and_every_point_lies_inside_it(expected, answer):
    drawn = picture(expected, answer, AXES)
    if drawn:
        for element in svg(drawn).iter():
            for name in ("x", "x1", "x2", "y", "y1", "y2"):
                assert math.isfinite(float(element.get(name, 0)))
        for x, y in trace(drawn, EXPECTED_COLOUR) + trace(drawn, ANSWER_COLOUR):
            assert LEFT <= x <= WIDTH - RIGHT
            assert 0 <= y <= HEIGHT


@given(expected=st.lists(st.floats(-1e9, 1e9), min_size=3), answer=st.lists(NUMBERS, min_size=1).map(plain))
def test_a_trace_and_any_numbers_give_a_picture_told_in_words(expected, answer):
    alt = image(picture(expected, answer, AXES))["alt"]
    assert alt.startswith("membrane voltage v over step: expected runs from")
    assert f"in {len(expected)} values" in alt and alt.endswith(f"in {len(answer)}")


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (1.0, 2.0),
        ([1.0], [2.0]),
        ([1.0, 2.0], [2.0, 1.0]),
        ([1.0, 2.0], None),
        ([1.0, 2.0], []),
        ([1.0, 2.0], [1.0, [2.0]]),
        ("a", "b"),
    ],
)
def test_where_there_is_no_trace_there_is_no_picture(expected, answer):
    assert picture(expected, answer, AXES) == ""


def test_the_higher_number_stands_higher_and_the_later_one_further_right():
    points = trace(picture([0.0, 1.0, 2.0], [0.0, 0.0, 1.0], AXES), EXPECTED_COLOUR)
    assert points == sorted(points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)


def test_an_answer_that_runs_away_does_not_flatten_what_was_expected():
    points = trace(picture([0.0, 1.0, 0.0], [0.0, 1e12, 0.0], AXES), EXPECTED_COLOUR)
    heights = [y for _, y in points]
    assert max(heights) - min(heights) > HEIGHT / 5


def test_an_answer_far_too_long_does_not_flatten_it_or_make_the_page_heavy():
    drawn = picture([0.0, 1.0, 2.0], [0.0] * 1_000_000, AXES)
    assert len(drawn) < 10_000
    assert image(drawn)["alt"].endswith("in 1000000")


def test_of_several_channels_the_first_that_differs_is_drawn_and_named():
    expected = [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    drawn = picture(expected, [[0.0, 1.0], [0.0, 2.0], [0.0, 9.0]], AXES)
    assert "step, channel 2" in image(drawn)["alt"]
    assert "yours from 1 to 9 in 3" in image(drawn)["alt"]


def test_of_several_parts_the_first_that_differs_is_drawn_and_named():
    spikes, voltages = [0.0, 0.0, 1.0] * 3, [0.5, 0.7, 0.0] * 3
    drawn = picture([spikes, voltages], [spikes, [v / 2 for v in voltages]], AXES)
    assert "step, part 2: expected runs from 0.5" in image(drawn)["alt"]
    assert len(trace(drawn, EXPECTED_COLOUR)) == 9
    drawn = picture([[1.0, 2.0, 3.0], 5.0], [[1.0, 2.0, 4.0], 5.0], AXES)
    assert "step, part 1: expected runs from 1 to 3 in 3" in image(drawn)["alt"]
    many = [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    assert (
        "part 2, channel 2" in image(picture([[1.0], many], [[1.0], [[0.0, 2.0 * n] for n in range(3)]], AXES))["alt"]
    )


def test_the_words_of_the_axes_are_in_the_picture_and_cannot_break_out_of_it():
    drawn = picture([0.0, 1.0, 0.0], [0.0, 2.0, 0.0], ('<b> & "step"', "v"))
    assert '<b> & "step"' in [text.text for text in svg(drawn).findall(".//{*}text")]
    assert image(drawn)["alt"].startswith('v over <b> & "step"')
    assert "<b>" not in drawn


def test_the_two_traces_are_told_apart_by_line_as_well_as_by_colour():
    drawn = picture([0.0, 1.0, 0.0], [0.0, 2.0, 0.0], AXES)
    lines = {one.get("stroke"): one.get("stroke-dasharray") for one in svg(drawn).findall(".//{*}polyline")}
    assert lines[ANSWER_COLOUR] != lines[EXPECTED_COLOUR]
    assert not re.search(r"https?://(?!www\.w3\.org)", b64decode(image(drawn)["src"].partition(",")[2]).decode())


def test_with_the_names_of_places_they_are_counted_from_0_as_in_the_sentence():
    expected = [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    drawn = picture(expected, [[0.0, 1.0], [0.0, 2.0], [0.0, 9.0]], AXES, ("step", "neuron"))
    assert "step, neuron 1" in image(drawn)["alt"]
    labels = [text.text for text in svg(drawn).findall(".//{*}text")]
    assert labels[labels.index("yours") + 1 :][:2] == ["0", "2"]


def test_where_an_answer_first_is_no_number_the_picture_says_so():
    drawn = picture([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, "nan", "nan"], AXES, ("step",))
    assert "yours, nan first at 2, from 0" in image(drawn)["alt"]
    assert "nan" in [text.text for text in svg(drawn).findall(".//{*}text")]
