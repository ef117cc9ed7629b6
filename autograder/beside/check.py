"""``check``: the cell under each exercise.

It compares with the answers recorded beside the notebook and says at once what is right. Where a notebook is graded
``autograder.room.inside.runner`` takes its place: it puts the same questions in the same way, to other
inputs, and says nothing, for nobody in that process knows what is right.
"""

import json
import os
import sys
import traceback
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import probes
from autograder.beside.compare import plain
from autograder.beside.display import as_html, as_text, headline
from autograder.beside.lists import is_handed_lists
from autograder.beside.records import Answer, Asked, Record
from autograder.beside.verdict import Answers, Verdict, verdict

RECORDED = "LEARNING_TO_SPIKE_RECORDED"
"""Environment variable: the folder of the recorded answers, if it is not the notebook's own."""
RECORD_SUFFIX = ".recorded.json"
SMALL = 2000
"""Characters of the inputs of a question whose answer is kept, to see later whether it is still the same."""


_ended: dict[str, str] = {}
"""How each exercise ended that was checked in this process."""


class NotYet(Exception):
    """An exercise is not right yet. Shown as one line: the verdict above it says the rest."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


NotYet.__module__ = "builtins"  # so that every front end shows "NotYet: ..." and not a path of modules


def check(exercise: str, thing: Any) -> None:
    """Put the questions of ``exercise`` to ``thing`` and show the verdict.

    Raises
    ------
    NotYet : if a criterion is not met, so that nbgrader's Validate and autograde see it too.
    LookupError : if no recorded answers for ``exercise`` lie beside the notebook.
    """
    record = _recorded(exercise)
    found = verdict(record, Answers(dict(answers_to(record, thing))), ended=_ended)
    _ended[exercise] = found.status
    _show(found)
    if found.status != "passed":
        raise NotYet(headline(found)) from None


def answers_to(asked: Asked | Record, thing: Any) -> Iterator[tuple[int, Answer]]:
    """The answer of ``thing`` to each question, with its number, one by one.

    One question is asked once more at the end, and answers with the number after the last: ``again`` is what it is
    answered now, ``copied`` the same with copies of what the probe has made, ``filled`` whether an earlier answer is
    another by now, and ``changed`` whether an input is.
    """
    cases, again, kept = asked["cases"], asked.get("again"), list[tuple[Any, Answer]]()
    known: dict[str, Answer] = {}
    for number, case in enumerate(cases):
        inputs = json.dumps(case["inputs"])
        if inputs not in known:  # of one answer several criteria may look at a part each
            came: list[Any] = []
            known[inputs] = answer(asked["probe"], thing, case["inputs"], came)
            kept += [(one, known[inputs]) for one in came if len(inputs) <= SMALL]
        yield number, known[inputs]
    if again is not None and "answer" in (first := known[json.dumps(cases[again]["inputs"])]):
        filled = any(plain(one) != given.get("answer") for one, given in kept)
        with probes.inputs_watched() as handed, probes.copying() as copies:
            copied = second = answer(asked["probe"], thing, cases[again]["inputs"])
        if copies and copied != first:
            second = answer(asked["probe"], thing, cases[again]["inputs"])
        changes = handed.changed()
        for axes in range(1, handed.axes_of_whole_numbers() + 1):  # a row may be places in an array: no float can be
            with probes.inputs_watched(floats_from=axes) as in_floats:
                as_floats = answer(asked["probe"], thing, cases[again]["inputs"])
            changes = changes or in_floats.changed()
            if "answer" in as_floats:
                break
        yield len(cases), {"answer": {"again": second, "copied": copied, "filled": filled, "changed": changes}}


def answer(probe: str, thing: Any, inputs: dict[str, Any], keep: list | None = None) -> Answer:
    """One question put to one object: ``{"answer": plain data}``, or what it raised.

    The dots of an untouched stub (``name = ...``) count as not implemented. What came back goes to ``keep`` as it is.
    """
    if thing is ...:
        return {"raised": "NotImplementedError", "says": ""}
    try:
        with probes.handing_lists(is_handed_lists(thing)):
            came = probes.named(probe)(thing, inputs)
        if keep is not None:
            keep.append(came)
        return {"answer": plain(came)}
    except (Exception, SystemExit) as error:
        return {"raised": type(error).__name__, "says": _where(error)}


def _where(error: BaseException) -> str:
    """The message of an error with the line of the student's own that it came from."""
    not_theirs = (str(Path(__file__).parents[1]), sys.prefix, sys.base_prefix, "<frozen")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line for frame in frames if frame.line and not frame.filename.startswith(not_theirs)]
    try:
        said = " ".join(str(error).split())[:300]
    except Exception:  # the error is the student's own, and so is the text it makes of itself
        said = ""
    return f"{said} (in: {lines[-1].strip()[:80]})".strip() if lines else said


def _recorded(exercise: str) -> Record:
    folder = Path(os.environ.get(RECORDED, "."))
    beside_this = Path(__file__).parents[2]  # should the notebook have gone elsewhere
    for path in (path for place in (folder, beside_this) for path in sorted(place.glob("*" + RECORD_SUFFIX))):
        state = path.stat()
        records = _read(path, (state.st_ino, state.st_mtime_ns, state.st_size))
        if exercise in records:
            return records[exercise]
    raise LookupError(
        f"no recorded answers for {exercise!r} in {folder.resolve()}: keep the notebook in the folder it came in, "
        f"beside its *{RECORD_SUFFIX}"
    )


@lru_cache(maxsize=20)
def _read(path: Path, state: tuple[int, int, int]) -> dict[str, Record]:
    """A chapter's records, read again only if the file was changed: it has a megabyte, and each check asks for it."""
    records: dict[str, Record] = json.loads(path.read_text())
    return records


def _show(found: Verdict) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        get_ipython = None
    if get_ipython is None or get_ipython() is None:
        print(as_text(found))
    else:
        display({"text/html": as_html(found), "text/plain": as_text(found)}, raw=True)
