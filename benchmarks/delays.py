"""The three tasks of the tutorial, learned from a table of coincidences and step by step: epochs, losses and times.

python benchmarks/delays.py

The step-by-step loop takes about two minutes in all. Both draw the same random numbers in the same order, so they have
to stop at the same epoch. The fast one has to be at least 200 times as fast on the first two tasks, and
40 times on the third.
"""

import time
from statistics import median

import numpy as np
import torch
from delays_step_by_step import Shifted, train

from solutions.models.delays.delay_lines import learn, tutorial_tasks

EPOCHS = {"same patterns": 38, "different patterns": 229, "localisation": 244}
ASKED = {"same patterns": 200, "different patterns": 200, "localisation": 40}


def fast() -> dict[str, tuple[np.ndarray, float]]:
    """The losses of each task, and the seconds it took."""
    done = {}
    for name, make in tutorial_tasks().items():
        task, chosen = make()
        begun = time.perf_counter()
        losses = learn(task, chosen).losses
        done[name] = losses, time.perf_counter() - begun
    return done


def slow() -> dict[str, tuple[np.ndarray, float]]:
    """The same with the loop over samples and steps."""
    done = {}
    for name, make in tutorial_tasks().items():
        task, _ = make()
        layer = Shifted(-task.start, task.limit)  # there a positive shift advances
        patterns = np.pad(task.spikes, ((0, 0), (0, 0), (0, 1)))
        begun = time.perf_counter()
        losses = train(patterns, layer, task.rate, task.tau, task.batch, task.stop, task.decay)
        done[name] = np.array(losses), time.perf_counter() - begun
    return done


def main() -> None:
    torch.set_num_threads(1)
    by_step = slow()
    fast()  # once to warm up
    runs = [fast() for _ in range(7)]
    for name, (losses, seconds) in by_step.items():
        quick = runs[0][name][0]
        needed = median(run[name][1] for run in runs)
        assert len(losses) == len(quick) == EPOCHS[name], (name, len(losses), len(quick))
        apart = np.abs(losses - quick).max()
        print(
            f"{name:20} {len(quick):4} epochs in both, losses at most {apart:.4f} apart, "
            f"{seconds:7.2f} s step by step, {needed:.4f} s fast: {seconds / needed:6.0f} times ({ASKED[name]} asked)"
        )
        assert seconds / needed >= ASKED[name], name


if __name__ == "__main__":
    main()
