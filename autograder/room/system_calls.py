"""Which system calls a student's process may not make, as a seccomp filter for bubblewrap.

Threads may be started, processes may not: so the limits on one process are the limits on all. Refused is also what
takes memory that counts nowhere, leaves something behind for the next sandbox, opens a way out of the namespaces, or
reaches parts of the kernel that no exercise needs. Linux, x86-64 and 64-bit Arm.
"""

import platform
import struct
import tomllib
from pathlib import Path

EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_CLONE_THREAD = 0x00010000
_SOCKET_FAMILIES = (1, 2, 10)  # unix, IPv4, IPv6; vsock would reach past the network namespace

REFUSED: dict[str, dict[str, int]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
"""The calls that may not be made, by name, with their numbers on each processor."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in what the filter is given; of the argument the low half


class UnknownMachine(RuntimeError):
    """The system calls of this processor are not listed."""


def filter_program() -> bytes:
    """The filter as BPF instructions, as ``bwrap --seccomp`` reads them. Raises :class:`UnknownMachine`."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise UnknownMachine(f"the system calls of {', '.join(_ARCHITECTURES)} are known, not those of {machine}")
    column = list(_ARCHITECTURES).index(machine)
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _CALL),
        (_AT_LEAST, 0, 1, 0x40000000),  # x86-64's second numbering, a way around the first
        (_RETURN, 0, 0, _ERRNO | EPERM),
        # clone3 hides its flags from a filter; told that it is not there, the C library takes clone
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _ERRNO | ENOSYS),
    ]
    for numbers in REFUSED.values():
        if machine in numbers:
            lines += [(_EQUAL, 0, 1, numbers[machine]), (_RETURN, 0, 0, _ERRNO | EPERM)]
    lines += [
        (_EQUAL, 0, 3, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _ERRNO | EPERM),
        (_LOAD, 0, 0, _CALL),
        (_EQUAL, 0, len(_SOCKET_FAMILIES) + 2, _SOCKET[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
    ]
    for left, family in zip(range(len(_SOCKET_FAMILIES), 0, -1), _SOCKET_FAMILIES, strict=True):
        lines.append((_EQUAL, left, 0, family))
    lines += [(_RETURN, 0, 0, _ERRNO | EAFNOSUPPORT), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
