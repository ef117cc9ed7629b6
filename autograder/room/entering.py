"""The template's own program: loads packages once, and for each notebook sends a copy of itself into a room.

It stands outside the walls and meets nothing of a student's: what it loads is installed where it is graded. The copy
enters the room that bubblewrap has made, as ``nsenter`` does, and gives up there whatever bubblewrap takes from what it
starts: open files, capabilities, further privileges, system calls. Only then does it run the program of the room.

Run as a text, with the packages as its arguments and its requests at descriptor 0. Standard library only.
"""

import ctypes
import fcntl
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

LONGEST_REQUEST = 1 << 17
"""Bytes of a request. With it come four descriptors: the three pipes of the code, and one for news of it."""

_CLONE_NEW = {"cgroup": 0x2000000, "uts": 0x4000000, "ipc": 0x8000000, "pid": 0x20000000, "net": 0x40000000}
_CLONE_NEW |= {"mnt": 0x20000}
_CLONE_NEWUSER = 0x10000000
_NS_GET_PARENT = 0xB702
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
_SECCOMP_MODE_FILTER, _CAPABILITY_VERSION_3 = 2, 0x20080522
_INSTRUCTION = 8
"""Bytes of one instruction of a filter."""

_libc = ctypes.CDLL(None, use_errno=True)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def main() -> None:
    """Serve requests until nobody is left to make one."""
    requests = socket.socket(fileno=os.dup(0))
    for name in sys.argv[1:]:
        with suppress(Exception):  # who needs it is told in the room, by the same import
            importlib.import_module(name)
    opened = _opened() - {0, 1, 2, requests.fileno()}
    files_of_packages = {number: os.readlink(f"/proc/self/fd/{number}") for number in opened}
    gc.freeze()  # what is not looked at again need not be copied
    alone = len(os.listdir("/proc/self/task")) == 1
    requests.send(b"ready" if alone else b"the packages have started threads, which no copy would have")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, files, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 4)
        if not asked:
            os._exit(0)
        if os.fork() == 0:
            return _send_in(json.loads(asked), files, files_of_packages)
        for file in files:
            os.close(file)


def _send_in(asked: dict[str, Any], files: list[int], of_packages: dict[int, str]) -> None:
    """In a copy: enter the room, begin a process there that runs the program, and say what becomes of it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    *pipes, news = files
    try:
        _enter(asked["room"])
        pid = os.fork()
        if pid == 0:
            _settle(asked, pipes, news, of_packages)
            _say(news, entered=True)
            os.close(news)
    except OSError as error:
        _say(news, refused=f"{error.filename or ''} {error}".strip())
        os._exit(1)
    if pid == 0:
        return exec(asked["program"], sys.modules["__main__"].__dict__)
    for pipe in pipes:
        os.close(pipe)
    _say(news, pid=pid)
    _say(news, code=os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    os._exit(0)


def _say(news: int, **what: Any) -> None:
    with suppress(BrokenPipeError):
        os.write(news, json.dumps(what).encode() + b"\n")


def _enter(room: int) -> None:
    """Be where the process ``room`` is; of its processes only those begun from now on."""
    spaces = [(os.open(f"/proc/{room}/ns/{name}", os.O_RDONLY), flag) for name, flag in _CLONE_NEW.items()]
    mine = {os.stat(f"/proc/self/ns/{name}").st_ino for name in (*_CLONE_NEW, "user")}
    users = [os.open(f"/proc/{room}/ns/user", os.O_RDONLY)]
    while os.fstat(users[0]).st_ino not in mine:  # bubblewrap makes one in another where nobody is root
        users.insert(0, fcntl.ioctl(users[0], _NS_GET_PARENT))
    outer, inner = users[1:2], users[2:]  # the outer gives the right to the rest
    others = [one for one in spaces if os.fstat(one[0]).st_ino not in mine]
    for space, flag in [
        *((user, _CLONE_NEWUSER) for user in outer),
        *others,
        *((one, _CLONE_NEWUSER) for one in inner),
    ]:
        _call("setns", space, flag)


def _settle(asked: dict[str, Any], pipes: list[int], news: int, of_packages: dict[int, str]) -> None:
    """Give up what is not to be had in the room, and begin as a program does that has just been started.

    What packages have opened, a log for instance, they look for again by its number and its place: it is there, empty.
    """
    for number, pipe in enumerate(pipes):
        os.dup2(pipe, number)
    for number in _opened() - {0, 1, 2, news}:
        os.close(number)
    for number, place in of_packages.items():
        os.makedirs(os.path.dirname(place), exist_ok=True)
        again = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        if again != number:
            os.dup2(again, number, inheritable=False)
            os.close(again)
    tempfile.tempdir = None
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["-c", *asked["arguments"]]
    sys.modules["__main__"] = ModuleType("__main__")
    importlib.invalidate_caches()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # else all copies would draw the same
    for name, most in asked["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (most, most))
    for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
        _call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("capset", (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)())
    _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # entering has ended it, and who watches could not look
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    refused = bytes.fromhex(asked["filter"])
    program = _Filter(len(refused) // _INSTRUCTION, refused)
    _call("prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def _opened() -> set[int]:
    listed = os.listdir("/proc/self/fd")
    return {int(number) for number in listed if os.path.lexists(f"/proc/self/fd/{number}")}  # the listing's own is not


def _call(name: str, *arguments: Any) -> None:
    whole = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in arguments]
    if getattr(_libc, name)(*whole) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)


if __name__ == "__main__":
    main()
