"""The toy problems of *Learning delays (v2)*, learned from a table of coincidences, beside the loop over steps.

python benchmarks/delays.py [--rounds ROUNDS] [--keep]

Before anything is measured the loop runs to its end once, which takes minutes. Both draw the same random numbers in the
same order: they have to stop at the same epoch, with losses at most APART apart. In each round the loop runs its first
FEW epochs, which stand for all: each epoch is the same work.
"""

from collections.abc import Iterator

import numpy as np
import torch
from delays_step_by_step import Shifted, train
from how_fast import TABLES, Cell
from side_by_side import Times, alternately, compared, main

from solutions import learn_delays, toy_problem
from solutions.models.delays.delay_lines import ToyProblem

EPOCHS = {"same patterns": 38, "different patterns": 229, "localisation": 244}
FEW = 3
APART = 0.05


def by_table(task: ToyProblem) -> np.ndarray:
    """The losses of all epochs."""
    return learn_delays(task).losses


def by_step(task: ToyProblem, epochs: int) -> np.ndarray:
    """The losses of the loop over samples and steps."""
    np.random.set_state(task.state)
    layer = Shifted(-task.start, task.limit)  # there a positive shift advances
    patterns = np.pad(task.spikes, ((0, 0), (0, 0), (0, 1)))
    return np.array(train(patterns, layer, task.rate, task.tau, task.batch, task.stop, task.decay, epochs))


def measure(rounds: int) -> Iterator[Cell]:
    torch.set_num_threads(1)
    ours, loop = TABLES["delays"].rows
    for name, epochs in EPOCHS.items():
        task = toy_problem(name)
        same_losses(name, by_table(task), by_step(task, 4000))
        steps = {ours: lambda task=task: by_table(task), loop: lambda task=task: by_step(task, FEW)}
        times = alternately(steps, rounds, name)
        times[loop] = Times(*([taken * epochs / FEW for taken in kind] for kind in times[loop]))
        yield from compared(times, ours, name)


def same_losses(name: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    """AssertionError unless both end after as many epochs as are known, with the same losses."""
    assert len(ours) == len(theirs) == EPOCHS[name], f"{name}: {len(ours)} and {len(theirs)} epochs"
    assert np.abs(ours - theirs).max() <= APART, f"{name}: losses {np.abs(ours - theirs).max():.4f} apart"


if __name__ == "__main__":
    main("delays", measure, ("numpy", "torch"))
