"""Processes that grade: Ctrl-C reaches them, even where the code that it interrupts has lost it."""

import contextlib
import os
import signal
import time

import pytest

from autograder.grading.workers import side_by_side


def test_an_interrupt_that_somebody_s_code_swallows_is_known_all_the_same():
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
