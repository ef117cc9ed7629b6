"""What a room holds, looked at from outside while its cells run: where the kernel sets no limit, this does."""

import os
import re
from contextlib import ExitStack

from autograder.room.clock import innermost
from autograder.room.walls import FOLDERS_IN_MEMORY, Limits

_HELD = re.compile(rb"^(VmRSS|Threads):\s+(\d+)", re.MULTILINE)


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

    def over(self) -> tuple[str, str] | None:
        """How the cell ends, and why, if the room holds more than its limits."""
        try:
            held = {name: int(number) for name, number in _HELD.findall(os.pread(self._status, 4096, 0))}
        except ProcessLookupError:
            return None
        memory, threads, files = held.get(b"VmRSS", 0) << 10, held.get(b"Threads", 0), 0
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


def _opened(stack: ExitStack, path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    stack.callback(os.close, descriptor)
    return descriptor
