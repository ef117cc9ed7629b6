"""Graders that are not of one mind about a submission are not compared."""

import pytest
from class_graded import require_same


def test_who_is_judged_otherwise_is_named_and_a_part_of_an_exercise_is_left_out():
    mine = {"ann": {"leak": None, "exact": True}, "bob": {"leak": False, "exact": True}}
    assert require_same(mine, {"ann": {"leak": False, "exact": True}, "bob": {"leak": False}}) == 2
    with pytest.raises(AssertionError, match="'bob', 'leak', False, True"):
        require_same(mine, {"bob": {"leak": True}})
