"""How long a notebook of one cell takes: in the sandbox's cell runner, and in a Jupyter kernel without any walls.

    python benchmarks/sandbox_start.py [RUNS]

The two take turns, so that a machine that slows down slows both; the ratio is what counts.
"""

import sys
import time
from statistics import median

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.room.limits import Limits
from autograder.room.notebook import run


def seconds(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    notebook = new_notebook(cells=[new_code_cell("1 + 1")])
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    sandboxed, kernel = [], []
    for turn in range(runs + 1):
        both = (
            seconds(lambda: run(notebook, {}, {}, {}, Limits())),
            seconds(lambda: NotebookClient(notebook.copy(), kernel_name="python3").execute()),
        )
        if turn:  # the first warms the disk cache
            sandboxed.append(both[0])
            kernel.append(both[1])
    ratios = [one / other for one, other in zip(sandboxed, kernel, strict=True)]
    print(f"sandboxed cell runner  {median(sandboxed):.2f} s")
    print(f"Jupyter kernel, bare   {median(kernel):.2f} s")
    print(f"ratio                  {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}, {runs} pairs)")


if __name__ == "__main__":
    main()
