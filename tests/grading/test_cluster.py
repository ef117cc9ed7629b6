"""A class graded on a Dask cluster: a real scheduler, worker processes, and nothing shared but the network."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from watched_class import below

from autograder.authoring import sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import cluster, report, whole_class
from autograder.grading.cluster import NoCluster
from autograder.grading.steps import submission_in
from autograder.grading.workers import NoWorkers
from autograder.room.limits import Limits

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
PROJECT = Path(__file__).resolve().parents[2]
SCORES = {"perfect": 16, "no_leak": 8, "double_tau": 8, "raises": 8}


@contextmanager
def running(program: str, *words: object, **environment: str):
    """One of Dask's programs in a folder of its own, ended by the end of the block at the latest."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *map(str, words), "--no-dashboard"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": folder} | environment
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, start_new_session=True, cwd=folder, env=environment, **quiet)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


def until(true, what: str, seconds: float = 60):
    over = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < over, what
        time.sleep(0.05)
    return found


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler, and its process."""
    told = tmp_path_factory.mktemp("scheduler") / "told.json"
    with running("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", told) as process:
        until(lambda: told.exists() and told.read_text(), "no scheduler")
        yield json.loads(told.read_text())["address"], process


def worker(scheduler, *words: str, **environment: str):
    return running("worker", scheduler[0], "--nthreads", "1", *words, **environment)


def wait_for_workers(scheduler, count: int) -> None:
    from distributed import Client

    with Client(scheduler[0], set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.fixture
def small(released_chapter, tmp_path) -> Path:
    """A course with four of the class, not graded yet."""
    course = Path(shutil.copytree(released_chapter, tmp_path / "course"))
    sample_class.hand_in(course, tuple(one for one in sample_class.CLASS if one.name in SCORES))
    return course


def points(course: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in report.rows(CHAPTER, course):
        found[row.student] = found.get(row.student, 0) + (row.points or 0)
    return found


def in_a_room(process) -> bool:
    """Whether a notebook runs behind walls somewhere below a process."""
    for pid in below(process.pid):
        try:
            if Path(f"/proc/{pid}/comm").read_text() == "bwrap\n":
                return True
        except OSError:
            continue
    return False


def test_a_scheduler_that_is_not_there_and_one_without_workers_are_one_line(scheduler, small, monkeypatch):
    with monkeypatch.context() as hasty:
        hasty.setattr(cluster, "SECONDS", 1)
        for address in ("tcp://127.0.0.1:1", "tcp://127.0.0.1", "nonsense://here:1"):
            with pytest.raises(NoCluster, match=f"no Dask scheduler answers at {address}: "):
                whole_class.grade(CHAPTER, small, scheduler=address)
    with pytest.raises(NoCluster, match=f"has no workers: dask worker {scheduler[0]}"):
        whole_class.grade(CHAPTER, small, scheduler=scheduler[0])
    assert not (small / "autograded").exists()


def test_who_asks_in_vain_again_and_again_also_from_a_notebook_leaves_nothing_running(small, monkeypatch):
    """What is left running of one that failed is what the next may wait for without end."""
    monkeypatch.setattr(cluster, "SECONDS", 1)
    before = threading.active_count()

    async def in_a_loop() -> None:
        for address in ("tcp://127.0.0.1:1", "nonsense://here:1") * 2:
            with pytest.raises(NoCluster, match=f"no Dask scheduler answers at {address}: "):
                whole_class.grade(CHAPTER, small, scheduler=address)

    asyncio.run(in_a_loop())
    assert threading.active_count() == before


def test_a_scheduler_that_has_not_this_project_is_one_line(small, tmp_path):
    (tmp_path / "autograder").mkdir()
    (tmp_path / "autograder" / "__init__.py").write_text("raise ModuleNotFoundError('there is no autograder')")
    told = tmp_path / "told.json"
    words = ("--host", "127.0.0.1", "--port", 0, "--scheduler-file", told)
    with running("scheduler", *words, PYTHONPATH=str(tmp_path)):
        until(lambda: told.exists() and told.read_text(), "no scheduler")
        with pytest.raises(NoCluster, match="needs this project installed too: there is no autograder"):
            whole_class.grade(CHAPTER, small, scheduler=json.loads(told.read_text())["address"])


def test_a_worker_without_walls_or_of_another_version_refuses_by_name_and_nobody_is_graded(scheduler, small, tmp_path):
    for folder in ("autograder", "solutions", "book"):
        shutil.copytree(PROJECT / folder, tmp_path / "other" / folder)
    with (tmp_path / "other" / "autograder" / "grading" / "judge.py").open("a") as file:
        file.write("# another line\n")
    without, other = {"PATH": str(tmp_path)}, {"PYTHONPATH": str(tmp_path / "other")}
    with worker(scheduler, "--no-nanny", **without), worker(scheduler, "--no-nanny", **other):
        wait_for_workers(scheduler, 2)
        run = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--course", small, "--scheduler", scheduler[0]]
        done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 1
    [said] = done.stderr.splitlines()
    assert "does not grade: no bubblewrap here; bubblewrap is needed" in said
    assert "does not grade: it has another version of this project, of Python or of a package" in said
    assert said.count("the worker at tcp://127.0.0.1:") == 2
    assert not (small / "autograded").exists()


def test_a_worker_that_is_killed_costs_a_retry_and_no_grade(scheduler, small):
    """Two plain workers, and one with a nanny, which lets nobody begin a process of his own."""
    with worker(scheduler, "--no-nanny") as one, worker(scheduler, "--no-nanny") as two, worker(scheduler) as three:
        wait_for_workers(scheduler, 3)
        started: list[int] = []

        def at_work() -> list:
            """The plain ones that grade, if they are not alone: before that a chapter's imports are loaded by one."""
            busy = [process for process in (one, two, three) if in_a_room(process)]
            return [process for process in busy if process is not three] if len(busy) > 1 else []

        def kill_one() -> None:
            killed = until(at_work, "they do not grade side by side")[0]
            started.extend(below(killed.pid))
            killed.kill()

        killing = threading.Thread(target=kill_one)
        killing.start()
        graded = whole_class.grade(CHAPTER, small, scheduler=scheduler[0])
        killing.join()
        assert len(started) > 2 and -signal.SIGKILL in (one.poll(), two.poll())
        assert not graded.ungraded and sorted(graded.now) == sorted(SCORES)
        assert points(small) == SCORES
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), "what it had begun lives on", 20)


def test_where_no_worker_is_left_it_is_said_once_and_grading_goes_on_when_one_comes(
    scheduler, small, monkeypatch, caplog
):
    monkeypatch.setattr(cluster, "SECONDS", 1)
    said = f"no worker of {scheduler[0]} is left: grading waits"
    with worker(scheduler, "--no-nanny") as one, ThreadPoolExecutor(1) as here:
        wait_for_workers(scheduler, 1)
        run = here.submit(whole_class.grade, CHAPTER, small, scheduler=scheduler[0])
        until(lambda: list(small.glob("autograded/*/*/*.ipynb")), "nobody was graded")
        one.kill()
        over = time.monotonic() + 20
        while said not in caplog.text and time.monotonic() < over:
            time.sleep(0.1)
        with worker(scheduler, "--no-nanny"):
            assert not run.result(120).ungraded
    assert points(small) == SCORES
    assert caplog.text.count(said) == 1


def test_an_interrupt_cancels_what_waits_and_a_scheduler_that_goes_ends_the_run_so_that_the_next_goes_on(
    scheduler, small, monkeypatch
):
    monkeypatch.setattr(cluster, "SECONDS", 4)
    address, process = scheduler
    with worker(scheduler, "--no-nanny") as one:
        wait_for_workers(scheduler, 1)
        notebook = small / "submitted" / "perfect" / CHAPTER / f"{CHAPTER}.ipynb"
        submission = submission_in(small, CHAPTER, "perfect", notebook, notebook.read_bytes())
        with pytest.raises(KeyboardInterrupt), cluster.cluster(address, CHAPTER, (), Limits(), False) as (begin, _, _):
            runs = [begin(submission) for _ in range(5)]
            raise KeyboardInterrupt
        until(lambda: all(run.cancelled() for run in runs), "what waits is not cancelled", 5)

        def kill_it() -> None:
            until(lambda: list(small.glob("autograded/*/*/*.ipynb")), "nobody was graded")
            process.kill()

        killing = threading.Thread(target=kill_it)
        killing.start()
        with pytest.raises(NoWorkers, match="the scheduler is gone"):
            whole_class.grade(CHAPTER, small, scheduler=address)
        killing.join()
        one.kill()
    done = {path.parent.parent.name for path in small.glob("autograded/*/*/*.ipynb")}
    assert 0 < len(done) < len(SCORES)
    assert set(whole_class.grade(CHAPTER, small).now) >= set(SCORES) - done
    assert points(small) == SCORES
