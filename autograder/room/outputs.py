"""What comes out of the room, made into a notebook's outputs. Whoever sent it is not trusted to know their form."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.beside.words import ANSWER_MIME

SHOWN = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's outputs: no HTML or script of theirs is ever shown in a teacher's browser."""
LARGEST_OUTPUT, MOST_OUTPUTS = 4 << 20, 300
"""Bytes and outputs of one cell that are kept, answers not counted; the rest is left out."""
SMALLEST_OUTPUT = 1000
"""What any output takes at least, once it is read."""
LARGEST_ANSWERS = 12 << 20
"""Weight of the answers of one check cell that are kept; the largest that is asked for weighs about 40 kB."""
LEFT_OUT = "... more output of this cell is left out\n"


@dataclass
class Space:
    """What is left of the room for all outputs of a notebook, in bytes, and for all its answers, by their weight."""

    outputs: int = 16 << 20
    answers: int = 32 << 20


class Outputs:
    """The outputs of one cell as they come: the answers of a check, and as much of the rest as is worth keeping.

    An answer counts if it is one to ``exercise`` and carries the nonce of its case. The runner sends each once: of a
    case that is answered twice at least one answer is forged, and neither counts.
    """

    def __init__(self, space: Space, exercise: str = "", nonces: Sequence[str] = ()) -> None:
        self._space, self._exercise, self._nonces = space, exercise, nonces
        self._answers: dict[int, NotebookNode | None] = {}
        self._shown: list[NotebookNode] = []
        self._room, self._answers_room, self._left_out = LARGEST_OUTPUT, LARGEST_ANSWERS, False

    def add(self, output: dict[str, Any], line: bytes) -> None:
        """Keep an output that came as ``line``, if it is one and there is room for it."""
        data = output.get("data")
        if isinstance(data, dict) and ANSWER_MIME in data:
            self._add_answer(output, data[ANSWER_MIME], weight(line))
        elif made := output_from(output):
            self._add_shown(made, max(len(line), SMALLEST_OUTPUT))

    def kept(self, *, answers: bool) -> list[NotebookNode]:
        """What is worth keeping, with the answers or without."""
        return self._shown + [one for one in self._answers.values() if one and answers]

    def all_answered(self) -> bool:
        """Whether each question has its answer."""
        return 0 < len(self._nonces) == len(self._answers)

    def _add_answer(self, output: dict[str, Any], given: Any, size: int) -> None:
        if not isinstance(given, dict) or given.get("exercise") != self._exercise:
            return
        case, nonce = given.get("case"), given.pop("nonce", None)
        if type(case) is not int or case not in range(len(self._nonces)) or nonce != self._nonces[case]:
            return
        if size <= min(self._answers_room, self._space.answers):
            self._answers_room -= size
            self._space.answers -= size
            self._answers[case] = None if case in self._answers else output_from(output)

    def _add_shown(self, made: NotebookNode, size: int) -> None:
        if size <= min(self._room, self._space.outputs) and len(self._shown) < MOST_OUTPUTS and not self._left_out:
            self._room -= size
            self._space.outputs -= size
            self._shown.append(made)
        elif not self._left_out:
            self._left_out = True
            self._shown.append(new_output("stream", name="stdout", text=LEFT_OUT))


def weight(data: bytes) -> int:
    """About the bytes that some JSON takes once it is read: an empty list has two in a file and sixty in memory."""
    return len(data) + 32 * sum(map(data.count, (b",", b"[", b"{")))


def frame_in(line: bytes) -> dict[str, Any]:
    """One reply as data that any JSON file can hold; {} for what is none: whoever sent it is not trusted to know."""
    if weight(line) > LARGEST_ANSWERS:
        return {}
    try:
        frame = json.loads(line)
        if b"\\u" in line:  # perhaps half of a surrogate pair: JSON can hold one, no file can
            frame = json.loads(json.dumps(frame, ensure_ascii=False).encode(errors="replace"))
        return frame if _flat(frame) else {}
    except (ValueError, RecursionError):
        return {}


def _flat(frame: Any, levels: int = 32) -> bool:
    """Whether a reply is a dict and not nested deeper than anything that is read from it."""

    def within(value: Any, left: int) -> bool:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return left > 0 and all(within(part, left - 1) for part in parts)

    return isinstance(frame, dict) and within(frame, levels)


def output_from(frame: dict[str, Any]) -> NotebookNode | None:
    """An output made anew from the fields it should have, with what may be shown; None if it has them not."""

    def text(name: str) -> str:
        return frame[name] if isinstance(frame.get(name), str) else ""

    kind = frame.get("output_type")
    if kind == "stream":
        return new_output("stream", name="stderr" if text("name") == "stderr" else "stdout", text=text("text"))
    if kind == "error":
        lines = frame.get("traceback")
        traceback = [line for line in lines[:50] if isinstance(line, str)] if isinstance(lines, list) else []
        return new_output("error", ename=text("ename"), evalue=text("evalue"), traceback=traceback)
    if kind in ("display_data", "execute_result") and isinstance(frame.get("data"), dict):
        data = {mime: value for mime, value in frame["data"].items() if mime in SHOWN and isinstance(value, str)}
        if isinstance(frame["data"].get(ANSWER_MIME), dict):
            data = {ANSWER_MIME: frame["data"][ANSWER_MIME]}
        return new_output(kind, data) if data else None
    return None
