"""The gradient by brute force: each weight, or each delay, a little up and down, and the network run anew."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.event_driven import EventDrivenNetwork
from solutions.models.adjoint.run import LOSSES


def finite_differences(
    network: EventDrivenNetwork,
    times: ArrayLike,
    senders: ArrayLike,
    target: int,
    step: float = 1e-4,
    duration: float = 100.0,
    by: str = "weights",
) -> dict[str, NDArray[np.float64]]:
    """For each shape of the loss, its gradient by central differences of fourth order.

    ``by`` is "weights", or "delays" for a network that has them. A slope is left out (nan) where so small a step makes
    a spike appear, or vanish, or overtake another. A weight of 0 is no synapse, and its slope is 0.
    """
    order = [one for _, one in network.run(times, senders, duration).spikes]
    slopes = {shape: np.zeros_like(network.weights) for shape in LOSSES}
    for place in zip(*np.nonzero(network.weights), strict=True):
        for far, share in ((1, 8), (-1, -8), (2, -1), (-2, 1)):
            moved = getattr(network, by).copy()
            moved[place] += far * step
            run = getattr(network, f"with_{by}")(moved).run(times, senders, duration)
            same = [one for _, one in run.spikes] == order
            for shape, slope in slopes.items():
                slope[place] += share * run.loss(target, shape) / (12 * step) if same else np.nan
    return slopes
