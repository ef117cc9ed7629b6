"""A process in the room that runs cells, and the pipes to it."""

import json
import os
import select
import signal
import subprocess
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from nbformat import NotebookNode

from autograder.beside.records import Asked
from autograder.beside.words import checked_by
from autograder.room import walls
from autograder.room.outputs import Outputs, frame_in
from autograder.room.walls import Limits
from autograder.room.watch import Watch

LARGEST_REPLY, MOST_REPLIES = 32 << 20, 20_000
"""Bytes and lines that may come out of the room for one cell, answers and pictures included."""
PATIENCE = 4
"""Seconds by the clock, and ten, for each second of computing that a cell may take."""
ALL_TOO_LONG = "the whole notebook took more than {:g} seconds"
_TICK = 0.2
"""Seconds between two looks at whether the run was given up."""


class Stop(Protocol):
    """Says whether a run is given up, as ``threading.Event`` and ``multiprocessing.Event`` do."""

    def is_set(self) -> bool:
        """Whether to end as soon as possible."""


class Stopped(Exception):
    """The run was given up."""


@dataclass
class Ending:
    """How one cell ended: ``how`` is "" if it came to its end (with an error or not), else a status with its reason."""

    how: str = ""
    says: str = ""
    outputs: list[dict[str, Any]] = field(default_factory=list)


class Process:
    """A runner of cells behind the walls. ``kit`` is furnished, and ``asked`` are the questions of its check cells.

    Raises :class:`walls.NoSandbox` if it does not start, and :class:`Stopped` from any call once ``stop`` is set.
    """

    def __init__(self, kit: Path, asked: dict[str, Asked], limits: Limits, stop: Stop | None, *, unsafe: bool) -> None:
        self._limits, self._stop = limits, stop
        self._process = walls.start(kit, limits, unsafe=unsafe)
        stdin, stdout, stderr = self._process.stdin, self._process.stdout, self._process.stderr
        assert stdin and stdout and stderr, "walls.start gives pipes"
        self._pipes = (stdin, stdout, stderr)
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []
        self._watch: Watch | None = None
        os.set_blocking(stdin.fileno(), False)
        try:
            deadline = time.monotonic() + limits.start_seconds
            ending = self._send(asked, deadline) or self._until("ready", deadline)
            if ending.how:
                said = stderr.read(2000).decode(errors="replace").strip() if ending.how == "crashed" else ""
                raise walls.NoSandbox(f"the sandbox did not start: {said or ending.says}; {walls.HOW_TO_GET}")
            self._watch = Watch(self._process.pid, limits, walled=not unsafe)
        except BaseException:
            self.close()
            raise

    def run(self, cell: NotebookNode, seconds: float, left: float) -> Ending:
        """Run one cell for so many seconds of computing, and while there is time ``left`` for the notebook.

        What counts is computing, so that a busy machine makes no right answer late; by the clock it may be a multiple.
        """
        patience = PATIENCE * seconds + 10
        deadline = time.monotonic() + max(min(patience, left), 0)
        check = bool(checked_by(cell))
        ending = self._send({"source": cell.source, "check": check, "seconds": seconds}, deadline)
        ending = ending or self._until("done", deadline, answers=check)
        if ending.how == "timed out":
            cut_short = left < patience and time.monotonic() >= deadline
            whole = ALL_TOO_LONG.format(self._limits.notebook_seconds)
            ending.says = whole if cut_short else f"no end after {seconds:.3g} seconds"
        return ending

    def close(self) -> None:
        """End the process and all it has started."""
        self._kill()
        self._process.wait()
        if self._watch:
            self._watch.close()
        for pipe in self._pipes:
            with suppress(BrokenPipeError):
                pipe.close()

    def _send(self, command: Any, deadline: float) -> Ending | None:
        """None once the command is written: the other side may have stopped reading."""
        pipe, line = self._pipes[0].fileno(), json.dumps(command).encode() + b"\n"
        while line:
            if not self._ready(deadline, writing=True):
                return Ending("timed out")
            try:
                line = line[os.write(pipe, line) :]
            except BrokenPipeError:
                return self._died([])
        return None

    def _ready(self, deadline: float, *, writing: bool = False) -> bool:
        """Wait until there is something to read, or room to write; False when the time is over."""
        reads, writes = ([], [self._pipes[0]]) if writing else ([self._pipes[1]], [])
        while (left := deadline - time.monotonic()) > 0:
            if self._stop is not None and self._stop.is_set():
                raise Stopped
            if self._watch and self._watch.over():
                self._kill()
            if any(select.select(reads, writes, [], min(left, _TICK))):
                return True
        return False

    def _until(self, last: str, deadline: float, *, answers: bool = False) -> Ending:
        """Gather outputs until the frame ``last`` comes, the time is over, the process is gone, or it says too much."""
        outputs = Outputs(answers=answers)
        taken = lines = 0
        while True:
            while self._lines:
                line = self._lines.popleft()
                frame = frame_in(line)
                lines += 1
                if last in frame:
                    return Ending(outputs=outputs.kept)
                if "flooded" in frame:
                    return _too_much(f"more than {self._limits.output >> 20} MB were printed", outputs)
                if isinstance(frame.get("output"), dict):
                    outputs.add(frame["output"], len(line))
            if lines > MOST_REPLIES:
                return _too_much(f"more than {MOST_REPLIES} outputs", outputs)
            if not self._ready(deadline):
                return Ending("timed out", outputs=outputs.kept)
            piece = os.read(self._pipes[1].fileno(), 1 << 16)
            if not piece:
                return self._died(outputs.kept)
            taken += len(piece)
            if taken > LARGEST_REPLY:
                return _too_much(f"more than {LARGEST_REPLY >> 20} MB came out", outputs)
            first, *others = piece.split(b"\n")
            self._begun.append(first)
            if others:
                self._lines.append(b"".join(self._begun))
                self._lines.extend(others[:-1])
                self._begun = [others[-1]]

    def _died(self, outputs: list[dict[str, Any]]) -> Ending:
        """The pipe is closed: the process has ended, or its code has closed what it had open and lives on."""
        if self._watch and self._watch.found:
            return Ending(*self._watch.found, outputs)
        try:
            code = self._process.wait(timeout=1)
            if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
                return Ending("timed out", outputs=outputs)
            how = f"ended with code {code}"
        except subprocess.TimeoutExpired:
            self._kill()
            how = "closed its connection"
        return Ending("crashed", f"the process that ran the cell {how}", outputs)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _too_much(says: str, outputs: Outputs) -> Ending:
    return Ending("too much output", says, outputs.kept)
