"""Processes that grade submissions side by side, until they are done or the run is given up."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from types import FrameType

from autograder.grading.one import Graded, Submission, grade_one
from autograder.room.process import Stop


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
    """Grade one submission, here: what an executor is handed."""
    return grade_one(submission, unsafe=unsafe, stop=_stop)


@contextmanager
def side_by_side(count: int | None) -> Iterator[tuple[ProcessPoolExecutor, GivenUp]]:
    """So many processes to grade with, as many as there are processors if ``count`` is None.

    Ctrl-C, and any error in the block, ends what they are at and all that waits. Ctrl-C is noted besides being raised:
    what it interrupts may be code of others that loses it.
    """
    forks = get_context("forkserver")  # neither this process's threads nor its memory go along
    forks.set_forkserver_preload([__name__])
    given_up = GivenUp(forks)
    with ProcessPoolExecutor(count or os.cpu_count(), forks, _begin, (given_up,)) as pool, _noting_ctrl_c(given_up):
        try:
            yield pool, given_up
        except BaseException:
            given_up.set()
            pool.shutdown(cancel_futures=True)
            raise


def _begin(given_up: GivenUp) -> None:
    global _stop
    _stop = given_up
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many workers as processors: one thread each


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
