r"""The adjoint: exact gradients through spikes.

Wunderlich & Pehle, *Event-based backpropagation can compute exact gradients for spiking neural networks*, Scientific
Reports 11 (2021), doi:10.1038/s41598-021-91786-z, for the adjoint and its jumps (their table 1). Nowotny, Turner &
Knight, *Loss shaping enhances exact gradient learning with Eventprop in spiking neural networks*, Neuromorphic
Computing and Engineering 5 (2025), doi:10.1088/2634-4386/ada852, for the four losses.

All times are in milliseconds. The neuron and its synapse are

.. math:: \tau_m \dot V = -V + I, \qquad \tau_s \dot I = -I, \qquad I \to I + w \text{ at a spike,}

and step n is the moment n dt.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

TAU_M, TAU_S = 20.0, 5.0
"""Time constants of membrane and synapse, in ms."""


def loss_push(voltage: ArrayLike, target: int, dt: float, shape: str) -> NDArray[np.float64]:
    """How hard a cross-entropy loss pushes each output's voltage at each step: minus dL / dV[n, k], over dt.

    With T = N dt the duration, the loss is -log softmax(s)[target], averaged over all steps for

        "average"   s = V[n], a loss of its own at each step;

    and for the others one loss at the end, with s_k the

        "sum"       mean of V[:, k] over time, (1/T) sum over n of dt V[n, k];
        "weighted"  the same, early steps counting more: (1/T) sum over n of dt exp(-n dt / T) V[n, k];
        "max"       largest V[:, k]: only that step of each output is pushed (the first, if there are several).

    Parameters
    ----------
    voltage : shape (N, K), time first: K outputs.
    target : which output should win, from 0.
    dt : the length of a step, in ms.
    shape : one of the four names.

    Returns
    -------
    The push, shape (N, K), per ms: positive where a higher voltage would lower the loss.
    """
    voltage = np.asarray(voltage, dtype=float)
    if shape not in ("average", "sum", "weighted", "max"):
        raise ValueError(f"shape is {shape!r}, expected 'average', 'sum', 'weighted' or 'max'")
    ### BEGIN SOLUTION
    n_steps, n_outputs = voltage.shape
    weights = np.full(voltage.shape, 1 / (n_steps * dt))
    if shape == "weighted":
        weights *= np.exp(-np.arange(n_steps) / n_steps)[:, None]
    if shape == "max":
        weights = (np.arange(n_steps)[:, None] == voltage.argmax(axis=0)) / dt
    evidence = voltage if shape == "average" else (weights * voltage * dt).sum(axis=0, keepdims=True)
    odds = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))
    ### END SOLUTION
