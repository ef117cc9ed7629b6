"""The tables of the chapter on the adjoint: spikes and accuracy for each shape of the loss and each way back.

    python benchmarks/loss_shapes.py words    # 21 recordings, six experiments, 50 s
    python benchmarks/loss_shapes.py digits   # spoken digits, new speakers, three seeds, 80 s
    python benchmarks/loss_shapes.py settings # the average loss with other gains and rates

What is computed stands in cells of the page, and is taken from there.
"""

import ast
import os
import sys
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: one thread

import jupytext
import numpy as np

from autograder.reference import places
from solutions.adjoint import loss_push
from solutions.models.adjoint import layer, learning, recordings
from solutions.models.progress import watched

SHAPES = ("average", "sum", "weighted", "max")


def cell(result: str) -> dict[str, Any]:
    """All names that the page's cell defines before it computes ``result``."""
    names: dict[str, Any] = {
        "np": np,
        "layer": layer,
        "learning": learning,
        "recordings": recordings,
        "loss_push": loss_push,
        "watched": watched,
        "say": lambda epoch: "",
    }
    cells = jupytext.read(places.page("training_with_exact_gradients"), fmt="md:myst").cells
    (tree,) = (ast.parse(one.source) for one in cells if one.source.count(f"\n{result} = ") == 1)
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == result:
            return names
        exec(ast.unparse(node), names)
    raise AssertionError(f"no cell of the page has {result}")


def words() -> None:
    """Spikes at the end as a share of those at the beginning, and recordings told right."""
    spikes_while_learning = cell("histories")["spikes_while_learning"]
    for shape in SHAPES:
        runs = [spikes_while_learning(shape, seed=seed) for seed in range(6)]
        shares = [counts[-1] / counts[0] for counts, *_ in runs]
        rights = [100 * right for _, right, _ in runs]
        print(
            f"{shape:9} spikes {min(shares):.2f} to {max(shares):.2f}, "
            f"right {min(rights):.0f} to {max(rights):.0f} %, mean {np.mean(rights):.0f} %"
        )


def digits() -> None:
    """New words told right and hidden spikes per word, for each loss and way back."""
    page = cell("listeners")
    every_moment, early = page["every_moment"], page["EARLY"]
    for name, method, options in (
        ("readouts alone, average", "eventprop", {"push": every_moment, "hidden": False}),
        ("EventProp, average", "eventprop", {"push": every_moment}),
        ("surrogate, average", "surrogate", {"push": every_moment}),
        ("readouts alone, sum", "eventprop", {"hidden": False}),
        ("EventProp, sum", "eventprop", {}),
        ("EventProp, weighted", "eventprop", {"emphasis": early}),
        ("surrogate, sum", "surrogate", {}),
    ):
        report(name, page["learn_digits"], method, **options)


def settings() -> None:
    """Whether the average loss does better with another gain or rate."""
    page = cell("listeners")
    for options in ({"gain": 1.0}, {"gain": 3.0}, {"gain": 30.0}, {"rate": 0.003, "epochs": 60}):
        report(str(options), page["learn_digits"], "eventprop", push=page["every_moment"], **options)


def report(name: str, learn_digits, method: str, **options: Any) -> None:
    """A line of three seeds."""
    ends = [learn_digits(method, seed=seed, **options)[-1] for seed in range(3)]
    rights, spikes = [100 * right for _, right in ends], [epoch.spikes for epoch, _ in ends]
    each = ", ".join(f"{right:.1f}" for right in rights)
    print(
        f"{name:24} {each} %, mean {np.mean(rights):.1f} %, spikes {min(spikes):.0f} to {max(spikes):.0f}", flush=True
    )


if __name__ == "__main__":
    {"words": words, "digits": digits, "settings": settings}[sys.argv[1]]()
