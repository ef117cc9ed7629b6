"""The toy problems of *Learning delays (v2)*, learned from a table of coincidences and step by step: losses and times.

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

from solutions import learn_delays, toy_problem

EPOCHS = {"same patterns": 38, "different patterns": 229, "localisation": 244}
ASKED = {"same patterns": 200, "different patterns": 200, "localisation": 40}


def fast() -> dict[str, tuple[np.ndarray, float]]:
    """The losses of each task, and the seconds it took."""
    done = {}
    for name in EPOCHS:
        problem = toy_problem(name)
        begun = time.perf_counter()
        losses = learn_delays(problem).losses
        done[name] = losses, time.perf_counter() - begun
    return done


def slow() -> dict[str, tuple[np.ndarray, float]]:
    """The same with the loop over samples and steps."""
    done = {}
    for name in EPOCHS:
        task = toy_problem(name)
        np.random.set_state(task.state)
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
