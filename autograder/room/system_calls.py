"""Which system calls a student's process may make, as a seccomp filter for bubblewrap, Podman and Docker.

Threads may be started, processes may not: so the limits on one process are the limits on all. Whatever is not named in
``system_calls.toml`` is not there: what takes memory that counts nowhere, leaves something behind for the next sandbox,
opens a way out of the namespaces, or reaches parts of the kernel that no exercise needs.
"""

import tempfile
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

EPERM, ENOSYS = 1, 38
_CLONE_THREAD = 0x00010000
_MAP_SHARED, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x01, 0x20, 0x0100
"""Of Linux: on a Mac, where the filter may be written too, they are others."""

ALLOWED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
"""Groups of calls that may be made, by name; "some" are calls of which one argument must be one of some values."""


@cache
def filter_program() -> bytes:
    """The filter as BPF instructions, as ``bwrap --seccomp`` reads them.

    Raises RuntimeError if libseccomp is not there, and OSError if it does not know this processor.
    """
    from pyseccomp import ALLOW, EQ, ERRNO, MASKED_EQ, Arg, Attr, SyscallFilter  # looks for libseccomp at once

    program = SyscallFilter(ERRNO(ENOSYS))
    program.set_attr(Attr.ACT_BADARCH, ERRNO(EPERM))  # x86-64's other numberings, ways around this one
    for name, error, where in _rules():
        arguments = [
            Arg(place, EQ, value) if mask is None else Arg(place, MASKED_EQ, mask, value)
            for place, mask, value in where
        ]
        program.add_rule(ERRNO(error) if error else ALLOW, name, *arguments)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def profile() -> dict[str, Any]:
    """The same filter as Podman and Docker read it."""
    calls: list[dict[str, Any]] = []
    for name, error, where in _rules():
        what = {"action": "SCMP_ACT_ERRNO", "errnoRet": error} if error else {"action": "SCMP_ACT_ALLOW"}
        arguments = [
            {"index": place, "value": value, "op": "SCMP_CMP_EQ"}
            if mask is None
            else {"index": place, "value": mask, "valueTwo": value, "op": "SCMP_CMP_MASKED_EQ"}
            for place, mask, value in where
        ]
        calls.append({"names": [name], "args": arguments} | what)
    return {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": ENOSYS, "syscalls": calls}


Rule = tuple[str, int, list[tuple[int, int | None, int]]]
"""A call; the error that it is answered with, 0 for none; and where: the place of an argument, a mask, its value."""


def _rules() -> Iterator[Rule]:
    some, *groups = ALLOWED["some"], *(names for group, names in ALLOWED.items() if group != "some")
    for name in (name for group in groups for name in group):
        yield name, 0, []
    for name, (place, values) in some.items():
        for value in values:
            yield name, 0, [(place, None, value)]
    # clone3 hides its flags from a filter; told that it is not there, the C library takes clone
    yield "clone", 0, [(0, _CLONE_THREAD, _CLONE_THREAD)]
    yield "clone", EPERM, [(0, _CLONE_THREAD, 0)]
    # what can be written and is neither a file's nor counted as data stays refused
    for kind in (_MAP_SHARED, _MAP_ANONYMOUS, 0):
        yield "mmap", 0, [(3, _MAP_SHARED | _MAP_ANONYMOUS | _MAP_GROWSDOWN, kind)]
    for name in ("fork", "vfork"):
        yield name, EPERM, []
