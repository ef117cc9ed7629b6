"""A notebook run in the sandbox, cell by cell: a pure function of the notebook and its challenge.

A cell that does not come to an end, or takes its process along, costs only itself: a new process runs the cells before
it again, and goes on with the next.
"""

import json
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder import sandbox
from autograder.cell_runner import ANSWER_MIME
from autograder.sandbox import Limits

OURS = "learning_to_spike"
"""The key of the cell metadata that says how a cell ended and what the judge found."""
SHOWN = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's outputs: no HTML or script of theirs is ever shown in a teacher's browser."""
_ALL_TOO_LONG = "the whole notebook took more than {:g} seconds"
LARGEST_REPLY, MOST_REPLIES = 32 << 20, 20_000
"""Bytes and lines that may come out of the sandbox for one cell, answers and pictures included."""
PATIENCE = 4
"""Seconds by the clock, and ten, for each second of computing that a cell may take."""
LARGEST_OUTPUT, MOST_OUTPUTS = 4 << 20, 300
"""Bytes and outputs of one cell that are kept, answers not counted; the rest is left out."""


@dataclass
class Ending:
    """How one cell ended: ``how`` is "" if it came to its end (with an error or not), else a status with its reason."""

    how: str = ""
    says: str = ""
    outputs: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Submission:
    """What is run: the cells, the questions, seconds for cells with a grade id, the folders of what lies beside."""

    notebook: NotebookNode
    questions: dict[str, Any]
    seconds: dict[str, float]
    belongings: tuple[Path, ...] = ()


class Stopped(Exception):
    """The run was given up on :func:`stop_all`."""


_STOPPED = threading.Event()
_RUNNING: set[subprocess.Popen] = set()


def stop_all() -> None:
    """End every sandbox of this process at once, and start none any more."""
    _STOPPED.set()
    for process in list(_RUNNING):
        _kill(process)


def run(submission: Submission, limits: Limits | None = None, *, unsafe: bool = False) -> NotebookNode:
    """The notebook with its outputs. A cell that was cut off has ``metadata.learning_to_spike.ended`` and ``.says``.

    ``submission.seconds`` gives the time for cells with those grade ids; other cells get ``limits.cell_seconds``.
    Raises :class:`sandbox.NoSandbox` if there is no bubblewrap, unless ``unsafe``.
    """
    limits = limits or Limits()
    notebook = deepcopy(submission.notebook)
    to_run = [cell for cell in notebook.cells if cell.cell_type == "code" and not _pictured(cell)]
    with tempfile.TemporaryDirectory() as name:
        sandbox.pack_kit(Path(name), extra=sandbox.RUNNER)

        def begin() -> _Process:
            if _STOPPED.is_set():
                raise Stopped
            process = sandbox.start(Path(name), submission.belongings, limits, unsafe=unsafe)
            return _Process(process, submission.questions, limits)

        _run_cells(to_run, submission.seconds, limits, begin)
    return notebook


def _run_cells(
    cells: list[NotebookNode], seconds: dict[str, float], limits: Limits, begin: Callable[[], "_Process"]
) -> None:
    over = time.monotonic() + limits.notebook_seconds
    process, cut_off = begin(), set()
    try:
        for number, cell in enumerate(cells):
            left = over - time.monotonic()
            if left <= 0:
                _keep(cell, Ending("timed out", _ALL_TOO_LONG.format(limits.notebook_seconds)), number + 1)
                continue
            ending = process.run(cell, seconds.get(grade_id(cell), limits.cell_seconds), left)
            _keep(cell, ending, number + 1)
            while ending.how and number + 1 < len(cells) and time.monotonic() < over:
                cut_off.add(number)
                process.close()
                process = begin()
                for earlier in range(number):
                    if earlier not in cut_off and not _is_check(cells[earlier]):
                        ending = process.run(cells[earlier], limits.cell_seconds, over - time.monotonic())
                        if ending.how:
                            cut_off.add(earlier)
                            break
                else:
                    break
    finally:
        process.close()


class _Outputs:
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


class _Process:
    """A cell runner in its sandbox, and the pipes to it."""

    def __init__(self, process: subprocess.Popen, questions: dict[str, Any], limits: Limits) -> None:
        self._process, self._limits = process, limits
        _RUNNING.add(process)
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []
        os.set_blocking(process.stdin.fileno(), False)
        deadline = time.monotonic() + limits.start_seconds
        ending = self._send(_as_line(questions), deadline) or self._until("ready", deadline)
        if ending.how:
            said = ending.says
            if ending.how == "crashed":
                said = process.stderr.read(2000).decode(errors="replace").strip() or said
            self.close()
            if _STOPPED.is_set():
                raise Stopped
            raise sandbox.NoSandbox(f"the sandbox did not start: {said}; {sandbox.HOW_TO_GET}")

    def run(self, cell: NotebookNode, seconds: float, left: float) -> Ending:
        """Run one cell for so many seconds of computing, and while there is time ``left`` for the notebook.

        What counts is computing, so that a busy machine makes no right answer late; by the clock it may be a multiple.
        """
        patience = PATIENCE * seconds + 10
        deadline = time.monotonic() + max(min(patience, left), 0)
        command = {"source": cell.source, "check": _is_check(cell), "seconds": seconds}
        ending = self._send(_as_line(command), deadline)
        ending = ending or self._until("done", deadline, answers=_is_check(cell))
        if ending.how == "timed out":
            cut_short = left < patience and time.monotonic() >= deadline
            whole = _ALL_TOO_LONG.format(self._limits.notebook_seconds)
            ending.says = whole if cut_short else f"no end after {seconds:.3g} seconds"
        return ending

    def close(self) -> None:
        """End the process and all it has started."""
        _kill(self._process)
        self._process.wait()
        _RUNNING.discard(self._process)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(BrokenPipeError):
                pipe.close()

    def _send(self, line: bytes, deadline: float) -> Ending | None:
        """None once the line is written: the other side may have stopped reading."""
        pipe = self._process.stdin.fileno()
        while line:
            if not select.select([], [pipe], [], max(deadline - time.monotonic(), 0))[1]:
                return Ending("timed out")
            try:
                line = line[os.write(pipe, line) :]
            except BrokenPipeError:
                return self._died([])
        return None

    def _until(self, last: str, deadline: float, *, answers: bool = False) -> Ending:
        """Gather outputs until the frame ``last`` comes, the time is over, the process is gone, or it says too much."""
        outputs = _Outputs(answers=answers)
        taken = lines = 0
        while True:
            while self._lines:
                line = self._lines.popleft()
                frame = _frame(line)
                lines += 1
                if last in frame:
                    return Ending(outputs=outputs.kept)
                if "flooded" in frame:
                    return self._too_much(f"more than {self._limits.output >> 20} MB were printed", outputs.kept)
                if isinstance(frame.get("output"), dict):
                    outputs.add(frame["output"], len(line))
            if lines > MOST_REPLIES:
                return self._too_much(f"more than {MOST_REPLIES} outputs", outputs.kept)
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return Ending("timed out", outputs=outputs.kept)
            piece = os.read(self._process.stdout.fileno(), 1 << 16)
            if not piece:
                return self._died(outputs.kept)
            taken += len(piece)
            if taken > LARGEST_REPLY:
                return self._too_much(f"more than {LARGEST_REPLY >> 20} MB came out", outputs.kept)
            first, *others = piece.split(b"\n")
            self._begun.append(first)
            if others:
                self._lines.append(b"".join(self._begun))
                self._lines.extend(others[:-1])
                self._begun = [others[-1]]

    def _too_much(self, says: str, outputs: list[dict[str, Any]]) -> Ending:
        return Ending("too much output", says, outputs)

    def _died(self, outputs: list[dict[str, Any]]) -> Ending:
        """The pipe is closed: the process has ended, or its code has closed what it had open and lives on."""
        try:
            code = self._process.wait(timeout=1)
            if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
                return Ending("timed out", outputs=outputs)
            how = f"ended with code {code}"
        except subprocess.TimeoutExpired:
            _kill(self._process)
            how = "closed its connection"
        return Ending("crashed", f"the process that ran the cell {how}", outputs)


def _as_line(command: dict[str, Any]) -> bytes:
    return json.dumps(command).encode() + b"\n"


def _kill(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _frame(line: bytes) -> dict[str, Any]:
    """One reply as data that any JSON file can hold; {} for what is none: whoever sent it is not trusted to know."""
    try:
        frame = json.loads(line)
        return json.loads(json.dumps(frame, ensure_ascii=False).encode(errors="replace")) if _flat(frame) else {}
    except (ValueError, RecursionError):
        return {}


def _flat(frame: Any, levels: int = 32) -> bool:
    """Whether a reply is a dict and not nested deeper than anything that is read from it."""

    def within(value: Any, left: int) -> bool:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return left > 0 and all(within(part, left - 1) for part in parts)

    return isinstance(frame, dict) and within(frame, levels)


def _keep(cell: NotebookNode, ending: Ending, count: int) -> None:
    cell.execution_count = count
    cell.outputs = [output for frame in ending.outputs if (output := _output(frame, count))]
    if ending.how:
        cell.metadata[OURS] = {"ended": ending.how, "says": ending.says}
        line = f"{ending.how}: {ending.says}"
        cell.outputs.append(new_output("error", ename=ending.how, evalue=ending.says, traceback=[line]))


def _output(frame: dict[str, Any], count: int) -> NotebookNode | None:
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


def grade_id(cell: NotebookNode) -> str:
    """What nbgrader calls a cell; "" if it has no name, or one that is none."""
    ours = cell.metadata.get("nbgrader")
    name = ours.get("grade_id", "") if isinstance(ours, dict) else ""
    return name if isinstance(name, str) else ""


def _is_check(cell: NotebookNode) -> bool:
    return grade_id(cell).startswith("check_")


def _pictured(cell: NotebookNode) -> bool:
    return cell.metadata.get(OURS, {}).get("only_draws", False)
