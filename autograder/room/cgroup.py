"""A cgroup for a room, where systemd gives one: memory and threads held by the kernel, of all that is in there at once.

Everywhere else the limits of each process hold, and :mod:`autograder.room.watch`; where there is a cgroup they do too.
"""

import os
import shutil
import subprocess
import tempfile
from functools import cache

BY_SYSTEMD = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
"""How a user's systemd is found. Nothing of it goes on into the room."""


def held(memory: int, threads: int) -> list[str]:
    """Begins a command that runs in a cgroup of its own, and there without an environment; nothing if there is none."""
    return _scope(f"MemoryMax={memory}", "MemorySwapMax=0", f"TasksMax={threads}") if given() else []


def environment() -> dict[str, str]:
    """What a command that :func:`held` begins is started with."""
    return {name: os.environ[name] for name in BY_SYSTEMD if name in os.environ} if given() else {}


@cache
def given() -> bool:
    """Whether systemd runs a command in a cgroup, and leaves it what was opened for it."""
    if not shutil.which("systemd-run"):
        return False
    with tempfile.TemporaryFile() as file:
        file.write(b"open")
        file.seek(0)
        run = [*_scope(f"MemoryMax={64 << 20}"), "/bin/cat", f"/proc/self/fd/{file.fileno()}"]
        try:
            tried = subprocess.run(run, capture_output=True, pass_fds=[file.fileno()], timeout=5, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return tried.returncode == 0 and tried.stdout == b"open"


def _scope(*properties: str) -> list[str]:
    user = [] if os.geteuid() == 0 else ["--user"]
    run = [shutil.which("systemd-run") or "systemd-run", *user, "--scope", "--quiet", "--collect"]
    return [*run, *(f"--property={one}" for one in properties), "--", "/usr/bin/env", "-i"]
