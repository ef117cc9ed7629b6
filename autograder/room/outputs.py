"""What comes out of the room, made into a notebook's outputs. Whoever sent it is not trusted to know their form."""

import json
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.beside.words import ANSWER_MIME

SHOWN = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's outputs: no HTML or script of theirs is ever shown in a teacher's browser."""
LARGEST_OUTPUT, MOST_OUTPUTS = 4 << 20, 300
"""Bytes and outputs of one cell that are kept, answers not counted; the rest is left out."""


class Outputs:
    """The outputs of one cell as they come: the answers of a check, and as much of the rest as is worth keeping."""

    def __init__(self, *, answers: bool) -> None:
        self._answers = answers
        self.kept: list[dict[str, Any]] = []
        self._size = self._count = 0

    def add(self, output: dict[str, Any], size: int) -> None:
        data = output.get("data")
        if isinstance(data, dict) and ANSWER_MIME in data:
            if self._answers:
                self.kept.append(output)
            return
        self._size += size
        self._count += 1
        if self._size <= LARGEST_OUTPUT and self._count <= MOST_OUTPUTS:
            self.kept.append(output)
        elif self._count <= MOST_OUTPUTS + 1:
            text = "... more output of this cell is left out\n"
            self.kept.append({"output_type": "stream", "name": "stdout", "text": text})
            self._count = MOST_OUTPUTS + 1


def frame_in(line: bytes) -> dict[str, Any]:
    """One reply as data that any JSON file can hold; {} for what is none: whoever sent it is not trusted to know."""
    try:
        frame = json.loads(line)
        whole = json.dumps(frame, ensure_ascii=False).encode(errors="replace")
        return json.loads(whole) if _flat(frame) else {}
    except (ValueError, RecursionError):
        return {}


def _flat(frame: Any, levels: int = 32) -> bool:
    """Whether a reply is a dict and not nested deeper than anything that is read from it."""

    def within(value: Any, left: int) -> bool:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return left > 0 and all(within(part, left - 1) for part in parts)

    return isinstance(frame, dict) and within(frame, levels)


def output_from(frame: dict[str, Any], count: int) -> NotebookNode | None:
    """An output made anew from the fields it should have, with what may be shown; None if it has them not."""

    def text(name: str) -> str:
        return frame[name] if isinstance(frame.get(name), str) else ""

    kind = frame.get("output_type")
    if kind == "stream":
        return new_output("stream", name="stderr" if text("name") == "stderr" else "stdout", text=text("text"))
    if kind == "error":
        lines = frame.get("traceback")
        traceback = [str(line) for line in lines[:50]] if isinstance(lines, list) else []
        return new_output("error", ename=text("ename"), evalue=text("evalue"), traceback=traceback)
    if kind in ("display_data", "execute_result") and isinstance(frame.get("data"), dict):
        data = {mime: value for mime, value in frame["data"].items() if mime in SHOWN and isinstance(value, str)}
        if isinstance(frame["data"].get(ANSWER_MIME), dict):
            data[ANSWER_MIME] = frame["data"][ANSWER_MIME]
        counted = {"execution_count": count} if kind == "execute_result" else {}
        return new_output(kind, data, **counted) if data else None
    return None
