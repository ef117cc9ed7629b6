"""A process that has loaded a chapter's packages and sends copies of itself into rooms: loading is most of a run.

One stands beside each worker, for as long as that lives. Where none can (another kernel, another system's rules) each
room loads for itself, as slowly as ever.
"""

import inspect
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from multiprocessing.util import Finalize
from typing import IO, Any

from autograder.room import entering
from autograder.room.clock import innermost
from autograder.room.folders import own_folder

ALWAYS = ("IPython.core.interactiveshell",)
"""Loaded whatever a chapter imports: the runner of cells needs it."""

NO_RSEQ = "glibc.pthread.rseq=0"
"""The C library tries once, as a program begins, which calls it has; no filter refuses them yet. This it would keep."""


class NoTemplate(Exception):
    """No copy can be sent into a room; the message says why."""


_templates: dict[tuple[str, ...], "Template | None"] = {}
"""The one of this process, by its packages; None where it has been tried and there can be none."""
_choosing = threading.Lock()


def enter(holder: subprocess.Popen[bytes], packages: tuple[str, ...], seconds: float, **asked: Any) -> "Entered":
    """A copy of this process's template, with those packages loaded, in the room that ``holder`` keeps.

    What is ``asked`` of it says :mod:`.entering`. Raises :class:`NoTemplate` if none comes within so many seconds.
    """
    with _choosing:
        if packages not in _templates:
            for other in filter(None, _templates.values()):
                other.close()
            _templates.clear()
            begun = _templates[packages] = Template(packages, asked["environment"])
            Finalize(begun, begun.close, exitpriority=0)
        template = _templates[packages]
    if template is None:
        raise NoTemplate("there was none before")
    try:
        return template.enter(_kept_by(holder, seconds), seconds, **asked)
    except (NoTemplate, OSError) as error:
        _templates[packages] = None
        raise NoTemplate(str(error)) from error


def _kept_by(holder: subprocess.Popen[bytes], seconds: float) -> int:
    """The process that stands for a room, once that is there. It says back what it is told."""
    assert holder.stdin and holder.stdout, "it was given pipes"
    with suppress(BrokenPipeError):
        holder.stdin.write(b"\n")
        holder.stdin.flush()
    if not (select.select([holder.stdout], [], [], seconds)[0] and os.read(holder.stdout.fileno(), 1)):
        raise NoTemplate("the room does not come")
    return innermost(holder.pid)


class Entered:
    """A copy that is in a room: its process, its pipes, and how it ends."""

    def __init__(self, pid: int, pipes: tuple[IO[bytes], IO[bytes], IO[bytes]], news: IO[bytes]) -> None:
        self.pid, (self.stdin, self.stdout, self.stderr), self._news = pid, pipes, news
        self._code: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, as ``subprocess`` has it. Raises subprocess.TimeoutExpired."""
        if self._code is None:
            if not select.select([self._news], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a room", timeout or 0)
            self._code = json.loads(self._news.readline() or '{"code": -9}')["code"]
            self._news.close()
        return self._code


class Template:
    """Loads the ``packages`` in an ``environment``, while whoever has begun it goes on with something else."""

    def __init__(self, packages: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._own = ExitStack()
        home = self._own.enter_context(own_folder())  # some write there what they have found out
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", inspect.getsource(entering), *ALWAYS, *packages],  # by no path
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**environment, "HOME": str(home), "TMPDIR": str(home), "GLIBC_TUNABLES": NO_RSEQ},
                cwd="/",
                start_new_session=True,
            )
        self._loaded = threading.Lock()
        self._says = b""

    def enter(self, room: int, seconds: float, **asked: Any) -> Entered:
        """A copy in the room of the process ``room``, which runs a program there; see :mod:`.entering`.

        Raises :class:`NoTemplate` if there is none within so many seconds.
        """
        over = time.monotonic() + seconds
        with self._loaded:
            if not self._says and select.select([self._requests], [], [], seconds)[0]:
                self._says = self._requests.recv(200)
        if self._says != b"ready":
            raise NoTemplate(self._says.decode() or "the packages do not load in time")
        with ExitStack() as opened:
            pairs = [os.pipe() for _ in range(4)]
            theirs = [pairs[0][0], *(pair[1] for pair in pairs[1:])]
            ours = [opened.enter_context(open(pairs[0][1], "wb", 0))]
            ours += [opened.enter_context(open(pair[0], "rb", 0)) for pair in pairs[1:]]
            try:
                socket.send_fds(self._requests, [json.dumps({"room": room, **asked}).encode()], theirs)
            except OSError as error:
                raise NoTemplate(str(error)) from None
            finally:
                for end in theirs:
                    os.close(end)
            stdin, stdout, stderr, news = ours
            said: dict[str, Any] = {}
            while not {"pid", "entered"} <= said.keys():
                line = news.readline() if select.select([news], [], [], over - time.monotonic())[0] else b""
                said |= json.loads(line or '{"refused": "it ended"}')
                if "refused" in said:
                    raise NoTemplate(said["refused"])
            opened.pop_all()
            return Entered(said["pid"], (stdin, stdout, stderr), news)

    def close(self) -> None:
        """End it; who is in a room stays there."""
        self._requests.close()
        self._process.wait()
        self._own.close()
