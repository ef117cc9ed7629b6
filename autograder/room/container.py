"""Walls without bubblewrap: a container of Podman or Docker for each notebook, with the same limits.

The first process of a container only waits, as root without any right, and then ends: so does the container, whoever is
left to remove it. The student's code is another process of it, nobody's. On macOS and Windows all of it is in a virtual
machine and no process is seen from here, so here none is looked at: memory and threads are the cgroup's to hold, and
time is that of the kernel's limit in there and of the clock.
"""

import json
import re
import secrets
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from autograder.beside.errors import UserError
from autograder.room.limits import Limits
from autograder.room.system_calls import profile

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where that image has python3, prlimit, env and sleep."""
NOBODY = "65534:65534"
OUTSIDE = 10
"""Threads in a container besides the student's: what starts it, and what looks into it."""
CURES = {
    r"(?i)image not known|no such image|unable to find image": (
        "make the image once, in the folder of this project: {room} build --tag {image} --file Containerfile ."
    ),
    r"(?i)cannot connect|connection refused|daemon running|\.sock\b": (
        "start it (podman machine start, Docker Desktop, or sudo systemctl start docker), as a user who may use it"
    ),
    r"(?i)cgroup|resource limit": "without root, memory is only limited where the system has cgroup v2",
}
"""What Podman and Docker say where they are installed and run no container of ours, with what can be done."""
LINK_BESIDE = """\
import contextlib, os, shutil
os.mkdir("submission")
os.chdir("submission")
with contextlib.suppress(shutil.Error):  # of labels that SELinux has put on a folder, when all is there
    shutil.copytree("/kit/beside", ".", copy_function=os.symlink, dirs_exist_ok=True)
"""


class NoContainer(UserError, RuntimeError):
    """Podman or Docker is not installed, or runs no container here."""


class Container(subprocess.Popen[bytes]):
    """A process in a container of its own. In the place of :class:`autograder.room.watch.Watch`, it sees only the end.

    Raises :class:`NoContainer` if there is none.
    """

    def __init__(self, kit: Path, begin: list[str], command: list[str], **pipes: Any) -> None:
        self._program, self._name = begin[0], f"spiking-{secrets.token_hex(8)}"
        self._folder = kit  # in which Podman's helper may leave a file
        try:
            self._call("run", "--detach", "--name", self._name, *begin[1:])
            enter = [self._program, "exec", "--interactive", "--user", NOBODY, "--workdir", "/tmp", self._name]
            super().__init__([*enter, *command], cwd=kit, **pipes)
        except BaseException:
            self.close()
            raise

    def over(self) -> None:
        """The cgroup holds what a watch would look at."""

    def ended_by_the_system(self) -> tuple[str, str] | None:
        """How the cell has ended, and why, if the process was killed because the container had no memory left."""
        counts = "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"
        if re.search(r"^oom_kill [1-9]", self._call("exec", self._name, "cat", *counts, check=False), re.MULTILINE):
            return "out of memory", "more memory was held than a notebook may have, files in memory included"
        return None

    def close(self) -> None:
        """Remove the container, with all that is in it."""
        self._call("rm", "--force", self._name, check=False)

    def _call(self, *arguments: str, check: bool = True) -> str:
        call = [self._program, *arguments]
        done = subprocess.run(call, capture_output=True, text=True, check=False, cwd=self._folder)
        if check and done.returncode:
            raise NoContainer(f"no container starts: {_line(done.stderr)}")
        return done.stdout


@cache
def require(room: str, image: str) -> str:
    """The path of a ``room``, "podman" or "docker", that runs an image; :class:`NoContainer` with reason and cure."""
    if not (program := shutil.which(room)):
        raise NoContainer(f"no {room} here; install it, or set another GradeSubmission.room in nbgrader_config.py")
    inspected = [program, "image", "inspect", image]
    for trial in (inspected, [program, "run", "--rm", *_walls(64 << 20), "--pids-limit", "9", image, "true"]):
        done = subprocess.run(trial, capture_output=True, text=True, check=False)
        if done.returncode:
            said = _line(done.stderr)
            cure = next((f"; {cure}" for signs, cure in CURES.items() if re.search(signs, said)), "")
            raise NoContainer(f"{room} runs no container here ({said}){cure.format(room=room, image=image)}")
    return program


def start(
    kit: Path, limits: Limits, memory: int, command: list[str], environment: dict[str, str], **pipes: Any
) -> Container:
    """The ``command`` in a container, with that environment alone; all in there has ``memory`` together, files too.

    ``kit`` is a folder that :func:`autograder.room.walls.furnish` has filled. What lies beside the notebook is to be
    linked into its folder in there, by :data:`LINK_BESIDE`: a name that students give is no argument of ours.
    """
    for path in kit.rglob("*"):
        path.chmod(0o755)  # nobody is not who made it
    refused = kit / "system_calls.json"
    refused.write_text(json.dumps(profile()))
    walls = [*_walls(memory, limits.scratch), "--pids-limit", str(limits.threads + OUTSIDE)]
    walls += ["--security-opt", f"seccomp={refused}"]
    for name in ("autograder", "beside"):
        walls += ["--volume", f"{kit / name}:/kit/{name}:ro"]
    lasts = ["sleep", str(int(limits.notebook_seconds + 2 * limits.start_seconds))]
    names = (f"{name}={value}" for name, value in (environment | {"PATH": PATH}).items())
    begin = [require(limits.room, limits.image), "--rm", *walls, limits.image, *lasts]
    return Container(kit, begin, ["env", "-i", *names, *command], **pipes)


def _walls(memory: int, scratch: int = 64 << 20) -> list[str]:
    """Options that Podman and Docker both have: what is in a container, and what it may take."""
    walls = ["--pull", "never", "--network", "none", "--read-only", "--cap-drop", "ALL", "--user", "0:0"]
    walls += ["--security-opt", "no-new-privileges", "--security-opt", "label=disable", "--stop-signal", "KILL"]
    walls += ["--memory", str(memory), "--memory-swap", str(memory), "--shm-size", str(scratch)]
    return [*walls, "--tmpfs", f"/tmp:rw,size={2 * scratch},mode=1777"]


def _line(said: str) -> str:
    return " ".join(said.split())[-500:] or "it does not say why"
