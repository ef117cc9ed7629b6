"""Python's side of a live cell: runs in the reader's browser, in the worker of ``live_worker.js``.

The folder it starts in looks like the one a student works in at home: the package ``autograder``, and the recorded
answers. So ``check`` runs here as it stands, and only its front end is another: a few lines in the place of IPython.
"""

import ast
import json
import linecache
import os
import symtable
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib.machinery import PathFinder
from io import BytesIO, TextIOBase
from types import ModuleType
from typing import Any

from autograder.check import NotYet
from autograder.probes import handing_lists

Show = Callable[[str, str], None]
"""Hands something to the page: what it is, and its text.

"printed" and "raised" are text, "verdict" is HTML, "drawn" the address of a picture; "within" is the earlier answer
that is being defined, "needs" one that has to be written, or mended, first.
"""

PRINTED_LIMIT = 10_000
"""Characters one run may print. An endless loop that prints would else fill the page before it is stopped."""
ARRAYS = ("numpy", "torch")


def modules(source: str, above: str) -> list[str]:
    """The modules from elsewhere that a text imports, or an answer above it that it calls, as in :func:`run`.

    The chapter's own imports count if they are used.
    """
    there = json.loads(above)
    texts = [source, *(text for _, text in _called(source, there["answers"]))]
    used = {name for text in texts for name in _names(text)[1]}
    lines = [line for text in texts for line in _imports(text)]
    lines += [line for line in _imports(there["given"]) if used & {one.asname or _top(one.name) for one in line.names}]
    return sorted({module for line in lines for module in _imported_by(line)})


def _imported_by(line: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(line, ast.ImportFrom):
        return set() if line.level else {_top(line.module or "")}
    return {_top(one.name) for one in line.names}


def _top(name: str) -> str:
    return name.partition(".")[0]


def _imports(text: str) -> list[ast.Import | ast.ImportFrom]:
    """The imports of a text, also those in its functions."""
    try:
        return [line for line in ast.walk(ast.parse(text)) if isinstance(line, ast.Import | ast.ImportFrom)]
    except (SyntaxError, ValueError):  # whoever runs it will say so
        return []


def run(exercise: str, source: str, question: str, above: str, arrays: bool, show: Show) -> str:
    """Run what the reader wrote and then ``question``, the line that checks it; one line on how it ended.

    ``arrays`` says whether that question hands over arrays, for which numpy has to be loaded; else it hands over lists,
    also where an earlier run has loaded numpy.

    ``above`` is JSON of what stands above it in the notebook: ``given``, the chapter's first cell, of which the imports
    count, and ``answers``, a list of ``[name, source]``, the source empty while nothing is written. Of these only those
    run that are called, by name or by something else that they define: all others may be half-written.
    """
    there = json.loads(above)
    names = {"__name__": "__main__", "input": _input} | _imported(there["given"])
    printed = _Printed(show)
    _front_end.show, _front_end.says = show, ""
    for name, text in _called(f"{source}\n{question}", there["answers"]):
        show("within", name)
        with redirect_stdout(None), redirect_stderr(None):
            fault = _execute(name, text, names) if text else None
        if fault or not text:
            show("needs", name)
            show("raised", _short(fault) if fault else "")
            return f"This needs {name}, which {f'raises {type(fault).__name__}' if fault else 'is not written yet'}."
    show("within", "")
    with redirect_stdout(printed), redirect_stderr(printed):
        fault = _execute(exercise, source, names)
        if isinstance(fault, NotImplementedError) or not fault:  # an untouched stub raises it: let check say so
            with handing_lists(not arrays):
                fault = _execute(f"check of {exercise}", question, names) or fault
    printed.flush()
    try:
        for picture in _figures():
            show("drawn", picture)
    except Exception as cannot:  # what they are drawn from is the reader's
        fault = fault or cannot
    if fault and not isinstance(fault, NotYet):  # "not yet" is what the verdict says already
        show("raised", _short(fault))
    return _front_end.says or f"Your code raised {type(fault).__name__}."


def _called(source: str, answers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the answers those that a text calls, directly or not, in their order."""
    _, wanted = _names(source)
    names = [_names(text) for _, text in answers]
    called: set[int] = set()
    while more := {n for n, (name, _) in enumerate(answers) if n not in called and wanted & {name, *names[n][0]}}:
        called |= more
        wanted |= {name for n in more for name in names[n][1]}
    return [answers[n] for n in sorted(called)]


def _names(source: str) -> tuple[set[str], set[str]]:
    """The names that a text defines, and those that it takes from elsewhere."""
    tables, defined, used = [], set(), set()
    with suppress(SyntaxError, ValueError):  # whoever runs it will say so
        tables.append(symtable.symtable(source, "<names>", "exec"))
    for number, table in enumerate(tables):
        tables += table.get_children()
        for symbol in table.get_symbols():
            if not number and (symbol.is_assigned() or symbol.is_imported()):
                defined.add(symbol.get_name())
            elif not number or symbol.is_global():
                used.add(symbol.get_name())
    return defined, used - defined


def _imported(given: str) -> dict[str, Any]:
    """The names that the imports of a text make; what the page does not have is missed when it is used."""
    names: dict[str, Any] = {}
    for line in ast.parse(given).body:
        if isinstance(line, ast.Import | ast.ImportFrom):
            try:
                exec(compile(ast.Module([line], []), "<given>", "exec"), names)
            except ImportError as fault:
                package = _top(fault.name or "")
                names |= {one.asname or _top(one.name): _Absent(package) for one in line.names}
    return names


def _execute(name: str, source: str, names: dict[str, Any]) -> BaseException | None:
    filename = f"<{name}>"
    _cells.add(filename)
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)  # tracebacks quote it
    try:
        exec(compile(source, filename, "exec"), names)
    except BaseException as fault:  # exit() too: whatever it is ends this run and no other
        return fault
    return None


def _short(fault: BaseException) -> str:
    """A traceback of the reader's own lines, the last few."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename in _cells]
    return "".join([*traceback.format_list(frames)[-4:], *traceback.format_exception_only(fault)]).rstrip()


def _figures() -> list[str]:
    """What a run has drawn, each figure as the address of its picture; the next run begins without them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    drawn = []
    for number in pyplot.get_fignums():
        file = BytesIO()
        pyplot.figure(number).savefig(file, format="png", dpi=144, bbox_inches="tight")
        drawn.append(f"data:image/png;base64,{b64encode(file.getvalue()).decode()}")
    pyplot.close("all")
    return drawn


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
    """What ``check`` wants of IPython, someone to display a verdict to; and what matplotlib looks for in it."""

    show: Show
    says = ""
    version_info = (9, 0)

    @property
    def events(self) -> "_FrontEnd":
        return self

    def register(self, event: str, function: Callable) -> None:
        """What matplotlib would draw after each cell, :func:`_figures` shows."""

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
    """In the place of what the chapter's first cell imports, and the page does not have."""

    def __getattr__(self, name: str) -> Any:
        raise _missing(self.__name__)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise _missing(self.__name__)


class _Missing:
    """The last to be asked for a module."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if "." not in name:
            raise _missing(name)


def _missing(name: str) -> ModuleNotFoundError:
    instead = "use lists" if name in ARRAYS else "do without"
    return ModuleNotFoundError(f"{name} isn't in the page: {instead}, or take the notebook home", name=name)


def _input(prompt: object = "") -> str:
    raise EOFError("nobody can be asked in the page: write the value into the code")


os.environ["MPLBACKEND"] = "agg"  # figures become pictures at the end of a run

_cells: set[str] = set()
"""What the reader's own code is called in tracebacks."""

_front_end = _FrontEnd("IPython")
sys.modules |= {"IPython": _front_end, "IPython.display": _front_end}
sys.meta_path.insert(sys.meta_path.index(PathFinder) + 1, _Missing())  # before Pyodide's, which advises to install
