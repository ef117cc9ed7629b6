"""The same network and its gradient on a grid of time steps, as most programs have it: to see how far off that is."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.event_driven import EventDrivenNetwork
from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S


def time_stepped_gradient(
    network: EventDrivenNetwork,
    times: ArrayLike,
    senders: ArrayLike,
    target: int,
    dt: float,
    duration: float = 100.0,
) -> tuple[NDArray[np.float64], int]:
    """The gradient of the loss "sum" from a simulation with steps of dt: spikes at the next step, the adjoint by
    Euler's step. Voltages and currents follow their exact formulas from step to step.

    Returns
    -------
    The gradient, and the number of hidden spikes.

    Raises ValueError if dt is not above 0 or longer than the duration.
    """
    if not 0 < dt <= duration:
        raise ValueError(f"dt is {dt}, and a step above 0 and of at most {duration} ms is expected")
    weights, n_in, n_hidden = network.weights, network.n_in, network.n_hidden
    n_steps, n_all = round(duration / dt), weights.shape[1]
    arriving = np.zeros((n_steps, n_all))
    at = np.minimum(np.round(np.asarray(times) / dt).astype(int), n_steps - 1)
    np.add.at(arriving, at, weights[np.asarray(senders)])
    keep_m, keep_s = np.exp(-dt / TAU_M), np.exp(-dt / TAU_S)
    passed_on = LIFT * (keep_m - keep_s)
    V, I, scores = np.zeros(n_all), np.zeros(n_all), np.zeros(n_all - n_hidden)
    fired: list[tuple[int, int, float]] = []
    for n in range(n_steps):
        V = V * keep_m + passed_on * I
        I = I * keep_s
        for k in np.flatnonzero(V[:n_hidden] >= network.threshold):
            fired.append((n, int(k), I[k]))
            V[k] = 0.0
            arriving[n] += weights[n_in + k]
        I = I + arriving[n]
        scores += V[n_hidden:] / n_steps
    push = np.zeros(n_all)  # the same at every step
    push[n_hidden:] = -np.exp(scores - np.logaddexp.reduce(scores)) / duration
    push[n_hidden + target] += 1 / duration
    heard: dict[int, list[int]] = {}
    for n, sender in zip(at.tolist(), np.asarray(senders).tolist(), strict=True):
        heard.setdefault(n, []).append(sender)
    slopes, left = np.zeros_like(weights), list(fired)
    lambda_V, lambda_I = np.zeros(n_all), np.zeros(n_all)
    for n in range(n_steps - 1, -1, -1):
        lambda_I, lambda_V = (
            lambda_I + (lambda_V - lambda_I) * dt / TAU_S,
            lambda_V + (push - lambda_V) * dt / TAU_M,
        )
        while left and left[-1][0] == n:
            _, k, current = left.pop()
            slopes[n_in + k] -= TAU_S * lambda_I
            lambda_V = network.before_spike(lambda_V, lambda_I, k, current)
        for sender in heard.get(n, ()):
            slopes[sender] -= TAU_S * lambda_I
    slopes[:n_in, n_hidden:] = 0.0
    return slopes, len(fired)
