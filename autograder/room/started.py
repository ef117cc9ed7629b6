"""A process that runs in a room, however it has come there."""

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Started:
    """A process of the room's runner, with pipes for its cells and its outputs.

    ``pid`` is its own, or begins a chain of processes that ends with it; ``holder`` takes all of them along.
    """

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]
    pid: int
    wait: Callable[[float | None], int]
    holder: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it, and all it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.holder.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it, and keep nothing of it."""
        self.kill()
        self.wait(None)
        self.holder.wait()
        pipes = self.stdin, self.stdout, self.stderr, self.holder.stdin, self.holder.stdout, self.holder.stderr
        for pipe in pipes:
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()

    @classmethod
    def alone(cls, process: subprocess.Popen[bytes]) -> "Started":
        """A process that holds itself. It was given pipes."""
        assert process.stdin and process.stdout and process.stderr, "it was given pipes"
        return cls(process.stdin, process.stdout, process.stderr, process.pid, process.wait, process)
