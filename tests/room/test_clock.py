"""Computing and waiting are told apart, also where a process that would compute is kept from it."""

import os
import subprocess
import sys
import time

from autograder.room.clock import Clock

BUSY = "while True: pass"


def watched(*programs: str) -> tuple[list[Clock], float]:
    """The clocks of some processes on one processor, after two seconds, and the seconds these were."""
    one = min(os.sched_getaffinity(0))
    begin = f"import os, time; os.sched_setaffinity(0, [{one}]); print(flush=True)\n"
    running = [subprocess.Popen([sys.executable, "-c", begin + text], stdout=subprocess.PIPE) for text in programs]
    for process in running:
        process.stdout.readline()
    clocks, begun = [Clock(process.pid) for process in running], time.monotonic()
    while time.monotonic() < begun + 2:
        time.sleep(0.05)
        for clock in clocks:
            clock.look()
    for process in running:
        process.kill()
        process.communicate()
    return clocks, time.monotonic() - begun


def test_only_who_sleeps_waits_however_many_want_one_processor():
    [*busy, sleeps], seconds = watched(BUSY, BUSY, BUSY, BUSY, "time.sleep(60)")
    assert max(clock.waited for clock in busy) < 0.5
    assert seconds / 2 < sleeps.waited <= seconds


def test_what_was_computed_is_that_of_the_process_and_begins_with_the_clock():
    [busy, sleeps], seconds = watched(BUSY, "sum(range(10**7)); time.sleep(60)")
    assert 0 <= sleeps.waited <= seconds
    begun = busy.computed()
    assert begun <= seconds
    busy.set()
    assert busy.waited == 0


def test_who_is_gone_neither_waits_nor_computes():
    clock = Clock(2**22 + 1)
    time.sleep(0.25)
    clock.look()
    assert (clock.waited, clock.computed()) == (0, 0)
