"""Which system calls a student's process may not make, as a seccomp filter for bubblewrap.

Threads may be started, processes may not: so the limits on one process are the limits on all. Refused is also what
takes memory that counts nowhere, leaves something behind for the next sandbox, opens a way out of the namespaces, or
reaches parts of the kernel that no exercise needs. Linux, x86-64 and 64-bit Arm.
"""

import platform
import struct

EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_CLONE_THREAD = 0x00010000
_SOCKET_FAMILIES = (1, 2, 10)  # unix, IPv4, IPv6; vsock would reach past the network namespace

# On x86-64 and on 64-bit Arm; None where a machine does not have the call.
_REFUSED = {
    # processes
    "fork": (57, None),
    "vfork": (58, None),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_send_signal": (424, 424),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    # memory outside the limits
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # shared with other sandboxes
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    # the rest of the kernel
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
}

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
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | EPERM)]
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
