"""Processes that grade submissions side by side, until they are done or the run is given up.

Each call is bounded: in time, in memory, and in what its end costs others. Pebble ends a process that does not return,
and one that has died costs only the call it was at.
"""

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.util import Finalize
from types import FrameType
from typing import Any
from weakref import WeakSet

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from autograder.beside.errors import UserError
from autograder.grading.one import Graded, Submission, grade_one
from autograder.room.clock import TICK
from autograder.room.folders import own_folder, remove_abandoned
from autograder.room.limits import Limits
from autograder.room.process import PATIENCE, Stop

COMPUTING = 60
"""Seconds that reading, judging and showing one submission may compute; its own run in the room is not counted."""
MEMORY = 1 << 30
"""Bytes that a worker may take for itself; the references with their torch and brian2 take a third of them."""
RENEWED_AFTER = 500
"""Submissions after which another process goes on: Brian2 keeps some 0.1 MB of each group that a reference makes."""
LONGEST_FOLDER = 80
"""Letters of a folder in which a socket may lie: Linux takes 107 for its whole name."""


class TooMuchWork(UserError, RuntimeError):
    """A submission took a worker longer than any may, or ended it."""


class NoWorkers(UserError, RuntimeError):
    """The processes that grade end as they begin: nothing of a student's is at fault, and nobody can be graded."""


class _OutOfTime(BaseException):
    """The time of a call is over. Nothing that catches errors of students' data catches this."""


class GivenUp:
    """Whether one run is given up: seen by all its processes, and set without a lock, as a signal's handler must."""

    def __init__(self, context: BaseContext) -> None:
        self._value = context.RawValue("b", 0)

    def set(self) -> None:
        """Give up."""
        self._value.value = 1

    def is_set(self) -> bool:
        """Whether somebody has."""
        return bool(self._value.value)


_stop: Stop | None = None
"""In a worker process: what says that its run is given up."""


def work(submission: Submission, unsafe: bool) -> Graded:
    """Grade one submission, here: what an executor is handed. Raises :class:`TooMuchWork` besides."""
    with computing_for(COMPUTING):
        return grade_one(submission, unsafe=unsafe, stop=_stop)


def work_alone(submission: Submission, unsafe: bool, work: Callable[..., Any] = work) -> Any:
    """What ``work`` makes of a submission, in a process of its own that is ended when it does not come back."""
    with side_by_side(1) as (call, _):
        return result(call(seconds_by_the_clock(submission.limits), work, submission, unsafe))


def seconds_by_the_clock(limits: Limits) -> float:
    """The time after which a worker that still grades a submission is ended."""
    return limits.notebook_seconds + 2 * limits.start_seconds + PATIENCE * COMPUTING


@contextmanager
def computing_for(
    seconds: float, what: str = "reading and judging it", *, by_the_clock: bool = False
) -> Iterator[None]:
    """:class:`TooMuchWork` if this process computes for longer than that. Only a main thread can be interrupted so.

    ``by_the_clock`` counts the time in which it waits, too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    timer, number = (signal.ITIMER_REAL, signal.SIGALRM) if by_the_clock else (signal.ITIMER_PROF, signal.SIGPROF)
    before = signal.signal(number, over)
    signal.setitimer(timer, seconds, 1)  # again and again: the first may be lost in code of others
    try:
        try:
            yield
        finally:
            signal.setitimer(timer, 0)
    except _OutOfTime:
        raise TooMuchWork(
            f"{what} took more than {seconds:g} seconds{'' if by_the_clock else ' of computing'}"
        ) from None
    finally:
        signal.setitimer(timer, 0)  # should the time have been over just before the other one
        signal.signal(number, before)


def result(run: Future[Any]) -> Any:
    """What a call returned or raised; :class:`TooMuchWork` if its worker was ended or has died, NoWorkers if all do."""
    try:
        return run.result()
    except (CancelledError, BrokenProcessPool) as error:
        if isinstance(error, BrokenProcessPool) or isinstance(run, ProcessFuture):
            raise NoWorkers("the processes that grade end as soon as they begin: is there memory for them?") from None
        raise NoWorkers("the scheduler is gone; where it is there again, the same command goes on from here") from None
    except TimeoutError:
        raise TooMuchWork("it kept a worker for longer than any may") from None
    except ProcessExpired as error:
        raise TooMuchWork(f"the process at work on it ended with code {error.exitcode}") from None


@contextmanager
def side_by_side(
    count: int | None, renewed_after: int = RENEWED_AFTER
) -> Iterator[tuple[Callable[..., Future[Any]], GivenUp]]:
    """``call(seconds, function, *arguments)`` in one of so many processes, as many as there are processors if None.

    A process that has answered ``renewed_after`` calls makes room for another.

    Ctrl-C, and any error in the block, ends what they are at and all that waits. Ctrl-C is noted besides being raised:
    what it interrupts may be code of others that loses it.
    """
    forks = _forks()
    given_up = GivenUp(forks)
    runs: WeakSet[Future[Any]] = WeakSet()

    def call(seconds: float, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        try:
            run: Future[Any] = pool.schedule(function, arguments, timeout=seconds)
        except RuntimeError:  # the pool is broken already: whoever waits for the result is to be told
            lost: Future[Any] = Future()
            lost.set_exception(BrokenProcessPool())
            return lost
        runs.add(run)
        return run

    try:
        with (
            ProcessPool(count or processors(), renewed_after, _begin, (given_up,), forks) as pool,
            _noting_ctrl_c(given_up),
            _telling_who_waits(pool, runs),
        ):
            try:
                yield call, given_up
            except BaseException:
                given_up.set()
                for run in runs:
                    if not run.running():
                        run.cancel()
                time.sleep(2 * TICK)  # what runs ends at its next tick, and takes its room along
                pool.stop()
                raise
    finally:
        remove_abandoned()


@contextmanager
def _telling_who_waits(pool: ProcessPool, runs: WeakSet[Future[Any]]) -> Iterator[None]:
    """A pool that breaks ends the calls that it has taken up; those that reach it at that moment nobody would end."""
    left = threading.Event()

    def look() -> None:
        broken = False
        while not left.wait(TICK):
            for run in list(runs) if broken else ():  # a tick later: the pool has ended what it knows of
                if not run.done() and run.cancel():
                    run.set_running_or_notify_cancel()
            broken = bool(runs) and not pool.active

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield
    finally:
        left.set()
        watch.join()


_life = ExitStack()
"""What ends with this process. It has a name, so that no copy of this process forgets it, and ends it by that."""


@cache
def _forks() -> BaseContext:
    """Processes come from a server: neither this one's threads nor its memory go along, and all is imported once.

    The socket of the server lies in a folder of ours, for as long as this process lives: whoever is killed leaves it.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload([__name__, *({"nbgrader.apps.nbgraderapp"} & sys.modules.keys())])  # a main module
    folder = _life.enter_context(own_folder())
    if len(str(folder)) > LONGEST_FOLDER:
        _life.close()
        return get_context("spawn")
    current_process()._config.setdefault("tempdir", str(folder))  # type: ignore[attr-defined]
    Finalize(None, _life.close, exitpriority=-100)  # when multiprocessing would remove one of its own making
    return forks


def processors() -> int:
    """How many there are."""
    return os.cpu_count() or 1


def _begin(given_up: GivenUp) -> None:
    global _stop
    _stop = given_up
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many workers as processors: one thread each
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    threading.Thread(target=_end_with_the_parent, args=(given_up,), daemon=True).start()


def _end_with_the_parent(given_up: GivenUp) -> None:
    parent = parent_process()
    assert parent is not None, "this is a worker"
    parent.join()
    given_up.set()
    time.sleep(2 * TICK)
    os._exit(1)


@contextmanager
def _noting_ctrl_c(given_up: GivenUp) -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: FrameType | None) -> None:
        given_up.set()
        if callable(before):
            before(number, frame)

    if threading.current_thread() is not threading.main_thread():  # nobody else hears signals
        yield
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
