"""Two answers compared: the container does not matter, a unit does not matter, a misunderstanding does."""

import array
import json
import math
import subprocess
import sys
from collections import deque
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st

from autograder.beside.compare import (
    ABSOLUTE_TOLERANCE,
    DEEPEST_ANSWER,
    LARGEST_ANSWER,
    RELATIVE_TOLERANCE,
    difference,
    flat,
    largest,
    plain,
    shape,
)

PROJECT = Path(__file__).resolve().parents[2]
NUMBERS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
ROWS = st.lists(NUMBERS, min_size=2, max_size=12)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(10**300, 10**320), st.floats(), st.text(max_size=8)
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)
"""Anything a student's process may send, well meant or not."""


class Quantity:
    """Stands as brian2's numbers do: ``tolist`` of a number with a unit gives that number with its unit."""

    def __init__(self, value):
        self.value = value

    def tolist(self):
        return [Quantity(one) for one in self.value] if isinstance(self.value, list) else Quantity(self.value)

    def __float__(self):
        return float(self.value)


def deep(levels):
    nested = 1.0
    for _ in range(levels):
        nested = [nested]
    return nested


# Answers as plain data


@given(st.lists(st.integers(0, 4), max_size=4), st.sampled_from(["float", "int64", "bool"]), st.randoms())
def test_shape_numbers_and_size_are_those_of_the_array(axes, kind, rng):
    values = np.array([rng.uniform(-9, 9) for _ in range(math.prod(axes))]).reshape(axes).astype(kind)
    listed = values.tolist()
    if all(axes[:-1]):  # of an array without numbers a list does not say all axes
        assert shape(listed) == values.shape
    assert flat(listed) == values.ravel().tolist()
    assert largest(listed) == np.abs(values.astype(float)).max(initial=0)
    assert plain(values) == listed


@given(st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_what_is_ragged_has_no_shape_and_yet_its_numbers(answer):
    def leaves(one):
        return [number for part in one for number in leaves(part)] if isinstance(one, list) else [one]

    assert flat(answer) == leaves(answer)
    assert largest(answer) == max(map(abs, leaves(answer)), default=0)
    try:
        expected = np.array(answer).shape
    except ValueError:
        expected = None
    assert shape(answer) == expected


def test_what_is_too_deep_has_neither_shape_nor_numbers():
    assert shape(deep(DEEPEST_ANSWER)) == (1,) * DEEPEST_ANSWER
    assert flat(deep(DEEPEST_ANSWER)) == [1.0]
    assert shape(deep(DEEPEST_ANSWER + 1)) is None
    with pytest.raises(TypeError, match="lists deep"):
        flat(deep(900))


@pytest.mark.parametrize(
    "container",
    [
        list,
        tuple,
        deque,
        np.array,
        torch.tensor,
        Quantity,
        lambda row: array.array("d", row),
        lambda row: torch.tensor(row, dtype=torch.float64, requires_grad=True),
        lambda row: [np.float64(value) for value in row],
        lambda row: [torch.tensor(value) for value in row],
        lambda row: np.array([None, *row], dtype=object)[1:],
    ],
)
def test_numbers_are_the_same_in_every_container(container):
    row = [0.5, -2.0, 3.0]
    assert plain(container(row)) == row
    assert plain([container(row), container(row)]) == [row, row]


@pytest.mark.parametrize("one", [np.float32(1), np.int64(1), np.array(1.0), torch.tensor(1), np.bool_(True), True, 1])
def test_a_single_number_is_a_single_number_of_whatever_kind(one):
    assert plain(one) == 1
    assert shape(plain(one)) == ()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # brian2's own, on import
def test_quantities_of_brian2_count_in_base_units():
    import brian2  # takes a second

    assert plain([1, 2] * brian2.mV) == plain([1 * brian2.mV, 2 * brian2.mV]) == [0.001, 0.002]


@given(answer=JSON)
def test_plain_data_is_json_and_stays_as_it_is(answer):
    once = plain(answer)
    assert plain(json.loads(json.dumps(once, allow_nan=False))) == once


@pytest.mark.parametrize(("value", "name"), [(math.nan, "nan"), (-math.inf, "-inf"), (10**400, "inf")])
def test_numbers_that_json_lacks_have_a_name_and_come_back(value, name):
    assert plain([value]) == [name]
    assert flat([name]) == pytest.approx([float(name)], nan_ok=True)


@pytest.mark.parametrize("thing", [len, object(), {1, 2}, (n for n in range(3)), 1j])
def test_what_is_no_data_is_called_by_its_type(thing):
    assert plain(thing) == {"not data": type(thing).__name__}
    assert type(thing).__name__ in difference([1.0, 2.0], plain(thing)).says


def test_an_answer_too_large_or_too_deep_is_described_instead_of_kept():
    endless = []
    endless.append(endless)
    assert str(LARGEST_ANSWER) in plain(np.zeros(LARGEST_ANSWER + 1))["not data"]
    assert str(DEEPEST_ANSWER) in plain(endless)["not data"]
    assert plain(deep(DEEPEST_ANSWER)) == deep(DEEPEST_ANSWER)


def test_reading_an_answer_needs_nothing_but_the_standard_library():
    code = "import sys; sys.path[:0] = sys.argv[1:]; from autograder.beside.compare import plain; print(plain((1, 2)))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, PROJECT], capture_output=True, text=True)
    assert done.stdout == "[1, 2]\n", done.stderr


# The comparison


@given(answer=JSON)
def test_every_answer_agrees_with_itself(answer):
    answer = plain(answer)
    assert difference(answer, answer) is None


@given(expected=ROWS, answer=JSON)
@example(expected=[1.0, 2.0], answer=[10**400, 1])
@example(expected=[1.0, 2.0], answer={"not data": "x" * 1000})
@example(expected=[1.0, 2.0], answer=[[], {}])
@example(expected=[1.0, 2.0], answer="\n" * 1000)
def test_whatever_comes_back_the_difference_is_one_short_sentence(expected, answer):
    found = difference(expected, answer)
    assert found is None or (0 < len(found.says) < 300 and "\n" not in found.says)


@pytest.mark.parametrize(
    "deep_one", [deep(900), {"not data": deep(900)}, [deep(900), 1.0]], ids=["list", "dict", "row"]
)
def test_an_answer_nested_too_deep_for_python_is_only_wrong(deep_one):
    assert len(difference([1.0, 2.0], deep_one).says) < 300


@given(row=ROWS, data=st.data())
def test_a_change_below_the_tolerance_is_none_and_one_above_it_is_found_where_it_is(row, data):
    place = data.draw(st.integers(0, len(row) - 1))
    allowed = RELATIVE_TOLERANCE * abs(row[place]) + ABSOLUTE_TOLERANCE * (max(map(abs, row)) or 1)
    changed = list(row)
    changed[place] = row[place] + 0.9 * allowed
    assert difference(row, changed) is None
    changed[place] = row[place] - 1.1 * allowed
    assert difference(row, changed).place == place


@given(steps=st.integers(2, 5), channels=st.integers(2, 5), data=st.data())
def test_the_index_that_is_named_is_the_one_to_look_at(steps, channels, data):
    index = data.draw(st.integers(0, steps - 1)), data.draw(st.integers(0, channels - 1))
    expected, answer = np.zeros((steps, channels)), np.zeros((steps, channels))
    answer[index] = 7
    found = difference(plain(expected), plain(answer))
    assert found.says == "7 came back at index {}, {}, expected 0".format(*index)
    assert found.place == np.ravel_multi_index(index, expected.shape)


@given(expected=ROWS, answer=ROWS, factor=st.floats(1e-9, 1e9))
def test_the_unit_of_the_numbers_does_not_matter(expected, answer, factor):
    assume(any(expected))
    scaled = difference([value * factor for value in expected], [value * factor for value in answer])
    found = difference(expected, answer)
    assert (found is None) == (scaled is None)


@given(row=ROWS)
def test_a_row_is_a_row_lying_standing_or_bare(row):
    lying, standing = [row], [[value] for value in row]
    for one in (row, lying, standing):
        for other in (row, lying, standing):
            assert difference(one, other) is None


@given(steps=st.integers(2, 6), channels=st.integers(2, 6))
def test_time_and_channels_are_not_taken_for_one_another(steps, channels):
    expected = np.arange(1.0, steps * channels + 1).reshape(steps, channels)
    found = difference(plain(expected), plain(expected.T))
    assert found is not None
    assert steps == channels or f"shape ({channels}, {steps}) came back" in found.says


def test_single_precision_over_a_thousand_steps_is_precise_enough():
    single, double = np.float32(0), 0.0
    rows = []
    for n in range(1000):
        current = math.sin(n)
        single, double = single + (np.float32(current) - single) / np.float32(20), double + (current - double) / 20
        rows.append((double, single))
    expected, answer = zip(*rows, strict=True)
    assert difference(plain(expected), plain(answer)) is None


def test_numbers_agree_to_four_figures():
    assert difference([1.0, 2.0], [1.0001, 1.9998]) is None
    assert difference([1.0, 2.0], [1.0, 2.0005]).place == 1


@given(tolerance=st.floats(1e-3, 0.5), off=st.floats(-1, 1))
def test_a_criterion_may_be_less_strict(tolerance, off):
    assume(abs(abs(off) - tolerance) > 1e-4)
    assert (difference([1.0, 1.0], [1.0, 1.0 + off], tolerance) is None) == (abs(off) < tolerance)


def test_several_parts_are_compared_one_by_one_and_the_first_that_differs_is_named():
    expected = [[1.0, 2.0], 3.0, ["spike"]]
    assert difference(expected, [[1.0, 2.0], 3.0, ["spike"]]) is None
    assert difference(expected, [[1.0, 2.0], 4.0, ["none"]]).says == "in part 2, 4 came back, expected 3"
    for other in (None, 1.0, {}, [1.0, 2.0], [[1.0, 2.0], 3.0]):
        assert difference(expected, other) is not None
    assert difference(expected, [[1.0, 2.0], 3.4, ["spike"]], tolerance=0.2) is None


@pytest.mark.parametrize("special", ["nan", "inf", "-inf"])
def test_nan_and_infinity_agree_only_with_themselves(special):
    assert difference([1.0, special], [1.0, special]) is None
    for other in {"nan", "inf", "-inf", 1.0, 1e308} - {special}:
        assert difference([1.0, special], [1.0, other]).place == 1
        assert difference([1.0, other], [1.0, special]).place == 1


def test_an_infinity_does_not_widen_the_tolerance_for_the_other_numbers():
    assert difference(["inf", 1.0], ["inf", 2.0]).place == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "is there a return?"),
        (3.0, "a single number came back, expected 2 values"),
        ([1.0, 2.0, 3.0], "3 values came back, expected 2 values"),
        ([[1.0, 2.0], [3.0, 4.0]], "shape (2, 2) came back, expected 2 values"),
        ([], "0 values came back, expected 2 values"),
        ([1.0, [2.0]], "came back where numbers of one shape were expected"),
        ([1.0, None], "came back where numbers of one shape were expected"),
        ("spike", "'spike' came back where numbers of one shape were expected"),
        ([1.0, 3.5], "3.5 came back at index 1, expected 2"),
    ],
)
def test_the_sentence_says_what_came_and_what_was_expected(answer, says):
    assert says in difference([1.0, 2.0], answer).says


@pytest.mark.parametrize(
    ("expected", "right", "wrong"), [("spike", "spike", "none"), (None, None, 0.0), ({"a": 1}, {"a": 1}, {})]
)
def test_answers_that_are_no_numbers_have_to_be_equal(expected, right, wrong):
    assert difference(expected, right) is None
    assert difference(expected, wrong) is not None


def test_what_is_left_of_terms_that_cancel_is_no_number():
    assert difference(2.8e-17, 0.0).says and difference(2.8e-17, -1.1e-17).says
    assert difference(2.8e-17, -1.1e-17, scale=0.3) is None
    assert difference(1e-3, 2e-3, scale=0.3).says  # small, and a number nevertheless


def test_a_place_is_called_by_the_names_of_its_axes():
    expected, answer = np.zeros((5, 3)), np.zeros((5, 3))
    answer[4, 1] = 7
    named = difference(expected.tolist(), answer.tolist(), names=("step", "channel"))
    assert named.says == "7 came back at step 4, channel 1, expected 0"
    assert difference([[0.0], [1.0]], [[0.0], [3.0]], names=("step", "channel")).says.startswith(
        "3 came back at step 1,"
    )
    assert difference([0.0, 1.0], [0.0, 3.0]).says.startswith("3 came back at index 1,")
    each = difference([[9, 20.0], [9, 25.0]], [[9, 20.0], [9, 30.0]], names=("try", ["steps", "rate"]))
    assert each.says == "30 came back at try 1, rate, expected 25"


def test_nan_is_told_first_since_what_else_is_wrong_may_follow_from_it():
    found = difference([1.0, 2.0, 3.0, 4.0], [1.5, 2.0, "nan", "nan"], names=("step",))
    assert (found.says, found.place) == ("nan came back at step 2, expected 3", 2)


def test_complex_numbers_are_called_so():
    assert difference(1.0, plain(1j)).says == "a complex number came back where numbers were expected"
    assert "a list with a complex number in it" in difference([1.0, 2.0], plain(np.array([1, 1j]))).says
