"""The two tables of the delays' chapter: readouts of more fibres, and delays and weights learned together.

    python benchmarks/delays_phase_maps.py fibres
    python benchmarks/delays_phase_maps.py together

*fibres*: share of right answers by the most probable one, and degrees by the median, on 10,000 sounds that no readout
has learned. The perfect delays have the gain with the least cross-entropy on other sounds still.
*together*: cross-entropy on 2000 other sounds, five seeds, for delays that begin near 0 and anywhere in a cycle.
"""

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from solutions import TwoEars, co_train
from solutions.delays import cross_entropy

SEEDS = range(5)
MORE = {"tau": 3, "widest": 8, "gain": 3, "learns_gain": True, "learns_bias": True, "span": 5}
"""How more than one fibre an ear is learned, as in Figure 11."""
NEAR, ANYWHERE = 1.0, 10.0
"""Within how many steps of 0 the first delays lie; a cycle has 20."""


def at_its_best(ears: TwoEars) -> tuple[float, float]:
    """The time constant and the gain with which perfect delays have the least cross-entropy."""
    spikes, labels = ears.sounds(4000, np.random.default_rng(97))
    best = []
    for tau in (3.0, 3.5):
        sums = ears.sums(spikes, ears.perfect().delays, tau)
        found = minimize_scalar(
            lambda log, sums=sums: cross_entropy(sums, labels, np.exp(log)), bounds=(-12, 3), method="bounded"
        )
        best.append((found.fun, tau, float(np.exp(found.x))))
    return min(best)[1:]


def listeners(ears: TwoEars, heard: NDArray, seeds: int) -> Iterator[tuple[str, NDArray]]:
    """Who hears the sounds, and the logits of each."""
    yield "ideal observer", ears.ideal_observer(heard)
    tau, gain = at_its_best(ears)
    yield f"perfect delays, tau {tau:g}", gain * ears.sums(heard, ears.perfect().delays, tau)
    for seed in range(seeds):
        yield (
            f"learned delays, seed {seed}",
            ears.logits(heard, ears.learn(seed=seed, **(MORE if ears.fibres > 1 else {}))),
        )


def fibres() -> None:
    """The table of fibres and phases."""
    for many, phases in ((1, 36), (12, 36), (36, 36), (12, 12)):
        ears = TwoEars(fibres=many, angles=np.arange(-90, 90, 180 // phases))
        heard, labels = ears.sounds(10_000, np.random.default_rng(99))
        print(f"{many} fibres an ear, {phases} phases")
        for who, logits in listeners(ears, heard, seeds=2):
            right = 100 * ears.scores(logits, labels).accuracy
            print(f"  {who:24} {right:3.0f} % right, {ears.median_degrees(logits, labels):5.2f} degrees", flush=True)


def together() -> None:
    """The table of what is learned, and from where."""
    kinds = {"weights alone": (False, True), "delays alone": (True, False), "both": (True, True)}
    for span in (NEAR, ANYWHERE):
        for name, learns in kinds.items():
            report(f"first delays within {span:g} of 0, {name}", *learns, span=span)
    report(f"first delays within {NEAR:g} of 0, delays alone, first weights 1", True, False, span=NEAR, gain=1.0)
    report("  the same, delays' rate 0.2", True, False, span=NEAR, delay_rate=0.2)
    report("  weights alone, weights' rate 0.01", False, True, span=NEAR, weight_rate=0.01)
    report("  both, delays' rate 1", True, True, span=NEAR, delay_rate=1.0)


def report(name: str, delays: bool, weights: bool, **how: float) -> None:
    """Mean and standard deviation of the loss over the seeds."""
    losses = [co_train(TwoEars(), seed, delays, weights, **how).test_loss for seed in SEEDS]
    print(f"{name}: {np.mean(losses):.2f} +- {np.std(losses, ddof=1):.2f}", flush=True)


if __name__ == "__main__":
    tables = {"fibres": fibres, "together": together}
    if len(sys.argv) != 2 or sys.argv[1] not in tables:
        sys.exit(f"say which table: {' or '.join(tables)}")
    tables[sys.argv[1]]()
