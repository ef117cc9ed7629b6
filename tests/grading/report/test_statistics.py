"""Difficulty and discrimination: as their definitions say, and not known rather than wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pointbiserialr

from autograder.grading.report import NOT_GRADED, TO_BE_MARKED, Row
from autograder.grading.report.statistics import FEWEST, difficulty, discrimination, items, totals

PASSED = [0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1]
REST = [2.0, 9, 7, 4, 8, 5, 3, 10, 1, 6, 9, 8]
classes = st.lists(st.tuples(st.booleans(), st.integers(0, 40)), min_size=FEWEST, max_size=60)


def test_where_it_is_passed_or_not_it_is_the_point_biserial_correlation():
    passed, rest = np.array(PASSED), np.array(REST)
    p = passed.mean()
    closed = (rest[passed == 1].mean() - rest[passed == 0].mean()) / rest.std() * np.sqrt(p * (1 - p))
    assert discrimination(PASSED, REST) == pytest.approx(closed)
    assert discrimination(PASSED, REST) == pytest.approx(pointbiserialr(passed, rest).statistic)


@given(classes, st.integers(-20, 20), st.integers(1, 9))
def test_it_lies_between_minus_one_and_one_and_only_order_and_distance_count(students, shift, scale):
    passed, rest = zip(*students, strict=True)
    found = discrimination(passed, rest)
    assert found is None or -1 <= found <= 1
    assert (found is None) == (len(set(passed)) < 2 or len(set(rest)) < 2)
    moved = discrimination(passed, [scale * one + shift for one in rest])
    turned = discrimination([not one for one in passed], rest)
    if found is not None:
        assert (moved, turned) == (pytest.approx(found, abs=1e-9), pytest.approx(-found, abs=1e-9))


@pytest.mark.parametrize(
    ("passed", "rest"),
    [
        (PASSED[: FEWEST - 1], REST[: FEWEST - 1]),
        ([1] * 12, REST),
        ([0] * 12, REST),
        (PASSED, [3] * 12),
        ([], []),
    ],
    ids=["few", "all passed", "nobody passed", "all alike in the rest", "nobody"],
)
def test_it_is_not_known_where_nothing_can_be_said(passed, rest):
    assert discrimination(passed, rest) is None


def test_partial_points_give_the_correlation_with_the_rest():
    points = [0, 4, 8, 2, 6, 1, 3, 8, 0, 5, 7, 6]
    assert discrimination(points, REST) == pytest.approx(np.corrcoef(points, REST)[0, 1])


def test_difficulty_is_the_mean_share():
    assert difficulty([0, 0.5, 1, 1]) == 0.625
    assert difficulty([]) is None


def a_class() -> list[Row]:
    """Twelve who tried both, one who left the first, one who is not graded; of the essay half are marked."""
    found = []
    for number, (passed, rest) in enumerate(zip(PASSED, REST, strict=True)):
        who = f"s{number}"
        missed = () if passed else ("is right",)
        found += [
            Row(who, "first", "passed" if passed else "wrong", 4.0 * passed, 4, missed=missed),
            Row(who, "second", "partly", rest, 10),
            Row(who, "essay_why", "marked" if number % 2 else TO_BE_MARKED, 3.0 if number % 2 else None, 3),
        ]
    found += [Row("left", "first", "not attempted", 0, 4), Row("left", "second", "partly", 5, 10)]
    return [*found, Row("ill", "first", NOT_GRADED, None, 4), Row("ill", "second", NOT_GRADED, None, 10)]


def test_who_did_not_try_or_is_not_graded_is_in_no_number():
    first, second, essay = items(a_class(), ["first", "second", "essay_why"])
    assert (first.tried, first.left, first.difficulty) == (12, 1, pytest.approx(8 / 12))
    assert first.missed == [("is right", 4)]
    assert (second.tried, second.left, essay.tried, essay.difficulty) == (13, 0, 12, 1)
    assert essay.discrimination is None, "all marked have the same"


def test_an_essay_that_nobody_has_marked_is_neither_right_nor_wrong_in_the_rest():
    [first] = items(a_class(), ["first"])
    rest = [(points + 3) / 13 if number % 2 else points / 10 for number, points in enumerate(REST)]
    assert first.discrimination == pytest.approx(pointbiserialr(PASSED, rest).statistic)


def test_a_total_is_of_who_is_graded_and_lateness_is_in_it():
    late = Row("s0", "hand-in", "late by 1:00:00", -1.5, 0)
    assert totals([*a_class(), late])[:2] == [0 + 2 - 1.5, 4 + 9 + 3]
    assert len(totals(a_class())) == 13
