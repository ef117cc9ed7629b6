"""Contenders take turns, and what is measured of them is what they do."""

import numpy as np
import pytest
import side_by_side
from side_by_side import OwnClock, Times


def test_contenders_take_turns_and_the_first_rounds_do_not_count(monkeypatch):
    monkeypatch.setattr(side_by_side, "LEAST", 0)
    order = []
    times = side_by_side.alternately({name: lambda name=name: order.append(name) for name in "ab"}, 3)
    assert order == ["a", "b"] * (3 + side_by_side.WARM)
    assert {name: (len(one.wall), len(one.processor)) for name, one in times.items()} == {"a": (3, 3), "b": (3, 3)}


def test_what_is_short_is_repeated_within_its_turn():
    calls = []
    side_by_side.alternately({"short": lambda: calls.append(1)}, 1)
    assert len(calls) > 100


def test_a_ratio_is_taken_within_each_round():
    """The machine is ten times as slow in the second round, and nothing is seen of it."""
    assert side_by_side.ratio([2, 20, 4], [1, 10, 1]) == {"value": 2, "low": 2, "high": 4}
    times = {"base": Times([1, 10], [1, 1]), "other": Times([3, 30], [5, 7])}
    assert side_by_side.compared(times, "base", "x")[1] == {
        "row": "other", "column": "x", "value": 3, "low": 3, "high": 3,
    }  # fmt: skip
    assert side_by_side.compared(times, "base", "x", processor=True)[1]["value"] == 6


def test_a_program_that_measures_itself_is_believed():
    assert side_by_side.taken(lambda: OwnClock(4.0, None), 3) == (4.0, 4.0)


def zeros(megabytes):
    """A step that needs so many MB, after which they are free again."""
    return lambda: np.ones(int(megabytes * 125_000)).sum()


@pytest.mark.slow
def test_the_peak_of_memory_is_what_a_step_needs_at_most():
    assert side_by_side.peak_megabytes(zeros, 200) == pytest.approx(200, rel=0.1)
