"""How a question is put to an object: the same way to a student's and to the reference.

Runs in one process with either, and ships. A probe is a function ``probe(object, inputs) -> answer`` that returns what
came back, raw: never a score, nor a number that is judged. What is made of a raw answer by those who judge it stands
beside the probe: a measure ``(inputs, answer) -> what is compared``, or a condition ``(inputs, answer) -> fault``. The
probes every chapter can use are here; a chapter that needs its own has them in the module of its name.
"""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from importlib import import_module
from typing import Any

from autograder.beside.compare import flat, plain, shape


def array(values: Any, dtype: str = "") -> dict:
    """An input that arrives as a numpy array if the student's code has numpy, and as nested lists if it has not.

    So does every list of numbers of one shape, as it stands; ``dtype`` is for those that have no numbers in them.
    """
    return {"array": values} | ({"dtype": dtype} if dtype else {})


def as_list(values: Any) -> dict:
    """An input that arrives as a list: only where the docstring promises that, and in one criterion at most."""
    return {"list": values}


def unwrapped(value: Any) -> Any:
    """One recorded input without the word on how it arrives."""
    return next(iter(value.values())) if isinstance(value, dict) and {*value} & {"array", "list"} else value


def given(value: Any) -> Any:
    """One recorded input as the student's code receives it: a fresh object, so that nobody's changes reach another."""
    made = _fresh(value)
    for handed in _watching:
        made = handed.take(value, made)
    return made


def _fresh(value: Any) -> Any:
    values, said = unwrapped(value), value if isinstance(value, dict) else {}
    numpy = None if _lists_only[-1] else sys.modules.get("numpy")
    if isinstance(values, list) and "list" not in said and numpy is not None and shape(values) is not None:
        return numpy.array(values, dtype=said.get("dtype"))
    if not isinstance(values, list):
        return values
    return [_fresh(part if isinstance(part, dict) else as_list(part)) for part in values]


class Handed:
    """The inputs that were handed over while somebody watched, each beside its record."""

    def __init__(self, floats_from: float) -> None:
        self.floats_from = floats_from
        self.inputs: list[tuple[Any, Any]] = []

    def take(self, value: Any, made: Any) -> Any:
        """What is handed over for ``made``."""
        if _whole_numbers(made) and made.ndim >= self.floats_from:
            made = made.astype(float)
        self.inputs.append((value, made))
        return made

    def changed(self) -> bool:
        """Whether one of them is another now."""
        return any(plain(made) != plain(_fresh(value)) for value, made in self.inputs)

    def axes_of_whole_numbers(self) -> int:
        """The most axes that an array of whole numbers among them has; 0 if there is none."""
        return max((made.ndim for _, made in self.inputs if _whole_numbers(made)), default=0)


def _whole_numbers(made: Any) -> bool:
    return getattr(made, "dtype", "") in ("int64", "int32")


_lists_only: list[bool] = [False]


@contextmanager
def handing_lists(only: bool) -> Iterator[None]:
    """While this lasts, arrays arrive as lists if ``only`` they are wanted, here or by whoever called this."""
    _lists_only.append(only or _lists_only[-1])
    try:
        yield
    finally:
        _lists_only.pop()


_watching: list[Handed] = []


@contextmanager
def inputs_watched(floats_from: float = math.inf) -> Iterator[Handed]:
    """While this lasts, the inputs that are handed over are kept.

    Arrays of whole numbers with ``floats_from`` axes or more arrive as floats. numpy.asarray(values, dtype=float) is a
    copy of whole numbers, and the very same array where they are floats: only there a change of it reaches the caller.
    """
    handed = Handed(floats_from)
    _watching.append(handed)
    try:
        yield handed
    finally:
        _watching.pop()


_copies: list[list[Any]] = []


@contextmanager
def copying() -> Iterator[list[Any]]:
    """While this lasts, ``copied`` gives copies; what is copied stands in what this gives."""
    made: list[Any] = []
    _copies.append(made)
    try:
        yield made
    finally:
        _copies.remove(made)


def copied(thing: Any) -> Any:
    """An object that a probe uses for a while: itself, or a copy where it is asked once more and a copy has to do."""
    for made in _copies:
        made.append(thing)
        thing = deepcopy(thing)
    return thing


def call(function: Callable, inputs: dict) -> Any:
    """What ``function`` returns for the inputs, in their order: a student may name the parameters otherwise."""
    return function(*(given(value) for value in inputs.values()))


def itself(thing: Any, inputs: dict) -> Any:
    """What is asked for, where that is no function, as plain data."""
    return plain(thing)


def steps(inputs: dict, signal: Any) -> Any:
    """A measure: how many steps a signal has, counted up to ``inputs["up_to"]``; without it the signal's extremes.

    A single row, (1, T), is read as (T,).
    """
    rows = signal
    while isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], list):
        rows = rows[0]
    if not isinstance(rows, list):
        return {"not data": "single number"} if shape(rows) == () else rows
    if shape(rows) is None:
        return rows
    if "up_to" in inputs:
        return min(len(rows), inputs["up_to"])
    return [min(flat(rows)), max(flat(rows))] if rows else []


def named(name: str) -> Callable[[Any, dict], Any]:
    """The probe called ``name``: one of this module, or "chapter.probe" of a chapter's own; a measure likewise."""
    chapter, _, own = name.rpartition(".")
    return getattr(import_module(f"autograder.probes.{chapter}"), own) if chapter else globals()[name]
