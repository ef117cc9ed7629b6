"""What a room holds, looked at from outside while its cells run: where the kernel sets no limit, this does."""

import os
import re
from contextlib import ExitStack, suppress
from pathlib import Path

from autograder.room.clock import innermost
from autograder.room.limits import Limits
from autograder.room.walls import FOLDERS_IN_MEMORY

_HELD = re.compile(rb"^(RssAnon|RssShmem|Threads):\s+(\d+)", re.MULTILINE)
"""What was written, by itself or for others, in kB; what was only read of files is the system's to forget."""

COUNTS = Path("/proc/vmstat")


class Watch:
    """What the process at the end of the chain that begins with ``pid`` holds; ``walled``, also its folders in memory.

    Made before any of the student's code runs. What it opens then it goes on reading, so that no other process can come
    in its place. A look takes some 30 µs.
    """

    def __init__(self, pid: int, limits: Limits, *, walled: bool) -> None:
        self._limits = limits
        pid = innermost(pid)
        with ExitStack() as opened:
            self._status = _opened(opened, f"/proc/{pid}/status", os.O_RDONLY)
            folders = FOLDERS_IN_MEMORY if walled else ()
            self._folders = [_opened(opened, f"/proc/{pid}/root{folder}", os.O_PATH) for folder in folders]
            self.close = opened.pop_all().close
        self._ended = _ended_for_memory()

    def ended_by_the_system(self) -> tuple[str, str] | None:
        """As :meth:`over`, for a process that was killed: whether the machine, or its container, had no memory left."""
        if _ended_for_memory() > self._ended:
            return "out of memory", "the system ended the process, having no memory left: let fewer be graded at a time"
        return None

    def over(self) -> tuple[str, str] | None:
        """How the cell ends, and why, if the room holds more than its limits."""
        try:
            held = {name: int(number) for name, number in _HELD.findall(os.pread(self._status, 4096, 0))}
        except ProcessLookupError:
            return None
        threads, files = held.pop(b"Threads", 0), 0
        memory = sum(held.values()) << 10
        for folder in map(os.fstatvfs, self._folders):
            memory += (folder.f_blocks - folder.f_bfree) * folder.f_frsize
            files += folder.f_files - folder.f_ffree
        most = self._limits
        if memory > most.memory:
            return "out of memory", f"more than {most.memory >> 20} MB were held, files in memory included"
        if threads > most.threads:
            return "crashed", f"more than {most.threads} threads were started"
        if files > most.files:
            return "crashed", f"more than {most.files} files were made"
        return None


def _ended_for_memory() -> int:
    """How many processes the kernel has ended because memory ran out; 0 where it does not say."""
    with suppress(OSError):
        if found := re.search(r"^oom_kill (\d+)$", COUNTS.read_text(), re.MULTILINE):
            return int(found[1])
    return 0


def _opened(stack: ExitStack, path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    stack.callback(os.close, descriptor)
    return descriptor
