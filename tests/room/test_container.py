"""A room may be a container of Podman or Docker: the same walls and limits, and nothing of it is left.

The containers here have an image with no system but this machine's own. Docker's daemon is not here: Podman stands for
it under its name, and Docker's own program says that it knows every option.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from in_room import run
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report
from autograder.grading.course_folder import CONFIG
from autograder.grading.whole_class import grade
from autograder.room import container, walls
from autograder.room.container import NoContainer
from autograder.room.folders import own_folder
from autograder.room.limits import Limits

IMAGE = "localhost/spiking-test"
PODMAN = """
[containers]
volumes = [{volumes}]
default_ulimits = ["nofile=256:256", "nproc=900:900"]
[engine]
runtime = "{runtime}"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
"""Settings that work where root is not allowed everything, and systemd is not there."""
STORAGE = '[storage]\ndriver = "vfs"\ngraphroot = "{0}/images"\nrunroot = "{0}/run"\n'


def make_image(folder: Path, podman: str) -> None:
    """Import an image of empty folders: what is in them, this machine lends to every container."""
    root = folder / "root"
    for name in ("usr", "proc", "sys", "dev", "tmp", "etc", "run", "kit", sys.base_prefix):
        (root / name.lstrip("/")).mkdir(parents=True, exist_ok=True)
    (root / "tmp").chmod(0o1777)
    for name in ("bin", "lib", "lib64", "sbin"):
        if (link := Path("/", name)).is_symlink():
            (root / name).symlink_to(os.readlink(link))
    lent = [("/usr", "/usr"), (sys.base_prefix, sys.base_prefix), (sys.prefix, "/usr/local")]
    volumes = ", ".join(f'"{here}:{there}:ro"' for here, there in lent)
    runtime = "runc" if shutil.which("runc") else "crun"
    (folder / "containers.conf").write_text(PODMAN.format(volumes=volumes, runtime=runtime))
    (folder / "storage.conf").write_text(STORAGE.format(folder))
    subprocess.run(["tar", "-C", root, "-cf", folder / "root.tar", "."], check=True)
    subprocess.run([podman, "import", folder / "root.tar", IMAGE], check=True, capture_output=True)


@pytest.fixture(scope="module")
def limits(tmp_path_factory) -> Iterator[Limits]:
    """Limits in whose room a container runs here; else the test is left out, with the reason."""
    folder = tmp_path_factory.mktemp("podman")
    if not (podman := shutil.which("podman")):
        pytest.skip("no podman here: apt install podman")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_CONF", str(folder / "containers.conf"))
        patch.setenv("CONTAINERS_STORAGE_CONF", str(folder / "storage.conf"))
        try:
            make_image(folder, podman)
            container.require("podman", IMAGE)
        except (NoContainer, subprocess.CalledProcessError) as error:
            pytest.skip(f"podman runs no container here: {error}")
        yield Limits(room="podman", image=IMAGE, memory=1 << 30)
        assert not listed(), "a container is left"


def listed(*which: str) -> str:
    """What containers there are, of some state or of all."""
    call = ["podman", "ps", "--all", "--quiet", *which]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


def ran(limits: Limits, *sources: str, folders: tuple[Path, ...] = ()) -> list[NotebookNode]:
    """Cells after they were run."""
    return run(new_notebook(cells=[*map(new_code_cell, sources)]), limits=limits, folders=folders).cells


def printed(cell: NotebookNode) -> str:
    return "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs)


def test_in_it_there_is_no_network_no_right_no_other_process_and_no_environment(limits, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://teacher:password@proxy")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a:b,c.csv").write_text("beside")
    looks = """
    import mmap, os

    def error(call, *arguments):
        try:
            return call(*arguments)
        except OSError as error:
            return error.errno

    status = open("/proc/self/status").read()
    print(os.getuid(), [line.split()[1] for line in status.splitlines() if line.startswith(("CapEff", "NoNewPrivs"))])
    print(sorted(os.environ))
    print([one for one in os.listdir("/proc") if one.isdigit() and int(one) not in (1, os.getpid())])
    print(error(open, "/proc/1/environ"), error(open, "/kit/mine", "w"), error(open, "/usr/mine", "w"))
    print([line.split(":")[0].strip() for line in open("/proc/net/dev")][2:], error(os.sched_rr_get_interval, 0))
    print(error(mmap.mmap, -1, 99))
    open("mine", "w").write("here"), open("/tmp/mine", "w").write("here")
    print(open("data/a:b,c.csv").read(), error(open, "data/a:b,c.csv", "w"))
    os.fork()
    """
    (cell,) = ran(limits, "\n".join(line[4:] for line in looks.splitlines()), folders=(tmp_path,))
    mine = sorted({*walls._environment(Path("/tmp")), "PATH"})
    assert printed(cell).splitlines() == [
        "65534 ['0000000000000000', '1']",
        str(mine),
        "[]",
        "13 30 30",
        "['lo'] 38",
        "38",
        "beside 30",
        "no other program or process can be started where it is graded: let Python do it, in the notebook itself",
    ]


def test_each_limit_holds_and_says_its_name_and_the_next_cell_runs(limits):
    tight = replace(limits, memory=300 << 20, scratch=200 << 20, cell_seconds=2, output=10_000)
    cells = ran(
        tight,
        "bytes(400 << 20)",
        "for n in range(9):\n    open(f'/tmp/{n}', 'wb').write(bytes(50 << 20))",
        "while True:\n    pass",
        "print('x' * 20_000)",
        "import os; os.kill(os.getpid(), 9)",
        "print('the last one runs')",
    )
    said = [cell.outputs[-1].get("ename", "") for cell in cells]
    assert said == ["MemoryError", "out of memory", "timed out", "too much output", "crashed", ""]
    assert printed(cells[-1]) == "the last one runs\n"


def test_who_sleeps_is_cut_off_by_the_clock(limits):
    (cell,) = ran(replace(limits, cell_seconds=20, notebook_seconds=4), "import time; time.sleep(60)")
    assert printed(cell) == "the whole notebook took more than 4 seconds"


def test_a_class_is_graded_in_docker_and_docker_is_asked_for_nothing_that_it_has_not(
    limits, released_chapter, tmp_path, monkeypatch
):
    docker, log, stands_in = shutil.which("docker"), tmp_path / "log", tmp_path / "docker"
    stands_in.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec podman "$@"\n')
    stands_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    course = Path(shutil.copytree(released_chapter, tmp_path / "course"))
    names = ("perfect", "double_tau")
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in names))
    with (course / CONFIG).open("a") as file:
        file.write(f'\nc.GradeSubmission.room = "docker"\nc.GradeSubmission.image = "{limits.image}"\n')
    with ThreadPoolExecutor(2) as here:
        assert grade(CHAPTER, course, executor=here).now == sorted(names)
    rows = report.rows(CHAPTER, course)
    assert sum(row.points or 0 for row in rows if row.student == "perfect") == 16
    assert {row.misconception for row in rows if row.student == "double_tau"} >= {"double_tau"}
    for command in ("run", "exec", "rm"):
        asked = [line for line in log.read_text().splitlines() if line.startswith(command)]
        used = {option for line in asked for option in re.findall(r" (--[a-z-]+)", line.split(" env -i ")[0])}
        assert used
        if docker:
            known = subprocess.run([docker, command, "--help"], capture_output=True, text=True, check=True).stdout
            assert used <= set(re.findall(r"--[a-z-]+", known))


def test_a_container_whose_grader_was_killed_ends_by_itself(limits):
    short = replace(limits, notebook_seconds=1, start_seconds=1)
    with own_folder() as kit:
        walls.furnish(kit, {})
        process = walls.start(kit, short, unsafe=False)
        assert listed()
        process.kill()
        process.wait(None)
        until = time.monotonic() + 90
        while listed("--filter", "status=running") and time.monotonic() < until:
            time.sleep(0.5)
        assert not listed("--filter", "status=running")
        subprocess.run(["podman", "rm", "--force", "--all"], check=True, capture_output=True)  # Podman takes its time


def test_what_is_missing_is_one_line_with_the_cure(limits, tmp_path, monkeypatch):
    with pytest.raises(NoContainer, match=r"make the image once, .*: podman build --tag not-made --file Containerfile"):
        container.require("podman", "not-made")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoContainer, match=r"no docker here; install it, or set another GradeSubmission.room"):
        container.require("docker", "not-made")


@pytest.mark.skipif(not shutil.which("docker"), reason="no docker here")
def test_a_daemon_that_does_not_run_is_one_line_with_the_cure(monkeypatch, tmp_path):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    with pytest.raises(NoContainer, match=r"docker runs no container here .*; start it "):
        container.require("docker", "of a daemon that is not there")
