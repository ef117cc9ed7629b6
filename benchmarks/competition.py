"""How often two competing neurons find the delay that aligns their inputs, and what makes it more often.

    python benchmarks/competition.py [CIRCUITS]

Patterns and first delays are drawn by chance; a circuit has missed if one of its two delays ends more than half a
millisecond from the target. With 200 circuits it takes some minutes.
"""

import sys

import numpy as np

from solutions import compete
from solutions.models.delays.moving_delays import random_circuits

FASTER = {"rate": 0.1}
WAYS = {
    "as it is": {},
    "tau of 6 ms": {"tau": 6.0},
    "four times as long": {"repetitions": 560},
    "the winner learns too": {"winner_learns": True},
    "5 times the rate": FASTER,
    "10 times the rate": {"rate": 0.2},
    "5 times the rate, and the winner learns too": FASTER | {"winner_learns": True},
    "5 times the rate, anew after 8 losses": FASTER | {"anew_after": 8},
    "5 times the rate, twice as long": FASTER | {"repetitions": 280},
    "5 times the rate, anew after 8 losses, twice as long": FASTER | {"anew_after": 8, "repetitions": 280},
}


def main(count: int = 200) -> None:
    for farthest in (4.0, 6.0):
        patterns, starts = random_circuits(count, farthest)
        spikes = np.array([len(pattern) for pattern in patterns])
        few, many = spikes <= 4, spikes >= 7
        print(f"first delays from 0 to {farthest:g} ms, target 1 ms: missed, of {count} circuits")
        for name, how in WAYS.items():
            away = np.abs(compete(patterns, starts, **{"repetitions": 140} | how).delays[-1] - 1)
            missed = away.max(axis=1) > 0.5
            print(
                f"{name:54} {100 * missed.mean():3.0f} %, both delays {100 * (away.min(axis=1) > 0.5).mean():3.0f} %; "
                f"2 to 4 spikes {100 * missed[few].mean():3.0f} %, 7 or more {100 * missed[many].mean():3.0f} %",
                flush=True,
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
