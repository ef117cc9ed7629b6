"""Which system calls a student's process may make, as a seccomp filter for bubblewrap.

Threads may be started, processes may not: so the limits on one process are the limits on all. Whatever is not named in
``system_calls.toml`` is not there: what takes memory that counts nowhere, leaves something behind for the next sandbox,
opens a way out of the namespaces, or reaches parts of the kernel that no exercise needs.
"""

import tempfile
import tomllib
from errno import ENOSYS, EPERM
from functools import cache
from mmap import MAP_ANONYMOUS, MAP_SHARED
from pathlib import Path

_CLONE_THREAD = 0x00010000
_MAP_GROWSDOWN = 0x00000100

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
    some, *groups = ALLOWED["some"], *(names for group, names in ALLOWED.items() if group != "some")
    for name in (name for group in groups for name in group):
        program.add_rule(ALLOW, name)
    for name, (place, values) in some.items():
        for value in values:
            program.add_rule(ALLOW, name, Arg(place, EQ, value))
    # clone3 hides its flags from a filter; told that it is not there, the C library takes clone
    program.add_rule(ALLOW, "clone", Arg(0, MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD))
    program.add_rule(ERRNO(EPERM), "clone", Arg(0, MASKED_EQ, _CLONE_THREAD, 0))
    # what can be written and is neither a file's nor counted as data stays refused
    for kind in (MAP_SHARED, MAP_ANONYMOUS, 0):
        program.add_rule(ALLOW, "mmap", Arg(3, MASKED_EQ, MAP_SHARED | MAP_ANONYMOUS | _MAP_GROWSDOWN, kind))
    for name in ("fork", "vfork"):
        program.add_rule(ERRNO(EPERM), name)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()
