"""A process in the room that runs cells, and the pipes to it."""

import json
import os
import secrets
import select
import signal
import subprocess
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Protocol

from nbformat import NotebookNode

from autograder.beside.records import Asked
from autograder.beside.words import checked_by
from autograder.room import walls
from autograder.room.clock import TICK, Clock
from autograder.room.container import Container
from autograder.room.limits import BUBBLEWRAP, Limits
from autograder.room.outputs import Outputs, Space, frame_in
from autograder.room.watch import Watch

LARGEST_REPLY, MOST_REPLIES = 32 << 20, 20_000
"""Bytes and lines that may come out of the room for one cell, answers and pictures included."""
PATIENCE = 4
"""Seconds by the clock, and ten, for each second of computing that a cell may take."""
WAITS = 5
"""Seconds that any cell may wait without computing; what may compute longer may wait as long."""
ALL_TOO_LONG = "the whole notebook took more than {:g} seconds"
EARNS_NOTHING = ("crashed", "too much output")
"""Endings that the code in a cell brings about by itself: what came before may be all that it ever meant to say."""


class Stop(Protocol):
    """Says whether a run is given up, as ``threading.Event`` and ``multiprocessing.Event`` do."""

    def is_set(self) -> bool:
        """Whether to end as soon as possible."""


class Stopped(Exception):
    """The run was given up."""


class CutOff(Exception):
    """A cell does not come to its end: ``how`` is a status, and ``says`` the reason."""

    def __init__(self, how: str, says: str = "") -> None:
        super().__init__(how, says)
        self.how, self.says = how, says


@dataclass
class Ending:
    """How one cell ended: ``how`` is "" if it came to its end (with an error or not), else a status with its reason.

    ``slow`` are the seconds that it computed, where they are more than half of what it may.
    """

    how: str = ""
    says: str = ""
    outputs: list[NotebookNode] = field(default_factory=list)
    waited: float = 0.0
    slow: float = 0.0


class Process:
    """A runner of cells behind the walls. ``kit`` is furnished, and ``asked`` are the questions of its check cells.

    Raises :class:`walls.NoSandbox` if it does not start, and :class:`Stopped` from any call once ``stop`` is set.
    """

    def __init__(
        self,
        kit: Path,
        asked: dict[str, Asked],
        limits: Limits,
        stop: Stop | None,
        *,
        unsafe: bool,
        packages: tuple[str, ...] = (),
    ) -> None:
        self._asked, self._limits, self._stop = asked, limits, stop
        self._process = walls.start(kit, limits, unsafe=unsafe, packages=packages)
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []
        self._clock: Clock | None = None
        holder = self._process.holder
        self._watch: Watch | Container | None = holder if isinstance(holder, Container) else None
        self._looked = 0.0
        os.set_blocking(self._process.stdin.fileno(), False)
        try:
            deadline = time.monotonic() + limits.start_seconds
            try:
                self._send(asked, deadline)
                self._until("ready", deadline, Outputs(Space()))
            except CutOff as cut:
                said = self._process.stderr.read(2000).decode(errors="replace").strip() if cut.how == "crashed" else ""
                why = said or cut.says or f"nothing came within {limits.start_seconds:g} seconds"
                cure = f"; {walls.HOW_TO_GET}" if limits.room == BUBBLEWRAP else ""
                raise walls.NoSandbox(f"the sandbox did not start: {why}{cure}") from None
            self._clock = Clock(0 if self._watch else self._process.pid)
            self._watch = self._watch or Watch(self._process.pid, limits, walled=not unsafe)
        except BaseException:
            self.close()
            raise

    def run(self, cell: NotebookNode, seconds: float, left: float, waits: float, space: Space) -> Ending:
        """Run one cell for so many seconds of computing, while there is time ``left`` for the notebook and ``waits``.

        What counts is computing, so that a busy machine makes no right answer late; by the clock it may be a multiple.
        A cell may wait as long as it may compute, and no longer than ``waits`` seconds. Its outputs have to find
        ``space``.

        The answers of a check cell that was cut off count if it took too long: they were given one by one, and who is
        right in the first cases and slow in the last has earned the first. They do not count if its process ended or
        flooded us, which is what a student's code decides, and then no answer needs to have been computed; nor if none
        is missing, for what has answered all has nothing left to be slow in.
        """
        exercise = checked_by(cell)
        asked = self._asked.get(exercise)
        questions = 0 if asked is None else len(asked["cases"]) + (asked.get("again") is not None)
        nonces = [secrets.token_hex(8) for _ in range(questions)]
        command = {"source": cell.source, "check": bool(exercise), "seconds": seconds, "nonces": nonces}
        patience = PATIENCE * seconds + 10
        deadline = time.monotonic() + max(min(patience, left), 0)
        outputs, ending = Outputs(space, exercise, nonces), Ending()
        self._seconds, self._waits = seconds, min(max(seconds, WAITS), waits)
        clock = self._clock
        assert clock, "it has started"
        clock.set()
        try:
            self._send(command, deadline)
            self._until("done", deadline, outputs)
        except CutOff as cut:
            ending.how, ending.says = cut.how, cut.says
            if cut.how == "timed out" and not cut.says:
                cut_short = left < patience and time.monotonic() >= deadline
                whole = ALL_TOO_LONG.format(self._limits.notebook_seconds)
                ending.says = whole if cut_short else f"no end after {seconds:.3g} seconds"
        answers = ending.how not in EARNS_NOTHING and not (ending.how and outputs.all_answered())
        ending.outputs, ending.waited = outputs.kept(answers=answers), clock.waited
        if (computed := clock.computed()) > seconds / 2:
            ending.slow = round(computed, 1)
        if nonces and not answers:
            ending.says += "; no answer before that counts"
        return ending

    def close(self) -> None:
        """End the process and all it has started."""
        self._process.close()
        if self._watch:
            self._watch.close()

    def _send(self, command: Any, deadline: float) -> None:
        """Write the command: the other side may have stopped reading."""
        pipe, line = self._process.stdin.fileno(), json.dumps(command).encode() + b"\n"
        while line:
            self._ready(deadline, writing=True)
            try:
                line = line[os.write(pipe, line) :]
            except BrokenPipeError:
                self._died()

    def _ready(self, deadline: float, *, writing: bool = False) -> None:
        """Wait until there is something to read, or room to write."""
        reads, writes = ([], [self._process.stdin]) if writing else ([self._process.stdout], [])
        while (left := deadline - time.monotonic()) > 0:
            if self._stop is not None and self._stop.is_set():
                raise Stopped
            if any(select.select(reads, writes, [], 0)) and time.monotonic() - self._looked < TICK:
                return
            self._looked = time.monotonic()
            self._look()
            if any(select.select(reads, writes, [], min(left, TICK))):
                return
        raise CutOff("timed out")

    def _look(self) -> None:
        """What is looked at once in a tick, and while nothing comes: :class:`CutOff` if the cell may not go on."""
        if self._clock is None or self._watch is None:
            return
        if found := self._watch.over():
            raise CutOff(*found)
        self._clock.look()
        if self._clock.waited > self._waits:
            raise CutOff("timed out", f"it waited for more than {self._waits:.3g} seconds and computed nothing")
        if self._clock.computed() > self._seconds + 2:  # the process is told at the second, and may hide from it
            raise CutOff("timed out")

    def _until(self, last: str, deadline: float, outputs: Outputs) -> None:
        """Gather outputs until the frame ``last`` comes; :class:`CutOff` if it does not, or too much else does."""
        taken = lines = 0
        while True:
            while self._lines:
                line = self._lines.popleft()
                frame = frame_in(line)
                lines += 1
                if last in frame:
                    return
                if "flooded" in frame:
                    raise CutOff("too much output", f"more than {self._limits.output >> 20} MB were printed")
                if isinstance(frame.get("output"), dict):
                    outputs.add(frame["output"], line)
            if lines > MOST_REPLIES:
                raise CutOff("too much output", f"more than {MOST_REPLIES} outputs")
            self._ready(deadline)
            piece = os.read(self._process.stdout.fileno(), 1 << 16)
            if not piece:
                self._died()
            taken += len(piece)
            if taken > LARGEST_REPLY:
                raise CutOff("too much output", f"more than {LARGEST_REPLY >> 20} MB came out")
            first, *others = piece.split(b"\n")
            self._begun.append(first)
            if others:
                self._lines.append(b"".join(self._begun))
                self._lines.extend(others[:-1])
                self._begun = [others[-1]]

    def _died(self) -> NoReturn:
        """The pipe is closed: the process has ended, or its code has closed what it had open and lives on."""
        try:
            code = self._process.wait(1)
            if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
                raise CutOff("timed out")
            killed = code in (-signal.SIGKILL, 128 + signal.SIGKILL)
            if killed and self._watch and (ended := self._watch.ended_by_the_system()):
                raise CutOff(*ended)
            how = f"ended with code {code}"
        except subprocess.TimeoutExpired:
            self._process.kill()
            how = "closed its connection"
        raise CutOff("crashed", f"the process that ran the cell {how}")
