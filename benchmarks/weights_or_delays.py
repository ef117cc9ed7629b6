"""Weights, delays, or both, by exact gradients and by a surrogate: the tables of the chapter on weights and delays.

    python benchmarks/weights_or_delays.py                                     # all tasks
    python benchmarks/weights_or_delays.py --task orders --json FILE           # one, and kept in a file
    python benchmarks/weights_or_delays.py --task heidelberg --file shd_train.h5

Networks of one hidden layer learn about as many numbers each: weights, delays from inputs to hidden neurons, or both.
Five seeds draw other words and other first weights. For each kind and method the rate of learning is the one of four
with the best mean over the seeds on words of their own (validation), which are neither learned from nor tested on.

    orders      ten words, each an order of six channels, 30 ms apart, give or take 5 ms
    far-orders  the same words, 60 ms apart
    rhythm      four knocks 60 ms apart, or one of them 15 ms off
    spoken      two synthetic digits, each forwards and backwards: the same channels as often, in another order
    yin-yang    points of the Yin-Yang figure, each as five spikes
    ears        tones at two ears, three phase differences
    heidelberg  two digits of the Spiking Heidelberg Digits, each forwards and backwards; needs the file

The tables of the page are those of ``weights_or_delays.json`` beside this file.
"""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy and torch: one thread

import numpy as np
import torch
from numpy.typing import NDArray
from timed_words import Task, tasks
from two_gradients import KINDS, METHODS, learned

from autograder.reference.files import write_whole
from solutions.models.progress import watched

RATES = (0.03, 0.1, 0.3, 1.0)
"""Of weights; of delays, in ms, ten times as much."""
SEEDS = tuple(range(5))
KEPT = Path(__file__).with_suffix(".json")
NEEDS_A_FILE = "heidelberg"
COLUMNS = (
    "learns",
    "gradient",
    "hidden neurons",
    "numbers learned",
    "test words, seeds 0 to 4 (%)",
    "mean (%)",
    "standard error",
    "hidden spikes per word",
    "CPU (s)",
)
CALLED = {
    "orders": "orders, 30 ms apart",
    "far-orders": "orders, 60 ms apart",
    "rhythm": "four knocks",
    "spoken": "spoken digits",
    "ears": "two ears",
    "yin-yang": "Yin-Yang figure",
    NEEDS_A_FILE: "Heidelberg Digits",
}
"""The tasks, as the page has them."""
Row = dict[str, Any]
BESIDE_RANDOM = "weights, fixed random delays"
WORTH = {
    "random delays": ("weights, no delays", BESIDE_RANDOM),
    "learned, as many neurons": (BESIDE_RANDOM, "weights and delays, as many neurons"),
    "learned, as many numbers": (BESIDE_RANDOM, "weights and delays"),
}
"""What is worth how much, from one row of a table to another: random delays over none, learned ones over random."""


def row(task: Task, learns: str, method: str, seeds: tuple[int, ...] = SEEDS, rates: tuple[float, ...] = RATES) -> Row:
    """Train one kind of network, and what is kept of it at the rate that is best on the validation words."""
    torch.set_num_threads(1)
    kind = KINDS[learns]
    found = learned(task, kind, method, rates, seeds)
    validation, test, spikes = (np.array(one) for one in found[:3])
    best = int(validation.mean(axis=0).argmax())
    return {
        "learns": learns,
        "gradient": method,
        "hidden": kind.n_hidden(task),
        "numbers": kind.numbers(task),
        "rate": rates[best],
        "validation": [round(float(mean), 4) for mean in validation.mean(axis=0)],
        "test": [round(float(share), 4) for share in test[:, best]],
        "spikes": round(float(spikes[:, best].mean()), 2),
        "seconds": round(found.seconds, 1),
    }


def table(rows: list[Row]) -> str:
    """Rows as the page has them. The seconds are those of all seeds at all rates, which learn at once."""
    return "\n".join([_joined(COLUMNS), _joined(["---"] * len(COLUMNS)), *map(line, rows)])


def line(one: Row) -> str:
    """One row of the table."""
    test = 100 * np.array(one["test"])
    cells = (
        one["learns"],
        one["gradient"],
        one["hidden"],
        one["numbers"],
        ", ".join(f"{share:.0f}" for share in test),
        f"{test.mean():.1f}",
        f"{standard_error(test):.1f}",
        f"{one['spikes']:.1f}",
        f"{one['seconds']:.0f}",
    )
    return _joined(cells)


def at_a_glance(rows: dict[str, list[Row]]) -> str:
    """Of each task, what :data:`WORTH` is worth by each method; bold beyond two standard errors of the difference."""
    asked = [(what, method) for what in WORTH for method in METHODS]
    head = ["task", *(f"{what}, {method}" for what, method in asked)]
    lines = [[CALLED[name], *(_worth(kinds, what, method) for what, method in asked)] for name, kinds in rows.items()]
    return "\n".join(map(_joined, [head, ["---"] * len(head), *lines]))


def _worth(rows: list[Row], what: str, method: str) -> str:
    """Points from one row to another, by one method."""
    of = {one["learns"]: one for one in rows if one["gradient"] == method}
    before, after = (of.get(kind) for kind in WORTH[what])
    if before is None or after is None:
        return "not run"
    points, error = difference(before, after)
    return f"**{points:+.0f}**" if abs(points) > 2 * error else f"{points:+.0f}"


def difference(before: Row, after: Row) -> tuple[float, float]:
    """By how much more test words (%) one row recognises than another, and the standard error of that."""
    shares = [100 * np.array(one["test"]) for one in (before, after)]
    return shares[1].mean() - shares[0].mean(), float(np.hypot(*map(standard_error, shares)))


def standard_error(shares: NDArray[np.float64]) -> float:
    """That of the mean over the seeds."""
    return float(shares.std(ddof=1) / len(shares) ** 0.5)


def _joined(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def measured(names: list[str], file: str | None) -> Iterator[tuple[str, Row]]:
    """The rows of some tasks, in their order."""
    known = tasks(file)
    asked = [(name, learns, method) for name in names for learns in KINDS for method in METHODS]
    with ProcessPoolExecutor(2) as workers:
        columns = [known[name] for name, *_ in asked], *list(zip(*asked, strict=True))[1:]
        yield from zip((name for name, *_ in asked), workers.map(row, *columns), strict=True)


def main() -> None:
    """Print a table for each task, and keep the rows."""
    every = (*tasks(), NEEDS_A_FILE)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", choices=every, nargs="+", default=every)
    parser.add_argument("--json", type=Path, metavar="FILE", help=f"where rows are kept, {KEPT.name} for the page's")
    parser.add_argument("--file", help="shd_train.h5 of the Spiking Heidelberg Digits")
    said = parser.parse_args()
    names = [name for name in said.task if name != NEEDS_A_FILE or said.file]
    rows = json.loads(said.json.read_text()) if said.json and said.json.exists() else {}
    rows |= {name: [] for name in names}
    total = len(names) * len(KINDS) * len(METHODS)
    for name, one in watched(measured(names, said.file), total, lambda done: f"{done[0]}: {done[1]['learns']}"):
        rows[name].append(one)
        if said.json:  # after each row: a run may be long
            write_whole(said.json, json.dumps(rows, indent=1) + "\n")
    print(f"\nPercent more on test words:\n\n{at_a_glance(rows)}")
    for name in said.task:
        print(f"\n{name}\n\n{table(rows[name]) if name in names else 'not run here: say --file FILE'}")


if __name__ == "__main__":
    main()
