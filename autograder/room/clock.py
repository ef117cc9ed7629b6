"""How long a process behind the walls has computed, and how long it has only waited.

Who computes on a busy machine waits as well, but to be let on: such a thread is runnable, or fetches from a disk. Only
a process none of whose threads wants anything is waiting here. So a right answer is never late because of others, and
a cell that sleeps does not keep a worker for as long as a busy machine may need.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

TICK = 0.2
"""Seconds between two looks."""
_PER_SECOND = os.sysconf("SC_CLK_TCK")
_WANTS = frozenset("RD")
"""States of a thread that computes or would, and of one that waits for a disk."""


class Clock:
    """Looks at the innermost process that ``pid`` has started. Where no /proc says more, nothing is counted."""

    def __init__(self, pid: int) -> None:
        self._folder = Path("/proc", str(innermost(pid)))
        self.set()

    def set(self) -> None:
        """Begin anew."""
        self.waited, self._looked, self._before = 0.0, time.monotonic(), self._computed()

    def look(self) -> None:
        """Note whether it waits, once in a tick: ``waited`` are the seconds since the clock was set."""
        now = time.monotonic()
        if now - self._looked >= TICK:
            if not self._wants_to_compute():
                self.waited += min(now - self._looked, 5 * TICK)  # nobody knows what it did when nobody looked
            self._looked = now

    def computed(self) -> float:
        """Seconds of computing since the clock was set."""
        return self._computed() - self._before

    def _computed(self) -> float:
        with suppress(OSError, ValueError):
            user, system = _stat(self._folder / "stat")[11:13]
            return (int(user) + int(system)) / _PER_SECOND
        return 0.0

    def _wants_to_compute(self) -> bool:
        with suppress(OSError):
            threads = list((self._folder / "task").iterdir())
            return not threads or any(_stat(thread / "stat")[0] in _WANTS for thread in threads)
        return True  # it has just ended, or there is no /proc


def _stat(path: Path) -> list[str]:
    """The fields of a process or thread after its name: the state, and others."""
    return path.read_text(errors="replace").rpartition(")")[2].split()


def innermost(pid: int) -> int:
    """The last of the chain that each process of the sandbox starts: the one with the student's code; 0 if unknown."""
    try:
        while children := Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            pid = int(children[0])
        return pid
    except OSError:
        return 0
