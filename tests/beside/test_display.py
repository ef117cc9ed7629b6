"""A verdict as a student reads it: everything said once, and nothing of theirs taken for HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.beside.display import as_html, as_text, headline
from autograder.beside.verdict import STATUSES, CriterionVerdict, Verdict

EMPTY = {"br", "img"}
HOSTILE = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</div>", "&lt;", "<!--", "'"]),
)
VERDICTS = st.builds(
    Verdict,
    exercise=HOSTILE,
    status=st.sampled_from(sorted(STATUSES)),
    points=st.just(1.5),
    max_points=st.just(4.0),
    criteria=st.lists(
        st.builds(
            CriterionVerdict,
            says=HOSTILE.map(lambda text: "is " + text),
            points=st.just(2),
            met=st.booleans(),
            instead=HOSTILE,
        ),
        max_size=3,
    ).map(tuple),
    message=HOSTILE,
    misconception_says=HOSTILE,
    case=HOSTILE,
    expected=st.just([0.0, 1.0, 0.0]),
    answer=st.one_of(st.just([0.0, 2.0]), HOSTILE, st.none()),
    seed=st.just("a1b2"),
)


class Page(HTMLParser):
    """The elements and the text of a page, as a browser would find them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.text = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def some(**changes) -> Verdict:
    criteria = (CriterionVerdict("leaks", 3, True), CriterionVerdict("resets", 1, False, "tau = 1: 0 came back"))
    given = {"exercise": "lif", "status": "partly", "points": 3.0, "max_points": 4.0, "criteria": criteria}
    return Verdict(**given | changes)


@given(found=VERDICTS)
def test_nothing_that_a_student_can_write_becomes_an_element_of_the_page(found):
    page = Page(as_html(found))
    assert not page.open
    for tag, attributes in page.elements:
        assert tag in {"div", "p", "strong", "span", "br", "small", "figure", "figcaption", "img"}
        assert set(attributes) <= {"style", "class", "alt", "src", "width"}
        assert attributes.get("src", "data:").startswith("data:image/svg+xml;base64,") or tag != "img"


@given(found=VERDICTS)
def test_what_was_written_is_shown_as_it_was_written(found):
    shown = Page(as_html(found)).text
    assert found.exercise in shown
    if found.status != "not attempted":
        for criterion in found.criteria:
            assert criterion.instead in shown and criterion.says[1:] in shown
    assert found.misconception_says in shown


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_named_and_if_nothing_better_is_known_explained(status):
    found = some(status=status)
    shown = Page(as_html(found)).text
    assert status in shown and status in as_text(found)
    if status not in ("passed", "partly", "wrong"):
        assert STATUSES[status][1:] in shown
        assert "Out of the blue." in Page(as_html(some(status=status, message="out of the blue"))).text


def test_points_are_written_without_idle_zeros():
    assert headline(some()) == "lif: 3 of 4 points, partly"
    assert headline(some(points=1.5)) == "lif: 1.5 of 4 points, partly"


@pytest.mark.parametrize("show", [as_text, as_html])
def test_each_criterion_says_whether_it_is_met_and_what_came_instead(show):
    shown = Page(show(some())).text
    assert shown.lower().index("leaks") < shown.lower().index("resets") < shown.index("tau = 1: 0 came back")
    assert show is as_text or ("(met, 3)" in shown and "(not met, 1)" in shown)
    assert show is as_html or ("[x] leaks (3)" in shown and "[ ] resets (1)" in shown)


def test_met_and_not_met_are_told_apart_without_colour():
    page = as_html(some())
    assert "&#10003; Leaks" in page and "&#10007; Resets" in page


@pytest.mark.parametrize("show", [as_text, as_html])
def test_the_teacher_s_sentence_is_there_if_there_is_a_misconception(show):
    assert "Divide by tau." in show(some(misconception="slow", misconception_says="Divide by tau."))
    assert "looks like" not in show(some())


def test_an_exercise_not_begun_is_not_told_all_that_it_lacks():
    found = some(status="not attempted", points=0.0)
    assert "tau = 1" not in as_text(found) and "tau = 1" not in as_html(found)


def test_the_seed_is_shown_where_there_is_one_so_that_the_score_can_be_had_again():
    assert "inputs drawn from a1b2" in as_html(some(seed="a1b2"))
    assert "drawn from" not in as_html(some())


def test_the_picture_is_there_with_the_case_it_is_of():
    page = as_html(some(case="a single step", expected=[0.0, 1.0, 0.0], answer=[0.0, 2.0, 0.0]))
    assert "<img" in page and "<figcaption>a single step</figcaption>" in page
    assert "<img" not in as_html(some(case="a single step", expected=1.0, answer=2.0))
