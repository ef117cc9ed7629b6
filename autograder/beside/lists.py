"""Functions that were written where there is no numpy: in the published page. Ships to students."""

from collections.abc import Callable
from functools import wraps
from typing import Any

_MARK = "is_handed_lists"


def with_lists(function: Callable) -> Callable:
    """A function that is handed lists in the place of arrays: by ``check`` as in the page, and by whoever calls it."""
    if not callable(function):
        return function  # an exercise may ask for a list itself

    @wraps(function)
    def handed_lists(*values: Any, **named: Any) -> Any:
        return function(*map(_as_list, values), **{name: _as_list(value) for name, value in named.items()})

    setattr(handed_lists, _MARK, True)
    return handed_lists


def is_handed_lists(thing: Any) -> bool:
    """Whether something asks for lists in the place of arrays."""
    return getattr(thing, _MARK, False) is True


def _as_list(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value
