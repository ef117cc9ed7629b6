"""The walls around a student's code: what its process can see, and how much it may take.

With bubblewrap the process has no network, no home, no course folder and no other process; its files are in memory and
gone when it ends. It can start no process of its own and has no memory that is shared
(``autograder.room.system_calls``), so the limits on one process are the limits on all; what no limit of the kernel
counts, ``autograder.room.watch`` does. ``solutions`` and the rest of the autograder are not there, however the project
is installed.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from autograder.beside.errors import UserError
from autograder.beside.kit import PACKAGE, copy, pack_kit
from autograder.room import cgroup, container
from autograder.room.folders import lay_out
from autograder.room.limits import BUBBLEWRAP, Limits
from autograder.room.started import Started
from autograder.room.system_calls import filter_program
from autograder.room.template import NoTemplate, enter

INSIDE = PACKAGE / "room" / "inside"
"""The part of the autograder that the room needs besides what ships."""

HOW_TO_GET = (
    "bubblewrap is needed to run students' code safely: apt install bubblewrap libseccomp2 (Debian, Ubuntu), "
    "dnf install bubblewrap libseccomp (Fedora); --unsafe runs it without walls, for submissions you trust"
)
CURES = {
    r"uid map|RTM_NEWADDR": (
        "AppArmor refuses it a user namespace, as Ubuntu does from 23.10 on: sudo apt install apparmor-profiles; "
        "sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/; sudo systemctl reload "
        "apparmor; or, for all programs: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    ),
    r"max_\S*namespaces|No space left": "no user namespace is left: sudo sysctl user.max_user_namespaces=15000",
    r"(?i)no permissions to create|namespace failed": (
        "the kernel or a container refuses it a user namespace: sudo sysctl kernel.unprivileged_userns_clone=1 "
        "(Debian); a container has to be started so that it may make some"
    ),
}
"""What bubblewrap says where it is installed and may not work, with what can be done."""
AS_ROOT = "AUTOGRADER_AS_ROOT"
"""The variable of the environment that says in words that root may grade."""
ADDRESS_SPACE = 32 << 30
"""Bytes of addresses beyond ``memory``: ten times what pip's torch maps of its files, CUDA's among them, when imported.

Addresses alone cost a 512th of them. What a process may write counts as ``data``, in full when it is asked for.
"""
OF_THE_WALLS, OUTSIDE = 64 << 20, 10
"""Bytes and processes in a room's cgroup besides the student's: bubblewrap, and what the kernel keeps for them."""
FOLDERS_IN_MEMORY = ("/submission", "/tmp", "/dev/shm")
"""Where a student's code may write. Each holds ``scratch``, or 64 MB."""


class NoSandbox(UserError, RuntimeError):
    """Bubblewrap or libseccomp is not installed, or does not work here."""


class NotAsRoot(UserError, PermissionError):
    """Root grades only if told so in words."""


def require_not_root(as_root: bool = False) -> None:
    """:class:`NotAsRoot` for root, as whom a way out costs the whole machine, unless told so here or by AS_ROOT.

    Whoever grades without walls has said more than that already.
    """
    if os.geteuid() == 0 and not (as_root or os.environ.get(AS_ROOT)):
        raise NotAsRoot(
            "this would run students' code as root: grade as another user, or say --as-root "
            f"(GradeSubmission.as_root for nbgrader, {AS_ROOT}=1 for all)"
        )


def require_room(limits: Limits) -> None:
    """:class:`NoSandbox` or NoContainer, with the reason and the cure, if the room of the limits is not to be had."""
    if limits.room == BUBBLEWRAP:
        require_bubblewrap()
    else:
        container.require(limits.room, limits.image)


@cache
def require_bubblewrap() -> str:
    """The path of a ``bwrap`` that works; :class:`NoSandbox` with the reason and the cure if there is none."""
    found = shutil.which("bwrap")
    if not found:
        raise NoSandbox(f"no bubblewrap here; {HOW_TO_GET}")
    try:
        filter_program()
    except (RuntimeError, OSError) as error:
        raise NoSandbox(f"no filter of system calls here ({error}); {HOW_TO_GET}") from error
    trial = subprocess.run([*_walls(found), "--", "/usr/bin/true"], capture_output=True, text=True, check=False)
    if trial.returncode:
        said = trial.stderr.strip()
        cure = next((cure for signs, cure in CURES.items() if re.search(signs, said)), HOW_TO_GET)
        raise NoSandbox(f"bubblewrap does not work here ({said}); {cure}")
    return found


def furnish(kit: Path, beside: Mapping[str, bytes]) -> None:
    """Lay into the folder ``kit`` what a room needs: the runner, and the files beside the notebook, by their places.

    A place that ends with "/" is a folder.
    """
    pack_kit(kit, INSIDE)
    shutil.rmtree(kit / "autograder" / "probes" / "measures")
    (kit / "beside").mkdir()
    lay_out(beside, kit / "beside")


def start(kit: Path, limits: Limits, *, unsafe: bool, packages: tuple[str, ...] = ()) -> Started:
    """A process of ``autograder.room.inside.runner``, in a room of its own.

    ``kit`` is a folder that :func:`furnish` has filled. Where ``packages`` are named it comes from a process that has
    them loaded, if there can be one. Raises :class:`NoSandbox` or NoContainer unless ``unsafe``.
    """
    if unsafe:
        home = kit / "home"
        copy(kit / "beside", home)
        command = [*_limited(limits), sys.executable, "-P", "-c", _program(kit), limits.as_json()]
        return Started.alone(subprocess.Popen(command, env=_environment(home), cwd=home, **_PIPES))
    if limits.room != BUBBLEWRAP:
        program = container.LINK_BESIDE + _program(Path("/kit"))
        command = [*_limited(limits), "python3", "-P", "-c", program, limits.as_json()]
        memory, environment = limits.memory + OF_THE_WALLS, _environment(Path("/tmp"))
        return Started.alone(container.start(kit, limits, memory, command, environment, **_PIPES))
    run = _walls(require_bubblewrap())
    run += ["--ro-bind", str(kit / "autograder"), "/kit/autograder"]
    run += ["--size", str(limits.scratch), "--tmpfs", "/submission", "--chdir", "/submission"]
    for path in sorted((kit / "beside").iterdir()):
        run += ["--ro-bind", str(path), f"/submission/{path.name}"]
    for name, value in _environment(Path("/tmp")).items():
        run += ["--setenv", name, value]
    run += ["--remount-ro", "/"]
    if packages and not cgroup.given():  # a copy is in the cgroup of its template
        with suppress(NoTemplate):
            return _from_template(_begun([*run, "--as-pid-1"], limits, _HOLDS), limits, packages)
    return Started.alone(_begun(run, limits, [sys.executable, "-P", "-c", _program(Path("/kit")), limits.as_json()]))


_PIPES: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | {"start_new_session": True}
_HOLDS = ["/usr/bin/cat"]
"""A room stays for as long as its first process does. This one says when it is there, and then waits.

As the first it cannot be ended by the others, and is hidden as bubblewrap would be.
"""


def _begun(run: list[str], limits: Limits, command: list[str]) -> subprocess.Popen[bytes]:
    """A command that bubblewrap has begun within walls.

    Bubblewrap stays the first process in there. It is hidden, has the limits too, and should it be found, knows
    nothing: it is started without an environment, and its arguments come through a file.
    """
    with _as_file(filter_program()) as refused, _as_file(os.fsencode("\0".join(run[1:]))) as arguments:
        memory = limits.memory + len(FOLDERS_IN_MEMORY) * limits.scratch + OF_THE_WALLS
        begin = [*cgroup.held(memory, limits.threads + OUTSIDE), *_limited(limits)]
        begin += [run[0], "--seccomp", str(refused), "--args", str(arguments), "--", *command]
        return subprocess.Popen(begin, env=cgroup.environment(), pass_fds=[refused, arguments], **_PIPES)


def _from_template(holder: subprocess.Popen[bytes], limits: Limits, packages: tuple[str, ...]) -> Started:
    """A process in the room that ``holder`` keeps. Raises :class:`NoTemplate`, and has ended the holder then."""
    try:
        entered = enter(
            holder,
            packages,
            limits.start_seconds,
            folder="/submission",
            program=_program(Path("/kit")),
            arguments=[limits.as_json()],
            environment=_environment(Path("/tmp")),
            limits=_most(limits),
            filter=filter_program().hex(),
        )
    except NoTemplate:
        Started.alone(holder).close()
        raise
    return Started(entered.stdin, entered.stdout, entered.stderr, entered.pid, entered.wait, holder)


@contextmanager
def _as_file(content: bytes) -> Iterator[int]:
    """A descriptor to read ``content`` from."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        yield file.fileno()


def _most(limits: Limits) -> dict[str, int]:
    """The limits that the kernel knows of each process, or ours where those are narrower."""
    most = {"as": limits.memory + ADDRESS_SPACE, "data": limits.memory, "fsize": limits.scratch}
    most |= {"nofile": 256, "core": 0, "cpu": 2 * int(limits.notebook_seconds)}  # should nobody be left to end it
    for name in most:
        hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1]
        most[name] = most[name] if hard == resource.RLIM_INFINITY else min(most[name], hard)
    return most


def _limited(limits: Limits) -> list[str]:
    """Begins a command whose processes all have the limits that the kernel knows."""
    return ["prlimit", *(f"--{name}={value}" for name, value in _most(limits).items()), "--"]


def _program(kit: Path) -> str:
    return f"import sys; sys.path.insert(0, {str(kit)!r}); from autograder.room.inside.runner import main; main()"


def _environment(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",  # as many sandboxes run side by side as there are processors
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TORCH_COMPILE_DISABLE": "1",  # it would start a compiler: what is to be compiled runs as it is
    }


def _walls(bwrap: str) -> list[str]:
    run = [bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    run += ["--proc", "/proc", "--perms", "0000", "--size", "4096", "--tmpfs", "/proc/1"]
    run += ["--remount-ro", "/proc/1", "--remount-ro", "/proc"]
    run += ["--dev", "/dev", "--size", str(64 << 20), "--tmpfs", "/dev/shm"]
    run += ["--dev-bind", "/dev/null", "/dev/zero", "--remount-ro", "/dev"]  # a map of zeros is memory no limit counts
    run += ["--size", str(64 << 20), "--tmpfs", "/tmp"]  # before what follows, which may itself lie in /tmp
    roots = [Path("/usr"), Path(sys.base_prefix), Path(sys.prefix)]
    for root in roots:
        run += ["--ro-bind", str(root), str(root)]
    for name in ("lib", "lib64", "bin", "sbin"):
        path = Path("/", name)
        if path.is_symlink():
            run += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            run += ["--ro-bind", str(path), str(path)]
    for system in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts"):
        run += ["--ro-bind-try", system, system]
    for secret in (PACKAGE, PACKAGE.parent / "solutions"):
        if any(secret.is_relative_to(root) for root in roots):
            run += ["--size", "4096", "--tmpfs", str(secret), "--remount-ro", str(secret)]
    return run
