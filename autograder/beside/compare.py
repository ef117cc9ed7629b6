"""Answers as plain data, and whether two of them say the same.

Standard library only: an answer may be a list, a numpy array, a torch tensor or a scalar of any of
them, and none of those packages is imported to read it.
"""

import math
import reprlib
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

RELATIVE_TOLERANCE = 1e-4
"""Of each number: wide enough for float32 over a thousand steps, narrow enough for every misconception."""
ABSOLUTE_TOLERANCE = 1e-5
"""Of the largest expected number: what a float32 sum may lose where the answer passes through zero."""
ROUNDING = 1e-6
"""Of the scale of what is added up, whatever is left of it: what is smaller than that is rounding, and no number."""

LARGEST_ANSWER = 200_000
"""Numbers in one answer; more is described instead of kept."""
DEEPEST_ANSWER = 16
"""Lists within lists in one answer; what is deeper is described instead of kept."""

Names = Sequence[str | Sequence[str]]
"""What a place along each axis is called: see :func:`difference`."""


_NUMBERS = {bool, int, float}
"""Rows of nothing else, as most are, need no look at each number by itself."""


class _TooMuch(Exception):
    """An answer is too large to be kept; the message says what it is."""


def plain(value: Any) -> Any:
    """``value`` as nested lists of numbers, strings and None that JSON can hold.

    Containers do not matter: anything with ``tolist`` (numpy, torch, ...) and any sequence becomes a list. Numbers that
    JSON lacks become the strings "nan", "inf" and "-inf". Anything else becomes ``{"not data": type name}``.
    """
    try:
        return _plain(value, [LARGEST_ANSWER], DEEPEST_ANSWER)
    except _TooMuch as what:
        return {"not data": str(what)}


def _plain(value: Any, room: list[int], depth: int) -> Any:
    room[0] -= 1
    if room[0] < 0:
        raise _TooMuch(f"collection of more than {LARGEST_ANSWER} numbers")
    if depth < 0:
        raise _TooMuch(f"list of lists more than {DEEPEST_ANSWER} deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**63:
        return int(value)
    if isinstance(value, (int, float)):
        number = _float(value)
        return number if math.isfinite(number) else str(number)
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(part, room, depth - 1) for key, part in value.items()}
    if hasattr(value, "tolist"):
        listed = value.tolist()
        if type(listed) is type(value):  # a number with a unit (brian2) stays one: its value in base units counts
            listed = float(listed)
        return _plain(listed, room, depth)
    if isinstance(value, list) and depth > 0 and len(value) <= room[0] and _as_they_are(value):
        room[0] -= len(value)
        return value.copy()
    if isinstance(value, Sequence):
        return [_plain(part, room, depth - 1) for part in value]
    if hasattr(value, "__float__"):  # Fraction, Decimal, sympy's numbers
        return _plain(_float(value), room, depth)
    return {"not data": type(value).__name__}


def _as_they_are(row: list) -> bool:
    """Whether :func:`_plain` leaves each number of a row as it is, found without a look at each by itself."""
    kinds = {*map(type, row)}
    return (
        all(map(math.isfinite, row)) if kinds == {float} else kinds == {int} and -(2**63) < min(row) <= max(row) < 2**63
    )


def shape(answer: Any, depth: int = DEEPEST_ANSWER) -> tuple[int, ...] | None:
    """The shape of nested lists; () for a number, None for what is ragged or holds something else than numbers.

    ``answer`` may be any JSON: what comes out of a student's process need not have been through :func:`plain`. What is
    more than ``depth`` lists deep has no shape.
    """
    axes, level = list[int](), [answer]
    while {*map(type, level)} == {list}:
        lengths = {*map(len, level)}
        if len(lengths) > 1 or len(axes) == depth:
            return None
        axes += lengths
        level = [*chain.from_iterable(level)]
    return tuple(axes) if {*map(type, level)} <= _NUMBERS or None not in map(_number, level) else None


def flat(answer: Any) -> list[float]:
    """The numbers of nested lists, in order; TypeError for anything else in them."""
    parts = _joined(answer)
    if {*map(type, parts)} <= _NUMBERS:
        with suppress(OverflowError):
            return [*map(float, parts)]
    numbers: list[float] = []
    for part in parts:
        number = _number(part)
        if number is None and not isinstance(part, list):
            raise TypeError(f"a {type(part).__name__} is no number")
        numbers += flat(part) if number is None else [number]
    return numbers


def _joined(answer: Any) -> list:
    """What is in nested lists, levels joined from outside inwards for as long as nothing but lists is in them."""
    parts = [answer]
    for _ in range(DEEPEST_ANSWER + 1):
        if {*map(type, parts)} != {list}:
            return parts
        parts = [*chain.from_iterable(parts)]
    raise TypeError(f"what is more than {DEEPEST_ANSWER} lists deep holds no numbers")


def _number(value: Any) -> float | None:
    if isinstance(value, (bool, int, float)):
        return _float(value)
    return float(value) if value in ("nan", "inf", "-inf") else None


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:  # an integer beyond the largest float
        return math.inf if value > 0 else -math.inf


class Difference(NamedTuple):
    """Where an answer leaves what was expected: a sentence for the student, and the place in ``flat`` order if any."""

    says: str
    place: int | None = None


def largest(answer: Any) -> float:
    """The largest finite number in an answer, without its sign; 0 if there is none."""
    parts = _joined(answer)
    if {*map(type, parts)} == {float} and math.isfinite(most := max(map(abs, parts))):
        return most
    sizes = (largest(part) if isinstance(part, list) else abs(_number(part) or 0.0) for part in parts)
    return max(filter(math.isfinite, sizes), default=0.0)


def difference(
    expected: Any,
    answer: Any,
    tolerance: float = RELATIVE_TOLERANCE,
    scale: float = 0.0,
    names: Names = (),
) -> Difference | None:
    """None where ``answer`` says the same as ``expected``, else what is different.

    Numbers agree within ``tolerance`` of each and ``ABSOLUTE_TOLERANCE`` of the largest expected (of 1 where all are
    zero); and within ``ROUNDING`` of ``scale``, the size of what was added up to them. Axes of length one do not
    count: (T,), (1, T) and (T, 1) are the same row. Several parts of different shapes are compared one by one.
    ``names`` are what a place along each axis is called: with ("step", "channel") one is "step 4, channel 0", and with
    ("try", ["steps", "rate"]) it is "try 4, steps".
    """
    if expected == answer:
        return None
    if answer is None and expected is not None:
        return Difference("nothing came back (None): is there a return?")
    if isinstance(answer, dict) and isinstance(answer.get("not data"), str):
        return Difference(f"a {_kind(answer)} came back where numbers were expected")
    wanted, got = shape(expected), shape(answer)
    if wanted is None and isinstance(expected, list):
        return _difference_of_parts(expected, answer, tolerance, scale, names)
    if wanted is None:
        return None if expected == answer else Difference(f"{_short(answer)} came back, expected {_short(expected)}")
    if got is None:
        odd = _not_data_in(answer)
        what = f"a list with a {odd} in it" if odd else _short(answer)
        return Difference(f"{what} came back where numbers of one shape were expected")
    if _long_axes(wanted) != _long_axes(got):
        return Difference(f"{_shape_in_words(got)} came back, expected {_shape_in_words(wanted)}")
    least = max(ABSOLUTE_TOLERANCE * (largest(expected) or 1.0), ROUNDING * scale)
    pairs = list(zip(flat(expected), flat(answer), strict=True))
    apart = [place for place, pair in enumerate(pairs) if not agree(*pair, least, tolerance)]
    if not apart:
        return None
    place = next((place for place in apart if math.isnan(pairs[place][1])), apart[0])  # what else is wrong may follow
    one, other = pairs[place]
    at = "" if len(pairs) == 1 else f" at {_place(place, wanted, names)}"
    return Difference(f"{other:.6g} came back{at}, expected {one:.6g}", place)


def _kind(answer: dict) -> str:
    """What something is that is no data, as one says it after "a"."""
    name = str(answer.get("not data", ""))[:80]
    return "complex number" if name == "complex" else name


def _not_data_in(answer: Any, depth: int = DEEPEST_ANSWER) -> str:
    """The name of the first thing in nested lists that is no data; "" if there is none."""
    if isinstance(answer, list):
        return next((odd for part in answer if (odd := _not_data_in(part, depth - 1))), "") if depth else ""
    return _kind(answer) if isinstance(answer, dict) else ""


def _difference_of_parts(
    expected: list, answer: Any, tolerance: float, scale: float, names: Names
) -> Difference | None:
    if not isinstance(answer, list) or len(answer) != len(expected):
        return Difference(f"{_short(answer)} came back where {len(expected)} parts were expected")
    for number, (one, other) in enumerate(zip(expected, answer, strict=True)):
        found = difference(one, other, tolerance, scale, names)
        if found:
            return Difference(f"in part {number + 1}, {found.says}")
    return None


def agree(expected: float, answer: float, least: float, tolerance: float) -> bool:
    """Whether two numbers are the same within ``least``, or ``tolerance`` of what is expected."""
    if not (math.isfinite(expected) and math.isfinite(answer)):
        return expected == answer or (math.isnan(expected) and math.isnan(answer))
    return abs(expected - answer) <= tolerance * abs(expected) + least


def _long_axes(axes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(length for length in axes if length != 1)


def _place(place: int, axes: tuple[int, ...], names: Names) -> str:
    """A place in ``flat`` order by the names of its axes; without them as one would write it between brackets."""
    index: list[int] = []
    for length in reversed(axes):
        place, last = divmod(place, length)
        index.insert(0, last)
    long = [n for n, length in enumerate(axes) if length != 1]
    if len(names) < len(axes):
        return "index " + ", ".join(str(index[n]) for n in long)
    return ", ".join(called(names[n], index[n]) for n in long)


def called(name: str | Sequence[str], number: int) -> str:
    """What a place along an axis is called."""
    return f"{name} {number}" if isinstance(name, str) else name[number]


def shown_shape(answer: Any) -> str:
    """What kind of thing came back, in a few words."""
    axes = shape(answer)
    return _short(answer) if axes is None else _shape_in_words(axes)


def _shape_in_words(axes: tuple[int, ...]) -> str:
    if not axes:
        return "a single number"
    return f"{axes[0]} values" if len(axes) == 1 else "shape (" + ", ".join(map(str, axes)) + ")"


_LOOK = reprlib.Repr()
_LOOK.maxstring = 60


def _short(answer: Any) -> str:
    text = _LOOK.repr(answer)
    return text if len(text) <= 60 else text[:57] + "..."
