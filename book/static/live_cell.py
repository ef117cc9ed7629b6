"""Python's side of a live cell: runs in the reader's browser, in the worker of ``live_worker.js``.

The folder it starts in looks like the one a student works in at home: the package ``autograder``, and the recorded
answers. So ``check`` runs here as it stands, and only its front end is another: a few lines in the place of IPython.
"""

import cmath
import linecache
import math
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import PathFinder
from io import TextIOBase
from types import ModuleType
from typing import Any

from autograder.check import NotYet, check

Show = Callable[[str, str], None]
"""Hands something to the page: what it is ("printed", "verdict" or "raised"), and its text or HTML."""

PRINTED_LIMIT = 10_000
"""Characters one run may print. An endless loop that prints would else fill the page before it is stopped."""
ARRAYS = ("numpy", "torch")


def run(exercise: str, source: str, question: str, show: Show) -> str:
    """Run what the reader wrote and then ``question``, the line that checks it; one line on how it ended."""
    printed = _Printed(show)
    _front_end.show, _front_end.says = show, ""
    with redirect_stdout(printed), redirect_stderr(printed):
        fault = _execute(exercise, source)
        if isinstance(fault, NotImplementedError) or not fault:  # an untouched stub raises it: let check say so
            fault = _execute(f"check of {exercise}", question) or fault
    printed.flush()
    if fault and not isinstance(fault, NotYet):  # "not yet" is what the verdict says already
        show("raised", _short(fault))
    return _front_end.says or f"Your code raised {type(fault).__name__}."


def repeat(exercise: str, source: str) -> None:
    """Define again what an earlier run defined, without a word; for a Python that was started anew."""
    with redirect_stdout(None), redirect_stderr(None):
        _execute(exercise, source)


def _execute(name: str, source: str) -> BaseException | None:
    filename = f"<{name}>"
    _cells.add(filename)
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)  # tracebacks quote it
    try:
        exec(compile(source, filename, "exec"), _namespace)
    except BaseException as fault:  # exit() too: whatever it is ends this run and no other
        return fault
    return None


def _short(fault: BaseException) -> str:
    """A traceback of the reader's own lines, the last few."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename in _cells]
    return "".join([*traceback.format_list(frames)[-4:], *traceback.format_exception_only(fault)]).rstrip()


class _Printed(TextIOBase):
    """Standard output: shown line by line, so that something is seen of a loop that does not end."""

    def __init__(self, show: Show) -> None:
        self._show, self._waiting, self._room = show, "", PRINTED_LIMIT

    def write(self, text: str) -> int:
        kept = text[: self._room]
        self._room -= len(kept)
        self._waiting += kept
        if kept and not self._room:
            self._waiting += "\n… and more, which is not shown"
        if "\n" in self._waiting or len(self._waiting) > 500:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self._waiting:
            self._show("printed", self._waiting)
            self._waiting = ""


class _FrontEnd(ModuleType):
    """What ``check`` wants of IPython: someone to display a verdict to."""

    show: Show
    says = ""

    def get_ipython(self) -> ModuleType:
        return self

    def display(self, *things: Any, raw: bool = False) -> None:
        for thing in things:
            if raw and "text/html" in thing:
                self.says = thing["text/plain"].splitlines()[0]
                self.show("verdict", thing["text/html"])
            else:
                print(thing)


class _Absent(ModuleType):
    """In the place of a package that the chapter's first cell imports, and the page does not have."""

    def __getattr__(self, name: str) -> Any:
        raise _missing(self.__name__)


class _Missing:
    """The last to be asked for a module."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if "." not in name:
            raise _missing(name)


def _missing(name: str) -> ModuleNotFoundError:
    instead = "use lists" if name in ARRAYS else "it has only Python's own modules. Do without"
    return ModuleNotFoundError(f"{name} isn't in the page: {instead}, or take the notebook home", name=name)


def _input(prompt: object = "") -> str:
    raise EOFError("nobody can be asked in the page: write the value into the code")


_namespace: dict[str, Any] = {"__name__": "__main__", "check": check, "np": _Absent("numpy"), "input": _input}
_namespace |= {"math": math, "cmath": cmath}
"""The names of the page, shared by its exercises, as after the first cell of the chapter."""

_cells: set[str] = set()
"""What the reader's own code is called in tracebacks."""

_front_end = _FrontEnd("IPython")
sys.modules |= {"IPython": _front_end, "IPython.display": _front_end}
sys.meta_path.insert(sys.meta_path.index(PathFinder) + 1, _Missing())  # before Pyodide's, which advises to install
