"""What the benchmarks share: contenders take turns, and what counts is the ratio within a round.

A machine that slows down slows all of them. Each ratio is the median over the rounds, with the smallest and the largest
beside it. :func:`main` runs a benchmark from the command line::

    python benchmarks/NAME.py [--rounds ROUNDS] [--keep]

``--keep`` puts what was measured into the page "How fast is it?" of the book (:mod:`how_fast`). ``make bench`` does so
with all, and gives each one thread, ``OMP_NUM_THREADS=1``.
"""

import argparse
import ctypes
import gc
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, NamedTuple

import how_fast
from how_fast import Cell

from solutions.models.progress import watched

WARM = 2
"""Rounds that do not count: the first compile, and find the memory."""
LEAST = 0.02
"""Seconds that a turn lasts at least: what is shorter is repeated within it."""


class Times(NamedTuple):
    """What a contender took in each round, in seconds: by the clock, and of all its threads together."""

    wall: list[float]
    processor: list[float]


class OwnClock(NamedTuple):
    """What a contender gives back that measures itself: a program that is started, without its start."""

    seconds: float
    result: Any


def alternately(contenders: dict[str, Callable[[], Any]], rounds: int, about: str = "") -> dict[str, Times]:
    """The times of contenders that take turns. ``about`` is shown beside the progress bar."""
    times = {name: Times([], []) for name in contenders}
    repeats = dict.fromkeys(contenders, 1)
    for turn in watched(range(rounds + WARM), rounds + WARM, say=lambda _: about):
        for name, step in contenders.items():
            wall, processor = taken(step, repeats[name])
            if turn < WARM:
                repeats[name] = max(1, round(LEAST / wall))
            else:
                times[name].wall.append(wall)
                times[name].processor.append(processor)
    return times


def taken(step: Callable[[], Any], repeats: int = 1) -> tuple[float, float]:
    """Seconds by the clock and of the processor that a step takes, on average over some repeats."""
    begun, begun_processor = time.perf_counter(), time.process_time()
    own = 0.0
    for _ in range(repeats):
        result = step()
        if isinstance(result, OwnClock):
            own += result.seconds
    wall, processor = time.perf_counter() - begun, time.process_time() - begun_processor
    return (own or wall) / repeats, (own or processor) / repeats


def ratio(mine: list[float], base: list[float]) -> dict[str, float]:
    """Median, smallest and largest of the ratios of each round, so that only what changes within one disturbs it."""
    ratios = [one / other for one, other in zip(mine, base, strict=True)]
    return {"value": median(ratios), "low": min(ratios), "high": max(ratios)}


def compared(times: dict[str, Times], base: str, column: str, processor: bool = False) -> list[Cell]:
    """A column of the table: what each contender took, as a multiple of what ``base`` did."""
    of = {name: one.processor if processor else one.wall for name, one in times.items()}
    return [{"row": name, "column": column} | ratio(mine, of[base]) for name, mine in of.items()]


def peak_megabytes(build: Callable[..., Callable[[], Any]], *arguments: Any) -> float:
    """What a step needs at most beyond what is there before it, in MB, in a process of its own.

    ``build(*arguments)`` gives the step. Linux says how much a process ever had, and forgets it when asked to.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_peak, build, *arguments).result()


def _peak(build: Callable[..., Callable[[], Any]], *arguments: Any) -> float:
    step = build(*arguments)
    step()  # what is compiled is compiled
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what is free goes back, or it would be taken again unseen
    Path("/proc/self/clear_refs").write_text("5")
    before = _kilobytes("VmRSS")
    step()
    return (_kilobytes("VmHWM") - before) / 1000


def _kilobytes(of: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{of}:"))


def not_there(row: str, columns: list[str], error: ImportError) -> list[Cell]:
    """The row of a library that cannot be imported."""
    print(f"{row} is left out: {error}")
    return [{"row": row, "column": column, "says": "not there"} for column in columns]


def main(name: str, measure: Callable[[int], Iterator[Cell]], packages: tuple[str, ...], rounds: int = 7) -> None:
    """Run a benchmark from the command line; see above. Nothing is kept of one that is interrupted.

    Parameters
    ----------
    measure : gives the cells of the table for a number of rounds.
    packages : whose versions stand below the table.
    """
    options = argparse.ArgumentParser(description=f"Measure {name}.")
    options.add_argument("--rounds", type=int, default=rounds)
    options.add_argument("--keep", action="store_true", help="put it into the page of the book")
    asked = options.parse_args()
    begun, used, all_used = time.perf_counter(), _used_by_us(), _used_by_all()
    cells = list(measure(asked.rounds))
    passed = time.perf_counter() - begun
    others = max(0.0, (_used_by_all() - all_used) - (_used_by_us() - used)) / passed
    made = {
        "on": date.today().isoformat(),
        "rounds": asked.rounds,
        "threads": os.environ.get("OMP_NUM_THREADS", "all"),
        "cores": os.cpu_count(),
        "others": round(others, 2),
        "with": how_fast.versions(packages),
    }
    found = {"made": made, "cells": cells}
    print(how_fast.table(name, found))
    if asked.keep:
        how_fast.keep({name: found})


def _used_by_us() -> float:
    """Seconds of the processor that this process and those that it has waited for took."""
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def _used_by_all() -> float:
    """Seconds that all cores together were not idle."""
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + sum(rest[:3])) / os.sysconf("SC_CLK_TCK")
