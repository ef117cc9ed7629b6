"""Processes that grade: Ctrl-C reaches them, even where the code that it interrupts has lost it.

Whatever becomes of one costs only the call it was at.
"""

import contextlib
import os
import re
import signal
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pebble import ProcessPool

from autograder.grading import workers
from autograder.grading.one import Submission
from autograder.grading.workers import MEMORY, NoWorkers, TooMuchWork, computing_for, result, side_by_side, work_alone
from autograder.room.limits import Limits


@pytest.fixture
def python_s_own_handler():
    """An interrupt raises: a test may have imported Brian2, whose handler breaks where a shell has had it ignored."""
    found = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, found)


def test_an_interrupt_that_somebody_s_code_swallows_is_known_all_the_same(python_s_own_handler):
    before = signal.getsignal(signal.SIGINT)
    with side_by_side(1) as (_, given_up):
        assert not given_up.is_set()
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        assert given_up.is_set()
    assert signal.getsignal(signal.SIGINT) is before


def test_after_an_error_nothing_that_waits_is_begun():
    with pytest.raises(RuntimeError, match="the block's own"), side_by_side(1) as (call, _):
        waiting = [call(60, time.sleep, 0.2) for _ in range(50)]
        raise RuntimeError("the block's own")
    assert sum(run.cancelled() for run in waiting) > 40


def test_a_worker_that_dies_or_is_ended_costs_only_the_call_it_was_at():
    with side_by_side(1) as (call, _):
        dies, hangs = call(60, os._exit, 3), call(1, time.sleep, 100)
        killed, takes = call(60, signal.raise_signal, signal.SIGKILL), call(60, bytearray, 2 * MEMORY)
        right = [call(60, len, "abc") for _ in range(3)]
        with pytest.raises(TooMuchWork, match="ended with code 3"):
            result(dies)
        with pytest.raises(TooMuchWork, match="longer than any may"):
            result(hangs)
        with pytest.raises(TooMuchWork, match="ended with code"):
            result(killed)
        with pytest.raises(MemoryError):
            result(takes)
        assert [result(run) for run in right] == [3, 3, 3]


def test_a_process_that_has_answered_so_many_calls_makes_room_for_another():
    with side_by_side(1, renewed_after=2) as (call, _):
        first, second, third = (result(call(60, os.getpid)) for _ in range(3))
    assert first == second != third


@pytest.mark.sandbox
def test_who_grades_one_alone_does_not_wait_for_it_for_ever(monkeypatch):
    cell = new_code_cell("import time\ntime.sleep(60)")
    waits = nbformat.writes(new_notebook(cells=[cell])).encode()
    monkeypatch.setattr(workers, "seconds_by_the_clock", lambda limits: 4)
    with pytest.raises(TooMuchWork, match="longer than any may"):
        work_alone(Submission("no_chapter", waits, waits, "", "", limits=Limits(cell_seconds=60)), False)


@pytest.mark.parametrize("catches", [Exception, (ValueError, RuntimeError)])
def test_computing_has_a_limit_that_no_handler_of_errors_gets_around(catches):
    with pytest.raises(TooMuchWork, match=r"more than 0\.2 seconds of computing"), computing_for(0.2):
        while True:
            with contextlib.suppress(catches):
                re.search("(a|aa)+$", "a" * 40 + "b")
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_waiting_is_not_computing():
    with computing_for(0.2):
        time.sleep(0.5)


def test_by_the_clock_it_is_and_what_catches_errors_and_goes_on_is_ended_too():
    with pytest.raises(TooMuchWork, match=r"more than 0\.2 seconds$"), computing_for(0.2, by_the_clock=True):
        while True:
            with contextlib.suppress(Exception):
                time.sleep(60)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def ends(given_up: object) -> None:
    os._exit(1)


def test_workers_that_end_as_they_begin_are_said_and_nobody_waits_for_them(monkeypatch):
    monkeypatch.setattr(workers, "_begin", ends)
    with pytest.raises(NoWorkers, match="end as soon as they begin"), side_by_side(1) as (call, _):
        for run in [call(20, len, b"x" * (5 << 20)) for _ in range(4)]:
            result(run)


@pytest.mark.parametrize("calls", [1, 4])
def test_a_pool_that_breaks_while_it_is_handed_a_call_leaves_nobody_waiting(monkeypatch, calls):
    looks = ProcessPool._check_pool_status

    def slowly(pool: ProcessPool) -> None:  # as on a busy machine
        looks(pool)
        time.sleep(0.5)

    with side_by_side(1) as (call, _):
        assert result(call(60, len, "abc")) == 3  # the server of processes is there: they end at once
    monkeypatch.setattr(ProcessPool, "_check_pool_status", slowly)
    monkeypatch.setattr(workers, "_begin", ends)
    with pytest.raises(NoWorkers, match="end as soon as they begin"), side_by_side(1) as (call, _):
        for run in [call(20, len, b"x" * (5 << 20)) for _ in range(calls)]:
            result(run)
