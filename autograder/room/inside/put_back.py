"""What the cell runner stands on, put back after every cell.

A cell may give ``json.dumps`` or ``compile`` another meaning, by accident or not. It keeps what that earns; its
student's other exercises shall not pay for it. Nothing is protected by this: whoever digs deeper breaks the process,
and then answers are missing.
"""

from collections.abc import Iterable
from typing import Any

_vars, _setattr, _delattr, _getattr, _callable, _type = vars, setattr, delattr, getattr, callable, type
_MISSING = object()


class Intact:
    """The attributes of some modules, classes and objects as they are now, to be put back later.

    Attributes that were added since stay, unless they hide a method; those that mean something else or are gone come
    back. Objects must have a ``__dict__``.
    """

    def __init__(self, things: Iterable[Any]) -> None:
        self._kept = [(thing, dict(_vars(thing))) for thing in things]

    def put_back(self) -> None:
        """Make every kept attribute what it was."""
        for thing, attributes in self._kept:
            now = _vars(thing)
            for name in [*now]:
                if name not in attributes and _callable(_getattr(_type(thing), name, None)):
                    _delattr(thing, name)
            for name, value in attributes.items():
                if now.get(name, _MISSING) is not value:
                    _setattr(thing, name, value)
